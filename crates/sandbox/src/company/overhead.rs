//! What is charged on top of usage: credits, a refund, support and tax.
//!
//! All of it is dated on the 1st of its month, as Cost Explorer shows it, and grows through an
//! open month as the usage under it does.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::calendar::Day;
use super::cast::{DATA, DEVELOPMENT, PAYER, PRODUCTION};
use super::line::{Line, Nano, ONE, RecordType, Row};

/// A promotional credit for the first months, until it ran out without anybody noticing.
const CREDIT_PER_MONTH: Nano = 900 * ONE;
const MONTHS_WITH_CREDIT: usize = 10;
/// A refund in the seventh month.
const REFUND: Nano = 38_400_000_000;
const MONTH_WITH_REFUND: usize = 6;

/// Tax per account in ten-thousandths of what it is charged.
const TAX: [(&str, i128); 4] = [
    (PAYER, 625),
    (PRODUCTION, 625),
    (DEVELOPMENT, 625),
    (DATA, 600),
];

pub(crate) fn add(lines: &mut Vec<Line>, rows: &mut Vec<Row>, days: &[Day]) {
    let months: Vec<Date> = days
        .iter()
        .filter(|day| day.date.day() == 1)
        .map(|day| day.date)
        .collect();
    let mut line = |line: Line| {
        lines.push(line);
        lines.len() - 1
    };
    let credit = line(Line {
        region: "us-east-1",
        usage_type: "PromotionalCredit".into(),
        ..Line::overhead(DATA, "Amazon Simple Storage Service", RecordType::Credit)
    });
    let refund = line(Line::overhead(
        DEVELOPMENT,
        "AmazonCloudWatch",
        RecordType::Refund,
    ));
    let support = line(Line {
        usage_type: "Dollar".into(),
        unit: "Dollar",
        ..Line::overhead(PAYER, "AWS Support (Business)", RecordType::Support)
    });
    let taxes: Vec<(usize, &str, i128)> = TAX
        .iter()
        .map(|&(account, rate)| {
            (
                line(Line::overhead(account, "Tax", RecordType::Tax)),
                account,
                rate,
            )
        })
        .collect();

    let row = |line, day, amount| Row {
        line,
        day,
        unblended: amount,
        amortized: amount,
        quantity: 0,
        normalized: 0,
    };
    for (number, &month) in months.iter().enumerate() {
        if number < MONTHS_WITH_CREDIT {
            rows.push(row(credit, month, -CREDIT_PER_MONTH));
        }
        if number == MONTH_WITH_REFUND {
            rows.push(row(refund, month, -REFUND));
        }
    }
    let usage = sums(lines, rows, |record| {
        !matches!(record, RecordType::Credit | RecordType::Refund)
    });
    for &month in &months {
        let base: Nano = usage
            .iter()
            .filter(|((_, of), _)| *of == month)
            .map(|(_, sum)| *sum)
            .sum();
        rows.push(row(support, month, support_fee(base)));
    }
    let charged = sums(lines, rows, |_| true);
    for &month in &months {
        for &(line, account, rate) in &taxes {
            let base = charged.get(&(account, month)).copied().unwrap_or(0).max(0);
            rows.push(row(line, month, base * rate / 10_000));
        }
    }
}

/// Business support: ten percent of the first $10,000, seven of the next $70,000, then five;
/// at least $100.
fn support_fee(base: Nano) -> Nano {
    let tier = |from: Nano, to: Nano, percent: Nano| {
        (base.min(to * ONE) - from * ONE).max(0) * percent / 100
    };
    (tier(0, 10_000, 10) + tier(10_000, 80_000, 7) + tier(80_000, 10_000_000, 5)).max(100 * ONE)
}

fn sums(
    lines: &[Line],
    rows: &[Row],
    counts: impl Fn(RecordType) -> bool,
) -> BTreeMap<(&'static str, Date), Nano> {
    let mut sums = BTreeMap::new();
    for row in rows {
        if let Some(line) = lines.get(row.line).filter(|line| counts(line.record)) {
            *sums
                .entry((line.account, row.day.first_of_month()))
                .or_default() += row.unblended;
        }
    }
    sums
}
