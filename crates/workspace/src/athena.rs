//! Rolling up an export where it lies: when, and in which of the customer's Athena.

use serde_json::json;
use tallyport_lake::athena::Table;
use tallyport_ledger::{Currency, LoadCosts, Money, ViewCosts};
use tallyport_store::ConnectionId;

use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

pub use tallyport_store::AthenaPlace;

/// An amount of dollars as money.
#[must_use]
pub fn dollars(nanos: u64) -> Money {
    Money::from_nanos(i128::from(nanos), Currency::USD)
}

/// The nano-dollars that a decimal text says: what somebody agrees to pay.
///
/// # Errors
/// It is no amount, or one below nothing.
pub fn nanos_of_dollars(text: &str) -> Result<u64, WorkspaceError> {
    let money = Money::parse(text, Currency::USD)
        .map_err(|error| WorkspaceError::invalid("athena_up_to", error))?;
    u64::try_from(money.nanos()).map_err(|_| {
        WorkspaceError::invalid("athena_up_to", "nobody can agree to less than nothing")
    })
}

/// When and where a connection's export is rolled up; nothing where it is always fetched.
///
/// # Errors
/// There is no such connection.
pub async fn get(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    id: ConnectionId,
) -> Result<Option<AthenaPlace>, WorkspaceError> {
    cx.store
        .read(move |r| {
            r.connection(id)?;
            Ok(r.athena_place(id)?)
        })
        .await
}

/// Sets it, or has the export fetched again.
///
/// # Errors
/// There is no such connection, or a name that no statement can carry.
pub async fn set(
    cx: &Context,
    by: &Grant<LoadCosts>,
    id: ConnectionId,
    place: Option<AthenaPlace>,
) -> Result<Option<AthenaPlace>, WorkspaceError> {
    if let Some(AthenaPlace {
        workgroup,
        database,
        output,
        ..
    }) = &place
    {
        Table::new(database, "export", output)
            .map_err(|error| WorkspaceError::invalid("athena", error))?;
        let plain = workgroup
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
        if workgroup.is_empty() || workgroup.len() > 128 || !plain {
            return Err(WorkspaceError::invalid(
                "workgroup",
                "a workgroup's name has letters, digits, dots, dashes and underscores",
            ));
        }
    }
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let connection = w.connection(id)?;
            w.set_athena_place(id, place.as_ref())?;
            let details = json!({
                "id": id.0,
                "above_bytes": place.as_ref().map(|place| place.above_bytes),
                "output": place.as_ref().map(|place| &place.output),
                "agreed_up_to": place
                    .as_ref()
                    .map(|place| dollars(place.agreed_nanos).to_decimal(2)),
            });
            trail.keep(w, "connection.athena", &connection.name, &details)?;
            Ok(place)
        })
        .await
}
