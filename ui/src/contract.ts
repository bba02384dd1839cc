// Generated from the table of commands by `cargo xtask codegen`. Do not edit.

/**
 * The factory's promise.
 */
export type AcceptOrder = { 
/**
 * Which order.
 */
id: Id, 
/**
 * Promised on.
 */
promisedOn: Day, };

/**
 * Somebody else's code for goods.
 */
export type Alias = { 
/**
 * Whose.
 */
whose: string, 
/**
 * The code.
 */
code: string, };

/**
 * A change of an order.
 */
export type AmendOrder = { 
/**
 * The order as it is to be; its id names which.
 */
order: SaveOrder, 
/**
 * Why.
 */
reason: string, };

/**
 * An amount of money as decimal text in its currency's major unit, e.g. `"43362.83"`.
 *
 * Commands whose output reaches this type need the right to see money; a test walks all outputs.
 */
export type Amount = string;

/**
 * Why a command did not do what was asked. What it was doing was not kept; of work in several
 * transactions, such as a sync, those that ended before are.
 */
export type AppError = { 
/**
 * Stable, dotted, lower case: part of the public contract.
 */
code: string, 
/**
 * How to show it.
 */
kind: ErrorKind, 
/**
 * Values for the sentence.
 */
args: { [key in string]: Arg }, 
/**
 * What stands behind it, when there is more than one thing.
 */
details: Array<Message>, };

/**
 * A draft to approve.
 */
export type ApproveTransfer = { 
/**
 * Which draft.
 */
id: Id, 
/**
 * Why lots go that the destination's rule would refuse.
 */
overrideReason: string | null, };

/**
 * A value in a message: the UI formats numbers by locale, takes names in its language and leaves
 * text alone.
 */
export type Arg = string | number | Bilingual;

/**
 * A line of a receiving report.
 */
export type ArriveLine = { 
/**
 * Lot.
 */
lot: Id, 
/**
 * Units.
 */
qty: Units, 
/**
 * In which status they were put down.
 */
status: Status, };

/**
 * A receiving report.
 */
export type ArriveTransfer = { 
/**
 * Which transfer.
 */
id: Id, 
/**
 * When; today when not given.
 */
arrivedOn: Day | null, 
/**
 * What.
 */
lines: Array<ArriveLine>, };

/**
 * A day to look at; today when none is given.
 */
export type AsOf = { 
/**
 * The day.
 */
asOf: Day | null, };

/**
 * Sets to put together.
 */
export type AssembleSet = { 
/**
 * Where.
 */
place: Id, 
/**
 * Which set.
 */
sku: Id, 
/**
 * The lot's number.
 */
lotNo: string, 
/**
 * How many sets.
 */
qty: Units, 
/**
 * When; today when not given.
 */
day: Day | null, };

/**
 * A file to attach.
 */
export type AttachFile = { 
/**
 * To a document of this kind.
 */
kind: string, 
/**
 * Which one.
 */
id: Id, 
/**
 * Where the file is.
 */
path: string, 
/**
 * Whether those who see no money may see it too, although such documents commonly show money.
 * What one of them attaches is for all.
 */
forAll: boolean, };

/**
 * A backup.
 */
export type Backup = { 
/**
 * Where it is.
 */
path: string, 
/**
 * When it was made (instant).
 */
madeAt: string, 
/**
 * How large it is.
 */
bytes: number, };

/**
 * A piece of the bar from the price to what is left.
 */
export type BarPart = { 
/**
 * `party`, `vat` (tax of the sale less that of the fees), `goods`, `packing` or `margin`.
 */
kind: string, 
/**
 * The account of a `party`.
 */
account: string | null, 
/**
 * How much; the parts add up to what the buyer pays. Below zero for a loss.
 */
amount: Amount, 
/**
 * Its share of what the buyer pays, ppm.
 */
sharePpm: number, };

/**
 * What a bill is spread by.
 */
export type BasisWord = "quantity" | "value" | "weight" | "volume";

/**
 * An import of the past.
 */
export type BatchRow = { 
/**
 * The batch.
 */
id: Id, 
/**
 * The file's name.
 */
fileName: string, 
/**
 * What the rows became.
 */
kind: ImportKind, 
/**
 * Rows read.
 */
rows: number, 
/**
 * When (instant).
 */
appliedOn: string, 
/**
 * By whom.
 */
actor: string, 
/**
 * Whether it was taken back.
 */
takenBack: boolean, 
/**
 * Journal entries.
 */
entries: number, };

/**
 * Why goods may be sold below cost.
 */
export type BelowCostWord = "overstock" | "seasonal" | "near_expiry";

/**
 * All channels side by side for one product.
 */
export type Bench = { 
/**
 * The book's currency.
 */
currency: string, 
/**
 * Cost of a unit without tax.
 */
unitCost: UnitPrice | null, 
/**
 * Where it comes from: `given`, `stock` (the lots on hand), `goods` (the expected cost).
 */
costFrom: string | null, 
/**
 * By channel and way; the usual way of each channel first.
 */
rows: Array<BenchRow>, };

/**
 * What differs from a channel's assumptions in a trial.
 */
export type BenchOverrides = { 
/**
 * Packing and freight of an order.
 */
packing: UnitPrice | null, 
/**
 * Tax inside the channel's fees that is had back, ppm.
 */
feeVatPpm: number | null, 
/**
 * Share of the orders that come back, ppm.
 */
returnPpm: number | null, 
/**
 * What an order that comes back costs.
 */
returnLoss: UnitPrice | null, 
/**
 * What destroying a unit, and storing it until then, would cost.
 */
destruction: UnitPrice | null, };

/**
 * What an account ends up with.
 */
export type BenchParty = { 
/**
 * Who: `brand`, `platform`, `payment`, or a role of the rules: words of `pricing_role`.
 */
account: string, 
/**
 * How much; all add up to what the buyer pays.
 */
amount: Amount, };

/**
 * What one way of selling through a channel earns.
 */
export type BenchResult = { 
/**
 * What the buyer pays.
 */
paid: Amount, 
/**
 * What is left for the brand, its tax still inside.
 */
brandNet: Amount, 
/**
 * Tax inside the sale.
 */
vatOut: Amount, 
/**
 * Tax inside the fees, which is had back.
 */
vatCredit: Amount, 
/**
 * What it earns if it does not come back.
 */
margin: Amount, 
/**
 * What it earns on average, returns counted.
 */
expected: Amount, 
/**
 * [`Self::expected`] as a share of what the buyer pays, ppm.
 */
expectedSharePpm: number, 
/**
 * The lowest price that recovers the full cost.
 */
breakEven: Amount | null, 
/**
 * The lowest price that recovers what has still to be spent: the goods are paid for.
 */
floorSunk: Amount | null, 
/**
 * The lowest price that is better than destroying the goods.
 */
floorDestruction: Amount | null, 
/**
 * Who gets what.
 */
parties: Array<BenchParty>, 
/**
 * From the price to what is left.
 */
bar: Array<BarPart>, 
/**
 * What to look at.
 */
flags: Array<LawFlag>, };

/**
 * One way of selling through a channel.
 */
export type BenchRow = { 
/**
 * The channel.
 */
channel: Id, 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: Bilingual, 
/**
 * The version of the rules that was asked.
 */
version: number | null, 
/**
 * `none` (nobody is rewarded), `all` (everybody who can be at once), or the one reward that is
 * paid, by its id.
 */
way: string, 
/**
 * What kind of reward that is: words of `pricing_mech`; `null` for `none` and `all`.
 */
mech: string | null, 
/**
 * Whether it is the usual way of the channel: the row to show when only one is shown.
 */
usual: boolean, 
/**
 * The price of a unit; `null` when there is none to ask.
 */
price: UnitPrice | null, 
/**
 * Where it comes from: `given`, `price_list`, `goods`.
 */
priceFrom: string | null, 
/**
 * What it earns; `null` when it cannot be said.
 */
result: BenchResult | null, 
/**
 * Why not.
 */
problem: Message | null, };

/**
 * What something is called in both languages; one of them may be empty.
 */
export type Bilingual = { 
/**
 * In Chinese.
 */
zh: string, 
/**
 * In English.
 */
en: string, };

/**
 * A bill in a list.
 */
export type BillRow = { 
/**
 * Identity.
 */
id: Id, 
/**
 * The partner's number.
 */
number: string, 
/**
 * From whom.
 */
partner: string, 
/**
 * The day on it.
 */
datedOn: Day, 
/**
 * What it is spread by.
 */
basis: BasisWord, 
/**
 * How much.
 */
amount: Amount, 
/**
 * For what.
 */
note: string, 
/**
 * By lot.
 */
shares: Array<BillShare>, };

/**
 * What of a bill falls to a lot.
 */
export type BillShare = { 
/**
 * Which lot.
 */
lot: Id, 
/**
 * Its number.
 */
lotNo: string, 
/**
 * How much.
 */
amount: Amount, };

/**
 * A bill of materials.
 */
export type BomFields = { 
/**
 * Which one; new without.
 */
id: Id | null, 
/**
 * Of which goods.
 */
sku: Id, 
/**
 * At which factory.
 */
factory: Id, 
/**
 * For which version; all without.
 */
version: Id | null, 
/**
 * Holds from this day on.
 */
from: Day, 
/**
 * Holds until this day.
 */
to: Day | null, 
/**
 * Its materials.
 */
lines: Array<BomLineFields>, };

/**
 * A line of a bill of materials.
 */
export type BomLineFields = { 
/**
 * Which material.
 */
material: Id, 
/**
 * Units of it in 1,000 of the goods.
 */
per1000: number, 
/**
 * Loss allowed, ppm of what is issued.
 */
allowancePpm: number, 
/**
 * Who brings it.
 */
suppliedBy: SuppliedByWord, };

/**
 * A document named by its id.
 */
export type ById = { 
/**
 * Which one.
 */
id: Id, };

/**
 * A grid by its number.
 */
export type ByView = { 
/**
 * Which grid.
 */
view: number, };

/**
 * An order to cancel.
 */
export type CancelOrder = { 
/**
 * Which one.
 */
id: Id, 
/**
 * Why.
 */
reason: string | null, 
/**
 * What becomes of what was paid.
 */
deposit: DepositFateWord | null, };

/**
 * A transfer to call off.
 */
export type CancelTransfer = { 
/**
 * Which one.
 */
id: Id, 
/**
 * Why.
 */
reason: string | null, };

/**
 * A carton.
 */
export type Carton = { 
/**
 * Units in a full one.
 */
units: Units, 
/**
 * Outer length in mm.
 */
lengthMm: number | null, 
/**
 * Outer width in mm.
 */
widthMm: number | null, 
/**
 * Outer height in mm.
 */
heightMm: number | null, 
/**
 * Gross weight in g.
 */
grossG: number | null, };

/**
 * What is in a carton.
 */
export type CartonContent = { 
/**
 * Lot.
 */
lot: Id, 
/**
 * Its number.
 */
lotNo: string, 
/**
 * Goods' code.
 */
skuCode: string, 
/**
 * Units.
 */
qty: Units, };

/**
 * A carton.
 */
export type CartonRow = { 
/**
 * Its place among the transfer's cartons, from 1.
 */
no: number, 
/**
 * SSCC, or an internal number.
 */
code: string, 
/**
 * Whether it is an SSCC.
 */
sscc: boolean, 
/**
 * What is in it.
 */
contents: Array<CartonContent>, 
/**
 * Gross weight in g, when it is full and the goods say.
 */
grossG: number | null, };

/**
 * What a sale through a channel is assumed to cost beside what its rules take.
 */
export type ChannelAssumptions = { 
/**
 * Which channel.
 */
id: Id, 
/**
 * Packing and freight of an order.
 */
packing: UnitPrice, 
/**
 * Tax inside the channel's fees that is had back, ppm.
 */
feeVatPpm: number, 
/**
 * Share of the orders that come back, ppm.
 */
returnPpm: number, 
/**
 * What an order that comes back costs.
 */
returnLoss: UnitPrice, 
/**
 * What destroying a unit, and storing it until then, would cost.
 */
destruction: UnitPrice, 
/**
 * What an agent usually adds to the price of a unit, where the rules let one: inside the
 * price that is asked. Nothing when it is not said.
 */
markUp: UnitPrice | null, };

/**
 * A price of goods in a channel.
 */
export type ChannelPriceRow = { 
/**
 * Identity.
 */
id: Id, 
/**
 * The channel.
 */
channel: Id, 
/**
 * Its code.
 */
channelCode: string, 
/**
 * The goods.
 */
sku: Id, 
/**
 * Their code.
 */
skuCode: string, 
/**
 * Their name.
 */
skuName: Bilingual, 
/**
 * The price of a unit.
 */
price: UnitPrice | null, 
/**
 * The lowest price that may be asked, as this list has it.
 */
floorPrice: UnitPrice | null, 
/**
 * The lowest price that may be asked: this list's own, else that of the goods today. It may
 * have been raised since the price was set.
 */
floor: UnitPrice | null, 
/**
 * Whether the price is below that.
 */
belowFloor: boolean, 
/**
 * First day.
 */
from: Day, 
/**
 * Last day.
 */
to: Day | null, 
/**
 * Where it comes from.
 */
source: string, 
/**
 * Why it may be below cost.
 */
belowCost: BelowCostWord | null, 
/**
 * Whether it holds today.
 */
current: boolean, };

/**
 * A sales channel in a list.
 */
export type ChannelRow = { 
/**
 * Identity.
 */
id: Id, 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: Bilingual, 
/**
 * The shop whose orders it prices.
 */
shop: Id | null, 
/**
 * The shop's code.
 */
shopCode: string | null, 
/**
 * The id of its rule set.
 */
ruleSet: string, 
/**
 * The version in force; `null` when none is.
 */
version: number | null, 
/**
 * All versions, by the instant they begin.
 */
versions: Array<RuleVersion>, 
/**
 * Flags of the version in force.
 */
flags: number, 
/**
 * The gravest of them: `info`, `warn` or `error`.
 */
gravest: string | null, };

/**
 * The rules of a channel, readable.
 */
export type ChannelRules = { 
/**
 * The channel.
 */
id: Id, 
/**
 * Its code.
 */
code: string, 
/**
 * The id of the rule set.
 */
ruleSet: string, 
/**
 * All versions, the latest first.
 */
versions: Array<RuleSetCard>, };

/**
 * A built-in rule set.
 */
export type ChannelTemplate = { 
/**
 * Its code: words of `pricing_template`.
 */
code: string, 
/**
 * The id of its rule set.
 */
ruleSet: string, 
/**
 * What the law says of it.
 */
flags: Array<LawFlag>, };

/**
 * What was decided about claims.
 */
export type ClaimDecision = { 
/**
 * The entry, to look at and to take back.
 */
entry: Id, 
/**
 * The day.
 */
day: Day, 
/**
 * How it ended.
 */
end: ClaimEndWord, 
/**
 * What the factory bears.
 */
amount: Amount, 
/**
 * A note, or why it was dropped.
 */
note: string, };

/**
 * How a claim on a factory ends.
 */
export type ClaimEndWord = "deducted" | "paid" | "dropped";

/**
 * Something that is claimed of the factory.
 */
export type ClaimRow = { 
/**
 * The material that was lost, or the goods that are credited.
 */
sku: Id, 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: Bilingual, 
/**
 * Number of the lot.
 */
lotNo: string, 
/**
 * Whether it is the material in goods that are credited; else material lost beyond the
 * allowance.
 */
inGoods: boolean, 
/**
 * Units of it that are claimed by now.
 */
units: Units, 
/**
 * Units of those that nothing is decided about; below zero when too much was decided.
 */
open: Units, 
/**
 * What the material in all of them cost us.
 */
amount: Amount, };

/**
 * An order's claims.
 */
export type Claims = { 
/**
 * What is claimed by now.
 */
rows: Array<ClaimRow>, 
/**
 * What all of it that is not decided cost us.
 */
amount: Amount, 
/**
 * Whether something is not decided.
 */
open: boolean, 
/**
 * What was decided.
 */
decisions: Array<ClaimDecision>, };

/**
 * The floors of all slow lots.
 */
export type Clearance = { 
/**
 * The book's currency.
 */
currency: string, 
/**
 * The day that it is seen from.
 */
asOf: Day, 
/**
 * The lots with most to clear first.
 */
rows: Array<ClearanceRow>, };

/**
 * What one channel offers for a slow lot.
 */
