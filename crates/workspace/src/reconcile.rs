//! Why is this not my bill? A month's ledger beside its export, Cost Explorer and AWS's invoices: each
//! difference named, or shown as unexplained.

mod figures;
mod findings;
mod run;
mod settle;

use std::collections::BTreeSet;

use tallyport_ledger::{
    BillingPeriod, Currency, Difference, DifferenceClass, Money, ObservedTotal, PeriodStatus,
    SourceKind, ViewCosts, explain,
};
use tallyport_store::{
    ClientId, LedgerAccount, LedgerMonth, Observation, ObservedSource, PeriodVersion, Reads,
    VersionQuery,
};

use crate::{Context, Grant, WorkspaceError};
use figures::{Observed, explorer_figure, explorer_total, invoice_figure, invoice_total};
use findings::{SPLIT_COST_DOUBLED, findings};

pub use figures::{Figure, FigureSource};
pub use findings::Finding;
pub(crate) use run::within_cap;
pub use run::{ReconcilePlan, plan, reconcile};

/// A month's totals, by billing account and currency.
#[derive(Debug, Clone, PartialEq)]
pub struct Reconciliation {
    /// The month.
    pub month: BillingPeriod,
    /// One an account and currency.
    pub accounts: Vec<Reconciled>,
}

/// One billing account's month in one currency.
#[derive(Debug, Clone, PartialEq)]
pub struct Reconciled {
    /// The client.
    pub client: (ClientId, String),
    /// The payer.
    pub billing_account: String,
    /// The currency.
    pub currency: Currency,
    /// What each source says: ledger, export, Cost Explorer, invoice.
    pub figures: Vec<Figure>,
    /// What lies between the ledger and each of the others.
    pub differences: Vec<Compared>,
    /// What made them, as far as it was found.
    pub findings: Vec<Finding>,
    /// How it stands.
    pub state: ReconciledState,
}

/// How a month stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReconciledState {
    /// All say the same, but for rounding.
    Agrees,
    /// Every difference has a name.
    Explained,
    /// Some difference has none.
    Unexplained,
    /// Cost Explorer has not been asked.
    Incomplete,
}

/// What lies between two figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// From the ledger,
    pub from: FigureSource,
    /// to this.
    pub to: FigureSource,
    /// How much, and what it is made of.
    pub difference: Difference,
}

impl ReconciledState {
    /// Its word on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Explained => "explained",
            Self::Unexplained => "unexplained",
            Self::Incomplete => "incomplete",
        }
    }
}

impl Compared {
    /// What a part of the difference is, in a sentence.
    #[must_use]
    pub fn text(&self, class: DifferenceClass, amount: Money) -> String {
        let other = capital(self.to.name());
        let more = amount.nanos() > 0;
        let size = Money::from_nanos(amount.nanos().abs(), amount.currency());
        let direction = if more { "more" } else { "less" };
        match class {
            DifferenceClass::Tax => format!("{other} has {size} {direction} of tax."),
            DifferenceClass::Support => format!(
                "{other} has {size} {direction} of support fees, which are billed days after the rest."
            ),
            DifferenceClass::Credit => format!("{other} has {amount} of credits beside."),
            DifferenceClass::Refund => format!("{other} has {amount} of refunds beside."),
            DifferenceClass::ExcludedOperation => format!(
                "{other} has {size} {direction} of operations that repeat the cost of others."
            ),
            DifferenceClass::Rounding => format!("{size} is rounding."),
            DifferenceClass::NotFinal => format!(
                "{other} has {size} {direction}, and the month is not final: both may still change."
            ),
            DifferenceClass::Unexplained => {
                format!("{other} has {size} {direction}, and no known reason accounts for it.")
            }
        }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// The month's totals and what lies between them, as last asked. Nothing is asked of AWS.
///
/// # Errors
/// An unknown client.
pub async fn show(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    month: BillingPeriod,
    client: Option<String>,
) -> Result<Reconciliation, WorkspaceError> {
    cx.store
        .read(move |r| {
            let client = client.map(|name| r.client_named(&name)).transpose()?;
            compared(r, month, client)
        })
        .await
}

pub(crate) fn compared(
    r: &Reads<'_>,
    month: BillingPeriod,
    client: Option<ClientId>,
) -> Result<Reconciliation, WorkspaceError> {
    let versions = r.versions(VersionQuery {
        client,
        days: Some(month.days()),
        counting_only: false,
    })?;
    let mut accounts = Vec::new();
    for account in r.accounts_of(month, client)? {
        let key = account.billing_account.as_str();
        let current =
            |version: &&PeriodVersion| version.current && version.billing_account.0 == key;
        let sides = Sides {
            versions: versions.iter().filter(current).collect(),
            ledger: r.ledger_month(&account.billing_account, month)?,
            observations: r.observations(&account.billing_account, month)?,
            account,
            month,
        };
        for currency in sides.currencies() {
            accounts.push(sides.reconciled(r, currency)?);
        }
    }
    Ok(Reconciliation { month, accounts })
}

/// How a month of a client stands.
pub(crate) struct Standing {
    pub client: String,
    pub month: BillingPeriod,
    pub state: ReconciledState,
    /// What is counted twice, in a sentence: it has a name, and is wrong all the same.
    pub doubled: Option<String>,
}

/// How months stand, one a client and month.
pub(crate) fn states(
    r: &Reads<'_>,
    months: &[BillingPeriod],
) -> Result<Vec<Standing>, WorkspaceError> {
    let mut states = Vec::new();
    for month in months {
        for account in compared(r, *month, None)?.accounts {
            let mut findings = account.findings.into_iter();
            let doubled = findings.find(|finding| finding.kind == SPLIT_COST_DOUBLED);
            states.push(Standing {
                client: account.client.1,
                month: *month,
                state: account.state,
                doubled: doubled.map(|finding| finding.text),
            });
        }
    }
    Ok(states)
}

/// All that is known of one account's month.
pub(crate) struct Sides<'a> {
    account: LedgerAccount,
    month: BillingPeriod,
    versions: Vec<&'a PeriodVersion>,
    ledger: Vec<LedgerMonth>,
    observations: Vec<Observation>,
}

impl Sides<'_> {
    fn currencies(&self) -> BTreeSet<Currency> {
        let ledger = self.ledger.iter().map(|month| month.total.currency());
        let others = self.observations.iter().flat_map(|seen| &seen.found);
        ledger.chain(others.map(|m| m.total.currency())).collect()
    }

