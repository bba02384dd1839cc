//! Papers and sheets: values in, bytes out.
//!
//! Knows how the papers of production and shipment look (contracts, payment requests, slips,
//! receipts, statements, packing lists, labels), which barcodes they bear and at what size, in
//! Chinese and in English; and, in [`sheet`], how tables come in and go out. It alone uses the
//! crates for PDF and spreadsheets.
//!
//! Refuses to know the ledger, the clock, the printer and the disk: what is printed, when and by
//! whom are arguments, and the same arguments give the same bytes. Nothing is cut off or left
//! out to make a paper printable; what cannot be printed is refused by name and place.

mod canvas;
mod carton_label;
mod contract;
mod factory_statement;
mod figures;
mod form;
mod goods_receipt;
mod lot_label;
mod material_slip;
mod packing_list;
mod paper;
mod party;
mod payment_request;
pub mod pdf_text;
mod return_note;
pub mod sheet;
mod slip;
pub mod symbol;
mod table;

pub use carton_label::{Carton, CartonContent, CartonIdentity, CartonLabels, carton_labels};
pub use contract::{
    Contract, ContractKind, ContractLine, Instalment, SuppliedMaterial, SuppliedMaterials, contract,
};
pub use factory_statement::{
    FactoryStatementForm, LossSettlement, StatedMaterial, factory_statement,
};
pub use figures::amount_in_words;
pub use goods_receipt::{GoodsReceipt, GoodsReceiptLine, ReceivedLot, goods_receipt};
pub use lot_label::{LotLabel, lot_labels};
pub use material_slip::{MaterialSlip, MaterialSlipLine, material_slip};
pub use packing_list::{CartonRun, PackedLot, PackingList, packing_list};
pub use paper::{Dpi, Lang, PaperError, Print, ValueRule, page_count};
pub use party::Party;
pub use payment_request::{PaymentRequest, payment_request};
pub use return_note::{ReturnLine, ReturnNote, return_note};
