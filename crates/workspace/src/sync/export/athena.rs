//! A month that is too large to fetch: Athena rolls it up, and its answer is the bill's one file.

use std::ops::ControlFlow;
use std::path::PathBuf;

use tallyport_aws::athena::{Athena, Place, QueryAnswer, QueryProgress};
use tallyport_aws::exports::{Bucket, ExportFormat, Object};
use tallyport_aws::{AwsError, Staging};
use tallyport_lake::Note;
use tallyport_lake::athena::{
    FooterError, SourceColumn, Table, columns_of_footer, create_table, nanos_of_a_dollar_for,
    roll_up,
};
use tallyport_ledger::{Currency, Money};
use tallyport_store::AthenaPlace;

use super::due::Due;
use crate::athena::dollars;
use crate::clients::Connection;
use crate::jobs::JobHandle;
use crate::{Context, WorkspaceError};

/// Bytes of a file's end that hold its columns as a rule.
const FOOTER: u64 = 256 * 1024;

/// Where the connection has a month of so many bytes rolled up; nothing where it is fetched. Only files
/// in columns are, and only where a delivery overwrites the one before: elsewhere the month's folder
/// holds older deliveries too.
pub(super) async fn place_for(
    cx: &Context,
    connection: &Connection,
    bytes: u64,
) -> Result<Option<AthenaPlace>, WorkspaceError> {
    let export = super::source(connection)?;
    if export.format != ExportFormat::Parquet || !export.overwrite {
        return Ok(None);
    }
    let id = connection.id;
    let place = cx.store.read(move |r| r.athena_place(id)).await?;
    Ok(place.filter(|place| bytes > place.above_bytes))
}

/// What a roll-up of so many bytes costs at the most.
pub(super) fn price(bytes: u64) -> Result<Money, WorkspaceError> {
    let dollar: Currency = "USD"
        .parse()
        .map_err(|_| WorkspaceError::Fault("dollars are no currency".to_owned()))?;
    Ok(Money::from_nanos(nanos_of_a_dollar_for(bytes), dollar))
}

/// What somebody agreed to pay for the roll-ups of a sync: at once, or for every sync at the connection.
#[derive(Debug, Default)]
pub(super) struct Agreed {
    given: u64,
    taken: u64,
}

impl Agreed {
    /// `given` is agreed to for this sync, in nano-dollars.
    pub fn new(given: Option<u64>) -> Self {
        Self {
            given: given.unwrap_or(0),
            taken: 0,
        }
    }

    /// Takes what a month of so many bytes may cost at the most; none where it is fetched.
    ///
    /// # Errors
    /// More than is agreed to: nothing was asked of Athena.
    pub async fn take(
        &mut self,
        cx: &Context,
        connection: &Connection,
        month: &Due,
    ) -> Result<(), WorkspaceError> {
        let bytes = month.files.iter().map(|file| file.bytes).sum();
        let Some(place) = place_for(cx, connection, bytes).await? else {
            return Ok(());
        };
        let price = price(bytes)?;
        let total = self.taken.saturating_add(nanos_of_a_dollar(price));
        let most = self.given.max(place.agreed_nanos);
        if total <= most {
            self.taken = total;
            return Ok(());
        }
        let all = dollars(total).to_decimal(2);
        Err(WorkspaceError::Conflict {
            code: "sync.athena-consent",
            reason: format!(
                "{} would be rolled up in Athena for {price} at the most, and nobody agreed to pay {all} for \
                 this sync (agreed to are {}); Athena was not asked",
                month.period,
                dollars(most).to_decimal(2)
            ),
            hint: Some(format!(
                "Agree to it with `tally sync --athena-up-to {all}`, or once for every sync: `tally sources \
                 athena --agree-up-to`."
            )),
        })
    }
}

fn nanos_of_a_dollar(price: Money) -> u64 {
    u64::try_from(price.nanos()).unwrap_or(u64::MAX)
}

