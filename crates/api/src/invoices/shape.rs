//! Documents on the wire.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tallyport_ledger::{DraftLine, IssueInvoices, Money, Permission, TaxLine};
use tallyport_workspace::{OwnerKey, invoices};
use utoipa::ToSchema;

use super::records::{InvoiceAttachment, InvoiceEvent, InvoicePayment};
use super::sending::InvoiceSent;
use crate::guard::Caller;
use crate::settings::percent;
use crate::wire::{Amount, Day, Moment, Month};

/// Invoices.
#[derive(Debug, Serialize, ToSchema)]
pub struct Invoices {
    /// The latest month first.
    pub invoices: Vec<InvoiceBrief>,
    /// How many there are on all pages.
    pub total: u64,
    /// How many there are in each state, whichever states were asked for; states that none is in are left out.
    pub by_state: BTreeMap<String, u64>,
}

/// What was drafted.
#[derive(Debug, Serialize, ToSchema)]
pub struct Drafts {
    /// The drafts, by recipient.
    pub invoices: Vec<InvoiceBrief>,
    /// Who was left out, and why.
    pub nothing: Vec<NothingToBill>,
}

/// Somebody for whom no draft was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct NothingToBill {
    /// Who.
    pub r#for: Recipient,
    /// Why.
    pub reason: String,
}

/// An invoice or a credit note, without what stands on it.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceBrief {
    /// Its number in this workspace, from the draft on.
    pub id: i64,
    /// invoice or `credit_note`; a credit note's amounts are positive: they are credited.
    pub kind: String,
    /// draft, approved, issued, `partly_paid`, paid or credited.
    pub state: String,
    /// The number on the paper, taken at issue.
    #[schema(required)]
    pub number: Option<String>,
    /// The month it bills.
    pub period: Month,
    /// Who is billed.
    pub r#for: Recipient,
    /// The currency's code.
    pub currency: String,
    /// The sum of the lines.
    pub subtotal: Amount,
    /// The tax.
    pub tax: Amount,
    /// The tax rate in percent; of the first treatment where there are several.
    pub tax_rate: String,
    /// What is to be paid, or is credited.
    pub total: Amount,
    /// What was paid, less what was paid back.
    pub paid: Amount,
    /// What is left to pay; below nothing where it was paid before it was credited.
    pub open: Amount,
    /// What it costs the one who bills; only for who may issue invoices.
    #[schema(required)]
    pub cost: Option<Amount>,
    /// What of the subtotal is earned; only for who may issue invoices, and where costs are in the same currency.
    #[schema(required)]
    pub margin: Option<Amount>,
    /// The costs of the month before.
    #[schema(required)]
    pub previous_total: Option<Amount>,
    /// billed or effective: what it is made of.
    pub metric: String,
    /// When it was drafted.
    pub drafted_at: Moment,
    /// When it was issued.
    #[schema(required)]
    pub issued_on: Option<Day>,
    /// When it is to be paid.
    #[schema(required)]
    pub due_on: Option<Day>,
    /// How many days there are to pay it.
    pub due_days: u16,
    /// By how many days it is overdue.
    #[schema(required)]
    pub overdue_days: Option<i32>,
    /// The invoice that it credits.
    #[schema(required)]
    pub of: Option<InvoiceReference>,
    /// The invoice that it stands in for.
    #[schema(required)]
    pub replaces: Option<InvoiceReference>,
    /// What stands in for it.
    #[schema(required)]
    pub replaced_by: Option<InvoiceReference>,
    /// The buyer's own number for it.
    #[schema(required)]
    pub purchase_order: Option<String>,
    /// What the seller has to say; on a credit note, why.
    #[schema(required)]
    pub note: Option<String>,
    /// What to look at before it is issued.
    pub warnings: Vec<String>,
    /// Printed on every page, such as "Demo data".
    #[schema(required)]
    pub mark: Option<String>,
    /// How far it is on its way to who is billed; `null` where it was not sent.
    #[schema(required)]
    pub sent: Option<InvoiceSent>,
    /// What the caller can do with it now: change, discard, approve, withdraw, issue, send, pay, credit, replace.
    pub actions: Vec<String>,
}

/// An invoice or a credit note, with all that lies with it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Invoice {
    /// What lists have of it.
    #[serde(flatten)]
    pub brief: InvoiceBrief,
    /// Its lines.
    pub lines: Vec<InvoiceLine>,
    /// The tax by treatment.
    pub taxes: Vec<InvoiceTax>,
    /// Its credit notes.
    pub credits: Vec<InvoiceCredit>,
    /// Who drafted, approved, issued, paid and credited it, the first thing first.
    pub history: Vec<InvoiceEvent>,
    /// What was paid.
    pub payments: Vec<InvoicePayment>,
    /// The files that lie with it.
    pub attachments: Vec<InvoiceAttachment>,
}

