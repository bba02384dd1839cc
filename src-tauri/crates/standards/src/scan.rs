//! What a scanner sends: an AIM symbology identifier and the data. Knows the carriers that goods
//! and cartons bear; not composite symbols, whose second part it refuses.

use thiserror::Error;

use crate::{
    check_digit::ends_in_check_digit,
    element::{ElementError, ElementString, FNC1},
};

/// Kind of symbol that was scanned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// Code 128 with FNC1 first (`]C1`).
    Gs1128,
    /// Code 128 without it (`]C0`).
    Code128,
    /// GS1 `DataMatrix` (`]d2`).
    Gs1DataMatrix,
    /// Data Matrix without FNC1 (`]d1`).
    DataMatrix,
    /// GS1 QR (`]Q3`).
    Gs1Qr,
    /// QR without FNC1 (`]Q1`).
    Qr,
    /// GS1 `DotCode` (`]J1`).
    Gs1DotCode,
    /// `DotCode` without FNC1 (`]J0`).
    DotCode,
    /// GS1 `DataBar` (`]e0`).
    Gs1DataBar,
    /// EAN-13 or UPC (`]E0`).
    Ean13,
    /// EAN-8 (`]E4`).
    Ean8,
}

const CARRIERS: [(&str, Carrier); 11] = [
    ("]C1", Carrier::Gs1128),
    ("]C0", Carrier::Code128),
    ("]d2", Carrier::Gs1DataMatrix),
    ("]d1", Carrier::DataMatrix),
    ("]Q3", Carrier::Gs1Qr),
    ("]Q1", Carrier::Qr),
    ("]J1", Carrier::Gs1DotCode),
    ("]J0", Carrier::DotCode),
    ("]e0", Carrier::Gs1DataBar),
    ("]E0", Carrier::Ean13),
    ("]E4", Carrier::Ean8),
];

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scan {
    /// Fields of a GS1 symbol.
    Elements(Carrier, ElementString),
    /// The digits of an EAN symbol, check digit proven.
    Number(Carrier, String),
    /// Anything else, as sent.
    Text(Carrier, String),
}

/// Why a scan cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ScanError {
    /// No symbology identifier that is known here: the scanner must be set to send it.
    #[error("the scanner sent no symbology identifier that is known (such as ]C1)")]
    UnknownCarrier,
    /// A GS1 symbol whose fields cannot be read.
    #[error(transparent)]
    Elements(#[from] ElementError),
    /// An EAN symbol that is not 13 or 8 digits with a right check digit.
    #[error("{data} is no EAN number")]
    Number {
        /// What was sent.
        data: String,
    },
}

/// Takes apart one message of a scanner that sends AIM symbology identifiers.
pub fn read_scan(message: &str) -> Result<Scan, ScanError> {
    let (carrier, data) = CARRIERS
        .iter()
        .find_map(|(prefix, carrier)| Some((*carrier, message.strip_prefix(prefix)?)))
        .ok_or(ScanError::UnknownCarrier)?;
    match carrier {
        Carrier::Gs1128
        | Carrier::Gs1DataMatrix
        | Carrier::Gs1Qr
        | Carrier::Gs1DotCode
        | Carrier::Gs1DataBar => {
            let elements = ElementString::from_symbol_data(&format!("{FNC1}{data}"))?;
            Ok(Scan::Elements(carrier, elements))
        }
        Carrier::Ean13 => number(carrier, data, 13),
        Carrier::Ean8 => number(carrier, data, 8),
        Carrier::Code128 | Carrier::DataMatrix | Carrier::Qr | Carrier::DotCode => {
            Ok(Scan::Text(carrier, data.to_owned()))
        }
    }
}

fn number(carrier: Carrier, data: &str, length: usize) -> Result<Scan, ScanError> {
    if data.len() == length && ends_in_check_digit(data) {
        Ok(Scan::Number(carrier, data.to_owned()))
    } else {
        Err(ScanError::Number { data: data.to_owned() })
    }
}
