use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

/// `tally invoices`.
#[derive(Debug, Subcommand)]
pub enum Invoices {
    /// Draft a month: for everybody who has costs, or for one
    Draft {
        /// The month
        #[arg(long, value_name = "YYYY-MM")]
        month: String,
        /// Only for person:NAME, team:NAME or client:NAME
        #[arg(long = "for", value_name = "KIND:NAME")]
        recipient: Option<String>,
    },
    /// Put a purchase order, a note, other terms or lines of your own on a draft; they take the place of those before
    Change {
        /// The draft's id
        id: i64,
        /// The buyer's own number for it
        #[arg(long, value_name = "NUMBER")]
        purchase_order: Option<String>,
        /// What stands below the lines
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
        /// How many days there are to pay it
        #[arg(long, value_name = "DAYS")]
        due_days: Option<u16>,
        /// A line of your own, such as "Workshop=1200.00"; below nothing to take something off
        #[arg(long = "line", value_name = "TEXT=AMOUNT")]
        lines: Vec<String>,
    },
    /// Find a draft right, or take that back
    Approve {
        /// The draft's id
        id: i64,
        /// Take the approval back
        #[arg(long)]
        withdraw: bool,
    },
    /// Issue a draft: it takes the next number and never changes again
    Issue {
        /// The draft's id
        id: i64,
    },
    /// Draft a credit note of an issued invoice: whole, of some lines, or of what was restated
    Credit {
        /// The invoice's id
        id: i64,
        /// Why; it stands on the credit note
        #[arg(long, value_name = "TEXT")]
        reason: String,
        /// A line by its place, and how much of it: 3 or 3=12.50
        #[arg(long = "line", value_name = "N[=AMOUNT]", conflicts_with = "restated")]
        lines: Vec<String>,
        /// What a restated month no longer has
        #[arg(long)]
        restated: bool,
    },
    /// Take back what is left of an invoice, and draft its month anew
    Replace {
        /// The invoice's id
        id: i64,
        /// Why; it stands on the credit note
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Record a payment, or take one out that was recorded in error
    Pay {
        /// The invoice's id
        id: i64,
        /// How much came; below nothing where it was paid back
        #[arg(
            long,
            value_name = "AMOUNT",
            allow_hyphen_values = true,
            required_unless_present = "remove"
        )]
        amount: Option<String>,
        /// The day it came
        #[arg(long, value_name = "YYYY-MM-DD", required_unless_present = "remove")]
        day: Option<String>,
        /// What the bank says
        #[arg(long, value_name = "TEXT", default_value = "")]
        reference: String,
        /// Take this payment out
        #[arg(long, value_name = "N", conflicts_with_all = ["amount", "day"], requires = "reason")]
        remove: Option<u32>,
        /// Why it is taken out
        #[arg(long, value_name = "TEXT", requires = "remove")]
        reason: Option<String>,
    },
    /// Put a file with an invoice
    Attach {
        /// The invoice's id
        id: i64,
        /// The file, of at most 5 MiB
        file: PathBuf,
    },
    /// Save an invoice as PDF; a draft's is marked as draft
    Pdf {
        /// The invoice's id
        id: i64,
        /// The file to write
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// With its data for programs inside: Factur-X and ZUGFeRD, as PDF/A-3
        #[arg(long)]
        hybrid: bool,
    },
    /// Save an issued invoice as an electronic one by EN 16931
    Xml {
        /// The invoice's id
        id: i64,
        /// The syntax
        #[arg(long, value_enum, default_value_t = Syntax::Ubl)]
        syntax: Syntax,
        /// The file to write
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// All invoices
    List {
        /// Only this month's
        #[arg(long, value_name = "YYYY-MM")]
        month: Option<String>,
        /// Only in this state: draft, approved, issued, partly_paid, paid, credited
        #[arg(long, value_name = "STATE")]
        state: Option<String>,
        /// Only for person:NAME, team:NAME or client:NAME
        #[arg(long = "for", value_name = "KIND:NAME")]
        recipient: Option<String>,
    },
    /// One invoice with its lines, payments and history
    Show {
        /// The invoice's id
        id: i64,
    },
    /// Invoices that were to be paid and are not
    Overdue {
        /// As they stand on this day; today if absent
        #[arg(long, value_name = "YYYY-MM-DD")]
        as_of: Option<String>,
    },
    /// A statement of account: what was asked, credited and paid, with a balance
    Statement {
        /// person:NAME, team:NAME or client:NAME
        #[arg(long = "for", value_name = "KIND:NAME")]
        recipient: String,
        /// The first day
        #[arg(long, value_name = "YYYY-MM-DD")]
        from: String,
        /// The last day
        #[arg(long, value_name = "YYYY-MM-DD")]
        to: String,
    },
    /// Who was billed a month that has changed since, and what that takes
    Restatements {
        /// The month
        #[arg(long, value_name = "YYYY-MM")]
        month: String,
    },
    /// Prove numbers, totals, hashes and that every paper comes out the same again
    Verify,
}

/// In which syntax an electronic invoice is written.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Syntax {
    /// UBL 2.1
    Ubl,
    /// UN/CEFACT Cross Industry Invoice D16B
    Cii,
}