/// Another document.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceReference {
    /// Its number in this workspace.
    pub id: i64,
    /// The number on the paper.
    #[schema(required)]
    pub number: Option<String>,
}

/// A credit note of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceCredit {
    /// Its number in this workspace.
    pub id: i64,
    /// The number on the paper.
    #[schema(required)]
    pub number: Option<String>,
    /// What it credits.
    pub total: Amount,
    /// When it was issued.
    #[schema(required)]
    pub issued_on: Option<Day>,
}

/// Who is billed.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Recipient {
    /// person, team or client.
    pub kind: String,
    /// The person's, team's or client's number.
    pub id: i64,
    /// The name.
    pub label: String,
}

/// A line of an invoice.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceLine {
    /// Its place, from one.
    pub n: u32,
    /// cost, fee, `one_off`, minimum, discount, credit or usage.
    pub kind: String,
    /// The service; empty where it is of none.
    pub service: String,
    /// The resource.
    #[schema(required)]
    pub resource: Option<String>,
    /// What stands on it in place of service and resource.
    #[schema(required)]
    pub text: Option<String>,
    /// How much was measured.
    #[schema(required)]
    pub quantity: Option<String>,
    /// Of what.
    #[schema(required)]
    pub unit: Option<String>,
    /// What one unit of it costs.
    #[schema(required)]
    pub unit_price: Option<Amount>,
    /// As the paper shows it, rounded so that the lines add up to the subtotal.
    pub amount: Amount,
    /// To the nano.
    pub exact: Amount,
    /// What it costs the one who bills; only for who may issue invoices.
    #[schema(required)]
    pub cost: Option<Amount>,
    /// What of it is earned; as the cost.
    #[schema(required)]
    pub margin: Option<Amount>,
    /// What credit notes took back of it.
    pub credited: Amount,
    /// Its tax: the place in `taxes`, from none.
    pub tax: u8,
    /// How it was priced; only for who may issue invoices.
    #[schema(required)]
    pub why: Option<String>,
}

/// The tax of all lines that are treated alike.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceTax {
    /// standard, reduced, zero, exempt, `reverse_charge`, `intra_community`, export or `out_of_scope`.
    pub category: String,
    /// The rate in percent.
    pub rate: String,
    /// What is taxed.
    pub base: Amount,
    /// The tax.
    pub tax: Amount,
    /// Why nothing is charged, in the seller's words.
    #[schema(required)]
    pub reason: Option<String>,
}

impl Recipient {
    pub(crate) fn of(key: OwnerKey, label: String) -> Self {
        Self {
            kind: key.kind().to_owned(),
            id: key.number(),
            label,
        }
    }
}

impl Invoices {
    /// The page as `issuer`, or somebody who only reads, sees it.
    pub(crate) fn of(page: invoices::InvoicesPage, issuer: Option<&str>) -> Self {
        let invoices::InvoicesPage {
            views,
            total,
            by_state,
        } = page;
        let views = views.into_iter();
        let by_state = by_state.into_iter();
        Self {
            invoices: views.map(|view| InvoiceBrief::new(view, issuer)).collect(),
            total: total as u64,
            by_state: by_state
                .map(|(state, count)| (state.word().to_owned(), count as u64))
                .collect(),
        }
    }
}

/// Who may issue invoices sees costs and margins, and has actions.
pub(crate) fn issuer<P: Permission>(by: &Caller<P>) -> Option<&str> {
    let may = by.signed_in.grant::<IssueInvoices>();
    may.ok().map(|_| by.signed_in.name())
}

impl From<invoices::Related> for InvoiceReference {
    fn from(related: invoices::Related) -> Self {
        Self {
            id: related.id.0,
            number: related.number.map(|number| number.to_string()),
        }
    }
}

impl From<invoices::Related> for InvoiceCredit {
    fn from(related: invoices::Related) -> Self {
        let invoices::Related {
            id,
            number,
            issued_on,
            total,
        } = related;
        Self {
            id: id.0,
            number: number.map(|number| number.to_string()),
            total: total.into(),
            issued_on: issued_on.map(Day),
        }
    }
}

