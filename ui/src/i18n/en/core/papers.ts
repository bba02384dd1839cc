import type { Mirror } from "../../mirror";
import type { papers as zh } from "../../zh/core/papers";

export const papers: Mirror<typeof zh> = {
  "paper.dpi_unknown": "{{dpi}} dpi is not known; choose from {{known}}",
  "paper.failed": "The paper could not be written; try another folder: {{detail}}",
  "paper.missing_glyph":
    "{{field}}: the printing typeface has no {{character}} ({{code_point}}); please write it otherwise",
  "paper.does_not_fit":
    "{{field}}: {{characters}} characters do not fit on the paper; please shorten them",
  "paper.gs1_refused": "No GS1 barcode for carton {{carton}}: {{detail}}",
  "paper.in_store_code": "{{gtin}} is a shop's own code, no GTIN, and cannot stand on a label",
  "paper.empty": "There are no {{what}} to print; add them first",
  "paper.value_refused": "{{field}}: {{value}} {{rule}}",
  "paper.symbol_character": "{{field}}: {{character}} at place {{position}} cannot be a barcode",
  "paper.symbol_too_wide": "{{field}}: the barcode needs {{needs_mm}} mm, there are {{has_mm}} mm",
  "paper.symbol": "{{field}} cannot be a barcode: {{detail}}",
  "paper.lot_empty": "The lot number in carton {{carton}} is empty; give it one first",
  "paper.lot_too_long":
    "Lot {{lot}} in carton {{carton}} has {{characters}} characters; a GS1 barcode holds 20",
  "paper.lot_not_encodable":
    "Lot {{lot}} in carton {{carton}}: {{character}} at place {{position}} cannot be in a GS1 barcode; give the lot an alias of letters and digits",
  "paper.not_ours": "Only papers written by this run can be printed; make it again: {{path}}",
  "paper.no_printing":
    "Printing from here does not work on {{system}} yet; open the PDF and print it",
  "paper.printer_unknown": "There is no printer {{printer}}; choose from: {{known}}",
  "paper.not_sent":
    "Printer {{printer}} did not take it; check the printer and try again: {{detail}}",
  "paper.cancelled": "{{number}} is cancelled, so there is nothing to print",
  "paper.no_prices":
    "The prices of {{number}} are not on this desk, so the order cannot be printed",
  "paper.not_packed": "{{number}} is not packed yet; pack it first",
};
