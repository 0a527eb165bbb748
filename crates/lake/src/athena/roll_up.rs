//! The SELECT: columns cleaned, rules applied, lines grouped.

use tallyport_ledger::BillingPeriod;
use tallyport_ledger::meaning::{Category, Condition, Empty, Mapping, TagMap};

use super::expression::{at_midnight, day, figure, json_string, key, literal, name, text, wrong};
use super::{AthenaError, SourceColumn, SourceType, Table, plan};
use crate::aws_services;
use crate::plan::{Plan, PlannedRule, Source};

/// Renders a plan for columns of some types.
struct Renderer<'p> {
    plan: &'p Plan,
    columns: &'p [SourceColumn],
}

/// The statement that rolls one month of an export up to FOCUS rows.
///
/// # Errors
/// [`AthenaError`].
pub fn roll_up(
    table: &Table,
    columns: &[SourceColumn],
    period: BillingPeriod,
) -> Result<String, AthenaError> {
    let (plan, _) = plan(columns)?;
    let renderer = Renderer {
        plan: &plan,
        columns,
    };
    let keys = renderer.keys()?;
    let amounts = renderer.amounts()?;
    let figures = renderer.figures()?;
    let aliased = |pairs: &[(&str, String)]| {
        pairs
            .iter()
            .map(|(name, value)| format!("    {value} AS {name}"))
            .collect::<Vec<_>>()
            .join(",\n")
    };
    let key_names: Vec<&str> = keys.iter().map(|(name, _)| *name).collect();
    let sums: Vec<String> = amounts
        .iter()
        .map(|(name, _)| match *name {
            // Nothing of a quantity is none; an amount that a line lacks must not be passed over.
            "ConsumedQuantity" => format!("  SUM({name}) AS {name}"),
            _ => format!("  CASE WHEN COUNT(*) = COUNT({name}) THEN SUM({name}) END AS {name}"),
        })
        .collect();
    Ok(format!(
        "WITH source AS (\n  SELECT *,\n{figures}\n  FROM \"{}\".\"{}\"\n  WHERE \"billing_period\" = {}\n),\n\
         line AS (\n  SELECT\n{},\n{}\n  FROM source\n)\n\
         SELECT\n  {},\n{}\nFROM line\nGROUP BY\n  {}",
        table.database,
        table.name,
        literal(&period.to_string()),
        aliased(&keys),
        aliased(&amounts),
        key_names.join(",\n  "),
        sums.join(",\n"),
        key_names.join(",\n  "),
    ))
}

