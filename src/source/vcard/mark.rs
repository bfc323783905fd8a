//! The lines that open and close a card, also where writers have damaged them or put several on one line.

use memchr::{memchr2, memrchr2};

use super::chunk::{Line, Lines, Position};

/// What a mark opens or closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark<'a> {
    Begin,
    End,
    /// The begin of something else: `VCALENDAR`.
    BeginOther(&'a [u8]),
    EndOther(&'a [u8]),
    /// A whole card on one line.
    OneLine,
}

/// A line, or a part of a line with marks in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    pub line: Line<'a>,
    pub mark: Option<Mark<'a>>,
    /// Whether the mark is misspelt, or text follows on its line.
    pub damaged: bool,
}

/// Lines, split at the marks in them: `END:VCARDBEGIN:VCARD` are two parts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts<'a> {
    pub lines: Lines<'a>,
    /// What is left of a line.
    pub rest: Option<Line<'a>>,
}

impl Parts<'_> {
    /// Where the next part starts.
    pub fn position(&self) -> Position {
        self.rest.map_or(self.lines.next, |line| Position {
            at: line.start,
            line: line.number,
            in_file: line.in_file,
        })
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        let line = self.rest.take().or_else(|| self.lines.next())?;
        let Some(found) = find(line.content) else {
            return Some(Part {
                line,
                mark: None,
                damaged: false,
            });
        };
        let behind = found.end + junk(&line.content[found.end..]);
        let card = (found.mark == Mark::Begin)
            .then(|| length_on_one_line(&line.content[behind..]))
            .flatten();
        let (line, rest) = self.lines.split(line, behind + card.unwrap_or(0));
        self.rest = rest;
        let before_text =
            || found.mark == Mark::Begin && rest.is_some_and(|rest| find(rest.content).is_none());
        Some(Part {
            line,
            mark: Some(card.map_or(found.mark, |_| Mark::OneLine)),
            damaged: found.damaged || before_text(),
        })
    }
}

/// The mark that a whole line is, whatever its case and the blanks in it; `None` also for one that is damaged.
pub(super) fn mark(line: &[u8]) -> Option<Mark<'_>> {
    find(line)
        .filter(|found| !found.damaged && found.end + junk(&line[found.end..]) == line.len())
        .map(|found| found.mark)
}

/// Whether a file that begins like this is one of vCards: a line is a mark, and no quoted CSV cell is open there.
pub fn is_vcard(head: &[u8]) -> bool {
    // In UTF-16, every other byte of a mark is NUL.
    let text: Vec<u8> = head
        .iter()
        .copied()
        .filter(|byte| !matches!(byte, 0 | 0xFE | 0xFF))
        .collect();
    let (mut quoted, mut first) = (false, true);
    for line in text.split(|byte| matches!(byte, b'\n' | b'\r')) {
        match find(line).map(|found| found.mark) {
            _ if quoted => {}
            Some(Mark::Begin | Mark::End) => return true,
            // A file of nothing but calendars holds no rows either.
            Some(Mark::BeginOther(name)) if first && name.len() > 1 => return true,
            _ => {}
        }
        first &= line.trim_ascii().is_empty();
        quoted ^= line.iter().filter(|byte| **byte == b'"').count() % 2 == 1;
    }
    false
}

/// Where the END that is glued to the last value of a card stands: `TEL:1END:VCARD`.
pub(super) fn glued_end(body: &[u8]) -> Option<usize> {
    const END: &[u8] = b"END:VCARD";
    let text = body.trim_ascii_end();
    let start = text.len().checked_sub(END.len())?;
    let line = memrchr2(b'\n', b'\r', &text[..start]).map_or(0, |at| at + 1);
    let is_glued = junk(&text[line..]) < start - line;
    (is_glued && text[start..].eq_ignore_ascii_case(END)).then_some(start)
}

struct MarkAt<'a> {
    mark: Mark<'a>,
    damaged: bool,
    end: usize,
}

/// The longest line that may be a damaged mark.
const LONGEST_DAMAGED: usize = 20;

