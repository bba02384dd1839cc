//! Profiles remembered per kind and heads of a file, as settings of this desk.

use documents::sheet::{Kind, Layout, Profile, normal_head};
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};

use crate::{
    Error,
    importing::{fields::ImportKind, table::digest},
};

/// A profile with when it was used last.
#[derive(Serialize, Deserialize)]
pub(super) struct Remembered {
    /// Milliseconds since 1970.
    pub(super) used_at: i64,
    /// What the user calls it.
    pub(super) name: String,
    /// The profile.
    pub(super) profile: Profile,
}

/// Under which name a profile is kept: alike for files of the same heads in any order.
fn key(kind: Kind, layout: &Layout) -> String {
    let mut heads: Vec<String> =
        layout.fixed_heads().iter().map(|head| normal_head(head)).collect();
    heads.sort_unstable();
    heads.dedup();
    let hash = digest(heads.join("\u{1f}").as_bytes());
    format!("import.profile.{}.{hash}", ImportKind::from(kind).word())
}

/// The profiles that files with these heads were imported by, the one used last at the end. What
/// a later program kept and this one cannot read is as good as forgotten.
pub(super) fn recall(reader: &Reader, layout: &Layout) -> Result<Vec<Remembered>, Error> {
    let mut found: Vec<Remembered> = Vec::new();
    for kind in Kind::ALL {
        let kept = reader.setting(&key(kind, layout))?;
        found.extend(kept.and_then(|text| serde_json::from_str(&text).ok()));
    }
    found.sort_by_key(|one| one.used_at);
    Ok(found)
}

/// Remembers the profile that a file was imported by.
pub(super) fn remember(
    writer: &mut Writer,
    layout: &Layout,
    remembered: &Remembered,
) -> Result<(), Error> {
    let text = serde_json::to_string(remembered).expect("a profile is plain data");
    Ok(writer.remember(&key(remembered.profile.kind, layout), &text)?)
}
