//! What each source says of a month: the figures that are compared, and in words.

use std::collections::BTreeSet;

use jiff::Timestamp;
use tallyport_ledger::{Money, ObservedTotal, PeriodStatus};
use tallyport_store::{ObservedMonth, PeriodVersion};

use super::Sides;

/// Whose figure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureSource {
    /// What this program counts.
    Ledger,
    /// The export that is loaded.
    Export,
    /// Cost Explorer's control total.
    CostExplorer,
    /// The provider's invoices.
    Invoice,
}

/// A total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Whose.
    pub source: FigureSource,
    /// How much; none where the source has nothing.
    pub amount: Option<Money>,
    /// When it was loaded or asked.
    pub as_of: Option<Timestamp>,
    /// How settled it is.
    pub state: &'static str,
    /// A sentence.
    pub text: String,
}

impl FigureSource {
    /// Its word on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ledger => "ledger",
            Self::Export => "export",
            Self::CostExplorer => "cost_explorer",
            Self::Invoice => "invoice",
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Ledger => "this ledger",
            Self::Export => "the export",
            Self::CostExplorer => "Cost Explorer",
            Self::Invoice => "the invoice",
        }
    }
}

impl Sides<'_> {
    pub(super) fn ledger_figure(&self, total: Option<&ObservedTotal>) -> Figure {
        let counting: Vec<&&PeriodVersion> = self.versions.iter().filter(|v| v.counts).collect();
        let sources: BTreeSet<String> = counting
            .iter()
            .map(|version| format!("{}, version {}", version.format, version.number))
            .collect();
        Figure {
            source: FigureSource::Ledger,
            amount: total.map(|total| total.total),
            as_of: counting.iter().map(|version| version.loaded_at).max(),
            state: status(counting.iter().copied()),
            text: if sources.is_empty() {
                format!("Nothing is loaded for {}.", self.month)
            } else {
                let sources: Vec<String> = sources.into_iter().collect();
                format!("What this program counts, from {}.", sources.join(" and "))
            },
        }
    }

    pub(super) fn export_figure(&self, total: Option<&ObservedTotal>) -> Figure {
        let files: Vec<&str> = self
            .exports()
            .filter_map(|version| version.file_name.as_deref())
            .collect();
        Figure {
            source: FigureSource::Export,
            amount: total.map(|total| total.total),
            as_of: self.exports().map(|version| version.loaded_at).max(),
            state: status(self.exports()),
            text: match files.as_slice() {
                [] if total.is_none() => "No export is loaded for this month.".to_owned(),
                [] => "The export that is loaded.".to_owned(),
                files => format!("The export that is loaded: {}.", files.join(", ")),
            },
        }
    }
}

/// The least settled of some versions, in a word.
fn status<'v>(versions: impl Iterator<Item = &'v &'v PeriodVersion>) -> &'static str {
    let statuses = versions.map(|version| version.status);
    let least = statuses.min_by_key(|status| status.number());
    least.map_or("missing", PeriodStatus::word)
}

/// What a source said, if it was asked.
pub(crate) enum Observed<'a> {
    NotAsked,
    Nothing(Timestamp),
    Found(Timestamp, &'a ObservedMonth),
}

pub(super) fn explorer_total(observed: &Observed<'_>) -> Option<ObservedTotal> {
    let Observed::Found(_, month) = observed else {
        return None;
    };
    // It rounds each group that it shows.
    let groups = i128::try_from(month.detail.cells.len()).unwrap_or(0);
    let rounding = Money::from_nanos(groups.max(1_000), month.total.currency());
    Some(ObservedTotal {
        told_apart: month.told_apart.clone(),
        rounding,
        ..ObservedTotal::plain(month.total, month.settled)
    })
}

pub(super) fn invoice_total(observed: &Observed<'_>, lines: u32) -> Option<ObservedTotal> {
    let Observed::Found(_, month) = observed else {
        return None;
    };
    let currency = month.total.currency();
    // Every account's service is rounded to the smallest unit of money: half of one each way.
    let minor = 1_000_000_000 / 10_i128.pow(currency.exponent());
    let rounding = Money::from_nanos(minor * i128::from(lines) / 2 + minor, currency);
    Some(ObservedTotal {
        told_apart: month.told_apart.clone(),
        rounding,
        ..ObservedTotal::plain(month.total, month.settled)
    })
}

pub(super) fn explorer_figure(observed: &Observed<'_>) -> Figure {
    let (amount, as_of, state, text) = match observed {
        Observed::NotAsked => (
            None,
            None,
            "missing",
            "Cost Explorer has not been asked about this month.",
        ),
        Observed::Nothing(at) => (
            None,
            Some(*at),
            "missing",
            "Cost Explorer has nothing for this month.",
        ),
        Observed::Found(at, month) => (
            Some(month.total),
            Some(*at),
            if month.settled { "final" } else { "estimated" },
            "Cost Explorer's control total, unblended.",
        ),
    };
    Figure {
        source: FigureSource::CostExplorer,
        amount,
        as_of,
        state,
        text: text.to_owned(),
    }
}

pub(super) fn invoice_figure(observed: &Observed<'_>) -> Figure {
    let (amount, as_of, state, text) = match observed {
        Observed::NotAsked => (
            None,
            None,
            "missing",
            "AWS has not been asked for invoices of this month.".to_owned(),
        ),
        Observed::Nothing(at) => (
            None,
            Some(*at),
            "pending invoice",
            "AWS has no invoice for this month yet.".to_owned(),
        ),
        Observed::Found(at, month) => (
            Some(month.total),
            Some(*at),
            "final",
            format!("AWS's invoices: {}.", month.invoices.join(", ")),
        ),
    };
    Figure {
        source: FigureSource::Invoice,
        amount,
        as_of,
        state,
        text,
    }
}