/// The mark that a line begins with.
fn find(line: &[u8]) -> Option<MarkAt<'_>> {
    let start = junk(line);
    let text = &line[start..];
    if !matches!(text.first(), Some(b'B' | b'b' | b'E' | b'e')) {
        return None;
    }
    exact(line, start).or_else(|| damaged(line, text))
}

fn exact(line: &[u8], start: usize) -> Option<MarkAt<'_>> {
    let text = &line[start..];
    let word =
        |word: &[u8]| text.len() >= word.len() && text[..word.len()].eq_ignore_ascii_case(word);
    let begins = word(b"BEGIN");
    if !begins && !word(b"END") {
        return None;
    }
    let mut at = start + if begins { 5 } else { 3 };
    at += junk(&line[at..]);
    if line.get(at) != Some(&b':') {
        return None;
    }
    at += 1;
    at += junk(&line[at..]);
    let value = &line[at..];
    let (mark, length) = if value.len() >= 5 && value[..5].eq_ignore_ascii_case(b"VCARD") {
        (if begins { Mark::Begin } else { Mark::End }, 5)
    } else {
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
        let length = value.iter().take_while(|byte| is_name(byte)).count();
        let name = &value[..length];
        let whole = value[length..].trim_ascii().is_empty();
        if !whole || length == 0 || is_nearly(&letters(line), begins) {
            return None;
        }
        (
            if begins {
                Mark::BeginOther(name)
            } else {
                Mark::EndOther(name)
            },
            length,
        )
    };
    Some(MarkAt {
        mark,
        damaged: false,
        end: at + length,
    })
}

/// `BEGIN:VCRD`, `BEGIN;VCARD`, `BEGIN:VC\0ARD`.
fn damaged<'a>(line: &'a [u8], text: &[u8]) -> Option<MarkAt<'a>> {
    if text.len() > LONGEST_DAMAGED {
        return None;
    }
    let letters = letters(text);
    let marked = memchr2(b':', b';', text).is_some();
    let is = |begins: bool, whole: &str| letters == whole || marked && is_nearly(&letters, begins);
    let mark = match () {
        () if is(true, "BEGINVCARD") => Mark::Begin,
        () if is(false, "ENDVCARD") => Mark::End,
        () => return None,
    };
    Some(MarkAt {
        mark,
        damaged: true,
        end: line.len(),
    })
}

fn is_nearly(letters: &str, begins: bool) -> bool {
    match begins {
        true => strsim::damerau_levenshtein(letters, "BEGINVCARD") <= 2,
        false => strsim::damerau_levenshtein(letters, "ENDVCARD") <= 1,
    }
}

fn letters(text: &[u8]) -> String {
    let letters = text.iter().filter(|byte| byte.is_ascii_alphabetic());
    letters
        .take(LONGEST_DAMAGED)
        .map(|byte| char::from(byte.to_ascii_uppercase()))
        .collect()
}

/// How many bytes of blanks, control characters and byte order marks the text begins with.
fn junk(text: &[u8]) -> usize {
    let mut at = 0;
    loop {
        match &text[at..] {
            [byte, ..] if *byte <= b' ' || *byte == 0x7F => at += 1,
            [0xEF, 0xBB, 0xBF, ..] => at += 3,
            _ => return at,
        }
    }
}

