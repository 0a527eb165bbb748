//! Budgets on the command line, and a program that is killed between what it loads and what it tells.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::stage::{Stage, word};

/// A bill of November 2026: days × services, each day and service so much.
fn bill(stage: &Stage, name: &str, days: u32, rows: u32, amount: &str) -> String {
    let mut text = "BilledCost,EffectiveCost,BillingAccountId,BillingCurrency,BillingPeriodStart,\
         ChargeCategory,ChargePeriodStart,ChargePeriodEnd,ProviderName,ServiceName,ResourceId,\
         SubAccountId,Tags,InvoiceId\n"
        .to_owned();
    for day in 1..=days {
        for row in 0..rows {
            let service = ["Amazon S3", "AWS Lambda", "Amazon EC2"][row as usize % 3];
            text += &format!(
                "{amount},{amount},111122223333,USD,2026-11-01 00:00:00,Usage,\
                 2026-11-{day:02} 00:00:00,2026-11-{day:02} 01:00:00,AWS,{service},r{row},\
                 444455556666,,2026-7\n"
            );
        }
    }
    stage.write(name, &text)
}

fn alerts(stage: &Stage) -> Vec<Value> {
    let answer = stage.json(&["alerts", "list", "--all"]);
    answer["alerts"].as_array().unwrap().clone()
}

/// How often each alert was put out for the desktop, by its number.
fn told(stage: &Stage) -> BTreeMap<i64, usize> {
    let answer = stage.json(&["api", "GET", "/api/v1/deliveries"]);
    let mut told = BTreeMap::new();
    for delivery in answer["deliveries"].as_array().unwrap() {
        for alert in delivery["alerts"].as_array().unwrap() {
            *told.entry(alert.as_i64().unwrap()).or_default() += 1;
        }
    }
    told
}

#[test]
fn a_budget_is_set_reached_answered_and_archived() {
    let stage = Stage::new();
    stage
        .tally(&["import", &bill(&stage, "early.csv", 10, 3, "20")])
        .ok();
    let set = [
        "budgets",
        "set",
        "Storage",
        "--scope",
        "service:Amazon S3",
        "--amount",
        "300",
        "--at",
        "80%",
        "--at",
        "100%",
        "--at",
        "150.00",
        "--forecast",
        "100%",
    ];
    let said = stage.tally(&set).ok();
    assert_eq!(
        said,
        "Storage is number 1: 200.00 of 300.00 USD from 2026-11-01 to 2026-11-30, near.\n"
    );
    let first = alerts(&stage);
    assert_eq!(word(&first[0]["title"]), "Storage has spent $150.00");

    stage
        .tally(&["import", &bill(&stage, "late.csv", 15, 3, "20")])
        .ok();
    let list = stage.json(&["budgets", "list"]);
    assert_eq!(list["as_of_day"], "2026-11-15");
    let now = &list["budgets"][0]["now"];
    assert_eq!(
        (&now["state"], &now["used_percent"]),
        (&"over".into(), &"100.0".into())
    );
    assert_eq!(alerts(&stage).len(), 3);
    assert!(told(&stage).values().all(|times| *times == 1));
    let table = stage.tally(&["budgets", "list"]).ok();
    assert!(
        table.contains("Storage") && table.contains("100.0 %"),
        "{table}"
    );

    let id = alerts(&stage)[0]["id"].to_string();
    let acknowledged = stage.tally(&["alerts", "ack", &id]).ok();
    assert!(acknowledged.contains("seen to by local"), "{acknowledged}");
    let snoozed = stage.json(&["alerts", "snooze", "1", "--until", "2026-12-01T08:00:00Z"]);
    assert_eq!(snoozed["state"], "snoozed");
    let open = stage.json(&["alerts", "list"]);
    assert_eq!(open["open"], 1);
    assert_eq!(stage.json(&["alerts", "reopen", "1"])["state"], "open");

    stage.tally(&["budgets", "archive", "storage"]).ok();
    let list = stage.json(&["budgets", "list"]);
    assert!(list["budgets"].as_array().unwrap().is_empty());
    let back = stage.json(&["budgets", "restore", "Storage"]);
    assert_eq!(back["now"]["actual"], "300.00");
    assert_eq!(alerts(&stage).len(), 3, "nothing is told again");
    assert!(told(&stage).values().all(|times| *times == 1));

    let suggested = stage.json(&["budgets", "suggest", "--scope", "all"]);
    assert_eq!(suggested["amount"], Value::Null, "no whole month is known");
    let wrong = stage.tally(&[
        "budgets",
        "set",
        "X",
        "--scope",
        "planet:Mars",
        "--amount",
        "1",
    ]);
    assert_eq!(wrong.code, 2, "{wrong:?}");
    let nobody = stage.tally(&[
        "budgets",
        "set",
        "X",
        "--scope",
        "person:Nobody",
        "--amount",
        "1",
    ]);
    assert_eq!(nobody.code, 3, "{nobody:?}");
}

