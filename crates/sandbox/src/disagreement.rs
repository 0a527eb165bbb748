//! Disagreements on demand between the bill, its exports and its invoices.

use jiff::civil::Date;

/// Something that makes AWS's own figures disagree. It stands until [`crate::Sandbox::agree`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Disagreement {
    /// The last file of a month is neither delivered nor named by its manifest: its rows are lost
    /// and nothing says so.
    DroppedFile {
        /// A day of the month.
        month: Date,
    },
    /// The last file of a month is named by its manifest and not there.
    UndeliveredFile {
        /// A day of the month.
        month: Date,
    },
    /// Exports charge the pods of the cluster on top of the instances they run on.
    DoubledSplitCost,
    /// Exports take the enterprise discount off twice.
    DiscountTwice,
    /// Invoices carry one percent more tax than the bill.
    InvoiceTax,
    /// Exports lack an account.
    MissingAccount {
        /// The account's id.
        account: String,
    },
    /// A list of invoices comes in pages of so many at the most, which is fewer than asked for.
    ShortPages {
        /// How many.
        most: usize,
    },
    /// Cost Explorer and exports estimate a day a thousand times too high until the day after it
    /// (the day after today, if it is past).
    EstimateThousandfold {
        /// The day.
        day: Date,
    },
}

/// What is wrong at present. `until` is the last day on which a slipped estimate stands.
#[derive(Debug, Clone, Default)]
pub(crate) struct Disagreements {
    pub armed: Vec<Disagreement>,
    pub slip: Option<(Date, Date)>,
}

impl Disagreements {
    pub fn add(&mut self, disagreement: Disagreement, today: Date) {
        if let Disagreement::EstimateThousandfold { day } = disagreement {
            self.slip = Some((day, day.max(today)));
        }
        self.armed.push(disagreement);
    }

    /// The day whose estimate is wrong on `today`.
    pub fn slipped(&self, today: Date) -> Option<Date> {
        self.slip
            .filter(|(_, until)| today <= *until)
            .map(|(day, _)| day)
    }

    pub fn has(&self, disagreement: &Disagreement) -> bool {
        self.armed.contains(disagreement)
    }

    /// Whether a file of the month that begins on `month` is lost, and whether it is still named.
    pub fn lost_file(&self, month: Date) -> Option<bool> {
        self.armed.iter().find_map(|armed| match armed {
            Disagreement::DroppedFile { month: of } if of.first_of_month() == month => Some(false),
            Disagreement::UndeliveredFile { month: of } if of.first_of_month() == month => {
                Some(true)
            }
            _ => None,
        })
    }

    /// How many invoices a page has at the most.
    pub fn invoices_a_page(&self) -> Option<usize> {
        self.armed.iter().find_map(|armed| match armed {
            Disagreement::ShortPages { most } => Some(*most),
            _ => None,
        })
    }

    /// The account that exports lack.
    pub fn missing_account(&self) -> Option<&str> {
        self.armed.iter().find_map(|armed| match armed {
            Disagreement::MissingAccount { account } => Some(account.as_str()),
            _ => None,
        })
    }

    /// Thousandths of tax that are on invoices only.
    pub fn extra_tax(&self) -> i128 {
        if self.has(&Disagreement::InvoiceTax) {
            10
        } else {
            0
        }
    }
}
