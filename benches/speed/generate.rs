//! Address books of any size, the same for the same size.

use std::io::{self, Write};

/// Numbers that look random and are the same every time (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % below
    }

    fn one<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.next(words.len() as u64) as usize]
    }
}

const FAMILY: &[&str] = &[
    "김", "이", "박", "최", "남궁", "Muster", "Example", "Sample", "山田", "佐藤",
];
const GIVEN: &[&str] = &[
    "길동", "영희", "민수", "Erika", "Max", "Jane", "太郎", "花子", "서연", "지훈",
];
const CITIES: &[&str] = &["서울", "부산", "Berlin", "Amsterdam", "東京", "Exampletown"];
const TITLES: &[&str] = &["과장", "부장", "대리", "Engineer", "Manager", "部長"];
const LABELS: &[&str] = &["Mobile", "Work", "Home", "* Work"];

const HEADER: &str = "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address,Website 1 - Label,Website 1 - Value,Event 1 - Label,Event 1 - Value,Relation 1 - Label,Relation 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value,Phone 3 - Label,Phone 3 - Value,E-mail 3 - Value";

/// A Google CSV of so many bytes with cells of 20 KB to 2 MB: memos, which are too long then, and photos, which nothing is
/// mapped from.
pub fn large_cells(to: &mut dyn Write, bytes: u64) -> io::Result<()> {
    writeln!(to, "{HEADER}\r")?;
    let lines: [u64; 6] = [200, 1_900, 3_000, 4_500, 5_150, 20_000];
    let mut written = 0;
    let mut rows = 0;
    while written < bytes {
        let cell = "one line of a hundred bytes, with \"\"quotes\"\", in a cell that is far too large for any contact at all\r\n"
            .repeat(lines[rows as usize % lines.len()] as usize);
        let (memo, photo) = match rows / lines.len() as u64 % 2 {
            0 => (cell.as_str(), ""),
            _ => ("", cell.as_str()),
        };
        writeln!(
            to,
            "Jane{rows},,Example,,,,,,,,,,,,\"{memo}\",\"{photo}\",,* Work,person{rows}@example.com{}\r",
            ",".repeat(HEADER.matches(',').count() - 18)
        )?;
        written += cell.len() as u64;
        rows += 1;
    }
    Ok(())
}

/// A Google CSV of 45 columns. One row in a hundred has a telephone that breaks the rules, one in fifty a quoted memo of
/// two lines, and one in two hundred repeats an earlier row.
pub fn google(to: &mut dyn Write, rows: u64) -> io::Result<()> {
    let mut numbers = Numbers(42);
    writeln!(to, "{HEADER}\r")?;
    for row in 0..rows {
        let n = if row > 0 && row.is_multiple_of(200) {
            row - 100
        } else {
            row
        };
        let mut own = Numbers(n);
        let (family, given) = (own.one(FAMILY), own.one(GIVEN));
        let memo = match row % 50 {
            7 => "\"first line\r\nsecond line, with a comma\"",
            _ => "met at the fair",
        };
        let phone = if row % 100 == 13 { "call me" } else { "" };
        write!(
            to,
            "{given}{n},,{family},,,,,,,,Example {} Ltd,{},Sales,19{:02}-{:02}-{:02},{memo},,* myContacts,* Work,person{n}@example.com,,,",
            numbers.next(5000),
            numbers.one(TITLES),
            50 + own.next(50),
            1 + own.next(12),
            1 + own.next(28),
        )?;
        write!(
            to,
            "{},010-{:04}-{:04}{phone},Work,02-{:03}-{:04},Work,,Example Street {},{},,,{:05},Korea,,Work,https://example.com/{n},,,,,,,,,\r\n",
            own.one(LABELS),
            n / 10_000 % 10_000,
            n % 10_000,
            numbers.next(1000),
            numbers.next(10_000),
            numbers.next(500),
            numbers.one(CITIES),
            numbers.next(100_000),
        )?;
    }
    Ok(())
}

/// vCards 3.0 of at least so many bytes; every other one has a photo of some 40 kB.
pub fn vcards(to: &mut dyn Write, bytes: u64) -> io::Result<()> {
    let mut numbers = Numbers(7);
    let mut written = 0;
    let line = format!(
        " {}\r\n",
        "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAx"
    );
    let photo = format!(
        "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgAB\r\n{}",
        line.repeat(560)
    );
    let mut n = 0;
    while written < bytes {
        n += 1;
        let (family, given) = (numbers.one(FAMILY), numbers.one(GIVEN));
        let photo = if n % 2 == 0 { photo.as_str() } else { "" };
        let card = format!(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nN:{family};{given}{n};;;\r\nFN:{given}{n} {family}\r\nORG:Example Ltd;Sales\r\n\
             EMAIL;type=INTERNET;type=WORK:person{n}@example.com\r\nTEL;type=CELL:010-{:04}-{:04}\r\n\
             item1.ADR;type=WORK:;;Example Street {};Exampletown;;{:05};Korea\r\nitem1.X-ABADR:kr\r\n\
             NOTE:first line\\nsecond line\\, with a comma\r\n{photo}END:VCARD\r\n",
            n / 10_000,
            n % 10_000,
            numbers.next(500),
            numbers.next(100_000),
        );
        to.write_all(card.as_bytes())?;
        written += card.len() as u64;
    }
    Ok(())
}
