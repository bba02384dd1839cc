// Hand-written first cut of the command contract; the generated ui/src/contract.ts will replace it with the same shapes.
export type Id = string; export type Day = string; export type Units = number; export type Amount = string; export type UnitPrice = string;
export type Args = { [key: string]: string | number };
export type Message = { code: string, args: Args };
export type DerivationLine = { op: string /* start add subtract multiply divide round equals note */, text: Message, value: string | null, unit: string | null };
export type Derivation = { lines: DerivationLine[] };
export type DocLink = { kind: string, id: Id, label: string };
export type Posted = { entries: Id[], document: DocLink | null };
export type Nothing = Record<string, never>;
export type ById = { id: Id };
/** What every failed call rejects with. kind: refused = the user can act (amber), unavailable = network (quiet), failed = bug (red, copy report). */
export type AppError = { code: string, kind: "refused" | "unavailable" | "failed", args: Args, details: Message[] };

// ---- workspace
export type WorkspaceInfo = { path: string, name: string, currency: string, desk: string, entries: number, goods: number, warnings: Message[], lastBackup: string | null, lastSync: string | null };
export type WorkspaceStatus = { workspace: WorkspaceInfo | null, recent: string[], today: Day, role: "manager" | "planner" | "warehouse", seesMoney: boolean, version: string };
export type OpenWorkspace = { path: string };
export type NewWorkspace = { path: string, companyName: string, currency: string };
export type Company = { nameZh: string, nameEn: string, taxNo: string, address: string, phone: string, currency: string, gs1Prefix: string | null };
export type Backup = { path: string, madeAt: string, bytes: number };
export type VerifyReport = { ok: boolean, entries: number, moves: number, tables: number, findings: Message[] };

// ---- master data
export type ShelfLife = { count: number, unit: "days" | "months" };
export type Carton = { units: number, lengthMm: number | null, widthMm: number | null, heightMm: number | null, grossG: number | null };
export type Alias = { whose: string, code: string };
export type SkuFields = { code: string, nameZh: string, nameEn: string, brand: string, category: string, spec: string, gtin: string | null, unit: string, carton: Carton | null, shelfLife: ShelfLife | null, lifecycle: "launch"|"core"|"seasonal"|"decline"|"delisted", aliases: Alias[] };
export type SaveSku = { id: Id | null, fields: SkuFields };
export type SkuRow = { id: Id, fields: SkuFields, onHand: Units, inTransit: Units, sold28: Units, ratePerDay: string | null, coverDays: number | null, nextExpiry: Day | null };
export type PlaceStock = { place: Id, placeCode: string, placeName: string, good: Units, other: Units, inTransit: Units };
export type SkuCard = { row: SkuRow, places: PlaceStock[], lots: LotRow[], ordered: Units };
export type SkuPrice = { sku: Id, unitCost: UnitPrice | null, listPrice: UnitPrice | null, floorPrice: UnitPrice | null };
export type SaveSkuPrice = SkuPrice;
export type LifeRule = { minSharePpm: number | null, minDays: number | null, pullDays: number };
export type Route = { transitDaysP90: number, receiveLagDaysP90: number, reviewDays: number, targetCoverDays: number };
export type PlaceFields = { code: string, name: string, kind: "own" | "platform" | "factory" | "consignee", sells: boolean, liveFrom: Day | null, address: string, lifeRule: LifeRule, route: Route, partner: Id | null };
export type SavePlace = { id: Id | null, fields: PlaceFields };
export type PlaceRow = { id: Id, fields: PlaceFields, onHand: Units };
export type PartnerFields = { code: string, name: string, kind: "factory"|"packaging_supplier"|"platform"|"carrier"|"clearance"|"distributor", taxNo: string, address: string, contact: string, phone: string };
export type SavePartner = { id: Id | null, fields: PartnerFields };
export type PartnerRow = { id: Id, fields: PartnerFields, openOrders: number };

