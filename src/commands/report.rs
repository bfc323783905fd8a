//! Taking the folder of a report, and what is said of it.

use crate::exit::{Exit, Failed};
use crate::lang::tr;
use crate::report::run::Unwritten;
use crate::report::{ClaimError, Kept, ReportFolder};
use crate::terminal::Terminal;
use std::io;
use std::path::{Path, PathBuf};

/// Takes a folder for a report of these inputs, before any of them is read.
pub fn claim(path: &Path, inputs: &[PathBuf]) -> Result<ReportFolder, Failed> {
    ReportFolder::claim(path, inputs).map_err(|error| {
        let exit = match error {
            ClaimError::Unreadable { .. } => Exit::Failure,
            ClaimError::NotOurs { .. } | ClaimError::HasInput { .. } => Exit::Configuration,
        };
        Failed::new(exit, error.to_string())
    })
}

/// A report that can't be written; the error names the file.
pub fn unwritten(error: io::Error) -> Failed {
    let text = tr!("report-unwritten", error = error.to_string());
    Failed::new(Exit::Failure, text)
}

impl From<Unwritten> for Failed {
    fn from(why: Unwritten) -> Self {
        match why {
            Unwritten::Ledger(error) => error.into(),
            Unwritten::Report(error) => unwritten(error),
        }
    }
}

/// Says which files of an earlier report have another name now.
pub fn say_kept(kept: &Kept, terminal: &Terminal) {
    for (name, now) in &kept.edited {
        terminal.warn(tr!(
            "report-edited",
            name = name.as_str(),
            now = now.as_str()
        ));
    }
    if let Some(folder) = &kept.moved {
        let folder = folder.display().to_string();
        terminal.warn(tr!("report-moved", folder = folder));
    }
}
