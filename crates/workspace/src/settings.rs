//! What the workspace is set to: who bills, at which tax, in which zone.

use jiff::tz::TimeZone;
use serde_json::json;
use tallyport_ledger::{AdministerWorkspace, InvoiceNumber, ViewCosts};
use tallyport_store::{Settings, Workspace};

use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError, parties};

/// What the workspace is.
///
/// # Errors
/// The workspace file's.
pub async fn workspace(cx: &Context) -> Result<Workspace, WorkspaceError> {
    cx.store.read(|r| Ok(r.workspace()?)).await
}

/// What it is set to.
///
/// # Errors
/// The workspace file's.
pub async fn read(cx: &Context, _by: &Grant<ViewCosts>) -> Result<Settings, WorkspaceError> {
    cx.store.read(|r| Ok(r.settings()?)).await
}

/// Sets it. Invoices that are issued stay as they are.
///
/// # Errors
/// [`WorkspaceError::Invalid`] names the field.
pub async fn change(
    cx: &Context,
    by: &Grant<AdministerWorkspace>,
    ask: Settings,
) -> Result<Settings, WorkspaceError> {
    check(&ask)?;
    let ask = Settings {
        seller: parties::checked(ask.seller)?,
        ..ask
    };
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let before = w.settings()?;
            if before == ask {
                return Ok(ask);
            }
            w.set_settings(&ask)?;
            let details = json!({ "before": told(&before), "after": told(&ask) });
            trail.keep(w, "settings.changed", ask.name.as_str(), &details)?;
            Ok(ask)
        })
        .await
}

fn check(ask: &Settings) -> Result<(), WorkspaceError> {
    TimeZone::get(&ask.zone).map_err(|_| {
        WorkspaceError::invalid(
            "zone",
            "this zone is not known: a name such as Europe/Berlin or UTC is expected",
        )
    })?;
    InvoiceNumber::new(&ask.invoice_series, 1)
        .map_err(|error| WorkspaceError::invalid("invoice_series", error))?;
    InvoiceNumber::new(&ask.credit_note_series, 1)
        .map_err(|error| WorkspaceError::invalid("credit_note_series", error))?;
    if ask.credit_note_series == ask.invoice_series {
        return Err(WorkspaceError::invalid(
            "credit_note_series",
            "credit notes have a series of their own",
        ));
    }
    if ask.payment_days > 365 {
        return Err(WorkspaceError::invalid(
            "payment_days",
            "an invoice is due within 365 days",
        ));
    }
    if !(32..=1_048_576).contains(&ask.import_memory_mib) {
        return Err(WorkspaceError::invalid(
            "import_memory_mib",
            "between 32 and 1048576 MiB",
        ));
    }
    if ask.anomaly_alert_from > 1_000_000_000 {
        return Err(WorkspaceError::invalid(
            "anomaly_alert_from",
            "between 0 and 1000000000 units of a bill's currency",
        ));
    }
    Ok(())
}

fn told(settings: &Settings) -> serde_json::Value {
    let Settings {
        name,
        zone,
        seller,
        tax_rate,
        payment_days,
        invoice_series,
        credit_note_series,
        four_eyes,
        invoice_metric,
        import_memory_mib,
        anomaly_alert_from,
    } = settings;
    json!({
        "name": name.as_str(),
        "zone": zone,
        "seller": parties::told(seller),
        "tax_rate_ppm": tax_rate.parts_per_million(),
        "payment_days": payment_days,
        "invoice_series": invoice_series,
        "credit_note_series": credit_note_series,
        "four_eyes": four_eyes,
        "invoice_metric": invoice_metric.word(),
        "import_memory_mib": import_memory_mib,
        "anomaly_alert_from": anomaly_alert_from,
    })
}
