use std::borrow::Cow;

use tallyport_documents::sheet::{Cell, Column, Kind};

/// A column of rows of one type: what it is called, what it holds, and how a row gives its cell.
pub(super) struct Of<R: 'static> {
    pub title: &'static str,
    pub kind: Kind,
    pub adds_up: bool,
    pub on_paper: bool,
    pub cell: for<'a> fn(&'a R) -> Cell<'a>,
}

pub(super) const fn column<R>(
    title: &'static str,
    kind: Kind,
    cell: for<'a> fn(&'a R) -> Cell<'a>,
) -> Of<R> {
    Of {
        title,
        kind,
        adds_up: false,
        on_paper: true,
        cell,
    }
}

pub(super) const fn text<R>(title: &'static str, cell: for<'a> fn(&'a R) -> Cell<'a>) -> Of<R> {
    column(title, Kind::Text, cell)
}

/// An amount that stands for itself: adding it to others would say nothing.
pub(super) const fn money<R>(title: &'static str, cell: for<'a> fn(&'a R) -> Cell<'a>) -> Of<R> {
    column(title, Kind::Money, cell)
}

/// An amount that adds up with those above and below it.
pub(super) const fn summed<R>(title: &'static str, cell: for<'a> fn(&'a R) -> Cell<'a>) -> Of<R> {
    Of {
        title,
        kind: Kind::Money,
        adds_up: true,
        on_paper: true,
        cell,
    }
}

/// The same, but there is no room for it on paper.
pub(super) const fn off_paper<R>(mut column: Of<R>) -> Of<R> {
    column.on_paper = false;
    column
}

/// The columns as a table's head has them.
pub(super) fn described<R>(columns: &[Of<R>]) -> Vec<Column> {
    columns
        .iter()
        .map(|column| Column {
            title: Cow::Borrowed(column.title),
            kind: column.kind,
            adds_up: column.adds_up,
            repeats_exact: false,
            on_paper: column.on_paper,
        })
        .collect()
}

pub(super) fn cells<'a, R>(columns: &[Of<R>], row: &'a R) -> Vec<Cell<'a>> {
    columns.iter().map(|column| (column.cell)(row)).collect()
}

/// Text, or nothing.
pub(super) fn maybe(text: Option<&str>) -> Cell<'_> {
    text.map_or(Cell::Empty, Cell::text)
}

pub(super) const fn yes(is: bool) -> Cell<'static> {
    Cell::text(if is { "yes" } else { "no" })
}

pub(super) fn id(number: i64) -> Cell<'static> {
    Cell::maybe(u64::try_from(number).ok(), Cell::Count)
}

/// The id of something that has a name as well.
pub(super) fn key_of(named: Option<&(String, Option<String>)>) -> Cell<'_> {
    named.map_or(Cell::Empty, |(key, _)| Cell::text(key))
}

/// The name of something that has an id as well.
pub(super) fn name_of(named: Option<&(String, Option<String>)>) -> Cell<'_> {
    maybe(named.and_then(|(_, name)| name.as_deref()))
}
