//! The table of all commands: the router, the rights and the source of the TypeScript contract.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use serde_json::Value;
use store::Opened;
use ts_rs::{Config, TS, TypeVisitor};

use crate::{
    App, Error, Right, Session, channels, export, goods, importing, journal, orders, papers, plan,
    production, search, shops, slow, stock, sync, today, transfers, undoing,
    wire::{ById, Derivation, Nothing, Posted},
    workspace,
};

/// What a command needs of the one who calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needs {
    /// It changes the workspace.
    pub write: bool,
    /// Its input or output reaches money.
    pub money: bool,
    /// The right that it takes beyond looking.
    pub right: Option<Right>,
}

impl Needs {
    const fn writes(right: Right) -> Self {
        Self { right: Some(right), ..WRITE }
    }

    const fn and_money(self) -> Self {
        Self { money: true, ..self }
    }
}

const READ: Needs = Needs { write: false, money: false, right: None };
const READ_MONEY: Needs = READ.and_money();
/// What anybody may write: what else it takes depends on what it is asked to do.
const WRITE: Needs = Needs { write: true, ..READ };
const DRAFT: Needs = Needs::writes(Right::Draft);
const DRAFT_MONEY: Needs = DRAFT.and_money();
const SALES: Needs = Needs::writes(Right::ImportSales);
const APPROVE: Needs = Needs::writes(Right::Approve);
const APPROVE_MONEY: Needs = APPROVE.and_money();
const HANDLE: Needs = Needs::writes(Right::Handle);
const SETTINGS: Needs = Needs::writes(Right::Settings);
const SETTINGS_MONEY: Needs = SETTINGS.and_money();

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    /// Its name, `feature.act`.
    pub name: &'static str,
    /// What it needs.
    pub needs: Needs,
}

/// Every command as TypeScript sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Its name.
    pub name: &'static str,
    /// What it needs.
    pub needs: Needs,
    /// The input's type.
    pub input: String,
    /// The output's type.
    pub output: String,
    /// The names of all types that the input reaches.
    pub input_reaches: BTreeSet<String>,
    /// The names of all types that the output reaches.
    pub output_reaches: BTreeSet<String>,
}

/// What a use case is called with.
pub(crate) struct Call<'a> {
    pub(crate) app: &'a App,
    pub(crate) session: &'a Session<'a>,
}

macro_rules! commands {
    ($( $name:literal $needs:ident $run:path : $input:ty => $output:ty ),* $(,)?) => {
        /// All commands, in the order of the table.
        pub const TABLE: &[Command] = &[$( Command { name: $name, needs: $needs } ),*];

        impl App {
            /// Runs the command called `name`. The window, the command line and the tests end here.
            ///
            /// # Errors
            /// What stands against it; then nothing was changed.
            pub fn dispatch(
                &self,
                session: &Session,
                name: &str,
                input: Value,
            ) -> Result<Value, Error> {
                self.allow(session, name)?;
                let call = Call { app: self, session };
                match name {
                    $( $name => {
                        let input: $input = read_input(name, input)?;
                        let output: $output = $run(&call, input)?;
                        Ok(serde_json::to_value(output).expect("outputs are plain data"))
                    } )*
                    _ => Err(Error::failed("command.unknown", [("name", name.into())])),
                }
            }
        }

        /// The signature of every command.
        pub fn signatures() -> Vec<Signature> {
            let config = &Config::default();
            vec![$( Signature {
                name: $name,
                needs: $needs,
                input: <$input as TS>::name(config),
                output: <$output as TS>::name(config),
                input_reaches: reached::<$input>(config).into_keys().collect(),
                output_reaches: reached::<$output>(config).into_keys().collect(),
            } ),*]
        }

        /// The declarations of every type that the commands reach, by name.
        fn declarations(config: &Config) -> BTreeMap<String, String> {
            let mut all = reached::<Error>(config);
            all.append(&mut reached::<crate::Progress>(config));
            $( all.append(&mut reached::<$input>(config)); )*
            $( all.append(&mut reached::<$output>(config)); )*
            all
        }
    };
}

