//! Draws documents of every kind into a folder, to be looked at.
//!
//! `cargo run -p tallyport-documents --example gallery -- DIRECTORY`
#![expect(clippy::unwrap_used, reason = "helpers of tests")]
#![expect(clippy::print_stdout, reason = "an example that reports")]

#[path = "../tests/gallery/mod.rs"]
mod gallery;

use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let directory = std::env::args()
        .nth(1)
        .map_or_else(|| PathBuf::from("."), PathBuf::from);
    std::fs::create_dir_all(&directory)?;
    for (name, document) in gallery::all() {
        let document = document?;
        println!("{name}: {} bytes", document.len());
        std::fs::write(directory.join(format!("{name}.pdf")), document)?;
    }
    Ok(())
}
