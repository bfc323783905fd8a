//! Which row holds the column names, and what separates them.

use super::cells::Dialect;
use super::chunk::{Chunk, Flaw, rows};
use super::cutter::{Cutter, Layout};
use crate::source::encoding::{TextEncoding, is_header_word};
use std::collections::HashSet;
use std::io::Cursor;
use std::ops::Range;

/// How much a row looks like a header that somebody knows, from 0 to 1.
pub type KnownHeader<'h> = &'h dyn Fn(&[&str]) -> f32;

/// Delimiters that exports use, the commonest first.
pub(super) const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many rows are looked at.
const ROWS: usize = 130;

const IN_MEMORY: &str = "memory can be read";

/// In how many rows the header is looked for: a preamble is not longer.
const DEEPEST: usize = 30;

/// How many rows below a header are held against it.
const FOLLOWERS: usize = 20;

/// A row at the beginning of a file.
#[derive(Clone, Debug)]
pub(super) struct HeadRow {
    pub line: u64,
    /// Where it is in the bytes that were looked at.
    pub span: Range<usize>,
    pub cells: Vec<String>,
    /// Whether a misplaced quote has swallowed something.
    pub is_misquoted: bool,
}

/// The row that holds the column names.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub delimiter: u8,
    pub row: HeadRow,
    score: f32,
    /// How many of the names are known, from 0 to 1.
    familiar: f32,
}

impl Choice {
    /// A row that needs no evidence.
    pub fn given(delimiter: u8, row: HeadRow) -> Self {
        Self {
            delimiter,
            row,
            score: f32::MAX,
            familiar: 1.0,
        }
    }
}

/// Finds the header in the beginning of a file.
pub(super) fn find_header(
    head: &[u8],
    layout: &Layout,
    delimiter: Option<u8>,
    known: Option<KnownHeader<'_>>,
) -> Option<Choice> {
    let rows = |delimiter: u8| head_rows(head, layout, delimiter.into());
    if let Some(delimiter) = delimiter {
        return choose(&rows(delimiter), delimiter, known);
    }
    let choices = |is_wanted: fn(&[HeadRow]) -> bool| -> Vec<Choice> {
        DELIMITERS
            .iter()
            .map(|&delimiter| (rows(delimiter), delimiter))
            .filter(|(rows, _)| is_wanted(rows))
            .filter_map(|(rows, delimiter)| choose(&rows, delimiter, known))
            .collect()
    };
    let rank = |choice: &Choice| choice.score + 0.1 * (choice.row.cells.len() as f32).ln();
    let separates = |rows: &[HeadRow]| rows.iter().take(DEEPEST).any(|row| row.cells.len() > 1);
    let wide = choices(separates)
        .into_iter()
        .filter(|choice| choice.row.cells.len() > 1)
        .reduce(|a, b| if rank(&b) > rank(&a) { b } else { a });
    wide.or_else(|| choices(|_| true).into_iter().next())
}

/// How many of the names in the header of a CSV text are known, from 0 to 1. `None` if there is no header.
pub fn familiar_header(text: &str, known: KnownHeader<'_>) -> Option<f32> {
    let layout = Layout::new(TextEncoding::UTF_8, 0);
    let choice = find_header(text.as_bytes(), &layout, Some(b','), Some(known));
    choice.map(|choice| choice.familiar)
}

/// The first rows of a file's beginning that are not blank.
pub(super) fn head_rows(head: &[u8], layout: &Layout, dialect: Dialect) -> Vec<HeadRow> {
    let layout = Layout {
        dialect,
        ..layout.clone()
    };
    let (mut chunk, mut found) = (Chunk::default(), Vec::new());
    let mut cutter = Cutter::new(Cursor::new(head), layout).expect(IN_MEMORY);
    while found.len() < ROWS && cutter.next_chunk(&mut chunk).expect(IN_MEMORY) {
        found.extend(rows(&chunk).map(|row| HeadRow {
            line: row.line,
            span: row.span.start as usize..row.span.end as usize,
            cells: row.iter().map(|cell| cell.trim().to_owned()).collect(),
            is_misquoted: {
                let mut flaws = row.flaws.iter();
                flaws.any(|flaw| matches!(flaw, Flaw::StrayQuote { .. }))
            },
        }));
    }
    found.truncate(ROWS);
    found
}

fn choose(rows: &[HeadRow], delimiter: u8, known: Option<KnownHeader<'_>>) -> Option<Choice> {
    let mut best: Option<Choice> = None;
    for (index, row) in rows.iter().take(DEEPEST).enumerate() {
        let followers = &rows[index + 1..rows.len().min(index + 1 + FOLLOWERS)];
        if is_title(row, followers) {
            continue;
        }
        let place = 0.6 * agreement(row, followers) - 0.02 * index as f32;
        // Most rows are data, and can't win any more even if all of their cells were known names.
        let to_beat = best.as_ref().map_or(f32::MIN, |best| best.score - place);
        let Some((look, familiar)) = looks_like_names(&row.cells, known, to_beat) else {
            continue;
        };
        let looks = look + 2.0 * familiar;
        if looks > to_beat {
            best = Some(Choice {
                delimiter,
                row: row.clone(),
                score: looks + place,
                familiar,
            });
        }
    }
    let mut best = best?;
    let at = rows.iter().position(|row| row.line == best.row.line)?;
    let mut pairs = rows[at.saturating_sub(1)..rows.len().min(at + 2)].windows(2);
    if let Some(row) = pairs.find_map(|pair| two_lines(&pair[0], &pair[1], known?)) {
        best.row = row;
    }
    Some(best)
}

