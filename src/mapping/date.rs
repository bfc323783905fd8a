//! Dates as exports write them. The service takes whole days as `YYYY-MM-DD`; nothing is read as a day for which there is
//! a second way to read it.

use super::label::narrow;
use crate::contact::date::{is_calendar_date, is_day};
use std::borrow::Cow;

/// What a value is, where a date is expected.
#[derive(Clone, PartialEq, Eq)]
pub enum Date<'a> {
    /// A day of the calendar as `YYYY-MM-DD`, borrowed where it was written so.
    Iso(Cow<'a, str>),
    /// A day of no year: `--0412`, `4월 12일`.
    NoYear {
        /// 1 to 12
        month: u32,
        /// 1 to 31; 29 February is one
        day: u32,
    },
    /// What an export writes for "no date": `0/0/00`, `00/0/0`, `0000-00-00`, separators alone, Outlook's 1 January 4501 and
    /// .NET's 1 January 1.
    Placeholder,
    /// `1/2/2020`, and nothing says which number is the month. Both are `YYYY-MM-DD`.
    Ambiguous {
        /// The date if the day comes first.
        day_first: String,
        /// The date if the month comes first.
        month_first: String,
    },
    /// A serial number that a spreadsheet made of a date, such as `45231`. Which day it counts from depends on the program.
    Serial,
    /// No date that can be read for sure, such as one with a year of two digits.
    NotADate,
}

/// Which number of `1/2/2020` comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// 1 February
    DayFirst,
    /// 2 January
    MonthFirst,
}

/// What the values of a file or a column say about their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    day_first: bool,
    month_first: bool,
}

impl Evidence {
    /// Takes a value into account.
    pub fn add(&mut self, raw: &str) {
        match evidence(raw) {
            Some(DateOrder::DayFirst) => self.day_first = true,
            Some(DateOrder::MonthFirst) => self.month_first = true,
            None => {}
        }
    }

    /// Takes everything into account that another part of the same file says.
    pub fn merge(&mut self, other: Evidence) {
        self.day_first |= other.day_first;
        self.month_first |= other.month_first;
    }

    /// The order that the values have, unless none says so or they contradict each other.
    pub fn order(self) -> Option<DateOrder> {
        match (self.day_first, self.month_first) {
            (true, false) => Some(DateOrder::DayFirst),
            (false, true) => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }
}

/// Reads a value as a date.
///
/// A time behind the date, with a zone or not, is not looked at: the date is taken as it is written (callers note the
/// change). So is a day of the week. `order` decides where the value alone does not; a value that can be read in one order
/// alone is read so, whatever `order` says.
///
/// Read are `2021-01-09`, `2021/1/9`, `2021. 1. 9.`, `20210109`, `2021년 1월 9일`, `2021年1月9日`, Japanese and Taiwanese
/// eras (`令和3年1月9日`, `民國110年1月9日`), `9 January 2021`, `Jan 9, 2021`, `9-Jan-2021`, and `9/1/2021` with `/`, `.`, `-`.
pub fn read(raw: &str, order: Option<DateOrder>) -> Date<'_> {
    let text = raw.trim();
    if is_calendar_date(text) {
        return match text {
            "0001-01-01" | "4501-01-01" => Date::Placeholder,
            _ => Date::Iso(Cow::Borrowed(text)),
        };
    }
    if is_placeholder(text) {
        return Date::Placeholder;
    }
    match form(&fold(text)) {
        Some(Form::Day(year, month, day)) => day_of(year, month, day),
        Some(Form::NoYear(month, day)) => no_year(month, day),
        Some(Form::YearLast(first, second, year)) => settle(first, second, year, order),
        Some(Form::Serial) => Date::Serial,
        None => Date::NotADate,
    }
}

