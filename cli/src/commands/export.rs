//! The ledger and every table as files.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressDrawTarget};
use serde_json::json;
use tallyport_api::Saved;

use crate::arguments::{Export, ExportFocus, ExportTable, FocusFormat, Separator, TableFormat};
use crate::commands::costs::{narrowed, within};
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::table::{Rows, text};

impl FocusFormat {
    const fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }

    /// What a file's name says that it is.
    fn by_name(out: &Path) -> Self {
        if ends_in(out, "parquet") {
            Self::Parquet
        } else {
            Self::Csv
        }
    }
}

impl TableFormat {
    const fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Pdf => "pdf",
        }
    }

    fn by_name(out: &Path) -> Self {
        if ends_in(out, "xlsx") {
            Self::Xlsx
        } else if ends_in(out, "pdf") {
            Self::Pdf
        } else {
            Self::Csv
        }
    }
}

impl Separator {
    const fn word(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Tab => "tab",
        }
    }
}

fn ends_in(out: &Path, end: &str) -> bool {
    out.extension()
        .is_some_and(|found| found.eq_ignore_ascii_case(end))
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
    match ask.focus {
        Some(focus) => export_focus(door, focus).await,
        None => match (ask.table.table.clone(), ask.table.out.clone()) {
            (Some(table), Some(out)) => export_table(door, &table, &out, ask.table).await,
            _ => list(door).await,
        },
    }
}

async fn export_focus(door: &Door, ask: ExportFocus) -> Result<(), Failure> {
    let ExportFocus::Focus {
        when,
        out,
        format,
        as_of,
        filters,
    } = ask;
    let format = format.unwrap_or_else(|| FocusFormat::by_name(&out));
    let address = Address::new("exports/focus")
        .with("format", Some(format.word()))
        .with("as_of", as_of.as_deref());
    let address = narrowed(within(address, &when), &filters);
    let saved = save(door, address, &out).await?;
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

async fn export_table(
    door: &Door,
    table: &str,
    out: &Path,
    ask: ExportTable,
) -> Result<(), Failure> {
    let ExportTable {
        table: _,
        out: _,
        format,
        separator,
        decimal_comma,
        bom,
        month,
        from,
        to,
        by,
        interval,
        as_of,
        with,
        filters,
    } = ask;
    let known = door.get(Address::new("exports/tables")).await?;
    if !rows(&known, "tables")
        .iter()
        .any(|one| one["name"] == table)
    {
        return Err(
            Failure::not_found(format!("There is no table called \"{table}\" to export."))
                .hint("`tally export` lists all."),
        );
    }
    let format = format.unwrap_or_else(|| TableFormat::by_name(out));
    let mut address = Address::new(&format!("exports/tables/{table}"))
        .with("format", Some(format.word()))
        .with("separator", separator.map(Separator::word))
        .with("decimal", decimal_comma.then_some("comma"))
        .with("bom", bom.then_some("true"))
        .with("month", month.as_deref())
        .with("from", from.as_deref())
        .with("to", to.as_deref())
        .with("by", by.as_deref())
        .with("interval", interval.as_deref())
        .with("as_of", as_of.as_deref());
    for pair in &with {
        let (name, value) = pair.split_once('=').ok_or_else(|| {
            Failure::usage(format!("\"{pair}\" is not written NAME=VALUE (--with)."))
        })?;
        address = address.with(name, Some(value));
    }
    let saved = save(door, narrowed(address, &filters), out).await?;
    if door.json {
        crate::say::answer(&json!({
            "file": out,
            "table": table,
            "format": format.word(),
            "bytes": saved.bytes,
        }));
    } else {
        crate::say::line(&format!("{}: {} bytes", out.display(), saved.bytes));
    }
    Ok(())
}

/// The tables that there are.
async fn list(door: &Door) -> Result<(), Failure> {
    let answer = door.get(Address::new("exports/tables")).await?;
    if door.json {
        crate::say::answer(&answer);
        return Ok(());
    }
    let mut table = Rows::new(&["Table", "What"]);
    for one in rows(&answer, "tables") {
        table.row([text(&one["name"]), text(&one["title"])]);
    }
    table.say();
    Ok(())
}

/// Downloads aside, and moves the whole file into its place.
pub(super) async fn save(door: &Door, address: Address, out: &Path) -> Result<Saved, Failure> {
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
        .and_then(|()| std::fs::rename(&aside.0, out))
        .map_err(|error| Failure::file(out, &error))?;
    Ok(saved)
}
