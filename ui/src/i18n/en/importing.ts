import type { Mirror } from "../mirror";
import type { importing as zh } from "../zh/importing";

export const importing: Mirror<typeof zh> = {
  title: "Import",
  question: "Turn the Excel files at hand into the ledger",
};
