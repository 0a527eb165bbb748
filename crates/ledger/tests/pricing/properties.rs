//! What holds for every book and every month.

use jiff::civil::date;
use proptest::prelude::*;
use tallyport_ledger::pricing::{
    Asked, CostLine, Entry, Grant, Markup, Part, PriceBook, PriceRule, Tier, price,
};
use tallyport_ledger::{Currency, Money};

use crate::made::*;

const SERVICES: [&str; 3] = [EC2, S3, "AWS Lambda"];
const RESOURCES: [&str; 3] = ["", "a", "b"];

prop_compose! {
    fn any_cost()(day in 1_i8..=30, service in 0_usize..3, resource in 0_usize..3, nanos in -1_000_000_000_i64..1_000_000_000_000) -> CostLine<'static> {
        let name = RESOURCES[resource];
        CostLine {
            day: date(2026, 11, day),
            service: SERVICES[service],
            resource: Some(name).filter(|name| !name.is_empty()),
            cost: Money::from_nanos(i128::from(nanos), Currency::USD),
        }
    }
}

fn any_rule() -> impl Strategy<Value = PriceRule> {
    let markup = (-1_000_000_i32..2_000_000)
        .prop_map(|parts| Markup::from_parts_per_million(parts).unwrap());
    let tier = (1_i64..500_000_000_000, markup.clone());
    let steps = (proptest::collection::vec(tier, 0..4), markup.clone());
    prop_oneof![
        markup.prop_map(PriceRule::Markup),
        steps.prop_map(|(mut steps, last)| {
            steps.sort_by_key(|(up_to, _)| *up_to);
            steps.dedup_by_key(|(up_to, _)| *up_to);
            let steps = steps.into_iter().map(|(up_to, markup)| Tier {
                up_to: Some(Money::from_nanos(i128::from(up_to), Currency::USD)),
                markup,
            });
            let last = Tier {
                up_to: None,
                markup: last,
            };
            PriceRule::Tiers(steps.chain([last]).collect())
        }),
    ]
}

prop_compose! {
    /// A book of every kind of entry.
    fn any_book()(
        base in any_rule(), team in any_rule(), ec2 in any_rule(), pattern in any_rule(),
        split in 2_i8..30, least in 1_i64..2_000_000_000_000, grant in 1_i64..2_000_000_000_000, month in any::<bool>(),
    ) -> PriceBook {
        let usd = |nanos: i64| Money::from_nanos(i128::from(nanos), Currency::USD);
        book([
            all(base),
            all(team.clone()).scoped(WEB),
            all(ec2).on(EC2).from(date(2026, 11, split)),
            all(pattern).on("aws*"),
            all(PriceRule::Minimum(usd(least))).to(date(2026, 11, split)),
            all(fee("Support", "30")),
            all(fee("Support", "7.77")).scoped(ADA).from(date(2026, 11, split)),
            all(PriceRule::Credit {
                label: "Start".to_owned(),
                amount: usd(grant),
                grant: if month { Grant::Month } else { Grant::Once },
                rolls_over: true,
            })
            .from(date(2026, 9, 1)),
        ])
    }
}

