//! Whether issued documents are what was issued, on the wire.

use utoipa::ToSchema;

/// Whether every issued document is what was issued: the result of the job that looks, which keeps it as JSON.
#[expect(
    dead_code,
    reason = "it is the shape of a job's result in the document, and is read by clients only"
)]
#[derive(Debug, ToSchema)]
pub struct InvoiceVerification {
    /// How many documents were looked at.
    pub checked: u64,
    /// The series of numbers.
    pub numbers: Vec<VerifiedSeries>,
    /// How many have the totals that they had.
    pub totals: u64,
    /// How many papers have the hash that they had.
    pub hashes: u64,
    /// How many were rendered again to the same bytes.
    pub rendered: u64,
    /// What is wrong, in sentences; empty where all is well.
    pub problems: Vec<String>,
}

/// A series of numbers.
#[expect(
    dead_code,
    reason = "it is the shape of a job's result in the document, and is read by clients only"
)]
#[derive(Debug, ToSchema)]
pub struct VerifiedSeries {
    /// Its name.
    pub series: String,
    /// How many numbers were taken.
    pub taken: u32,
    /// Those that no document has.
    pub gaps: Vec<u32>,
}
