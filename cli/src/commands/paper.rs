//! Documents on paper: reports, and how all documents look.

use http::Method;
use serde_json::{Value, json};

use crate::arguments::{Letterhead, Report, ReportName};
use crate::commands::invoices::written;
use crate::door::{Address, Door};
use crate::failure::Failure;

const LETTERHEAD: &str = "/api/v1/settings/letterhead";
const LOGO: &str = "/api/v1/settings/letterhead/logo";

impl ReportName {
    const fn word(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::CostsByPerson => "costs-by-person",
            Self::Budgets => "budgets",
            Self::Savings => "savings",
        }
    }
}

/// `tally report`.
pub async fn report(door: &Door, ask: Report) -> Result<(), Failure> {
    let Report {
        name,
        month,
        language,
        out,
    } = ask;
    let address = Address::new(&format!("reports/{}", name.word()))
        .with("month", month.as_deref())
        .with("language", language.as_deref());
    let bytes = door.bytes(address).await?;
    written(&bytes, &out)?;
    if door.json {
        crate::say::answer(&json!({ "file": out, "bytes": bytes.len() }));
    } else {
        crate::say::line(&format!("{}: {} bytes", out.display(), bytes.len()));
    }
    Ok(())
}

/// `tally letterhead`.
pub async fn letterhead(door: &Door, ask: Letterhead) -> Result<(), Failure> {
    let mut found = door.get(LETTERHEAD).await?;
    if let Letterhead::Set {
        language,
        paper,
        brand,
        logo,
        no_logo,
    } = ask
    {
        let brand = match brand.as_deref() {
            None => found["brand"].clone(),
            Some("none") => Value::Null,
            Some(colour) => Value::from(colour),
        };
        let wanted = json!({
            "language": language.map_or_else(|| found["language"].clone(), Value::from),
            "paper": paper.map_or_else(|| found["paper"].clone(), Value::from),
            "brand": brand,
        });
        found = door.ask(Method::PUT, LETTERHEAD, Some(wanted)).await?;
        if let Some(file) = logo {
            let bytes = std::fs::read(&file).map_err(|error| Failure::file(&file, &error))?;
            found = door
                .hand(Method::PUT, LOGO, "application/octet-stream", bytes)
                .await?;
        } else if no_logo {
            found = door.ask(Method::DELETE, LOGO, None).await?;
        }
    }
    if door.json {
        crate::say::answer(&found);
        return Ok(());
    }
    for (label, field) in [
        ("language", "language"),
        ("paper", "paper"),
        ("colour", "brand"),
        ("logo", "logo"),
    ] {
        let value = found[field].as_str().unwrap_or("none");
        crate::say::line(&format!("{label:<9} {value}"));
    }
    Ok(())
}
