//! What is asked of invoices.

use serde::Deserialize;
use tallyport_ledger::{InvoiceState, Permission};
use tallyport_workspace::{Context, invoices};
use utoipa::{IntoParams, ToSchema};

use crate::guard::Caller;
use crate::owners::{OwnerName, recipient};
use crate::problem::Problem;
use crate::wire::{Day, Month};

/// Which invoices.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct InvoicesQuestion {
    /// Only of this month.
    pub month: Option<Month>,
    /// draft, approved, issued, `partly_paid`, paid or credited; several are any of them.
    #[serde(default)]
    pub state: Vec<String>,
    /// Only for this one: person:NAME, team:NAME or client:NAME.
    pub r#for: Option<String>,
    /// Only those that were to be paid before today and are not.
    #[serde(default)]
    pub overdue: bool,
    /// Only those whose number or recipient has this in it.
    pub search: Option<String>,
}

/// What to draft.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDrafts {
    /// The month.
    pub month: Month,
    /// For whom; everybody who has costs if absent.
    pub r#for: Option<OwnerName>,
}

/// What stands on a draft by hand; it takes the place of what stood there before.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvoiceChange {
    /// The buyer's own number for it.
    pub purchase_order: Option<String>,
    /// What the seller has to say.
    pub note: Option<String>,
    /// How many days there are to pay it; the usual if absent.
    pub due_days: Option<u16>,
    /// Lines of their own.
    #[serde(default)]
    pub lines: Vec<LineByHand>,
}

/// A line by hand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LineByHand {
    /// What it is for.
    pub text: String,
    /// A decimal amount; below nothing where something is taken off.
    pub amount: String,
}

/// What to credit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCredit {
    /// Why; it stands on the credit note.
    pub reason: String,
    /// Of these lines; all that is left of the invoice if absent.
    pub lines: Option<Vec<CreditedLine>>,
    /// What a restated month no longer has, instead.
    #[serde(default)]
    pub from_restatement: bool,
}

/// What to credit of a line.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditedLine {
    /// Its place on the invoice, from one.
    pub n: u32,
    /// How much before tax; all that is left of it if absent.
    pub amount: Option<String>,
}

/// Why something is done.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvoiceReason {
    /// In words.
    pub reason: String,
}

/// A payment to be recorded.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PaymentDraft {
    /// The day the money came, or went back.
    pub day: Day,
    /// How much; below nothing where it was paid back.
    pub amount: String,
    /// What the bank says.
    #[serde(default)]
    pub reference: String,
}

impl InvoicesQuestion {
    /// The same, read.
    pub(crate) async fn asked<P: Permission>(
        self,
        context: &Context,
        by: &Caller<P>,
    ) -> Result<invoices::InvoicesAsk, Problem> {
        let Self {
            month,
            state,
            r#for: whom,
            overdue,
            search,
        } = self;
        let states = state.iter().map(|word| word.parse::<InvoiceState>());
        let whom = match whom {
            None => None,
            Some(name) => Some(recipient(context, by, OwnerName::Text(name)).await?),
        };
        Ok(invoices::InvoicesAsk {
            month: month.map(|month| month.0),
            recipient: whom,
            states: states
                .collect::<Result<_, _>>()
                .map_err(|error| Problem::invalid(format!("{error}.")))?,
            overdue_on: overdue.then(|| context.today()),
            search,
        })
    }
}