export type ClearanceChannel = { 
/**
 * The channel.
 */
channel: Id, 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: Bilingual, 
/**
 * The way that is meant: the usual one of the channel.
 */
way: string, 
/**
 * Recovers the full cost; `null` when no cost is known.
 */
fullCost: Amount | null, 
/**
 * Recovers what has still to be spent.
 */
cash: Amount | null, 
/**
 * Better than destroying; never offer below.
 */
destruction: Amount | null, 
/**
 * The price that is weighed: the given one, else that of today.
 */
price: UnitPrice | null, 
/**
 * What a unit brings at it, its cost aside.
 */
unitCash: Amount | null, 
/**
 * What the units to clear bring at it.
 */
expectedCash: Amount | null, 
/**
 * Whether a price below this channel's full cost would need a reason.
 */
needsReason: boolean, 
/**
 * Why there is no answer.
 */
problem: Message | null, };

/**
 * Which slow lots.
 */
export type ClearanceOf = { 
/**
 * Only this lot.
 */
lot: Id | null, 
/**
 * Price of a unit in all channels, instead of the prices of each.
 */
price: UnitPrice | null, };

/**
 * A slow lot and the ways to clear it.
 */
export type ClearanceRow = { 
/**
 * The lot.
 */
lot: Id, 
/**
 * Its number.
 */
lotNo: string, 
/**
 * Its goods.
 */
sku: Id, 
/**
 * Their code.
 */
skuCode: string, 
/**
 * Their name.
 */
skuName: Bilingual, 
/**
 * Units on hand, at all places.
 */
qty: Units, 
/**
 * Units to clear before it is too late: those that will not sell in time.
 */
toClear: Units, 
/**
 * The last day on which it sells.
 */
lastSellOn: Day | null, 
/**
 * Days until then.
 */
daysLeft: number | null, 
/**
 * Cost of a unit of the lot, without tax.
 */
unitCost: UnitPrice | null, 
/**
 * By channel, the one that brings most first.
 */
channels: Array<ClearanceChannel>, 
/**
 * The channel that brings most at the weighed prices.
 */
best: Id | null, };

/**
 * A document to close or cancel.
 */
export type CloseOrder = { 
/**
 * Which one.
 */
id: Id, 
/**
 * Why.
 */
reason: string | null, 
/**
 * Whether what waits for a replacement is credited instead.
 */
creditReplacements: boolean, };

/**
 * A column of a sheet.
 */
export type ColumnInfo = { 
/**
 * Its letters.
 */
column: string, 
/**
 * Its head; two lines are joined by `/`.
 */
header: string, 
/**
 * First cells below the head.
 */
samples: Array<string>, };

/**
 * The company as its users edit it.
 */
export type Company = { 
/**
 * Chinese name.
 */
nameZh: string, 
/**
 * English name.
 */
nameEn: string, 
/**
 * 统一社会信用代码.
 */
taxNo: string, 
/**
 * For papers.
 */
address: string, 
/**
 * Telephone.
 */
phone: string, 
/**
 * The book's currency.
 */
currency: string, 
/**
 * GS1 company prefix, for SSCC.
 */
gs1Prefix: string | null, };

/**
 * A grid to copy.
 */
export type CopyView = { 
/**
 * Which grid.
 */
view: number, 
/**
 * In which language names are written.
 */
lang: Lang, };

/**
 * A count to bring the book to.
 */
export type CountFactory = { 
/**
 * The factory's place.
 */
place: Id, 
/**
 * When it was counted; today when not given.
 */
countedOn: Day | null, 
/**
 * What was counted.
 */
lines: Array<CountedLine>, 
/**
 * What both agreed on.
 */
reason: string, };

/**
 * A count of one material.
 */
export type CountedLine = { 
/**
 * Which material.
 */
material: Id, 
/**
 * Units counted.
 */
counted: Units, };

/**
 * What undoing changes in what a transfer has set aside of a lot.
 */
export type CutRow = { 
/**
 * The transfer.
 */
transfer: DocLink, 
/**
 * Goods' code.
 */
skuCode: string, 
/**
 * Lot's number.
 */
lotNo: string, 
/**
 * Units that it would have set aside more than now; below zero: less.
 */
qty: Units, };

/**
 * A business day, `YYYY-MM-DD`.
 */
export type Day = string;

/**
 * A decision about what is claimed on an order.
 */
export type DecideClaim = { 
/**
 * Which order.
 */
id: Id, 
/**
 * How it ends.
 */
end: ClaimEndWord, 
/**
 * What the factory bears; none when it is dropped.
 */
amount: Amount | null, 
/**
 * When; today when not given.
 */
decidedOn: Day | null, 
/**
 * A note; why, when it is dropped.
 */
note: string, };

/**
 * A decision on some units of a lot.
 */
export type DecideLine = { 
/**
 * The order's line, from 0.
 */
line: number, 
/**
 * Which lot.
 */
lot: Id, 
/**
 * Units.
 */
qty: Units, 
/**
 * In which status they lie.
 */
from: Status, 
/**
 * What is decided.
 */
decision: DecisionWord, 
/**
 * How the partner settles what goes back.
 */
settleBy: SettleByWord | null, };

/**
 * Decisions to post.
 */
export type DecideQuality = { 
/**
 * On which order.
 */
id: Id, 
/**
 * Where the units lie.
 */
place: Id, 
/**
 * When; today when not given.
 */
decidedOn: Day | null, 
/**
 * What.
 */
lines: Array<DecideLine>, 
/**
 * Why, when it is more than accepting.
 */
reason: string, };

/**
 * A decision taken.
 */
export type DecisionRow = { 
/**
 * The entry, to look at and to take back.
 */
entry: Id, 
/**
 * What the return note of it is called, when it sends something back.
 */
returnNumber: string | null, 
/**
 * The day.
 */
day: Day, 
/**
 * The lot's number.
 */
lotNo: string, 
/**
 * Units.
 */
qty: Units, 
/**
 * What was decided.
 */
decision: DecisionWord, 
/**
 * How the partner settles it.
 */
settleBy: SettleByWord | null, 
/**
 * Why.
 */
reason: string, };

/**
 * A quality decision.
 */
export type DecisionWord = "accept" | "concession" | "reject" | "return" | "scrap";

/**
 * What becomes of what was paid on a cancelled order.
 */
export type DepositFateWord = "refund_due" | "forfeited";

/**
 * The arithmetic behind a figure, top to bottom.
 */
export type Derivation = { 
/**
 * Lines in reading order.
 */
lines: Array<DerivationLine>, };

/**
 * One line of the arithmetic behind a figure.
 */
export type DerivationLine = { 
/**
 * How the line joins the one above: `start`, `add`, `subtract`, `multiply`, `divide`,
 * `at_least`, `at_most`, `round`, `equals`, or `note` for a line that explains and does not
 * count.
 */
op: string, 
/**
 * What the line is, in words of the UI.
 */
text: Message, 
/**
 * The figure as text, `null` for a note.
 */
value: string | null, 
/**
 * The figure's unit (`units`, `days`, `cartons`, `percent`, …), `null` for a note.
 */
unit: string | null, };

/**
 * An attachment to take off.
 */
export type DetachFile = { 
/**
 * From a document of this kind.
 */
kind: string, 
/**
 * Which one.
 */
id: Id, 
/**
 * The file's name.
 */
name: string, 
/**
 * Its SHA-256.
 */
sha256: string, };

/**
 * All differences of one kind and rule together.
 */
export type DifferenceSum = { 
/**
 * What differs, as in a difference.
 */
what: string, 
/**
 * The rule; `null` where none is named.
 */
rule: string | null, 
/**
 * Orders with such a difference.
 */
orders: number, 
/**
 * Such differences.
 */
count: number, 
/**
 * By how much they say more, all of them together; `null` when it is not about amounts.
 */
difference: Amount | null, };

/**
 * Which shops to hold against their rules.
 */
export type DifferencesOf = { 
/**
 * One shop; all that a channel prices when there is none.
 */
shop: Id | null, };

/**
 * Sets to take apart.
 */
export type DisassembleSet = { 
/**
 * Where.
 */
place: Id, 
/**
 * Which lot of the set.
 */
lot: Id, 
/**
 * How many sets.
 */
qty: Units, 
/**
 * When; today when not given.
 */
day: Day | null, };

/**
 * A document that a figure or an entry speaks of, enough to open it.
 */
export type DocLink = { 
/**
 * `sku`, `location`, `partner`, `lot`, `order`, `transfer`, `shop`, `company`, `sales`.
 */
kind: string, 
/**
 * Its identity.
 */
id: Id, 
/**
 * What people call it: a number, a code, a lot number.
 */
label: string, };

/**
 * A step that a document took.
 */
export type DocumentStep = { 
/**
 * The entry.
 */
entry: Id, 
/**
 * The day it counts on.
 */
day: Day, 
/**
 * When it was written (instant).
 */
recordedAt: string, 
/**
 * By whom.
 */
actor: string, 
/**
 * What it says.
 */
summary: Message, 
/**
 * Whether it was undone.
 */
reversed: boolean, };

/**
 * Which due of an order.
 */
export type DueOf = { 
/**
 * Which term, from 0.
 */
term: number, 
/**
 * For which shipment, from 0; none for a deposit and for what has not come.
 */
shipment: number | null, };

/**
 * What is to be paid.
 */
export type DueRow = { 
/**
 * Which term, from 0.
 */
term: number, 
/**
 * The term.
 */
says: TermFields, 
/**
 * For which shipment, from 0; none for a deposit and for what has not come.
 */
shipment: number | null, 
/**
 * How much.
 */
amount: Amount, 
/**
 * When; none while what makes it due has not happened.
 */
dueOn: Day | null, 
/**
 * Paid on its term.
 */
paid: Amount, 
/**
 * Set against it: what is left of a deposit or an overpayment, a claim on the partner.
 */
setOff: Amount, 
/**
 * Still to be paid.
 */
open: Amount, 
/**
 * How far it is.
 */
state: DueStateWord, };

/**
 * Where a due stands.
 */
export type DueStateWord = "planned" | "due" | "part_paid" | "paid" | "set_off" | "waived";

/**
 * A part of the journal.
 */
export type EntryPage = { 
/**
 * Entries in all.
 */
total: number, 
/**
 * Newest first.
 */
rows: Array<EntryRow>, };

/**
 * An entry in a list.
 */
export type EntryRow = { 
/**
 * Identity.
 */
id: Id, 
/**
 * Its place in the journal.
 */
position: number, 
/**
 * Its kind.
 */
kind: string, 
/**
 * The day it counts on.
 */
effectiveOn: Day, 
/**
 * When it was written (instant).
 */
recordedAt: string, 
/**
 * By whom.
 */
actor: string, 
/**
 * What it says.
 */
summary: Message, 
/**
 * What it concerns.
 */
documents: Array<DocLink>, 
/**
 * The import that it belongs to.
 */
batch: Id | null, 
/**
 * The entry that it undoes.
 */
reverses: Id | null, 
/**
 * The entry that undid it.
 */
reversedBy: Id | null, 
/**
 * Units that it moves.
 */
units: Units, };

/**
 * How a failure is to be shown.
 */
export type ErrorKind = "refused" | "unavailable" | "failed";

/**
 * A figure of the bench to open.
 */
export type ExplainBench = { 
/**
 * What was asked.
 */
bench: RunBench, 
/**
 * Which channel.
 */
channel: Id, 
/**
 * Which way.
 */
way: string, 
/**
 * `brandNet`, `vatOut`, `margin`, `expected`, `breakEven`, `floorSunk`, `floorDestruction`, or
 * `party` with the account.
 */
figure: string, 
/**
 * Whose amount, for `party`.
 */
account: string | null, };

/**
 * Versions of rules to a file.
 */
export type ExportChannel = { 
/**
 * Which channel.
 */
id: Id, 
/**
 * The JSON file; one there is replaced.
 */
path: string, };

/**
 * A table to write to a file.
 */
export type ExportTable = { 
/**
 * Which one.
 */
table: TableName, 
/**
 * Where to, `.xlsx` or `.csv`; a file there is replaced.
 */
path: string, 
/**
 * At the end of which day, for stock; now when none is given.
 */
asOf: Day | null, 
/**
 * Of which shop, for differences; of all when none is given.
 */
shop: Id | null, 
/**
 * Language of heads and words.
 */
lang: Lang, };

/**
 * A table that was written to a file.
 */
export type Exported = { 
/**
 * Where to.
 */
path: string, 
/**
 * Rows below the heads.
 */
rows: number, };

/**
 * A field that a column can feed.
 */
export type FieldInfo = { 
/**
 * Its name.
 */
name: string, 
/**
 * A row without it is refused.
 */
required: boolean, 
/**
 * It holds money, or is of use to money alone.
 */
money: boolean, };

/**
 * A file of a document.
 */
export type FileRow = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its SHA-256.
 */
sha256: string, 
/**
 * How many bytes.
 */
bytes: number, 
/**
 * Where it lies, to open it.
 */
path: string, 
/**
 * Whether it is missing there.
 */
missing: boolean, 
/**
 * Whether it may show money, and only those who see money see it.
 */
money: boolean, };

/**
 * A document that files are attached to.
 */
export type FilesOf = { 
/**
 * `order`, `partner`, `sku`, `lot`, `offer`, `version`, `bom`, `statement`, `invoice`, `bill`.
 */
kind: string, 
/**
 * Which one.
 */
id: Id, };

/**
 * A thing that was found.
 */
export type Found = { 
/**
 * `sku`, `lot`, `order`, `transfer`, `carton`, `location`, `partner`.
 */
kind: string, 
/**
 * What to open; for a carton its transfer.
 */
id: Id, 
/**
 * What people call it; goods by their code.
 */
title: string, 
/**
 * Of goods and their lots, what the goods are called.
 */
name: Bilingual | null, 
/**
 * What tells it apart from others of that name.
 */
subtitle: string, };

/**
 * The kinds of places that users found.
 */
export type FoundedKind = "own" | "platform" | "factory" | "consignee";

/**
 * Where a lot came from and went to.
 */
export type Genealogy = { 
/**
 * The lots, the one that was asked for first.
 */
lots: Array<GenealogyLot>, 
/**
 * The steps between them.
 */
steps: Array<GenealogyStep>, };

/**
 * A lot of a genealogy.
 */
export type GenealogyLot = { 
/**
 * Identity.
 */
id: Id, 
/**
 * Its number.
 */
lotNo: string, 
/**
 * Its goods.
 */
sku: Id, 
/**
 * Their code.
 */
skuCode: string, 
/**
 * Their name.
 */
skuName: Bilingual, 
/**
 * Last day of its life.
 */
expiresOn: Day | null, 
/**
 * The order that it was made on.
 */
order: Id | null, 
/**
 * Steps from the lot that was asked for: below zero what it was made of, above what was made
 * of it.
 */
depth: number, };

/**
 * A step of a genealogy.
 */
export type GenealogyStep = { 
/**
 * Out of this lot.
 */
from: Id, 
/**
 * Into this one.
 */
to: Id, 
/**
 * Why.
 */
kind: PassingWord, 
/**
 * Units of the lot that it comes out of.
 */
qty: Units, };

/**
 * What a factory asked for some goods, first and last.
 */
export type GoodsPriceRow = { 
/**
 * Which goods.
 */
sku: Id, 
/**
 * Their code.
 */
skuCode: string, 
/**
 * What they are called.
 */
skuName: Bilingual, 
/**
 * How many orders.
 */
orders: number, 
/**
 * The price of the first, with tax.
 */
firstPrice: UnitPrice, 
/**
 * The price of the last, with tax.
 */
lastPrice: UnitPrice, 
/**
 * Last against first, less one, ppm; nothing for a single order.
 */
changePpm: number | null, };

/**
 * A lot of ours at a factory.
 */
export type HeldLot = { 
/**
 * The lot.
 */
lot: Id, 
/**
 * Its number.
 */
lotNo: string, 
/**
 * Good units.
 */
qty: Units, };

/**
 * What a factory holds of one of our materials.
 */
export type HeldMaterial = { 
/**
 * The factory's place.
 */
place: Id, 
/**
 * Its code.
 */
placeCode: string, 
/**
 * The factory.
 */
factory: string, 
/**
 * Which material.
 */
material: Id, 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: Bilingual, 
/**
 * Good units.
 */
qty: Units, 
/**
 * Of those, units that lie there for no order.
 */
free: Units, 
/**
 * Used beyond the book.
 */
suspense: Units, 
/**
 * By lot.
 */
lots: Array<HeldLot>, };

