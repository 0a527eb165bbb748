//! Over its term a commitment costs what was paid for it, however it was used; in one month the two
//! differ by the upfront fee that was paid and the part of it that was used up.

use proptest::prelude::*;
use tallyport_ledger::{Exact, Load};

use crate::bills::outcome;
use crate::reports::{item, report};

/// Hours of a made-up month: enough for every mixture of used and unused ones.
const HOURS: usize = 24;

/// A commitment over some months.
#[derive(Debug, Clone)]
struct Term {
    kind: Kind,
    /// What of each hour's price was paid upfront, in millionths.
    upfront: i64,
    /// What of it is paid as it goes.
    recurring: i64,
    /// By month and hour, how much of the commitment is used, from nothing to all, in tenths.
    used: Vec<Vec<i64>>,
    /// What the same usage would have cost on demand, in per cent of the hour's price.
    on_demand: i64,
    /// A discount on everything, in millionths a month.
    discount: i64,
    /// Whether the term is given back at once and its upfront fee refunded.
    refunded: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    SavingsPlan,
    Reservation,
}

fn term() -> impl Strategy<Value = Term> {
    let months = prop::collection::vec(prop::collection::vec(0..=10_i64, HOURS), 1..4);
    (
        prop_oneof![Just(Kind::SavingsPlan), Just(Kind::Reservation)],
        0..5_000_000_i64,
        0..5_000_000_i64,
        months,
        100..400_i64,
        0..1_000_000_i64,
        any::<bool>(),
    )
        .prop_map(
            |(kind, upfront, recurring, used, on_demand, discount, refunded)| Term {
                kind,
                upfront,
                recurring,
                used,
                on_demand,
                discount,
                refunded: refunded && kind == Kind::SavingsPlan,
            },
        )
}

/// Hundred-millionths as a decimal.
fn decimal(amount: i64) -> String {
    let sign = if amount < 0 { "-" } else { "" };
    let amount = amount.unsigned_abs();
    format!("{sign}{}.{:08}", amount / 100_000_000, amount % 100_000_000)
}

/// Millionths, in tenths of which a share is used.
fn share(amount: i64, tenths: i64) -> i64 {
    amount * tenths * 10
}

