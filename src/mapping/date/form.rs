//! How a date is written: its numbers, the month as a word, and what stands between them.

use crate::mapping::cell::{is_beside_date, month};
use crate::mapping::label::narrow;
use crate::names::is_listed;
use std::borrow::Cow;

/// How a date is written, once it is known which number is which.
pub(super) enum Form {
    /// year, month, day; not yet known to be a day
    Day(u32, u32, u32),
    /// month, day
    NoYear(u32, u32),
    /// `1/2/2020`: two numbers whose order is open, and the year
    YearLast(u32, u32, u32),
    Serial,
}

/// Takes a date apart, or says that it is written in no way that is known. Whether it is a day is not looked at.
pub(super) fn form(text: &str) -> Option<Form> {
    let folded = fold(text);
    let mut text = &*folded;
    if !text.is_ascii() {
        let mut endings = ["생", "生", "生まれ"].iter();
        text = endings
            .find_map(|ending| text.strip_suffix(ending))
            .unwrap_or(text);
    }
    if let Some(form) = by_initial(without_time(text)) {
        return Some(form);
    }
    let found = items(without_weekday(without_time(text)))?;
    let between = found.between;
    match (&found.items[..found.count], between) {
        (&[(value, 8)], ["", "", ..]) => compact(value),
        // With a time, Excel's serials have a fraction.
        (&[(_, 5)], ["", "", ..]) | (&[(_, 5), (_, 1..)], ["", ".", "", _]) => Some(Form::Serial),
        (&[(value, 4)], ["--", "", ..]) => Some(Form::NoYear(value / 100, value % 100)),
        (
            &[(month, 1..=2), (day, 1..=2)],
            ["--", "-", "", _] | ["", "월", "일", _] | ["", "月", "日" | "号" | "號", _],
        ) => Some(Form::NoYear(month, day)),
        // In which order, no one needs to know: a day of no year has no place.
        (&[(first, 1..=2), (second, 1..=2)], ["", "/" | "." | "-", "" | ".", _]) => {
            Some(Form::NoYear(first.min(second), first.max(second)))
        }
        (&[first @ (_, 1..), (second, 1..=2), last @ (_, 1..)], _) => {
            numbers(first, second, last, between)
        }
        (items, _) => with_month(items, between),
    }
}

/// A number of a date with how many digits it has, or with `MONTH` a month that was written as a word.
type Item = (u32, usize);

/// In place of a count of digits.
const MONTH: usize = 0;

/// Up to three items of a date with what stands before, between and after them.
struct Items<'t> {
    items: [Item; 3],
    count: usize,
    between: [&'t str; 4],
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
fn numbers(first: Item, second: u32, last: Item, between: [&str; 4]) -> Option<Form> {
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
        ([era, "-" | "/" | ".", _, ""], 1..=3, 1..=2) if same && !era.is_empty() => {
            in_era(era, first.0, second, last.0)
        }
        _ => None,
    }
}

/// The names of an era, the year before its first one, and its first and last day as numbers (`20190501`). Meiji begins where
/// Japan took the Gregorian calendar. The letters are those of JIS X 0301.
const ERAS: [(&str, u32, u32, u32); 6] = [
    ("令和 令 ㋿ R", 2018, 20190501, 99991231),
    ("平成 平 ㍻ H", 1988, 19890108, 20190430),
    ("昭和 昭 ㍼ S", 1925, 19261225, 19890107),
    ("大正 大 ㍽ T", 1911, 19120730, 19261224),
    ("明治 明 ㍾ M", 1867, 18730101, 19120729),
    ("民國 民国 中華民國", 1911, 19120101, 99991231),
];

/// `S45.3.2`: an era of Japan by its letter.
fn by_initial(text: &str) -> Option<Form> {
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let (era, date) = text.split_at(1);
    let found = items(date)?;
    match (&found.items[..found.count], found.between) {
        (&[(year, 1..=2), (month, 1..=2), (day, 1..=2)], ["", "-" | "/" | ".", _, ""])
            if found.between[1] == found.between[2] =>
        {
            in_era(era, year, month, day)
        }
        _ => None,
    }
}

fn in_era(era: &str, year: u32, month: u32, day: u32) -> Option<Form> {
    let mut eras = ERAS.iter();
    let (_, before, first, last) = eras.find(|(names, ..)| is_listed(names, era))?;
    let year = before + year;
    let number = year * 10_000 + month * 100 + day;
    (*first..=*last)
        .contains(&number)
        .then_some(Form::Day(year, month, day))
}

/// `9 January 2021`, `Jan 9, 2021`, `2021-Jan-09`, and the same without a year.
fn with_month(items: &[Item], between: [&str; 4]) -> Option<Form> {
    let divides =
        |text: &&str| matches!(*text, "" | "-" | "/" | "." | "," | ".," | ".-" | "°" | "º");
    let begins = matches!(between[0], "" | "," | ".");
    if !begins || !between[1..=items.len()].iter().all(divides) {
        return None;
    }
    let mut month = None;
    let mut day = None;
    let mut year = None;
    for item in items {
        let (place, value) = match *item {
            (value, MONTH) => (&mut month, value),
            (value, 1..=2) => (&mut day, value),
            (value, 4) => (&mut year, value),
            _ => return None,
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
        items: [(0, MONTH); 3],
        count: 0,
        between: [""; 4],
    };
    let mut rest = text;
    loop {
        let start = rest.find(|c: char| c.is_ascii_digit() || is_of_word(c));
        let start = start.unwrap_or(rest.len());
        *found.between.get_mut(found.count)? = rest[..start].trim();
        rest = &rest[start..];
        let Some(first) = rest.chars().next() else {
            break;
        };
        let same = |c: char| {
            if first.is_ascii_digit() {
                c.is_ascii_digit()
            } else {
                is_of_word(c)
            }
        };
        let (item, after) = rest.split_at(rest.find(|c| !same(c)).unwrap_or(rest.len()));
        rest = after;
        if is_beside_date(item) {
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
        return Some((text.get(..text.len().min(9))?.parse().ok()?, text.len()));
    }
    month(text).map(|month| (month, MONTH))
}

/// Whether a month may be written with it. The letters of East Asia divide the numbers of a date.
fn is_of_word(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, '\u{C0}'..='\u{52F}' | '\u{E00}'..='\u{E7F}' | '\u{1E00}'..='\u{1FFF}')
}

/// What follows `9th` or `1er` behind its number.
fn without_ordinal<'t>(item: &str, rest: &'t str) -> &'t str {
    let is_number = item.len() <= 2 && item.bytes().all(|b| b.is_ascii_digit());
    match rest.get(..2) {
        Some(ending) if is_number && is_listed("st nd rd th er", ending) => &rest[2..],
        _ => rest,
    }
}