/// The order of day and month in a value that can be read in one order alone, such as `13/1/2020`.
pub fn evidence(raw: &str) -> Option<DateOrder> {
    let text = raw.trim();
    // Most values are ISO dates, which say nothing; they are passed over without being read.
    if matches!(text.as_bytes(), [_, _, _, _, b'-' | b'/' | b'.', ..]) {
        return None;
    }
    let Some(Form::YearLast(first, second, year)) = form(&fold(text)) else {
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
pub fn from_parts(year: &str, month: &str, day: &str) -> Date<'static> {
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

/// Whether a label (`생일(음력)`) or a flag (`음력`, `양력`) says that a date is counted by the moon, or that it is not.
/// Nothing if it says neither, or both as NAVER's header `생일(양력음력)` does.
pub fn is_lunar(label_or_flag: &str) -> Option<bool> {
    const LUNAR: &[&str] = &[
        "음력", "陰暦", "旧暦", "舊曆", "陰曆", "農曆", "阴历", "农历", "旧历",
    ];
    const SOLAR: &[&str] = &[
        "양력",
        "陽暦",
        "新暦",
        "太陽暦",
        "陽曆",
        "國曆",
        "阳历",
        "公历",
        "新历",
    ];
    if label_or_flag.is_empty() {
        return None;
    }
    let has = |words: &[&str], ascii: &str, alone: &str| {
        words.iter().any(|word| label_or_flag.contains(word))
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

fn day_of(year: u32, month: u32, day: u32) -> Date<'static> {
    match (year, month, day) {
        (1 | 4501, 1, 1) => Date::Placeholder,
        // Some exports write a year of zeros for none.
        (0, month, day) => no_year(month, day),
        _ if is_day(year, month, day) => Date::Iso(Cow::Owned(written(year, month, day))),
        _ => Date::NotADate,
    }
}

fn no_year(month: u32, day: u32) -> Date<'static> {
    // A leap year, so that 29 February is a day.
    match is_day(2000, month, day) {
        true => Date::NoYear { month, day },
        false => Date::NotADate,
    }
}

fn settle(first: u32, second: u32, year: u32, order: Option<DateOrder>) -> Date<'static> {
    let (day_first, month_first) = (is_day(year, second, first), is_day(year, first, second));
    match (day_first, month_first, order) {
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
    format!("{year:04}-{month:02}-{day:02}")
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

/// How a date is written, once it is known which number is which.
enum Form {
    /// year, month, day; not yet known to be a day
    Day(u32, u32, u32),
    /// month, day
    NoYear(u32, u32),
    /// `1/2/2020`: two numbers whose order is open, and the year
    YearLast(u32, u32, u32),
    Serial,
}

/// A number of a date, or the month that a word names.
#[derive(Clone, Copy)]
enum Item {
    Number { value: u32, digits: usize },
    Month(u32),
}

/// Up to three items of a date with what stands before, between and after them.
struct Items<'t> {
    items: [Item; 3],
    count: usize,
    between: [&'t str; 4],
}

fn form(text: &str) -> Option<Form> {
    let Items {
        items,
        count,
        between,
    } = items(without_weekday(without_time(text)))?;
    match (&items[..count], between) {
        (&[Item::Number { value, digits: 8 }], ["", "", ..]) => compact(value),
        (&[Item::Number { digits: 5, .. }], ["", "", ..]) => Some(Form::Serial),
        // Excel's serial of a date with a time.
        (&[Item::Number { digits: 5, .. }, Item::Number { .. }], ["", ".", "", ..]) => {
            Some(Form::Serial)
        }
        (&[Item::Number { value, digits: 4 }], ["--", "", ..]) => {
            Some(Form::NoYear(value / 100, value % 100))
        }
        (
            &[
                Item::Number {
                    value: month,
                    digits: 1..=2,
                },
                Item::Number {
                    value: day,
                    digits: 1..=2,
                },
            ],
            [a, b, c, _],
        ) => matches!(
            (a, b, c),
            ("--", "-", "") | ("", "월", "일") | ("", "月", "日" | "号" | "號")
        )
        .then_some(Form::NoYear(month, day)),
        (
            &[
                Item::Number { value: a, digits },
                Item::Number {
                    value: b,
                    digits: 1..=2,
                },
                Item::Number {
                    value: c,
                    digits: last,
                },
            ],
            _,
        ) => numbers((a, digits), b, (c, last), between),
        (items, _) => with_month(items, between),
    }
}

/// `20210109`. Other eight digits may be a day in another order, and none is guessed at: only years from 1800 to 2199.
fn compact(value: u32) -> Option<Form> {
    let year = value / 10_000;
    (1800..2200)
        .contains(&year)
        .then_some(Form::Day(year, value / 100 % 100, value % 100))
}

/// Three numbers: the first or the last of four digits is the year. A year of two digits is none that is known for sure,
/// unless it is one of an era.
fn numbers(
    first: (u32, usize),
    second: u32,
    last: (u32, usize),
    between: [&str; 4],
) -> Option<Form> {
    let same = between[1] == between[2];
    match (between, first.1, last.1) {
        (["", "-" | "/" | "." | "", _, "" | "."], 4, 1..=2) if same => {
            Some(Form::Day(first.0, second, last.0))
        }
        (["", "-" | "/" | "." | "", _, "" | "."], 1..=2, 4) if same => {
            Some(Form::YearLast(first.0, second, last.0))
        }
        (
            ["" | "西暦", "년", "월", "일"] | ["" | "西暦", "年", "月", "日" | "号" | "號"],
            4,
            1..=2,
        ) => Some(Form::Day(first.0, second, last.0)),
        ([era, "年", "月", "日"], 1..=3, 1..=2) => in_era(era, first.0, second, last.0),
        _ => None,
    }
}

/// Era, the year before its first one, and its first and last day as numbers (`20190501`). Meiji begins where Japan took
/// the Gregorian calendar.
const ERAS: &[(&str, u32, u32, u32)] = &[
    ("令和", 2018, 2019_05_01, 9999_12_31),
    ("平成", 1988, 1989_01_08, 2019_04_30),
    ("昭和", 1925, 1926_12_25, 1989_01_07),
    ("大正", 1911, 1912_07_30, 1926_12_24),
    ("明治", 1867, 1873_01_01, 1912_07_29),
    ("民國", 1911, 1912_01_01, 9999_12_31),
    ("民国", 1911, 1912_01_01, 9999_12_31),
    ("中華民國", 1911, 1912_01_01, 9999_12_31),
];

fn in_era(era: &str, year: u32, month: u32, day: u32) -> Option<Form> {
    let (_, before, first, last) = ERAS.iter().find(|(name, ..)| *name == era)?;
    let year = before + year;
    let number = year * 10_000 + month * 100 + day;
    (*first..=*last)
        .contains(&number)
        .then_some(Form::Day(year, month, day))
}

/// `9 January 2021`, `Jan 9, 2021`, `2021-Jan-09`, and the same without a year.
fn with_month(items: &[Item], between: [&str; 4]) -> Option<Form> {
    let divides = |text: &&str| matches!(*text, "" | "-" | "/" | "." | "," | ".,");
    if !between[0].is_empty() || !between[1..=items.len()].iter().all(|text| divides(text)) {
        return None;
    }
    let mut month = None;
    let mut day = None;
    let mut year = None;
    for item in items {
        let (place, value) = match *item {
            Item::Month(value) => (&mut month, value),
            Item::Number { value, digits: 4 } => (&mut year, value),
            Item::Number {
                value,
                digits: 1..=2,
            } => (&mut day, value),
            Item::Number { .. } => return None,
        };
        if place.replace(value).is_some() {
            return None;
        }
    }
    match (year, month?, day?) {
        (Some(year), month, day) => Some(Form::Day(year, month, day)),
        (None, month, day) => Some(Form::NoYear(month, day)),
    }
}

/// The numbers and months of a text. Nothing if there are more than three, none, or words that name no month.
fn items(text: &str) -> Option<Items<'_>> {
    let mut found = Items {
        items: [Item::Month(0); 3],
        count: 0,
        between: [""; 4],
    };
    let mut rest = text;
    loop {
        let start = rest
            .find(|c: char| c.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        *found.between.get_mut(found.count)? = rest[..start].trim();
        rest = &rest[start..];
        let Some(first) = rest.chars().next() else {
            break;
        };
        let same = |c: char| {
            if first.is_ascii_digit() {
                c.is_ascii_digit()
            } else {
                c.is_ascii_alphabetic()
            }
        };
        let (item, after) = rest.split_at(rest.find(|c| !same(c)).unwrap_or(rest.len()));
        rest = after;
        if item.eq_ignore_ascii_case("of") && found.count == 1 && found.between[1].is_empty() {
            continue;
        }
        *found.items.get_mut(found.count)? = item_of(item)?;
        found.count += 1;
        rest = without_ordinal(item, rest);
    }
    (found.count > 0).then_some(found)
}

fn item_of(text: &str) -> Option<Item> {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        let value = text.get(..text.len().min(9))?.parse().ok()?;
        return Some(Item::Number {
            value,
            digits: text.len(),
        });
    }
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let names = |month: &&str| {
        let abbreviated = text.len() == 3 || (text.len() == 4 && month.len() == 9);
        (text.len() == month.len() || abbreviated) && month[..text.len()].eq_ignore_ascii_case(text)
    };
    let month = MONTHS
        .iter()
        .position(|month| month.len() >= text.len() && names(month))?;
    u32::try_from(month + 1).ok().map(Item::Month)
}

/// What follows `9th` behind its `th`.
fn without_ordinal<'t>(item: &str, rest: &'t str) -> &'t str {
    let is_number = item.len() <= 2 && item.bytes().all(|b| b.is_ascii_digit());
    match rest.get(..2) {
        Some(ending)
            if is_number
                && ["st", "nd", "rd", "th"]
                    .iter()
                    .any(|it| ending.eq_ignore_ascii_case(it)) =>
        {
            &rest[2..]
        }
        _ => rest,
    }
}