impl Renderer<'_> {
    fn column(&self, at: usize) -> &SourceColumn {
        &self.columns[at]
    }

    fn text_of(&self, at: Option<usize>) -> String {
        at.map_or_else(|| "''".to_owned(), |at| text(self.column(at)))
    }

    /// Figures as decimals, each worked out once, under the names of their slots.
    fn figures(&self) -> Result<String, AthenaError> {
        let mut lines = Vec::new();
        for (slot, at) in self.plan.figures().iter().enumerate() {
            lines.push(format!(
                "    {} AS figure_{slot}",
                figure(self.column(*at))?
            ));
        }
        Ok(lines.join(",\n"))
    }

    /// What lines must agree in, under FOCUS's names.
    fn keys(&self) -> Result<Vec<(&'static str, String)>, AthenaError> {
        let plan = self.plan;
        let columns = &plan.columns;
        let midnight = |day: &str| format!("{day} || 'T00:00:00Z'");
        let from = self.column(plan.from());
        let first = day(from)?;
        let next = |day: &str| {
            format!("CAST(CAST(DATE_ADD('day', 1, CAST({day} AS DATE)) AS DATE) AS VARCHAR)")
        };
        // The end is exclusive: midnight belongs to the day before. No end, or none after the day
        // of the start, is a charge of a day.
        let end = match plan.to() {
            None => next(&first),
            Some(at) => {
                let to = self.column(at);
                let last = day(to)?;
                format!(
                    "CASE WHEN {last} > {first} THEN CASE WHEN {} THEN {last} ELSE {} END ELSE {} END",
                    at_midnight(to)?,
                    next(&last),
                    next(&first),
                )
            }
        };
        Ok(vec![
            (
                "BillingPeriodStart",
                midnight(&day(self.column(columns.period))?),
            ),
            (
                "BillingAccountId",
                self.text_of(Some(columns.billing_account)),
            ),
            (
                "BillingAccountName",
                self.text_of(columns.billing_account_name),
            ),
            ("SubAccountId", self.text_of(columns.sub_account)),
            ("SubAccountName", self.text_of(columns.sub_account_name)),
            ("ProviderName", self.first_of(&plan.provider)?),
            ("ServiceName", self.first_of(&plan.service)?),
            ("ServiceCategory", self.first_of(&plan.service_category)?),
            ("RegionId", self.first_of(&plan.region)?),
            ("SkuId", self.first_of(&plan.sku)?),
            ("ChargeDescription", self.text_of(columns.description)),
            ("ResourceId", self.text_of(columns.resource)),
            ("ResourceName", self.text_of(columns.resource_name)),
            ("Tags", self.tags()?),
            ("ChargeCategory", self.category()),
            ("ChargeClass", self.text_of(columns.class)),
            ("ChargePeriodStart", midnight(&first)),
            ("ChargePeriodEnd", midnight(&end)),
            ("BillingCurrency", self.text_of(Some(columns.currency))),
            ("ConsumedUnit", self.unit()),
            ("InvoiceId", self.text_of(columns.invoice)),
        ])
    }

    fn amounts(&self) -> Result<Vec<(&'static str, String)>, AthenaError> {
        let plan = self.plan;
        let billed = self.amount(&plan.billed, "NULL");
        let quantities: Vec<String> = plan
            .quantity
            .iter()
            .map(|(slot, _)| format!("figure_{slot}"))
            .collect();
        Ok(vec![
            ("BilledCost", billed.clone()),
            ("EffectiveCost", self.amount(&plan.effective, &billed)),
            ("ListCost", self.amount(&plan.list, &billed)),
            ("ContractedCost", self.amount(&plan.contracted, &billed)),
            (
                "ConsumedQuantity",
                if quantities.is_empty() {
                    "CAST(NULL AS DECIMAL(38, 24))".to_owned()
                } else {
                    format!("COALESCE({}, NULL)", quantities.join(", "))
                },
            ),
        ])
    }

    /// The first source that is filled.
    fn first_of(&self, sources: &[Source]) -> Result<String, AthenaError> {
        let mut found = Vec::new();
        for source in sources {
            found.push(match source {
                Source::Column(at) => text(self.column(*at)),
                Source::Key(at, wanted) => key(self.column(*at), wanted)?,
                Source::Mapped(at, mapping) => mapped(&text(self.column(*at)), *mapping),
                Source::Constant(text) => literal(text),
            });
        }
        Ok(match found.as_slice() {
            [] => "''".to_owned(),
            [only] => only.clone(),
            all => {
                let filled: Vec<String> = all
                    .iter()
                    .map(|text| format!("NULLIF({text}, '')"))
                    .collect();
                format!("COALESCE({}, '')", filled.join(", "))
            }
        })
    }

    fn category(&self) -> String {
        let value = text(self.column(self.plan.columns.category));
        match &self.plan.meaning.category {
            Category::Word(_) => value,
            Category::ByValue {
                table, otherwise, ..
            } => {
                let known: Vec<(&str, &str)> = table
                    .iter()
                    .map(|(value, category)| (*value, category.word()))
                    .collect();
                // A line of no type at all is refused when it comes home.
                format!(
                    "CASE WHEN {value} = '' THEN '' ELSE {} END",
                    looked_up(&value, &known, &literal(otherwise.word()))
                )
            }
        }
    }

    /// The unit of the first quantity that is filled; of the last where none is.
    fn unit(&self) -> String {
        let quantities = &self.plan.quantity;
        let Some(((_, last), before)) = quantities.split_last() else {
            return "''".to_owned();
        };
        let mut cases = String::new();
        for (slot, unit) in before {
            cases.push_str(&format!(
                "WHEN figure_{slot} IS NOT NULL THEN {} ",
                self.text_of(*unit)
            ));
        }
        if cases.is_empty() {
            return self.text_of(*last);
        }
        format!("CASE {cases}ELSE {} END", self.text_of(*last))
    }

    /// The amount of the first rule whose conditions hold.
    fn amount(&self, rules: &[PlannedRule], billed: &str) -> String {
        let mut cases = String::new();
        for rule in rules {
            let formula = formula(rule, billed);
            if rule.when.is_empty() {
                return if cases.is_empty() {
                    formula
                } else {
                    format!("CASE {cases}ELSE {formula} END")
                };
            }
            let conditions: Vec<String> = rule
                .when
                .iter()
                .map(|(at, condition)| holds(&text(self.column(*at)), condition))
                .collect();
            cases.push_str(&format!(
                "WHEN {} THEN {formula} ",
                conditions.join(" AND ")
            ));
        }
        if cases.is_empty() {
            billed.to_owned()
        } else {
            format!("CASE {cases}ELSE {billed} END")
        }
    }

    /// The tags as a JSON object. Of a key that several places name the reader keeps the last: the
    /// places come in the reverse of their order.
    fn tags(&self) -> Result<String, AthenaError> {
        let sources = &self.plan.tags;
        if let ([(at, map)], []) = (sources.maps.as_slice(), sources.columns.as_slice())
            && self.column(*at).kind == SourceType::Text
            && map.keys.is_empty()
        {
            return Ok(text(self.column(*at)));
        }
        let mut parts = Vec::new();
        for (at, key) in sources.columns.iter().rev() {
            let column = self.column(*at);
            let value = text(column);
            let key = serde_json::to_string(key).map_err(|_| wrong(column, "a tag"))?;
            parts.push(format!(
                "CASE WHEN {value} = '' THEN CAST(NULL AS VARCHAR) ELSE {} || ':' || {} END",
                literal(&key),
                json_string(&value)
            ));
        }
        let mut texts: Vec<String> = Vec::new();
        if !parts.is_empty() {
            texts.push(format!(
                "ARRAY_JOIN(FILTER(ARRAY[{}], pair -> pair IS NOT NULL), ',')",
                parts.join(", ")
            ));
        }
        for (at, map) in sources.maps.iter().rev() {
            texts.push(self.tag_map(*at, map)?);
        }
        Ok(match texts.as_slice() {
            [] => "''".to_owned(),
            all => {
                let filled: Vec<String> = all
                    .iter()
                    .map(|text| format!("NULLIF({text}, '')"))
                    .collect();
                format!(
                    "'{{' || ARRAY_JOIN(FILTER(ARRAY[{}], pairs -> pairs IS NOT NULL), ',') || '}}'",
                    filled.join(", ")
                )
            }
        })
    }

    /// The pairs of a map, its keys as the ledger has them, in the order of the keys.
    fn tag_map(&self, at: usize, map: &TagMap) -> Result<String, AthenaError> {
        let column = self.column(at);
        if column.kind != SourceType::Map {
            return Err(wrong(column, "a map"));
        }
        let mut cases = String::new();
        for rule in map.keys {
            let rest = rule.prefix.chars().count() + 1;
            cases.push_str(&format!(
                "WHEN SUBSTR(k, 1, {}) = {} THEN {} || SUBSTR(k, {rest}) ",
                rest - 1,
                literal(rule.prefix),
                literal(rule.becomes),
            ));
        }
        let key = if cases.is_empty() {
            "k".to_owned()
        } else {
            format!("CASE {cases}ELSE k END")
        };
        let name = name(column);
        Ok(format!(
            "COALESCE(ARRAY_JOIN(TRANSFORM(ARRAY_SORT(MAP_KEYS({name})), k -> {} || ':' || {}), ','), '')",
            json_string(&format!("({key})")),
            json_string(&format!("COALESCE(ELEMENT_AT({name}, k), '')")),
        ))
    }
}