impl InvoiceBrief {
    /// As `issuer`, who may issue invoices, or somebody else sees it.
    pub(crate) fn new(view: invoices::InvoiceView, issuer: Option<&str>) -> Self {
        let actions = issuer.map(|by| view.actions(by)).unwrap_or_default();
        let open = view.standing.open().unwrap_or(view.standing.total);
        let content = view.content.content();
        Self {
            id: view.id.0,
            kind: content.kind.word().to_owned(),
            state: view.state.word().to_owned(),
            number: view.number.map(|number| number.to_string()),
            period: Month(content.period),
            r#for: Recipient::of(view.recipient, view.label.to_string()),
            currency: content.currency.to_string(),
            subtotal: view.totals.subtotal.into(),
            tax: view.totals.tax.into(),
            tax_rate: percent(view.content.tax()),
            total: view.totals.total.into(),
            paid: view.standing.paid.into(),
            open: open.into(),
            cost: issuer.map(|_| view.cost.into()),
            margin: issuer.and(view.margin).map(Amount::from),
            previous_total: view.previous_total.map(Amount::from),
            metric: content.metric.word().to_owned(),
            drafted_at: Moment(view.drafted_at),
            issued_on: view.issued_on.map(Day),
            due_on: view.due_on.map(Day),
            due_days: view.due_days,
            overdue_days: view.overdue_days,
            of: view.of.map(InvoiceReference::from),
            replaces: view.replaces.map(InvoiceReference::from),
            replaced_by: view.replaced_by.map(InvoiceReference::from),
            purchase_order: content.purchase_order.clone(),
            note: content.note.clone(),
            warnings: view.warnings,
            mark: view.mark,
            sent: view.letter.and_then(InvoiceSent::of),
            actions: actions
                .iter()
                .map(|action| action.word().to_owned())
                .collect(),
        }
    }
}

impl Invoice {
    pub(crate) fn new(detail: invoices::InvoiceDetail, issuer: Option<&str>) -> Self {
        let invoices::InvoiceDetail {
            view,
            history,
            payments,
            attachments,
        } = detail;
        let figures = view.amounts.iter().zip(&view.credited);
        let lines = view.content.lines().iter().zip(figures).zip(1..);
        let lines = lines.map(|((line, (amount, credited)), n)| {
            InvoiceLine::new(line, (n, *amount, *credited), issuer.is_some())
        });
        let drafted = InvoiceEvent {
            at: Moment(view.drafted_at),
            by: view.drafted_by.first().cloned().unwrap_or_default(),
            event: "drafted".to_owned(),
            text: None,
        };
        let history = history.into_iter().map(InvoiceEvent::from);
        Self {
            lines: lines.collect(),
            taxes: view.taxes.iter().map(InvoiceTax::from).collect(),
            credits: view
                .credits
                .iter()
                .cloned()
                .map(InvoiceCredit::from)
                .collect(),
            history: std::iter::once(drafted).chain(history).collect(),
            payments: payments.into_iter().map(InvoicePayment::from).collect(),
            attachments: attachments
                .into_iter()
                .map(InvoiceAttachment::from)
                .collect(),
            brief: InvoiceBrief::new(view, issuer),
        }
    }
}

impl InvoiceLine {
    fn new(line: &DraftLine, (n, amount, credited): (u32, Money, Money), issuer: bool) -> Self {
        let quantity = line.quantity.as_ref();
        let cost = line.cost.filter(|_| issuer);
        let margin = cost.and_then(|cost| line.exact.minus(cost).ok());
        let why = line.priced.as_ref().filter(|_| issuer);
        Self {
            n,
            kind: line.kind.word().to_owned(),
            service: line.service.clone(),
            resource: line.resource.clone(),
            text: line.text.clone(),
            quantity: quantity.map(|quantity| quantity.amount.to_string()),
            unit: quantity.map(|quantity| quantity.unit.clone()),
            unit_price: line.unit_price.map(Amount::from),
            amount: amount.into(),
            exact: line.exact.into(),
            cost: cost.map(Amount::from),
            margin: margin.map(Amount::from),
            credited: credited.into(),
            tax: line.tax,
            why: why.map(|priced| priced.why.clone()),
        }
    }
}

impl From<&TaxLine> for InvoiceTax {
    fn from(line: &TaxLine) -> Self {
        Self {
            category: line.treatment.category().word().to_owned(),
            rate: percent(line.treatment.rate()),
            base: line.base.into(),
            tax: line.tax.into(),
            reason: line.treatment.reason().map(str::to_owned),
        }
    }
}

impl From<invoices::NothingToBill> for NothingToBill {
    fn from(nothing: invoices::NothingToBill) -> Self {
        let invoices::NothingToBill {
            recipient,
            label,
            reason,
        } = nothing;
        Self {
            r#for: Recipient::of(recipient, label),
            reason,
        }
    }
}
