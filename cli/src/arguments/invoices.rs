use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

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
        /// Only those whose number or recipient has this in it
        #[arg(long, value_name = "TEXT")]
        search: Option<String>,
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
        /// Write it on paper instead, as a PDF in the recipient's language
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Who was billed a month that has changed since, and what that takes
    Restatements {
        /// The month
        #[arg(long, value_name = "YYYY-MM")]
        month: String,
    },
    /// Do it for many in one go: what is done already is left as it is, so that it can be begun again
    Batch(Batch),
    /// A month beside the one before it: what changed, and what is worth a look
    Comparison {
        /// The month
        #[arg(long, value_name = "YYYY-MM")]
        month: String,
        /// people, teams or clients; those who are billed if absent
        #[arg(long = "for", value_name = "WHOSE")]
        whose: Option<String>,
    },
    /// Send an issued invoice by mail, with its PDF
    Send(Sending),
    /// The mails that an invoice went out with
    Deliveries {
        /// The invoice's id
        id: i64,
    },
    /// On which channel invoices go out, where answers go, who gets a copy
    Mailing(Mailing),
    /// Prove numbers, totals, hashes and that every paper comes out the same again
    Verify,
}

/// `tally invoices batch`.
#[derive(Debug, Args)]
pub struct Batch {
    /// draft, approve, issue or send
    #[arg(long, value_name = "ACTION")]
    pub action: String,
    /// The invoices of this month
    #[arg(long, value_name = "YYYY-MM", required_unless_present = "invoices")]
    pub month: Option<String>,
    /// Whose: people, teams or clients; or person:NAME, team:NAME, client:NAME, once for each. People if absent
    #[arg(long = "for", value_name = "WHOSE", requires = "month")]
    pub recipients: Vec<String>,
    /// These documents by their ids, in this order
    #[arg(long = "id", value_name = "ID", conflicts_with = "month")]
    pub invoices: Vec<i64>,
}

/// `tally invoices send`.
#[derive(Debug, Args)]
pub struct Sending {
    /// The invoice's id
    pub id: i64,
    /// To whom, in place of who is billed; once an address
    #[arg(long, value_name = "EMAIL")]
    pub to: Vec<String>,
    /// Another subject
    #[arg(long, value_name = "TEXT")]
    pub subject: Option<String>,
    /// Another text
    #[arg(long, value_name = "TEXT")]
    pub text: Option<String>,
    /// Although it went out before
    #[arg(long)]
    pub again: bool,
    /// Show the mail, and send nothing
    #[arg(long)]
    pub show: bool,
}

/// `tally invoices mailing`.
#[derive(Debug, Args)]
pub struct Mailing {
    /// The channel, of kind mail or ses
    #[arg(long, value_name = "NAME")]
    pub channel: Option<String>,
    /// Where answers go, if not to the sender
    #[arg(long, value_name = "EMAIL")]
    pub reply_to: Option<String>,
    /// Who gets a copy of each that the others do not see; once an address
    #[arg(long, value_name = "EMAIL")]
    pub copy_to: Vec<String>,
    /// Forget what was said before
    #[arg(long)]
    pub forget: bool,
}

/// In which syntax an electronic invoice is written.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Syntax {
    /// UBL 2.1
    Ubl,
    /// UN/CEFACT Cross Industry Invoice D16B
    Cii,
}
