//! A Parquet file: what it says of itself, and which of it is needed.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ::parquet::arrow::ProjectionMask;
use ::parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder,
};
use ::parquet::basic::Encoding;
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::ColumnChunkMetaData;
use ::parquet::file::statistics::Statistics;
use arrow_schema::{DataType, Field, Fields, Schema};

use crate::LakeError;
use crate::pass::Layout;
use crate::source::MOST_EXPANSION;

/// Rows that are read at a time.
pub(super) const BATCH: usize = 2_048;
/// Below this size no ratio is held against a file.
const SMALL: u64 = 64 << 20;
/// Rows that a byte may hold: what every row says differently takes some bits.
const MOST_ROWS_A_BYTE: u64 = 64;
/// Columns that a file may have.
const MOST_COLUMNS: usize = 10_000;

/// A Parquet file whose rows can be read.
pub(crate) struct Opened {
    path: PathBuf,
    metadata: ArrowReaderMetadata,
    names: Vec<String>,
    /// The leaves of each column in the file's schema.
    leaves: Vec<Vec<usize>>,
    /// The number of the last row before each row group.
    before: Vec<u64>,
    rows: u64,
    bytes: u64,
}

impl Opened {
    /// Reads what the file says of itself.
    pub(crate) fn open(path: &Path, name: &str) -> Result<Self, LakeError> {
        let io = |source| LakeError::Io {
            file: name.to_owned(),
            source,
        };
        let file = File::open(path).map_err(io)?;
        let bytes = file.metadata().map_err(io)?.len();
        let damaged = |error: ParquetError| damaged(name, None, &error.to_string());
        let metadata = ArrowReaderMetadata::load(&file, options()).map_err(damaged)?;
        let names: Vec<String> = metadata
            .schema()
            .fields()
            .iter()
            .map(|field| field.name().trim().to_owned())
            .collect();
        let schema = metadata.parquet_schema();
        let mut leaves = vec![Vec::new(); names.len()];
        for leaf in 0..schema.num_columns() {
            if let Some(leaves) = leaves.get_mut(schema.get_column_root_idx(leaf)) {
                leaves.push(leaf);
            }
        }
        let (mut before, mut rows) = (Vec::new(), 0_u64);
        for group in metadata.metadata().row_groups() {
            before.push(rows);
            rows = rows.saturating_add(u64::try_from(group.num_rows()).unwrap_or(0));
        }
        let opened = Self {
            path: path.to_owned(),
            metadata,
            names,
            leaves,
            before,
            rows,
            bytes,
        };
        if opened.names.len() > MOST_COLUMNS {
            return Err(LakeError::NotACostFile {
                file: name.to_owned(),
                reason: format!("it has {} columns", opened.names.len()),
            });
        }
        if rows > SMALL && rows / MOST_ROWS_A_BYTE > bytes {
            return Err(expansion(name));
        }
        Ok(opened)
    }

    /// The names of its columns.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The leaves of a column.
    pub(super) fn leaves(&self, column: usize) -> &[usize] {
        &self.leaves[column]
    }

    /// What is said of a leaf in a row group.
    pub(super) fn chunk(&self, group: usize, leaf: usize) -> &ColumnChunkMetaData {
        self.metadata.metadata().row_group(group).column(leaf)
    }

    /// The kind of a column.
    pub(super) fn kind(&self, column: usize) -> &DataType {
        self.metadata.schema().field(column).data_type()
    }

    /// How many row groups it has.
    pub(crate) const fn groups(&self) -> usize {
        self.before.len()
    }

    /// How many rows it has.
    pub(crate) const fn rows(&self) -> u64 {
        self.rows
    }

    /// The number of the last row before a row group.
    pub(super) fn before(&self, group: usize) -> u64 {
        self.before[group]
    }

    /// How many rows a row group has.
    pub(super) fn rows_of(&self, group: usize) -> u64 {
        let next = self.before.get(group + 1).copied();
        next.unwrap_or(self.rows) - self.before[group]
    }

    /// The share of the file's bytes that `done` of its rows are.
    pub(super) fn share(&self, done: u64) -> u64 {
        let share = u128::from(self.bytes) * u128::from(done) / u128::from(self.rows.max(1));
        u64::try_from(share).unwrap_or(self.bytes)
    }

    /// Refuses columns of kinds that cannot say what they should, and ones that unpack to far
    /// more than a cost file would.
    pub(crate) fn check(&self, layout: &Layout, name: &str) -> Result<(), LakeError> {
        for column in needed(layout) {
            let field = self.metadata.schema().field(column);
            if !is_readable(field.data_type()) {
                return Err(LakeError::NotACostFile {
                    file: name.to_owned(),
                    reason: format!(
                        "its column {} is of the type {}, which says nothing here",
                        self.names[column],
                        field.data_type()
                    ),
                });
            }
        }
        let columns = self.metadata.metadata().row_groups().iter();
        for column in columns.flat_map(|group| group.columns()) {
            let size = |bytes: i64| u64::try_from(bytes).unwrap_or(0);
            let unpacked = size(column.uncompressed_size());
            if unpacked > SMALL && unpacked / MOST_EXPANSION > size(column.compressed_size()) {
                return Err(expansion(name));
            }
        }
        Ok(())
    }