fn read_input<T: serde::de::DeserializeOwned>(name: &str, input: Value) -> Result<T, Error> {
    // No input at all is an input without fields.
    let input = if input.is_null() { Value::Object(serde_json::Map::new()) } else { input };
    serde_json::from_value(input).map_err(|error| {
        let detail = error.to_string();
        let field = detail.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
        if let Some(field) = field {
            let args = [("name", name.into()), ("field", field.into())];
            return Error::failed("command.field_missing", args);
        }
        Error::failed("command.malformed", [("name", name.into()), ("detail", detail.into())])
    })
}

impl App {
    /// Refuses commands to those who have not the right, and writing to a file that is only read.
    fn allow(&self, session: &Session, name: &str) -> Result<(), Error> {
        let Some(command) = TABLE.iter().find(|command| command.name == name) else {
            return Err(Error::failed("command.unknown", [("name", name.into())]));
        };
        if command.needs.money && !session.role.sees_money() {
            return Err(Error::refused("role.no_money", [("name", name.into())]));
        }
        if let Some(right) = command.needs.right {
            session.need(right)?;
        }
        match self.current() {
            Some(open) if command.needs.write && open.access() == Opened::ToRead => {
                let path = open.path().display().to_string();
                Err(Error::refused("workspace.read_only", [("path", path.into())]))
            }
            _ => Ok(()),
        }
    }
}

/// A type with all the types it is made of, by name, with their declarations.
fn reached<T: TS + 'static + ?Sized>(config: &Config) -> BTreeMap<String, String> {
    struct Visit<'a> {
        config: &'a Config,
        seen: BTreeMap<String, String>,
    }
    impl TypeVisitor for Visit<'_> {
        fn visit<T: TS + 'static + ?Sized>(&mut self) {
            // Built-in types have no declaration of their own, only parts.
            if T::output_path().is_some() {
                let name = T::ident(self.config);
                if self.seen.contains_key(&name) {
                    return;
                }
                let docs = T::docs().unwrap_or_default();
                self.seen.insert(name, format!("{docs}export {}", T::decl(self.config)));
            }
            T::visit_dependencies(self);
            T::visit_generics(self);
        }
    }
    let mut visit = Visit { config, seen: BTreeMap::new() };
    visit.visit::<T>();
    visit.seen
}

/// The TypeScript contract: every type, every command, and what each command needs.
pub fn contract() -> String {
    let mut text = String::from(
        "// Generated from the table of commands by `cargo xtask codegen`. Do not edit.\n\n",
    );
    for declaration in declarations(&Config::default()).into_values() {
        text.push_str(&declaration);
        text.push_str("\n\n");
    }
    text.push_str(
        "/** Every command: what it takes and what it answers. */\nexport type Commands = {\n",
    );
    for Signature { name, input, output, .. } in signatures() {
        let _ = writeln!(text, "  \"{name}\": {{ input: {input}; output: {output} }};");
    }
    text.push_str(
        "};\n\n/** What each command needs: a right beyond looking, a file that can be written, \
         the sight of money. */\nexport const NEEDS: {\n  readonly [name in keyof Commands]: \
         { right: Right | null; write: boolean; money: boolean };\n} = {\n",
    );
    for Command { name, needs } in TABLE {
        let right = serde_json::to_string(&needs.right).expect("a right is a word");
        let Needs { write, money, .. } = needs;
        let _ =
            writeln!(text, "  \"{name}\": {{ right: {right}, write: {write}, money: {money} }},");
    }
    text.push_str("};\n");
    text
}