/**
 * Demand by day, past and to come.
 */
export type History = { 
/**
 * Days of the past without a gap, up to yesterday.
 */
days: Array<Day>, 
/**
 * Units paid for on each; `null` where nothing was reported.
 */
units: Array<Units | null>, 
/**
 * Days to come, today first; empty without any history.
 */
forecastDays: Array<Day>, 
/**
 * Units expected on each.
 */
forecast: Array<string>, 
/**
 * With probability 0.1 a day sells at most this.
 */
low: Array<string>, 
/**
 * With probability 0.9 a day sells at most this.
 */
high: Array<string>, };

/**
 * Goods at a place, or at all places together.
 */
export type HistoryOf = { 
/**
 * Which goods.
 */
sku: Id, 
/**
 * Which place; all together when there is none.
 */
place: Id | null, };

/**
 * The identity of a document, place, lot or entry: a UUID in text.
 */
export type Id = string;

/**
 * Versions of rules from a file.
 */
export type ImportChannel = { 
/**
 * The JSON file.
 */
path: string, 
/**
 * The channel that they are added to; a new one, named by the rule set, when there is none.
 */
id: Id | null, };

/**
 * What a file is imported as.
 */
export type ImportKind = "goods" | "aliases" | "partners" | "locations" | "opening" | "sales" | "prices";

/**
 * Something wrong with a cell or row.
 */
export type ImportProblem = { 
/**
 * The sheet.
 */
sheet: string, 
/**
 * The row as Excel numbers it.
 */
row: number, 
/**
 * Column letters; none when the whole row or a value for every row is meant.
 */
column: string | null, 
/**
 * The cell as shown.
 */
value: string, 
/**
 * How bad.
 */
severity: ImportSeverity, 
/**
 * What is wrong.
 */
text: Message, };

/**
 * What an import does, or would do.
 */
export type ImportReport = { 
/**
 * What the rows become.
 */
kind: ImportKind, 
/**
 * Rows that could be read.
 */
rows: number, 
/**
 * Rows left out, by reason.
 */
skipped: Array<Message>, 
/**
 * At most 1,000 problems, errors first.
 */
problems: Array<ImportProblem>, 
/**
 * All problems, listed or not.
 */
problemsTotal: number, 
/**
 * What happens; empty while an error stands.
 */
effects: Array<Message>, };

/**
 * How bad a problem is.
 */
export type ImportSeverity = "error" | "warning";

/**
 * An import that was done.
 */
export type Imported = { 
/**
 * Its batch.
 */
batch: Id, 
/**
 * What it did.
 */
report: ImportReport, 
/**
 * Journal entries, the one that says that the import took place included.
 */
entries: number, };

/**
 * A file to look at.
 */
export type Inspect = { 
/**
 * Where it is.
 */
path: string, 
/**
 * What it holds, when the user says so.
 */
kind: ImportKind | null, 
/**
 * Which sheet, when the user says so.
 */
sheet: string | null, };

/**
 * A file with a suggestion of how to read it.
 */
export type Inspected = { 
/**
 * The file's name.
 */
fileName: string, 
/**
 * Its sheets.
 */
sheets: Array<SheetInfo>, 
/**
 * How to read it, to be corrected.
 */
profile: Profile, 
/**
 * The profile is that of an earlier import of a file with the same heads.
 */
remembered: boolean, 
/**
 * The fields of the profile's kind.
 */
fields: Array<FieldInfo>, };

/**
 * What kind of invoice.
 */
export type InvoiceKindWord = "special" | "plain";

/**
 * An invoice in a list.
 */
export type InvoiceRow = { 
/**
 * Identity.
 */
id: Id, 
/**
 * Its number.
 */
number: string, 
/**
 * Whose it is.
 */
partner: string, 
/**
 * The day on it.
 */
date: Day, 
/**
 * Whether its tax is deducted.
 */
kind: InvoiceKindWord, 
/**
 * Without tax.
 */
net: Amount, 
/**
 * Tax.
 */
tax: Amount, 
/**
 * With tax.
 */
gross: Amount, 
/**
 * Numbers of the orders that it bills.
 */
orders: Array<string>, };

/**
 * An order to issue.
 */
export type IssueOrder = { 
/**
 * Which draft.
 */
id: Id, 
/**
 * Why it is less than the least quantity, no multiple, at another price than offered, or in
 * a version that does not hold.
 */
reason: string | null, 
/**
 * The refusals that the reason answers, as they were told; all that may come when none is given.
 */
reasonFor: Array<Message> | null, };

/**
 * Units of a material to keep or to draw.
 */
export type KeepLine = { 
/**
 * Which material.
 */
material: Id, 
/**
 * Units.
 */
qty: Units, };

/**
 * Material that stays at its factory for the next order, or that an order takes from what lies
 * there for none.
 */
export type KeepMaterial = { 
/**
 * Which order keeps or draws it.
 */
id: Id, 
/**
 * When; today when not given.
 */
day: Day | null, 
/**
 * What.
 */
lines: Array<KeepLine>, 
/**
 * A note.
 */
note: string, };

/**
 * Language of words that go into a file.
 */
export type Lang = "zh" | "en";

/**
 * Something the law, or the rules themselves, ask to look at.
 */
export type LawFlag = { 
/**
 * In capitals; its words are those of `pricing.flag.<code>`.
 */
code: string, 
/**
 * `info`, `warn` or `error`.
 */
severity: string, 
/**
 * The rule, line, account or part of the use that it is about.
 */
at: string, 
/**
 * Where it is written, by the English name of the text; `null` for what is not law.
 */
source: string | null, 
/**
 * The day it came into force.
 */
since: Day | null, 
/**
 * Whether the text itself was read; else it is from memory and somebody should look it up.
 */
textRead: boolean, };

/**
 * A licence of a partner.
 */
export type LicenceFields = { 
/**
 * What it is called.
 */
kind: string, 
/**
 * The category of goods that it allows to make.
 */
category: string, 
/**
 * As printed.
 */
number: string, 
/**
 * The last day on which it is valid.
 */
expiresOn: Day, };

/**
 * What a place asks of remaining life.
 */
export type LifeRule = { 
/**
 * Least share at arrival, ppm.
 */
minSharePpm: number | null, 
/**
 * Least days at arrival.
 */
minDays: number | null, 
/**
 * Days before expiry at which it stops selling.
 */
pullDays: number, };

/**
 * What shelf life is counted in.
 */
export type LifeUnit = "days" | "months";

/**
 * Where a product stands in its life.
 */
export type LifecycleStage = "launch" | "core" | "seasonal" | "decline" | "delisted";

/**
 * A line's price with its tax.
 */
export type LineMoney = { 
/**
 * Price per unit, as agreed.
 */
unitPrice: UnitPrice, 
/**
 * Without tax.
 */
net: Amount, 
/**
 * Tax.
 */
tax: Amount, 
/**
 * With tax.
 */
gross: Amount, };

/**
 * A part of the journal to read.
 */
export type ListEntries = { 
/**
 * From which row, newest first.
 */
offset: number, 
/**
 * How many rows, at most 500.
 */
limit: number, 
/**
 * Only what concerns this document.
 */
document: Id | null, };

/**
 * Which units allowed loss is measured on.
 */
export type LossBaseWord = "good" | "good_and_rejected";

/**
 * A lot with where it is and went.
 */
export type LotCard = { 
/**
 * As in lists.
 */
lot: LotRow, 
/**
 * The production order it was made on.
 */
order: DocLink | null, 
/**
 * Where it is.
 */
places: Array<LotPlace>, 
/**
 * Where it went, the first day first.
 */
history: Array<LotEvent>, };

/**
 * Where what a lot cost is now. The parts add up to the whole.
 */
export type LotCostCard = { 
/**
 * Which lot.
 */
lot: Id, 
/**
 * Its number.
 */
lotNo: string, 
/**
 * The book's currency.
 */
currency: string, 
/**
 * What it cost in all.
 */
whole: Amount, 
/**
 * Of that, its own bills: fee, freight.
 */
own: Amount, 
/**
 * Of that, taken over from other lots: materials, parts, returned units.
 */
takenOver: Amount, 
/**
 * Units ever received.
 */
units: Units, 
/**
 * Per unit.
 */
unitCost: UnitPrice | null, 
/**
 * On hand and in transit.
 */
onHand: Amount, 
/**
 * Sold (销售成本).
 */
sold: Amount, 
/**
 * Neither on hand nor sold: all that follows, together.
 */
elsewhere: Amount, 
/**
 * Used by ourselves.
 */
used: Amount, 
/**
 * Lost.
 */
lost: Amount, 
/**
 * Destroyed.
 */
writtenOff: Amount, 
/**
 * Waits at the partner to be replaced.
 */
atPartner: Amount, 
/**
 * Credited by the partner, or claimed of it.
 */
claimed: Amount, 
/**
 * Passed into other lots.
 */
passed: Array<PassedValue>, 
/**
 * What its sold units brought so far.
 */
profit: ProfitSoFar, };

/**
 * The dates that a lot will have.
 */
export type LotDates = { 
/**
 * When it was made; `null` when nothing tells it.
 */
mfgOn: Day | null, 
/**
 * Its last day (限用日期); `null` when nothing tells it.
 */
expiresOn: Day | null, };

/**
 * One move of a lot.
 */
export type LotEvent = { 
/**
 * The entry.
 */
entry: Id, 
/**
 * The day it counts on.
 */
day: Day, 
/**
 * Why.
 */
kind: string, 
/**
 * Units.
 */
qty: Units, 
/**
 * From where.
 */
from: PlaceRef, 
/**
 * In which status.
 */
fromStatus: Status, 
/**
 * To where.
 */
to: PlaceRef, 
/**
 * In which status.
 */
toStatus: Status, 
/**
 * The document it happened on.
 */
document: DocLink | null, 
/**
 * Whether it was undone, or undoes.
 */
reversed: boolean, };

/**
 * A lot at one place.
 */
export type LotPlace = { 
/**
 * The place.
 */
place: Id, 
/**
 * Its code.
 */
placeCode: string, 
/**
 * Its name.
 */
placeName: string, 
/**
 * For goods on a transfer, between which places; the code is its number.
 */
way: Way | null, 
/**
 * In which status.
 */
status: Status, 
/**
 * Units.
 */
qty: Units, 
/**
 * Of these set aside.
 */
reserved: Units, };

/**
 * A lot in a list.
 */
export type LotRow = { 
/**
 * Identity.
 */
id: Id, 
/**
 * As printed.
 */
lotNo: string, 
/**
 * Whether nobody knows the real lot.
 */
pseudo: boolean, 
/**
 * Goods.
 */
sku: Id, 
/**
 * Their code.
 */
skuCode: string, 
/**
 * Their name.
 */
skuName: Bilingual, 
/**
 * Made on.
 */
mfgOn: Day | null, 
/**
 * Last day of its life.
 */
expiresOn: Day | null, 
/**
 * First in our hands on.
 */
firstReceivedOn: Day | null, 
/**
 * Days of life left today.
 */
daysLeft: number | null, 
/**
 * Share of life left today, ppm.
 */
sharePpm: number | null, 
/**
 * Units at real places other than transit.
 */
onHand: Units, 
/**
 * Units on transfers.
 */
inTransit: Units, };

/**
 * What is typed of one lot.
 */
export type LotTyped = { 
/**
 * Which goods.
 */
sku: Id, 
/**
 * Its number, as far as it is typed.
 */
lotNo: string, 
/**
 * When it was made.
 */
mfgOn: Day | null, 
/**
 * Its last day.
 */
expiresOn: Day | null, };

/**
 * What of a lot's value is on hand.
 */
export type LotValue = { 
/**
 * The lot.
 */
lot: Id, 
/**
 * Value on hand, in transit included.
 */
value: Amount, 
/**
 * What a unit cost, shown to four decimals.
 */
unitCost: UnitPrice | null, };

/**
 * A template to write.
 */
export type MakeTemplate = { 
/**
 * Of which kind.
 */
kind: ImportKind, 
/**
 * In which language.
 */
lang: Lang, 
/**
 * Where to; a file there is replaced.
 */
path: string, };

/**
 * One of our materials on an order.
 */
export type MaterialTrack = { 
/**
 * Which material.
 */
material: Id, 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: Bilingual, 
/**
 * Who brings it.
 */
suppliedBy: SuppliedByWord, 
/**
 * Units in 1,000 of the goods.
 */
per1000: number, 
/**
 * Loss allowed, ppm of what was issued; `null` when the order's lines allow differently.
 */
allowancePpm: number | null, 
/**
 * Units to send for the whole order.
 */
toIssue: Units, 
/**
 * Units sent or delivered straight to the factory for it, or drawn there, and not kept there
 * for the next order.
 */
issued: Units, 
/**
 * Of those, drawn from what lay at the factory for no order.
 */
drawn: Units, 
/**
 * Units that came back.
 */
returned: Units, 
/**
 * Units kept there for the next order.
 */
kept: Units, 
/**
 * Units that lie there for the order, and can come back or be kept.
 */
left: Units, 
/**
 * Units that lie there now for no order.
 */
free: Units, 
/**
 * Units that its goods hold, and that were spoilt beside them, beyond what was sent or drawn
 * for it.
 */
over: Units, 
/**
 * Units that the order can draw: what lies there for no order, and what its goods took of it.
 */
drawable: Units, 
/**
 * Units that the goods received hold.
 */
held: Units, 
/**
 * Good units of it at the factory now, of all orders.
 */
atFactory: Units, 
/**
 * Units missing by the contract's reckoning, as of now.
 */
missing: Units, 
/**
 * Of those allowed.
 */
allowed: Units, 
/**
 * Of those to be claimed; none while goods are still to come.
 */
claimed: Units, };

/**
 * Goods at a place.
 */
export type MatrixCell = { 
/**
 * Units there, any status.
 */
qty: Units, 
/**
 * Units on the way there.
 */
inTransit: Units, 
/**
 * Days that good units last at the mean of the last 28 days; `null` where nothing sells.
 */
coverDays: number | null, };

/**
 * Goods over all places.
 */
export type MatrixRow = { 
/**
 * Goods.
 */
sku: Id, 
/**
 * Their code.
 */
skuCode: string, 
/**
 * Their name.
 */
skuName: Bilingual, 
/**
 * Units on hand and in transit.
 */
total: Units, 
/**
 * Days that they last.
 */
coverDays: number | null, 
/**
 * By place, in the order of `places`; `null` where there is nothing.
 */
cells: Array<MatrixCell | null>, };

/**
 * A sentence without words: the UI finds the words for `code` in its language and fills in `args`.
 */
export type Message = { 
/**
 * Stable, dotted, lower case.
 */
code: string, 
/**
 * Values for the sentence.
 */
args: { [key in string]: Arg }, };

/**
 * A milestone of an order.
 */
export type MilestoneRow = { 
/**
 * Which.
 */
milestone: MilestoneWord, 
/**
 * Planned for.
 */
plannedOn: Day | null, 
/**
 * Reached on.
 */
reachedOn: Day | null, };

/**
 * A step of making goods.
 */
export type MilestoneWord = "sample" | "material_ready" | "filling" | "packing" | "qc" | "ready";

/**
 * A move as a reversal would make it.
 */
export type MoveRow = { 
/**
 * Why.
 */
kind: string, 
/**
 * Goods' code.
 */
skuCode: string, 
/**
 * Lot's number.
 */
lotNo: string, 
/**
 * Units.
 */
qty: Units, 
/**
 * From where.
 */
from: PlaceRef, 
/**
 * In which status.
 */
fromStatus: Status, 
/**
 * To where.
 */
to: PlaceRef, 
/**
 * In which status.
 */
toStatus: Status, };

/**
 * A workspace to make.
 */
export type NewWorkspace = { 
/**
 * Where it shall be; there must be no file yet.
 */
path: string, 
/**
 * Whose it is.
 */
companyName: string, 
/**
 * The book's currency, e.g. `CNY`.
 */
currency: string, };

/**
 * No input.
 */
export type Nothing = Record<symbol, never>;

/**
 * A supplier's conditions for some goods, without prices.
 */
