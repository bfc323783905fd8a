//! The lines that open and close a card, also where writers have damaged them or put several on one line.

use memchr::{memchr2, memrchr2};

use super::chunk::{ChunkLines, Line, Position};

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
pub(super) struct LineParts<'a> {
    pub lines: ChunkLines<'a>,
    /// What is left of a line.
    pub rest: Option<Line<'a>>,
}

impl LineParts<'_> {
    /// Where the next part starts.
    pub fn position(&self) -> Position {
        self.rest.map_or(self.lines.next, |line| line.place)
    }
}

impl<'a> Iterator for LineParts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        let line = self.rest.take().or_else(|| self.lines.next())?;
        let Some((mark, damaged, behind)) = find(line.content) else {
            return Some(Part {
                line,
                mark: None,
                damaged: false,
            });
        };
        let card = match mark {
            Mark::Begin => length_on_one_line(behind),
            _ => None,
        };
        let end = line.content.len() - behind.len() + card.unwrap_or(0);
        let (line, rest) = self.lines.split(line, end);
        self.rest = rest;
        let before_text =
            || mark == Mark::Begin && rest.is_some_and(|rest| find(rest.content).is_none());
        Some(Part {
            line,
            mark: Some(card.map_or(mark, |_| Mark::OneLine)),
            damaged: damaged || before_text(),
        })
    }
}

/// The mark that a whole line is, whatever its case and the blanks in it; `None` also for one that is damaged.
pub(super) fn mark(line: &[u8]) -> Option<Mark<'_>> {
    let (mark, damaged, rest) = find(line)?;
    (!damaged && rest.is_empty()).then_some(mark)
}

/// Whether a file that begins like this is one of vCards: a line is a mark, and no quoted CSV cell is open there.
pub fn is_vcard(head: &[u8]) -> bool {
    // In UTF-16, every other byte of a mark is NUL.
    let mut text = head.to_vec();
    text.retain(|byte| !matches!(byte, 0 | 0xFE | 0xFF));
    let (mut quoted, mut first) = (false, true);
    for line in text.split(|byte| matches!(byte, b'\n' | b'\r')) {
        match find(line).map(|(mark, ..)| mark) {
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
    let is_glued = !clean(&text[line..start]).is_empty();
    (is_glued && text[start..].eq_ignore_ascii_case(END)).then_some(start)
}

/// The longest line that may be a damaged mark.
const LONGEST_DAMAGED: usize = 20;

/// The mark that a line begins with, whether it is damaged, and what follows it.
fn find(line: &[u8]) -> Option<(Mark<'_>, bool, &[u8])> {
    let text = clean(line);
    let begins = match text.first()? {
        b'B' | b'b' => true,
        b'E' | b'e' => false,
        _ => return None,
    };
    let word: &[u8] = if begins { b"BEGIN" } else { b"END" };
    let value = after(text, word).and_then(|rest| clean(rest).strip_prefix(b":"));
    if let Some(value) = value.map(clean) {
        if let Some(rest) = after(value, b"VCARD") {
            let mark = if begins { Mark::Begin } else { Mark::End };
            return Some((mark, false, clean(rest)));
        }
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
        let name = value.split(|byte| !is_name(byte)).next()?;
        let is_whole = value[name.len()..].trim_ascii().is_empty();
        if is_whole && !name.is_empty() && !is_nearly(&letters(line), begins) {
            let mark = match begins {
                true => Mark::BeginOther(name),
                false => Mark::EndOther(name),
            };
            return Some((mark, false, b""));
        }
    }
    damaged(text).map(|mark| (mark, true, &b""[..]))
}

/// `BEGIN:VCRD`, `BEGIN;VCARD`, `BEGIN:VC\0ARD`.
fn damaged(text: &[u8]) -> Option<Mark<'_>> {
    if text.len() > LONGEST_DAMAGED {
        return None;
    }
    let letters = letters(text);
    let marked = memchr2(b':', b';', text).is_some();
    let is = |begins: bool, whole: &str| letters == whole || marked && is_nearly(&letters, begins);
    if is(true, "BEGINVCARD") {
        return Some(Mark::Begin);
    }
    is(false, "ENDVCARD").then_some(Mark::End)
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

/// The text without the blanks, control characters and byte order marks that it begins with.
fn clean(mut text: &[u8]) -> &[u8] {
    while let [..=b' ' | 0x7F, rest @ ..] | [0xEF, 0xBB, 0xBF, rest @ ..] = text {
        text = rest;
    }
    text
}

/// What stands behind a word, in any case, with which the text begins.
pub(super) fn after<'a>(text: &'a [u8], word: &[u8]) -> Option<&'a [u8]> {
    let (start, rest) = text.split_at_checked(word.len())?;
    start.eq_ignore_ascii_case(word).then_some(rest)
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
        let parts = LineParts {
            lines: ChunkLines {
                bytes: file.as_bytes(),
                ..ChunkLines::default()
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
