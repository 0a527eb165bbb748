use jiff::Timestamp;
use rusqlite::params;
use tallyport_ledger::{Metric, Name, Party, TaxRate};

use crate::keys::WorkspaceId;
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
        let mut query = self.connection.prepare_cached(
            "SELECT zone, seller_name, seller_address, seller_tax_id, seller_email, tax_rate,
                    payment_days, invoice_series, invoice_metric, import_memory_mib,
                    anomaly_alert_from
             FROM setting",
        )?;
        let mut rows = query.query([])?;
        let Some(row) = rows.next()? else {
            return Ok(defaults(name));
        };
        let unreadable = |_| StoreError::unreadable("the settings");
        let address: String = row.get(2)?;
        Ok(Settings {
            name,
            zone: row.get(0)?,
            seller: Party {
                name: Name::parse(&row.get::<_, String>(1)?).map_err(unreadable)?,
                address: address.lines().map(str::to_owned).collect(),
                tax_id: row.get(3)?,
                email: row.get(4)?,
            },
            tax_rate: TaxRate::from_parts_per_million(row.get(5)?)
                .map_err(|_| StoreError::unreadable("the tax rate"))?,
            payment_days: row.get(6)?,
            invoice_series: row.get(7)?,
            invoice_metric: Metric::from_number(row.get(8)?)
                .ok_or(StoreError::unreadable("the metric of invoices"))?,
            import_memory_mib: row.get(9)?,
            anomaly_alert_from: row.get(10)?,
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
            invoice_metric,
            import_memory_mib,
            anomaly_alert_from,
        } = settings;
        self.connection
            .execute("UPDATE workspace SET name = ?1", [name.as_str()])?;
        self.connection.execute(
            "INSERT OR REPLACE INTO setting (one, zone, seller_name, seller_address, seller_tax_id,
                 seller_email, tax_rate, payment_days, invoice_series, invoice_metric, import_memory_mib,
                 anomaly_alert_from)
             VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            params![
                zone,
                seller.name.as_str(),
                seller.address.join("\n"),
                seller.tax_id,
                seller.email,
                tax_rate.parts_per_million(),
                payment_days,
                invoice_series,
                invoice_metric.number(),
                import_memory_mib,
                anomaly_alert_from,
            ],
        )?;
        Ok(())
    }
}

fn defaults(name: Name) -> Settings {
    Settings {
        seller: Party {
            name: name.clone(),
            address: Vec::new(),
            tax_id: None,
            email: None,
        },
        name,
        zone: "UTC".to_owned(),
        tax_rate: TaxRate::default(),
        payment_days: 30,
        invoice_series: "INV".to_owned(),
        invoice_metric: Metric::Billed,
        import_memory_mib: 256,
        anomaly_alert_from: 100,
    }
}