// ---- stock
export type StockSort = { column: "sku"|"lot"|"place"|"status"|"qty"|"expires"|"age", descending: boolean };
export type OpenStock = { asOf: Day | null, by: ("sku"|"lot"|"place"|"status")[], filter: string, sku: Id | null, place: Id | null, status: Status | null, sort: StockSort };
export type Status = "quarantine" | "good" | "blocked" | "defective";
export type StockView = { view: number, rows: number, total: Units, asOf: Day };
export type PageOf = { view: number, offset: number, limit: number };
export type StockRow = { key: string, sku: Id | null, skuCode: string | null, skuName: string | null, lot: Id | null, lotNo: string | null, mfgOn: Day | null, expiresOn: Day | null, daysLeft: number | null, sharePpm: number | null, place: Id | null, placeCode: string | null, placeName: string | null, placeKind: string | null, status: Status | null, qty: Units, reserved: Units };
export type ByView = { view: number };
export type Tsv = { text: string, rows: number };
export type LotRow = { id: Id, lotNo: string, pseudo: boolean, sku: Id, skuCode: string, skuName: string, mfgOn: Day | null, expiresOn: Day | null, firstReceivedOn: Day | null, daysLeft: number | null, sharePpm: number | null, onHand: Units, inTransit: Units };
export type LotEvent = { entry: Id, day: Day, kind: string, qty: Units, from: string, fromStatus: Status, to: string, toStatus: Status, document: DocLink | null, reversed: boolean };
export type LotCard = { lot: LotRow, order: DocLink | null, places: { place: Id, placeCode: string, placeName: string, status: Status, qty: Units, reserved: Units }[], history: LotEvent[] };
export type LotValue = { lot: Id, value: Amount, unitCost: UnitPrice | null };
export type StockValue = { currency: string, total: Amount, lots: LotValue[] };
export type AsOf = { asOf: Day | null };
export type MatrixCell = { qty: Units, inTransit: Units, coverDays: number | null };
export type StockMatrix = { places: PlaceRow[], rows: { sku: Id, skuCode: string, skuName: string, total: Units, coverDays: number | null, cells: (MatrixCell | null)[] }[] };
export type Regrade = { place: Id, lot: Id, from: Status, to: Status, qty: Units, reason: string };

// ---- journal
export type ListEntries = { offset: number, limit: number, document: Id | null };
export type EntryRow = { id: Id, position: number, kind: string, effectiveOn: Day, recordedAt: string, actor: string, summary: Message, documents: DocLink[], batch: Id | null, reverses: Id | null, reversedBy: Id | null, units: Units };
export type EntryPage = { total: number, rows: EntryRow[] };
export type MoveRow = { kind: string, skuCode: string, lotNo: string, qty: Units, from: string, fromStatus: Status, to: string, toStatus: Status };
export type ReversalPreview = { entries: EntryRow[], moves: MoveRow[], blockedBy: EntryRow[], reasons: Message[] };
export type ReverseEntry = { entry: Id, withBlocking: boolean };

// ---- import
export type ImportKind = "goods" | "aliases" | "partners" | "locations" | "opening" | "sales";
export type Profile = { name: string, kind: ImportKind, sheet: string | null, headerRow: number | null, columns: { [field: string]: string }, constants: { [field: string]: string }, includeHidden: boolean };
export type FieldInfo = { name: string, required: boolean, money: boolean };
export type ColumnInfo = { column: string, header: string, samples: string[] };
export type SheetInfo = { name: string, hidden: boolean, rows: number, headerRow: number | null, columns: ColumnInfo[] };
export type Inspect = { path: string, kind: ImportKind | null, sheet: string | null };
export type Inspected = { fileName: string, sheets: SheetInfo[], profile: Profile, remembered: boolean, fields: FieldInfo[] };
export type RunImport = { path: string, profile: Profile };
export type ImportProblem = { sheet: string, row: number, column: string | null, value: string, severity: "error" | "warning", text: Message };
export type ImportReport = { kind: ImportKind, rows: number, skipped: Message[], problems: ImportProblem[], problemsTotal: number, effects: Message[] };
export type Imported = { batch: Id, report: ImportReport, entries: number };
export type BatchRow = { id: Id, fileName: string, kind: ImportKind, rows: number, appliedOn: string, actor: string, takenBack: boolean, entries: number };
export type MakeTemplate = { kind: ImportKind, lang: "zh" | "en", path: string };

