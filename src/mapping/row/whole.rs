//! Rows that are no records: the header once more, and what adds up the rows above.

use crate::contact::ProblemKind;
use crate::mapping::columns::Columns;
use crate::mapping::{cell, trimmed};
use crate::source::csv::Row;

/// What is wrong with a row as a whole; mostly nothing.
pub fn row_problem(columns: &Columns, row: &Row<'_>) -> Option<ProblemKind> {
    if repeats_header(columns, row) {
        return Some(ProblemKind::HeaderRepeated);
    }
    is_total(columns, row).then_some(ProblemKind::TotalRow)
}

fn repeats_header(columns: &Columns, row: &Row<'_>) -> bool {
    let names = columns.names();
    let same = |index: usize| is_same(trimmed(row.cell(index)), trimmed(&names[index]));
    let named = |index: &usize| !trimmed(&names[*index]).is_empty();
    let mut all = (0..names.len()).filter(named);
    all.clone().next().is_some() && all.all(same)
}

/// Whether two texts differ in case at most.
fn is_same(one: &str, other: &str) -> bool {
    one == other || one.len() == other.len() && one.to_lowercase() == other.to_lowercase()
}

/// `합계,,3`: a word for a total, and numbers that are no telephones. The reason that `rejects.csv` gives does not count.
fn is_total(columns: &Columns, row: &Row<'_>) -> bool {
    let mut filled =
        (0..row.len()).filter(|index| !row.is_blank(*index) && columns.reason() != Some(*index));
    let Some(first) = filled.next() else {
        return false;
    };
    let mut filled = filled
        .map(|index| trimmed(row.cell(index)))
        .filter(|cell| !cell.is_empty())
        .peekable();
    let first = trimmed(row.cell(first));
    if first.len() > LONGEST {
        return false;
    }
    match filled.peek() {
        Some(_) => {
            // Of most rows the second cell is no amount, which is quicker to see than that the first one is no word for a total.
            filled.all(|cell| is_amount(cell) || cell::is_total(cell)) && cell::is_total(first)
        }
        None => begins_with_total(first),
    }
}

/// In bytes. No total is longer.
const LONGEST: usize = 64;

/// `합계: 3명`, `Total 12`.
fn begins_with_total(cell: &str) -> bool {
    let digits = cell.find(|c: char| c.is_ascii_digit());
    digits.is_some_and(|at| cell::is_total(&cell[..at]) && is_amount(&cell[at..]))
}

/// A number as people count with, with a unit or currency: `12`, `1,234.50`, `3명`. A telephone has more digits, or begins
/// with a zero.
fn is_amount(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    if !(1..=15).contains(&digits) {
        return false;
    }
    let units = [
        "명", "건", "개", "원", "人", "名", "件", "円", "元", "%", "€", "$", "£", "¥", "₩", "EUR",
        "USD",
    ];
    let bare = units.iter().fold(cell.trim(), |bare, unit| {
        let bare = bare.strip_suffix(unit).unwrap_or(bare);
        bare.strip_prefix(unit).unwrap_or(bare).trim()
    });
    let is_number = bare
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | ' ' | '\u{A0}'));
    let is_telephone = bare.starts_with('0') && digits > 1 && !bare.starts_with("0.");
    is_number && !is_telephone
}