export type OfferFields = { 
/**
 * Whose.
 */
partner: Id, 
/**
 * For which goods.
 */
sku: Id, 
/**
 * From how many units on each price holds.
 */
tiersFrom: Array<Units>, 
/**
 * Tax, ppm.
 */
taxRatePpm: number, 
/**
 * Whether the prices hold it.
 */
priceIncludesTax: boolean, 
/**
 * Least units.
 */
moq: Units, 
/**
 * Whole multiples.
 */
multiple: Units, 
/**
 * Days from order to ready, on average.
 */
leadDaysMean: number, 
/**
 * Days in which nine of ten orders are ready.
 */
leadDaysP90: number, 
/**
 * Who pays what share when.
 */
terms: Array<TermFields>, 
/**
 * What allowed loss is measured on.
 */
lossBase: LossBaseWord, 
/**
 * Whether units beyond those ordered are paid for.
 */
overReceiptPaid: boolean, 
/**
 * First day.
 */
from: Day, 
/**
 * Last day.
 */
to: Day | null, };

/**
 * An offer's prices.
 */
export type OfferPrices = { 
/**
 * Which offer.
 */
id: Id, 
/**
 * Price per unit by tier.
 */
unitPrices: Array<UnitPrice>, };

/**
 * What a quantity costs by the offer of today.
 */
export type OfferQuote = { 
/**
 * Which offer; none when none holds.
 */
offer: OfferFields | null, 
/**
 * Price per unit; none below the first tier.
 */
unitPrice: UnitPrice | null, 
/**
 * With tax.
 */
total: Amount | null, 
/**
 * The next quantity that may be ordered without a reason.
 */
orderable: Units | null, 
/**
 * How many more make it cheaper in total.
 */
cheaperByOrderingMore: Units | null, 
/**
 * What it then costs.
 */
cheaperTotal: Amount | null, 
/**
 * What is unusual about the offer: a price that rises with the quantity, or another offer that
 * holds on the same day.
 */
warnings: Array<Message>, };

/**
 * An offer in a list.
 */
export type OfferRow = { 
/**
 * Identity.
 */
id: Id, 
/**
 * What it says.
 */
fields: OfferFields, 
/**
 * Name of the partner.
 */
partnerName: string, 
/**
 * Code of the goods.
 */
skuCode: string, 
/**
 * Their name.
 */
skuName: Bilingual, 
/**
 * Whether it holds today.
 */
current: boolean, };

/**
 * What happens to stock of the version before.
 */
export type OldStockWord = "use_up" | "rework" | "scrap";

/**
 * Units of a lot on their way.
 */
export type OnTheWay = { 
/**
 * Lot.
 */
lot: Id, 
/**
 * Its number.
 */
lotNo: string, 
/**
 * Units.
 */
qty: Units, };

/**
 * Units sent back that the partner has not replaced.
 */
export type OpenReplacement = { 
/**
 * The lot that they were of.
 */
lot: Id, 
/**
 * Its number.
 */
lotNo: string, 
/**
 * Units.
 */
qty: Units, };

/**
 * A grid to open.
 */
export type OpenStock = { 
/**
 * At the end of which day; now when none is given.
 */
asOf: Day | null, 
/**
 * What is told apart.
 */
by: Array<StockColumn>, 
/**
 * Rows that hold each of these words in a code, name or lot number.
 */
filter: string, 
/**
 * Only these goods.
 */
sku: Id | null, 
/**
 * Only this place.
 */
place: Id | null, 
/**
 * Only this status.
 */
status: Status | null, 
/**
 * In which order.
 */
sort: StockSort, };

/**
 * A file to open, or a backup to restore.
 */
export type OpenWorkspace = { 
/**
 * Where it is.
 */
path: string, };

/**
 * An order's money.
 */
export type OrderAccountCard = { 
/**
 * Which order.
 */
id: Id, 
/**
 * The book's currency.
 */
currency: string, 
/**
 * Tax rate, ppm.
 */
taxRatePpm: number, 
/**
 * Whether prices hold the tax.
 */
priceIncludesTax: boolean, 
/**
 * By line.
 */
lines: Array<LineMoney>, 
/**
 * All lines without tax.
 */
net: Amount, 
/**
 * Their tax.
 */
tax: Amount, 
/**
 * All lines with tax.
 */
gross: Amount, 
/**
 * What the order costs by now: dues add up to it.
 */
payable: Amount, 
/**
 * What is to be paid and when.
 */
dues: Array<DueRow>, 
/**
 * What was paid and paid back.
 */
payments: Array<PaymentRow>, 
/**
 * In sum.
 */
paid: Amount, 
/**
 * Still to be paid.
 */
open: Amount, 
/**
 * Deposit for which nothing has come yet.
 */
depositUncleared: Amount, 
/**
 * Paid beyond all dues.
 */
prepaid: Amount, 
/**
 * To be paid back by the partner.
 */
refundDue: Amount, 
/**
 * Kept by the partner of a cancelled order.
 */
forfeited: Amount, 
/**
 * Invoiced so far, with tax.
 */
invoiced: Amount, 
/**
 * Of that, beyond what the order costs by now.
 */
overInvoiced: Amount, 
/**
 * Came without an invoice (票未到).
 */
notInvoiced: Amount, 
/**
 * What is claimed of the factory.
 */
claims: Claims, };

/**
 * An order on its page, without money.
 */
export type OrderCard = { 
/**
 * As in the list.
 */
row: OrderRow, 
/**
 * How often it was changed.
 */
revision: number, 
/**
 * Where the goods go.
 */
deliverTo: Id, 
/**
 * Its name.
 */
deliverToName: string, 
/**
 * Where the factory keeps our materials.
 */
materialsAt: Id | null, 
/**
 * The order that what is bought goes to.
 */
forOrder: Id | null, 
/**
 * Its number.
 */
forOrderNumber: string | null, 
/**
 * How much more than ordered is taken without a reason, ppm.
 */
overTolerancePpm: number, 
/**
 * Whether what comes beyond the order is not paid for.
 */
overIsFree: boolean, 
/**
 * Tax, ppm.
 */
taxRatePpm: number, 
/**
 * Whether the prices hold it.
 */
priceIncludesTax: boolean, 
/**
 * What allowed loss is measured on.
 */
lossBase: LossBaseWord, 
/**
 * Who pays what share when.
 */
schedule: Array<TermFields>, 
/**
 * Terms in words.
 */
terms: string, 
/**
 * What is ordered.
 */
lines: Array<OrderLine>, 
/**
 * What came.
 */
receipts: Array<Receipt>, };

/**
 * What an order's lots cost and brought so far.
 */
export type OrderCost = { 
/**
 * Which order.
 */
id: Id, 
/**
 * The book's currency.
 */
currency: string, 
/**
 * By lot.
 */
lots: Array<LotCostCard>, 
/**
 * What came into the order's lots from outside of it: fee, materials, bills. What goes back and
 * is replaced counts once.
 */
whole: Amount, 
/**
 * On hand and in transit.
 */
onHand: Amount, 
/**
 * Cost of what was sold.
 */
sold: Amount, 
/**
 * Cost of what is neither: passed into other goods, at the partner or borne by it, used, lost.
 */
elsewhere: Amount, 
/**
 * Units sold.
 */
unitsSold: Units, 
/**
 * What they brought so far.
 */
profit: ProfitSoFar, };

/**
 * What kind of order.
 */
export type OrderKindWord = "production" | "purchase";

/**
 * A line of an order.
 */
export type OrderLine = { 
/**
 * Its place in the order, from 0.
 */
line: number, 
/**
 * Goods.
 */
sku: Id, 
/**
 * Their code.
 */
skuCode: string, 
/**
 * Their name.
 */
skuName: Bilingual, 
/**
 * Units ordered.
 */
qty: Units, 
/**
 * Units received.
 */
received: Units, 
/**
 * Units in a full carton.
 */
unitsPerCarton: number | null, 
/**
 * Which version of them.
 */
version: Id | null, 
/**
 * Its artwork.
 */
artworkNo: string | null, 
/**
 * Its registration.
 */
registrationNo: string | null, };

/**
 * A line of an order to keep.
 */
export type OrderLineFields = { 
/**
 * Goods.
 */
sku: Id, 
/**
 * Units.
 */
qty: Units, 
/**
 * Which version; the one that holds when it is issued without.
 */
version: Id | null, };

/**
 * An order's money.
 */
export type OrderMoney = { 
/**
 * Identity.
 */
id: Id, 
/**
 * The book's currency.
 */
currency: string, 
/**
 * Price per unit of each line.
 */
unitPrices: Array<UnitPrice>, 
/**
 * Amount of each line.
 */
amounts: Array<Amount>, 
/**
 * In sum.
 */
total: Amount, 
/**
 * Value of what came.
 */
receivedValue: Amount, };

/**
 * An order in a list.
 */
export type OrderRow = { 
/**
 * Identity.
 */
id: Id, 
/**
 * What people call it; empty for drafts.
 */
number: string, 
/**
 * To a factory or to a supplier.
 */
kind: OrderKindWord, 
/**
 * Where it stands.
 */
state: OrderStateWord, 
/**
 * What it waits for.
 */
phase: string, 
/**
 * To whom.
 */
factory: Id, 
/**
 * Its name.
 */
factoryName: string, 
/**
 * Issued on; none for drafts.
 */
issuedOn: Day | null, 
/**
 * Promised by the factory, before that wanted by us.
 */
promisedOn: Day | null, 
/**
 * Days past the promise with goods missing.
 */
lateDays: number, 
/**
 * Units ordered.
 */
ordered: Units, 
/**
 * Units received.
 */
received: Units, 
/**
 * Codes of the goods.
 */
goods: string, };

/**
 * Where an order stands, drafts included.
 */
export type OrderStateWord = "draft" | "issued" | "accepted" | "closed" | "cancelled";

/**
 * Three of an order's four tracks.
 */
export type OrderTracks = { 
/**
 * Which order.
 */
id: Id, 
/**
 * What it waits for.
 */
phase: string, 
/**
 * Whether a deposit is open; says nothing of amounts.
 */
depositOpen: boolean, 
/**
 * Whether something before shipment is open.
 */
balanceOpen: boolean, 
/**
 * Making.
 */
milestones: Array<MilestoneRow>, 
/**
 * Materials.
 */
materials: Array<MaterialTrack>, 
/**
 * Whether any of ours was sent for it, or is in its goods although none was, so that losses are
 * settled before it is closed.
 */
supplied: boolean, 
/**
 * Whether their losses are settled.
 */
lossesSettled: boolean, 
/**
 * Units by line.
 */
tallies: Array<TallyRow>, 
/**
 * What waits for a decision.
 */
waiting: Array<WaitingLot>, 
/**
 * What was decided.
 */
decisions: Array<DecisionRow>, 
/**
 * What the partner still has to replace.
 */
replacements: Array<OpenReplacement>, };

/**
 * What a partner owes back on an order that ended.
 */
export type OwedBackRow = { 
/**
 * The order.
 */
order: Id, 
/**
 * Its number.
 */
number: string, 
/**
 * Who owes it.
 */
partner: string, 
/**
 * How much.
 */
amount: Amount, 
/**
 * The day on which the order was closed or cancelled.
 */
since: Day | null, };

/**
 * A part of a grid.
 */
export type PageOf = { 
/**
 * Which grid.
 */
view: number, 
/**
 * From which row.
 */
offset: number, 
/**
 * How many rows, at most 1,000.
 */
limit: number, };

/**
 * A paper that was made.
 */
export type Paper = { 
/**
 * The PDF.
 */
path: string, 
/**
 * Its pages.
 */
pages: number, 
/**
 * Its size.
 */
bytes: number, 
/**
 * SHA-256 of it, in hexadecimal digits.
 */
sha256: string, };

/**
 * What can be printed.
 */
export type PaperKind = "order" | "payment_request" | "material_slip" | "goods_receipt" | "lot_label" | "factory_statement" | "return_note" | "packing_list" | "carton_label";

/**
 * A size of paper that a printer holds.
 */
export type PaperSize = "a4" | "label_100x150" | "label_100x70";

/**
 * A part of a set at a place.
 */
export type PartRow = { 
/**
 * Which part.
 */
sku: Id, 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: Bilingual, 
/**
 * Units in one set.
 */
perSet: Units, 
/**
 * Good units there.
 */
available: Units, };

/**
 * Where a partner is paid. Empty texts are not known.
 */
export type PartnerBank = { 
/**
 * The partner.
 */
partner: Id, 
/**
 * The bank and its branch.
 */
bank: string, 
/**
 * In whose name, where that is not the partner's.
 */
holder: string, 
/**
 * The account's number.
 */
number: string, };

/**
 * A partner as its users edit it.
 */
export type PartnerFields = { 
/**
 * Unique code.
 */
code: string, 
/**
 * Legal name.
 */
name: string, 
/**
 * What it does for us.
 */
kind: PartnerKind, 
/**
 * 统一社会信用代码.
 */
taxNo: string, 
/**
 * For papers.
 */
address: string, 
/**
 * Person to ask for.
 */
contact: string, 
/**
 * Telephone.
 */
phone: string, 
/**
 * What it is licensed to make, per category.
 */
licences: Array<LicenceFields>, };

/**
 * What a partner does for us.
 */
export type PartnerKind = "factory" | "packaging_supplier" | "platform" | "carrier" | "clearance" | "distributor";

/**
 * A partner in a list.
 */
export type PartnerRow = { 
/**
 * Identity.
 */
id: Id, 
/**
 * Description.
 */
fields: PartnerFields, 
/**
 * Production orders that are not closed.
 */
openOrders: number, };

/**
 * What passed out of a lot into another, in money.
 */
export type PassedValue = { 
/**
 * Into which lot.
 */
lot: Id, 
/**
 * Its number.
 */
lotNo: string, 
/**
 * The goods' code.
 */
skuCode: string, 
/**
 * How much.
 */
amount: Amount, };

/**
 * Why value passes on.
 */
export type PassingWord = "consumed" | "assembled" | "returned" | "replaced" | "loss_allowed" | "credited" | "spoilt" | "claimed";

/**
 * A payment to post.
 */
export type PayOrder = { 
/**
 * Which order.
 */
id: Id, 
/**
 * On which term, from 0.
 */
term: number, 
/**
 * How much.
 */
amount: Amount, 
/**
 * When; today when not given.
 */
paidOn: Day | null, 
/**
 * Whether it may be more than is open.
 */
overpaid: boolean, 
/**
 * A note: the bank's number.
 */
note: string, };

/**
 * A due of any order, for the list of what is to be paid.
 */
export type PayableRow = { 
/**
 * The order.
 */
order: Id, 
/**
 * Its number.
 */
number: string, 
/**
 * To whom.
 */
partner: string, 
/**
 * What is due.
 */
due: DueRow, 
/**
 * Days past the day; below zero before it.
 */
lateDays: number | null, };

/**
 * A payment or a refund.
 */
export type PaymentRow = { 
/**
 * The entry, to look at and to take back.
 */
entry: Id, 
/**
 * The day.
 */
day: Day, 
/**
 * On which term; none for a refund.
 */
term: number | null, 
/**
 * How much; below zero for a refund.
 */
amount: Amount, 
/**
 * A note.
 */
note: string, };

/**
 * A place as its users edit it.
 */
export type PlaceFields = { 
/**
 * Unique code.
 */
code: string, 
/**
 * Name.
 */
name: string, 
/**
 * What it is.
 */
kind: FoundedKind, 
/**
 * Whether goods are sold out of it.
 */
sells: boolean, 
/**
 * From when its sales move stock.
 */
liveFrom: Day | null, 
/**
 * For papers.
 */
address: string, 
/**
 * What it asks of goods' life.
 */
lifeRule: LifeRule, 
/**
 * How it is reached.
 */
route: Route, 
/**
 * Whose it is.
 */
partner: Id | null, };

/**
 * A side of a move.
 */
export type PlaceRef = { 
/**
 * A place's code, also for what is unsettled there; a word such as `customer` for what is no
 * place of ours; a transfer's number for its transit.
 */
code: string, 
/**
 * `own`, `platform`, `factory`, `consignee`, `transit`, `suspense` or `virtual`.
 */
kind: string, 
/**
 * For a transit, between which places.
 */
way: Way | null, };

/**
 * A place in a list.
 */
export type PlaceRow = { 
/**
 * Identity.
 */
id: Id, 
/**
 * Description.
 */
fields: PlaceFields, 
/**
 * Units there, any status.
 */
onHand: Units, };

/**
 * Goods at one place.
 */
export type PlaceStock = { 
/**
 * The place.
 */
place: Id, 
/**
 * Its code.
 */
placeCode: string, 
/**
 * Its name.
 */
placeName: string, 
/**
 * Good units.
 */
good: Units, 
/**
 * Units in other statuses.
 */
other: Units, 
/**
 * Units on the way there.
 */
inTransit: Units, };

