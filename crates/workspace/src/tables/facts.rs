use jiff::civil::Date;
use tallyport_ledger::{DayRange, Metric};
use tallyport_store::PeriodVersion;

use crate::filters::FilterAsk;

/// Where a table is from, in the order in which it is said.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts(Vec<(String, String)>);

impl Facts {
    pub fn with(mut self, name: &str, text: impl Into<String>) -> Self {
        self.0.push((name.to_owned(), text.into()));
        self
    }

    pub fn days(self, days: DayRange) -> Self {
        self.with("Days", format!("{} to {}, in UTC", days.from(), days.to()))
    }

    pub fn metric(self, metric: Metric) -> Self {
        self.with(
            "Amounts",
            match metric {
                Metric::Billed => "billed: the basis of the provider's invoice",
                Metric::Effective => "effective: what was bought ahead is spread over its term",
            },
        )
    }

    pub fn known_on(self, day: Option<Date>) -> Self {
        match day {
            None => self,
            Some(day) => self.with(
                "As known on",
                format!("{day} in UTC, owned by today's rules"),
            ),
        }
    }

    /// The filters, each with its values.
    pub fn filter(mut self, filter: &FilterAsk) -> Self {
        let FilterAsk {
            person,
            team,
            client,
            provider,
            service,
            category,
            account,
            region,
            tag,
            resource,
            owner,
            as_of,
        } = filter;
        let mut none = true;
        for (name, values) in [
            ("Only people", person),
            ("Only teams", team),
            ("Only clients", client),
            ("Only providers", provider),
            ("Only services", service),
            ("Only categories", category),
            ("Only accounts", account),
            ("Only regions", region),
            ("Only tags", tag),
            ("Only resources", resource),
            ("Only owned by", owner),
        ] {
            if !values.is_empty() {
                none = false;
                self = self.with(name, values.join(", "));
            }
        }
        if none {
            self = self.with("Filters", "none");
        }
        self.known_on(*as_of)
    }

    /// What figures rest on: which bills, in which version.
    pub fn basis(mut self, versions: &[PeriodVersion]) -> Self {
        if versions.is_empty() {
            return self.with("Rests on", "no bill is loaded for these days");
        }
        for version in versions {
            let (account, name) = &version.billing_account;
            let named = name
                .as_ref()
                .map_or_else(String::new, |name| format!(" ({name})"));
            let file = version
                .file_name
                .as_ref()
                .map_or_else(String::new, |file| format!(" from {file}"));
            self = self.with(
                "Rests on",
                format!(
                    "{}, account {account}{named} of {}: version {}, {}, {}{file}, loaded at {:.0}",
                    version.period,
                    version.client.1,
                    version.number,
                    version.status.word(),
                    version.format,
                    version.loaded_at,
                ),
            );
        }
        self
    }

    pub fn into_list(self) -> Vec<(String, String)> {
        self.0
    }
}
