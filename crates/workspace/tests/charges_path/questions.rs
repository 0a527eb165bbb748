use tallyport_ledger::{Metric, SourceKind};
use tallyport_store::{By, ChargeOrder, Interval, Page};
use tallyport_workspace::charges::ChargesAsk;
use tallyport_workspace::resources::ResourcesAsk;
use tallyport_workspace::rules::MatcherAsk;
use tallyport_workspace::{FilterAsk, charges, overview, resources};

use crate::bench::{Bench, costs_of, days, grant, line, line_of, rows};

const ALL: Page = Page {
    offset: 0,
    limit: 1_000,
};

fn charges_of(month: &str, filter: FilterAsk) -> ChargesAsk {
    ChargesAsk {
        days: costs_of(month, By::Service).days,
        metric: Metric::Billed,
        filter,
        order: ChargeOrder::Amount,
        page: ALL,
    }
}

async fn spring() -> Bench {
    let bench = Bench::new();
    let lines = [
        line(
            "2024-02-10",
            "100",
            "EC2",
            "i-1",
            "400",
            r#"{"team":"web"}"#,
        ),
        line(
            "2024-03-10",
            "100",
            "EC2",
            "i-1",
            "450",
            r#"{"team":"web"}"#,
        ),
        line(
            "2024-03-20",
            "100",
            "EC2",
            "i-2",
            "50",
            r#"{"Team":"data"}"#,
        ),
        line("2024-03-10", "200", "S3", "b-1", "120.000000001", "{}"),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    bench.import(&bench.focus("spring.csv", &lines)).await;
    bench
}

#[tokio::test]
async fn columns_are_days_or_months_and_add_up() {
    let bench = spring().await;
    let mut ask = costs_of("2024-03", By::Service);
    ask.days = days("2024-02-01", "2024-03-31");
    ask.interval = Interval::Month;
    let costs = bench.costs(ask.clone()).await.unwrap();
    let result = &costs.results[0];
    assert_eq!(costs.columns[0].key, "2024-02");
    let totals: Vec<_> = result
        .column_totals
        .iter()
        .map(|m| m.to_decimal(2))
        .collect();
    assert_eq!(totals, ["400.00", "620.000000001"]);
    assert_eq!(result.total.to_decimal(2), "1020.000000001");
    ask.interval = Interval::Day;
    let by_day = bench.costs(ask).await.unwrap();
    assert_eq!(by_day.columns.len(), 60);
    assert_eq!(by_day.results[0].rows[0].cells[9].to_decimal(2), "400.00");
}

#[tokio::test]
async fn a_month_is_compared_with_the_month_before() {
    let bench = spring().await;
    let mut ask = costs_of("2024-03", By::Service);
    ask.compare = true;
    let costs = bench.costs(ask).await.unwrap();
    let result = &costs.results[0];
    assert_eq!(result.previous_total.unwrap().to_decimal(2), "400.00");
    let s3 = result.rows.iter().find(|row| row.name.key == "S3").unwrap();
    assert_eq!(s3.previous.unwrap().to_decimal(2), "0.00");
}

#[tokio::test]
async fn tags_are_rows_and_what_has_none_is_one_too() {
    let bench = spring().await;
    assert_eq!(
        bench.rows("2024-03", By::Tag("TEAM".to_owned())).await,
        rows(&[
            ("web", "450.00"),
            ("Not tagged", "120.000000001"),
            ("data", "50.00")
        ])
    );
    let mut ask = costs_of("2024-03", By::Service);
    ask.filter.tag = vec!["team=web".to_owned(), "team=(none)".to_owned()];
    assert_eq!(
        bench.rows_of(ask).await,
        rows(&[("EC2", "450.00"), ("S3", "120.000000001")])
    );
}

#[tokio::test]
async fn currencies_are_never_added() {
    let bench = Bench::new();
    let lines = [
        line_of("1", "USD", "2024-03-01", "100", "EC2", "i-1", "1", "{}"),
        line_of("1", "EUR", "2024-03-01", "100", "EC2", "i-1", "2", "{}"),
    ];
    bench
        .import(&bench.focus("two.csv", &[&lines[0], &lines[1]]))
        .await;
    let costs = bench.costs(costs_of("2024-03", By::Person)).await.unwrap();
    let totals: Vec<_> = costs.results.iter().map(|r| r.total.to_string()).collect();
    assert_eq!(totals, ["2.00 EUR", "1.00 USD"]);
}

#[tokio::test]
async fn sums_beyond_sixty_four_bits_are_exact() {
    let bench = Bench::new();
    let lines: Vec<String> = (1..=28)
        .map(|day| {
            line(
                &format!("2024-03-{day:02}"),
                "100",
                "EC2",
                "i-1",
                "9223372036.854775807",
                "{}",
            )
        })
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    bench.import(&bench.focus("huge.csv", &lines)).await;
    assert_eq!(
        bench.rows("2024-03", By::Service).await,
        rows(&[("EC2", "258254417031.933722596")])
    );
    bench.person("Anna").await;
    bench
        .rule(
            "person:Anna",
            MatcherAsk::Resource("i-1".to_owned()),
            None,
            None,
        )
        .await;
    assert_eq!(
        bench.rows("2024-03", By::Person).await,
        rows(&[("Anna", "258254417031.933722596"), ("Unowned", "0.00")])
    );
}

#[tokio::test]
async fn behind_a_number_stand_its_charges_with_file_line_and_rule() {
    let bench = spring().await;
    bench.person("Anna").await;
    bench
        .rule(
            "person:Anna",
            MatcherAsk::Resource("i-1".to_owned()),
            None,
            None,
        )
        .await;
    let filter = FilterAsk {
        person: vec!["Anna".to_owned()],
        ..FilterAsk::default()
    };
    let found = charges::charges(&bench.cx, &grant(), charges_of("2024-03", filter))
        .await
        .unwrap();
    assert_eq!(found.totals.rows, 1);
    assert_eq!(found.totals.amounts[0].to_decimal(2), "450.00");
    let charge = &found.rows[0];
    assert_eq!(charge.row.line_range, (3, 3));
    assert_eq!(charge.source.file_name.as_deref(), Some("spring.csv"));
    assert_eq!(charge.source.source, SourceKind::Focus);
    assert_eq!(charge.rule.as_ref().unwrap().1, "resource i-1");
    assert_eq!(charge.row.owner.as_ref().unwrap().name, "Anna");
    assert_eq!(charge.row.tags["team"], "web");
}

#[tokio::test]
async fn pages_of_charges_hold_all_of_them_once() {
    let bench = Bench::with_sample().await;
    let mut seen = Vec::new();
    for offset in (0..).step_by(100) {
        let mut ask = charges_of("2024-09", FilterAsk::default());
        ask.page = Page { offset, limit: 100 };
        let page = charges::charges(&bench.cx, &grant(), ask).await.unwrap();
        if page.rows.is_empty() {
            assert_eq!(page.totals.rows, u64::try_from(seen.len()).unwrap());
            break;
        }
        seen.extend(page.rows.iter().map(|charge| charge.row.id));
    }
    let listed = seen.len();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), listed);
    let too_long = ChargesAsk {
        page: Page {
            offset: 0,
            limit: 1_001,
        },
        ..charges_of("2024-09", FilterAsk::default())
    };
    let refused = charges::charges(&bench.cx, &grant(), too_long)
        .await
        .unwrap_err();
    assert_eq!(refused.code(), "request.invalid");
}

