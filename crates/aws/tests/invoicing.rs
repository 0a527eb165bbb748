//! Invoices as AWS lists them, asked through the real SDK, answered by the sandbox.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use jiff::civil::date;
use tallyport_aws::{AwsError, InvoiceKind, invoices};
use tallyport_sandbox::{Disagreement, Fault, Sandbox, SandboxOptions};

fn sandbox(folder: &tempfile::TempDir) -> Sandbox {
    Sandbox::open(SandboxOptions {
        folder: folder.path().join("sandbox"),
        today: date(2026, 11, 21),
        seed: 7,
    })
    .unwrap()
}

#[tokio::test]
async fn every_page_of_a_months_invoices_is_followed() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = sandbox(&folder);
    let payer = sandbox.company().payer().to_owned();
    let config = sandbox.sdk_config();
    let asked = |sandbox: &Sandbox| {
        sandbox
            .requests()
            .answered("invoicing:ListInvoiceSummaries")
    };
    let mut longest = 0;
    for month in ["2026-08", "2026-09", "2026-10"] {
        let month = month.parse().unwrap();
        sandbox.agree();
        let before = asked(&sandbox);
        let whole = invoices(&config, &payer, month).await.unwrap();
        assert_eq!(asked(&sandbox) - before, 1, "all on one page");
        sandbox.disagree(Disagreement::ShortPages { most: 1 });
        let before = asked(&sandbox);
        let paged = invoices(&config, &payer, month).await.unwrap();
        assert_eq!(paged, whole, "the same, in the same order");
        assert_eq!(
            asked(&sandbox) - before,
            u64::try_from(whole.len()).unwrap()
        );
        assert!(whole.iter().any(|one| one.kind == InvoiceKind::Invoice));
        longest = longest.max(whole.len());
    }
    assert!(longest > 1, "a month has several");
}

#[tokio::test]
async fn a_page_that_fails_fails_the_whole_list() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = sandbox(&folder);
    sandbox.disagree(Disagreement::ShortPages { most: 1 });
    let payer = sandbox.company().payer().to_owned();
    sandbox
        .faults()
        .next("invoicing:ListInvoiceSummaries", Fault::AccessDenied, 1);
    let month = "2026-10".parse().unwrap();
    let refused = invoices(&sandbox.sdk_config(), &payer, month).await;
    let said = refused.unwrap_err();
    assert!(
        matches!(&said, AwsError::Denied { action, .. } if action == "invoicing:ListInvoiceSummaries"),
        "{said:?}"
    );
}
