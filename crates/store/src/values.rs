use crate::costs::RowName;
use crate::number::folded_key;
use crate::sql::Sql;
use crate::{Reads, StoreError};

/// A thing whose values a person may look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Values {
    /// Providers.
    Provider,
    /// Services.
    Service,
    /// Sub accounts.
    Account,
    /// Regions.
    Region,
    /// Resources.
    Resource,
    /// Tag keys.
    TagKey,
    /// The values of a tag.
    TagValue(String),
}

impl Reads<'_> {
    /// Values whose text holds `search`, in order, at most `limit`.
    ///
    /// # Errors
    /// The file's.
    pub fn values(
        &self,
        of: &Values,
        search: &str,
        limit: u32,
    ) -> Result<Vec<RowName>, StoreError> {
        let mut sql = Sql::new(match of {
            Values::Provider => {
                "SELECT DISTINCT provider, provider FROM service WHERE provider <> ''"
            }
            Values::Service => "SELECT DISTINCT name, name FROM service WHERE name <> ''",
            Values::Account => {
                "SELECT key, CASE WHEN ifnull(name, '') IN ('', key) THEN key
                 ELSE name || ' (' || key || ')' END AS label FROM sub_account WHERE 1"
            }
            Values::Region => "SELECT key, key FROM region WHERE 1",
            Values::Resource => {
                "SELECT key, CASE WHEN ifnull(name, '') IN ('', key) THEN key
                 ELSE name || ' (' || key || ')' END AS label FROM resource WHERE 1"
            }
            Values::TagKey => "SELECT min(key), min(key) FROM tag WHERE 1",
            Values::TagValue(_) => "SELECT DISTINCT value, value FROM tag WHERE 1",
        });
        let pattern = containing(search);
        match of {
            Values::Provider => sql.bind("AND provider LIKE ? ESCAPE '\\'", pattern),
            Values::Service => sql.bind("AND name LIKE ? ESCAPE '\\'", pattern),
            Values::Region => sql.bind("AND key LIKE ? ESCAPE '\\'", pattern),
            Values::Account | Values::Resource => sql.bind("AND label LIKE ? ESCAPE '\\'", pattern),
            Values::TagKey => sql
                .bind("AND key LIKE ? ESCAPE '\\'", pattern)
                .push("GROUP BY folded_key"),
            Values::TagValue(key) => sql
                .bind("AND folded_key = ?", folded_key(key))
                .bind("AND value LIKE ? ESCAPE '\\'", pattern),
        };
        sql.push("ORDER BY 2").bind("LIMIT ?", i64::from(limit));
        sql.rows(self.connection, |row| {
            Ok(RowName {
                key: row.get(0)?,
                label: row.get(1)?,
            })
        })
    }
}

/// A LIKE pattern (escape `\`) for texts that hold `search` to the letter.
pub(crate) fn containing(search: &str) -> String {
    let mut pattern = String::with_capacity(search.len() + 2);
    pattern.push('%');
    for c in search.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
