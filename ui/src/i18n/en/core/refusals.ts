import type { Mirror } from "../../mirror";
import type { refusals as zh } from "../../zh/core/refusals";

export const refusals: Mirror<typeof zh> = {
  "role.no_money": "Your role does not see money; ask a brand manager to do this",
  "role.no_right.draft":
    "Your role has no right to draft documents; ask a brand manager or a planner",
  "role.no_right.import_sales":
    "Your role has no right to bring in sales; ask a brand manager or a planner",
  "role.no_right.import":
    "Your role has no right to import records and opening stock; ask a brand manager",
  "role.no_right.approve": "Your role has no right to approve, issue or close; ask a brand manager",
  "role.no_right.handle":
    "Your role has no right to receive and send goods; ask a brand manager or the warehouse",
  "role.no_right.settings":
    "Your role has no right to change records and settings; ask a brand manager",
  missing: "This {{what}} is not there any more ({{id}}); refresh and try again",
  "currency.unknown": "{{code}} is no currency; use three capital letters such as CNY",
  "currency.mixed": "The workspace is kept in {{book}}; convert {{other}} before entering it",
  "amount.too_fine":
    "The amount {{amount}} has too many decimals; {{currency}} has {{digits}}: round it first",
  "sales.tax_rate_missing":
    "Nobody says the tax rate inside {{gross}}; fill the column of tax rates, or give one for the whole file",
  "sales.amounts_differ":
    "{{net}} without tax and {{gross}} with tax contradict each other; check both and the tax rate",
  "sales.amount_without_units": "Nothing was sold, and it brought {{amount}}; check this row",
  "amount.too_large": "The amount is too large; check quantity and price: {{amount}}",
  "quantity.invalid": "The quantity must be a whole number above zero: {{qty}}",
  "price.invalid": "A price is at least 0, with at most six decimals: {{value}}",
  "code.missing": "The {{what}} needs a code; please enter one",
  "code.taken": "The {{what}} code {{code}} is taken; choose another",
  "company.name_missing": "The company needs a name, Chinese or English; please enter one",
  "name.missing": "{{code}} needs a name; please enter one",
  "bank.unseen_character":
    "The {{what}} holds a line break or another character that is not seen; please type it again",
  "place.kind_reserved":
    "The kind of location {{code}} is kept for the program; choose an own or platform warehouse, a factory or a consignee",
  "place.rule_invalid":
    "The life rule of location {{code}} is not possible: a share of 0–100 %, days of 0–3650",
  "place.kind_fixed":
    "Goods have moved at location {{code}}, so its kind stays; create another location",
  "place.not_live":
    "Location {{code}} has no day from which it counts; set it in the settings first",
  "sku.carton_invalid": "The carton of product {{code}} needs units and sizes above zero",
  "sku.shelf_life_invalid": "The shelf life of product {{code}} must be above zero",
  "sku.gtin_invalid": "No scanner reads the GTIN {{gtin}}; check its digits: {{detail}}",
  "company.gs1_prefix_invalid": "A GS1 company prefix has 4 to 12 digits: {{prefix}}",
  "lot.number_invalid":
    "A lot number may not be empty or begin with ?; enter it as printed on the pack: {{lot}}",
  "lot.dates_missing": "{{sku}} expires, so lot {{lot}} needs a date of manufacture or of expiry",
  "lot.expiry_before_manufacture":
    "Lot {{lot}} expires on {{expires_on}}, not after it was made on {{mfg_on}}; check both dates",
  "lot.life_differs":
    "Lot {{lot}} expires on {{expires_on}}, {{days}} days from the {{expected}} of its shelf life; give a reason if it is right",
  "lot.cost_invalid": "The unit cost of lot {{lot}} cannot be below zero: {{cost}}",
  "lot.dates_conflict":
    "Lot {{lot}} of {{sku}} is known with {{known}}, not {{given}}; one lot has one date, so check the pack",
  "stock.reserved":
    "{{wanted}} units were to change, but {{reserved}} are set aside for transfers and only {{free}} are free; cancel the transfer first",
  "stock.shortage":
    "Not enough of {{sku}} lot {{lot}} ({{status}}) at {{place}}: {{wanted}} wanted, {{available}} there; take less or another lot",
  "stock.same_status": "It is {{status}} already; choose another status",
  "stock.view_gone": "The list has grown stale and is opened again",
  "day.in_future": "{{day}} lies after today ({{today}}); only what has happened can be posted",
  "reason.missing": "{{what}}: please give a reason",
  "document.empty": "The {{what}} has no lines; add one at least",
  "document.state":
    "{{number}} is {{state}}; this needs it to be {{wanted}}. Refresh to see where it stands",
  "document.day_before":
    "{{number}} stands since {{since}}, so {{day}} is too early; change the date",
  "order.over_receipt":
    "{{received}} units of {{sku}} received on {{number}}, more than the {{limit}} allowed for {{ordered}} ordered; give a reason to accept them",
  "order.has_receipts":
    "{{received}} units of {{number}} were received, so it cannot be cancelled; close it instead",
  "order.not_received":
    "Only {{received}} of the {{ordered}} units of {{number}} were received; give a reason to close it short",
  "order.line_unknown": "{{number}} has no line {{line}}; refresh and try again",
  "order.price_invalid": "Line {{line}} needs a price of at least 0, with at most six decimals",
  "order.tolerance_invalid": "The tolerance must lie between 0 and 100 %",
  "order.receipt_status": "Goods are received into quarantine or as good, not as {{status}}",
  "transfer.same_place": "From and to are both {{code}}; choose two locations",
  "transfer.life_refused": "{{place}} would refuse lot {{lot}}",
  "transfer.life_refused.share":
    "Lot {{lot}} has {{share_ppm}} of its life left when it arrives at {{place}} on {{arrives_on}}; {{needs_share_ppm}} is asked for",
  "transfer.life_refused.days":
    "Lot {{lot}} has {{days_left}} days left when it arrives at {{place}} on {{arrives_on}}; {{needs_days}} are asked for",
  "transfer.life_refused.pulled":
    "Lot {{lot}} is past its last day of sale when it arrives at {{place}} on {{arrives_on}}",
  "transfer.life_refused.no_date": "Lot {{lot}} lacks the date that the rule of {{place}} needs",
  "transfer.cartons_differ":
    "The cartons hold {{cartons}} units of lot {{lot}}, the lines {{lines}}; pack them alike",
  "transfer.lot_cut":
    "Reported sales took {{lacks}} units of lot {{lot}} that {{number}} had set aside; pack it again with what is left, or cancel it",
  "transfer.nothing_left": "Reported sales took all that {{number}} had set aside; cancel it",
  "transfer.in_transit":
    "{{units}} units of {{number}} are still on the way ({{lots}}); resolve them before closing",
  "transfer.resolves_too_much":
    "Only {{open}} units of lot {{lot}} are on the way on {{number}}, not {{qty}}",
  "transfer.lot_unknown": "{{number}} does not carry lot {{lot}}; choose one of its lines",
  "reversal.blocked":
    "Later entries rest on it ({{entries}}), the latest being: {{what}}; reverse them first or together",
  "reversal.done": "The entry of {{on}} is reversed already; there is nothing to do",
  "reversal.of_reversal": "A reversal is not reversed; post the original anew",
  "reversal.reported": "Shop {{shop}} reported this; only its next report changes it",
  "reversal.follows":
    "This follows from other entries and is not reversed alone; reverse the invoice, or the receipt, decision or closing that changed it",
  "reversal.in_use":
    "The {{what}} {{label}} is in use; reverse what uses it first, or change its data",
  "role.no_override":
    "Your role may not approve against the life rule; take another lot, or ask a brand manager to approve with a reason",
  "document.not_a_draft": "It is no draft any more; to change it, reverse it first",
  "lot.no_cost":
    "This lot has no cost, so it has no value; give its cost with the receipt or the opening stock",
  "carton.no_sscc":
    "No carton code can be made; give the company's GS1 prefix in the settings: {{detail}}",
  "transfer.arrives_before_leaving":
    "{{number}} would arrive before it was shipped; change the date",
  "amount.invalid": "{{amount}} is no amount; use a number with at most two decimals",
  "amount.not_positive": "The amount must be above zero; please check it",
  "attachment.kind_unknown": "Files cannot be attached to this kind of document ({{kind}})",
  "attachment.too_large":
    "The file is larger than {{megabytes}} MB; make it smaller and attach it again: {{path}}",
  "bill.not_spread":
    "The lots of bill {{number}} have no share of it; choose another basis or other lots",
  "bill.size_missing":
    "The goods of lot {{lot}} have no carton size or weight; give them or choose another basis",
  "bom.line_invalid":
    "Line {{line}} of the bill of materials is not possible: no material twice, not the goods themselves, an allowance under 100 %",
  "due.more_than_open":
    "Only {{open}} is open on term {{term}}, not {{amount}}; say overpaid if it is meant (command line: --overpaid)",
  "due.waives_more_than_open":
    "Term {{term}} owes only {{open}}, so {{amount}} cannot be waived; waive at most what is open",
  "due.refund_too_large": "{{owed}} is owed back, not {{amount}}; please check",
  "due.term_unknown": "There is no term {{term}} in the schedule; refresh and try again",
  "invoice.amounts_differ":
    "Net, tax and the amounts by order on invoice {{number}} do not make one sum; please check",
  "licence.expired":
    "Licence {{licence}} of {{partner}} for {{category}} expired on {{expired_on}}; record the new one before issuing",
  "materials.loss_beyond_book":
    "{{missing}} units of {{material}} are missing, but the factory holds {{available}}; if another order used them, keep them there and let that order draw them, else count or record what was issued first",
  "materials.short":
    "Not enough {{material}} at {{place}}: {{wanted}} wanted, {{available}} there; take less, or receive more first",
  "materials.kept_beyond_left":
    "{{number}} has only {{left}} units of {{material}} left at the factory, not {{qty}}; undo the settlement of losses first, or count",
  "materials.more_used_than_sent":
    "{{units}} more of {{material}} were used for {{number}} than was sent for it; draw what lies at the factory for no order, or record what was sent, before losses are settled. What another order has left there that order keeps first",
  "materials.returned_beyond_left":
    "{{number}} has only {{left}} units of {{material}} left at the factory, not {{qty}}; the rest is another order's or was kept: take it back for that order, or for none",
  "materials.returned_beyond_free":
    "Only {{free}} units of {{material}} lie at the factory for no order, not {{qty}}; take the rest back for the order that it was sent for",
  "materials.spoken_for":
    "Undone, it leaves {{lies}} units of {{material}} at the factory, and orders have {{left}} left there; keep, take back or undo those first",
  "materials.drawn_beyond_free":
    "Only {{free}} units of {{material}} lie at the factory for no order, not {{qty}}; keep them on the order that left them first, or issue more",
  "milestone.out_of_order":
    "{{milestone}} on {{on}} cannot come before {{before}} on {{before_on}}; change the day",
  "offer.days_invalid":
    "The offer for {{sku}} would end on {{to}} before it begins on {{from}}; change the days",
  "offer.lead_invalid":
    "The mean lead time of {{sku}} ({{mean}} days) cannot exceed the P90 ({{p90}} days) or ten years",
  "offer.moq_below_tiers":
    "The MOQ of {{sku}} ({{moq}}) lies under the first tier ({{first}}) and has no price; add a tier",
  "offer.price_invalid":
    "Tier {{tier}} of {{sku}} needs a price of at least 0, with at most six decimals",
  "offer.tiers_invalid": "Tier {{tier}} of {{sku}} must begin above the one before",
  "order.amend_below_received":
    "{{received}} units of line {{line}} of {{number}} were received; it cannot become other goods or less",
  "order.balance_not_paid":
    "{{number}} is paid before shipment, and these goods are not paid; give a reason to receive them all the same",
  "order.before_ship_open": "{{open}} of {{number}} is to be paid before shipment; pay it first",
  "order.deposit_fate_missing":
    "{{number}} was paid on: say whether the factory owes it back or keeps it (command line: --deposit refund_due or forfeited)",
  "order.below_moq":
    "{{qty}} units of {{sku}} are fewer than the MOQ of {{moq}}; give a reason to order them all the same",
  "order.dues_open": "{{open}} of {{number}} is open; pay or waive it before closing",
  "order.losses_too_early":
    "{{received}} of {{ordered}} units of {{number}} have come: what the factory still holds is no loss yet. Settle when all has come, or give the reason why no more comes",
  "order.losses_settled": "Nothing is missing on {{number}} beyond what was settled",
  "order.goods_open":
    "{{number}} still has goods open ({{lots}}): {{replacements}} wait for a replacement, {{rework}} are being reworked, {{undecided}} wait for inspection",
  "quality.returns_too_much":
    "Line {{line}} of {{number}}: {{qty}} cannot go back, {{came}} of this lot came on this order and are still here",
  "lot.received_expired":
    "Lot {{lot}} expired on {{expires_on}}, before it came on {{day}}. Say why it is received all the same.",
  "lot.made_after_receipt": "Lot {{lot}} was made on {{mfg_on}}, after it came on {{day}}",
  "order.claims_none": "Nothing on {{number}} waits to be claimed",
  "order.claims_open":
    "The claim on {{number}} is not decided: take it off what is to be paid, record what was paid, or drop it; then close the order",
  "bill.beyond_cost":
    "Lot {{lot}} cost {{cost}}; {{amount}} cannot be taken off it. Check the amount and the lots",
  "order.claim_beyond_cost": "What is claimed cost {{cost}}; say in the note why it is {{amount}}",
  "invoice.other_partner":
    "{{number}} is not an order to this partner; check whose invoice it is, or the order",
  "order.losses_open":
    "The losses of material on {{number}} are not settled; settle them before closing",
  "order.material_left":
    "{{left}} units of {{material}} are left at the factory for {{number}}; take them back or keep them there before closing",
  "order.no_prices":
    "The prices of this order are not on this desk, so its money cannot be handled",
  "order.not_multiple":
    "{{qty}} units of {{sku}} are no multiple of {{multiple}}; order {{below}} or {{above}}, or give a reason",
  "order.price_differs":
    "{{price}} for {{qty}} units of {{sku}} is not the offered {{offered}}; give a reason if it is right",
  "order.replaces_too_much":
    "Only {{waiting}} units of {{number}} wait to be replaced, not {{qty}}",
  "order.version_not_current": "Version {{artwork}} is not ordered today; choose the current one",
  "order.no_version_holds":
    "No version of {{sku}} may be ordered on {{day}}; the nearest is {{nearest}} ({{period}}). Change its days, keep a new version, or issue with a reason",
  "offer_warning.price_rises":
    "By the offer a unit costs more from {{from}} units on; ask whether that is meant",
  "offer_warning.overlaps":
    "{{count}} more offers of the same partner hold today; the one from {{from}} counts",
  "offer_warning.overlaps_one":
    "{{count}} more offer of the same partner holds today; the one from {{from}} counts",
  "statement.month_in_future": "{{month}} has not begun; there is nothing to state yet",
  "statement.suspense_open":
    "{{units}} units of {{material}} were used beyond the book and still wait for material; record what was sent, or count the factory, then agree",
  "version.overlap":
    "Version {{version}} of {{sku}} overlaps version {{other}}; end one on the day before the other begins",
  "period.invalid": "{{to}} lies before {{from}}; change the days",
  "quality.factory_place_missing":
    "The factory has no location for materials and rework; create one in the settings first",
  "quality.settle_by_missing": "Say how the return is settled: replace, credit or rework",
  "quality.status": "Only goods in quarantine and defective ones are decided about, not {{status}}",
  "set.part_missing": "Not enough of {{part}} for {{sku}}: {{needed}} needed, {{available}} there",
  "set.without_parts": "{{sku}}: a set needs parts, and other goods have none",
  "statement.count_without_lot":
    "{{units}} units more were counted, and no lot can take them; record what was issued first",
  "statement.differs":
    "{{material}}: {{book}} in the book, {{counted}} counted; resolve the difference or dispute the statement",
  "tax.rate_invalid": "The tax rate must be at least 0 and under 100 %",
  "terms.not_whole": "The payment schedule adds up to {{sum_ppm}} and must make 100 %",
  "terms.out_of_order":
    "Term {{term}} of the schedule falls due before the one above; change their order",
  "terms.term_invalid":
    "Term {{term}} of the schedule needs a share above 0 and up to 100 %, and at most ten years",
};