#[test]
fn a_plan_is_given_with_commas_or_spaces_and_parts_are_counted_once() {
    let stage = Stage::new();
    stage
        .tally(&["import", &bill(&stage, "early.csv", 10, 3, "20")])
        .ok();
    let months: Vec<String> = (1..=12).map(|month| (month * 100).to_string()).collect();
    let plan = months.join(",");
    stage
        .tally(&["budgets", "set", "Whole", "--plan", &plan])
        .ok();
    let mut spaced = vec!["budgets", "set", "--plan"];
    spaced.extend(months.iter().map(String::as_str));
    spaced.extend([
        "Storage",
        "--scope",
        "service:Amazon S3",
        "--parent",
        "whole",
    ]);
    stage.tally(&spaced).ok();
    let part = [
        "budgets",
        "set",
        "Again",
        "--scope",
        "service:Amazon S3",
        "--amount",
        "5",
        "--parent",
        "Whole",
    ];
    stage.tally(&part).ok();
    let eleven = months[..11].join(",");
    let short = stage.tally(&["budgets", "set", "Short", "--plan", &eleven]);
    assert_eq!(short.code, 4, "{short:?}");
    assert!(short.err.contains("twelve"), "{}", short.err);

    let list = stage.json(&["budgets", "list", "--search", "whole"]);
    let whole = &list["budgets"][0];
    assert_eq!(whole["now"]["limit"], "1100.00", "November");
    // Two parts about the same charges: 200 of 600, not 400.
    assert_eq!(whole["parts"]["together"], "200.00");
    assert_eq!(whole["parts"]["rest"], "400.00");
    let table = stage.tally(&["budgets", "list"]).ok();
    assert!(table.contains("in its parts"), "{table}");
    let risk = stage.json(&["budgets", "list", "--only", "over", "--order", "risk"]);
    assert_eq!((&risk["total"], &risk["all"]), (&1.into(), &3.into()));
    let help = stage.tally(&["budgets", "set", "--help"]).ok();
    assert_eq!(help.matches("<AMOUNT>").count(), 2, "{help}");

    // A name that is another budget's number is a name.
    stage.tally(&["budgets", "set", "1", "--amount", "7"]).ok();
    let list = stage.json(&["budgets", "list"]);
    assert_eq!(list["all"], 4, "{list}");
}

#[test]
fn a_program_killed_between_a_load_and_its_notices_tells_everything_once() {
    let kills: u32 = std::env::var("TALLY_KILLS")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(4);
    let mut whole: Option<Duration> = None;
    let (mut hit, mut untold) = (0, 0);
    let mut state: u64 = 0x2545_f491_4f6c_dd1d;
    for _ in 0..kills {
        let stage = Stage::new();
        stage
            .tally(&["import", &bill(&stage, "early.csv", 5, 3, "1")])
            .ok();
        for (name, scope) in [
            ("all", "all"),
            ("s3", "service:Amazon S3"),
            ("ec2", "service:Amazon EC2"),
        ] {
            let set = [
                "budgets", "set", name, "--scope", scope, "--amount", "1000", "--at", "50%",
                "--at", "100%",
            ];
            stage.tally(&set).ok();
        }
        assert!(alerts(&stage).is_empty());
        let late = bill(&stage, "late.csv", 20, 600, "1");
        let Some(whole) = whole else {
            let begun = Instant::now();
            stage.tally(&["import", &late]).ok();
            whole = Some(begun.elapsed());
            assert_eq!(alerts(&stage).len(), 6);
            continue;
        };
        // The load, the evaluation and the notices lie in the last part of the run.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let thousandth = u32::try_from(state % 600).unwrap() + 400;
        let mut child = stage.command(&["import", &late]).spawn().unwrap();
        std::thread::sleep(whole * thousandth / 1_000);
        hit += u32::from(child.try_wait().unwrap().is_none());
        let _ = child.kill();
        let _ = child.wait();

        // Whatever was raised has its notice, since both are one transaction.
        let raised = alerts(&stage);
        let numbers: Vec<i64> = raised.iter().map(|a| a["id"].as_i64().unwrap()).collect();
        assert_eq!(told(&stage).keys().copied().collect::<Vec<_>>(), {
            let mut numbers = numbers.clone();
            numbers.sort_unstable();
            numbers
        });
        untold += u32::from(raised.is_empty());
        // What was not is made up for, by a check or by the next load.
        stage.tally(&["budgets", "check"]).ok();
        stage.tally(&["import", &late]).ok();
        stage.tally(&["budgets", "check"]).ok();
        let raised = alerts(&stage);
        assert_eq!(raised.len(), 6, "{raised:?}");
        assert!(raised.iter().all(|alert| alert["times"] == 1));
        assert_eq!(told(&stage).len(), 6);
        assert!(told(&stage).values().all(|times| *times == 1));
        assert_eq!(stage.json(&["verify"])["ok"], true);
    }
    println!("{hit} of {kills} killed at work, {untold} before anything was told");
    assert!(hit > 0, "no kill came in time");
}
