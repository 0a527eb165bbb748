//! The moment the first page is on the screen.

use std::io::Write;

use crate::surroundings;

/// The interface says that its first page is drawn. With `TALLYPORT_REPORT_PAINT` it is printed, so
/// that `cargo xtask bench window` can take the time.
#[tauri::command]
pub fn painted() {
    tracing::debug!("the first page is drawn");
    if surroundings::variable("TALLYPORT_REPORT_PAINT").is_some() {
        // Nobody may be reading.
        let _ = writeln!(std::io::stdout(), "painted");
    }
}
