//! The smallest roll-up, a month a row, answers as the one by day does.
#![expect(clippy::unwrap_used, reason = "a test stops where it goes wrong")]
#![allow(dead_code, reason = "the company's bills are shared by several tests")]

mod bill;

use tallyport_ledger::{
    ChargeCategory, Currency, DayRange, Matcher, Metric, Name, Pattern, SourceKind, Validity,
};
use tallyport_store::{
    By, DailyCost, Filter, Interval, Mode, OwnerKey, RuleDraft, Store, StoreError, TeamChoice,
    VersionId,
};

use crate::bill::{bill_of, books, faults, give, load, rows};

/// Two months, one of them restated twice; people, of whom one comes to a team and leaves it, and a team that
/// owns something itself.
async fn company(folder: &std::path::Path) -> Store {
    let store = books(folder);
    give(&store, "Ada", "ada", Some("2024-03-05"), None).await;
    give(&store, "Bo", "bo", None, Some("2024-04-12")).await;
    for (at, month, lines, seed) in [
        ("2024-04-01T08:00:00Z", "2024-03", 300, 7),
        ("2024-04-02T08:00:00Z", "2024-03", 280, 7),
        ("2024-05-01T08:00:00Z", "2024-04", 200, 11),
        ("2024-05-02T08:00:00Z", "2024-03", 290, 13),
    ] {
        let bill = bill_of(month, lines, seed, true);
        load(&store, SourceKind::Focus, at, Mode::Replace, bill).await;
    }
    let made: Result<(), StoreError> = store
        .write(|w| {
            let name = |name: &str| Name::parse(name).unwrap();
            let day = |text: &str| Some(text.parse().unwrap());
            let ada = w
                .people(false)?
                .into_iter()
                .find(|one| one.name == "Ada")
                .unwrap();
            let web = w.add_team(&name("Web"), None)?;
            let ops = w.add_team(&name("Ops"), None)?;
            for (team, from, to) in [
                (web, "2024-03-10", "2024-03-20"),
                (ops, "2024-03-15", "2024-04-03"),
            ] {
                w.set_member(team, ada.id, Validity::new(day(from), day(to)).unwrap())?;
            }
            let owner = w.owner_of(OwnerKey::Team(web))?;
            w.add_rule(&RuleDraft {
                owner,
                matchers: vec![Matcher::Tag {
                    key: "owner".to_owned(),
                    value: Pattern::parse("bob").unwrap(),
                }],
                validity: Validity::default(),
                note: None,
                position: None,
            })?;
            Ok(())
        })
        .await;
    made.unwrap();
    store
}

/// What may narrow a question that the smallest roll-up answers.
async fn filters(store: &Store) -> Vec<Filter> {
    let (people, teams) = store
        .read(|r| Ok::<_, StoreError>((r.owners()?, r.teams(false)?)))
        .await
        .unwrap();
    let ada = people
        .iter()
        .find(|(_, owner)| owner.name == "Ada")
        .unwrap()
        .0;
    let ada = *ada;
    let all = Filter::default();
    let team = |name: &str| {
        let team = teams
            .iter()
            .find(|team| team.name.as_str() == name)
            .unwrap();
        TeamChoice::Team(team.id)
    };
    vec![
        all.clone(),
        Filter {
            owners: vec![Some(ada)],
            ..all.clone()
        },
        Filter {
            people: vec![None, Some(ada)],
            ..all.clone()
        },
        Filter {
            teams: vec![team("Web")],
            ..all.clone()
        },
        Filter {
            teams: vec![team("Ops"), TeamChoice::Unowned],
            ..all.clone()
        },
        Filter {
            teams: vec![TeamChoice::Alone(ada)],
            ..all.clone()
        },
        Filter {
            services: vec!["EC2".to_owned()],
            ..all.clone()
        },
        Filter {
            providers: vec!["nobody".to_owned()],
            ..all.clone()
        },
        Filter {
            versions: Some([3, 4].map(VersionId).to_vec()),
            ..all
        },
    ]
}

/// The same question, asked of the roll-up by day, which alone knows categories.
fn by_day(filter: &Filter) -> Filter {
    Filter {
        categories: ChargeCategory::ALL.to_vec(),
        ..filter.clone()
    }
}

const SPANS: [(&str, &str); 3] = [
    ("2024-03-01", "2024-04-30"),
    ("2024-03-12", "2024-04-02"),
    ("2024-03-17", "2024-03-17"),
];

#[tokio::test]
async fn reports_are_the_same_from_either() {
    let folder = tempfile::tempdir().unwrap();
    let store = company(folder.path()).await;
    assert_eq!(faults(&store).await, Vec::<String>::new());
    let mut told = 0;
    for filter in filters(&store).await {
        for span in SPANS {
            for metric in [Metric::Billed, Metric::Effective] {
                for interval in [Interval::None, Interval::Day, Interval::Month] {
                    for by in [By::Person, By::Team, By::Client, By::Provider, By::Service] {
                        let by_month =
                            rows(&store, span, metric, by.clone(), interval, filter.clone()).await;
                        let by_days =
                            rows(&store, span, metric, by, interval, by_day(&filter)).await;
                        assert_eq!(by_month, by_days, "{filter:?} {span:?} {interval:?}");
                        told += by_month.len();
                    }
                }
            }
        }
    }
    assert!(told > 3_000, "{told} rows");
}

