//! Compiles the program anew when the interface it carries was built anew: the names of its files
//! change with their content, and the compiler watches only files that it knows.

use std::fs;

fn main() -> std::io::Result<()> {
    // Where the folder is missing, its place could not be resolved when the program looks for it.
    fs::create_dir_all("../../ui/dist")?;
    println!("cargo::rerun-if-changed=../../ui/dist");
    Ok(())
}
