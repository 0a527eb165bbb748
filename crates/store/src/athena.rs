use rusqlite::OptionalExtension;

use crate::{ConnectionId, Reads, StoreError, Writes};

/// When and where a connection's export is rolled up instead of fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AthenaPlace {
    /// From more than so many bytes of a month on.
    pub above_bytes: u64,
    /// In which workgroup.
    pub workgroup: String,
    /// In which database its table is made.
    pub database: String,
    /// Where answers are written.
    pub output: String,
    /// What all roll-ups of a sync together may cost at the most without anybody being asked, in
    /// nano-dollars; with nothing each is asked about.
    pub agreed_nanos: u64,
}

impl Reads<'_> {
    /// When and where a connection's export is rolled up; nothing where it is always fetched.
    ///
    /// # Errors
    /// The file's.
    pub fn athena_place(&self, id: ConnectionId) -> Result<Option<AthenaPlace>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT above_bytes, workgroup, database, output, agreed_nanos FROM athena WHERE connection_id = ?1",
        )?;
        let place = statement
            .query_row([id.0], |row| {
                let above: i64 = row.get(0)?;
                Ok(AthenaPlace {
                    above_bytes: u64::try_from(above).unwrap_or(0),
                    workgroup: row.get(1)?,
                    database: row.get(2)?,
                    output: row.get(3)?,
                    agreed_nanos: u64::try_from(row.get::<_, i64>(4)?).unwrap_or(0),
                })
            })
            .optional()?;
        Ok(place)
    }
}

impl Writes<'_> {
    /// Sets when and where a connection's export is rolled up; nothing has it fetched again.
    ///
    /// # Errors
    /// There is no such connection.
    pub fn set_athena_place(
        &mut self,
        id: ConnectionId,
        place: Option<&AthenaPlace>,
    ) -> Result<(), StoreError> {
        self.connection(id)?;
        match place {
            None => self
                .connection
                .execute("DELETE FROM athena WHERE connection_id = ?1", [id.0])?,
            Some(place) => self.connection.execute(
                "INSERT INTO athena (connection_id, above_bytes, workgroup, database, output, agreed_nanos)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (connection_id) DO UPDATE SET above_bytes = excluded.above_bytes,
                     workgroup = excluded.workgroup, database = excluded.database, output = excluded.output,
                     agreed_nanos = excluded.agreed_nanos",
                rusqlite::params![
                    id.0,
                    i64::try_from(place.above_bytes).unwrap_or(i64::MAX),
                    place.workgroup,
                    place.database,
                    place.output,
                    i64::try_from(place.agreed_nanos).unwrap_or(i64::MAX),
                ],
            )?,
        };
        Ok(())
    }
}
