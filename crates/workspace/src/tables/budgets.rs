use tallyport_documents::sheet::{Cell, Kind};
use tallyport_ledger::ViewCosts;
use tallyport_ledger::budget::BudgetId;

use super::column::{Of, column, id, money, off_paper, text, yes};
use super::costs::slug;
use super::facts::Facts;
use super::{Table, listed};
use crate::budgets::{self, BudgetForecast, BudgetMonth, BudgetView, BudgetsAsk};
use crate::{Context, Grant, WorkspaceError};

/// A budget and the name of what it is a part of.
pub(super) struct BudgetLine(BudgetView, Option<String>);

// One charge may count in several budgets: nothing here adds up.
pub(super) const BUDGETS: &[Of<BudgetLine>] = &[
    text("Budget", |BudgetLine(view, _)| {
        Cell::text(&view.budget.name)
    }),
    off_paper(text("Part of", |BudgetLine(_, above)| {
        super::column::maybe(above.as_deref())
    })),
    text("About", |BudgetLine(view, _)| {
        Cell::text(&view.budget.scope_label)
    }),
    off_paper(text("Each", |BudgetLine(view, _)| {
        Cell::text(view.budget.period.word())
    })),
    off_paper(column("From", Kind::Day, |BudgetLine(view, _)| {
        Cell::Day(view.now.span.from())
    })),
    off_paper(column("To", Kind::Day, |BudgetLine(view, _)| {
        Cell::Day(view.now.span.to())
    })),
    text("State", |BudgetLine(view, _)| {
        Cell::text(view.now.state.word())
    }),
    column("Currency", Kind::Currency, |BudgetLine(view, _)| {
        Cell::Currency(view.now.limit.currency())
    }),
    money("Limit", |BudgetLine(view, _)| Cell::Money(view.now.limit)),
    money("Spent", |BudgetLine(view, _)| Cell::Money(view.now.actual)),
    column("Used", Kind::Percent, |BudgetLine(view, _)| {
        let used = view
            .now
            .used_per_mille
            .and_then(|used| i64::try_from(used).ok());
        Cell::maybe(used, Cell::PerMille)
    }),
    money("Expected", |BudgetLine(view, _)| {
        expected(view.now.forecast.as_ref())
    }),
    off_paper(column(
        "Chance to end above",
        Kind::Percent,
        |BudgetLine(view, _)| {
            Cell::maybe(view.now.forecast.as_ref(), |forecast| {
                Cell::PerMille(forecast.chance.into())
            })
        },
    )),
    off_paper(money("With credits and tax", |BudgetLine(view, _)| {
        Cell::Money(view.now.with_credits_and_tax)
    })),
    off_paper(text("Estimated", |BudgetLine(view, _)| {
        yes(view.now.estimated)
    })),
    off_paper(text("Note", |BudgetLine(view, _)| {
        Cell::text(&view.budget.note)
    })),
    off_paper(text("Archived", |BudgetLine(view, _)| {
        yes(view.budget.archived)
    })),
    off_paper(column("Id", Kind::Count, |BudgetLine(view, _)| {
        id(view.budget.id.0)
    })),
];

fn expected(forecast: Option<&BudgetForecast>) -> Cell<'_> {
    Cell::maybe(forecast, |forecast| Cell::Money(forecast.band.expected))
}

/// Budgets and how they stand; all pages of what was asked.
///
/// # Errors
/// As [`budgets::list`].
pub async fn budgets(
    cx: &Context,
    by: &Grant<ViewCosts>,
    ask: BudgetsAsk,
) -> Result<Table, WorkspaceError> {
    let mut facts = Facts::default();
    let mut of = String::new();
    if let Some(month) = ask.month {
        of = month.to_string();
        facts = facts.with("Month", of.clone());
    }
    if let Some(search) = &ask.search {
        facts = facts.with("Only with the text", search.clone());
    }
    let whole = BudgetsAsk {
        skip: 0,
        limit: None,
        ..ask
    };
    let found = budgets::list(cx, by, whole).await?;
    if let Some(day) = found.as_of_day {
        facts = facts.with("Last day with costs", day.to_string());
    }
    let names: std::collections::HashMap<BudgetId, String> = found
        .budgets
        .iter()
        .map(|view| (view.budget.id, view.budget.name.clone()))
        .collect();
    let rows = found.budgets.into_iter().map(|view| {
        let above = view
            .budget
            .parent
            .and_then(|parent| names.get(&parent).cloned());
        BudgetLine(view, above)
    });
    let rows = rows.collect();
    Ok(Table::kept(&listed::BUDGETS, of, facts, BUDGETS, rows))
}

pub(super) const BUDGET_MONTHS: &[Of<BudgetMonth>] = &[
    column("From", Kind::Day, |month| Cell::Day(month.span.from())),
    column("To", Kind::Day, |month| Cell::Day(month.span.to())),
    column("Currency", Kind::Currency, |month| {
        Cell::Currency(month.limit.currency())
    }),
    money("Limit", |month| Cell::Money(month.limit)),
    money("Spent", |month| Cell::Money(month.actual)),
    money("Expected", |month| expected(month.forecast.as_ref())),
    money("At least, in 80 of 100", |month| {
        Cell::maybe(month.forecast.as_ref(), |forecast| {
            Cell::Money(forecast.band.low80)
        })
    }),
    money("At most, in 80 of 100", |month| {
        Cell::maybe(month.forecast.as_ref(), |forecast| {
            Cell::Money(forecast.band.high80)
        })
    }),
];

/// A budget through time.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn budget_months(
    cx: &Context,
    by: &Grant<ViewCosts>,
    id: BudgetId,
) -> Result<Table, WorkspaceError> {
    let found = budgets::detail(cx, by, id).await?;
    let budget = found.view.budget;
    let facts = Facts::default()
        .with("Budget", budget.name.clone())
        .with("About", budget.scope_label);
    let of = slug(&budget.name);
    let table = Table::kept(
        &listed::BUDGET_MONTHS,
        of,
        facts,
        BUDGET_MONTHS,
        found.months,
    );
    Ok(table.called(format!("{} through time", budget.name)))
}
