//! What made ledger and Cost Explorer differ, in sentences.

use tallyport_ledger::{Cause, CauseKind, Currency, DifferenceClass, Money, causes};
use tallyport_store::Reads;

use super::figures::Observed;
use super::{Compared, FigureSource, Sides};
use crate::WorkspaceError;

/// Something that was found to be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind, for programs: `missing_file`, `missing_account`, `split_cost_doubled`,
    /// `discount_doubled`, `invoice_tax`, `too_much` or `elsewhere`.
    pub kind: &'static str,
    /// A sentence.
    pub text: String,
    /// What the ledger has too much, or too little.
    pub amount: Option<Money>,
}

/// The kind of what split cost repeats.
pub(super) const SPLIT_COST_DOUBLED: &str = CauseKind::SplitCostDoubled.word();

/// Accounts, days and files that a sentence names.
const NAMED: usize = 5;

pub(super) fn findings(
    r: &Reads<'_>,
    sides: &Sides<'_>,
    currency: Currency,
    explorer: &Observed<'_>,
    differences: &[Compared],
) -> Result<Vec<Finding>, WorkspaceError> {
    let mut found = Vec::new();
    let between = |to| differences.iter().find(|compared| compared.to == to);
    if let (Observed::Found(_, month), Some(compared)) =
        (explorer, between(FigureSource::CostExplorer))
        && !compared.difference.agrees()
    {
        let account = &sides.account.billing_account;
        let ours = r.ledger_detail(account, sides.month, currency)?;
        // Every charge is looked at only where there is something to find.
        let suspects = r.suspects(account, sides.month, currency)?;
        for cause in causes(&ours, &month.detail, &suspects) {
            found.push(Finding {
                kind: cause.kind.word(),
                text: sentence(sides, &cause, currency),
                amount: Some(Money::from_nanos(cause.amount, currency)),
            });
        }
    }
    let tax = |to| {
        let parts = between(to).map(|compared| compared.difference.parts.iter());
        parts.and_then(|mut parts| parts.find(|(class, _)| *class == DifferenceClass::Tax))
    };
    // Tax that Cost Explorer has as well is missing here, not wrong there.
    if let (Some((_, amount)), None) = (tax(FigureSource::Invoice), tax(FigureSource::CostExplorer))
    {
        found.push(Finding {
            kind: "invoice_tax",
            text: format!(
                "The tax on AWS's invoices is {amount} from the tax of the charges: ask AWS for the \
                 tax invoice, or correct the tax settings of the account."
            ),
            amount: Some(*amount),
        });
    }
    Ok(found)
}

fn sentence(sides: &Sides<'_>, cause: &Cause, currency: Currency) -> String {
    let size = Money::from_nanos(cause.amount.abs(), currency);
    let label = cause.label.as_deref().unwrap_or_default();
    let accounts = listed(cause.accounts.iter().map(String::as_str), "account");
    let days: Vec<String> = cause.days.iter().map(ToString::to_string).collect();
    let days = match days.as_slice() {
        [first, .., last] if days.len() > NAMED => {
            format!("{} days from {first} to {last}", days.len())
        }
        _ => listed(days.iter().map(String::as_str), "day"),
    };
    match cause.kind {
        CauseKind::MissingAccount => format!(
            "{size} of {accounts} is missing: the export has nothing of it. Look whether it \
             belongs to this payer's export."
        ),
        CauseKind::MissingFile => format!(
            "Charges of {size} are missing, in {accounts}, on {days}: a file of the bill was not \
             delivered or not loaded.{}",
            files(sides)
        ),
        CauseKind::SplitCostDoubled => format!(
            "{size} is counted twice: {label} repeats what its instances cost. Leave the \
             operations EKSPod-EC2 and ECSTask-EC2 out."
        ),
        CauseKind::DiscountDoubled => {
            format!("A discount is counted twice: {label} lowers the bill by {size} too much.")
        }
        CauseKind::TooMuch => format!(
            "The ledger has {size} that Cost Explorer does not have, in {accounts}, on {days}."
        ),
        CauseKind::Elsewhere => format!(
            "Some charges are too high and some too low, {size} in all, in {accounts}, on {days}."
        ),
    }
}

/// The files that were loaded, so that the missing one is seen.
fn files(sides: &Sides<'_>) -> String {
    let names: Vec<&str> = sides
        .versions
        .iter()
        .filter(|version| version.counts)
        .flat_map(|version| &version.files)
        .map(|file| file.name.as_str())
        .collect();
    if names.is_empty() {
        return String::new();
    }
    format!(" Loaded were {}.", listed(names.into_iter(), "file"))
}

fn listed<'a>(names: impl Iterator<Item = &'a str>, what: &str) -> String {
    let names: Vec<&str> = names.collect();
    match names.as_slice() {
        [] => format!("no {what}"),
        [one] => format!("{what} {one}"),
        many if many.len() <= NAMED => format!("{what}s {}", many.join(", ")),
        many => format!("{} {what}s", many.len()),
    }
}
