use crate::costs::RowName;
use crate::number::folded_key;
use crate::sql::Sql;
use crate::{Reads, StoreError, VersionId};

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
        self.values_in(of, search, limit, None)
    }

    /// The same, only those that charges of `versions` have.
    ///
    /// # Errors
    /// The file's.
    pub fn values_in(
        &self,
        of: &Values,
        search: &str,
        limit: u32,
        versions: Option<&[VersionId]>,
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
        if let Some(versions) = versions {
            sql.push(match of {
                Values::Provider | Values::Service => "AND id IN (SELECT i.service_id",
                Values::Account => "AND id IN (SELECT i.sub_account_id",
                Values::Region => "AND id IN (SELECT i.region_id",
                Values::Resource => "AND id IN (SELECT i.resource_id",
                Values::TagKey | Values::TagValue(_) => "AND tag_set_id IN (SELECT i.tag_set_id",
            })
            .push(
                "FROM period_version v
                 JOIN charge c ON c.stream = v.stream AND c.from_version <= v.id
                     AND ifnull(c.until_version > v.id, 1)
                 JOIN item i ON i.id = c.item_id",
            )
            .list("WHERE v.id IN", versions.iter().map(|version| version.0))
            .push(")");
        }
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