commands! {
    "workspace.status" READ workspace::status: Nothing => workspace::WorkspaceStatus,
    "workspace.open" READ workspace::open: workspace::OpenWorkspace => workspace::WorkspaceStatus,
    "workspace.open_to_read" READ workspace::open_to_read: workspace::OpenWorkspace => workspace::WorkspaceStatus,
    // It writes no file that is open.
    "workspace.create" READ workspace::create: workspace::NewWorkspace => workspace::WorkspaceStatus,
    "workspace.close" READ workspace::close: Nothing => workspace::WorkspaceStatus,
    "company.get" READ workspace::company: Nothing => workspace::CompanyFields,
    "company.save" SETTINGS workspace::save_company: workspace::CompanyFields => Posted,
    "backup.list" READ workspace::backups: Nothing => Vec<workspace::BackupRow>,
    "backup.make" WRITE workspace::make_backup: Nothing => workspace::BackupRow,
    "backup.restore" SETTINGS workspace::restore: workspace::OpenWorkspace => workspace::WorkspaceStatus,
    "verify.run" READ workspace::verify: Nothing => workspace::VerifyAnswer,

    "sku.list" READ goods::skus: Nothing => Vec<goods::SkuRow>,
    "sku.get" READ goods::sku: ById => goods::SkuCard,
    "sku.save" SETTINGS goods::save_sku: goods::SaveSku => Posted,
    "sku.save_all" SETTINGS goods::save_skus: goods::SaveSkus => Posted,
    "sku.prices" READ_MONEY goods::prices: Nothing => Vec<goods::SkuPriceRow>,
    "sku.save_price" SETTINGS_MONEY goods::save_price: goods::SkuPriceRow => Posted,
    "location.list" READ goods::places: Nothing => Vec<goods::PlaceRow>,
    "location.save" SETTINGS goods::save_place: goods::SavePlace => Posted,
    "partner.list" READ goods::partners: Nothing => Vec<goods::PartnerRow>,
    "partner.save" SETTINGS goods::save_partner: goods::SavePartner => Posted,
    "partner.banks" READ_MONEY goods::banks: Nothing => Vec<goods::PartnerBank>,
    "partner.save_bank" SETTINGS_MONEY goods::save_bank: goods::PartnerBank => Posted,

    "stock.open" READ stock::open: stock::OpenStock => stock::StockView,
    "stock.page" READ stock::page: stock::PageOf => Vec<stock::StockLine>,
    "stock.copy" READ stock::copy: stock::CopyView => stock::Tsv,
    "stock.release" READ stock::release: stock::ByView => Nothing,
    "stock.value" READ_MONEY stock::value: stock::AsOf => stock::StockValue,
    "stock.matrix" READ stock::matrix: stock::AsOf => stock::StockMatrix,
    "stock.regrade" HANDLE stock::regrade: stock::RegradeStock => Posted,
    "lot.get" READ stock::lot: ById => stock::LotCard,
    "lot.dates" READ stock::dates: stock::TypedDates => Vec<stock::LotDates>,
    "lot.value" READ_MONEY stock::lot_value: ById => stock::LotValue,

    "journal.list" READ journal::list: journal::ListEntries => journal::EntryPage,
    "journal.preview" READ undoing::preview: ById => undoing::ReversalPreview,
    "journal.reverse" WRITE undoing::reverse: undoing::ReverseEntry => Posted,

    "import.inspect" READ importing::inspect: importing::Inspect => importing::Inspected,
    "import.dry_run" READ importing::dry_run: importing::RunImport => importing::ImportReport,
    "import.apply" SALES importing::apply: importing::RunImport => importing::Imported,
    "import.batches" READ importing::batches: Nothing => Vec<importing::BatchLine>,
    "import.preview_take_back" READ importing::preview_take_back: ById => undoing::ReversalPreview,
    "import.take_back" SALES importing::take_back: ById => Posted,
    "import.template" READ importing::template: importing::MakeTemplate => importing::Exported,

    "order.list" READ orders::list: Nothing => Vec<orders::OrderRow>,
    "order.get" READ orders::get: ById => orders::OrderCard,
    "order.money" READ_MONEY orders::money: ById => orders::OrderMoney,
    "order.save" DRAFT_MONEY orders::save: orders::SaveOrder => ById,
    "order.discard" DRAFT_MONEY orders::discard: ById => Nothing,
    "order.issue" APPROVE_MONEY orders::issue: orders::IssueOrder => Posted,
    "order.amend" APPROVE_MONEY orders::amend: orders::AmendOrder => Posted,
    "order.accept" APPROVE orders::accept: orders::AcceptOrder => Posted,
    "order.receive" HANDLE orders::receive: orders::ReceiveOrder => Posted,
    "order.close" APPROVE orders::close: orders::CloseOrder => Posted,
    "order.cancel" APPROVE orders::cancel: orders::CancelOrder => Posted,
    "order.tracks" READ production::tracks: ById => production::OrderTracks,
    "order.milestone" HANDLE production::milestone: production::SetMilestone => Posted,
    "order.account" READ_MONEY production::account: ById => production::OrderAccountCard,
    "order.cost" READ_MONEY production::order_cost: ById => production::OrderCost,
    "order.pay" APPROVE_MONEY production::pay: production::PayOrder => Posted,
    "order.waive" APPROVE_MONEY production::waive: production::WaiveDue => Posted,
    "order.refund" APPROVE_MONEY production::refund: production::RefundOrder => Posted,
    "order.claim" APPROVE_MONEY production::decide_claim: production::DecideClaim => Posted,
    "order.payables" READ_MONEY production::payables: Nothing => Vec<production::PayableRow>,
    "order.owed_back" READ_MONEY production::owed_back: Nothing => Vec<production::OwedBackRow>,
    "order.decide" APPROVE production::decide: production::DecideQuality => Posted,
    "order.settle_losses" APPROVE production::settle_losses: production::SettleLosses => Posted,

    "offer.list" READ production::offers: Nothing => Vec<production::OfferRow>,
    "offer.prices" READ_MONEY production::offer_prices: Nothing => Vec<production::OfferPrices>,
    "offer.save" SETTINGS_MONEY production::save_offer: production::SaveOffer => Posted,
    "offer.quote" READ_MONEY production::quote_offer: production::QuoteOffer => production::OfferQuote,
    "version.list" READ production::versions: Nothing => Vec<production::VersionFields>,
    "version.save" SETTINGS production::save_version: production::VersionFields => Posted,
    "bom.list" READ production::boms: Nothing => Vec<production::BomFields>,
    "bom.save" SETTINGS production::save_bom: production::BomFields => Posted,

    "material.issue" HANDLE production::issue: production::PostSlip => Posted,
    "material.take_back" HANDLE production::take_back: production::PostSlip => Posted,
    "material.keep" HANDLE production::keep: production::KeepMaterial => Posted,
    "material.draw" HANDLE production::draw: production::KeepMaterial => Posted,
    "material.at_factories" READ production::at_factories: Nothing => Vec<production::HeldMaterial>,
    "material.slips" READ production::slips: production::SlipsSince => Vec<production::SlipRow>,
    "statement.get" READ production::statement: production::StatementOf => production::StatementCard,
    "statement.list" READ production::statements: Nothing => Vec<production::StatementCard>,
    "statement.save" APPROVE production::save_statement: production::SaveStatement => Posted,
    "statement.count" APPROVE production::count: production::CountFactory => Posted,

    "invoice.list" READ_MONEY production::invoices: Nothing => Vec<production::InvoiceRow>,
    "invoice.save" APPROVE_MONEY production::save_invoice: production::SaveInvoice => Posted,
    "bill.list" READ_MONEY production::bills: Nothing => Vec<production::BillRow>,
    "bill.post" APPROVE_MONEY production::post_bill: production::PostBill => Posted,

    "set.parts" READ production::set_parts: production::SetAt => production::SetParts,
    "set.assemble" HANDLE production::assemble: production::AssembleSet => Posted,
    "set.disassemble" HANDLE production::disassemble: production::DisassembleSet => Posted,
    "lot.genealogy" READ production::genealogy: ById => production::Genealogy,
    "lot.cost" READ_MONEY production::lot_cost: ById => production::LotCostCard,
    "factory.scorecards" READ production::scorecards: production::ScoreSpan => Vec<production::ScoreRow>,
    "factory.price_trends" READ_MONEY production::price_trends: production::ScoreSpan => Vec<production::PriceTrendRow>,

    "attachment.list" READ production::list_files: production::FilesOf => Vec<production::FileRow>,
    "attachment.add" HANDLE production::attach: production::AttachFile => Posted,
    "attachment.remove" HANDLE production::detach: production::DetachFile => Posted,

    "transfer.list" READ transfers::list: Nothing => Vec<transfers::TransferRow>,
    "transfer.get" READ transfers::get: ById => transfers::TransferCard,
    "transfer.save" DRAFT transfers::save: transfers::SaveTransfer => ById,
    "transfer.discard" DRAFT transfers::discard: ById => Nothing,
    "transfer.approve" APPROVE transfers::approve: transfers::ApproveTransfer => Posted,
    "transfer.pack" HANDLE transfers::pack: ById => Posted,
    "transfer.ship" HANDLE transfers::ship: transfers::ShipTransfer => Posted,
    "transfer.arrive" HANDLE transfers::arrive: transfers::ArriveTransfer => Posted,
    "transfer.resolve" APPROVE transfers::resolve: transfers::ResolveTransfer => Posted,
    "transfer.close" APPROVE transfers::close: ById => Posted,
    "transfer.cancel" APPROVE transfers::cancel: transfers::CancelTransfer => Posted,

    "plan.run" READ plan::run: plan::RunPlan => plan::Plan,
    "plan.history" READ plan::history: plan::HistoryOf => plan::History,
    "slow.list" READ slow::list: Nothing => slow::SlowList,
    "slow.money" READ_MONEY slow::money: Nothing => slow::SlowMoney,

    "channel.list" READ channels::list: Nothing => Vec<channels::ChannelRow>,
    "channel.rules" READ channels::rules: ById => channels::ChannelRules,
    "channel.templates" READ channels::templates: Nothing => Vec<channels::ChannelTemplate>,
    "channel.save" SETTINGS channels::save: channels::SaveChannel => Posted,
    "channel.import" SETTINGS channels::import: channels::ImportChannel => Posted,
    "channel.export" READ channels::export: channels::ExportChannel => importing::Exported,
    "channel.assumptions" READ_MONEY channels::assumptions: Nothing => Vec<channels::ChannelAssumptions>,
    "channel.save_assumptions" SETTINGS_MONEY channels::save_assumptions: channels::ChannelAssumptions => Posted,
    "price.list" READ_MONEY channels::prices: channels::PricesOf => Vec<channels::ChannelPriceRow>,
    "price.save" SETTINGS_MONEY channels::save_price: channels::SavePrice => Posted,
    "bench.run" READ_MONEY channels::run: channels::RunBench => channels::Bench,
    "bench.explain" READ_MONEY channels::explain: channels::ExplainBench => Derivation,
    "clearance.floors" READ_MONEY channels::floors: channels::ClearanceOf => channels::Clearance,

    "shop.list" READ shops::list: Nothing => Vec<shops::ShopRow>,
    "shop.save" SETTINGS shops::save: shops::SaveShop => Posted,
    "sync.run" SALES sync::run: sync::RunSync => sync::SyncReport,
    "sync.differences" READ_MONEY sync::differences: sync::DifferencesOf => sync::PriceDifferences,

    // What a paper leaves behind, its copies and its printer, is remembered by the desk alone.
    "paper.print" READ papers::print: papers::PrintPaper => papers::Paper,
    "paper.printers" READ papers::printers: Nothing => papers::Printers,
    "paper.send" READ papers::send: papers::SendPaper => Nothing,

    "today.tasks" READ today::tasks: Nothing => today::Today,
    "today.money" READ_MONEY today::money: Nothing => today::TodayMoney,
    "search.find" READ search::find: search::Search => Vec<search::Found>,
    "export.table" READ export::export: export::ExportTable => importing::Exported,
}