/// A header in two lines as one, as cells that were merged make it: `주소,` above `우편번호,상세`.
fn two_lines(above: &HeadRow, below: &HeadRow, known: KnownHeader<'_>) -> Option<HeadRow> {
    let filled = |row: &HeadRow| -> Vec<bool> {
        let mut filled: Vec<bool> = row.cells.iter().map(|cell| !cell.is_empty()).collect();
        filled.resize(below.cells.len(), false);
        filled
    };
    let (upper, lower) = (filled(above), filled(below));
    let count = |filled: &[bool]| filled.iter().filter(|is_filled| **is_filled).count();
    let mut both = upper.iter().zip(&lower);
    let is_apart = above.cells.len() <= below.cells.len()
        && both.all(|(upper, lower)| upper | lower)
        && count(&upper) < upper.len()
        && count(&lower) < lower.len()
        && count(&upper).min(count(&lower)) >= 2;
    if !is_apart || below.cells.iter().any(|cell| is_value(cell)) {
        return None;
    }
    let mut group = "";
    let name = |(index, lower): (usize, &String)| {
        let upper = above.cells.get(index).map_or("", String::as_str);
        group = if upper.is_empty() { group } else { upper };
        match index < above.cells.len() && group != lower {
            true => format!("{group} {lower}").trim().to_owned(),
            false => lower.clone(),
        }
    };
    let cells: Vec<String> = below.cells.iter().enumerate().map(name).collect();
    let names: Vec<&str> = above.cells.iter().map(String::as_str).collect();
    let of_both = cells.iter().zip(&lower).filter(|(_, lower)| **lower);
    let of_both: Vec<&str> = of_both.map(|(name, _)| name.as_str()).collect();
    (known(&names).min(known(&of_both)) >= 0.6).then_some(HeadRow {
        line: above.line,
        span: above.span.start..below.span.end,
        cells,
        is_misquoted: above.is_misquoted || below.is_misquoted,
    })
}

/// Whether a row has nothing but the title of the table below it: `Customers;;;`.
fn is_title(row: &HeadRow, followers: &[HeadRow]) -> bool {
    let filled = |row: &HeadRow| row.cells.iter().filter(|cell| !cell.is_empty()).count();
    let mut near = followers.iter().take(3).map(filled);
    // A header of one column may have a comma below it.
    let least = if row.cells.len() > 1 { 2 } else { 4 };
    filled(row) == 1 && near.any(|filled| filled >= least)
}

/// How much the cells look like column names by themselves, and how many of them are known, each from 0 to 1. The latter
/// counts twice; `None` if the cells can't be names, or can't look better than `to_beat`.
fn looks_like_names(
    cells: &[String],
    known: Option<KnownHeader<'_>>,
    to_beat: f32,
) -> Option<(f32, f32)> {
    let named = cells.len() - trailing_empty(cells);
    let filled: Vec<&str> = cells[..named]
        .iter()
        .map(String::as_str)
        .filter(|cell| !cell.is_empty())
        .collect();
    if filled.is_empty() {
        return None;
    }
    let count = filled.len() as f32;
    let share =
        |test: fn(&str) -> bool| filled.iter().filter(|cell| test(cell)).count() as f32 / count;
    let distinct = filled.iter().collect::<HashSet<_>>().len() as f32 / count;
    let look = count / named as f32 * distinct * (1.0 - share(is_number_or_long)).powi(2);
    if look + 2.0 <= to_beat {
        return None;
    }
    let all: Vec<&str> = cells.iter().map(String::as_str).collect();
    let familiar = known
        .map_or(0.0, |known| known(&all))
        .max(share(is_header_word))
        .clamp(0.0, 1.0);
    let possible = share(is_value) == 0.0 && look >= 0.4 || familiar >= 0.5;
    possible.then_some((look, familiar))
}

/// How many empty cells a row ends with.
fn trailing_empty(cells: &[String]) -> usize {
    cells
        .iter()
        .rev()
        .take_while(|cell| cell.is_empty())
        .count()
}

/// How well the rows below have as many cells as a header.
fn agreement(header: &HeadRow, followers: &[HeadRow]) -> f32 {
    let width = header.cells.len();
    let fit = |row: &HeadRow| match row.cells.len() {
        same if same == width => 1.0,
        near if near.abs_diff(width) == 1 && width > 2 => 0.8,
        short if short > 1 && short < width => 0.3,
        _ => 0.0,
    };
    match followers.len() {
        0 => 0.5,
        rows => followers.iter().map(fit).sum::<f32>() / rows as f32,
    }
}

/// An e-mail address, a telephone number or a URL: no column is called that.
fn is_value(cell: &str) -> bool {
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    let dialled = digits >= 7
        && cell
            .chars()
            .all(|c| c.is_ascii_digit() || "+-(). '/".contains(c));
    let email = cell
        .split_once('@')
        .is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
    dialled || email || cell.contains("://")
}

fn is_number_or_long(cell: &str) -> bool {
    cell.chars().count() > 60
        || cell
            .chars()
            .all(|c| c.is_ascii_digit() || c.is_ascii_punctuation())
            && !cell.contains('?')
}
