//! Compound files (MS-CFB): the container of an .xls.
//!
//! calamine follows the chains of sectors without end, and reads as much as a damaged file announces. So they are followed
//! here first, within the size of the file.

use super::{WorkbookError, broken};
use std::borrow::Cow;

const FREE_FROM: u32 = 0xFFFF_FFFA;
const END: u32 = 0xFFFF_FFFE;

/// Streams shorter than this are made of small sectors.
const SMALL_STREAM: usize = 4096;
const SMALL_SECTOR: usize = 64;

/// A compound file whose tables of sectors are sound.
pub(super) struct Compound<'f> {
    sectors: Sectors<'f>,
    small: Sectors<'f>,
    entries: Vec<Entry>,
}

/// Sectors of one size, and the table of which follows which.
struct Sectors<'f> {
    bytes: Cow<'f, [u8]>,
    size: usize,
    table: Vec<u32>,
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
        let size = match number16(header, 30) {
            9 => 512,
            12 => 4096,
            _ => return Err(damaged()),
        };
        // The header takes the place of a sector.
        let sectors = bytes.get(size..).unwrap_or_default();
        let mut sectors = Sectors::new(sectors.into(), size);
        sectors.table = sectors.read_table(header)?;
        let directory = sectors.chain(number32(header, 48), usize::MAX)?;
        let entries: Vec<Entry> = directory.chunks_exact(128).map(entry).collect();
        let mut small = Sectors::new(Cow::default(), SMALL_SECTOR);
        let (small_start, small_sectors) = (number32(header, 60), number32(header, 64) as usize);
        if let Some(root) = entries.first().filter(|_| small_sectors > 0) {
            small.bytes = sectors.chain(root.start, root.length)?.into();
            let length = small_sectors.saturating_mul(size);
            small.table = numbers(&sectors.chain(small_start, length)?);
        }
        Ok(Self {
            sectors,
            small,
            entries,
        })
    }

    /// The stream of this name, without regard to case.
    pub fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, WorkbookError> {
        let mut entries = self.entries.iter();
        let entry = entries.find(|entry| entry.name.eq_ignore_ascii_case(name));
        let stream = entry.map(|entry| {
            let is_small = entry.length < SMALL_STREAM;
            let sectors = if is_small { &self.small } else { &self.sectors };
            sectors.chain(entry.start, entry.length)
        });
        stream.transpose()
    }
}

impl<'f> Sectors<'f> {
    fn new(bytes: Cow<'f, [u8]>, size: usize) -> Self {
        let table = Vec::new();
        Self { bytes, size, table }
    }

    /// The table of all sectors, whose own sectors the header lists, and further ones behind it.
    fn read_table(&self, header: &[u8]) -> Result<Vec<u32>, WorkbookError> {
        let most = self.bytes.len() / self.size + 2;
        let mut listed = numbers(&header[76..]);
        let (mut next, mut lists) = (number32(header, 68), 0);
        while next < FREE_FROM {
            lists += 1;
            listed.extend(numbers(self.sector(next)?));
            next = listed.pop().filter(|_| lists <= most).ok_or_else(damaged)?;
        }
        listed.retain(|id| *id < FREE_FROM);
        if listed.len() > most {
            return Err(damaged());
        }
        let mut table = Vec::new();
        for id in listed {
            table.extend(numbers(self.sector(id)?));
        }
        Ok(table)
    }

    /// A sector; the last one may be cut off.
    fn sector(&self, id: u32) -> Result<&[u8], WorkbookError> {
        let start = (id as usize).saturating_mul(self.size);
        let end = self.bytes.len().min(start.saturating_add(self.size));
        self.bytes.get(start..end).ok_or_else(damaged)
    }

    /// What the sectors of a chain hold, which visits none twice.
    fn chain(&self, start: u32, length: usize) -> Result<Vec<u8>, WorkbookError> {
        let (mut content, mut id, mut visited) = (Vec::new(), start, 0);
        while id != END {
            content.extend_from_slice(self.sector(id)?);
            if content.len() >= length {
                content.truncate(length);
                break;
            }
            visited += 1;
            let next = self.table.get(id as usize);
            let next = next.filter(|_| visited <= self.table.len());
            id = *next.ok_or_else(damaged)?;
        }
        Ok(content)
    }
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
