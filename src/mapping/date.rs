//! Dates as exports write them. The service takes whole days as `YYYY-MM-DD`; nothing is read as a day for which there is
//! a second way to read it.

mod form;

use super::label::narrow;
use super::trimmed;
use crate::contact::date::{is_calendar_date, is_day};
use form::{Form, form};
use smol_str::SmolStr;
use std::collections::BTreeSet;

/// What a value is, where a date is expected.
#[derive(Clone, PartialEq, Eq)]
pub enum Date {
    /// A day of the calendar as `YYYY-MM-DD`.
    Iso(SmolStr),
    /// A day of no year: `--0412`, `4월 12일`.
    NoYear {
        month: u32,
        /// 1 to 31; 29 February is one
        day: u32,
    },
    /// What an export writes for "no date": `0/0/00`, `00/0/0`, `0000-00-00`, separators alone, Outlook's 1 January 4501,
    /// .NET's 1 January 1, and a spreadsheet's day 0 (30 or 31 December 1899, or 0 January 1900).
    Placeholder,
    /// `1/2/2020`, and nothing says which number is the month. Both are `YYYY-MM-DD`.
    Ambiguous {
        day_first: String,
        month_first: String,
    },
    /// A serial number that a spreadsheet made of a date, such as `45231`. Which day it counts from depends on the program.
    Serial,
    /// No date that can be read for sure, such as one with a year of two digits.
    NotADate,
}

/// Which number of `1/2/2020` comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateOrder {
    /// 1 February
    DayFirst,
    /// 2 January
    MonthFirst,
}

/// The order that the values of a file or a column have by the [`evidence`] of each, unless they contradict each other.
pub fn order(mut evidence: BTreeSet<DateOrder>) -> Option<DateOrder> {
    let order = evidence.pop_first();
    order.filter(|_| evidence.is_empty())
}

/// Reads a value as a date.
///
/// A time behind the date, with a zone or not, is not looked at: the date is taken as it is written (callers note the
/// change). So is a day of the week. `order` decides where the value alone does not; a value that can be read in one order
/// alone is read so, whatever `order` says.
///
/// What says that the day is counted by the moon, or that it is not, is passed over, too: see [`with_calendar`].
///
/// Read are `2021-01-09`, `2021/1/9`, `2021. 1. 9.`, `20210109`, `2021년 1월 9일`, `2021年1月9日`, Japanese and Taiwanese
/// eras (`令和3年1月9日`, `民國110年1月9日`), `9 January 2021`, `Jan 9, 2021`, `9-Jan-2021`, and `9/1/2021` with `/`, `.`, `-`.
pub fn read(raw: &str, order: Option<DateOrder>) -> Date {
    let text = trimmed(raw);
    if is_calendar_date(text) {
        // Days of some years stand for none, or are those of another calendar.
        let year = &text[..4];
        let is_odd = ["0001", "1899", "4501"].contains(&year) || ("2400".."2600").contains(&year);
        return match is_odd {
            true => from_parts(year, &text[5..7], &text[8..]),
            false => Date::Iso(text.into()),
        };
    }
    if is_placeholder(text) {
        return Date::Placeholder;
    }
    match form(text) {
        Some(Form::Day(year, month, day)) => day_of(year, month, day),
        Some(Form::NoYear(month, day)) => no_year(month, day),
        Some(Form::YearLast(first, second, year)) => settle(first, second, year, order),
        Some(Form::Serial) => Date::Serial,
        None => with_calendar(text).map_or(Date::NotADate, |(date, _)| read(date, order)),
    }
}

