//! Papers and sheets: values in, bytes out.
//!
//! Knows how an order to a factory, a packing list and carton labels look on paper, which
//! barcodes they bear and at what size, in Chinese and in English; and, in [`sheet`], how tables
//! come in and go out. It alone uses the crates for PDF and spreadsheets.
//!
//! Refuses to know the ledger, the clock, the printer and the disk: what is printed, when and by
//! whom are arguments, and the same arguments give the same bytes. Nothing is cut off or left
//! out to make a paper printable; what cannot be printed is refused by name and place.

mod canvas;
mod carton_label;
mod figures;
mod form;
mod order_form;
mod packing_list;
mod paper;
pub mod pdf_text;
pub mod sheet;
pub mod symbol;
mod table;

pub use carton_label::{Carton, CartonContent, CartonIdentity, CartonLabels, carton_labels};
pub use figures::amount_in_words;
pub use order_form::{OrderForm, OrderKind, OrderLine, Party, order_form};
pub use packing_list::{CartonRun, PackedLot, PackingList, packing_list};
pub use paper::{Dpi, Lang, PaperError, Print, ValueRule, page_count};