/// Whether a text meets a condition.
fn holds(text: &str, condition: &Condition) -> String {
    match condition {
        Condition::Is(_, values) => {
            let values: Vec<String> = values.iter().map(|value| literal(value)).collect();
            format!("{text} IN ({})", values.join(", "))
        }
        Condition::EndsWith(_, end) => format!(
            "SUBSTR({text}, GREATEST(LENGTH({text}) - {}, 1)) = {}",
            end.chars().count().saturating_sub(1),
            literal(end)
        ),
        Condition::StartsWith(_, start) => format!(
            "SUBSTR({text}, 1, {}) = {}",
            start.chars().count(),
            literal(start)
        ),
        Condition::Filled(_) => format!("{text} <> ''"),
        // The plan has decided these by the file's columns.
        Condition::FileHas(_) => "TRUE".to_owned(),
    }
}

/// A rule's sum; null where it needs a figure that is not there.
fn formula(rule: &PlannedRule, billed: &str) -> String {
    let Some(terms) = &rule.terms else {
        return billed.to_owned();
    };
    let mut sum = String::new();
    for term in terms {
        let figure = format!("figure_{}", term.slot);
        let figure = match term.empty {
            Empty::Refused => figure,
            Empty::Zero | Empty::NotedZero => {
                format!("COALESCE({figure}, CAST(0 AS DECIMAL(38, 24)))")
            }
            Empty::Billed => format!("COALESCE({figure}, {billed})"),
        };
        let sign = match (term.minus, sum.is_empty()) {
            (true, true) => "- ",
            (true, false) => " - ",
            (false, true) => "",
            (false, false) => " + ",
        };
        sum.push_str(sign);
        sum.push_str(&figure);
    }
    if sum.is_empty() {
        "CAST(0 AS DECIMAL(38, 24))".to_owned()
    } else {
        format!("CAST({sum} AS DECIMAL(38, 24))")
    }
}

fn mapped(code: &str, mapping: Mapping) -> String {
    let known: Vec<(&str, &str)> = match mapping {
        Mapping::ServiceName => aws_services::names().collect(),
        Mapping::ServiceCategory => aws_services::categories().collect(),
    };
    let otherwise = match mapping {
        Mapping::ServiceName => code.to_owned(),
        Mapping::ServiceCategory => "''".to_owned(),
    };
    looked_up(code, &known, &otherwise)
}

fn looked_up(value: &str, table: &[(&str, &str)], otherwise: &str) -> String {
    // One arm for all values that mean the same keeps the statement short.
    let mut arms: Vec<(&str, Vec<String>)> = Vec::new();
    for (known, meaning) in table {
        match arms.iter_mut().find(|(found, _)| found == meaning) {
            Some((_, values)) => values.push(literal(known)),
            None => arms.push((meaning, vec![literal(known)])),
        }
    }
    let mut cases = String::new();
    for (meaning, values) in arms {
        cases.push_str(&format!(
            "WHEN {value} IN ({}) THEN {} ",
            values.join(", "),
            literal(meaning)
        ));
    }
    if cases.is_empty() {
        otherwise.to_owned()
    } else {
        format!("CASE {cases}ELSE {otherwise} END")
    }
}
