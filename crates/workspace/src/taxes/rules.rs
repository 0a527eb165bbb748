//! Which lines are not taxed at the usual rate.

use serde_json::json;
use tallyport_ledger::tax::{TaxRule, TaxedLines};
use tallyport_ledger::{IssueInvoices, ReadInvoices};

use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// So many rules there may be.
const MOST: usize = 100;

/// The rules, in the order in which they are asked.
///
/// # Errors
/// The workspace file's.
pub async fn rules(
    cx: &Context,
    _by: &Grant<ReadInvoices>,
) -> Result<Vec<TaxRule>, WorkspaceError> {
    cx.store.read(|r| Ok(r.tax_rules()?)).await
}

/// Sets the rules in place of those before; they count from the next draft on.
///
/// # Errors
/// [`WorkspaceError::Invalid`] for a hundred and more.
pub async fn set_rules(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    rules: Vec<TaxRule>,
) -> Result<Vec<TaxRule>, WorkspaceError> {
    if rules.len() > MOST {
        let reason = format!("{MOST} rules at most have room");
        return Err(WorkspaceError::invalid("rules", reason));
    }
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let before = w.tax_rules()?;
            if before != rules {
                w.put_tax_rules(&rules)?;
                let details = json!({ "before": told(&before), "after": told(&rules) });
                trail.keep(w, "tax-rules.changed", "", &details)?;
            }
            Ok(rules)
        })
        .await
}

fn told(rules: &[TaxRule]) -> serde_json::Value {
    let rule = |rule: &TaxRule| {
        let (service, kind) = match rule.lines() {
            TaxedLines::Service(pattern) => (Some(pattern.as_str()), None),
            TaxedLines::Kind(kind) => (None, Some(kind.word())),
        };
        let said = rule.said();
        json!({
            "service": service, "kind": kind, "category": said.category.word(), "reason": said.reason,
        })
    };
    rules.iter().map(rule).collect()
}