/**
 * What to send where, the most urgent first.
 */
export type Plan = { 
/**
 * The day on which it would leave.
 */
asOf: Day, 
/**
 * By goods and place.
 */
lines: Array<PlanLine>, 
/**
 * Pairs of goods in stock and place without any sales on record, which were left out.
 */
withoutHistory: number, };

/**
 * What to send of some goods to a place, or that nothing is needed.
 */
export type PlanLine = { 
/**
 * The goods.
 */
sku: Id, 
/**
 * Their code.
 */
skuCode: string, 
/**
 * Their name.
 */
skuName: Bilingual, 
/**
 * Where to.
 */
place: Id, 
/**
 * Its code.
 */
placeCode: string, 
/**
 * Its name.
 */
placeName: string, 
/**
 * Where from; `null` when no source has any.
 */
source: Id | null, 
/**
 * Units expected to sell a day.
 */
ratePerDay: string, 
/**
 * How they were forecast: `ses` or `tsb`.
 */
method: string, 
/**
 * With probability 0.1 the days to protect sell at most this, a day.
 */
low: string, 
/**
 * With probability 0.9 the days to protect sell at most this, a day.
 */
high: string, 
/**
 * Good units there that may still be sold.
 */
onHand: Units, 
/**
 * Units on their way there, or set aside for it.
 */
inTransit: Units, 
/**
 * Days until all of that is sold; `null` when it never is.
 */
coverDays: number | null, 
/**
 * Units missing.
 */
need: Units, 
/**
 * Cartons to send; single units where the goods have no carton.
 */
cartons: number, 
/**
 * Units to send.
 */
units: Units, 
/**
 * Units missing that the source does not have.
 */
shortage: Units, 
/**
 * When they can be sold there.
 */
arrivesOn: Day, 
/**
 * What to take, first expired first.
 */
lots: Array<PlanLot>, 
/**
 * What the place would refuse.
 */
refused: Array<RefusedLot>, 
/**
 * The arithmetic.
 */
derivation: Derivation, };

/**
 * Whole cartons of a lot to send.
 */
export type PlanLot = { 
/**
 * The lot.
 */
lot: Id, 
/**
 * Its number.
 */
lotNo: string, 
/**
 * Units.
 */
qty: Units, 
/**
 * Share of life left on arrival; `null` when a date is not known.
 */
sharePpm: number | null, };

/**
 * A bill to post.
 */
export type PostBill = { 
/**
 * The partner's number.
 */
number: string, 
/**
 * From whom.
 */
partner: Id | null, 
/**
 * The day on it.
 */
datedOn: Day, 
/**
 * The day it counts on; today when not given.
 */
effectiveOn: Day | null, 
/**
 * What it is spread by.
 */
basis: BasisWord, 
/**
 * How much, without tax that is deducted.
 */
amount: Amount, 
/**
 * For what.
 */
note: string, 
/**
 * The lots that it is for.
 */
lots: Array<Id>, 
/**
 * The orders whose lots it is for.
 */
orders: Array<Id>, };

/**
 * A slip to post.
 */
export type PostSlip = { 
/**
 * For which order, when for one.
 */
order: Id | null, 
/**
 * Our warehouse.
 */
warehouse: Id, 
/**
 * The factory's place.
 */
factory: Id, 
/**
 * When; today when not given.
 */
day: Day | null, 
/**
 * What.
 */
lines: Array<SlipLine>, 
/**
 * A note.
 */
note: string, };

/**
 * What a command wrote, so that the user can look at it and take it back.
 */
export type Posted = { 
/**
 * The journal entries, in the order in which they were posted, without those that only follow
 * from them and are not taken back by themselves.
 */
entries: Array<Id>, 
/**
 * The document that they concern, if one.
 */
document: DocLink | null, };

/**
 * Something that a shop and our rules see differently.
 */
export type PriceDifference = { 
/**
 * The shop.
 */
shop: Id, 
/**
 * Its code.
 */
shopCode: string, 
/**
 * The platform's number of the order.
 */
order: string, 
/**
 * The line; `null` for the order as a whole.
 */
line: string | null, 
/**
 * What differs: `rules` (a version that we do not have, or at a time when none held),
 * `rules_old` (a version of ours that did not hold then), `told` (the rules were told of
 * another order than this one), `unit_price` and `charged` (what the order itself says was
 * paid, missing pieces taken off), `paid`, `discount`, `tax` and `payout` (what its pricing
 * says), or `unpriced` when our rules cannot price it.
 */
what: string, 
/**
 * Whose amount, for `payout`; who bears it, for `discount`; `brand`, whose net amounts by the
 * two versions are told, for `rules_old`.
 */
account: string | null, 
/**
 * The rule that pays it, for `payout`; the version on their side, for `rules`; and after it the
 * one that held, for `rules_old`.
 */
rule: string | null, 
/**
 * What they say; `null` when they say nothing.
 */
theirs: Amount | null, 
/**
 * What our rules say; `null` when they say nothing.
 */
ours: Amount | null, 
/**
 * By how much they say more; `null` when it is not about an amount, or theirs cannot be read.
 */
difference: Amount | null, };

/**
 * What was held against the rules.
 */
export type PriceDifferences = { 
/**
 * The book's currency.
 */
currency: string, 
/**
 * Shops that a channel prices, of those that were asked for.
 */
shops: number, 
/**
 * Paid orders that came with their pricing.
 */
compared: number, 
/**
 * Paid orders that came without: their shop told no rules.
 */
untold: number, 
/**
 * Orders that differ in anything.
 */
differing: number, 
/**
 * All differences, listed or not.
 */
total: number, 
/**
 * Of all differences, listed or not: by kind and rule.
 */
sums: Array<DifferenceSum>, 
/**
 * At most 1,000 of them, by shop and order.
 */
rows: Array<PriceDifference>, };

/**
 * A factory's price trend.
 */
export type PriceTrendRow = { 
/**
 * The factory.
 */
partner: Id, 
/**
 * Its name.
 */
name: string, 
/**
 * Each of its goods that were ordered in the span.
 */
goods: Array<GoodsPriceRow>, 
/**
 * Last price against first, less one; n = products. It tells prices apart, so it is money.
 */
trend: ScoreFigure | null, 
/**
 * The last price agreed, with tax.
 */
lastPrice: UnitPrice | null, };

/**
 * Which prices.
 */
export type PricesOf = { 
/**
 * Of one channel.
 */
channel: Id | null, 
/**
 * Of some goods.
 */
sku: Id | null, 
/**
 * Those that hold on a day.
 */
on: Day | null, };

/**
 * A paper to make.
 */
export type PrintPaper = { 
/**
 * Which paper.
 */
kind: PaperKind, 
/**
 * Of what: an order for itself and its payment requests, a transfer, a factory's statement;
 * the entry of a slip, of a receipt or of a quality decision; for labels also a lot.
 */
id: Id, 
/**
 * Which due a payment request is for.
 */
due: DueOf | null, 
/**
 * Why a payment is asked for.
 */
note: string | null, 
/**
 * In which language.
 */
lang: Lang, 
/**
 * Where the file goes; without a place it is a preview in the program's own folder.
 */
out: string | null, 
/**
 * The printer's dots in an inch: 203, 300 or 600.
 */
dpi: number, };

/**
 * The printers of this machine, and which one takes which paper.
 */
export type Printers = { 
/**
 * As the system calls them; none where there is no printing system that can be asked.
 */
printers: Array<string>, 
/**
 * The printer used last, by size of paper: `a4`, `label_100x150`, `label_100x70`.
 */
remembered: { [key in string]: string }, };

/**
 * How a file is read: which column feeds which field.
 */
export type Profile = { 
/**
 * What people call it; may be empty.
 */
name: string, 
/**
 * What the rows become.
 */
kind: ImportKind, 
/**
 * The sheet; without one the first visible one that holds something.
 */
sheet: string | null, 
/**
 * The row of the column heads as Excel numbers it; without one it is found.
 */
headerRow: number | null, 
/**
 * Field to column: its head, or its letters when no head is called so.
 */
columns: { [key in string]: string }, 
/**
 * Field to a value for every row, as it would stand in a cell.
 */
constants: { [key in string]: string }, 
/**
 * Take hidden rows too.
 */
includeHidden: boolean, 
/**
 * Sales with a column for each day or month.
 */
wide?: boolean, 
/**
 * The year of columns headed by a month alone.
 */
year?: number, 
/**
 * Units in a carton, for quantities written in cartons.
 */
cartonUnits?: number, 
/**
 * Rows of the same key are parts of one figure and are added up.
 */
repeatedKeys?: boolean, };

/**
 * What sold units brought against what they cost, so far.
 */
export type ProfitSoFar = { 
/**
 * Units sold.
 */
sold: Units, 
/**
 * Of these, units whose value the marketplace or a file told.
 */
valued: Units, 
/**
 * Of these, units whose value nobody told: sold by file without an amount, or in a shop that
 * tells no tax.
 */
unvalued: Units, 
/**
 * What the units with a value brought (销售额): paid by buyers and borne by the platform,
 * without tax, before the platform's fees.
 */
value: Amount, 
/**
 * Cost of all units sold (销售成本).
 */
cogs: Amount, 
/**
 * Cost of the units with a value.
 */
valuedCogs: Amount, 
/**
 * Value less that cost; `null` when no value is known.
 */
profit: Amount | null, 
/**
 * How the profit comes about.
 */
derivation: Derivation, };

/**
 * How far long work has come.
 */
export type Progress = { 
/**
 * Done so far.
 */
done: number, 
/**
 * In all; zero when nobody knows.
 */
total: number, 
/**
 * What is being done.
 */
code: string, };

/**
 * What a quantity would cost.
 */
export type QuoteOffer = { 
/**
 * Of whom.
 */
partner: Id, 
/**
 * Which goods.
 */
sku: Id, 
/**
 * How many.
 */
qty: Units, };

/**
 * A receipt.
 */
export type Receipt = { 
/**
 * The entry.
 */
entry: Id, 
/**
 * What its papers are called, e.g. `PO-A-2026-0042-GR1`.
 */
number: string, 
/**
 * The day.
 */
day: Day, 
/**
 * Where.
 */
place: string, 
/**
 * What.
 */
lines: Array<ReceiptLine>, 
/**
 * Whether it was undone.
 */
reversed: boolean, };

/**
 * A line of a receipt.
 */
export type ReceiptLine = { 
/**
 * The order's line, from 0.
 */
line: number, 
/**
 * The lot.
 */
lot: Id, 
/**
 * Its number.
 */
lotNo: string, 
/**
 * Made on.
 */
mfgOn: Day | null, 
/**
 * Last day of its life.
 */
expiresOn: Day | null, 
/**
 * Units.
 */
qty: Units, 
/**
 * In which status they were put down.
 */
status: Status, 
/**
 * The lot whose units these replace.
 */
replaces: Id | null, };

/**
 * A line of a receipt, as given.
 */
export type ReceiveLine = { 
/**
 * The order's line, from 0.
 */
line: number, 
/**
 * As printed.
 */
lotNo: string, 
/**
 * Either date computes the other.
 */
mfgOn: Day | null, 
/**
 * Either date computes the other.
 */
expiresOn: Day | null, 
/**
 * Units.
 */
qty: Units, 
/**
 * Units more that the factory says it spoilt.
 */
spoilt: Units, 
/**
 * The lot whose units, sent back, these replace.
 */
replaces: Id | null, };

/**
 * A receipt to post.
 */
export type ReceiveOrder = { 
/**
 * Which order.
 */
id: Id, 
/**
 * Where the goods are put down.
 */
place: Id, 
/**
 * When; today when not given.
 */
receivedOn: Day | null, 
/**
 * Into quarantine, or as good.
 */
status: Status, 
/**
 * What came.
 */
lines: Array<ReceiveLine>, 
/**
 * Why more or other than agreed is taken.
 */
reason: string | null, 
/**
 * The refusals that the reason answers, as they were told; all that may come when none is given.
 */
reasonFor: Array<Message> | null, 
/**
 * Why it is taken although the balance before shipment is not paid.
 */
unpaidReason: string | null, };

/**
 * A refund to post.
 */
export type RefundOrder = { 
/**
 * Which order.
 */
id: Id, 
/**
 * How much came back.
 */
amount: Amount, 
/**
 * When; today when not given.
 */
refundedOn: Day | null, 
/**
 * A note.
 */
note: string, };

/**
 * A lot at the source that the place would refuse.
 */
export type RefusedLot = { 
/**
 * The lot.
 */
lot: Id, 
/**
 * Its number.
 */
lotNo: string, 
/**
 * Share of life it would have left on arrival; `null` when a date is not known.
 */
sharePpm: number | null, 
/**
 * The rule that it breaks.
 */
reason: Message, };

/**
 * Goods to change the status of.
 */
export type Regrade = { 
/**
 * Where.
 */
place: Id, 
/**
 * Which lot.
 */
lot: Id, 
/**
 * Out of which status.
 */
from: Status, 
/**
 * Into which.
 */
to: Status, 
/**
 * How many units.
 */
qty: Units, 
/**
 * Why.
 */
reason: string, };

/**
 * How a difference ends.
 */
export type ResolutionWord = "lost" | "found";

/**
 * A difference to end.
 */
export type ResolveTransfer = { 
/**
 * Which transfer.
 */
id: Id, 
/**
 * Lot.
 */
lot: Id, 
/**
 * Units.
 */
qty: Units, 
/**
 * How.
 */
resolution: ResolutionWord, 
/**
 * Why.
 */
reason: string, };

/**
 * What undoing would do, or what stands in the way.
 */
export type ReversalPreview = { 
/**
 * The entries that would be undone, in the order of undoing.
 */
entries: Array<EntryRow>, 
/**
 * The moves that this would make; at most 200.
 */
moves: Array<MoveRow>, 
/**
 * What this would change in what transfers have set aside.
 */
cuts: Array<CutRow>, 
/**
 * Entries that must be undone first.
 */
blockedBy: Array<EntryRow>, 
/**
 * Why it is refused; empty when it is not.
 */
reasons: Array<Message>, };

/**
 * An entry to undo.
 */
export type ReverseEntry = { 
/**
 * Which one.
 */
entry: Id, 
/**
 * Whether what stands in the way is undone too.
 */
withBlocking: boolean, };

/**
 * What a command needs of a role beyond looking.
 */
export type Right = "draft" | "import_sales" | "import" | "approve" | "override_life" | "handle" | "settings";

/**
 * What a person may do.
 */
export type Role = "manager" | "planner" | "warehouse";

/**
 * How a place is reached and filled.
 */
export type Route = { 
/**
 * Days on the way, nine of ten.
 */
transitDaysP90: number, 
/**
 * Days until sellable, nine of ten.
 */
receiveLagDaysP90: number, 
/**
 * Days between looks.
 */
reviewDays: number, 
/**
 * Days of sales to cover beyond.
 */
targetCoverDays: number, };

/**
 * A rule of a version, in the words of the UI: `pricing_row.<part>` says what columns it has.
 */
export type RuleRow = { 
/**
 * Name of the rule.
 */
id: string, 
/**
 * `share`, `self`, … for a reward: words of `pricing_mech`. `null` for others.
 */
mech: string | null, 
/**
 * Who is paid: a role of `pricing_role`, or an institution. `null` for prices and coupons.
 */
to: string | null, 
/**
 * Who pays: words of `pricing_by`; for a coupon who bears which share is in `says`.
 */
by: string | null, 
/**
 * Steps of an invitation tree between the sale and who is paid.
 */
depth: number, 
/**
 * How much, on what: codes of `pricing_rule`.
 */
value: Message, 
/**
 * Limits, shares and what else the rule says: codes of `pricing_rule`.
 */
says: Array<Message>, 
/**
 * When it applies, all of them: codes of `pricing_when`. Always when empty.
 */
when: Array<Message>, 
/**
 * Of the rules of one such group the first that applies is paid.
 */
exclusive: string | null, };

/**
 * A version of the rules, rendered.
 */
export type RuleSetCard = { 
/**
 * Where it stands on the time line.
 */
version: RuleVersion, 
/**
 * The currency of its amounts.
 */
currency: string, 
/**
 * Tax: rates, and what they are inside of.
 */
vat: Message, 
/**
 * The most all rewards may come to; `null` without a limit.
 */
cap: Message | null, 
/**
 * Prices, the first that matches holds.
 */
prices: Array<RuleRow>, 
/**
 * Coupons, in the order in which they are taken off.
 */
coupons: Array<RuleRow>, 
/**
 * What institutions take.
 */
charges: Array<RuleRow>, 
/**
 * What people are paid.
 */
rewards: Array<RuleRow>, 
/**
 * What the law says of it.
 */
flags: Array<LawFlag>, };

