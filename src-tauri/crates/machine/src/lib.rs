//! What the window and the command line find on this computer: the folder of what belongs to no
//! workspace, and the keyring of the person who is logged in.
//!
//! Knows where each system keeps both, so that either program finds what the other has kept. Refuses
//! to read or write any file.

mod folder;
mod keyring;

pub use folder::{DATA_DIR_VARIABLE, data_dir, data_dir_override};
pub use keyring::SystemKeyring;
