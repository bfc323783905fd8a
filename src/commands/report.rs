//! What is said of the folder of a report.

use crate::exit::{Exit, Failed};
use crate::lang::tr;
use crate::report::SetAside;
use crate::terminal::Terminal;
use std::io;

/// What is said of a report that can't be written; the error names the file.
pub fn unwritten(error: impl Into<Failed>) -> Failed {
    let failed = error.into();
    match failed.error.downcast_ref::<io::Error>() {
        Some(error) => {
            let text = tr!("report-unwritten", error = error.to_string());
            Failed::new(Exit::Failure, text)
        }
        None => failed,
    }
}

/// Says which files of an earlier report have another name now.
pub fn say_kept(kept: &SetAside, terminal: &Terminal) {
    for (name, now) in &kept.edited {
        terminal.warn(tr!(
            "report-edited",
            name = name.as_str(),
            now = now.as_str()
        ));
    }
    if let Some(folder) = &kept.moved {
        let folder = folder.display().to_string();
        terminal.warn(tr!("report-moved", folder));
    }
}