// ---- production orders
export type OrderLineFields = { sku: Id, qty: Units };
export type SaveOrder = { id: Id | null, factory: Id, deliverTo: Id, promisedOn: Day | null, overTolerancePpm: number, lines: OrderLineFields[], unitPrices: UnitPrice[], terms: string };
export type OrderRow = { id: Id, number: string, state: "draft"|"issued"|"accepted"|"closed"|"cancelled", phase: string, factory: Id, factoryName: string, promisedOn: Day | null, lateDays: number, ordered: Units, received: Units, goods: string };
export type OrderLine = { line: number, sku: Id, skuCode: string, skuName: string, qty: Units, received: Units, unitsPerCarton: number | null };
export type Receipt = { entry: Id, day: Day, place: string, lines: { line: number, lot: Id, lotNo: string, mfgOn: Day | null, expiresOn: Day | null, qty: Units, status: Status }[], reversed: boolean };
export type OrderCard = { row: OrderRow, deliverTo: Id, deliverToName: string, overTolerancePpm: number, terms: string, lines: OrderLine[], receipts: Receipt[] };
export type OrderMoney = { id: Id, currency: string, unitPrices: UnitPrice[], amounts: Amount[], total: Amount, receivedValue: Amount };
export type AcceptOrder = { id: Id, promisedOn: Day };
export type ReceiveLine = { line: number, lotNo: string, mfgOn: Day | null, expiresOn: Day | null, qty: Units };
export type ReceiveOrder = { id: Id, place: Id, receivedOn: Day | null, status: "quarantine" | "good", lines: ReceiveLine[], reason: string | null };
export type CloseOrder = { id: Id, reason: string | null };

// ---- plan, slow-moving
export type PlanLot = { lot: Id, lotNo: string, qty: Units, sharePpm: number | null };
export type RefusedLot = { lot: Id, lotNo: string, sharePpm: number | null, reason: Message };
export type PlanLine = { sku: Id, skuCode: string, skuName: string, place: Id, placeCode: string, placeName: string, source: Id | null, ratePerDay: string, method: string, low: string, high: string, onHand: Units, inTransit: Units, coverDays: number | null, need: Units, cartons: number, units: Units, shortage: Units, arrivesOn: Day, lots: PlanLot[], refused: RefusedLot[], derivation: Derivation };
export type RunPlan = { source: Id | null };
export type Plan = { asOf: Day, lines: PlanLine[], withoutHistory: number };
export type HistoryOf = { sku: Id, place: Id | null };
export type History = { days: Day[], units: (Units | null)[], forecastDays: Day[], forecast: string[], low: string[], high: string[] };
export type SlowClass = "new" | "healthy" | "watch" | "slow" | "stagnant" | "dead";
export type SlowRow = { lot: Id, lotNo: string, sku: Id, skuCode: string, skuName: string, place: Id, placeCode: string, qty: Units, ageMadeDays: number | null, ageReceivedDays: number | null, coverDays: number | null, class: SlowClass, expiresOn: Day | null, lastSellOn: Day | null, lifeBand: string, atRisk: Units, derivation: Derivation };
export type SlowList = { asOf: Day, rows: SlowRow[] };
export type SlowValue = { lot: Id, place: Id, value: Amount, atRiskValue: Amount };
export type SlowMoney = { currency: string, rows: SlowValue[], total: Amount, atRiskTotal: Amount };

