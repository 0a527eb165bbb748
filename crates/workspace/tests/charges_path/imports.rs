use serde_json::Value;
use tallyport_ledger::{Metric, PeriodStatus};
use tallyport_store::By;
use tallyport_workspace::import::ImportAsk;

use crate::bench::{Bench, ask, costs_of, data, grant, line, rows, sample};

fn outcomes(result: &Value) -> Vec<&str> {
    let periods = result["periods"].as_array().unwrap().iter();
    periods
        .map(|period| period["outcome"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn the_focus_sample_comes_out_to_the_nano() {
    let bench = Bench::with_sample().await;
    let september = bench.rows("2024-09", By::Provider).await;
    assert_eq!(
        september,
        rows(&[
            ("AWS", "18.006638618"),
            ("Microsoft", "1.976514186"),
            ("Oracle", "0.297073925"),
        ])
    );
    let october = bench.rows("2024-10", By::Provider).await;
    assert_eq!(
        october,
        rows(&[("Oracle", "0.24")]),
        "the line that starts in September is on the bill of October"
    );
    let mut of_aws = costs_of("2024-09", By::Category);
    of_aws.filter.provider = vec!["AWS".to_owned()];
    assert_eq!(
        bench.rows_of(of_aws).await,
        rows(&[("Usage", "20.620338618"), ("Credit", "-2.6137")])
    );
}

#[tokio::test]
async fn the_anonymised_cur_comes_out_to_the_nano() {
    let bench = Bench::new();
    bench
        .import(&data(
            "focus-converters/sample-anonymous-aws-export-dataset.csv",
        ))
        .await;
    assert_eq!(
        bench.rows("2023-11", By::Category).await,
        rows(&[("Usage", "1.602308697"), ("Tax", "0.08")])
    );
}

#[tokio::test]
async fn a_file_imported_twice_changes_nothing() {
    let bench = Bench::with_sample().await;
    let before = all_versions(&bench).await;
    let again = bench.import(&sample()).await;
    assert!(
        outcomes(&again)
            .iter()
            .all(|outcome| *outcome == "unchanged"),
        "{again}"
    );
    let added = bench
        .import_as(ImportAsk {
            add: true,
            ..ask(&sample())
        })
        .await
        .unwrap();
    assert!(
        outcomes(&added)
            .iter()
            .all(|outcome| *outcome == "unchanged"),
        "{added}"
    );
    assert_eq!(all_versions(&bench).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_imported_at_once_is_loaded_in_the_order_of_asking_and_looked_at_after_the_last() {
    let bench = Bench::new();
    let mut jobs = Vec::new();
    for number in 1..=12 {
        let amount = number.to_string();
        let bill = bench.focus(
            &format!("{number}.csv"),
            &[&line("2024-03-01", "1", "EC2", "i-1", &amount, "{}")],
        );
        jobs.push(bench.begin(ask(&bill)).await);
    }
    let shopping = bench.folder.path().join("shopping.csv");
    std::fs::write(&shopping, "item,price\nmilk,2\n").unwrap();
    let refused = bench.begin(ask(&shopping)).await;
    for (number, job) in (1..).zip(&jobs) {
        let result = bench.ended(job).await.unwrap();
        assert_eq!(result["periods"][0]["version"], number, "{result}");
    }
    bench.ended(&refused).await.unwrap_err();
    let march = bench.rows("2024-03", By::Service).await;
    assert_eq!(march, rows(&[("EC2", "12.00")]));
    let stale = bench.cx.store.read(|r| r.stale_months()).await.unwrap();
    assert!(stale.is_empty(), "nobody looked: {stale:?}");
}

#[tokio::test]
async fn a_second_file_replaces_the_first_and_says_so() {
    let bench = Bench::new();
    let first = bench.focus(
        "a.csv",
        &[&line("2024-03-01", "1", "EC2", "i-1", "10.5", "{}")],
    );
    let second = bench.focus(
        "b.csv",
        &[&line("2024-03-01", "1", "EC2", "i-1", "11", "{}")],
    );
    bench.import(&first).await;
    let replaced = bench.import(&second).await;
    assert_eq!(outcomes(&replaced), ["replaced"]);
    assert_eq!(replaced["periods"][0]["replaced_version"], 1);
    assert_eq!(replaced["periods"][0]["version"], 2);
    assert_eq!(
        bench.rows("2024-03", By::Service).await,
        rows(&[("EC2", "11.00")])
    );
    let versions = all_versions(&bench).await;
    let old = versions.iter().find(|version| version.number == 1).unwrap();
    assert_eq!(
        (old.current, old.counts, old.replaced_by),
        (false, false, Some(2))
    );
    assert_eq!(
        old.totals[0].billed.to_decimal(2),
        "10.50",
        "the old version stays readable"
    );
}

#[tokio::test]
async fn a_bill_that_comes_in_parts_is_kept_in_parts() {
    let bench = Bench::new();
    let first = bench.focus(
        "a.csv",
        &[&line("2024-03-01", "1", "EC2", "i-1", "10", "{}")],
    );
    let second = bench.focus("b.csv", &[&line("2024-03-02", "1", "S3", "b-1", "5", "{}")]);
    bench.import(&first).await;
    let added = bench
        .import_as(ImportAsk {
            add: true,
            ..ask(&second)
        })
        .await
        .unwrap();
    assert_eq!(outcomes(&added), ["added"]);
    let both = rows(&[("EC2", "10.00"), ("S3", "5.00")]);
    assert_eq!(bench.rows("2024-03", By::Service).await, both);
    let third = bench.focus("c.csv", &[&line("2024-03-02", "1", "S3", "b-1", "7", "{}")]);
    bench.import(&third).await;
    assert_eq!(
        bench.rows("2024-03", By::Service).await,
        rows(&[("S3", "7.00")]),
        "a whole bill takes the place of all parts"
    );
}

#[tokio::test]
async fn a_final_bill_replaces_the_estimate_and_a_later_one_corrects_it() {
    let bench = Bench::new();
    bench
        .import(&data("koku-aws/2023-06-01-not-final.csv"))
        .await;
    let estimate = all_versions(&bench).await;
    assert_eq!(estimate[0].status, PeriodStatus::Estimated);
    // The two files of this source name the payer differently.
    let text = std::fs::read_to_string(data("koku-aws/2023-06-01.csv")).unwrap();
    let text = text.replace("0099999999999", "9999999999999");
    let settled = bench.folder.path().join("final.csv");
    std::fs::write(&settled, &text).unwrap();
    assert_eq!(outcomes(&bench.import(&settled).await), ["replaced"]);
    assert_eq!(all_versions(&bench).await[0].status, PeriodStatus::Final);
    let mut lines: Vec<&str> = text.lines().collect();
    lines.pop();
    let corrected = bench.folder.path().join("corrected.csv");
    std::fs::write(&corrected, lines.join("\n")).unwrap();
    assert_eq!(outcomes(&bench.import(&corrected).await), ["replaced"]);
    assert_eq!(
        all_versions(&bench).await[0].status,
        PeriodStatus::Corrected
    );
}

#[tokio::test]
async fn the_bill_of_another_client_is_refused() {
    let bench = Bench::new();
    let file = bench.focus(
        "a.csv",
        &[&line("2024-03-01", "1", "EC2", "i-1", "10", "{}")],
    );
    let other = bench.focus(
        "b.csv",
        &[&line("2024-03-01", "1", "EC2", "i-1", "12", "{}")],
    );
    let to = |path, client: &str| ImportAsk {
        client: Some(client.to_owned()),
        ..ask(path)
    };
    bench.import_as(to(&file, "North")).await.unwrap();
    let refused = bench.import_as(to(&other, "South")).await.unwrap_err();
    assert_eq!(refused["code"], "import.other-client");
    assert_eq!(
        refused["detail"],
        "billing account 111122223333 belongs to client \"North\""
    );
    let clients = tallyport_workspace::clients::list(&bench.cx, &grant())
        .await
        .unwrap();
    assert_eq!(clients.len(), 1, "nothing of the refused import is kept");
}

#[tokio::test]
async fn with_several_clients_an_unknown_bill_must_name_its_own() {
    let bench = Bench::new();
    for name in ["North", "South"] {
        tallyport_workspace::clients::add(&bench.cx, &grant(), name)
            .await
            .unwrap();
    }
    let file = bench.focus(
        "a.csv",
        &[&line("2024-03-01", "1", "EC2", "i-1", "10", "{}")],
    );
    let refused = bench.import_as(ask(&file)).await.unwrap_err();
    assert_eq!(refused["code"], "import.which-client");
}

#[tokio::test]
async fn bad_rows_refuse_the_file_unless_a_person_says_otherwise() {
    let bench = Bench::new();
    let good = line("2024-03-01", "1", "EC2", "i-1", "10", "{}");
    let bad = line("2024-03-01", "1", "EC2", "i-2", "ten", "{}");
    let file = bench.focus("a.csv", &[&good, &bad]);
    let refused = bench.import_as(ask(&file)).await.unwrap_err();
    assert_eq!(refused["code"], "import.bad-rows");
    assert_eq!(refused["details"]["rows"][0]["line"], 3);
    assert_eq!(refused["details"]["rows"][0]["column"], "BilledCost");
    assert!(all_versions(&bench).await.is_empty());
    let skipped = bench
        .import_as(ImportAsk {
            skip_bad_rows: true,
            ..ask(&file)
        })
        .await
        .unwrap();
    assert_eq!(skipped["skipped_count"], 1);
    let versions = all_versions(&bench).await;
    assert_eq!(
        versions[0].skipped_rows[0].line, 3,
        "what was left out is recorded"
    );
}

#[tokio::test]
async fn effective_cost_is_kept_apart_from_billed() {
    let bench = Bench::with_sample().await;
    let mut ask = costs_of("2024-09", By::Provider);
    ask.metric = Metric::Effective;
    let effective = bench.rows_of(ask).await;
    assert_ne!(effective, bench.rows("2024-09", By::Provider).await);
}

async fn all_versions(bench: &Bench) -> Vec<tallyport_store::PeriodVersion> {
    tallyport_workspace::periods::list(&bench.cx, &grant(), None)
        .await
        .unwrap()
}
