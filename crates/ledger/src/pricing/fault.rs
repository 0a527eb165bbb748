use jiff::civil::Date;

use crate::{Currency, Money};

/// Why a price book cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("entry {}: {fault}", .entry + 1)]
pub struct BookError {
    /// Which entry, the first being 0.
    pub entry: usize,
    /// Which of its fields.
    pub field: &'static str,
    /// What is wrong.
    pub fault: BookFault,
}

/// What is wrong with an entry. Entries are numbered from 1 for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BookFault {
    /// Not a percentage, or out of bounds.
    #[error(
        "\"{0}\" is not a percentage from -100 to 1000 with four decimals at most, such as 15 or -7.5"
    )]
    Percent(String),
    /// An amount in a book without a currency.
    #[error("an amount needs a currency: say which one the book is in")]
    NoCurrency,
    /// Another currency than the book's.
    #[error("the amount is in {given}, the book in {book}")]
    Currency {
        /// The amount's.
        given: Currency,
        /// The book's.
        book: Currency,
    },
    /// Below nothing.
    #[error(
        "{0} is negative: what is given back is a credit, what is taken off cost a negative percentage"
    )]
    Negative(Money),
    /// Nothing at all.
    #[error("an amount of nothing charges nothing: give one above zero, or leave the entry out")]
    Nothing,
    /// No label, or one that a line of paper cannot hold.
    #[error("a label has 1 to 200 characters on one line")]
    Label,
    /// A service where none is meant.
    #[error("only markups, tiers and minimums are about services")]
    Service,
    /// No tiers.
    #[error("tiers need at least one")]
    NoTiers,
    /// Tiers out of order.
    #[error("tier {tier} ends at {up_to}, which is not above the one before")]
    TierOrder {
        /// Which tier, from 1.
        tier: usize,
        /// Where it ends.
        up_to: Money,
    },
    /// An open tier that is not the last.
    #[error("tier {0} has no end, but others follow")]
    OpenTier(usize),
    /// The last tier ends.
    #[error("the last tier must be open: what is charged above {0}?")]
    LastTier(Money),
    /// Days on a one-off.
    #[error("a one-off has its day and holds on no others: leave first and last day out")]
    OneOffDays,
    /// A credit without a beginning.
    #[error("a credit needs a first day: from then on it can be used")]
    CreditStart,
    /// The same credit twice.
    #[error("entry {0} grants the same person, team or client a credit of this label already")]
    CreditTwice(usize),
    /// Two entries that say different things of the same days.
    #[error(
        "it overlaps with entry {with}: both say what is charged {}. An entry may lie within the days of another \
         and wins there; they must not begin on the same day, nor cross",
        .day.map_or_else(|| "from the beginning".to_owned(), |day| format!("on {day}"))
    )]
    Overlap {
        /// The other entry.
        with: usize,
        /// The first day on which both hold, if either has a first one.
        day: Option<Date>,
    },
    /// Days on which nothing says what is charged, between two on which something does.
    #[error(
        "nothing says what is charged from {from} to {to}, between entry {after} and this one: fill the gap, \
         with 0 % if these days are passed on at cost"
    )]
    Gap {
        /// The entry before the gap.
        after: usize,
        /// The first day.
        from: Date,
        /// The last day.
        to: Date,
    },
    /// More than a book holds.
    #[error("a price book has at most 2,000 entries")]
    TooMany,
}
