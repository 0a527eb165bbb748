use tallyport_documents::sheet::{Cell, Kind};
use tallyport_ledger::ViewCosts;
use tallyport_ledger::channel::ChannelKind;
use tallyport_store::{Alert, AlertQuery, Delivery, DeliveryQuery};

use super::column::{Of, column, id, maybe, money, off_paper, text};
use super::facts::Facts;
use super::{Table, listed};
use crate::channels::DESKTOP_NAME;
use crate::{Context, Grant, WorkspaceError, alerts, delivery};

pub(super) const ALERTS: &[Of<Alert>] = &[
    column("Raised at", Kind::Moment, |alert| {
        Cell::Moment(alert.raised_at)
    }),
    text("Severity", |alert| Cell::text(alert.severity.word())),
    off_paper(text("Kind", |alert| Cell::text(alert.kind.word()))),
    text("Title", |alert| Cell::text(&alert.title)),
    off_paper(text("Text", |alert| Cell::text(&alert.text))),
    text("Budget", |alert| {
        maybe(alert.budget.as_ref().map(|(_, name)| name.as_str()))
    }),
    off_paper(column("From", Kind::Day, |alert| {
        Cell::Day(alert.span.from())
    })),
    off_paper(column("To", Kind::Day, |alert| Cell::Day(alert.span.to()))),
    column("Currency", Kind::Currency, |alert| {
        Cell::maybe(alert.figures, |of| Cell::Currency(of.amount.currency()))
    }),
    off_paper(money("Limit", |alert| {
        Cell::maybe(alert.figures, |of| Cell::Money(of.limit))
    })),
    money("Amount", |alert| {
        Cell::maybe(alert.figures, |of| Cell::Money(of.amount))
    }),
    off_paper(column("Times", Kind::Count, |alert| {
        Cell::Count(alert.times.into())
    })),
    text("State", |alert| Cell::text(alert.state.word())),
    text("Seen to by", |alert| {
        maybe(alert.acknowledged.as_ref().map(|(who, _)| who.as_str()))
    }),
    off_paper(column("Seen to at", Kind::Moment, |alert| {
        Cell::maybe(alert.acknowledged.as_ref(), |(_, at)| Cell::Moment(*at))
    })),
    off_paper(column("Put off until", Kind::Moment, |alert| {
        Cell::maybe(alert.snoozed_until, Cell::Moment)
    })),
    off_paper(column("Id", Kind::Count, |alert| id(alert.id.0))),
];

/// The inbox: all pages of what was asked.
///
/// # Errors
/// The workspace file's.
pub async fn alerts(
    cx: &Context,
    by: &Grant<ViewCosts>,
    ask: AlertQuery,
) -> Result<Table, WorkspaceError> {
    let facts = Facts::default().with(
        "Alerts",
        if ask.unanswered {
            "those that nobody has answered"
        } else {
            "all"
        },
    );
    let whole = AlertQuery {
        skip: 0,
        limit: u32::MAX,
        ..ask
    };
    let found = alerts::list(cx, by, whole).await?;
    Ok(Table::kept(
        &listed::ALERTS,
        "",
        facts,
        ALERTS,
        found.alerts,
    ))
}

pub(super) const DELIVERIES: &[Of<Delivery>] = &[
    column("Put out at", Kind::Moment, |one| {
        Cell::Moment(one.created_at)
    }),
    text("Channel", |one| {
        let name = one.channel_name.as_ref().map(|(name, _)| name.as_str());
        Cell::text(name.unwrap_or(DESKTOP_NAME))
    }),
    off_paper(text("Channel kind", |one| {
        let kind = one
            .channel_name
            .as_ref()
            .and_then(|(_, kind)| ChannelKind::from_number(*kind));
        Cell::text(kind.map_or("popup", ChannelKind::word))
    })),
    text("Title", |one| Cell::text(&one.notice.title)),
    text("State", |one| Cell::text(one.state.word())),
    column("Attempts", Kind::Count, |one| {
        Cell::Count(one.attempts.into())
    }),
    column("Sent at", Kind::Moment, |one| {
        Cell::maybe(one.sent_at, Cell::Moment)
    }),
    off_paper(column("Next attempt at", Kind::Moment, |one| {
        Cell::maybe(one.next_attempt_at, Cell::Moment)
    })),
    text("Error", |one| maybe(one.error.as_deref())),
    off_paper(column("Id", Kind::Count, |one| id(one.id.0))),
];

/// What became of each notice: all pages of what was asked.
///
/// # Errors
/// The workspace file's.
pub async fn deliveries(
    cx: &Context,
    by: &Grant<ViewCosts>,
    ask: DeliveryQuery,
) -> Result<Table, WorkspaceError> {
    let mut facts = Facts::default();
    if let Some(state) = ask.state {
        facts = facts.with("Only in the state", state.word());
    }
    let whole = DeliveryQuery {
        offset: 0,
        limit: u32::MAX,
        ..ask
    };
    let (rows, _) = delivery::log(cx, by, whole).await?;
    Ok(Table::kept(
        &listed::DELIVERIES,
        "",
        facts,
        DELIVERIES,
        rows,
    ))
}
