//! What is charged on top of usage: credits, a refund, a purchase, support and tax.
//!
//! All of it is dated on the 1st of its month, as Cost Explorer shows it, and grows through an
//! open month as the usage under it does.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::calendar::Day;
use super::cast::{DATA, DEVELOPMENT, PAYER, PRODUCTION};
use super::line::{Line, Nano, ONE, RecordType, Row};
use super::product::{FOURFOLD, Product};

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

/// A subscription from the marketplace, billed on an invoice of its own and not taxed by AWS.
const SUBSCRIPTION: Nano = 420 * ONE;

pub(crate) fn add(lines: &mut Vec<Line>, rows: &mut Vec<Row>, days: &[Day], subscribed_on: Date) {
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
    let subscription = line(Line {
        usage_type: "MP:SoftwareSubscription-Units".into(),
        operation: "Subscription",
        unit: "Units",
        price: SUBSCRIPTION,
        seller: &FOURFOLD,
        ..Line::overhead(PRODUCTION, "Fourfold Observability", RecordType::Usage)
    });

    let row = |line, day, amount| Row {
        line,
        day,
        unblended: amount,
        amortized: amount,
        discount: 0,
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
        if month >= subscribed_on {
            rows.push(Row {
                quantity: ONE,
                ..row(subscription, month, SUBSCRIPTION)
            });
        }
    }
    let mut usage: BTreeMap<Date, Nano> = BTreeMap::new();
    for row in rows.iter() {
        let is_supported = lines.get(row.line).is_some_and(|line| {
            *line.seller != FOURFOLD
                && !matches!(
                    line.record,
                    RecordType::Credit | RecordType::Refund | RecordType::EnterpriseDiscount
                )
        });
        if is_supported {
            *usage.entry(row.day.first_of_month()).or_default() += row.unblended;
        }
    }
    for &month in &months {
        let base = usage.get(&month).copied().unwrap_or_default();
        rows.push(row(support, month, support_fee(base)));
    }
    tax(lines, rows, &months);
}

/// What was charged by product, under its code.
type Charged = BTreeMap<&'static str, (&'static Product, Nano)>;

/// Tax per account and product, as exports have it; to Cost Explorer all of it is the service
/// "Tax". What an account owes is worked out once and then parted, so that nothing is lost.
fn tax(lines: &mut Vec<Line>, rows: &mut Vec<Row>, months: &[Date]) {
    let mut charged: BTreeMap<(&str, Date), Charged> = BTreeMap::new();
    for row in rows.iter() {
        if let Some(line) = lines.get(row.line).filter(|line| *line.seller != FOURFOLD) {
            let products = charged
                .entry((line.account, row.day.first_of_month()))
                .or_default();
            let (_, sum) = products
                .entry(line.product.code)
                .or_insert((line.product, 0));
            *sum += row.unblended;
        }
    }
    let mut known: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for &month in months {
        for (account, rate) in TAX {
            let Some(products) = charged.get(&(account, month)) else {
                continue;
            };
            let base = products.values().map(|(_, sum)| *sum).sum::<Nano>().max(0);
            let mut left = base * rate / 10_000;
            let mut weight: Nano = products.values().map(|(_, sum)| *sum.max(&0)).sum();
            for (product, sum) in products.values() {
                let of = *sum.max(&0);
                if of == 0 {
                    continue;
                }
                // What is left is parted over what is left: the last takes the rest.
                let part = left * of / weight;
                left -= part;
                weight -= of;
                let line = *known.entry((account, product.code)).or_insert_with(|| {
                    lines.push(Line {
                        product,
                        ..Line::overhead(account, "Tax", RecordType::Tax)
                    });
                    lines.len() - 1
                });
                rows.push(Row {
                    line,
                    day: month,
                    unblended: part,
                    amortized: part,
                    discount: 0,
                    quantity: 0,
                    normalized: 0,
                });
            }
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
