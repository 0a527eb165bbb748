//! A payer that is asked too often, and a clock that is wrong: the bill comes whole and on its days.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![expect(
    clippy::print_stdout,
    reason = "how often was asked is what a soak is for"
)]

mod gate;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use gate::Gate;
use jiff::civil::{Date, date};
use tallyport_aws::AwsError;
use tallyport_aws::cost_explorer::{Ask, BURST, Fetched, RATE, Step, fetch};
use tallyport_ledger::DayRange;
use tallyport_sandbox::{Sandbox, SandboxOptions};

fn sandbox(today: Date) -> (Sandbox, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let options = SandboxOptions {
        folder: folder.path().to_owned(),
        today,
        seed: 7,
    };
    (Sandbox::open(options).unwrap(), folder)
}

fn ask(from: Date, to: Date, account: &str) -> Ask {
    Ask {
        days: DayRange::new(from, to).unwrap(),
        billing_account: account.to_owned(),
        allocation_tags: Vec::new(),
        announced: 2,
    }
}

async fn fetched(config: &aws_config::SdkConfig, ask: &Ask) -> Result<Fetched, AwsError> {
    fetch(config, ask, &mut |_: Step| ControlFlow::Continue(())).await
}

/// Day, what was billed and what it cost in effect.
fn days(fetched: &Fetched) -> BTreeMap<Date, (i64, i64)> {
    let mut days: BTreeMap<Date, (i64, i64)> = BTreeMap::new();
    for charge in fetched.load.periods.iter().flat_map(|p| &p.charges) {
        let day = days.entry(charge.day).or_default();
        day.0 += charge.amounts.billed;
        day.1 += charge.amounts.effective;
    }
    days
}

/// How many pages are asked for: the short form, or what the variable of a long run says.
#[expect(
    clippy::disallowed_methods,
    reason = "a test is the top of its program"
)]
fn pages() -> u32 {
    std::env::var("TALLY_THROTTLED_PAGES")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(1_000)
}

async fn throttled(refused: u64) {
    let today = date(2026, 11, 21);
    let (sandbox, _folder) = sandbox(today);
    // A longer bill and smaller pages make more of them.
    let from = if pages() > 1_000 {
        date(2025, 11, 1)
    } else {
        date(2026, 10, 1)
    };
    let days_asked = ask(from, today, &format!("1111222233{refused:02}"));
    let calm = Gate::new(0, 0, true);
    let whole = fetched(&calm.before(&sandbox), &days_asked).await.unwrap();
    let groups: usize = whole.load.periods.iter().map(|p| p.charges.len()).sum();
    let size = (2 * groups).div_ceil(usize::try_from(pages()).unwrap() * 2);
    sandbox.set_page_size(size.max(1));
    let gate = Gate::new(refused, 0, true);
    let paged = fetched(&gate.before(&sandbox), &days_asked).await.unwrap();
    assert!(
        paged.requests >= pages() / 2,
        "{} pages of {size} are a long bill",
        paged.requests
    );
    assert_eq!(
        days(&paged),
        days(&whole),
        "nothing is lost, nothing doubled"
    );

    let came = gate.came.lock().unwrap();
    let sent = u32::try_from(came.len()).unwrap();
    println!(
        "{refused} of 100 refused: {sent} requests for {} pages",
        paged.requests
    );
    assert!(sent >= paged.requests);
    if refused == 30 {
        assert!(
            sent <= paged.requests * 2,
            "{sent} requests for {} pages",
            paged.requests
        );
    }
    // At most a burst, then the lasting rate, over any second and over any minute.
    for (window, most) in [(1_000, BURST + RATE), (60_000, BURST + 60 * RATE)] {
        let mut first = 0;
        for (last, moment) in came.iter().enumerate() {
            while came[first] + window <= *moment {
                first += 1;
            }
            let within = last - first + 1;
            assert!(
                within <= usize::try_from(most).unwrap(),
                "{within} in {window} ms"
            );
        }
    }
    let waits: BTreeSet<u64> = came.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(waits.len() > 20, "waits are not in step: {waits:?}");
}

#[tokio::test]
async fn a_bill_comes_whole_where_one_request_of_ten_is_refused() {
    throttled(10).await;
}

#[tokio::test]
async fn a_bill_comes_whole_where_three_requests_of_ten_are_refused() {
    throttled(30).await;
}

#[tokio::test]
async fn a_bill_comes_whole_where_six_requests_of_ten_are_refused() {
    throttled(60).await;
}

#[tokio::test]
async fn a_clock_that_is_a_day_off_moves_no_charge_and_is_named_with_its_size() {
    let ends = [
        (date(2026, 10, 1), date(2026, 11, 21)),
        (date(2026, 10, 1), date(2026, 10, 31)),
        (date(2028, 2, 1), date(2028, 2, 29)),
    ];
    for (from, today) in ends {
        let (sandbox, _folder) = sandbox(today);
        let days_asked = ask(from, today, "111122223333");
        let right = Gate::new(0, 0, true);
        let right = fetched(&right.before(&sandbox), &days_asked).await.unwrap();
        assert!(right.notes.iter().all(|note| !note.contains("clock")));
        for (ahead, size) in [(90_000, "25 h behind"), (-90_000, "25 h ahead of")] {
            let gate = Gate::new(0, ahead, true);
            let off = fetched(&gate.before(&sandbox), &days_asked).await.unwrap();
            assert_eq!(days(&off), days(&right), "each charge is on its UTC day");
            let named = off.notes.iter().any(|note| note.contains(size));
            assert!(named, "{:?}", off.notes);
            let sent = u32::try_from(gate.came.lock().unwrap().len()).unwrap();
            assert_eq!(sent, off.requests + 1, "one request was signed again");
        }
    }
}

#[tokio::test]
async fn a_clock_that_cannot_be_corrected_is_named() {
    let today = date(2026, 11, 21);
    let (sandbox, _folder) = sandbox(today);
    let gate = Gate::new(0, 90_000, false);
    let days_asked = ask(date(2026, 11, 1), today, "111122223333");
    let refused = fetched(&gate.before(&sandbox), &days_asked)
        .await
        .unwrap_err();
    let AwsError::ClockSkew { action, .. } = &refused else {
        panic!("{refused}");
    };
    assert_eq!(action, "ce:GetCostAndUsage");
    assert!(refused.to_string().contains("clock"), "{refused}");
}
