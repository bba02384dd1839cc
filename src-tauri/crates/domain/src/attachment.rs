//! Attachments (附件): files that belong to a document, kept beside the workspace by their SHA-256.
//!
//! Knows which file belongs to what. Refuses to know the file's bytes.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{DocKind, Refusal, ids::derived};

/// What a file is attached to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AttachedTo {
    /// A kind of document.
    pub kind: DocKind,
    /// Which one.
    pub id: Uuid,
}

/// A file, as people know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its name, without a folder.
    pub name: String,
    /// SHA-256 of its bytes, in hex; also what the file is called beside the workspace.
    pub sha256: String,
    /// How many bytes.
    pub bytes: i64,
    /// Taken off again.
    #[serde(default)]
    pub removed: bool,
    /// Whether it may show money, such as a signed contract: only for those who see money.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub money: bool,
}

impl AttachedTo {
    /// Whether papers of such a document commonly show money.
    pub fn is_about_money(&self) -> bool {
        matches!(
            self.kind,
            DocKind::Order
                | DocKind::Partner
                | DocKind::Offer
                | DocKind::Invoice
                | DocKind::Bill
                | DocKind::Statement
        )
    }
}

impl Attachment {
    /// The same file on the same document is one attachment, on every desk.
    pub fn id(&self, to: AttachedTo) -> Uuid {
        derived(to.id, &format!("file/{}/{}", self.sha256, self.name))
    }

    /// Refuses a name that is none, or one with a folder in it.
    pub fn check(&self) -> Result<(), Refusal> {
        let name = self.name.trim();
        if name.is_empty() || name.contains(['/', '\\']) || name == ".." {
            return Err(Refusal::NameMissing { code: self.name.clone() });
        }
        Ok(())
    }
}
