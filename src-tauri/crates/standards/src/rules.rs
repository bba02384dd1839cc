//! Which fields may and must stand together on one physical item, over all its symbols.
//! Knows pairs only; each field's own format was proven when it was built.

use thiserror::Error;

use crate::{
    ai::matches_pattern,
    element::{Element, ElementString},
};

/// A rule of association that the fields of one item break.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PairError {
    /// The same identifier with two values.
    #[error("({code}) stands twice on this item, with {first} and with {second}")]
    Differs {
        /// The identifier.
        code: String,
        /// Its first value.
        first: String,
        /// Its other value.
        second: String,
    },
    /// Two identifiers that exclude each other.
    #[error("({code}) may not stand with ({other}) on the same item")]
    Forbidden {
        /// The identifier whose rule it is.
        code: String,
        /// The one it excludes.
        other: String,
    },
    /// An identifier whose companion is missing.
    #[error("({code}) needs {needs} on the same item")]
    Missing {
        /// The identifier whose rule it is.
        code: String,
        /// The choices, e.g. `00+02 or 00+8026`.
        needs: String,
    },
    /// A digital signature on something that has no serial number.
    #[error("({code}) needs its serial number when it is signed by (8030)")]
    SignatureSerial {
        /// The identifier that came without a serial.
        code: String,
    },
}

/// Proves all rules over the symbols that one item carries: (37) on one symbol may lean on (00)
/// on another of the same carton.
pub fn check_pairs(symbols: &[&ElementString]) -> Result<(), PairError> {
    let all: Vec<&Element> = symbols.iter().flat_map(|s| s.elements()).collect();
    check_repeats(&all)?;
    check_exclusions(&all)?;
    check_requisites(&all)?;
    check_signature_serial(&all)
}

pub(crate) fn check_repeats(all: &[&Element]) -> Result<(), PairError> {
    for (at, element) in all.iter().enumerate() {
        let other = all[..at].iter().find(|o| o.code() == element.code() && o != &element);
        if let Some(other) = other {
            return Err(PairError::Differs {
                code: element.code().to_owned(),
                first: other.value().to_owned(),
                second: element.value().to_owned(),
            });
        }
    }
    Ok(())
}

pub(crate) fn check_exclusions(all: &[&Element]) -> Result<(), PairError> {
    for element in all {
        let other = all.iter().find(|other| {
            other.code() != element.code()
                && element.identifier().forbids.iter().any(|p| matches_pattern(p, other.code()))
        });
        if let Some(other) = other {
            return Err(PairError::Forbidden {
                code: element.code().to_owned(),
                other: other.code().to_owned(),
            });
        }
    }
    Ok(())
}

pub(crate) fn check_requisites(all: &[&Element]) -> Result<(), PairError> {
    let present = |pattern: &str| all.iter().any(|e| matches_pattern(pattern, e.code()));
    for element in all {
        let missing = element
            .identifier()
            .needs
            .iter()
            .find(|choice| !choice.iter().any(|group| group.iter().all(|p| present(p))));
        if let Some(choice) = missing {
            let groups: Vec<String> = choice.iter().map(|group| group.join("+")).collect();
            return Err(PairError::Missing {
                code: element.code().to_owned(),
                needs: groups.join(" or "),
            });
        }
    }
    Ok(())
}

/// GDTI, GCN and GRAI name a kind unless their optional serial is there; a signature needs it.
pub(crate) fn check_signature_serial(all: &[&Element]) -> Result<(), PairError> {
    if !all.iter().any(|e| e.code() == "8030") {
        return Ok(());
    }
    let kind_only = |e: &&&Element| match e.code() {
        "253" | "255" => e.value().len() <= 13,
        "8003" => e.value().len() <= 14,
        _ => false,
    };
    match all.iter().find(kind_only) {
        Some(e) => Err(PairError::SignatureSerial { code: e.code().to_owned() }),
        None => Ok(()),
    }
}
