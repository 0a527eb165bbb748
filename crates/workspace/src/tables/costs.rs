use tallyport_documents::sheet::{Cell, Column, Kind};
use tallyport_ledger::{Money, ViewCosts};
use tallyport_store::{By, RowName};

use super::facts::Facts;
use super::{Table, listed};
use crate::costs::{self, CostRow, Costs, CostsAsk};
use crate::{Context, Grant, WorkspaceError};

/// Columns of days or months that there is room for on paper.
const ON_PAPER: usize = 4;

/// What was spent, as asked: a row a person, service or whatever else, a column a day or month.
///
/// # Errors
/// As [`costs::costs`].
pub async fn costs(
    cx: &Context,
    by: &Grant<ViewCosts>,
    ask: CostsAsk,
) -> Result<Table, WorkspaceError> {
    let facts = Facts::default()
        .days(ask.days)
        .metric(ask.metric)
        .filter(&ask.filter);
    let rows_are = dimension(&ask.by);
    let of = format!(
        "by-{}-{}-to-{}",
        slug(&rows_are),
        ask.days.from(),
        ask.days.to()
    );
    let found = costs::costs(cx, by, ask).await?;
    let Costs {
        days: _,
        previous_days,
        columns,
        results,
        basis,
    } = found;
    let facts = match previous_days {
        Some(days) => facts.with("Before", format!("{} to {}", days.from(), days.to())),
        None => facts,
    };
    let mut head = fixed(&rows_are);
    let few = columns.len() <= ON_PAPER;
    head.extend(columns.into_iter().map(|column| Column {
        on_paper: few,
        ..amount(column.key)
    }));
    head.push(amount("Total".to_owned()));
    if previous_days.is_some() {
        head.extend(["Before", "Change"].map(|title| amount(title.to_owned())));
    }
    let rows = results
        .into_iter()
        .flat_map(|result| result.rows)
        .map(cells)
        .collect::<Result<Vec<_>, _>>()?;
    let table = Table::made(&listed::COSTS, of, facts.basis(&basis), head, rows);
    Ok(table.called(format!("Costs by {}", rows_are.to_lowercase())))
}

/// The columns that are there whatever was asked.
pub(super) fn fixed(rows_are: &str) -> Vec<Column> {
    let column = |title: String, kind, on_paper| Column {
        title: title.into(),
        kind,
        adds_up: false,
        repeats_exact: false,
        on_paper,
    };
    vec![
        column(rows_are.to_owned(), Kind::Text, true),
        column(format!("{rows_are} key"), Kind::Text, false),
        column("Currency".to_owned(), Kind::Currency, true),
    ]
}

pub(super) fn amount(title: String) -> Column {
    Column {
        title: title.into(),
        kind: Kind::Money,
        adds_up: true,
        repeats_exact: false,
        on_paper: true,
    }
}

fn cells(row: CostRow) -> Result<Vec<Cell<'static>>, WorkspaceError> {
    let CostRow {
        name: RowName { key, label },
        amount,
        cells: within,
        previous,
    } = row;
    let label = if label.is_empty() {
        "(none)".to_owned()
    } else {
        label
    };
    let mut cells = vec![
        Cell::owned(label),
        Cell::owned(key),
        Cell::Currency(amount.currency()),
    ];
    cells.extend(within.into_iter().map(Cell::Money));
    cells.push(Cell::Money(amount));
    if let Some(previous) = previous {
        cells.push(Cell::Money(previous));
        cells.push(Cell::Money(change(amount, previous)?));
    }
    Ok(cells)
}

fn change(now: Money, before: Money) -> Result<Money, WorkspaceError> {
    now.minus(before)
        .map_err(|error| WorkspaceError::invalid("days", error))
}

/// What rows are, as a column is called.
pub(super) fn dimension(by: &By) -> String {
    match by {
        By::Person => "Person",
        By::Team => "Team",
        By::Client => "Client",
        By::Provider => "Provider",
        By::Service => "Service",
        By::Category => "Category",
        By::Account => "Account",
        By::Region => "Region",
        By::Resource => "Resource",
        By::Tag(key) => return format!("Tag {key}"),
    }
    .to_owned()
}

/// A word for a file's name.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for character in text.chars() {
        if character.is_ascii_alphanumeric() {
            slug.push(character.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}
