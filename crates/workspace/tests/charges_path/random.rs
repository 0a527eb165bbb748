use tallyport_ledger::Money;
use tallyport_store::{By, Interval};
use tallyport_workspace::FilterAsk;
use tallyport_workspace::rules::{self, MatcherAsk, RuleChange};

use crate::bench::{Bench, costs_of, grant, line};

/// Numbers that look random and are the same each time (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }
}

fn random_line(dice: &mut Dice) -> String {
    let whole = i64::try_from(dice.roll(2_000)).unwrap() - 500;
    let day = format!("2024-03-{:02}", dice.roll(31) + 1);
    let tags = match dice.roll(4) {
        0 => "{}".to_owned(),
        1 => format!(r#"{{"owner":"p{}"}}"#, dice.roll(4)),
        2 => format!(r#"{{"Owner":"P{}","env":"prod"}}"#, dice.roll(4)),
        _ => r#"{"env":"test"}"#.to_owned(),
    };
    line(
        &day,
        &format!("{}", 100 + dice.roll(3)),
        ["EC2", "S3", "RDS", "Lambda"][usize::try_from(dice.roll(4)).unwrap()],
        &format!("i-{}", dice.roll(12)),
        &format!("{whole}.{:012}", dice.roll(1_000_000_000_000)),
        &tags,
    )
}

fn random_matcher(dice: &mut Dice) -> MatcherAsk {
    match dice.roll(5) {
        0 => MatcherAsk::Resource(format!("i-{}", dice.roll(12))),
        1 => MatcherAsk::Tag {
            key: "owner".to_owned(),
            value: format!("p{}", dice.roll(4)),
        },
        2 => MatcherAsk::Tag {
            key: "ENV".to_owned(),
            value: "*".to_owned(),
        },
        3 => MatcherAsk::Account(format!("{}", 100 + dice.roll(3))),
        _ => MatcherAsk::Service("?3*".to_owned()),
    }
}

async fn total(bench: &Bench, by: By) -> Money {
    bench.costs(costs_of("2024-03", by)).await.unwrap().results[0].total
}

/// Every way to cut the month gives the same sum, to the nano, whatever rules come and go; and the
/// allocation after changes is the one that a fresh import gives.
#[tokio::test]
async fn whatever_the_rules_everything_adds_up() {
    for seed in 0..4 {
        let mut dice = Dice(seed);
        let lines: Vec<String> = (0..300).map(|_| random_line(&mut dice)).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let bench = Bench::new();
        let file = bench.focus("march.csv", &lines);
        bench.import(&file).await;
        let whole = total(&bench, By::Provider).await;
        for name in ["A", "B", "C"] {
            bench.person(name).await;
        }
        let mut live = Vec::new();
        for _ in 0..12 {
            let owner =
                ["person:A", "person:B", "person:C"][usize::try_from(dice.roll(3)).unwrap()];
            let from = (dice.roll(2) == 0).then(|| format!("2024-03-{:02}", dice.roll(15) + 1));
            let to = (dice.roll(2) == 0).then(|| format!("2024-03-{:02}", dice.roll(15) + 16));
            let matcher = random_matcher(&mut dice);
            let added = bench
                .rule(owner, matcher, from.as_deref(), to.as_deref())
                .await;
            live.push(added.rule.id);
            match dice.roll(4) {
                0 => {
                    let at = usize::try_from(dice.roll(live.len() as u64)).unwrap();
                    rules::remove(&bench.cx, &grant(), live.swap_remove(at))
                        .await
                        .unwrap();
                }
                1 => {
                    let at = usize::try_from(dice.roll(live.len() as u64)).unwrap();
                    let change = RuleChange {
                        matchers: Some(vec![random_matcher(&mut dice)]),
                        position: Some(i64::try_from(dice.roll(6)).unwrap()),
                        ..RuleChange::default()
                    };
                    rules::change(&bench.cx, &grant(), live[at], change)
                        .await
                        .unwrap();
                }
                _ => {}
            }
            for by in [
                By::Person,
                By::Service,
                By::Account,
                By::Tag("owner".to_owned()),
            ] {
                assert_eq!(total(&bench, by).await, whole);
            }
        }
        grains_agree(&bench).await;
        let changed = bench.rows("2024-03", By::Person).await;
        // The same lines and one more that costs nothing: loaded anew, allocated anew.
        let nothing = line("2024-03-01", "999", "None", "i-none", "0", "{}");
        let mut again = lines.clone();
        again.push(&nothing);
        bench.import(&bench.focus("again.csv", &again)).await;
        assert_eq!(bench.rows("2024-03", By::Person).await, changed);
    }
}

/// Roll-ups and charges give the same answers: columns of days are summed from other facts than
/// whole months are.
async fn grains_agree(bench: &Bench) {
    let filters = [
        FilterAsk::default(),
        FilterAsk {
            tag: vec!["owner=p1".to_owned(), "owner=P1".to_owned()],
            ..FilterAsk::default()
        },
        FilterAsk {
            resource: vec!["i-1".to_owned(), "i-2".to_owned()],
            person: vec!["A".to_owned(), "unowned".to_owned()],
            ..FilterAsk::default()
        },
    ];
    for filter in filters {
        for by in [By::Person, By::Service, By::Tag("owner".to_owned())] {
            let mut ask = costs_of("2024-03", by);
            ask.filter = filter.clone();
            let by_month = bench.rows_of(ask.clone()).await;
            ask.interval = Interval::Day;
            assert_eq!(bench.rows_of(ask.clone()).await, by_month);
            ask.interval = Interval::Month;
            assert_eq!(bench.rows_of(ask).await, by_month);
        }
    }
}