    fn observed(&self, source: ObservedSource, currency: Currency) -> Observed<'_> {
        let Some(seen) = self.observations.iter().find(|seen| seen.source == source) else {
            return Observed::NotAsked;
        };
        let found = &mut seen.found.iter();
        match found.find(|month| month.total.currency() == currency) {
            Some(month) => Observed::Found(seen.observed_at, month),
            None => Observed::Nothing(seen.observed_at),
        }
    }

    fn reconciled(&self, r: &Reads<'_>, currency: Currency) -> Result<Reconciled, WorkspaceError> {
        let ledger = self.ledger_total(currency);
        let export = self.export_total(currency)?;
        let explorer = self.observed(ObservedSource::CostExplorer, currency);
        let invoice = self.observed(ObservedSource::Invoices, currency);
        let sides = [
            (FigureSource::Export, export.clone()),
            (FigureSource::CostExplorer, explorer_total(&explorer)),
            (
                FigureSource::Invoice,
                invoice_total(&invoice, self.rounded_lines(currency)),
            ),
        ];
        let mut differences = differences(ledger.as_ref(), &sides, None)?;
        let findings = findings(r, self, currency, &explorer, &differences)?;
        // Neither AWS's totals nor its invoices have what split cost repeats: that has a name.
        let mut repeated = findings.iter().filter(|one| one.kind == SPLIT_COST_DOUBLED);
        if let Some(amount) = repeated.next().and_then(|finding| finding.amount) {
            differences = self::differences(ledger.as_ref(), &sides, Some(amount))?;
        }
        Ok(Reconciled {
            client: self.account.client.clone(),
            billing_account: self.account.billing_account.to_string(),
            currency,
            figures: vec![
                self.ledger_figure(ledger.as_ref()),
                self.export_figure(export.as_ref()),
                explorer_figure(&explorer),
                invoice_figure(&invoice),
            ],
            state: state(&explorer, ledger.is_some(), &differences),
            differences,
            findings,
        })
    }

    fn settled<'v>(versions: impl IntoIterator<Item = &'v &'v PeriodVersion>) -> bool {
        let settled = [PeriodStatus::Final, PeriodStatus::Corrected];
        versions
            .into_iter()
            .all(|version| settled.contains(&version.status))
    }

    fn ledger_total(&self, currency: Currency) -> Option<ObservedTotal> {
        let month = self
            .ledger
            .iter()
            .find(|m| m.total.currency() == currency)?;
        let counting = self.versions.iter().filter(|version| version.counts);
        Some(ObservedTotal {
            told_apart: month.told_apart.clone(),
            ..ObservedTotal::plain(month.total, Self::settled(counting))
        })
    }

    fn exports(&self) -> impl Iterator<Item = &&PeriodVersion> {
        let files = |version: &&&PeriodVersion| version.source != SourceKind::CostExplorer;
        self.versions.iter().filter(files)
    }

    fn export_total(&self, currency: Currency) -> Result<Option<ObservedTotal>, WorkspaceError> {
        let totals: Vec<Money> = self
            .exports()
            .flat_map(|version| &version.totals)
            .filter(|total| total.billed.currency() == currency)
            .map(|total| total.billed)
            .collect();
        if totals.is_empty() {
            return Ok(None);
        }
        let total = Money::sum(&totals, currency)?;
        Ok(Some(ObservedTotal::plain(
            total,
            Self::settled(self.exports()),
        )))
    }

    fn rounded_lines(&self, currency: Currency) -> u32 {
        let month = self.ledger.iter().find(|m| m.total.currency() == currency);
        month.map_or(1, |month| month.rounded_lines.max(1))
    }
}

/// What lies between the ledger and each of the others, of which AWS's leave `repeated` out.
fn differences(
    ledger: Option<&ObservedTotal>,
    sides: &[(FigureSource, Option<ObservedTotal>)],
    repeated: Option<Money>,
) -> Result<Vec<Compared>, WorkspaceError> {
    let mut differences = Vec::new();
    let Some(ledger) = ledger else {
        return Ok(differences);
    };
    for (to, total) in sides {
        let Some(mut total) = total.clone() else {
            continue;
        };
        if let (Some(repeated), true) = (repeated, *to != FigureSource::Export) {
            total.left_out = repeated;
        }
        differences.push(Compared {
            from: FigureSource::Ledger,
            to: *to,
            difference: explain(ledger, &total)?,
        });
    }
    Ok(differences)
}

fn state(explorer: &Observed<'_>, loaded: bool, differences: &[Compared]) -> ReconciledState {
    let unexplained = |compared: &Compared| !compared.difference.unexplained().is_zero();
    if differences.iter().any(unexplained) {
        ReconciledState::Unexplained
    } else if !loaded || !matches!(explorer, Observed::Found(..)) {
        ReconciledState::Incomplete
    } else if differences
        .iter()
        .all(|compared| compared.difference.agrees())
    {
        ReconciledState::Agrees
    } else {
        ReconciledState::Explained
    }
}
