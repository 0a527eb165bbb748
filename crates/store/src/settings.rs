use jiff::Timestamp;
use rusqlite::params_from_iter;
use rusqlite::types::Value;
use tallyport_ledger::{Metric, Name, Party, TaxRate};

use crate::keys::WorkspaceId;
use crate::parties::{SELLER_COLUMNS, party_at, party_values};
use crate::{Reads, StoreError, Writes};

/// What a workspace is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    /// Its identity.
    pub id: WorkspaceId,
    /// Its name.
    pub name: String,
    /// Whether everything in it is demo data.
    pub demo: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What a workspace is set to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The workspace's name.
    pub name: Name,
    /// The zone of screens and invoice dates, by its IANA name.
    pub zone: String,
    /// Who bills.
    pub seller: Party,
    /// The tax on invoices.
    pub tax_rate: TaxRate,
    /// Days until an invoice is due.
    pub payment_days: u16,
    /// The series that invoice numbers belong to.
    pub invoice_series: String,
    /// The series that numbers of credit notes belong to.
    pub credit_note_series: String,
    /// Whether an invoice is approved by somebody who had no hand in its draft.
    pub four_eyes: bool,
    /// Whether billed or effective cost is passed on.
    pub invoice_metric: Metric,
    /// How much memory reading a bill may take, in MiB.
    pub import_memory_mib: u32,
    /// From how much at stake on something unusual is told to people, in whole units of the bill's currency.
    pub anomaly_alert_from: u32,
}

impl Reads<'_> {
    /// What the workspace is.
    ///
    /// # Errors
    /// The file's.
    pub fn workspace(&self) -> Result<Workspace, StoreError> {
        let (id, name, demo, created_at) = self
            .connection
            .prepare_cached("SELECT id, name, demo, created_at FROM workspace")?
            .query_row([], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?;
        Ok(Workspace {
            id: WorkspaceId(id),
            name,
            demo,
            created_at: Timestamp::from_millisecond(created_at)
                .map_err(|_| StoreError::unreadable("the day the workspace was made"))?,
        })
    }

    /// What the workspace is set to; defaults until somebody says otherwise.
    ///
    /// # Errors
    /// The file's.
    pub fn settings(&self) -> Result<Settings, StoreError> {
        let name = Name::parse(&self.workspace()?.name)
            .map_err(|_| StoreError::unreadable("the workspace's name"))?;
        let sql = [
            "SELECT zone, seller_name, tax_rate, payment_days, invoice_series, invoice_metric,
                    import_memory_mib, anomaly_alert_from, credit_note_series, four_eyes, ",
            SELLER_COLUMNS,
            " FROM setting",
        ]
        .concat();
        let mut query = self.connection.prepare_cached(&sql)?;
        let mut rows = query.query([])?;
        let Some(row) = rows.next()? else {
            return Ok(defaults(name));
        };
        let unreadable = |_| StoreError::unreadable("the settings");
        let seller = Name::parse(&row.get::<_, String>(1)?).map_err(unreadable)?;
        Ok(Settings {
            name,
            zone: row.get(0)?,
            seller: party_at(row, 10, seller)?,
            tax_rate: TaxRate::from_parts_per_million(row.get(2)?)
                .map_err(|_| StoreError::unreadable("the tax rate"))?,
            payment_days: row.get(3)?,
            invoice_series: row.get(4)?,
            credit_note_series: row.get(8)?,
            four_eyes: row.get(9)?,
            invoice_metric: Metric::from_number(row.get(5)?)
                .ok_or_else(|| StoreError::unreadable("the metric of invoices"))?,
            import_memory_mib: row.get(6)?,
            anomaly_alert_from: row.get(7)?,
        })
    }
}

impl Writes<'_> {
    /// Sets the workspace to `settings`.
    ///
    /// # Errors
    /// The disk's.
    pub fn set_settings(&mut self, settings: &Settings) -> Result<(), StoreError> {
        let Settings {
            name,
            zone,
            seller,
            tax_rate,
            payment_days,
            invoice_series,
            credit_note_series,
            four_eyes,
            invoice_metric,
            import_memory_mib,
            anomaly_alert_from,
        } = settings;
        self.connection
            .execute("UPDATE workspace SET name = ?1", [name.as_str()])?;
        let mut values = vec![
            Value::Text(zone.clone()),
            Value::Text(seller.name.to_string()),
            Value::Integer(tax_rate.parts_per_million().into()),
            Value::Integer((*payment_days).into()),
            Value::Text(invoice_series.clone()),
            Value::Integer(invoice_metric.number()),
            Value::Integer((*import_memory_mib).into()),
            Value::Integer((*anomaly_alert_from).into()),
            Value::Text(credit_note_series.clone()),
            Value::Integer((*four_eyes).into()),
        ];
        values.extend(party_values(seller));
        let marks = vec!["?"; values.len()].join(", ");
        let sql = [
            "INSERT OR REPLACE INTO setting (one, zone, seller_name, tax_rate, payment_days,
                 invoice_series, invoice_metric, import_memory_mib, anomaly_alert_from, credit_note_series,
                 four_eyes, ",
            SELLER_COLUMNS,
            ") VALUES (1, ",
            &marks,
            ")",
        ]
        .concat();
        self.connection.execute(&sql, params_from_iter(values))?;
        Ok(())
    }
}

fn defaults(name: Name) -> Settings {
    Settings {
        seller: Party::new(name.clone()),
        name,
        zone: "UTC".to_owned(),
        tax_rate: TaxRate::default(),
        payment_days: 30,
        invoice_series: "INV".to_owned(),
        credit_note_series: "CN".to_owned(),
        four_eyes: false,
        invoice_metric: Metric::Billed,
        import_memory_mib: 256,
        anomaly_alert_from: 100,
    }
}