/// How far a card goes that begins and ends on this line, if it does.
fn length_on_one_line(text: &[u8]) -> Option<usize> {
    const END: &[u8] = b"END:VCARD";
    let at = text
        .windows(END.len())
        .position(|window| window.eq_ignore_ascii_case(END))?;
    Some(at + END.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> String {
        let file = format!("{line}\n");
        let mut shown = String::new();
        let parts = Parts {
            lines: Lines {
                bytes: file.as_bytes(),
                ..Lines::default()
            },
            rest: None,
        };
        for Part {
            line,
            mark,
            damaged,
        } in parts
        {
            let text = String::from_utf8_lossy(line.content);
            let name = match mark {
                None => {
                    shown += &format!("[{text}]");
                    continue;
                }
                Some(Mark::OneLine) => {
                    shown += &format!("one[{text}]");
                    continue;
                }
                Some(Mark::Begin) => "begin".into(),
                Some(Mark::End) => "end".into(),
                Some(Mark::BeginOther(name)) => {
                    format!("begin {}", String::from_utf8_lossy(name))
                }
                Some(Mark::EndOther(name)) => format!("end {}", String::from_utf8_lossy(name)),
            };
            shown += &format!("{name}{} ", if damaged { "!" } else { "" });
        }
        shown.trim_end().to_string()
    }

    #[test]
    fn marks_are_seen_whatever_their_case_blanks_and_neighbours() {
        for (line, wanted) in [
            ("BEGIN:VCARD", "begin"),
            ("begin:vcard ", "begin"),
            ("\t BEGIN : vCard", "begin"),
            ("\u{feff}BEGIN:VCARD", "begin"),
            ("BEGIN:VCARD\0", "begin"),
            ("END:VCARD\t", "end"),
            ("END:VCARD\u{1a}", "end"),
            ("END:VCARDBEGIN:VCARD", "end begin"),
            ("end:vcard\u{feff} begin:vcard", "end begin"),
            ("END:VCARD END:VCARD BEGIN:VCARD", "end end begin"),
            ("BEGIN:VCALENDAR", "begin VCALENDAR"),
            ("END:VNOTE", "end VNOTE"),
            ("END:VCARDBEGIN:VCALENDAR", "end begin VCALENDAR"),
            ("BEGIN:VCRD", "begin!"),
            ("BEGIN;VCARD", "begin!"),
            ("BEGIN VCARD", "begin!"),
            ("BEGN:VCARD", "begin!"),
            ("BEGIN:VC\0ARD", "begin!"),
            ("END:VCRD", "end!"),
            ("BEGIN:VCARD VERSION:3.0", "begin! [VERSION:3.0]"),
            ("BEGIN:VCARDVERSION:3.0", "begin! [VERSION:3.0]"),
            ("END:VCARD NOTE:x", "end [NOTE:x]"),
            (
                "BEGIN:VCARD N:a END:VCARD",
                "one[BEGIN:VCARD N:a END:VCARD]",
            ),
            (
                "BEGIN:VCARD N:a END:VCARD BEGIN:VCARD N:b END:VCARD",
                "one[BEGIN:VCARD N:a END:VCARD]one[ BEGIN:VCARD N:b END:VCARD]",
            ),
            ("BEGINNING:VCARD", "[BEGINNING:VCARD]"),
            ("EMAIL:VCARD", "[EMAIL:VCARD]"),
            ("BEGIN:two words", "[BEGIN:two words]"),
            ("begin card", "[begin card]"),
            ("BDAY:2000-01-01", "[BDAY:2000-01-01]"),
            ("", "[]"),
            ("B", "[B]"),
        ] {
            assert_eq!(shown(line), wanted, "{line:?}");
        }
    }

    #[test]
    fn a_file_of_cards_is_told_from_rows_by_its_lines() {
        for head in [
            "BEGIN:VCARD\nN:a",
            "\u{feff}\r\n  begin : vcard\r\n",
            "ENCODING:UTF-8\nBEGIN:VCARD",
            "MIME-Version: 1.0\nContent-Type: text/x-vcard; name=\"a.vcf\"\n\nBEGIN:VCARD",
            "BEGIN:VADDRESSBOOK\nBEGIN:VCARD",
            "END:VCARD\nBEGIN:VCARD",
            "VERSION:3.0\nN:a\nEND:VCARD",
            "BEGIN: VCARD",
            "BEGIN:VCARD N:a END:VCARD",
            "BEGIN:VCALENDAR\nEND:VCALENDAR",
            "B\0E\0G\0I\0N\0:\0V\0C\0A\0R\0D\0",
        ] {
            assert!(is_vcard(head.as_bytes()), "{head:?}");
        }
        for head in [
            "",
            "Name,Email\na,b",
            "Name,Card\na,\"\nBEGIN:VCARD\nEND:VCARD\n\"",
            "Begin,End\n1,2",
        ] {
            assert!(!is_vcard(head.as_bytes()), "{head:?}");
        }
    }
}