/// Rolls a month up and fetches the answer: the file, and what is to be said of it.
pub(super) async fn rolled_up(
    cx: &Context,
    connection: &Connection,
    place: AthenaPlace,
    bucket: &Bucket,
    staging: &Staging,
    month: &Due,
    job: &JobHandle,
) -> Result<(PathBuf, Note), WorkspaceError> {
    let bytes: u64 = month.files.iter().map(|file| file.bytes).sum();
    let first = month
        .files
        .first()
        .ok_or_else(|| AwsError::Missing(format!("the delivery of {}", month.period)))?;
    let columns = columns(bucket, first).await?;
    let refused = |error: tallyport_lake::athena::AthenaError| WorkspaceError::Conflict {
        code: "sync.athena",
        reason: format!("{} cannot be rolled up in Athena: {error}", month.period),
        hint: Some("Have the export fetched instead, or name another place for Athena.".to_owned()),
    };
    let name = table_name(&super::source(connection)?.name, &columns);
    let location = location(first).ok_or_else(|| WorkspaceError::Conflict {
        code: "sync.athena",
        reason: format!(
            "s3://{}/{} does not lie in a folder of its billing period",
            first.bucket, first.key
        ),
        hint: Some("Have the export fetched instead.".to_owned()),
    })?;
    let table = Table::new(&place.database, &name, &location).map_err(refused)?;
    let create = create_table(&table, &columns).map_err(refused)?;
    let statement = roll_up(&table, &columns, month.period).map_err(refused)?;
    let config = (cx.aws)(&connection.access, connection.region.as_deref()).await;
    let athena = Athena::open(
        &config,
        Place {
            region: bucket.region().to_owned(),
            workgroup: place.workgroup,
            database: place.database,
            output: place.output,
            most_bytes: bytes,
        },
    )
    .await?;
    let price = price(bytes)?;
    let mut told = |now: QueryProgress| {
        let QueryProgress { queued, scanned } = now;
        let doing = if queued { "waits for its turn" } else { "runs" };
        let message = format!(
            "Athena rolls up {}: {doing}, {scanned} of at most {bytes} bytes ({price} at most)",
            month.period
        );
        job.progress(scanned.min(bytes), bytes, &message)
    };
    athena.run(&create, &mut told).await?;
    let QueryAnswer { scanned, object } = athena.run(&statement, &mut told).await?;
    let answers = Bucket::open(&config, &object.bucket, Some(bucket.region())).await?;
    let mut on_bytes = |_| -> ControlFlow<()> { job.progress(bytes, bytes, "Fetching the answer") };
    let path = staging.fetch(&answers, &object, &mut on_bytes).await?;
    let said = Note::RolledUp {
        files: month.files.len(),
        bytes,
        scanned,
    };
    Ok((path, said))
}

/// The columns of a file, by as much of its end as it takes.
async fn columns(bucket: &Bucket, file: &Object) -> Result<Vec<SourceColumn>, WorkspaceError> {
    let unreadable = |reason: String| WorkspaceError::Conflict {
        code: "sync.athena",
        reason: format!("s3://{}/{}: {reason}", file.bucket, file.key),
        hint: None,
    };
    let mut wanted = FOOTER;
    for _ in 0..2 {
        let tail = bucket.tail(file, wanted).await?;
        match columns_of_footer(&tail) {
            Ok(columns) => return Ok(columns),
            Err(FooterError::More(more)) => wanted = more,
            Err(error) => return Err(unreadable(error.to_string())),
        }
    }
    Err(unreadable(
        "its columns cannot be told from its end".to_owned(),
    ))
}

/// The folder above the months.
fn location(file: &Object) -> Option<String> {
    let (above, _) = file.key.split_once("BILLING_PERIOD=")?;
    Some(format!("s3://{}/{above}", file.bucket))
}

/// A table for these columns of this export: other columns are another table.
fn table_name(export: &str, columns: &[SourceColumn]) -> String {
    let plain: String = export
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(40)
        .collect();
    let written: String = columns
        .iter()
        .map(|column| format!("{} {:?}\n", column.name, column.kind))
        .collect();
    format!(
        "tallyport_{}_{:016x}",
        plain.to_lowercase(),
        tallyport_aws::mark(written.as_bytes())
    )
}

#[cfg(test)]
mod tests {
    use tallyport_lake::athena::SourceType;

    use super::*;

    fn object(key: &str) -> Object {
        Object {
            bucket: "acme".to_owned(),
            key: key.to_owned(),
            bytes: 1,
            etag: "e".to_owned(),
            modified: 0,
        }
    }

    #[test]
    fn a_table_lies_above_its_months() {
        let file = object("cost/focus/data/BILLING_PERIOD=2024-09/focus-00001.snappy.parquet");
        assert_eq!(
            location(&file).as_deref(),
            Some("s3://acme/cost/focus/data/")
        );
        assert_eq!(
            location(&object("cost/20240901-20241001/cur-1.parquet")),
            None
        );
    }

    #[test]
    fn other_columns_are_another_table_of_a_plain_name() {
        let columns = |name: &str| {
            vec![SourceColumn {
                name: name.to_owned(),
                kind: SourceType::Text,
            }]
        };
        let name = table_name("Acme's FOCUS-1.2", &columns("BilledCost"));
        assert!(name.starts_with("tallyport_acmesfocus12_"), "{name}");
        assert!(Table::new("bills", &name, "s3://acme/").is_ok());
        assert_ne!(name, table_name("Acme's FOCUS-1.2", &columns("ListCost")));
    }

    #[test]
    fn what_a_roll_up_costs_at_the_most_is_known_before() {
        assert_eq!(price(1_000_000_000_000).unwrap().to_string(), "5.00 USD");
    }
}
