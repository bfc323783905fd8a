//! What a run leaves behind: `results.csv`, `results.jsonl`, `rejects.*`, `summary.json` and `report.html`.
//!
//! Every record has one row, in input order, whatever became of it; the counts of the summary add up to the records. It
//! knows neither where the rows come from (a check has them at hand, an import reads them back from the ledger) nor who
//! reads them.

mod example;
pub mod html;
pub mod json;
pub mod message;
mod place;
mod rejects;
mod results;
mod summary;

pub use example::Example;
pub use html::Html;
pub use place::{LONGEST, Place, place};
pub use rejects::{RejectSource, Rejects};
pub use results::{Amended, Outcome, Rendered, Results, Row};
pub use summary::{SourceSummary, Summary};

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::Path;

/// Makes a report's folder, readable by its owner only: it holds people's data.
pub fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path)
}

/// Makes a file of a report, readable by its owner only.
///
/// One of an earlier report is removed and not emptied: it may have other permissions, and to empty a file may make the system
/// bring the new one to the disk at once.
pub fn make_file(path: &Path) -> io::Result<File> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}
