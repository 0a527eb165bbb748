//! Notices on their way out, written in the transaction that raises what they tell.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tallyport_ledger::alert::{AlertId, Notice, NoticeLine, Severity};
use tallyport_ledger::{Currency, Money};

use crate::sql::Sql;
use crate::{ChannelId, OutgoingId, Reads, StoreError, Writes};

/// A notice to be sent.
#[derive(Debug, Clone)]
pub struct Outgoing<'a> {
    /// The channel; the desktop if there is none.
    pub channel: Option<ChannelId>,
    /// What kind of notice: `alerts`, `digest`, `test`, …
    pub kind: &'static str,
    /// The notice.
    pub notice: &'a Notice,
    /// When it is put out.
    pub at: Timestamp,
}

/// A notice as it is kept. Amounts are decimal texts.
#[derive(Serialize, Deserialize)]
struct Kept {
    title: String,
    text: String,
    severity: String,
    alerts: Vec<i64>,
    place: String,
    lines: Vec<KeptLine>,
}

#[derive(Serialize, Deserialize)]
struct KeptLine {
    label: String,
    amount: String,
    currency: String,
}

/// The text that a notice is kept as.
pub(crate) fn notice_text(notice: &Notice) -> Result<String, StoreError> {
    let line = |line: &NoticeLine| KeptLine {
        label: line.label.clone(),
        amount: line.amount.to_decimal(2),
        currency: line.amount.currency().code().to_owned(),
    };
    let kept = Kept {
        title: notice.title.clone(),
        text: notice.text.clone(),
        severity: notice.severity.word().to_owned(),
        alerts: notice.alerts.iter().map(|alert| alert.0).collect(),
        place: notice.place.clone(),
        lines: notice.lines.iter().map(line).collect(),
    };
    serde_json::to_string(&kept).map_err(|_| StoreError::unreadable("a notice"))
}

/// The notice that a text was kept of.
pub(crate) fn notice_of(text: &str) -> Result<Notice, StoreError> {
    let unreadable = || StoreError::unreadable("a notice");
    let kept: Kept = serde_json::from_str(text).map_err(|_| unreadable())?;
    let line = |line: KeptLine| -> Result<NoticeLine, StoreError> {
        let currency: Currency = line.currency.parse().map_err(|_| unreadable())?;
        Ok(NoticeLine {
            label: line.label,
            amount: Money::parse(&line.amount, currency).map_err(|_| unreadable())?,
        })
    };
    Ok(Notice {
        title: kept.title,
        text: kept.text,
        severity: kept
            .severity
            .parse::<Severity>()
            .map_err(|_| unreadable())?,
        alerts: kept.alerts.into_iter().map(AlertId).collect(),
        place: kept.place,
        lines: kept.lines.into_iter().map(line).collect::<Result<_, _>>()?,
    })
}

impl Reads<'_> {
    /// Everything that was put out, the oldest first.
    ///
    /// # Errors
    /// The file's.
    pub fn posted(&self) -> Result<Vec<(Option<ChannelId>, Notice)>, StoreError> {
        Sql::new("SELECT channel_id, notice FROM outbox ORDER BY id").rows(self.connection, |row| {
            let channel: Option<i64> = row.get(0)?;
            Ok((
                channel.map(ChannelId),
                notice_of(&row.get::<_, String>(1)?)?,
            ))
        })
    }
}

impl Writes<'_> {
    /// Puts a notice into the outbox, in the transaction that raises what it tells.
    ///
    /// # Errors
    /// The disk's.
    pub fn post(&mut self, outgoing: &Outgoing<'_>) -> Result<OutgoingId, StoreError> {
        let at = outgoing.at.as_millisecond();
        self.connection
            .prepare_cached(
                "INSERT INTO outbox (channel_id, kind, notice, next_attempt_at, created_at)
                 VALUES (?1, ?2, ?3, ?4, ?4)",
            )?
            .execute((
                outgoing.channel.map(|channel| channel.0),
                outgoing.kind,
                notice_text(outgoing.notice)?,
                at,
            ))?;
        Ok(OutgoingId(self.connection.last_insert_rowid()))
    }
}