/// Digits and marks narrow, dashes and minus signs `-`, dots in the middle `.`, nothing that can't be seen, and the first year
/// of an era (`元年`) as a number. Borrowed where it is so already.
fn fold(text: &str) -> Cow<'_, str> {
    let folded = |c: char| match narrow(c) {
        '\u{2010}'..='\u{2015}' | '−' => Some('-'),
        '\u{200B}'..='\u{200F}' | '\u{FEFF}' => None,
        '·' | '・' => Some('.'),
        '元' => Some('1'),
        c => Some(c),
    };
    if text.is_ascii() || text.chars().all(|c| folded(c) == Some(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(folded).collect())
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
    const HALVES: &str = "T t 오전 오후 午前 午後 上午 下午";
    let before = HALVES.split(' ').find_map(|half| date.strip_suffix(half));
    let before = before.unwrap_or(date).trim_end();
    before.strip_suffix(',').unwrap_or(before)
}

/// `19850412T102030Z`, vCard's basic form.
fn without_basic_time(text: &str) -> &str {
    let is_time = |time: &str| {
        let mut time = time.trim_end_matches(['Z', 'z']).bytes();
        time.next().is_some_and(|b| b.is_ascii_digit())
            && time.all(|b| b.is_ascii_digit() || b"+-.".contains(&b))
    };
    match text.split_once(['T', 't']) {
        Some((date, time)) if date.ends_with(|c: char| c.is_ascii_digit()) && is_time(time) => date,
        _ => text,
    }
}

/// Hours of one or two digits, minutes of two, and then only what may belong to a time.
fn is_time(text: &str) -> bool {
    let Some((hours, rest)) = text.split_once(':') else {
        return false;
    };
    let Some(minutes) = rest.as_bytes().get(..2) else {
        return false;
    };
    let is_clock = matches!(hours.len(), 1 | 2)
        && hours.parse::<u32>().is_ok_and(|hours| hours <= 24)
        && minutes.iter().all(u8::is_ascii_digit);
    let tail = rest
        .trim_start_matches(|c: char| c.is_ascii_digit() || ":.,".contains(c))
        .trim();
    let is_offset = |zone: &str| zone.bytes().all(|b| b.is_ascii_digit() || b == b':');
    // `GMT+0900 (KST)`, as JavaScript writes it.
    let zone = tail.split_once(" (").map_or(tail, |(zone, _)| zone);
    let zone = zone.strip_prefix("GMT").unwrap_or(zone);
    let is_zone = zone.strip_prefix(['+', '-']).is_some_and(is_offset);
    is_clock && (is_zone || tail.is_empty() || is_listed("Z AM PM A.M. P.M. UTC GMT KST JST", tail))
}

/// The text without a day of the week: `Thu, Jan 2, 2025`, `2025年1月2日(木)`, `2025년 1월 2일 목요일`.
fn without_weekday(text: &str) -> &str {
    let is_of_word = |b: u8| !b.is_ascii() || b.is_ascii_alphabetic();
    if !text.bytes().any(is_of_word) {
        return text;
    }
    let first = text.find([',', ' ', '.']).map_or("", |at| &text[..at]);
    if is_weekday(first) {
        return text[first.len()..].trim_start_matches([',', ' ', '.']);
    }
    match (
        text.strip_suffix(')')
            .and_then(|text| text.rsplit_once('(')),
        text.rsplit_once(' '),
    ) {
        (Some((date, day)), _) if is_weekday(day.trim()) || is_short_weekday(day) => {
            date.trim_end()
        }
        (None, Some((date, day))) if is_weekday(day) => date.trim_end(),
        _ => text,
    }
}

/// A day of the week as a word of its own, which a single character is not: `日` stands for the day of a date as well.
fn is_weekday(word: &str) -> bool {
    const ENGLISH: &str = "mon tue tues wed thu thur thurs fri sat sun \
        monday tuesday wednesday thursday friday saturday sunday";
    let mut endings = ["曜日", "曜", "요일"].iter();
    let mut starts = ["星期", "周"].iter();
    let day = endings.find_map(|ending| word.strip_suffix(ending));
    match day.or_else(|| starts.find_map(|start| word.strip_prefix(start))) {
        Some(day) => is_short_weekday(day),
        None => word.starts_with(|c: char| c.is_ascii_alphabetic()) && is_listed(ENGLISH, word),
    }
}

fn is_short_weekday(day: &str) -> bool {
    const DAYS: &str = "월화수목금토일月火水木金土日一二三四五六天";
    let mut chars = day.chars();
    matches!((chars.next(), chars.next()), (Some(day), None) if DAYS.contains(day))
}