/// Digits and marks narrow, dashes and minus signs `-`, and the first year of an era (`元年`) as a number.
fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let narrow = |c: char| match narrow(c) {
        '\u{2010}'..='\u{2015}' | '−' => '-',
        c => c,
    };
    let folded: String = text
        .chars()
        .map(narrow)
        .filter(|c| !matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}'))
        .collect();
    Cow::Owned(folded.replace("元年", "1年"))
}

/// The text before a time: `T10:20:30Z`, ` 10:20`, ` 오전 12:00:00`, ` 12:00 AM`, `T102030Z`.
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else {
        return without_basic_time(text);
    };
    let start = text[..colon]
        .trim_end_matches(|c: char| c.is_ascii_digit())
        .len();
    let (date, time) = text.split_at(start);
    if !is_time(time) || date.is_empty() {
        return text;
    }
    let date = date.trim_end();
    const HALVES: [&str; 9] = [
        "T", "t", "오전", "오후", "午前", "午後", "上午", "下午", ",",
    ];
    let before = HALVES
        .iter()
        .find_map(|half| date.strip_suffix(half))
        .unwrap_or(date)
        .trim_end();
    before.strip_suffix(',').unwrap_or(before)
}

/// `19850412T102030Z`, vCard's basic form.
fn without_basic_time(text: &str) -> &str {
    match text.split_once(['T', 't']) {
        Some((date, time))
            if date.ends_with(|c: char| c.is_ascii_digit())
                && time.starts_with(|c: char| c.is_ascii_digit())
                && time
                    .trim_end_matches(['Z', 'z'])
                    .bytes()
                    .all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.')) =>
        {
            date
        }
        _ => text,
    }
}

