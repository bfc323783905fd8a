//! `rejects.csv` and `rejects.vcf`: the source records that were not created, byte for byte, to fix and import again.

use super::folder::{ReportFile, make_file};
use crate::mapping::{MENDS, REASON_MARK, columns::REASON_COLUMN};
use crate::source::csv::{Dialect, written_cells};
use crate::source::encoding::TextEncoding;
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The format of a source, which its rejects keep.
#[derive(Clone, Debug, PartialEq)]
pub enum RejectSource {
    Csv {
        /// The header's bytes, without line break.
        header: Vec<u8>,
        columns: usize,
        dialect: Dialect,
        encoding: TextEncoding,
        /// Whether the header ends in the reason column of an earlier run.
        has_reason: bool,
        /// The sheet of a workbook that was written as CSV.
        sheet: Option<String>,
    },
    Vcard,
}

/// The rejects of a run. A file is made for the first one of each format.
pub struct Rejects {
    folder: PathBuf,
    files: Vec<RejectFile>,
}

struct RejectFile {
    source: RejectSource,
    path: PathBuf,
    file: BufWriter<ReportFile>,
    ascii: bool,
}

pub enum Bytes<'a> {
    /// In memory; empty where they are not needed.
    Held(&'a [u8]),
    InFile(&'a File, Range<u64>),
}

impl Bytes<'_> {
    /// The bytes, unless there are more than `most`.
    pub fn read(&self, most: u64) -> io::Result<Vec<u8>> {
        let mut raw = Vec::new();
        match self {
            Bytes::Held(bytes) => raw.extend_from_slice(bytes),
            Bytes::InFile(file, span) if span.end - span.start <= most => {
                let (mut file, length) = (*file, span.end - span.start);
                file.seek(SeekFrom::Start(span.start))?;
                raw.reserve(length as usize);
                file.take(length).read_to_end(&mut raw)?;
            }
            Bytes::InFile(..) => {}
        }
        Ok(raw)
    }
}

impl Rejects {
    pub fn new(folder: &Path) -> Rejects {
        Rejects {
            folder: folder.to_owned(),
            files: Vec::new(),
        }
    }

    /// Adds a record. `named` is its name (`RUN#RECORD`), so that a later run knows what it replaces.
    pub fn add(
        &mut self,
        source: &RejectSource,
        bytes: &Bytes<'_>,
        named: Option<&str>,
        reason: &str,
    ) -> io::Result<()> {
        let file = self.file(source)?;
        let mut read = Vec::new();
        let (raw, is_whole) = match bytes {
            Bytes::Held(raw) => (*raw, true),
            Bytes::InFile(from, span) => {
                let (mut from, length) = (*from, span.end - span.start);
                from.seek(SeekFrom::Start(span.start))?;
                let held = match source {
                    _ if length <= HELD => length,
                    RejectSource::Vcard => CARD_END,
                    RejectSource::Csv { .. } => 0,
                };
                io::copy(&mut from.take(length - held), &mut file.file)?;
                read.reserve(held as usize);
                from.take(held).read_to_end(&mut read)?;
                (read.as_slice(), held == length)
            }
        };
        file.ascii &= is_whole && raw.is_ascii() && reason.is_ascii();
        let RejectSource::Csv {
            columns,
            dialect,
            encoding,
            has_reason,
            ..
        } = source
        else {
            add_card_end(&mut file.file, raw, named)?;
            return match raw {
                [.., b'\n' | b'\r'] => Ok(()),
                _ => file.file.write_all(b"\r\n"),
            };
        };
        file.file.write_all(raw)?;
        let delimiters = match is_whole {
            true => {
                let wanted = columns - usize::from(*has_reason);
                wanted.saturating_sub(count_cells(raw, *dialect, *encoding)) + 1
            }
            // As many as there are columns bring the reason behind the last one, where a later import ignores it as well.
            false => columns + 1,
        };
        let end = end_of_row(*dialect, delimiters, named, reason);
        file.file.write_all(&encoding.encode(&end).0)
    }

    /// Ends the files and tells their names.
    pub fn finish(self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for mut file in self.files {
            file.file.flush()?;
            drop(file.file);
            if file.source.is_utf8_csv() && !file.ascii {
                with_byte_order_mark(&file.path)?;
            }
            let name = file.path.file_name().unwrap_or_default();
            names.push(name.to_string_lossy().into_owned());
        }
        Ok(names)
    }

