import type { Mirror } from "../mirror";
import type { journal as zh } from "../zh/journal";

export const journal: Mirror<typeof zh> = {
  title: "Ledger",
  question: "Who posted what, and when? Every entry shows what its reversal would do.",
  exportName: "ledger.xlsx",
  position: "No.",
  day: "Business day",
  recorded: "Recorded",
  kind: "Event",
  summary: "What",
  documents: "Documents",
  units: "Units",
  actor: "By",
  state: "State",
  reversed: "Reversed",
  isReversal: "Reversal",
  fromBatch: "Import",
  entry: "Entry {{position}}",
  reverse: "Reverse…",
  reversalTitle: "If it is reversed",
  emptyTitle: "The ledger is empty",
  emptyText: "Imports, receipts, transfers and sales are all posted here.",
};
