//! The invoices of the company: one of AWS and one for the marketplace per closed month, and a
//! credit memo where something was refunded.
//!
//! An invoice is the bill in whole cents: its tax and its total are rounded once each, and what
//! stands between them follows from the two.

mod desk;

use jiff::ToSpan as _;
use jiff::civil::Date;

pub(crate) use desk::answer;

use crate::company::{AMAZON, Bill, Company, Nano, RecordType, Seller};

const CENT: Nano = 10_000_000;

/// The numbers of a month's papers, whether or not each of them is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Numbers {
    pub invoice: String,
    pub marketplace: String,
    pub credit_memo: String,
}

/// The numbers of the papers of the month that begins on `month`, once it is closed.
pub(crate) fn numbers(company: &Company, bill: &Bill, month: Date) -> Option<Numbers> {
    let next = month.saturating_add(1.month());
    if bill.is_estimated(next) {
        return None;
    }
    let number = |kind: &str| {
        let drawn = company.draw(&format!("invoice/{kind}/{month}"));
        format!("{}", 1_000_000_000 + drawn % 1_000_000_000)
    };
    Some(Numbers {
        invoice: number("AWS"),
        marketplace: number("AWS Marketplace"),
        credit_memo: number("refund"),
    })
}

/// An invoice or a credit memo, in whole cents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Invoice {
    pub number: String,
    /// The first day of its month.
    pub month: Date,
    pub issued_on: Date,
    pub seller: &'static Seller,
    /// The invoice that a credit memo is about.
    pub original: Option<String>,
    pub tax: Nano,
    /// Of the total: the enterprise discount and credits, below zero.
    pub discount: Nano,
    pub credit: Nano,
    pub total: Nano,
}

/// The papers of a closed month. `extra_tax` thousandths of what is taxed are on the invoice and
/// not on the bill.
pub(crate) fn of_month(
    company: &Company,
    bill: &Bill,
    month: Date,
    extra_tax: Nano,
) -> Vec<Invoice> {
    let Some(numbers) = numbers(company, bill, month) else {
        return vec![];
    };
    let next = month.saturating_add(1.month());
    let rows = || {
        let rows = bill.between(month, next).iter();
        rows.filter_map(|row| Some((bill.lines.get(row.line)?, row.unblended)))
    };
    let sum = |is_in: &dyn Fn(&crate::company::Line) -> bool| -> Nano {
        rows()
            .filter(|(line, _)| is_in(line))
            .map(|(_, amount)| amount)
            .sum()
    };
    let paper = |number: &str, seller: &'static Seller, total: Nano| Invoice {
        number: number.to_owned(),
        month,
        // A month is closed when its fifth day has passed.
        issued_on: next.saturating_add(4.days()),
        seller,
        original: None,
        tax: 0,
        discount: 0,
        credit: 0,
        total: cents(total),
    };
    let is_refund = |record| record == RecordType::Refund;
    let of = |record| sum(&|line| *line.seller == AMAZON && line.record == record);
    let total = sum(&|line| *line.seller == AMAZON && !is_refund(line.record));
    let tax = of(RecordType::Tax);
    let extra = (total - tax) * extra_tax / 1_000;
    let mut papers = vec![Invoice {
        tax: cents(tax + extra),
        discount: cents(of(RecordType::EnterpriseDiscount)),
        credit: cents(of(RecordType::Credit)),
        ..paper(&numbers.invoice, &AMAZON, total + extra)
    }];
    let sold = rows().find(|(line, _)| *line.seller != AMAZON);
    if let Some((line, _)) = sold {
        let total = sum(&|line| *line.seller != AMAZON);
        papers.push(paper(&numbers.marketplace, line.seller, total));
    }
    let refund = of(RecordType::Refund);
    if refund != 0 {
        papers.push(Invoice {
            original: Some(numbers.invoice),
            ..paper(&numbers.credit_memo, &AMAZON, refund)
        });
    }
    papers
}

/// Rounded to whole cents, half away from zero.
fn cents(amount: Nano) -> Nano {
    let half = if amount < 0 { -CENT / 2 } else { CENT / 2 };
    (amount + half) / CENT * CENT
}

#[cfg(test)]
mod tests {
    use super::cents;

    #[test]
    fn half_a_cent_is_rounded_away_from_zero() {
        assert_eq!(cents(14_999_999), 10_000_000);
        assert_eq!(cents(15_000_000), 20_000_000);
        assert_eq!(cents(-15_000_000), -20_000_000);
        assert_eq!(cents(-4_999_999), 0);
    }
}