    fn file(&mut self, source: &RejectSource) -> io::Result<&mut RejectFile> {
        if let Some(index) = self.files.iter().position(|file| file.source == *source) {
            return Ok(&mut self.files[index]);
        }
        let end = match source {
            RejectSource::Csv { .. } => "csv",
            RejectSource::Vcard => "vcf",
        };
        let same_end = self
            .files
            .iter()
            .filter(|file| file.path.extension().is_some_and(|one| one == end))
            .count();
        let name = match same_end {
            0 => format!("rejects.{end}"),
            more => format!("rejects-{}.{end}", more + 1),
        };
        let path = self.folder.join(name);
        let mut file = BufWriter::new(make_file(&path)?);
        let mut ascii = true;
        if let RejectSource::Csv {
            header,
            dialect,
            encoding,
            has_reason,
            ..
        } = source
        {
            ascii = header.is_ascii();
            file.write_all(header)?;
            let column = match has_reason {
                true => String::new(),
                false => format!("{}{REASON_COLUMN}", char::from(dialect.delimiter)),
            };
            file.write_all(&encoding.encode(&format!("{column}\r\n")).0)?;
        }
        self.files.push(RejectFile {
            source: source.clone(),
            path,
            file,
            ascii,
        });
        Ok(self.files.last_mut().expect("a file was just added"))
    }
}

impl RejectSource {
    /// What the ledger remembers of a source.
    pub fn stored(header: &[u8], delimiter: Option<u8>, encoding: &str) -> RejectSource {
        let (Some(delimiter), Ok(encoding)) = (delimiter, TextEncoding::from_label(encoding))
        else {
            return RejectSource::Vcard;
        };
        let text = encoding.decode(header).0;
        RejectSource::Csv {
            header: header.to_vec(),
            columns: count_cells(header, delimiter.into(), encoding),
            dialect: delimiter.into(),
            encoding,
            has_reason: text.trim_end_matches('"').ends_with(REASON_COLUMN),
            sheet: None,
        }
    }

    fn is_utf8_csv(&self) -> bool {
        matches!(self, RejectSource::Csv { encoding, header, .. }
            if encoding.name() == "UTF-8" && !header.starts_with(b"\xef\xbb\xbf"))
    }
}

/// Records up to this size are held, to count the cells of rows; in bytes. Few are larger.
const HELD: u64 = 64 * 1024;

/// The end of a card of which this much is surely its last line.
const CARD_END: u64 = 64;

/// Writes a card, or its end, byte for byte. Above its last line goes what a later import is to know, if there is `record`:
/// there, every reader takes it for one more property, and none would where VERSION has to be the first.
fn add_card_end(file: &mut impl Write, end: &[u8], record: Option<&str>) -> io::Result<()> {
    let text = end.trim_ascii_end();
    let last = text
        .iter()
        .rposition(|byte| matches!(byte, b'\n' | b'\r'))
        .map_or(0, |at| at + 1);
    // In UTF-16, and where END is missing, a card is left as it is.
    let ends = text[last..].eq_ignore_ascii_case(b"END:VCARD") && last > 0;
    let (Some(record), true) = (record, ends) else {
        return file.write_all(end);
    };
    let line_break = match &text[..last] {
        [.., b'\r', b'\n'] => "\r\n",
        [.., b'\n'] => "\n",
        _ => "\r",
    };
    file.write_all(&end[..last])?;
    write!(file, "{MENDS}:{record}{line_break}")?;
    file.write_all(&end[last..])
}

/// The reason, so many delimiters behind a row's last cell.
fn end_of_row(dialect: Dialect, delimiters: usize, record: Option<&str>, reason: &str) -> String {
    let delimiter = char::from(dialect.delimiter);
    let mut end: String = std::iter::repeat_n(delimiter, delimiters).collect();
    end.push('"');
    end.push_str(REASON_MARK);
    if let Some(record) = record {
        end.push(' ');
        end.push_str(record);
    }
    end.push_str("] ");
    let reason = reason.replace(['\r', '\n'], " ");
    end.push_str(&match dialect.escape {
        Some(_) => reason.replace('\\', "\\\\").replace('"', "\\\""),
        None => reason.replace('"', "\"\""),
    });
    end.push_str("\"\r\n");
    end
}

fn count_cells(raw: &[u8], dialect: Dialect, encoding: TextEncoding) -> usize {
    let (text, _) = encoding.decode(raw);
    match text.contains('"') {
        true => written_cells(&text, dialect).len(),
        false => text.matches(char::from(dialect.delimiter)).count() + 1,
    }
}

/// Excel takes a CSV file for UTF-8 only if it begins with a byte order mark.
fn with_byte_order_mark(path: &Path) -> io::Result<()> {
    let marked = path.with_extension("tmp");
    let mut to = make_file(&marked)?;
    to.write_all("\u{feff}".as_bytes())?;
    io::copy(&mut File::open(path)?, &mut to)?;
    std::fs::rename(&marked, path)
}
