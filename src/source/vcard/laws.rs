//! Laws that hold for every file: what was written is read, nothing panics, and every byte belongs somewhere.

use std::ops::Range;

use encoding_rs::{EUC_KR, Encoding, SHIFT_JIS, UTF_8};
use proptest::prelude::*;

use crate::source::encoding::TextEncoding;

use super::{Charsets, Chunk, Cutter, Version, cards, opinions};

/// A text property as some writer would put it.
#[derive(Debug, Clone)]
struct Written {
    name: &'static str,
    text: String,
    /// Where it is folded, in bytes of each line.
    fold: usize,
    way: Way,
}

#[derive(Debug, Clone, Copy)]
enum Way {
    Plain,
    QuotedPrintable { soft_break: usize },
    Charset(&'static Encoding),
    CharsetQuotedPrintable(&'static Encoding),
}

fn way() -> impl Strategy<Value = Way> {
    prop_oneof![
        Just(Way::Plain),
        (4_usize..90).prop_map(|soft_break| Way::QuotedPrintable { soft_break }),
        prop::sample::select(vec![EUC_KR, SHIFT_JIS, UTF_8]).prop_map(Way::Charset),
        prop::sample::select(vec![EUC_KR, SHIFT_JIS]).prop_map(Way::CharsetQuotedPrintable),
    ]
}

/// Text that all the encodings above have, with everything that needs escaping.
fn text() -> impl Strategy<Value = String> {
    let char = prop_oneof![
        8 => prop::char::range('!', '}').prop_filter("a backslash is an escape of its own", |char| *char != '\\'),
        2 => prop::sample::select(vec!['\\', ';', ',', '\n', '=', ':', '"']),
        4 => prop::sample::select(vec!['ア', 'イ', 'ヴ', 'ゼ', 'ソ', 'ポ', '表']),
        1 => Just(' '),
    ];
    prop::collection::vec(char, 1..120)
        .prop_map(|chars| chars.into_iter().collect::<String>().trim().to_string())
}

fn written() -> impl Strategy<Value = Written> {
    let name = prop::sample::select(vec!["FN", "NOTE", "TITLE", "item1.ORG", "X-ANYTHING"]);
    (name, text(), 3_usize..100, way()).prop_map(|(name, text, fold, way)| Written {
        name,
        text,
        fold,
        way,
    })
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,")
        .replace('\n', "\\n")
}

fn quoted_printable(bytes: &[u8], soft_break: usize) -> Vec<u8> {
    let mut lines = vec![Vec::new()];
    for byte in bytes {
        let plain = byte.is_ascii_graphic() && *byte != b'=';
        let token = if plain {
            vec![*byte]
        } else {
            format!("={byte:02X}").into_bytes()
        };
        if lines.last().expect("there is always one").len() + token.len() > soft_break {
            lines.last_mut().expect("there is always one").push(b'=');
            lines.push(Vec::new());
        }
        lines.last_mut().expect("there is always one").extend(token);
    }
    lines.join(&b"\r\n"[..])
}

fn folded(line: &[u8], every: usize) -> Vec<u8> {
    line.chunks(every).collect::<Vec<_>>().join(&b"\r\n "[..])
}

impl Written {
    fn bytes(&self) -> Vec<u8> {
        let escaped = escaped(&self.text);
        let name = self.name.as_bytes();
        match self.way {
            // A fold at the very end would leave an empty line behind it.
            Way::Plain => folded(&[name, b":", escaped.as_bytes()].concat(), self.fold),
            Way::QuotedPrintable { soft_break } => {
                let value = quoted_printable(escaped.as_bytes(), soft_break);
                [name, b";ENCODING=QUOTED-PRINTABLE;CHARSET=utf-8:", &value].concat()
            }
            Way::Charset(encoding) => {
                let (value, _, _) = encoding.encode(&escaped);
                folded(
                    &[name, b";CHARSET=", encoding.name().as_bytes(), b":", &value].concat(),
                    self.fold,
                )
            }
            Way::CharsetQuotedPrintable(encoding) => {
                let (value, _, _) = encoding.encode(&escaped);
                let value = quoted_printable(&value, 76);
                [
                    name,
                    b";QUOTED-PRINTABLE;CHARSET=",
                    encoding.name().as_bytes(),
                    b":",
                    &value,
                ]
                .concat()
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn what_was_written_is_read(properties in prop::collection::vec(written(), 1..8), three in any::<bool>()) {
        let version = if three { "3.0" } else { "4.0" };
        let mut file = format!("BEGIN:VCARD\r\nVERSION:{version}\r\n").into_bytes();
        for property in &properties {
            file.extend(property.bytes());
            file.extend(b"\r\n");
        }
        file.extend(b"END:VCARD\r\n");
        let (mut cutter, mut chunk) = (Cutter::new(file.as_slice()), Chunk::default());
        prop_assert!(cutter.next_chunk(&mut chunk).expect("memory does not fail"));
        let card = cards(&chunk, Charsets::default()).next().expect("there is a card");
        let shown = String::from_utf8_lossy(&file);
        prop_assert_eq!(card.version, if three { Version::V30 } else { Version::V40 });
        prop_assert_eq!(card.properties.len(), properties.len(), "{}", shown);
        for (read, property) in card.properties.iter().zip(&properties) {
            prop_assert_eq!(read.text(), property.text.as_str(), "{}", shown);
        }
        prop_assert!(card.findings.is_empty(), "{:?} {}", card.findings, shown);
    }

    #[test]
    fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        account_for(&bytes);
    }

    #[test]
    fn no_arrangement_of_lines_breaks_the_reader(lines in prop::collection::vec(line(), 0..60)) {
        account_for(&lines.concat());
    }
}

/// Lines that mean something to the reader, and their ruins.
fn line() -> impl Strategy<Value = Vec<u8>> {
    const LINES: [&[u8]; 40] = [
        b"BEGIN:VCARD",
        b"END:VCARD",
        b"BEGIN:VCARD",
        b"END:VCARD",
        b" BEGIN:VCARD",
        b" END:VCARD",
        b"\xEF\xBB\xBFBEGIN:VCARD",
        b"VERSION:2.1",
        b"VERSION:3.0",
        b"VERSION:4.0",
        b"AGENT:",
        b"AGENT:BEGIN:VCARD",
        b"FN:a",
        b"N:a;b\\;c,d;;;",
        b"NOTE;QUOTED-PRINTABLE:=",
        b"NOTE;ENCODING=QUOTED-PRINTABLE:=EA=B0=",
        b"=80=",
        b"=",
        b" =",
        b"",
        b" ",
        b"\t",
        b"PHOTO;ENCODING=b:QUJD",
        b"PHOTO;BASE64:",
        b" QUJDQUJDQUJD",
        b"QUJDQUJDQUJD",
        b"PHOTO:data:image/png;base64,QUJD",
        b"FN;CHARSET=SHIFT_JIS:\x88\xC9\x94\x5C",
        b"FN:\xB0\xA1\xED",
        b"TEL;TYPE=\"a:b",
        b"TEL;X-CUSTOM(ENCODING=",
        b"TEL",
        b";:",
        b"item1.TEL;PREF=0:1",
        b"item1.X-ABLabel:_$!<x>!$_",
        b"ADR;LABEL=\"x",
        b" y\":;;z\\",
        b"stray",
        b"# c",
        b"\\",
    ];
    let end = prop::sample::select(vec![&b"\r\n"[..], b"\n", b"\r", b"\r\r\n", b""]);
    (prop::sample::select(LINES.to_vec()), end).prop_map(|(line, end)| [line, end].concat())
}

/// Reads a file whole, looks at everything in it, and checks that each byte is in a card, blank, or said to be neither.
fn account_for(file: &[u8]) {
    let asked = TextEncoding::from_label("cp949").ok();
    let charsets = Charsets {
        asked,
        pooled: None,
    };
    let (mut cutter, mut chunk) = (Cutter::new(file), Chunk::default());
    let (mut spans, mut outside) = (Vec::<(Range<u64>, u64)>::new(), Vec::new());
    while cutter.next_chunk(&mut chunk).expect("memory does not fail") {
        outside.extend(chunk.outside.iter().map(|one| one.line));
        for card in cards(&chunk, charsets) {
            let mut last = card.line;
            for property in &card.properties {
                assert!(property.line >= last, "{} {last}", property.line);
                last = property.line;
                let _ = (
                    property.component_lists().flatten().count(),
                    property.components().count(),
                    property.text(),
                    property.list().count(),
                );
                let _ = (
                    property.label(&card),
                    property.preference(),
                    property.types().count(),
                );
                let _ = property
                    .params
                    .iter()
                    .map(|param| param.value().len())
                    .sum::<usize>();
            }
            let _ = opinions(&card);
            spans.push((card.span.clone(), card.line));
        }
    }
    let wide = file.len() >= 2
        && (file.starts_with(b"\xFF\xFE")
            || file.starts_with(b"\xFE\xFF")
            || file[..file.len().min(4)].contains(&0));
    let (mut end, mut explained) = (0, u64::MIN);
    for (span, line) in spans
        .iter()
        .cloned()
        .chain([(file.len() as u64..file.len() as u64, u64::MAX)])
    {
        assert!(
            end <= span.start && span.start <= span.end && span.end <= file.len() as u64,
            "{spans:?}"
        );
        let before = &file
            [usize::try_from(end).expect("small")..usize::try_from(span.start).expect("small")];
        let text = before.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(before);
        let is_blank = text.iter().all(|byte| *byte <= b' ' || *byte == 0x7F);
        if !wide && !is_blank {
            let said = outside.iter().any(|it| *it <= line);
            assert!(said, "{:?} is nowhere", String::from_utf8_lossy(before));
            // On the line of a card there may be more before the next one.
            outside.retain(|it| *it >= line);
            explained = line;
        }
        end = span.end;
    }
    outside.retain(|it| *it != explained);
    assert!(wide || outside.is_empty(), "{outside:?}");
}