    /// Reads these columns of a row group.
    pub(super) fn read(
        &self,
        group: usize,
        columns: &[usize],
    ) -> Result<ParquetRecordBatchReader, ParquetError> {
        let all = self.metadata.metadata();
        let mut chunks = all.row_group(group).columns().iter();
        let fields = dictionaries(self.metadata.schema().fields(), &mut chunks);
        let options = options().with_schema(Arc::new(Schema::new(fields)));
        let metadata = ArrowReaderMetadata::try_new(Arc::clone(all), options)?;
        let mask = ProjectionMask::roots(metadata.parquet_schema(), columns.iter().copied());
        // Each reader has a place in the file of its own.
        let file = File::open(&self.path)?;
        ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata)
            .with_row_groups(vec![group])
            .with_projection(mask)
            .with_batch_size(BATCH)
            .build()
    }
}

/// The columns that are read, in the file's order.
pub(super) fn needed(layout: &Layout) -> Vec<usize> {
    let plan = &layout.plan;
    let mut columns = plan.texts().to_vec();
    columns.extend(plan.figures());
    columns.push(plan.from());
    columns.extend(plan.to());
    columns.sort_unstable();
    columns.dedup();
    columns
}

pub(super) fn damaged(name: &str, row_group: Option<usize>, reason: &str) -> LakeError {
    LakeError::Parquet {
        file: name.to_owned(),
        place: row_group.map_or_else(String::new, |group| format!(", row group {}", group + 1)),
        reason: reason.to_owned(),
    }
}

fn expansion(name: &str) -> LakeError {
    LakeError::Expansion {
        file: name.to_owned(),
        ratio: MOST_EXPANSION,
    }
}

/// How a file is looked at. What its writer's Arrow types were does not matter.
fn options() -> ArrowReaderOptions {
    ArrowReaderOptions::new().with_skip_arrow_metadata(true)
}

/// The chunks of a row group's columns, which come in the order of its schema's leaves.
type Chunks<'c> = dyn Iterator<Item = &'c ColumnChunkMetaData> + 'c;

/// The same fields, with texts read as numbers into their dictionaries where they have one.
fn dictionaries<'c>(fields: &Fields, chunks: &mut Chunks<'c>) -> Fields {
    let with = |field: &Arc<Field>| {
        let kind = dictionary(field.data_type(), chunks);
        field.as_ref().clone().with_data_type(kind)
    };
    fields.iter().map(with).collect()
}

fn dictionary<'c>(kind: &DataType, chunks: &mut Chunks<'c>) -> DataType {
    match kind {
        DataType::Struct(fields) => DataType::Struct(dictionaries(fields, chunks)),
        DataType::Map(entries, sorted) => {
            let kind = dictionary(entries.data_type(), chunks);
            let entries = entries.as_ref().clone().with_data_type(kind);
            DataType::Map(Arc::new(entries), *sorted)
        }
        DataType::List(item) => {
            let kind = dictionary(item.data_type(), chunks);
            DataType::List(Arc::new(item.as_ref().clone().with_data_type(kind)))
        }
        leaf => {
            let has_dictionary = chunks.next().is_some_and(is_dictionary);
            match leaf {
                DataType::Utf8 | DataType::Binary if has_dictionary => {
                    DataType::Dictionary(Box::new(DataType::Int32), Box::new(leaf.clone()))
                }
                _ => leaf.clone(),
            }
        }
    }
}

/// Whether all pages of a column are numbers into its dictionary, and most rows have one. Where a
/// dictionary grew too large for its writer, the pages that follow are plain texts. And where a
/// batch is empty altogether, the decoder makes a dictionary of nothing at great cost, so that a
/// column of few texts is better read as texts.
fn is_dictionary(column: &ColumnChunkMetaData) -> bool {
    let of_dictionary = |encoding| {
        matches!(
            encoding,
            Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY
        )
    };
    let encoded = match column.page_encoding_stats_mask() {
        Some(mask) => mask.encodings().all(of_dictionary),
        None => column.dictionary_page_offset().is_some(),
    };
    let values = u64::try_from(column.num_values()).unwrap_or(0);
    let nulls = column.statistics().and_then(Statistics::null_count_opt);
    encoded && nulls.unwrap_or(0) <= values / 2
}

/// Whether a column of this kind can be a text, a figure or a moment.
fn is_readable(kind: &DataType) -> bool {
    match kind {
        DataType::List(_)
        | DataType::LargeList(_)
        | DataType::FixedSizeList(..)
        | DataType::Interval(_)
        | DataType::Duration(_)
        | DataType::Union(..) => false,
        DataType::Map(entries, _) => match entries.data_type() {
            DataType::Struct(fields) => {
                fields.len() == 2
                    && fields.iter().all(|field| {
                        is_readable(field.data_type()) && !field.data_type().is_nested()
                    })
            }
            _ => false,
        },
        DataType::Struct(fields) => fields
            .iter()
            .all(|field| is_readable(field.data_type()) && !field.data_type().is_nested()),
        _ => true,
    }
}
