//! The ledger as a file for other programs.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressDrawTarget};
use serde_json::json;

use crate::arguments::{Export, ExportFormat};
use crate::commands::costs::{narrowed, within};
use crate::door::{Address, Door};
use crate::failure::Failure;

impl ExportFormat {
    const fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }
}

/// A file that is written aside; what is left of it goes when this does.
struct Aside(PathBuf);

impl Drop for Aside {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// `tally export`.
pub async fn export(door: &Door, ask: Export) -> Result<(), Failure> {
    let Export::Focus {
        when,
        out,
        format,
        as_of,
        filters,
    } = ask;
    let format = format.unwrap_or_else(|| by_name(&out));
    let address = Address::new("exports/focus")
        .with("format", Some(format.word()))
        .with("as_of", as_of.as_deref());
    let address = narrowed(within(address, &when), &filters);
    let mut name = OsString::from(".");
    name.push(out.file_name().unwrap_or_default());
    name.push(".part");
    let aside = Aside(out.with_file_name(name));
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10));
    bar.set_prefix("Exporting");
    let saving = door.save(address, &aside.0, |bytes| {
        bar.set_message(format!("{} MB", bytes / 1_000_000));
        bar.tick();
    });
    let saved = tokio::select! {
        saved = saving => saved?,
        pressed = tokio::signal::ctrl_c() => {
            bar.finish_and_clear();
            drop(pressed);
            return Err(Failure::cancelled());
        }
    };
    bar.finish_and_clear();
    // Written down before it takes the place of what was there.
    std::fs::File::open(&aside.0)
        .and_then(|file| file.sync_all())
        .and_then(|()| std::fs::rename(&aside.0, &out))
        .map_err(|error| Failure::file(&out, &error))?;
    if door.json {
        crate::say::answer(&json!({
            "file": out,
            "format": format.word(),
            "charges": saved.charges,
            "bytes": saved.bytes,
        }));
    } else {
        crate::say::line(&format!(
            "{}: {} charges, {} bytes",
            out.display(),
            saved.charges,
            saved.bytes
        ));
    }
    Ok(())
}

/// What a file's name says that it is.
fn by_name(out: &Path) -> ExportFormat {
    let parquet = out
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("parquet"));
    if parquet {
        ExportFormat::Parquet
    } else {
        ExportFormat::Csv
    }
}
