use tallyport_store::{By, ChargeOrder, Page, Values};
use tallyport_workspace::charges::ChargesAsk;
use tallyport_workspace::resources::ResourcesAsk;
use tallyport_workspace::rules::MatcherAsk;
use tallyport_workspace::{FilterAsk, WorkspaceError, charges, people, resources, teams, values};

use crate::bench::{Bench, costs_of, grant, line};

/// What people have tried on databases.
const PAYLOADS: &[&str] = &[
    "'",
    "''",
    "\"",
    "`",
    "';--",
    "' OR '1'='1",
    "' OR 1=1 --",
    "\" OR \"\"=\"",
    "'); DROP TABLE charge; --",
    "1; DELETE FROM period_version",
    "x' UNION SELECT key FROM resource --",
    "%' OR key LIKE '%",
    "%",
    "_",
    "\\",
    "\\'",
    "?1",
    ":name",
    "@p",
    "$p",
    "NULL",
    "(SELECT 1)",
    "0x27",
    "char(39)",
    "/* */",
    "ATTACH DATABASE '/tmp/x' AS x",
    "randomblob(1000000000)",
    "' AND load_extension('x') --",
    "\u{2019} OR 1=1",
    "Robert'); DROP TABLE person;--",
    "1e999",
    "-1",
    "9223372036854775808",
];

/// Every filter, one payload in one field.
fn filters(payload: &str) -> Vec<(&'static str, FilterAsk)> {
    let text = || vec![payload.to_owned()];
    let none = FilterAsk::default;
    vec![
        (
            "provider",
            FilterAsk {
                provider: text(),
                ..none()
            },
        ),
        (
            "service",
            FilterAsk {
                service: text(),
                ..none()
            },
        ),
        (
            "account",
            FilterAsk {
                account: text(),
                ..none()
            },
        ),
        (
            "region",
            FilterAsk {
                region: text(),
                ..none()
            },
        ),
        (
            "resource",
            FilterAsk {
                resource: text(),
                ..none()
            },
        ),
        (
            "tag",
            FilterAsk {
                tag: vec![format!("{payload}=x")],
                ..none()
            },
        ),
        (
            "tag value",
            FilterAsk {
                tag: vec![format!("owner={payload}")],
                ..none()
            },
        ),
        (
            "person",
            FilterAsk {
                person: text(),
                ..none()
            },
        ),
        (
            "team",
            FilterAsk {
                team: text(),
                ..none()
            },
        ),
        (
            "client",
            FilterAsk {
                client: text(),
                ..none()
            },
        ),
        (
            "owner",
            FilterAsk {
                owner: text(),
                ..none()
            },
        ),
        (
            "category",
            FilterAsk {
                category: text(),
                ..none()
            },
        ),
    ]
}

/// A filter may find nothing or not know the name; it never breaks the statement.
fn harmless<T>(found: Result<T, WorkspaceError>, what: &str) -> Option<T> {
    match found {
        Ok(found) => Some(found),
        Err(error) => {
            let codes = ["request.not-found", "request.invalid"];
            assert!(codes.contains(&error.code()), "{what}: {error}");
            None
        }
    }
}

#[tokio::test]
async fn statements_in_filters_stand_for_themselves() {
    let bench = Bench::new();
    let plain = line(
        "2024-03-01",
        "100",
        "EC2",
        "machine",
        "10",
        r#"{"owner":"anna"}"#,
    );
    bench.import(&bench.focus("a.csv", &[&plain])).await;
    for payload in PAYLOADS {
        for (field, filter) in filters(payload) {
            let what = format!("{field} = {payload}");
            for by in [
                By::Service,
                By::Person,
                By::Team,
                By::Tag((*payload).to_owned()),
            ] {
                let mut ask = costs_of("2024-03", by);
                ask.filter = filter.clone();
                if let Some(costs) = harmless(bench.costs(ask).await, &what) {
                    assert!(costs.results.is_empty(), "{what} found charges");
                }
            }
            let ask = ChargesAsk {
                days: costs_of("2024-03", By::Service).days,
                metric: tallyport_ledger::Metric::Billed,
                filter: filter.clone(),
                order: ChargeOrder::Day,
                page: Page {
                    offset: 0,
                    limit: 10,
                },
            };
            if let Some(found) = harmless(charges::charges(&bench.cx, &grant(), ask).await, &what) {
                assert_eq!(found.totals.rows, 0, "{what}");
                assert!(found.rows.is_empty(), "{what}");
            }
            let ask = ResourcesAsk {
                month: None,
                metric: tallyport_ledger::Metric::Billed,
                search: String::new(),
                filter,
                page: Page {
                    offset: 0,
                    limit: 10,
                },
            };
            if let Some(found) =
                harmless(resources::resources(&bench.cx, &grant(), ask).await, &what)
            {
                assert!(found.rows.is_empty(), "{what}");
            }
        }
        for of in [
            Values::Service,
            Values::Resource,
            Values::TagValue((*payload).to_owned()),
        ] {
            let found = values::values(&bench.cx, &grant(), of, (*payload).to_owned(), 10, None)
                .await
                .unwrap();
            assert!(found.is_empty(), "{payload} is no part of a value");
        }
    }
    assert_eq!(
        bench.rows("2024-03", By::Service).await.len(),
        1,
        "nothing was changed"
    );
}

#[tokio::test]
async fn statements_in_names_and_bills_are_kept_to_the_letter() {
    let bench = Bench::new();
    // Quotes and commas are the file's own, and NULL is its word for nothing.
    let usable: Vec<&str> = PAYLOADS
        .iter()
        .copied()
        .filter(|text| !text.contains(['"', ',']) && *text != "NULL")
        .collect();
    let lines: Vec<String> = usable
        .iter()
        .map(|text| line("2024-03-01", "100", "EC2", text, "1", "{}"))
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    bench.import(&bench.focus("a.csv", &lines)).await;
    let mut people_made = 0;
    for text in &usable {
        let person = people::add(&bench.cx, &grant(), text, None).await.unwrap();
        assert_eq!(&person.name, text);
        teams::add(&bench.cx, &grant(), text, None).await.unwrap();
        people_made += 1;
        let owner = format!("person:{}", person.id);
        let resource = MatcherAsk::Resource((*text).to_owned());
        let changed = bench.rule(&owner, resource, None, None).await;
        assert_eq!(changed.reallocated.charges, 1, "{text}");
        let mut ask = costs_of("2024-03", By::Person);
        ask.filter.resource = vec![(*text).to_owned()];
        let rows = bench.rows_of(ask).await;
        assert_eq!(rows[0], ((*text).to_owned(), "1.00".to_owned()));
    }
    let everybody = people::list(&bench.cx, &grant(), false).await.unwrap();
    assert_eq!(everybody.len(), people_made);
    let rows = bench.rows("2024-03", By::Person).await;
    assert_eq!(rows.len(), usable.len() + 1, "one row each, and unowned");
}

#[test]
fn no_query_of_the_store_is_built_from_text() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../store/src");
    let mut files = vec![folder];
    let mut read = 0;
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(
                std::fs::read_dir(&path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        read += 1;
        for (number, line) in text.lines().enumerate() {
            let verbs = [
                "SELECT ", "INSERT ", "UPDATE ", "DELETE ", "PRAGMA ", "ATTACH ",
            ];
            let formats = ["format!", "write!", "push_str(&"];
            let built = verbs.iter().any(|verb| line.contains(verb))
                && formats.iter().any(|format| line.contains(format));
            assert!(!built, "{}:{}: {line}", path.display(), number + 1);
        }
    }
    assert!(read > 20);
}
