//! What made a month's ledger differ from Cost Explorer, found from where they differ.
//!
//! Both are laid side by side by account and day. A whole account that is missing, lines that are
//! missing on some days or everywhere, split cost that was counted beside the instances it splits, a discount that
//! was taken twice: each leaves its own mark.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

/// A month of one billing account in one currency, laid out to be compared. Amounts are nano-units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MonthDetail {
    /// By sub account and day.
    pub cells: BTreeMap<(String, Date), i128>,
    /// By record type, as the source names it, where it tells.
    pub record_types: BTreeMap<String, i128>,
}

/// Lines of the ledger that are known to be counted twice by mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspect {
    /// What they are.
    pub kind: SuspectKind,
    /// In words.
    pub label: String,
    /// What they add up to, in nano-units.
    pub amount: i128,
}

/// What lines that may be counted twice are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SuspectKind {
    /// The cost of an instance, split over the containers that ran on it.
    SplitCost,
    /// A discount.
    Discount,
}

/// A cause that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// What kind.
    pub kind: CauseKind,
    /// What the ledger has too much (above nothing) or too little, in nano-units.
    pub amount: i128,
    /// The accounts it lies in; a few of many.
    pub accounts: Vec<String>,
    /// The days it lies on, in order.
    pub days: Vec<Date>,
    /// What the lines are, where they are known.
    pub label: Option<String>,
}

/// What can be wrong with what was loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CauseKind {
    /// An account of the bill has no charges at all.
    MissingAccount,
    /// Charges are missing on some days or here and there: lines of a file that was not loaded.
    MissingFile,
    /// Split cost was counted beside the cost that it splits.
    SplitCostDoubled,
    /// A discount was taken twice.
    DiscountDoubled,
    /// Charges that Cost Explorer does not have.
    TooMuch,
    /// Some are too high and some too low.
    Elsewhere,
}

impl CauseKind {
    /// The word for it, on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::MissingAccount => "missing_account",
            Self::MissingFile => "missing_file",
            Self::SplitCostDoubled => "split_cost_doubled",
            Self::DiscountDoubled => "discount_doubled",
            Self::TooMuch => "too_much",
            Self::Elsewhere => "elsewhere",
        }
    }
}

/// A difference of one cell up to this is rounding: a thousand nanos.
const CELL_ROUNDING: i128 = 1_000;

/// Finds out why `ours` differs from `theirs`. Nothing if they agree.
#[must_use]
pub fn causes(ours: &MonthDetail, theirs: &MonthDetail, suspects: &[Suspect]) -> Vec<Cause> {
    let mut cells = differences(ours, theirs);
    let mut found = missing_accounts(ours, &mut cells);
    // A discount that lies inside the prices of an export is a line only in Cost Explorer.
    let discounts = theirs.record_types.iter();
    let discounts = discounts.filter(|(name, _)| name.to_lowercase().contains("discount program"));
    let theirs = discounts.map(|(name, amount)| Suspect {
        kind: SuspectKind::Discount,
        label: name.clone(),
        amount: *amount,
    });
    let suspects: Vec<Suspect> = suspects.iter().cloned().chain(theirs).collect();
    match counted_twice(&cells, &suspects) {
        Some(cause) => found.push(cause),
        None => found.extend(what_is_left(&cells)),
    }
    found
}

type Cells = BTreeMap<(String, Date), i128>;

/// What the ledger has too much, by cell; what is only rounding is left out.
fn differences(ours: &MonthDetail, theirs: &MonthDetail) -> Cells {
    let keys: BTreeSet<_> = ours.cells.keys().chain(theirs.cells.keys()).collect();
    keys.into_iter()
        .filter_map(|key| {
            let of = |detail: &MonthDetail| detail.cells.get(key).copied().unwrap_or(0);
            let excess = of(ours) - of(theirs);
            (excess.abs() > CELL_ROUNDING).then(|| (key.clone(), excess))
        })
        .collect()
}

fn missing_accounts(ours: &MonthDetail, cells: &mut Cells) -> Vec<Cause> {
    let known: BTreeSet<&str> = ours.cells.keys().map(|(account, _)| &**account).collect();
    let missing: BTreeSet<String> = cells
        .keys()
        .map(|(account, _)| account.clone())
        .filter(|account| !known.contains(&**account))
        .collect();
    // Were everything missing, it would not be for an account's sake.
    if known.is_empty() {
        return Vec::new();
    }
    missing
        .into_iter()
        .map(|account| take(cells, CauseKind::MissingAccount, |(of, _)| *of == account))
        .collect()
}

/// Takes the cells that `is` it out, as one cause.
fn take(cells: &mut Cells, kind: CauseKind, is: impl Fn(&(String, Date)) -> bool) -> Cause {
    let taken: Cells = cells
        .iter()
        .filter(|(key, _)| is(key))
        .map(|(key, excess)| (key.clone(), *excess))
        .collect();
    cells.retain(|key, _| !taken.contains_key(key));
    cause(kind, &taken)
}

fn cause(kind: CauseKind, cells: &Cells) -> Cause {
    let accounts: BTreeSet<&String> = cells.keys().map(|(account, _)| account).collect();
    let days: BTreeSet<Date> = cells.keys().map(|(_, day)| *day).collect();
    Cause {
        kind,
        amount: cells.values().sum(),
        accounts: accounts.into_iter().cloned().collect(),
        days: days.into_iter().collect(),
        label: None,
    }
}

/// Lines whose sum, or half of it, is just what the ledger has too much.
fn counted_twice(cells: &Cells, suspects: &[Suspect]) -> Option<Cause> {
    let excess: i128 = cells.values().sum();
    if excess == 0 {
        return None;
    }
    let rounding = CELL_ROUNDING * i128::try_from(cells.len().max(1)).unwrap_or(1);
    let is = |amount: i128| (excess - amount).abs() <= rounding;
    // Lines that came twice are half too much; lines that should not count at all, wholly.
    let fits = |suspect: &&Suspect| is(suspect.amount) || is(suspect.amount / 2);
    let suspect = suspects
        .iter()
        .filter(|suspect| suspect.amount.abs() > rounding)
        .find(fits)?;
    Some(Cause {
        label: Some(suspect.label.clone()),
        ..cause(
            match suspect.kind {
                SuspectKind::SplitCost => CauseKind::SplitCostDoubled,
                SuspectKind::Discount => CauseKind::DiscountDoubled,
            },
            cells,
        )
    })
}

/// What no other mark tells: too little everywhere, too much everywhere, or both.
fn what_is_left(cells: &Cells) -> Option<Cause> {
    let (more, less) = cells.values().fold((false, false), |(more, less), excess| {
        (more || *excess > 0, less || *excess < 0)
    });
    let kind = match (more, less) {
        (false, false) => return None,
        (false, true) => CauseKind::MissingFile,
        (true, false) => CauseKind::TooMuch,
        (true, true) => CauseKind::Elsewhere,
    };
    Some(cause(kind, cells))
}