#[tokio::test]
async fn days_and_totals_are_the_same_from_either() {
    let folder = tempfile::tempdir().unwrap();
    let store = company(folder.path()).await;
    for filter in filters(&store).await {
        for (from, to) in SPANS {
            let days = DayRange::new(from.parse().unwrap(), to.parse().unwrap()).unwrap();
            for metric in [Metric::Billed, Metric::Effective] {
                let ask = |filter: Filter| async {
                    let asked = store.read(move |r| {
                        let mut costs = r.daily_costs(days, metric, &filter)?;
                        costs.sort_by(|a, b| key(a).cmp(&key(b)));
                        Ok::<_, StoreError>((costs, r.charge_totals(days, metric, &filter)?))
                    });
                    asked.await.unwrap()
                };
                assert_eq!(
                    ask(filter.clone()).await,
                    ask(by_day(&filter)).await,
                    "{filter:?}"
                );
            }
        }
    }
}

fn key(cost: &DailyCost) -> (i64, Option<i64>, &str, Currency) {
    let owner = cost.owner.map(|owner| owner.0);
    (cost.day, owner, &cost.service, cost.amount.currency())
}

/// Its rows, as they lie in the file.
type Packed = Vec<((i64, i64, i64), String, Vec<u8>, Vec<u8>, Vec<u8>)>;

fn packed(raw: &rusqlite::Connection) -> Packed {
    let mut query = raw
        .prepare("SELECT * FROM owner_month ORDER BY 1, 2, 3, 4")
        .unwrap();
    let mut rows = query.query([]).unwrap();
    let mut packed = Packed::new();
    while let Some(row) = rows.next().unwrap() {
        let at = (
            row.get(0).unwrap(),
            row.get(1).unwrap(),
            row.get(2).unwrap(),
        );
        let [charges, billed, effective] = [4, 5, 6].map(|at| row.get(at).unwrap());
        packed.push((at, row.get(3).unwrap(), charges, billed, effective));
    }
    packed
}

#[tokio::test]
async fn a_file_that_has_it_by_day_is_taken_over_and_a_row_that_differs_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let store = company(folder.path()).await;
    let path = store.path().to_owned();
    drop(store);
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.pragma_update(None, "key", format!("x'{}'", "05".repeat(32)))
        .unwrap();
    let wanted = packed(&raw);
    assert!(wanted.len() > 12, "{} rows", wanted.len());
    // As the program of before wrote it.
    raw.execute_batch(
        "CREATE TABLE owner_spend (
             stream INTEGER NOT NULL, day INTEGER NOT NULL, owner_id INTEGER NOT NULL,
             service_id INTEGER NOT NULL, currency TEXT NOT NULL, charges INTEGER NOT NULL,
             billed_units INTEGER NOT NULL, billed_rest INTEGER NOT NULL,
             effective_units INTEGER NOT NULL, effective_rest INTEGER NOT NULL,
             PRIMARY KEY (stream, day, owner_id, service_id, currency)
         ) STRICT, WITHOUT ROWID;
         INSERT INTO owner_spend
             SELECT stream, day, owner_id, service_id, currency, sum(charges), sum(billed_units),
                    sum(billed_rest), sum(effective_units), sum(effective_rest)
             FROM spend GROUP BY 1, 2, 3, 4, 5;
         DROP TABLE owner_month;
         PRAGMA user_version = 35;",
    )
    .unwrap();
    let store = Store::open(&path, &bill::key()).unwrap();
    assert_eq!(packed(&raw), wanted);
    let left: i64 = raw
        .query_row(
            "SELECT count(*) FROM sqlite_schema WHERE name = 'owner_spend'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(left, 0);
    assert_eq!(faults(&store).await, Vec::<String>::new());

    for column in ["charges", "billed", "effective"] {
        let (stream, before): (i64, Vec<u8>) = raw
            .query_row(
                &format!("SELECT stream, {column} FROM owner_month ORDER BY stream, owner_id, service_id LIMIT 1"),
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .unwrap();
        let set = format!(
            "UPDATE owner_month SET {column} = ?1 WHERE (stream, owner_id, service_id, currency) =
             (SELECT stream, owner_id, service_id, currency FROM owner_month
              WHERE stream = ?2 ORDER BY stream, owner_id, service_id LIMIT 1)"
        );
        raw.execute(&set, (vec![0x7e_u8], stream)).unwrap();
        let found = faults(&store).await;
        assert!(
            found[0].starts_with("allocation: what owners were given by service"),
            "{column}: {found:?}"
        );
        raw.execute(&set, (before, stream)).unwrap();
        assert_eq!(faults(&store).await, Vec::<String>::new());
    }
    drop(folder);
}
