import type { Mirror } from "../../mirror";
import type { shops as zh } from "../../zh/core/shops";

export const shops: Mirror<typeof zh> = {
  "keyring.failed":
    "The system's keyring does not work, so no token can be kept; unlock it and try again: {{detail}}",
  "shop.remote_taken":
    "Shop {{remote}} of the platform is connected as {{shop}} already; twice would post its sales twice",
  "shop.token_invalid": "This is no access token; please copy it again",
  "shop.url_invalid":
    "This is no API address ({{url}}); enter the one the platform gives: {{detail}}",
  "shop.warehouse_invalid":
    "A warehouse code of shop {{shop}} is empty or stands twice: {{warehouse}}",
  "sync.no_token": "Shop {{shop}} has no access token; enter it in the settings",
  "sync.unauthorized": "The platform refuses the access token of shop {{shop}}; please renew it",
  "sync.refused":
    "The platform refused shop {{shop}} ({{reason}}); check its permissions there: {{detail}}",
  "sync.unavailable":
    "Shop {{shop}} cannot be reached; check the network and sync again: {{detail}}",
  "sync.protocol":
    "The answer for shop {{shop}} does not follow the contract, nothing was posted; please send us the report: {{detail}}",
  "sync.expired": "The reading place of shop {{shop}} has expired; sync once more",
  "sync.moved": "The data of shop {{shop}} changed while being read; sync once more",
  "sync.shop_unknown": "The platform knows no shop {{remote}} ({{shop}}); check its id",
  "sync.day_missing":
    "{{units}} units of shop {{shop}} have no day and were not posted; check these orders on the platform",
  "sync.day_posted_by_file":
    "{{days}} days at {{place}} from {{first}} to {{last}} were imported from a file and not posted again (shop {{shop}})",
  "sync.listing_unmapped":
    "Listing {{listing}} ({{seller_sku}}) of shop {{shop}} has no product; {{units}} units were not posted. Import its alias and sync again",
  "sync.warehouse_missing":
    "{{units}} units of shop {{shop}} name no warehouse and were not posted; check these orders on the platform",
  "sync.warehouse_unmapped":
    "Warehouse {{warehouse}} of shop {{shop}} has no location; {{units}} units were not posted. Map it in the shop's settings and sync again",
  "sync.orders": "Reading orders",
  "sync.snapshot": "Reading all orders",
  "sync.days": "Posting by day",
};
