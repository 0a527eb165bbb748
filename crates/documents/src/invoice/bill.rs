use tallyport_ledger::tax::{TaxLine, TaxTreatment};
use tallyport_ledger::{DocumentKind, InvoiceContent, InvoiceTotals, Money};

use super::all_printable;
use crate::page::Note;
use crate::paper::InvoicePaper;
use crate::typeset::printable;
use crate::words::{Words, filled};
use crate::{DocumentError, Language, Look, figures};

/// What is on the paper, in its language, worked out once.
pub(super) struct Bill<'a> {
    pub(super) paper: &'a InvoicePaper<'a>,
    pub(super) content: &'a InvoiceContent,
    pub(super) look: &'a Look,
    pub(super) words: &'static Words,
    pub(super) language: Language,
    pub(super) amounts: Vec<Money>,
    pub(super) totals: InvoiceTotals,
    pub(super) taxes: Vec<TaxLine>,
    /// What it is called in running heads and in the document's title.
    pub(super) title: String,
    pub(super) seller: String,
    pub(super) buyer: String,
    /// The labels printed at the head of every page.
    pub(super) marks: Vec<String>,
    /// What the foot of a page explains.
    pub(super) notes: Vec<Note>,
    /// The sentence at the very end.
    pub(super) rounding: String,
    /// Which note a treatment refers to.
    reasons: Vec<(TaxTreatment, usize)>,
    /// Which note says how amounts were converted.
    exchange: Option<usize>,
}

impl<'a> Bill<'a> {
    pub(super) fn of(paper: &'a InvoicePaper<'a>, look: &'a Look) -> Result<Self, DocumentError> {
        let (draft, language) = (paper.content(), look.language);
        let (content, words) = (draft.content(), language.words());
        let taxes = draft.tax_lines()?;
        let mut marks = Vec::new();
        if paper.is_draft() {
            marks.push(words.no_invoice);
        }
        marks.extend(paper.mark());
        let credit = content.kind.is_credit_note();
        let title = match (paper.issue(), credit) {
            (Some((number, ..)), false) => format!("{} {number}", words.invoice),
            (Some((number, ..)), true) => format!("{} {number}", words.credit_note),
            (None, false) => words.draft_invoice.to_owned(),
            (None, true) => words.draft_credit_note.to_owned(),
        };
        let currency = content.currency;
        let unit = language.number(&figures::smallest_unit(currency));
        let rounding = match taxes.as_slice() {
            [] | [_] => words.rounding,
            _ => words.rounding_of_taxes,
        };
        let mut bill = Self {
            amounts: paper.amounts()?,
            totals: paper.totals()?,
            title,
            seller: printable(content.seller.name.as_str())?,
            buyer: printable(content.buyer.name.as_str())?,
            marks: all_printable(marks)?,
            notes: Vec::new(),
            rounding: filled(rounding, &[currency.code(), &unit]),
            reasons: Vec::new(),
            exchange: None,
            paper,
            content,
            look,
            words,
            language,
            taxes,
        };
        bill.explain()?;
        Ok(bill)
    }

    /// Whether it gives back what an invoice asked for.
    pub(super) fn is_credit(&self) -> bool {
        self.content.kind.is_credit_note()
    }

    /// The invoice that it credits.
    pub(super) fn credited(&self) -> Option<String> {
        match &self.content.kind {
            DocumentKind::CreditNote { of } => Some(of.to_string()),
            DocumentKind::Invoice => None,
        }
    }

    /// The sign of the note that says why the treatment charges nothing.
    pub(super) fn reason_of(&self, treatment: &TaxTreatment) -> Option<(usize, &str)> {
        let (_, at) = self.reasons.iter().find(|(of, _)| of == treatment)?;
        Some((*at, self.notes.get(*at)?.sign.as_str()))
    }

    /// The sign of the note that says how amounts were converted.
    pub(super) fn exchange_sign(&self) -> Option<&str> {
        Some(self.notes.get(self.exchange?)?.sign.as_str())
    }

    fn explain(&mut self) -> Result<(), DocumentError> {
        for tax in self.taxes.clone() {
            let own = tax.treatment.reason().map(printable).transpose()?;
            let category = tax.treatment.category();
            let reason = own.or_else(|| self.words.reason(category).map(str::to_owned));
            if let Some(reason) = reason {
                let at = self.note(reason);
                self.reasons.push((tax.treatment, at));
            }
        }
        if let Some(rate) = &self.content.exchange {
            let sentence = filled(
                self.words.converted,
                &[
                    rate.from().code(),
                    rate.to().code(),
                    &self.language.number(&rate.to_decimal()),
                    &self.language.day(rate.day()),
                    &printable(rate.source())?,
                ],
            );
            self.exchange = Some(self.note(sentence));
        }
        Ok(())
    }

    fn note(&mut self, text: String) -> usize {
        let at = self.notes.iter().position(|note| note.text == text);
        at.unwrap_or_else(|| {
            let sign = raised(self.notes.len() + 1);
            self.notes.push(Note { sign, text });
            self.notes.len() - 1
        })
    }
}

/// The number as a raised sign.
fn raised(number: usize) -> String {
    let signs = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digits = number.to_string();
    let digits = digits.bytes().map(|digit| usize::from(digit - b'0'));
    digits.filter_map(|digit| signs.get(digit)).collect()
}