// ---- transfers
export type TransferLineFields = { sku: Id, lot: Id, qty: Units };
export type SaveTransfer = { id: Id | null, from: Id, to: Id, lines: TransferLineFields[], note: string };
export type ApproveTransfer = { id: Id, overrideReason: string | null };
export type TransferRow = { id: Id, number: string, state: "draft"|"allocated"|"packed"|"shipped"|"arrived"|"closed"|"cancelled", from: Id, fromName: string, to: Id, toName: string, units: Units, cartons: number, inTransit: Units, shippedOn: Day | null, expectedOn: Day | null, lateDays: number, goods: string };
export type TransferLine = { sku: Id, skuCode: string, skuName: string, lot: Id, lotNo: string, expiresOn: Day | null, qty: Units, shipped: Units, arrived: Units, lost: Units, unitsPerCarton: number | null };
export type CartonRow = { no: number, code: string, sscc: boolean, contents: { lot: Id, lotNo: string, skuCode: string, qty: Units }[], grossG: number | null };
export type Step = { entry: Id, day: Day, recordedAt: string, actor: string, summary: Message };
export type TransferCard = { row: TransferRow, note: string, carrier: string, tracking: string, lines: TransferLine[], cartons: CartonRow[], inTransit: { lot: Id, lotNo: string, qty: Units }[], steps: Step[] };
export type ShipTransfer = { id: Id, shippedOn: Day | null, carrier: string, tracking: string };
export type ArriveLine = { lot: Id, qty: Units, status: Status };
export type ArriveTransfer = { id: Id, arrivedOn: Day | null, lines: ArriveLine[] };
export type ResolveTransfer = { id: Id, lot: Id, qty: Units, resolution: "lost" | "found", reason: string };

// ---- papers
export type PaperKind = "order" | "packing_list" | "carton_label";
export type PrintPaper = { kind: PaperKind, id: Id, lang: "zh" | "en", out: string | null, dpi: number };
export type Paper = { path: string, pages: number, bytes: number, sha256: string };
export type Printers = { printers: string[], remembered: { [paper: string]: string } };
export type SendPaper = { path: string, paper: "a4" | "label_100x150", printer: string };

// ---- marketplace
export type SaveShop = { id: Id | null, code: string, name: string, url: string, remoteShop: string, token: string | null, places: { warehouse: string, place: Id }[] };
export type ShopRow = { id: Id, code: string, name: string, url: string, remoteShop: string, places: { warehouse: string, place: Id }[], hasToken: boolean, lastSuccess: string | null, lastError: Message | null, ordersSeen: number, unmapped: string[], postedUntil: Day | null };
export type RunSync = { shop: Id | null };
export type SyncReport = { pages: number, orders: number, postedUnits: Units, postedDays: number, problems: Message[] };

// ---- today, search, export
export type TodayFigure = { code: string, value: string, unit: string, series: number[] };
export type Task = { code: string, args: Args, severity: "red" | "amber" | "blue", due: Day | null, screen: string, document: DocLink | null };
export type Today = { figures: TodayFigure[], tasks: Task[] };
export type TodayMoney = { currency: string, stockValue: Amount, atRiskValue: Amount };
export type Search = { text: string };
export type Found = { kind: string, id: Id, title: string, subtitle: string };
export type ExportTable = { table: "stock" | "slow" | "plan" | "goods" | "journal", path: string, asOf: Day | null, lang: "zh" | "en" };
export type Exported = { path: string, rows: number };