/**
 * A time during which a version of a rule set holds.
 */
export type RuleSpan = { 
/**
 * The first instant, with its offset.
 */
from: string, 
/**
 * The first instant at which it no longer holds; open when absent.
 */
to: string | null, };

/**
 * A version of a rule set on the time line.
 */
export type RuleVersion = { 
/**
 * Its number.
 */
version: number, 
/**
 * The first instant that it is made for, with its offset.
 */
from: string, 
/**
 * The first instant from which on it never holds again.
 */
to: string | null, 
/**
 * When it holds. There are two such times where it holds again after a later version has
 * ended, and none where later ones always take its place.
 */
spans: Array<RuleSpan>, 
/**
 * When it was made public, if it says so.
 */
publishedAt: string | null, 
/**
 * The identity of the version: SHA-256 of its canonical JSON.
 */
sha256: string, 
/**
 * Whether it holds now.
 */
inForce: boolean, };

/**
 * One product through all channels.
 */
export type RunBench = { 
/**
 * Which goods; their cost, category and prices are looked up.
 */
sku: Id | null, 
/**
 * Cost of a unit without tax, instead of that of the goods.
 */
unitCost: UnitPrice | null, 
/**
 * Price of a unit in all channels, instead of the prices of each.
 */
price: UnitPrice | null, 
/**
 * Category, instead of that of the goods.
 */
category: string | null, 
/**
 * Units of the order; one when absent.
 */
qty: Units | null, 
/**
 * Only these channels; all when empty.
 */
channels: Array<Id>, 
/**
 * A coupon that takes so much off the order, borne by the brand.
 */
coupon: UnitPrice | null, 
/**
 * What an agent adds to the price of a unit, inside the price that is asked, in channels whose
 * rules let one: at most what they allow. What the channel assumes when it is not told.
 */
markUp: UnitPrice | null, 
/**
 * What differs from the channels' assumptions.
 */
overrides: BenchOverrides, 
/**
 * Why a price below cost is asked.
 */
belowCost: BelowCostWord | null, };

/**
 * A file to import.
 */
export type RunImport = { 
/**
 * Where it is.
 */
path: string, 
/**
 * How to read it.
 */
profile: Profile, };

/**
 * Where the goods come from.
 */
export type RunPlan = { 
/**
 * One place; the best own place of each suggestion when there is none.
 */
source: Id | null, };

/**
 * Which shops to read.
 */
export type RunSync = { 
/**
 * One shop; all when there is none.
 */
shop: Id | null, };

/**
 * A channel to found or to change. Versions of its rules are added, never changed or dropped.
 */
export type SaveChannel = { 
/**
 * Which one; a new one when there is none.
 */
id: Id | null, 
/**
 * Unique short code.
 */
code: string, 
/**
 * Its name.
 */
name: Bilingual, 
/**
 * The shop whose orders it prices.
 */
shop: Id | null, 
/**
 * JSON of one version or a list of versions to add.
 */
rules: string | null, 
/**
 * A built-in rule set to begin with, by its code.
 */
template: string | null, };

/**
 * An invoice to record.
 */
export type SaveInvoice = { 
/**
 * Which one; new without.
 */
id: Id | null, 
/**
 * Its number.
 */
number: string, 
/**
 * Whose it is.
 */
partner: Id, 
/**
 * The day on it.
 */
date: Day, 
/**
 * Whether its tax is deducted.
 */
kind: InvoiceKindWord, 
/**
 * Without tax.
 */
net: Amount, 
/**
 * Tax.
 */
tax: Amount, 
/**
 * The orders that it bills.
 */
orders: Array<Id>, };

/**
 * An offer to keep; without an id it is new.
 */
export type SaveOffer = { 
/**
 * Which one.
 */
id: Id | null, 
/**
 * What it says.
 */
fields: OfferFields, 
/**
 * Price per unit by tier.
 */
unitPrices: Array<UnitPrice>, };

/**
 * A draft to keep; without an id it is new.
 */
export type SaveOrder = { 
/**
 * Which draft.
 */
id: Id | null, 
/**
 * To a factory or to a supplier.
 */
kind: OrderKindWord, 
/**
 * To whom.
 */
factory: Id, 
/**
 * Where the goods go.
 */
deliverTo: Id, 
/**
 * When they are wanted.
 */
promisedOn: Day | null, 
/**
 * How much more than ordered is taken without a reason, ppm.
 */
overTolerancePpm: number, 
/**
 * What is ordered.
 */
lines: Array<OrderLineFields>, 
/**
 * Price per unit of each line.
 */
unitPrices: Array<UnitPrice>, 
/**
 * Tax, ppm.
 */
taxRatePpm: number, 
/**
 * Whether the prices hold it.
 */
priceIncludesTax: boolean, 
/**
 * Whether what comes beyond the order is not paid for.
 */
overIsFree: boolean, 
/**
 * What allowed loss of our materials is measured on.
 */
lossBase: LossBaseWord, 
/**
 * Who pays what share when; all on receipt without.
 */
schedule: Array<TermFields>, 
/**
 * The order that what is bought goes to.
 */
forOrder: Id | null, 
/**
 * Terms in words.
 */
terms: string, };

/**
 * A partner to keep; without an id it is new.
 */
export type SavePartner = { 
/**
 * Which one.
 */
id: Id | null, 
/**
 * As edited.
 */
fields: PartnerFields, };

/**
 * A place to keep; without an id it is new.
 */
export type SavePlace = { 
/**
 * Which one.
 */
id: Id | null, 
/**
 * As edited.
 */
fields: PlaceFields, };

/**
 * A price to keep; without an id it is new.
 */
export type SavePrice = { 
/**
 * Which one.
 */
id: Id | null, 
/**
 * In which channel.
 */
channel: Id, 
/**
 * Which goods.
 */
sku: Id, 
/**
 * The price of a unit.
 */
price: UnitPrice, 
/**
 * The lowest price that may be asked.
 */
floorPrice: UnitPrice | null, 
/**
 * First day.
 */
from: Day, 
/**
 * Last day.
 */
to: Day | null, 
/**
 * Where it comes from.
 */
source: string, 
/**
 * Why it may be below cost.
 */
belowCost: BelowCostWord | null, };

/**
 * A shop to found or to change.
 */
export type SaveShop = { 
/**
 * Which one; a new one when there is none.
 */
id: Id | null, 
/**
 * Unique short code; aliases of goods under it name the shop's listings.
 */
code: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Where the marketplace answers: `https`, or `http` on this very machine.
 */
url: string, 
/**
 * The marketplace's id of the shop.
 */
remoteShop: string, 
/**
 * The token that opens it; the one that is kept stays when none is given.
 */
token: string | null, 
/**
 * Its warehouses.
 */
places: Array<ShopPlaceFields>, };

/**
 * Goods to keep; without an id they are new.
 */
export type SaveSku = { 
/**
 * Which ones.
 */
id: Id | null, 
/**
 * As edited.
 */
fields: SkuFields, };

/**
 * Goods to keep together.
 */
export type SaveSkus = { 
/**
 * Each of them; one that is refused leaves all as they were.
 */
goods: Array<SaveSku>, };

/**
 * A statement to record.
 */
export type SaveStatement = { 
/**
 * The factory's place.
 */
place: Id, 
/**
 * Any day of the month.
 */
month: Day, 
/**
 * Where it stands.
 */
state: StatementStateWord, 
/**
 * What the factory counted.
 */
counted: Array<CountedLine>, 
/**
 * What it says.
 */
note: string, };

/**
 * A draft to keep; without an id it is new.
 */
export type SaveTransfer = { 
/**
 * Which draft.
 */
id: Id | null, 
/**
 * From where.
 */
from: Id, 
/**
 * To where.
 */
to: Id, 
/**
 * What.
 */
lines: Array<TransferLineFields>, 
/**
 * In words.
 */
note: string, };

/**
 * A share with how many cases it rests on.
 */
export type ScoreFigure = { 
/**
 * The share, ppm.
 */
sharePpm: number, 
/**
 * How many cases.
 */
n: number, };

/**
 * How a factory did. What has no case has no figure.
 */
export type ScoreRow = { 
/**
 * The factory.
 */
partner: Id, 
/**
 * Its name.
 */
name: string, 
/**
 * Units that came by the promised day; n = order lines.
 */
onTime: ScoreFigure | null, 
/**
 * Units accepted at once; n = inspections.
 */
firstPass: ScoreFigure | null, 
/**
 * Material lost; n = orders' materials.
 */
loss: ScoreFigure | null, };

/**
 * The days that a scorecard looks at.
 */
export type ScoreSpan = { 
/**
 * First day.
 */
from: Day, 
/**
 * Last day.
 */
to: Day, };

/**
 * What was typed.
 */
export type Search = { 
/**
 * Words; each must be found.
 */
text: string, };

/**
 * A paper to send to a printer.
 */
export type SendPaper = { 
/**
 * A PDF that was made in this run.
 */
path: string, 
/**
 * The paper it is for.
 */
paper: PaperSize, 
/**
 * To which printer; it is remembered for the size.
 */
printer: string, };

/**
 * What a set is asked about.
 */
export type SetAt = { 
/**
 * Which set.
 */
sku: Id, 
/**
 * Where.
 */
place: Id, };

/**
 * A milestone to plan or to reach.
 */
export type SetMilestone = { 
/**
 * Which order.
 */
id: Id, 
/**
 * What.
 */
milestone: MilestoneRow, };

/**
 * A part of a set.
 */
export type SetPartFields = { 
/**
 * Which goods.
 */
sku: Id, 
/**
 * Units in one set.
 */
qty: Units, };

/**
 * How many sets a place can make.
 */
export type SetParts = { 
/**
 * By part.
 */
parts: Array<PartRow>, 
/**
 * Sets that the parts are enough for.
 */
possible: Units, };

/**
 * How the partner settles what goes back.
 */
export type SettleByWord = "replace" | "credit" | "rework";

/**
 * Losses to settle.
 */
export type SettleLosses = { 
/**
 * Of which order.
 */
id: Id, 
/**
 * Why nothing more is expected, when less came than was ordered.
 */
reason: string | null, };

/**
 * How soon a task needs somebody.
 */
export type Severity = "red" | "amber" | "blue";

/**
 * A sheet of the file.
 */
export type SheetInfo = { 
/**
 * Its name.
 */
name: string, 
/**
 * Hidden in the workbook.
 */
hidden: boolean, 
/**
 * Rows of data.
 */
rows: number, 
/**
 * The row of the heads, when one was found.
 */
headerRow: number | null, 
/**
 * Its columns.
 */
columns: Array<ColumnInfo>, };

/**
 * How long goods keep.
 */
export type ShelfLife = { 
/**
 * How many.
 */
count: number, 
/**
 * Of what: `days` or `months`.
 */
unit: LifeUnit, };

/**
 * A transfer to send off.
 */
export type ShipTransfer = { 
/**
 * Which one.
 */
id: Id, 
/**
 * When; today when not given.
 */
shippedOn: Day | null, 
/**
 * Who carries it.
 */
carrier: string, 
/**
 * The carrier's number.
 */
tracking: string, };

/**
 * A platform's warehouse and the place that it is for us.
 */
export type ShopPlaceFields = { 
/**
 * The platform's id of the warehouse.
 */
warehouse: string, 
/**
 * Ours.
 */
place: Id, };

/**
 * A shop and how its sync stands.
 */
export type ShopRow = { 
/**
 * Identity.
 */
id: Id, 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Where the marketplace answers.
 */
url: string, 
/**
 * The marketplace's id of the shop.
 */
remoteShop: string, 
/**
 * Its warehouses.
 */
places: Array<ShopPlaceFields>, 
/**
 * Whether the keyring holds its token.
 */
hasToken: boolean, 
/**
 * When a run last came to its end (instant).
 */
lastSuccess: string | null, 
/**
 * What stopped the last run.
 */
lastError: Message | null, 
/**
 * Orders that were seen.
 */
ordersSeen: number, 
/**
 * Listings that are none of our goods yet, those that sell most first.
 */
unmapped: Array<UnmappedListing>, 
/**
 * Warehouses that are none of our places yet.
 */
unmappedWarehouses: Array<string>, 
/**
 * The last day of which sales are posted.
 */
postedUntil: Day | null, };

/**
 * Goods with where they are.
 */
export type SkuCard = { 
/**
 * As in the list.
 */
row: SkuRow, 
/**
 * By place.
 */
places: Array<PlaceStock>, 
/**
 * By lot, those with stock.
 */
lots: Array<LotRow>, 
/**
 * Ordered from factories and not received.
 */
ordered: Units, };

/**
 * Goods as their users edit them.
 */
export type SkuFields = { 
/**
 * Unique code.
 */
code: string, 
/**
 * Chinese name.
 */
nameZh: string, 
/**
 * English name.
 */
nameEn: string, 
/**
 * Brand.
 */
brand: string, 
/**
 * Category.
 */
category: string, 
/**
 * Size, colour, strength.
 */
spec: string, 
/**
 * Barcode of the retail unit.
 */
gtin: string | null, 
/**
 * Base unit's name.
 */
unit: string, 
/**
 * Carton.
 */
carton: Carton | null, 
/**
 * How long they keep.
 */
shelfLife: ShelfLife | null, 
/**
 * Where they stand.
 */
lifecycle: LifecycleStage, 
/**
 * Others' codes.
 */
aliases: Array<Alias>, 
/**
 * What they are for.
 */
kind: SkuKindWord, 
/**
 * What a set is put together from.
 */
parts: Array<SetPartFields>, };

/**
 * What goods are for.
 */
export type SkuKindWord = "finished" | "bundle" | "material";

/**
 * Prices of goods.
 */
export type SkuPrice = { 
/**
 * Which goods.
 */
sku: Id, 
/**
 * Expected cost of a unit.
 */
unitCost: UnitPrice | null, 
/**
 * 标价.
 */
listPrice: UnitPrice | null, 
/**
 * 底价.
 */
floorPrice: UnitPrice | null, };

/**
 * Goods in a list.
 */
export type SkuRow = { 
/**
 * Identity.
 */
id: Id, 
/**
 * Description.
 */
fields: SkuFields, 
/**
 * Units at real places other than transit, any status.
 */
onHand: Units, 
/**
 * Units on transfers.
 */
inTransit: Units, 
/**
 * Units paid for in the last 28 days.
 */
sold28: Units, 
/**
 * Mean daily demand of those days, as decimal text.
 */
ratePerDay: string | null, 
/**
 * Days that on hand and in transit last at that rate.
 */
coverDays: number | null, 
/**
 * The next expiry among lots on hand.
 */
nextExpiry: Day | null, };

/**
 * A line of a slip, as given; without a lot the first expired go first.
 */
export type SlipLine = { 
/**
 * Which material.
 */
material: Id, 
/**
 * Which lot of it.
 */
lot: Id | null, 
/**
 * Units.
 */
qty: Units, };

/**
 * A slip in a list.
 */
export type SlipRow = { 
/**
 * The entry, to print it and to look at it.
 */
id: Id, 
/**
 * What people call it.
 */
number: string, 
/**
 * Whether it goes to the factory; else it comes back.
 */
issue: boolean, 
/**
 * The day.
 */
day: Day, 
/**
 * Code of the place that it leaves.
 */
from: string, 
/**
 * Code of the place that it goes to.
 */
to: string, 
/**
 * Number of the order that it is for.
 */
orderNumber: string | null, 
/**
 * Codes of the materials.
 */
goods: string, 
/**
 * Units in all.
 */
qty: Units, 
/**
 * Whether it was undone.
 */
reversed: boolean, };

/**
 * From when on slips are listed.
 */
export type SlipsSince = { 
/**
 * The first day.
 */
since: Day, };

/**
 * How stuck stock is.
 */
export type SlowClass = "new" | "healthy" | "watch" | "slow" | "stagnant" | "dead";

/**
 * All stock by lot and place, the most at risk first.
 */
export type SlowList = { 
/**
 * The day that it is seen from.
 */
asOf: Day, 
/**
 * By lot and place.
 */
rows: Array<SlowRow>, };

/**
 * Values of [`SlowList`], the most at risk first; lots without a cost are not in it.
 */