/// The order of day and month in a value that can be read in one order alone, such as `13/1/2020`.
pub fn evidence(raw: &str) -> Option<DateOrder> {
    let text = raw.trim();
    // What begins with the year, as most values do, says nothing and is passed over without being read.
    if text.len() < "1/1/2020".len() || text.bytes().take(4).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let Some(Form::YearLast(first, second, year)) = form(text) else {
        return None;
    };
    match (is_day(year, second, first), is_day(year, first, second)) {
        (true, false) => Some(DateOrder::DayFirst),
        (false, true) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

/// The date whose parts stand in three fields, as in Thunderbird's exports. Each may be empty; without a year it is a date
/// without one.
pub fn from_parts(year: &str, month: &str, day: &str) -> Date {
    let [year, month, day] = [year, month, day].map(str::trim);
    let number = |text: &str, longest: usize| match text.len() {
        0 => Some(0),
        length if length <= longest && text.bytes().all(|b| b.is_ascii_digit()) => {
            text.parse::<u32>().ok()
        }
        _ => None,
    };
    let (Some(y), Some(m), Some(d)) = (number(year, 4), number(month, 2), number(day, 2)) else {
        return Date::NotADate;
    };
    match (y, m, d) {
        (0, 0, 0) => Date::Placeholder,
        (0, m, d) => no_year(m, d),
        (y, m, d) if year.len() == 4 => day_of(y, m, d),
        _ => Date::NotADate,
    }
}

const LUNAR: &str = "음력 陰暦 旧暦 舊曆 陰曆 農曆 阴历 农历 旧历";
const SOLAR: &str = "양력 陽暦 新暦 太陽暦 陽曆 國曆 阳历 公历 新历";

/// A date without the word beside it that says whether it is counted by the moon, and what that says: `1980-01-02(음)`,
/// `양력 1980.1.2`.
pub fn with_calendar(text: &str) -> Option<(&str, bool)> {
    if text.is_ascii() {
        return None;
    }
    const AROUND: [char; 8] = [' ', '(', ')', '（', '）', '[', ']', '/'];
    let without = |word: &str| {
        let (end, start) = (
            text.trim_end_matches(AROUND),
            text.trim_start_matches(AROUND),
        );
        let date = end.strip_suffix(word).or_else(|| start.strip_prefix(word));
        let date = date.map(|date| date.trim_matches(AROUND));
        date.filter(|date| !date.is_empty())
    };
    let of = |words: &'static str, lunar| words.split(' ').map(move |word| (word, lunar));
    let mut words = of(LUNAR, true)
        .chain(of(SOLAR, false))
        .chain([("음", true), ("양", false)]);
    words.find_map(|(word, lunar)| Some((without(word)?, lunar)))
}

/// Whether a label (`생일(음력)`) or a flag (`음력`, `양력`) says that a date is counted by the moon, or that it is not.
/// Nothing if it says neither, or both as NAVER's header `생일(양력음력)` does.
pub fn is_lunar(label_or_flag: &str) -> Option<bool> {
    match label_or_flag {
        "" => return None,
        "음력" => return Some(true),
        "양력" => return Some(false),
        _ => {}
    }
    let has = |words: &str, ascii: &str, alone: &str| {
        words.split(' ').any(|word| label_or_flag.contains(word))
            || has_ascii(label_or_flag, ascii)
            || label_or_flag.trim() == alone
    };
    match (has(LUNAR, "lunar", "음"), has(SOLAR, "solar", "양")) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

fn has_ascii(text: &str, word: &str) -> bool {
    text.as_bytes()
        .windows(word.len())
        .any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
}

fn day_of(year: u32, month: u32, day: u32) -> Date {
    match (year, month, day) {
        (1 | 4501, 1, 1) | (1899, 12, 30 | 31) | (1900, 1, 0) => Date::Placeholder,
        // Thailand counts from 543 years earlier, and no address book has a date of our 25th century.
        (2400..=2599, month, day) => day_of(year - 543, month, day),
        // Some exports write a year of zeros for none.
        (0, month, day) => no_year(month, day),
        _ if is_day(year, month, day) => Date::Iso(written(year, month, day).into()),
        _ => Date::NotADate,
    }
}

fn no_year(month: u32, day: u32) -> Date {
    // A leap year, so that 29 February is a day.
    match is_day(2000, month, day) {
        true => Date::NoYear { month, day },
        false => Date::NotADate,
    }
}

fn settle(first: u32, second: u32, year: u32, order: Option<DateOrder>) -> Date {
    let (day_first, month_first) = (is_day(year, second, first), is_day(year, first, second));
    match (day_first, month_first, order) {
        // It is no day of our calendar in either order: day 0 of a spreadsheet, or 29 February in the years of Thailand.
        (false, false, _) if year > 0 => match day_of(year, first, second) {
            Date::NotADate => day_of(year, second, first),
            date => date,
        },
        (false, false, _) => Date::NotADate,
        (true, true, None) if first != second => Date::Ambiguous {
            day_first: written(year, second, first),
            month_first: written(year, first, second),
        },
        (true, false, _) | (true, true, None | Some(DateOrder::DayFirst)) => {
            day_of(year, second, first)
        }
        (false, true, _) | (true, true, Some(DateOrder::MonthFirst)) => day_of(year, first, second),
    }
}

fn written(year: u32, month: u32, day: u32) -> String {
    // Several times as fast as `format!`; where dates are not written so, there is one to each record.
    let digit =
        |number: u32| char::from_digit(number % 10, 10).expect("a remainder of ten is a digit");
    let mut text = String::with_capacity(10);
    text.extend([year / 1000, year / 100, year / 10, year].map(digit));
    for number in [month, day] {
        text.push('-');
        text.extend([number / 10, number].map(digit));
    }
    text
}

/// Zeros and what divides dates and times, but no other digit and no word.
fn is_placeholder(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace()
            || matches!(
                narrow(c),
                '0' | '-' | '/' | '.' | ':' | 'T' | 'Z' | '年' | '月' | '日' | '년' | '월' | '일'
            )
    })
}

#[cfg(test)]
mod tests;