/** money: true = needs the right to see money (fails with code "role.no_money" otherwise). */
export type Commands = {
  "workspace.status": { input: Nothing, output: WorkspaceStatus },
  "workspace.open": { input: OpenWorkspace, output: WorkspaceStatus },
  "workspace.create": { input: NewWorkspace, output: WorkspaceStatus },
  "workspace.close": { input: Nothing, output: WorkspaceStatus },
  "company.get": { input: Nothing, output: Company }, "company.save": { input: Company, output: Posted },
  "backup.list": { input: Nothing, output: Backup[] }, "backup.make": { input: Nothing, output: Backup }, "backup.restore": { input: OpenWorkspace, output: WorkspaceStatus },
  "verify.run": { input: Nothing, output: VerifyReport },
  "sku.list": { input: Nothing, output: SkuRow[] }, "sku.get": { input: ById, output: SkuCard }, "sku.save": { input: SaveSku, output: Posted },
  "sku.prices": { input: Nothing, output: SkuPrice[] }, "sku.save_price": { input: SaveSkuPrice, output: Posted },
  "location.list": { input: Nothing, output: PlaceRow[] }, "location.save": { input: SavePlace, output: Posted },
  "partner.list": { input: Nothing, output: PartnerRow[] }, "partner.save": { input: SavePartner, output: Posted },
  "stock.open": { input: OpenStock, output: StockView }, "stock.page": { input: PageOf, output: StockRow[] }, "stock.copy": { input: ByView, output: Tsv }, "stock.release": { input: ByView, output: Nothing },
  "stock.value": { input: AsOf, output: StockValue }, "stock.matrix": { input: AsOf, output: StockMatrix }, "stock.regrade": { input: Regrade, output: Posted },
  "lot.get": { input: ById, output: LotCard }, "lot.value": { input: ById, output: LotValue },
  "journal.list": { input: ListEntries, output: EntryPage }, "journal.preview": { input: ById, output: ReversalPreview }, "journal.reverse": { input: ReverseEntry, output: Posted },
  "import.inspect": { input: Inspect, output: Inspected }, "import.dry_run": { input: RunImport, output: ImportReport }, "import.apply": { input: RunImport, output: Imported },
  "import.batches": { input: Nothing, output: BatchRow[] }, "import.preview_take_back": { input: ById, output: ReversalPreview }, "import.take_back": { input: ById, output: Posted }, "import.template": { input: MakeTemplate, output: Exported },
  "order.list": { input: Nothing, output: OrderRow[] }, "order.get": { input: ById, output: OrderCard }, "order.money": { input: ById, output: OrderMoney }, "order.save": { input: SaveOrder, output: ById }, "order.discard": { input: ById, output: Nothing },
  "order.issue": { input: ById, output: Posted }, "order.accept": { input: AcceptOrder, output: Posted }, "order.receive": { input: ReceiveOrder, output: Posted }, "order.close": { input: CloseOrder, output: Posted }, "order.cancel": { input: CloseOrder, output: Posted },
  "plan.run": { input: RunPlan, output: Plan }, "plan.history": { input: HistoryOf, output: History },
  "slow.list": { input: Nothing, output: SlowList }, "slow.money": { input: Nothing, output: SlowMoney },
  "transfer.list": { input: Nothing, output: TransferRow[] }, "transfer.get": { input: ById, output: TransferCard }, "transfer.save": { input: SaveTransfer, output: ById }, "transfer.discard": { input: ById, output: Nothing },
  "transfer.approve": { input: ApproveTransfer, output: Posted }, "transfer.pack": { input: ById, output: Posted }, "transfer.ship": { input: ShipTransfer, output: Posted }, "transfer.arrive": { input: ArriveTransfer, output: Posted }, "transfer.resolve": { input: ResolveTransfer, output: Posted }, "transfer.close": { input: ById, output: Posted }, "transfer.cancel": { input: CloseOrder, output: Posted },
  "paper.print": { input: PrintPaper, output: Paper }, "paper.printers": { input: Nothing, output: Printers }, "paper.send": { input: SendPaper, output: Nothing },
  "shop.list": { input: Nothing, output: ShopRow[] }, "shop.save": { input: SaveShop, output: Posted }, "sync.run": { input: RunSync, output: SyncReport },
  "today.tasks": { input: Nothing, output: Today }, "today.money": { input: Nothing, output: TodayMoney },
  "search.find": { input: Search, output: Found[] }, "export.table": { input: ExportTable, output: Exported },
};
/** Commands that reach money; the window leaves their figures out for roles without the right. */
export const MONEY = ["sku.prices","sku.save_price","stock.value","lot.value","order.money","order.save","order.issue","slow.money","today.money"] as const;