export type SlowMoney = { 
/**
 * The book's currency.
 */
currency: string, 
/**
 * By lot and place.
 */
rows: Array<SlowValue>, 
/**
 * Sum of the values.
 */
total: Amount, 
/**
 * Sum of the values at risk.
 */
atRiskTotal: Amount, };

/**
 * A lot at a place.
 */
export type SlowRow = { 
/**
 * The lot.
 */
lot: Id, 
/**
 * Its number.
 */
lotNo: string, 
/**
 * Its goods.
 */
sku: Id, 
/**
 * Their code.
 */
skuCode: string, 
/**
 * Their name.
 */
skuName: Bilingual, 
/**
 * Where it lies, or is going.
 */
place: Id, 
/**
 * The place's code.
 */
placeCode: string, 
/**
 * Units.
 */
qty: Units, 
/**
 * Days since it was made; `null` when nobody knows.
 */
ageMadeDays: number | null, 
/**
 * Days since the first of it came into our hands; no transfer resets it.
 */
ageReceivedDays: number | null, 
/**
 * Days that the goods last over all places; `null` when nothing sells.
 */
coverDays: number | null, 
/**
 * How stuck it is.
 */
class: SlowClass, 
/**
 * Its last day.
 */
expiresOn: Day | null, 
/**
 * The last day on which it sells.
 */
lastSellOn: Day | null, 
/**
 * How much of its life is left: `fresh`, `within_50`, `within_30`, `within_15`, `expired`,
 * `undated` (does not expire), `unknown` (nobody knows when it was made).
 */
lifeBand: string, 
/**
 * Units of these that will not sell in time.
 */
atRisk: Units, 
/**
 * The arithmetic, of the goods' cover and the lot's risk over all places.
 */
derivation: Derivation, };

/**
 * Value of a lot at a place.
 */
export type SlowValue = { 
/**
 * The lot.
 */
lot: Id, 
/**
 * The place.
 */
place: Id, 
/**
 * Value of the units there: their share of the lot's value on hand, rounded half up.
 */
value: Amount, 
/**
 * Value of those at risk, likewise.
 */
atRiskValue: Amount, };

/**
 * What a grid can be sorted by.
 */
export type SortColumn = "sku" | "lot" | "place" | "status" | "qty" | "expires" | "age";

/**
 * A statement, stated or as it would be.
 */
export type StatementCard = { 
/**
 * Its identity, when it was stated.
 */
id: Id | null, 
/**
 * The factory's place.
 */
place: Id, 
/**
 * Its code.
 */
placeCode: string, 
/**
 * The factory.
 */
factory: string, 
/**
 * The first day of the month.
 */
month: Day, 
/**
 * Where it stands; none when it was not stated.
 */
state: StatementStateWord | null, 
/**
 * Whether the book has changed since it was stated.
 */
changed: boolean, 
/**
 * By material.
 */
lines: Array<StatementRow>, 
/**
 * What the factory says.
 */
note: string, };

/**
 * A factory's place and a day in the month that is asked for.
 */
export type StatementOf = { 
/**
 * The factory's place.
 */
place: Id, 
/**
 * Any day of the month.
 */
month: Day, };

/**
 * One material of a statement.
 */
export type StatementRow = { 
/**
 * Which material.
 */
material: Id, 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: Bilingual, 
/**
 * On the first day.
 */
opening: Units, 
/**
 * Sent by us.
 */
sent: Units, 
/**
 * Delivered by its supplier.
 */
directIn: Units, 
/**
 * Went into goods.
 */
consumed: Units, 
/**
 * Came back to us.
 */
returned: Units, 
/**
 * Spoilt, allowed and claimed.
 */
loss: Units, 
/**
 * Found by counts less missed.
 */
countedOff: Units, 
/**
 * What the book holds at the end.
 */
closing: Units, 
/**
 * Used beyond the book until the month's end, and still waiting for material.
 */
suspense: Units, 
/**
 * What the factory counted.
 */
counted: Units | null, 
/**
 * Counted less book.
 */
difference: Units | null, };

/**
 * Where a statement stands.
 */
export type StatementStateWord = "sent" | "agreed" | "disputed";

/**
 * What state goods are in.
 */
export type Status = "quarantine" | "good" | "blocked" | "defective";

/**
 * What stock can be told apart by.
 */
export type StockColumn = "sku" | "lot" | "place" | "status";

/**
 * Goods × places.
 */
export type StockMatrix = { 
/**
 * The columns.
 */
places: Array<PlaceRow>, 
/**
 * The rows, by code of the goods.
 */
rows: Array<MatrixRow>, };

/**
 * A row of a grid. What is not told apart is `null`.
 */
export type StockRow = { 
/**
 * Unique in the grid.
 */
key: string, 
/**
 * Goods.
 */
sku: Id | null, 
/**
 * Their code.
 */
skuCode: string | null, 
/**
 * Their name.
 */
skuName: Bilingual | null, 
/**
 * Lot.
 */
lot: Id | null, 
/**
 * Its number.
 */
lotNo: string | null, 
/**
 * Made on.
 */
mfgOn: Day | null, 
/**
 * Last day of its life.
 */
expiresOn: Day | null, 
/**
 * Days of life left on the grid's day.
 */
daysLeft: number | null, 
/**
 * Share of life left on the grid's day, ppm.
 */
sharePpm: number | null, 
/**
 * Place.
 */
place: Id | null, 
/**
 * Its code.
 */
placeCode: string | null, 
/**
 * Its name.
 */
placeName: string | null, 
/**
 * What it is.
 */
placeKind: string | null, 
/**
 * For goods on a transfer, between which places; the place's code is its number.
 */
way: Way | null, 
/**
 * Status.
 */
status: Status | null, 
/**
 * Units.
 */
qty: Units, 
/**
 * Of these set aside for transfers; now only.
 */
reserved: Units, };

/**
 * How a grid is sorted.
 */
export type StockSort = { 
/**
 * By what.
 */
column: SortColumn, 
/**
 * Largest first.
 */
descending: boolean, };

/**
 * What all stock is worth at cost.
 */
export type StockValue = { 
/**
 * The book's currency.
 */
currency: string, 
/**
 * In sum.
 */
total: Amount, 
/**
 * By lot.
 */
lots: Array<LotValue>, };

/**
 * An open grid.
 */
export type StockView = { 
/**
 * Its number, for pages.
 */
view: number, 
/**
 * How many rows it has.
 */
rows: number, 
/**
 * Units in all rows.
 */
total: Units, 
/**
 * The day it shows.
 */
asOf: Day, };

/**
 * Who brings a material.
 */
export type SuppliedByWord = "brand" | "factory";

/**
 * What a run brought.
 */
export type SyncReport = { 
/**
 * Pages read.
 */
pages: number, 
/**
 * Versions of orders that were new.
 */
orders: number, 
/**
 * Units sold, net of what was taken back.
 */
postedUnits: Units, 
/**
 * Days on which anything was posted.
 */
postedDays: number, 
/**
 * What waits for somebody, and which shops failed while others did not.
 */
problems: Array<Message>, };

/**
 * What can be exported.
 */
export type TableName = "stock" | "slow" | "plan" | "goods" | "journal" | "prices" | "differences";

/**
 * What happened to the units of a line.
 */
export type TallyRow = { 
/**
 * Units that came.
 */
came: Units, 
/**
 * Of those, replacements.
 */
replaced: Units, 
/**
 * Sent back to be replaced.
 */
returned: Units, 
/**
 * Sent back for a credit.
 */
credited: Units, 
/**
 * Spoilt at the factory.
 */
spoilt: Units, 
/**
 * Passed inspection.
 */
passed: Units, 
/**
 * Failed it.
 */
failed: Units, };

/**
 * Something that needs somebody.
 */
export type Task = { 
/**
 * `task.…`.
 */
code: string, 
/**
 * Values for the sentence.
 */
args: { [key in string]: Arg }, 
/**
 * How soon.
 */
severity: Severity, 
/**
 * By when, or since when.
 */
due: Day | null, 
/**
 * Where it is taken care of.
 */
screen: string, 
/**
 * On which document.
 */
document: DocLink | null, };

/**
 * A share of an order's price and when it is due.
 */
export type TermFields = { 
/**
 * What makes it fall due.
 */
trigger: TriggerWord, 
/**
 * Which milestone, when it is one.
 */
milestone: MilestoneWord | null, 
/**
 * Days after.
 */
days: number, 
/**
 * The share, ppm.
 */
sharePpm: number, };

/**
 * What needs somebody today.
 */
export type Today = { 
/**
 * In the order in which they are shown.
 */
figures: Array<TodayFigure>, 
/**
 * The most pressing first.
 */
tasks: Array<Task>, };

/**
 * A figure with its line.
 */
export type TodayFigure = { 
/**
 * `stock_units`, `in_transit`, `sold_yesterday`, `sold_28_days`, `at_risk_units`,
 * `open_orders`, `due_this_week`.
 */
code: string, 
/**
 * As text.
 */
value: string, 
/**
 * `units` or `count`.
 */
unit: string, 
/**
 * Its last 30 days, the last one last; empty when there is no line.
 */
series: number[], };

/**
 * What stock is worth at cost.
 */
export type TodayMoney = { 
/**
 * The book's currency.
 */
currency: string, 
/**
 * All of it, in transit included.
 */
stockValue: Amount, 
/**
 * What of it will expire unsold.
 */
atRiskValue: Amount, };

/**
 * A transfer on its page.
 */
export type TransferCard = { 
/**
 * As in the list.
 */
row: TransferRow, 
/**
 * In words.
 */
note: string, 
/**
 * Who carries it.
 */
carrier: string, 
/**
 * The carrier's number.
 */
tracking: string, 
/**
 * What.
 */
lines: Array<TransferLine>, 
/**
 * In which cartons.
 */
cartons: Array<CartonRow>, 
/**
 * What is still on its way.
 */
inTransit: Array<OnTheWay>, 
/**
 * What happened, the first first.
 */
steps: Array<DocumentStep>, };

/**
 * A line of a transfer.
 */
export type TransferLine = { 
/**
 * Goods.
 */
sku: Id, 
/**
 * Their code.
 */
skuCode: string, 
/**
 * Their name.
 */
skuName: Bilingual, 
/**
 * Lot.
 */
lot: Id, 
/**
 * Its number.
 */
lotNo: string, 
/**
 * Last day of its life.
 */
expiresOn: Day | null, 
/**
 * Units as approved.
 */
qty: Units, 
/**
 * Units that left.
 */
shipped: Units, 
/**
 * Units of these that arrived.
 */
arrived: Units, 
/**
 * Units of these that are lost.
 */
lost: Units, 
/**
 * Units that arrived without having been sent.
 */
over: Units, 
/**
 * Units of these that reports took, so that they are not set aside any more, or did not leave.
 */
cut: Units, 
/**
 * Units in a full carton.
 */
unitsPerCarton: number | null, };

/**
 * A line of a transfer to keep.
 */
export type TransferLineFields = { 
/**
 * Goods.
 */
sku: Id, 
/**
 * Lot.
 */
lot: Id, 
/**
 * Units.
 */
qty: Units, };

/**
 * A transfer in a list.
 */
export type TransferRow = { 
/**
 * Identity.
 */
id: Id, 
/**
 * What people call it; empty for drafts.
 */
number: string, 
/**
 * Where it stands.
 */
state: TransferStateWord, 
/**
 * From where.
 */
from: Id, 
/**
 * Its name.
 */
fromName: string, 
/**
 * To where.
 */
to: Id, 
/**
 * Its name.
 */
toName: string, 
/**
 * Units set aside or sent.
 */
units: Units, 
/**
 * Cartons.
 */
cartons: number, 
/**
 * Units that reports took and that it is not packed without.
 */
lacks: Units, 
/**
 * Units still on their way.
 */
inTransit: Units, 
/**
 * Left on.
 */
shippedOn: Day | null, 
/**
 * Expected on.
 */
expectedOn: Day | null, 
/**
 * Days past that with goods on their way.
 */
lateDays: number, 
/**
 * Codes of the goods.
 */
goods: string, };

/**
 * Where a transfer stands, drafts included.
 */
export type TransferStateWord = "draft" | "allocated" | "packed" | "shipped" | "arrived" | "closed" | "cancelled";

/**
 * What makes a share of the price fall due.
 */
export type TriggerWord = "accept" | "milestone" | "before_ship" | "receipt";

/**
 * Rows as text that a spreadsheet takes from the clipboard.
 */
export type Tsv = { 
/**
 * The text.
 */
text: string, 
/**
 * How many rows.
 */
rows: number, };

/**
 * Dates of lots as they are typed.
 */
export type TypedDates = { 
/**
 * A lot each.
 */
lots: Array<LotTyped>, };

/**
 * A price for one unit as decimal text; may have more decimals than the currency.
 */
export type UnitPrice = string;

/**
 * A count of units in the goods' base unit; a JSON number outside (below 2^53 by the ledger's bound).
 */
export type Units = number;

/**
 * What a shop sells of which nobody has said which of our goods it is.
 */
export type UnmappedListing = { 
/**
 * The platform's id.
 */
listing: string, 
/**
 * The seller's own code of it.
 */
sellerSku: string | null, 
/**
 * Units sold, of which none has reduced our stock.
 */
units: Units, };

/**
 * What the proof of the ledger found.
 */
export type VerifyReport = { 
/**
 * Whether everything holds.
 */
ok: boolean, 
/**
 * Entries replayed.
 */
entries: number, 
/**
 * Moves compared.
 */
moves: number, 
/**
 * Tables compared.
 */
tables: number, 
/**
 * What does not hold.
 */
findings: Array<Message>, };

/**
 * A version of goods.
 */
export type VersionFields = { 
/**
 * Which one; new without.
 */
id: Id | null, 
/**
 * Of which goods.
 */
sku: Id, 
/**
 * Number of the artwork.
 */
artworkNo: string, 
/**
 * 备案号 or 注册证号.
 */
registrationNo: string, 
/**
 * Ordered from this day on.
 */
from: Day, 
/**
 * Not ordered after this day.
 */
to: Day | null, 
/**
 * What happens to stock of the version before.
 */
oldStock: OldStockWord, };

/**
 * Units of an order that lie somewhere and wait for a decision.
 */
export type WaitingLot = { 
/**
 * The order's line, from 0.
 */
line: number, 
/**
 * The lot.
 */
lot: Id, 
/**
 * Its number.
 */
lotNo: string, 
/**
 * Where.
 */
place: Id, 
/**
 * Its code.
 */
placeCode: string, 
/**
 * Quarantine or defective.
 */
status: Status, 
/**
 * Units.
 */
qty: Units, };

/**
 * A due to let go.
 */
export type WaiveDue = { 
/**
 * Which order.
 */
id: Id, 
/**
 * Of which term, from 0.
 */
term: number, 
/**
 * For which shipment, from 0.
 */
shipment: number | null, 
/**
 * How much.
 */
amount: Amount, 
/**
 * Why.
 */
reason: string, };

/**
 * From where to where a transfer carries goods.
 */
export type Way = { 
/**
 * Code of the place that they left.
 */
from: string, 
/**
 * Code of the place that they go to.
 */
to: string, };

/**
 * The open workspace.
 */
export type WorkspaceInfo = { 
/**
 * The file.
 */
path: string, 
/**
 * The company's name.
 */
name: string, 
/**
 * The book's currency.
 */
currency: string, 
/**
 * The desk that writes it.
 */
desk: string, 
/**
 * Whether it is open for reading alone: nothing can be changed then.
 */
readOnly: boolean, 
/**
 * Entries in the journal.
 */
entries: number, 
/**
 * Goods described.
 */
goods: number, 
/**
 * What is wrong with where the file lies, or with its backups.
 */
warnings: Array<Message>, 
/**
 * When it was last backed up (instant).
 */
lastBackup: string | null, 
/**
 * When sales last came from a marketplace (instant).
 */
lastSync: string | null, };

/**
 * What the window shows around every screen.
 */
export type WorkspaceStatus = { 
/**
 * The open workspace.
 */
workspace: WorkspaceInfo | null, 
/**
 * Files opened before, the last first.
 */
recent: Array<string>, 
/**
 * The day that counts as today.
 */
today: Day, 
/**
 * What the person may do.
 */
role: Role, 
/**
 * Whether money may be shown.
 */
seesMoney: boolean, 
/**
 * What else the person may do.
 */
rights: Array<Right>, 
/**
 * The program's version.
 */
version: string, };