/// Hours of one or two digits, minutes of two, and then only what may belong to a time.
fn is_time(text: &str) -> bool {
    let Some((hours, rest)) = text.split_once(':') else {
        return false;
    };
    let minutes = rest
        .get(..2)
        .is_some_and(|minutes| minutes.bytes().all(|b| b.is_ascii_digit()));
    let hours = matches!(hours.len(), 1 | 2) && hours.parse::<u32>().is_ok_and(|hours| hours <= 24);
    let tail = rest
        .trim_start_matches(|c: char| c.is_ascii_digit() || ":.,".contains(c))
        .trim();
    let zone = tail
        .strip_prefix(['+', '-'])
        .is_some_and(|zone| zone.bytes().all(|b| b.is_ascii_digit() || b == b':'));
    const ENDINGS: [&str; 10] = [
        "", "Z", "AM", "PM", "A.M.", "P.M.", "UTC", "GMT", "KST", "JST",
    ];
    hours
        && minutes
        && (zone
            || ENDINGS
                .iter()
                .any(|ending| tail.eq_ignore_ascii_case(ending)))
}

/// The text without a day of the week: `Thu, Jan 2, 2025`, `2025年1月2日(木)`, `2025년 1월 2일 목요일`.
fn without_weekday(text: &str) -> &str {
    let word = text.find([',', ' ', '.']).map_or("", |at| &text[..at]);
    if is_weekday(word) {
        return text[word.len()..].trim_start_matches([',', ' ', '.']);
    }
    if let Some((date, day)) = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once('('))
    {
        return if is_weekday(day.trim()) {
            date.trim_end()
        } else {
            text
        };
    }
    match text.rsplit_once(' ') {
        Some((date, day)) if is_weekday(day) => date.trim_end(),
        _ => text,
    }
}

fn is_weekday(word: &str) -> bool {
    const ENGLISH: [&str; 7] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    if word.is_ascii() {
        let short = |day: &str| {
            matches!(word.len(), 3..=5)
                && word.len() < day.len()
                && day[..word.len()].eq_ignore_ascii_case(word)
        };
        return ENGLISH
            .iter()
            .any(|day| day.eq_ignore_ascii_case(word) || short(day));
    }
    let day = ["曜日", "曜", "요일"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending));
    let day = day
        .or_else(|| word.strip_prefix("星期"))
        .or_else(|| word.strip_prefix("周"))
        .unwrap_or(word);
    let mut chars = day.chars();
    let is_day = chars
        .next()
        .is_some_and(|c| "월화수목금토일月火水木金土日一二三四五六天".contains(c));
    is_day && chars.next().is_none()
}
