//! CSV files: cut into blocks of whole records, which are read at the same time.

mod blocks;
mod raw;
mod rows;
mod scan;

pub(crate) use blocks::{Block, Blocks, BlocksError};
pub(crate) use rows::{BlockError, Rows};