/** Every command: what it takes and what it answers. */
export type Commands = {
  "workspace.status": { input: Nothing; output: WorkspaceStatus };
  "workspace.open": { input: OpenWorkspace; output: WorkspaceStatus };
  "workspace.open_to_read": { input: OpenWorkspace; output: WorkspaceStatus };
  "workspace.create": { input: NewWorkspace; output: WorkspaceStatus };
  "workspace.close": { input: Nothing; output: WorkspaceStatus };
  "company.get": { input: Nothing; output: Company };
  "company.save": { input: Company; output: Posted };
  "backup.list": { input: Nothing; output: Array<Backup> };
  "backup.make": { input: Nothing; output: Backup };
  "backup.restore": { input: OpenWorkspace; output: WorkspaceStatus };
  "verify.run": { input: Nothing; output: VerifyReport };
  "sku.list": { input: Nothing; output: Array<SkuRow> };
  "sku.get": { input: ById; output: SkuCard };
  "sku.save": { input: SaveSku; output: Posted };
  "sku.save_all": { input: SaveSkus; output: Posted };
  "sku.prices": { input: Nothing; output: Array<SkuPrice> };
  "sku.save_price": { input: SkuPrice; output: Posted };
  "location.list": { input: Nothing; output: Array<PlaceRow> };
  "location.save": { input: SavePlace; output: Posted };
  "partner.list": { input: Nothing; output: Array<PartnerRow> };
  "partner.save": { input: SavePartner; output: Posted };
  "partner.banks": { input: Nothing; output: Array<PartnerBank> };
  "partner.save_bank": { input: PartnerBank; output: Posted };
  "stock.open": { input: OpenStock; output: StockView };
  "stock.page": { input: PageOf; output: Array<StockRow> };
  "stock.copy": { input: CopyView; output: Tsv };
  "stock.release": { input: ByView; output: Nothing };
  "stock.value": { input: AsOf; output: StockValue };
  "stock.matrix": { input: AsOf; output: StockMatrix };
  "stock.regrade": { input: Regrade; output: Posted };
  "lot.get": { input: ById; output: LotCard };
  "lot.dates": { input: TypedDates; output: Array<LotDates> };
  "lot.value": { input: ById; output: LotValue };
  "journal.list": { input: ListEntries; output: EntryPage };
  "journal.preview": { input: ById; output: ReversalPreview };
  "journal.reverse": { input: ReverseEntry; output: Posted };
  "import.inspect": { input: Inspect; output: Inspected };
  "import.dry_run": { input: RunImport; output: ImportReport };
  "import.apply": { input: RunImport; output: Imported };
  "import.batches": { input: Nothing; output: Array<BatchRow> };
  "import.preview_take_back": { input: ById; output: ReversalPreview };
  "import.take_back": { input: ById; output: Posted };
  "import.template": { input: MakeTemplate; output: Exported };
  "order.list": { input: Nothing; output: Array<OrderRow> };
  "order.get": { input: ById; output: OrderCard };
  "order.money": { input: ById; output: OrderMoney };
  "order.save": { input: SaveOrder; output: ById };
  "order.discard": { input: ById; output: Nothing };
  "order.issue": { input: IssueOrder; output: Posted };
  "order.amend": { input: AmendOrder; output: Posted };
  "order.accept": { input: AcceptOrder; output: Posted };
  "order.receive": { input: ReceiveOrder; output: Posted };
  "order.close": { input: CloseOrder; output: Posted };
  "order.cancel": { input: CancelOrder; output: Posted };
  "order.tracks": { input: ById; output: OrderTracks };
  "order.milestone": { input: SetMilestone; output: Posted };
  "order.account": { input: ById; output: OrderAccountCard };
  "order.cost": { input: ById; output: OrderCost };
  "order.pay": { input: PayOrder; output: Posted };
  "order.waive": { input: WaiveDue; output: Posted };
  "order.refund": { input: RefundOrder; output: Posted };
  "order.claim": { input: DecideClaim; output: Posted };
  "order.payables": { input: Nothing; output: Array<PayableRow> };
  "order.owed_back": { input: Nothing; output: Array<OwedBackRow> };
  "order.decide": { input: DecideQuality; output: Posted };
  "order.settle_losses": { input: SettleLosses; output: Posted };
  "offer.list": { input: Nothing; output: Array<OfferRow> };
  "offer.prices": { input: Nothing; output: Array<OfferPrices> };
  "offer.save": { input: SaveOffer; output: Posted };
  "offer.quote": { input: QuoteOffer; output: OfferQuote };
  "version.list": { input: Nothing; output: Array<VersionFields> };
  "version.save": { input: VersionFields; output: Posted };
  "bom.list": { input: Nothing; output: Array<BomFields> };
  "bom.save": { input: BomFields; output: Posted };
  "material.issue": { input: PostSlip; output: Posted };
  "material.take_back": { input: PostSlip; output: Posted };
  "material.keep": { input: KeepMaterial; output: Posted };
  "material.draw": { input: KeepMaterial; output: Posted };
  "material.at_factories": { input: Nothing; output: Array<HeldMaterial> };
  "material.slips": { input: SlipsSince; output: Array<SlipRow> };
  "statement.get": { input: StatementOf; output: StatementCard };
  "statement.list": { input: Nothing; output: Array<StatementCard> };
  "statement.save": { input: SaveStatement; output: Posted };
  "statement.count": { input: CountFactory; output: Posted };
  "invoice.list": { input: Nothing; output: Array<InvoiceRow> };
  "invoice.save": { input: SaveInvoice; output: Posted };
  "bill.list": { input: Nothing; output: Array<BillRow> };
  "bill.post": { input: PostBill; output: Posted };
  "set.parts": { input: SetAt; output: SetParts };
  "set.assemble": { input: AssembleSet; output: Posted };
  "set.disassemble": { input: DisassembleSet; output: Posted };
  "lot.genealogy": { input: ById; output: Genealogy };
  "lot.cost": { input: ById; output: LotCostCard };
  "factory.scorecards": { input: ScoreSpan; output: Array<ScoreRow> };
  "factory.price_trends": { input: ScoreSpan; output: Array<PriceTrendRow> };
  "attachment.list": { input: FilesOf; output: Array<FileRow> };
  "attachment.add": { input: AttachFile; output: Posted };
  "attachment.remove": { input: DetachFile; output: Posted };
  "transfer.list": { input: Nothing; output: Array<TransferRow> };
  "transfer.get": { input: ById; output: TransferCard };
  "transfer.save": { input: SaveTransfer; output: ById };
  "transfer.discard": { input: ById; output: Nothing };
  "transfer.approve": { input: ApproveTransfer; output: Posted };
  "transfer.pack": { input: ById; output: Posted };
  "transfer.ship": { input: ShipTransfer; output: Posted };
  "transfer.arrive": { input: ArriveTransfer; output: Posted };
  "transfer.resolve": { input: ResolveTransfer; output: Posted };
  "transfer.close": { input: ById; output: Posted };
  "transfer.cancel": { input: CancelTransfer; output: Posted };
  "plan.run": { input: RunPlan; output: Plan };
  "plan.history": { input: HistoryOf; output: History };
  "slow.list": { input: Nothing; output: SlowList };
  "slow.money": { input: Nothing; output: SlowMoney };
  "channel.list": { input: Nothing; output: Array<ChannelRow> };
  "channel.rules": { input: ById; output: ChannelRules };
  "channel.templates": { input: Nothing; output: Array<ChannelTemplate> };
  "channel.save": { input: SaveChannel; output: Posted };
  "channel.import": { input: ImportChannel; output: Posted };
  "channel.export": { input: ExportChannel; output: Exported };
  "channel.assumptions": { input: Nothing; output: Array<ChannelAssumptions> };
  "channel.save_assumptions": { input: ChannelAssumptions; output: Posted };
  "price.list": { input: PricesOf; output: Array<ChannelPriceRow> };
  "price.save": { input: SavePrice; output: Posted };
  "bench.run": { input: RunBench; output: Bench };
  "bench.explain": { input: ExplainBench; output: Derivation };
  "clearance.floors": { input: ClearanceOf; output: Clearance };
  "shop.list": { input: Nothing; output: Array<ShopRow> };
  "shop.save": { input: SaveShop; output: Posted };
  "sync.run": { input: RunSync; output: SyncReport };
  "sync.differences": { input: DifferencesOf; output: PriceDifferences };
  "paper.print": { input: PrintPaper; output: Paper };
  "paper.printers": { input: Nothing; output: Printers };
  "paper.send": { input: SendPaper; output: Nothing };
  "today.tasks": { input: Nothing; output: Today };
  "today.money": { input: Nothing; output: TodayMoney };
  "search.find": { input: Search; output: Array<Found> };
  "export.table": { input: ExportTable; output: Exported };
};

/** What each command needs: a right beyond looking, a file that can be written, the sight of money. */
export const NEEDS: {
  readonly [name in keyof Commands]: { right: Right | null; write: boolean; money: boolean };
} = {
  "workspace.status": { right: null, write: false, money: false },
  "workspace.open": { right: null, write: false, money: false },
  "workspace.open_to_read": { right: null, write: false, money: false },
  "workspace.create": { right: null, write: false, money: false },
  "workspace.close": { right: null, write: false, money: false },
  "company.get": { right: null, write: false, money: false },
  "company.save": { right: "settings", write: true, money: false },
  "backup.list": { right: null, write: false, money: false },
  "backup.make": { right: null, write: true, money: false },
  "backup.restore": { right: "settings", write: true, money: false },
  "verify.run": { right: null, write: false, money: false },
  "sku.list": { right: null, write: false, money: false },
  "sku.get": { right: null, write: false, money: false },
  "sku.save": { right: "settings", write: true, money: false },
  "sku.save_all": { right: "settings", write: true, money: false },
  "sku.prices": { right: null, write: false, money: true },
  "sku.save_price": { right: "settings", write: true, money: true },
  "location.list": { right: null, write: false, money: false },
  "location.save": { right: "settings", write: true, money: false },
  "partner.list": { right: null, write: false, money: false },
  "partner.save": { right: "settings", write: true, money: false },
  "partner.banks": { right: null, write: false, money: true },
  "partner.save_bank": { right: "settings", write: true, money: true },
  "stock.open": { right: null, write: false, money: false },
  "stock.page": { right: null, write: false, money: false },
  "stock.copy": { right: null, write: false, money: false },
  "stock.release": { right: null, write: false, money: false },
  "stock.value": { right: null, write: false, money: true },
  "stock.matrix": { right: null, write: false, money: false },
  "stock.regrade": { right: "handle", write: true, money: false },
  "lot.get": { right: null, write: false, money: false },
  "lot.dates": { right: null, write: false, money: false },
  "lot.value": { right: null, write: false, money: true },
  "journal.list": { right: null, write: false, money: false },
  "journal.preview": { right: null, write: false, money: false },
  "journal.reverse": { right: null, write: true, money: false },
  "import.inspect": { right: null, write: false, money: false },
  "import.dry_run": { right: null, write: false, money: false },
  "import.apply": { right: "import_sales", write: true, money: false },
  "import.batches": { right: null, write: false, money: false },
  "import.preview_take_back": { right: null, write: false, money: false },
  "import.take_back": { right: "import_sales", write: true, money: false },
  "import.template": { right: null, write: false, money: false },
  "order.list": { right: null, write: false, money: false },
  "order.get": { right: null, write: false, money: false },
  "order.money": { right: null, write: false, money: true },
  "order.save": { right: "draft", write: true, money: true },
  "order.discard": { right: "draft", write: true, money: true },
  "order.issue": { right: "approve", write: true, money: true },
  "order.amend": { right: "approve", write: true, money: true },
  "order.accept": { right: "approve", write: true, money: false },
  "order.receive": { right: "handle", write: true, money: false },
  "order.close": { right: "approve", write: true, money: false },
  "order.cancel": { right: "approve", write: true, money: false },
  "order.tracks": { right: null, write: false, money: false },
  "order.milestone": { right: "handle", write: true, money: false },
  "order.account": { right: null, write: false, money: true },
  "order.cost": { right: null, write: false, money: true },
  "order.pay": { right: "approve", write: true, money: true },
  "order.waive": { right: "approve", write: true, money: true },
  "order.refund": { right: "approve", write: true, money: true },
  "order.claim": { right: "approve", write: true, money: true },
  "order.payables": { right: null, write: false, money: true },
  "order.owed_back": { right: null, write: false, money: true },
  "order.decide": { right: "approve", write: true, money: false },
  "order.settle_losses": { right: "approve", write: true, money: false },
  "offer.list": { right: null, write: false, money: false },
  "offer.prices": { right: null, write: false, money: true },
  "offer.save": { right: "settings", write: true, money: true },
  "offer.quote": { right: null, write: false, money: true },
  "version.list": { right: null, write: false, money: false },
  "version.save": { right: "settings", write: true, money: false },
  "bom.list": { right: null, write: false, money: false },
  "bom.save": { right: "settings", write: true, money: false },
  "material.issue": { right: "handle", write: true, money: false },
  "material.take_back": { right: "handle", write: true, money: false },
  "material.keep": { right: "handle", write: true, money: false },
  "material.draw": { right: "handle", write: true, money: false },
  "material.at_factories": { right: null, write: false, money: false },
  "material.slips": { right: null, write: false, money: false },
  "statement.get": { right: null, write: false, money: false },
  "statement.list": { right: null, write: false, money: false },
  "statement.save": { right: "approve", write: true, money: false },
  "statement.count": { right: "approve", write: true, money: false },
  "invoice.list": { right: null, write: false, money: true },
  "invoice.save": { right: "approve", write: true, money: true },
  "bill.list": { right: null, write: false, money: true },
  "bill.post": { right: "approve", write: true, money: true },
  "set.parts": { right: null, write: false, money: false },
  "set.assemble": { right: "handle", write: true, money: false },
  "set.disassemble": { right: "handle", write: true, money: false },
  "lot.genealogy": { right: null, write: false, money: false },
  "lot.cost": { right: null, write: false, money: true },
  "factory.scorecards": { right: null, write: false, money: false },
  "factory.price_trends": { right: null, write: false, money: true },
  "attachment.list": { right: null, write: false, money: false },
  "attachment.add": { right: "handle", write: true, money: false },
  "attachment.remove": { right: "handle", write: true, money: false },
  "transfer.list": { right: null, write: false, money: false },
  "transfer.get": { right: null, write: false, money: false },
  "transfer.save": { right: "draft", write: true, money: false },
  "transfer.discard": { right: "draft", write: true, money: false },
  "transfer.approve": { right: "approve", write: true, money: false },
  "transfer.pack": { right: "handle", write: true, money: false },
  "transfer.ship": { right: "handle", write: true, money: false },
  "transfer.arrive": { right: "handle", write: true, money: false },
  "transfer.resolve": { right: "approve", write: true, money: false },
  "transfer.close": { right: "approve", write: true, money: false },
  "transfer.cancel": { right: "approve", write: true, money: false },
  "plan.run": { right: null, write: false, money: false },
  "plan.history": { right: null, write: false, money: false },
  "slow.list": { right: null, write: false, money: false },
  "slow.money": { right: null, write: false, money: true },
  "channel.list": { right: null, write: false, money: false },
  "channel.rules": { right: null, write: false, money: false },
  "channel.templates": { right: null, write: false, money: false },
  "channel.save": { right: "settings", write: true, money: false },
  "channel.import": { right: "settings", write: true, money: false },
  "channel.export": { right: null, write: false, money: false },
  "channel.assumptions": { right: null, write: false, money: true },
  "channel.save_assumptions": { right: "settings", write: true, money: true },
  "price.list": { right: null, write: false, money: true },
  "price.save": { right: "settings", write: true, money: true },
  "bench.run": { right: null, write: false, money: true },
  "bench.explain": { right: null, write: false, money: true },
  "clearance.floors": { right: null, write: false, money: true },
  "shop.list": { right: null, write: false, money: false },
  "shop.save": { right: "settings", write: true, money: false },
  "sync.run": { right: "import_sales", write: true, money: false },
  "sync.differences": { right: null, write: false, money: true },
  "paper.print": { right: null, write: false, money: false },
  "paper.printers": { right: null, write: false, money: false },
  "paper.send": { right: null, write: false, money: false },
  "today.tasks": { right: null, write: false, money: false },
  "today.money": { right: null, write: false, money: true },
  "search.find": { right: null, write: false, money: false },
  "export.table": { right: null, write: false, money: false },
};