#[tokio::test]
async fn resources_are_found_by_a_part_of_their_name() {
    let bench = spring().await;
    bench.person("Anna").await;
    bench
        .rule(
            "person:Anna",
            MatcherAsk::Resource("i-2".to_owned()),
            None,
            None,
        )
        .await;
    let ask = |search: &str| ResourcesAsk {
        month: None,
        metric: Metric::Billed,
        search: search.to_owned(),
        filter: FilterAsk::default(),
        page: ALL,
    };
    let all = resources::resources(&bench.cx, &grant(), ask(""))
        .await
        .unwrap();
    let found: Vec<_> = all
        .rows
        .iter()
        .map(|row| (row.resource.as_str(), row.amount.to_decimal(2)))
        .collect();
    assert_eq!(
        found,
        [
            ("i-1", "450.00".to_owned()),
            ("b-1", "120.000000001".to_owned()),
            ("i-2", "50.00".to_owned())
        ]
    );
    let one = resources::resources(&bench.cx, &grant(), ask("I-2"))
        .await
        .unwrap();
    assert_eq!(one.total_rows, 1);
    assert_eq!(one.rows[0].owner.as_ref().unwrap().name, "Anna");
    assert_eq!(one.rows[0].service, "EC2");
    for literal in ["%", "_", "\\", "i_1"] {
        let none = resources::resources(&bench.cx, &grant(), ask(literal))
            .await
            .unwrap();
        assert_eq!(none.total_rows, 0, "{literal} stands for itself");
    }
    let mut tagged = ask("");
    tagged.filter.tag = vec!["team=data".to_owned()];
    let tagged = resources::resources(&bench.cx, &grant(), tagged)
        .await
        .unwrap();
    assert_eq!(tagged.rows.len(), 1);
}

#[tokio::test]
async fn the_overview_names_what_drove_a_month() {
    let bench = spring().await;
    let overview = overview::overview(&bench.cx, &grant(), None, None)
        .await
        .unwrap();
    assert_eq!(overview.month.unwrap().to_string(), "2024-03");
    let result = &overview.results[0];
    assert_eq!(result.total.to_decimal(2), "620.000000001");
    assert_eq!(result.previous_total.to_decimal(2), "400.00");
    assert_eq!(result.drivers[0].label, "EC2");
    assert_eq!(result.unowned, result.total);
    assert_eq!(result.days.len(), 31);
    assert_eq!(result.days[9].1.to_decimal(2), "570.000000001");
    assert_eq!(overview.attention[0].kind, "unowned");
    let empty = Bench::new();
    let empty = overview::overview(&empty.cx, &grant(), None, None)
        .await
        .unwrap();
    assert_eq!((empty.month, empty.attention[0].kind), (None, "empty"));
}

#[tokio::test]
async fn values_are_offered_to_choose_from() {
    let bench = spring().await;
    let values = |of| {
        tallyport_workspace::values::values(
            &bench.cx,
            VIEW.get_or_init(grant),
            of,
            String::new(),
            50,
            None,
        )
    };
    static VIEW: std::sync::OnceLock<tallyport_workspace::Grant<tallyport_ledger::ViewCosts>> =
        std::sync::OnceLock::new();
    use tallyport_store::Values;
    let keys =
        |rows: Vec<tallyport_store::RowName>| rows.into_iter().map(|r| r.key).collect::<Vec<_>>();
    assert_eq!(keys(values(Values::Service).await.unwrap()), ["EC2", "S3"]);
    assert_eq!(keys(values(Values::Account).await.unwrap()), ["100", "200"]);
    assert_eq!(keys(values(Values::TagKey).await.unwrap()), ["Team"]);
    assert_eq!(
        keys(values(Values::TagValue("team".to_owned())).await.unwrap()),
        ["data", "web"]
    );
}
