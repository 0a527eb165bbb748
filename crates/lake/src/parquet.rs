//! Parquet files, row group by row group, with their dictionaries used as they are.
//!
//! What a column of texts repeats, its dictionary holds once: a text is numbered when the first row
//! with it comes, and every further row costs a look at a table. Amounts written as DOUBLE are
//! taken as the shortest decimal that gives that number, which is what was meant by whoever wrote
//! them.

mod decimals;
mod figures;
mod flat;
mod maps;
mod moments;
mod open;
mod pages;
mod readers;
mod rows;
mod runs;
mod tag_maps;
mod texts;

pub(crate) use open::Opened;
pub(crate) use rows::Rows;
