import type { Mirror } from "../../mirror";
import type { entries as zh } from "../../zh/core/entries";

export const entries: Mirror<typeof zh> = {
  "entry.company_set": "Company data",
  "entry.sku_set": "Data of product {{label}}",
  "entry.sku_priced": "Prices of product {{label}}",
  "entry.place_set": "Data of location {{label}}",
  "entry.partner_set": "Data of partner {{label}}",
  "entry.shop_set": "Settings of shop {{label}}",
  "entry.import_applied": "{{import_kind}} imported: {{file}}, {{rows}} rows",
  "entry.stock_opened": "Opening stock of {{units}} units at {{place}}",
  "entry.stock_regraded": "State of {{units}} units changed at {{place}}",
  "entry.sales_posted": "{{sold}} units sold on {{day}}",
  "entry.suspense_settled": "{{units}} units of suspense settled at {{place}}",
  "entry.order_issued": "Production order {{label}} issued",
  "entry.order_accepted": "Production order {{label}} accepted for {{day}}",
  "entry.order_received": "{{units}} units of order {{label}} received at {{place}}",
  "entry.order_closed": "Production order {{label}} closed",
  "entry.order_cancelled": "Production order {{label}} cancelled",
  "entry.transfer_approved": "Transfer {{label}} approved",
  "entry.transfer_packed": "Transfer {{label}} packed",
  "entry.transfer_shipped": "Transfer {{label}} shipped, {{units}} units",
  "entry.transfer_arrived": "Transfer {{label}} arrived, {{units}} units",
  "entry.transfer_resolved": "Difference of {{qty}} units on transfer {{label}} resolved",
  "entry.transfer_closed": "Transfer {{label}} closed",
  "entry.transfer_cancelled": "Transfer {{label}} cancelled",
  "entry.reversed": "Reversal of {{undone}} {{label}}",
};
