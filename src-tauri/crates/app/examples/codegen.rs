//! Prints the TypeScript contract; `cargo xtask codegen` writes it to ui/src/contract.ts.

use std::io::Write;

fn main() -> std::io::Result<()> {
    std::io::stdout().write_all(app::contract().as_bytes())
}
