//! Compound files (MS-CFB): the container of an .xls.
//!
//! calamine follows the chains of sectors without end, and reads as much as a damaged file announces. So they are followed
//! here first, within the size of the file.

use super::{WorkbookError, broken};

const FREE_FROM: u32 = 0xFFFF_FFFA;
const END: u32 = 0xFFFF_FFFE;

/// Streams shorter than this are made of small sectors.
const SMALL_STREAM: usize = 4096;
const SMALL_SECTOR: usize = 64;

/// A compound file whose tables of sectors are sound.
pub(super) struct Compound<'f> {
    bytes: &'f [u8],
    sector: usize,
    table: Vec<u32>,
    small: Vec<u8>,
    small_table: Vec<u32>,
    entries: Vec<Entry>,
}

/// A stream or storage of a compound file.
struct Entry {
    name: String,
    start: u32,
    length: usize,
}

impl<'f> Compound<'f> {
    pub fn read(bytes: &'f [u8]) -> Result<Self, WorkbookError> {
        let header = bytes.get(..512).ok_or_else(damaged)?;
        let sector = match number16(header, 30) {
            9 => 512,
            12 => 4096,
            _ => return Err(damaged()),
        };
        let mut file = Compound {
            bytes,
            sector,
            table: Vec::new(),
            small: Vec::new(),
            small_table: Vec::new(),
            entries: Vec::new(),
        };
        file.table = file.read_table(header)?;
        let directory = file.chain(number32(header, 48), usize::MAX)?;
        file.entries = directory.chunks_exact(128).map(entry).collect();
        let (small_start, small_sectors) = (number32(header, 60), number32(header, 64) as usize);
        if let Some(root) = file.entries.first().filter(|_| small_sectors > 0) {
            file.small = file.chain(root.start, root.length)?;
            let length = small_sectors.saturating_mul(sector);
            file.small_table = numbers(&file.chain(small_start, length)?);
        }
        Ok(file)
    }

    /// The stream of this name, without regard to case.
    pub fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, WorkbookError> {
        let mut entries = self.entries.iter();
        let Some(entry) = entries.find(|entry| entry.name.eq_ignore_ascii_case(name)) else {
            return Ok(None);
        };
        let stream = match entry.length < SMALL_STREAM {
            true => {
                let sector = |id: u32| sector_of(&self.small, id as usize, SMALL_SECTOR);
                follow(&self.small_table, entry.start, entry.length, sector)
            }
            false => self.chain(entry.start, entry.length),
        };
        stream.map(Some)
    }

    /// The table of all sectors, whose own sectors the header lists, and further ones behind it.
    fn read_table(&self, header: &[u8]) -> Result<Vec<u32>, WorkbookError> {
        let most = self.bytes.len() / self.sector + 1;
        let mut listed = numbers(&header[76..]);
        let (mut next, mut lists) = (number32(header, 68), 0);
        while next < FREE_FROM {
            lists += 1;
            listed.extend(numbers(self.sector(next).ok_or_else(damaged)?));
            next = listed.pop().filter(|_| lists <= most).ok_or_else(damaged)?;
        }
        let used: Vec<u32> = listed.into_iter().filter(|id| *id < FREE_FROM).collect();
        if used.len() > most {
            return Err(damaged());
        }
        let mut table = Vec::new();
        for id in used {
            table.extend(numbers(self.sector(id).ok_or_else(damaged)?));
        }
        Ok(table)
    }

    fn chain(&self, start: u32, length: usize) -> Result<Vec<u8>, WorkbookError> {
        follow(&self.table, start, length, |id| self.sector(id))
    }

    /// A sector behind the header, which takes the place of one.
    fn sector(&self, id: u32) -> Option<&'f [u8]> {
        sector_of(self.bytes, id as usize + 1, self.sector)
    }
}

/// A sector; the last one may be cut off.
fn sector_of(bytes: &[u8], at: usize, size: usize) -> Option<&[u8]> {
    let start = at.checked_mul(size)?;
    bytes.get(start..bytes.len().min(start + size))
}

/// What the sectors of a chain hold, which visits none twice.
fn follow<'s>(
    table: &[u32],
    start: u32,
    length: usize,
    sector: impl Fn(u32) -> Option<&'s [u8]>,
) -> Result<Vec<u8>, WorkbookError> {
    let (mut content, mut id, mut visited) = (Vec::new(), start, 0);
    while id != END {
        content.extend_from_slice(sector(id).ok_or_else(damaged)?);
        if content.len() >= length {
            content.truncate(length);
            break;
        }
        visited += 1;
        let next = table.get(id as usize).filter(|_| visited <= table.len());
        id = *next.ok_or_else(damaged)?;
    }
    Ok(content)
}

fn entry(bytes: &[u8]) -> Entry {
    let units = bytes[..64].chunks_exact(2).map(|pair| number16(pair, 0));
    let units: Vec<u16> = units.take_while(|unit| *unit != 0).collect();
    Entry {
        name: String::from_utf16_lossy(&units),
        start: number32(bytes, 116),
        length: number32(bytes, 120) as usize,
    }
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes
        .chunks_exact(4)
        .map(|four| number32(four, 0))
        .collect()
}

pub(super) fn number16(bytes: &[u8], at: usize) -> u16 {
    let pair = bytes.get(at..at + 2).and_then(|pair| pair.try_into().ok());
    pair.map_or(0, u16::from_le_bytes)
}

pub(super) fn number32(bytes: &[u8], at: usize) -> u32 {
    let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
    four.map_or(0, u32::from_le_bytes)
}

fn damaged() -> WorkbookError {
    broken("its sectors are damaged")
}