proptest! {
    #[test]
    fn lines_add_up_and_the_margin_is_what_is_charged_less_what_it_costs(
        book in any_book(), costs in proptest::collection::vec(any_cost(), 0..40),
    ) {
        let priced = priced(&book, &costs);
        let sum = |amounts: Vec<Money>| Money::sum(amounts.iter(), Currency::USD).unwrap();
        prop_assert_eq!(sum(priced.lines.iter().map(|line| line.charged).collect()), priced.charged);
        prop_assert_eq!(sum(priced.lines.iter().map(|line| line.cost).collect()), priced.cost);
        prop_assert_eq!(sum(costs.iter().map(|line| line.cost).collect()), priced.cost);
        prop_assert_eq!(priced.margin().unwrap().plus(priced.cost).unwrap(), priced.charged);
    }

    #[test]
    fn neither_the_order_of_costs_nor_that_of_entries_matters(
        book in any_book(), costs in proptest::collection::vec(any_cost(), 0..40), seed in any::<u64>(),
    ) {
        let mut turned = costs.clone();
        let mut entries: Vec<Entry> = book.entries().to_vec();
        let by = usize::try_from(seed % 39).unwrap();
        if !turned.is_empty() {
            let middle = by % turned.len();
            turned.rotate_left(middle);
            turned[..middle].reverse();
        }
        let middle = by % entries.len();
        entries.rotate_left(middle);
        let other = PriceBook::new(Some(Currency::USD), entries).unwrap();
        let (one, two) = (priced(&book, &costs), priced(&other, &turned));
        prop_assert_eq!(one.charged, two.charged);
        let mut texts = (lines(&one), lines(&two));
        // Fees of one label stand in the order of their entries.
        texts.0.sort();
        texts.1.sort();
        prop_assert_eq!(texts.0, texts.1);
    }

    #[test]
    fn a_cost_in_two_pieces_is_charged_as_one(
        book in any_book(), costs in proptest::collection::vec(any_cost(), 1..20), piece in 0_i64..1_000_000_000,
    ) {
        let piece = Money::from_nanos(i128::from(piece), Currency::USD);
        let mut pieces = costs.clone();
        pieces[0].cost = costs[0].cost.minus(piece).unwrap();
        pieces.push(CostLine { cost: piece, ..costs[0] });
        prop_assert_eq!(lines(&priced(&book, &costs)), lines(&priced(&book, &pieces)));
    }

    #[test]
    fn graduated_tiers_are_the_sum_of_their_steps(
        rule in any_rule(), nanos in 0_i64..1_000_000_000_000,
    ) {
        let total = Money::from_nanos(i128::from(nanos), Currency::USD);
        let costs = [CostLine { cost: total, ..cost(1, EC2, "i-1", "0") }];
        let charged = priced(&book([all(rule.clone())]), &costs).charged.nanos();
        // Step by step, in millionths of a nano.
        let steps: Vec<(i128, i128)> = match &rule {
            PriceRule::Tiers(tiers) => tiers
                .iter()
                .map(|tier| {
                    let to = tier.up_to.map_or(i128::MAX, |up_to| up_to.nanos());
                    (to, i128::from(tier.markup.parts_per_million()) + 1_000_000)
                })
                .collect(),
            PriceRule::Markup(markup) => {
                vec![(i128::MAX, i128::from(markup.parts_per_million()) + 1_000_000)]
            }
            _ => Vec::new(),
        };
        let (mut rest, mut from, mut expected) = (i128::from(nanos), 0, 0);
        for (to, factor) in steps {
            let step = rest.min(to - from);
            expected += step * factor;
            rest -= step;
            from = to;
        }
        prop_assert!((charged * 1_000_000 - expected).abs() <= 500_000, "{} {}", charged, expected);
    }

    #[test]
    fn credits_never_make_an_amount_to_be_paid_back(
        book in any_book(), costs in proptest::collection::vec(any_cost(), 0..20), used in 0_i64..3_000_000_000_000,
    ) {
        let recipient = ada();
        let used = [(november(), "start".to_owned(), Money::from_nanos(i128::from(used), Currency::USD))];
        let ask = Asked { credits_used: &used, ..asked(&recipient, &costs) };
        let priced = price(&book, &ask).unwrap();
        let is_credit = |part: &Part| matches!(part, Part::Credit(_));
        let before: i128 = priced.lines.iter().filter(|line| !is_credit(&line.part)).map(|line| line.charged.nanos()).sum();
        let credits: i128 = priced.lines.iter().filter(|line| is_credit(&line.part)).map(|line| -line.charged.nanos()).sum();
        prop_assert!((0..=before.max(0)).contains(&credits), "{} of {}", credits, before);
    }

    #[test]
    fn what_is_billed_in_two_documents_is_what_one_would_have_billed(
        base in any_rule(), costs in proptest::collection::vec(any_cost(), 2..30), at in 1_usize..29,
    ) {
        let fees = [all(base), all(fee("Support", "30")), all(PriceRule::Minimum(usd("900")))];
        let book = book(fees);
        let at = at.min(costs.len() - 1);
        let (first, late) = costs.split_at(at);
        let before = priced(&book, first);
        let earlier = as_earlier(&before);
        let recipient = ada();
        let after = price(&book, &Asked { earlier: &earlier, ..asked(&recipient, late) }).unwrap();
        let both = before.charged.plus(after.charged).unwrap().nanos();
        let whole = priced(&book, &costs).charged.nanos();
        // A markup is rounded to the nano once a document.
        prop_assert!((both - whole).abs() <= 1, "{} {}", both, whole);
    }
}
