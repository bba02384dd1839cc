import type { Mirror } from "../../mirror";
import type { tasks as zh } from "../../zh/core/tasks";

export const tasks: Mirror<typeof zh> = {
  "task.import_goods": "No goods yet: import codes, names, GTINs, cartons and shelf life",
  "task.import_places":
    "No locations yet: import own and platform warehouses and the days they count from",
  "task.import_opening": "No stock yet: import the opening quantities by location and lot",
  "task.import_sales": "No sales yet: import daily sales, on which forecasts and plans rest",
  "task.order_draft":
    "The order to {{factory}} is a draft and not issued: {{goods}}, {{units}} units",
  "task.order_draft.more":
    "{{count}} more orders are drafts and not issued, {{units}} units in all",
  "task.order_draft.more_one": "{{count}} more order is a draft and not issued, {{units}} units",
  "task.order_awaits_acceptance":
    "{{factory}} has not accepted {{number}} for {{days}} days: {{goods}}, {{units}} units",
  "task.order_awaits_acceptance_one":
    "{{factory}} has not accepted {{number}} for {{days}} day: {{goods}}, {{units}} units",
  "task.order_awaits_acceptance.more":
    "{{count}} more orders wait for the factory to accept, {{units}} units in all",
  "task.order_awaits_acceptance.more_one":
    "{{count}} more order waits for the factory to accept, {{units}} units",
  "task.order_due":
    "{{number}} is promised in {{days}} days with {{units}} units to come: {{factory}}, {{goods}}",
  "task.order_due_one":
    "{{number}} is promised in {{days}} day with {{units}} units to come: {{factory}}, {{goods}}",
  "task.order_due.more":
    "{{count}} more orders are promised within a week, {{units}} units to come",
  "task.order_due.more_one":
    "{{count}} more order is promised within a week, {{units}} units to come",
  "task.order_late":
    "{{number}} is {{days}} days late with {{units}} units to come: {{factory}}, {{goods}}",
  "task.order_late_one":
    "{{number}} is {{days}} day late with {{units}} units to come: {{factory}}, {{goods}}",
  "task.order_late.more": "{{count}} more orders are late, {{units}} units to come",
  "task.order_late.more_one": "{{count}} more order is late, {{units}} units to come",
  "task.order_to_close": "{{number}} is received in full and can be closed: {{factory}}, {{goods}}",
  "task.order_to_close.more": "{{count}} more orders are received in full and can be closed",
  "task.order_to_close.more_one": "{{count}} more order is received in full and can be closed",
  "task.transfer_draft":
    "The transfer {{from}} → {{to}} is a draft and not approved: {{units}} units",
  "task.transfer_draft.more":
    "{{count}} more transfers are drafts and not approved, {{units}} units in all",
  "task.transfer_draft.more_one":
    "{{count}} more transfer is a draft and not approved, {{units}} units",
  "task.transfer_to_pack": "{{number}} waits to be packed: {{from}} → {{to}}, {{units}} units",
  "task.transfer_to_pack.more":
    "{{count}} more transfers wait to be packed, {{units}} units in all",
  "task.transfer_to_pack.more_one": "{{count}} more transfer waits to be packed, {{units}} units",
  "task.transfer_to_ship":
    "{{number}} waits to be shipped: {{from}} → {{to}}, {{cartons}} cartons, {{units}} units",
  "task.transfer_to_ship.more":
    "{{count}} more transfers wait to be shipped, {{units}} units in all",
  "task.transfer_to_ship.more_one": "{{count}} more transfer waits to be shipped, {{units}} units",
  "task.transfer_cut":
    "{{number}} lacks {{units}} units that reported sales took: {{lots}}; pack it again with what is left, or cancel it",
  "task.transfer_cut.more": "{{count}} more transfers lack goods, {{units}} units in all",
  "task.transfer_cut.more_one": "{{count}} more transfer lacks goods, {{units}} units",
  "task.transfer_expected":
    "{{number}} is about to reach {{to}}; be ready to receive it: from {{from}}, {{units}} units",
  "task.transfer_expected.more":
    "{{count}} more transfers are about to arrive, {{units}} units in all",
  "task.transfer_expected.more_one": "{{count}} more transfer is about to arrive, {{units}} units",
  "task.transfer_late":
    "{{number}} is {{days}} days late with {{units}} units in transit: {{from}} → {{to}}",
  "task.transfer_late_one":
    "{{number}} is {{days}} day late with {{units}} units in transit: {{from}} → {{to}}",
  "task.transfer_late.more": "{{count}} more transfers are late, {{units}} units in transit",
  "task.transfer_late.more_one": "{{count}} more transfer is late, {{units}} units in transit",
  "task.transfer_discrepancy":
    "{{number}} arrived {{units}} units short and nobody has resolved it: {{from}} → {{to}}",
  "task.transfer_discrepancy.more":
    "{{count}} more transfers have open discrepancies, {{units}} units in all",
  "task.transfer_discrepancy.more_one":
    "{{count}} more transfer has an open discrepancy, {{units}} units",
  "task.transfer_to_close":
    "{{number}} has arrived in full and can be closed: {{from}} → {{to}}, {{units}} units",
  "task.transfer_to_close.more":
    "{{count}} more transfers have arrived in full and can be closed, {{units}} units in all",
  "task.transfer_to_close.more_one":
    "{{count}} more transfer has arrived in full and can be closed, {{units}} units",
  "task.quarantine":
    "{{units}} units are in quarantine at {{place}} ({{lots}} lots), the oldest for {{days}} days",
  "task.quarantine_one":
    "{{units}} units are in quarantine at {{place}} ({{lots}} lots), the oldest for {{days}} day",
  "task.quarantine.more":
    "{{count}} more locations hold goods in quarantine, {{units}} units in all",
  "task.quarantine.more_one": "{{count}} more location holds goods in quarantine, {{units}} units",
  "task.lot_expired":
    "{{sku}} {{name}} lot {{lot}} expired {{days}} days ago ({{on}}) and {{units}} units are still kept as saleable",
  "task.lot_expired_one":
    "{{sku}} {{name}} lot {{lot}} expired {{days}} day ago ({{on}}) and {{units}} units are still kept as saleable",
  "task.lot_expired.more": "{{count}} more lots have expired, {{units}} units in all",
  "task.lot_expired.more_one": "{{count}} more lot has expired, {{units}} units",
  "task.lot_expiring":
    "{{sku}} {{name}} lot {{lot}} expires in {{days}} days ({{on}}); {{at_risk}} of its {{units}} units will not sell in time",
  "task.lot_expiring_one":
    "{{sku}} {{name}} lot {{lot}} expires in {{days}} day ({{on}}); {{at_risk}} of its {{units}} units will not sell in time",
  "task.lot_expiring.more":
    "{{count}} more lots expire soon; {{units}} units will not sell in time",
  "task.lot_expiring.more_one":
    "{{count}} more lot expires soon; {{units}} units will not sell in time",
  "task.suspense":
    "{{place}} reported {{units}} units sold beyond the book; find out why: {{goods}}",
  "task.suspense.more":
    "{{count}} more locations reported sales beyond the book, {{units}} units in all",
  "task.suspense.more_one":
    "{{count}} more location reported sales beyond the book, {{units}} units",
  "task.sold_out":
    "{{sku}} {{name}} is sold out at {{place}}; shipped today it sells again in {{days}} days; {{units}} units are needed",
  "task.sold_out_one":
    "{{sku}} {{name}} is sold out at {{place}}; shipped today it sells again in {{days}} day; {{units}} units are needed",
  "task.sold_out.more": "{{count}} more products are sold out; {{units}} units are needed",
  "task.sold_out.more_one": "{{count}} more product is sold out; {{units}} units are needed",
  "task.stock_out_ahead":
    "{{sku}} {{name}} lasts {{cover}} d at {{place}}; shipped today it sells in {{days}} d; {{units}} units are needed",
  "task.stock_out_ahead.more":
    "{{count}} more products sell out before a transfer arrives; {{units}} units are needed",
  "task.stock_out_ahead.more_one":
    "{{count}} more product sells out before a transfer arrives; {{units}} units are needed",
  "task.plan_to_send":
    "Send {{cartons}} cartons, {{units}} units ({{goods}} products) to {{place}}",
  "task.plan_to_send.more": "{{count}} more locations want goods, {{units}} units in all",
  "task.plan_to_send.more_one": "{{count}} more location wants goods, {{units}} units",
  "task.backup_none": "The workspace has no backup; if this computer fails, it is lost",
  "task.backup_old": "The last backup is {{days}} days old",
  "task.backup_old_one": "The last backup is {{days}} day old",
  "task.sync_failed": "Syncing shop {{shop}} failed; its sales are not up to date",
  "task.sync_never": "Shop {{shop}} has never been synced",
  "task.listings_unmapped":
    "Shop {{shop}} has {{count}} listings that are none of our goods yet; {{units}} units sold have not reduced the stock: choose the goods",
  "task.listings_unmapped_one":
    "Shop {{shop}} has {{count}} listing that is none of our goods yet; {{units}} units sold have not reduced the stock: choose the goods",
  "task.warehouses_unmapped":
    "Shop {{shop}} has {{count}} warehouses that are none of our locations yet; what they sell reduces no stock: choose the locations",
  "task.warehouses_unmapped_one":
    "Shop {{shop}} has {{count}} warehouse that is none of our locations yet; what it sells reduces no stock: choose the location",
  "task.sync_old":
    "Shop {{shop}} has not been synced for {{days}} days; sales and stock are not up to date",
  "task.sync_old_one":
    "Shop {{shop}} has not been synced for {{days}} day; sales and stock are not up to date",
  "task.sync_failed.sync.unavailable":
    "Shop {{shop}} cannot be reached, its sales are not up to date: check the network and sync again",
  "task.sync_failed.sync.unauthorized":
    "The platform refuses the access token of shop {{shop}}, its sales are not up to date: renew it",
  "task.sync_failed.sync.refused":
    "The platform refused shop {{shop}}, its sales are not up to date: check its permissions there",
  "task.sync_failed.sync.no_token": "Shop {{shop}} has no access token and cannot sync: enter one",
  "task.sync_failed.shop.token_invalid":
    "The access token of shop {{shop}} is malformed: copy it again",
  "task.sync_failed.sync.shop_unknown": "The platform does not know shop {{shop}}: check its id",
  "task.sync_failed.shop.url_invalid": "The API address of shop {{shop}} is wrong: check it",
  "task.sync_failed.keyring.failed":
    "The system's keyring does not work, so shop {{shop}} cannot sync: unlock it",
  "task.order_awaits_deposit":
    "The deposit of {{number}} is not paid, and the factory waits: {{factory}}, {{goods}}",
  "task.order_awaits_deposit.more":
    "{{count}} more orders wait for their deposit, {{units}} units in all",
  "task.order_awaits_deposit.more_one":
    "{{count}} more order waits for its deposit, {{units}} units",
  "task.order_awaits_material":
    "Material for {{number}} is not all at the factory: {{factory}}, {{goods}}",
  "task.order_awaits_material.more":
    "{{count}} more orders wait for material, {{units}} units in all",
  "task.order_awaits_material.more_one": "{{count}} more order waits for material, {{units}} units",
  "task.order_awaits_balance":
    "{{number}} is ready and leaves once its balance is paid: {{factory}}, {{goods}}, {{units}} units",
  "task.order_awaits_balance.more":
    "{{count}} more orders wait for their balance, {{units}} units in all",
  "task.order_awaits_balance.more_one":
    "{{count}} more order waits for its balance, {{units}} units",
  "task.order_awaits_quality":
    "What came on {{number}} waits for a quality decision: {{factory}}, {{goods}}",
  "task.order_awaits_quality.more": "{{count}} more orders wait for a quality decision",
  "task.order_awaits_quality.more_one": "{{count}} more order waits for a quality decision",
  "task.licence_expiring":
    "{{licence}} of {{partner}} ({{category}}) expires in {{days}} d; nothing can be ordered after that, so ask for its renewal",
  "task.licence_expiring.more": "{{count}} more licences expire soon",
  "task.licence_expiring.more_one": "{{count}} more licence expires soon",
  "task.licence_expired":
    "{{licence}} of {{partner}} ({{category}}) expired {{days}} d ago; nothing can be ordered",
  "task.licence_expired.more": "{{count}} more licences have expired",
  "task.licence_expired.more_one": "{{count}} more licence has expired",
  "task.old_version_scrap":
    "{{units}} units of {{sku}} {{name}} are of the version before {{artwork}}, which began on {{on}}: scrap them ({{lots}})",
  "task.old_version_scrap_one":
    "{{units}} unit of {{sku}} {{name}} is of the version before {{artwork}}, which began on {{on}}: scrap it ({{lots}})",
  "task.old_version_scrap.more":
    "{{count}} more goods have stock of an old version, {{units}} units in all",
  "task.old_version_scrap.more_one":
    "{{count}} more of the goods has stock of an old version, {{units}} units",
  "task.old_version_rework":
    "{{units}} units of {{sku}} {{name}} are of the version before {{artwork}}, which began on {{on}}: rework them ({{lots}}), then set its old stock to be used up",
  "task.old_version_rework_one":
    "{{units}} unit of {{sku}} {{name}} is of the version before {{artwork}}, which began on {{on}}: rework it ({{lots}}), then set its old stock to be used up",
  "task.old_version_rework.more":
    "{{count}} more goods have stock of an old version, {{units}} units in all",
  "task.old_version_rework.more_one":
    "{{count}} more of the goods has stock of an old version, {{units}} units",
  "task.old_version_material":
    "{{units}} units of {{sku}} {{name}} were for the version of {{goods}} before {{artwork}} and no bill of materials needs them: bring them back or scrap them ({{lots}})",
  "task.old_version_material_one":
    "{{units}} unit of {{sku}} {{name}} was for the version of {{goods}} before {{artwork}} and no bill of materials needs it: bring it back or scrap it ({{lots}})",
  "task.old_version_material.more":
    "{{count}} more materials are of an old version, {{units}} units in all",
  "task.old_version_material.more_one":
    "{{count}} more material is of an old version, {{units}} units",
  "task.partner_owes_back":
    "{{factory}} owes back {{amount}} {{currency}}: {{number}} has ended, and more was paid on it than was payable; record the refund when it comes",
  "task.partner_owes_back.more": "{{count}} more orders have ended with a refund to come",
  "task.partner_owes_back.more_one": "{{count}} more order has ended with a refund to come",
  "task.statement_changed":
    "The book of {{place}} for {{month}} has changed since {{factory}} agreed to its statement; state it anew and agree again",
  "task.statement_changed.more": "{{count}} more agreed statements do not hold any more",
  "task.statement_changed.more_one": "{{count}} more agreed statement does not hold any more",
  "task.material_left_behind":
    "{{number}} was cancelled and material for it lies at {{place}} ({{factory}}): {{materials}}; bring it back, or keep it for the next order there",
  "task.material_left_behind.more":
    "{{count}} more cancelled orders have material at their factory, {{units}} units in all",
  "task.material_left_behind.more_one":
    "{{count}} more cancelled order has material at its factory, {{units}} units",
  "task.material_suspense":
    "{{place}} used {{units}} units of material beyond what its book holds: {{goods}}; record what was sent, or count",
  "task.material_suspense_one":
    "{{place}} used {{units}} unit of material beyond what its book holds: {{goods}}; record what was sent, or count",
  "task.material_suspense.more":
    "{{count}} more factory locations used material beyond the book, {{units}} units in all",
  "task.material_suspense.more_one":
    "{{count}} more factory location used material beyond the book, {{units}} units",
};