type Items = Vec<Vec<(&'static str, String)>>;

impl Term {
    fn hours(&self) -> i64 {
        self.used.iter().map(|month| month.len() as i64).sum()
    }

    /// The whole upfront fee, in hundred-millionths.
    fn fee(&self) -> i64 {
        self.upfront * self.hours() * 100
    }

    /// What of the upfront fee a month's hours use up.
    fn used_up(&self, month: usize) -> i64 {
        self.upfront * self.used[month].len() as i64 * 100
    }

    /// The lines of one month.
    fn lines(&self, month: usize) -> Items {
        let mut lines = match self.kind {
            Kind::SavingsPlan => self.plan(month),
            Kind::Reservation => self.reservation(month),
        };
        lines.push(line("Tax", self.discount / 3, &[]));
        lines.push(line("EdpDiscount", -self.discount, &[]));
        lines
    }

    fn plan(&self, month: usize) -> Items {
        let price = self.upfront + self.recurring;
        let mut lines = Items::new();
        if month == 0 {
            lines.push(line("SavingsPlanUpfrontFee", self.fee(), &[]));
        }
        let mut used_sum = 0;
        for tenths in &self.used[month] {
            let used = share(price, *tenths);
            used_sum += used;
            let on_demand = used / 100 * self.on_demand;
            let effective = ("savingsPlan/SavingsPlanEffectiveCost", decimal(used));
            lines.push(line("SavingsPlanCoveredUsage", on_demand, &[effective]));
            lines.push(line("SavingsPlanNegation", -on_demand, &[]));
        }
        let hours = self.used[month].len() as i64;
        lines.push(line(
            "SavingsPlanRecurringFee",
            self.recurring * hours * 100,
            &[
                (
                    "savingsPlan/TotalCommitmentToDate",
                    decimal(price * hours * 100),
                ),
                ("savingsPlan/UsedCommitment", decimal(used_sum)),
            ],
        ));
        if month == 0 && self.refunded {
            lines.push(line(
                "Refund",
                -self.fee(),
                &[
                    ("lineItem/ProductCode", "ComputeSavingsPlans".to_owned()),
                    (
                        "lineItem/LineItemDescription",
                        "Refund for one-time fee for Savings Plan ID: 1".to_owned(),
                    ),
                ],
            ));
        }
        lines
    }

    fn reservation(&self, month: usize) -> Items {
        let arn = (
            "reservation/ReservationARN",
            "arn:aws:ec2:us-east-1:1:reserved-instances/1".to_owned(),
        );
        let mut lines = Items::new();
        if month == 0 {
            lines.push(line("Fee", self.fee(), std::slice::from_ref(&arn)));
        }
        let mut unused = 0;
        for tenths in &self.used[month] {
            let used = share(self.upfront + self.recurring, *tenths);
            unused += 10 - tenths;
            let effective = ("reservation/EffectiveCost", decimal(used));
            lines.push(line("DiscountedUsage", 0, &[effective]));
        }
        let hours = self.used[month].len() as i64;
        lines.push(line(
            "RIFee",
            self.recurring * hours * 100,
            &[
                arn,
                (
                    "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod",
                    decimal(share(self.upfront, unused)),
                ),
                (
                    "reservation/UnusedRecurringFee",
                    decimal(share(self.recurring, unused)),
                ),
            ],
        ));
        lines
    }
}

fn line(
    kind: &'static str,
    cost: i64,
    more: &[(&'static str, String)],
) -> Vec<(&'static str, String)> {
    let mut fields = vec![("kind", kind.to_owned()), ("cost", decimal(cost))];
    fields.extend(more.iter().cloned());
    fields
}

fn read(items: &Items, underscore: bool) -> Load {
    let items: Vec<Vec<(&str, &str)>> = items
        .iter()
        .map(|fields| {
            let more: Vec<(&str, &str)> = fields[2..]
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            item(&fields[0].1, &fields[1].1, &more)
        })
        .collect();
    outcome(report(&items, underscore, &[]), false)
        .unwrap()
        .load
}

/// Billed and effective cost, in hundred-millionths.
fn sums(load: &Load) -> (i64, i64) {
    let charges = load.periods.iter().flat_map(|period| &period.charges);
    let (billed, effective) = charges.fold((0, 0), |(billed, effective), charge| {
        (
            billed + charge.amounts.billed,
            effective + charge.amounts.effective,
        )
    });
    assert_eq!(
        (billed % 10, effective % 10),
        (0, 0),
        "eight decimals were written"
    );
    (billed / 10, effective / 10)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn over_a_term_effective_cost_is_billed_cost(term in term(), underscore in any::<bool>()) {
        let (mut billed, mut effective) = (0, 0);
        for month in 0..term.used.len() {
            let load = read(&term.lines(month), underscore);
            let (of_bill, spread) = sums(&load);
            let mut paid = if month == 0 { term.fee() } else { 0 };
            if term.refunded && month == 0 {
                paid -= term.fee();
            }
            // What a month's two figures differ by is the upfront fee, and nothing else.
            prop_assert_eq!(spread - of_bill, term.used_up(month) - paid);
            billed += of_bill;
            effective += spread;
        }
        // A fee that came back was not paid, but what was used up of it before was used.
        let back = if term.refunded { term.fee() } else { 0 };
        prop_assert_eq!(effective, billed + back);
    }

    #[test]
    fn the_order_of_lines_does_not_change_what_a_month_costs(
        term in term(),
        seed in any::<prop::sample::Index>(),
    ) {
        let mut lines = term.lines(0);
        let whole = sums(&read(&lines, false));
        let at = seed.index(lines.len());
        lines.rotate_left(at);
        prop_assert_eq!(sums(&read(&lines, false)), whole);
    }
}

#[test]
fn decimals_of_the_generator_are_exact() {
    let exact = Exact::parse(decimal(-123_456_789).as_bytes()).unwrap();
    assert_eq!(exact.to_string(), "-1.23456789");
    assert_eq!(share(1_000_000, 5), 50_000_000, "half of one unit");
}
