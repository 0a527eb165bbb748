//! What became of the periods of a load, as a job's result keeps it.

use serde_json::{Value, json};
use tallyport_store::{ClientId, LoadedPeriod, Outcome};

/// The periods, for screens and programs; amounts are decimal texts.
pub(crate) fn results(loaded: &[LoadedPeriod], client_name: &dyn Fn(ClientId) -> String) -> Value {
    loaded
        .iter()
        .map(|period| result(period, client_name(period.client)))
        .collect()
}

fn result(period: &LoadedPeriod, client: String) -> Value {
    let (outcome, replaced) = match period.outcome {
        Outcome::New => ("new", None),
        Outcome::Replaced(version) => ("replaced", Some(version)),
        Outcome::Added => ("added", None),
        Outcome::Unchanged => ("unchanged", None),
    };
    let totals: Vec<Value> = period
        .totals
        .iter()
        .map(|total| {
            json!({
                "currency": total.billed.currency().code(),
                "billed": total.billed.to_decimal(2),
                "effective": total.effective.to_decimal(2),
            })
        })
        .collect();
    json!({
        "client": client,
        "billing_account": period.billing_account.as_str(),
        "period": period.period.to_string(),
        "outcome": outcome,
        "version": period.version,
        "replaced_version": replaced,
        "counts": period.counts,
        "charges": period.charges,
        "totals": totals,
    })
}
