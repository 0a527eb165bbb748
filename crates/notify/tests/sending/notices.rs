//! Notices that say much, little, and what they should not be able to say.

use tallyport_ledger::alert::{AlertId, Notice, NoticeLine, Severity};
use tallyport_ledger::{Currency, Money};
use tallyport_notify::Parcel;

fn line(label: &str, amount: &str) -> NoticeLine {
    NoticeLine {
        label: label.to_owned(),
        amount: Money::parse(amount, Currency::USD).unwrap(),
    }
}

/// An ordinary one.
pub fn parcel(id: &str) -> Parcel {
    Parcel {
        id: id.to_owned(),
        sent_at: jiff::Timestamp::now(),
        workspace: "Northwind".to_owned(),
        notice: Notice {
            title: "Jane Doe at 81 % of September's budget".to_owned(),
            text: "Spent so far is over 80 % of the limit.\nMost of it is Amazon EC2.".to_owned(),
            severity: Severity::Warning,
            alerts: vec![AlertId(7), AlertId(9)],
            place: "/budgets/12".to_owned(),
            lines: vec![line("Spent so far", "8123.456789"), line("Limit", "10000")],
        },
    }
}

/// Names that want to be markup, a mention, a link, a header or a flood.
pub const EVIL: &str = "<!channel> <img src=x onerror=alert(1)> [click](https://evil.example) *bold* \
    <@U123> & \u{202e}gnp.exe\r\nBcc: thief@evil.example\r\n\r\n<script>alert(1)</script>";

/// One in which every text is hostile.
pub fn evil(id: &str) -> Parcel {
    let mut parcel = parcel(id);
    parcel.workspace = EVIL.to_owned();
    parcel.notice.title = EVIL.to_owned();
    parcel.notice.text = EVIL.to_owned();
    parcel.notice.lines = vec![line(EVIL, "1")];
    parcel
}

/// One that is far too long for anything.
pub fn long(id: &str) -> Parcel {
    let mut parcel = parcel(id);
    parcel.notice.title = "Ünïcode title ".repeat(400);
    parcel.notice.text = "A sentence that goes on. ".repeat(4_000);
    let label = "a label of many words ".repeat(50);
    parcel.notice.lines = (0..500)
        .map(|_| line(&label, "123456789.123456789"))
        .collect();
    parcel
}
