//! The archive that an .xlsx or .ods is.

use super::{WorkbookError, broken};
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read};
use zip::ZipArchive;
use zip::read::ZipFile;

/// How large a part may be that holds the texts of cells, in bytes.
pub(super) const MOST_TEXTS: u64 = 96 * 1024 * 1024;

/// How many texts the cells of a workbook may share.
pub(super) const MOST_SHARED: usize = 8_000_000;

/// How large any other part may be that is held in memory, in bytes.
pub(super) const MOST_OTHER: u64 = 16 * 1024 * 1024;

/// The parts of an archive.
pub(super) struct Archive {
    archive: ZipArchive<BufReader<File>>,
    /// Some programs write names in another case, or with backslashes.
    places: HashMap<String, usize>,
}

impl Archive {
    pub fn open(file: File) -> Result<Self, WorkbookError> {
        let archive = ZipArchive::new(BufReader::new(file)).map_err(broken)?;
        let mut places = HashMap::new();
        for (place, name) in archive.file_names().enumerate() {
            places.insert(folded(&name.map_err(broken)?), place);
        }
        Ok(Self { archive, places })
    }

    pub fn has(&self, name: &str) -> bool {
        self.places.contains_key(&folded(name))
    }

    pub fn part(
        &mut self,
        name: &str,
    ) -> Result<Option<ZipFile<'_, BufReader<File>>>, WorkbookError> {
        let place = self.places.get(&folded(name));
        let part = place.map(|place| self.archive.by_index(*place));
        part.transpose().map_err(broken)
    }

    /// The text of a part that has at most so many bytes; nothing if there is no such part.
    pub fn text(&mut self, name: &str, most: u64) -> Result<String, WorkbookError> {
        let mut text = String::new();
        if let Some(part) = self.part(name)? {
            part.take(most + 1)
                .read_to_string(&mut text)
                .map_err(broken)?;
        }
        match text.len() as u64 > most {
            true => Err(WorkbookError::TooLarge),
            false => Ok(text),
        }
    }
}

fn folded(name: &str) -> String {
    name.replace('\\', "/").to_ascii_lowercase()
}
