use std::io::Read;
use std::ops::Range;

use encoding_rs::UTF_16LE;

use super::*;
use crate::source::vcard::{Card, Charsets, FindingKind, cards};

/// What a test looks at: name, line, span, kinds of findings.
type Seen = (String, u64, Range<u64>, Vec<FindingKind>);

fn read(file: impl Read) -> (Vec<Seen>, Vec<(u64, String)>) {
    let (mut cutter, mut chunk) = (Cutter::new(file), Chunk::default());
    let (mut seen, mut outside) = (Vec::new(), Vec::new());
    while cutter.next_chunk(&mut chunk).expect("memory does not fail") {
        outside.extend(chunk.outside.iter().map(|one| (one.line, one.text.clone())));
        seen.extend(cards(&chunk, Charsets::default()).map(|card| {
            let kinds = card.findings.iter().map(|finding| finding.kind);
            (
                name(&card),
                card.line,
                card.span.clone(),
                kinds
                    .filter(|kind| *kind != FindingKind::UnknownVersion)
                    .collect(),
            )
        }));
        assert!(
            chunk.bytes.capacity() <= 1024 * 1024,
            "{}",
            chunk.bytes.capacity()
        );
    }
    (seen, outside)
}

fn name(card: &Card<'_>) -> String {
    card.all("FN")
        .map(|name| name.text().into_owned())
        .collect::<Vec<_>>()
        .join("+")
}

/// Name and findings of each card of a file given line by line.
fn names(lines: &[&str]) -> Vec<(String, Vec<FindingKind>)> {
    read(lines.join("\n").as_bytes())
        .0
        .into_iter()
        .map(|(name, _, _, kinds)| (name, kinds))
        .collect()
}

fn wanted(cards: &[(&str, &[FindingKind])]) -> Vec<(String, Vec<FindingKind>)> {
    cards
        .iter()
        .map(|(name, kinds)| ((*name).to_string(), kinds.to_vec()))
        .collect()
}

/// The properties of the only card of a file: name, text, line, bytes left out.
fn properties(file: impl Read) -> Vec<(String, String, u64, Option<u64>)> {
    let (mut cutter, mut chunk) = (Cutter::new(file), Chunk::default());
    assert!(cutter.next_chunk(&mut chunk).expect("memory does not fail"));
    let card = cards(&chunk, Charsets::default())
        .next()
        .expect("there is a card");
    let property = |it: &crate::source::vcard::Property<'_>| {
        (
            it.name.to_string(),
            it.text().into_owned(),
            it.line,
            it.elided,
        )
    };
    card.properties.iter().map(property).collect()
}

#[test]
fn cards_know_their_lines_and_their_bytes_in_the_file() {
    let file = "\u{feff}\r\n# made by hand\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nFN:Kim\r\nEND:VCARD\r\n\r\nlost\r\nfound\r\nbegin:vcard\nFN:Lee\nend:vcard";
    let (seen, outside) = read(file.as_bytes());
    let spans: Vec<_> = seen
        .iter()
        .map(|card| (card.1, &file[card.2.start as usize..card.2.end as usize]))
        .collect();
    assert_eq!(
        spans[0],
        (3, "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Kim\r\nEND:VCARD\r\n")
    );
    assert_eq!(spans[1], (10, "begin:vcard\nFN:Lee\nend:vcard"));
    assert_eq!(
        outside,
        [
            (2, "# made by hand".to_string()),
            (8, "lost | found".to_string())
        ]
    );
}

#[test]
fn a_file_without_cards_has_findings_or_nothing() {
    assert_eq!(read(&b""[..]), (vec![], vec![]));
    assert_eq!(read(&b"\r\n \n"[..]), (vec![], vec![]));
    assert_eq!(
        read(&b"a,b\n1,2\n"[..]),
        (vec![], vec![(1, "a,b | 1,2".to_string())])
    );
    assert_eq!(read(&b"END:VCARD"[..]).1.len(), 1);
}

#[test]
fn a_card_without_an_end_ends_at_the_next_one_or_at_the_end_of_the_file() {
    use FindingKind::MissingEnd;
    let file = [
        "BEGIN:VCARD",
        "FN:a",
        "BEGIN:VCARD",
        "FN:b",
        "BEGIN:VCARD",
        "FN:c",
        "END:VCARD",
        "BEGIN:VCARD",
        "FN:d",
    ];
    let lost: &[_] = &[MissingEnd];
    assert_eq!(
        names(&file),
        wanted(&[("a", lost), ("b", lost), ("c", &[]), ("d", lost)])
    );
    let first = [
        "BEGIN:VCARD",
        "FN:a",
        "",
        "BEGIN:VCARD",
        "FN:b",
        "END:VCARD",
        "",
        "BEGIN:VCARD",
        "FN:c",
        "END:VCARD",
    ];
    assert_eq!(
        names(&first),
        wanted(&[("a", lost), ("b", &[]), ("c", &[])])
    );
    let agent = [
        "BEGIN:VCARD",
        "FN:a",
        "AGENT:",
        "BEGIN:VCARD",
        "FN:x",
        "END:VCARD",
    ];
    assert_eq!(names(&agent), wanted(&[("a", lost)]));
    assert_eq!(names(&["BEGIN:VCARD"]), wanted(&[("", lost)]));
}

#[test]
fn a_lost_end_is_noticed_long_before_the_file_ends() {
    let mut file = "BEGIN:VCARD\nFN:first\n".to_string();
    for number in 0..20_000 {
        file += &format!(
            "BEGIN:VCARD\nVERSION:3.0\nFN:{number}\nNOTE:{}\nEND:VCARD\n",
            "x".repeat(60)
        );
    }
    let (seen, _) = read(file.as_bytes());
    assert_eq!(seen.len(), 20_001);
    assert_eq!(seen[0].3, [FindingKind::MissingEnd]);
    assert!(
        seen[1..]
            .iter()
            .enumerate()
            .all(|(at, card)| card.0 == at.to_string() && card.3.is_empty())
    );
    assert!(
        seen.windows(2)
            .all(|pair| pair[0].2.end == pair[1].2.start && pair[0].1 < pair[1].1)
    );
}

#[test]
fn cards_that_all_lack_their_end_are_all_read_in_chunks() {
    let file: String = (0..30_000)
        .map(|number| format!("BEGIN:VCARD\nFN:{number}\nNOTE:{}\n", "x".repeat(40)))
        .collect();
    let (seen, _) = read(file.as_bytes());
    assert_eq!(seen.len(), 30_000);
    assert!(
        seen.iter()
            .enumerate()
            .all(|(at, card)| card.0 == at.to_string() && card.3 == [FindingKind::MissingEnd])
    );
    assert!(seen.windows(2).all(|pair| pair[0].2.end == pair[1].2.start));
}

#[test]
fn a_card_inside_a_card_stays_inside() {
    use FindingKind::NestedCard;
    let nested = [
        "BEGIN:VCARD",
        "BEGIN:VCARD",
        "FN:x",
        "END:VCARD",
        "BEGIN:VCARD",
        "FN:y",
        "END:VCARD",
        "FN:a",
        "END:VCARD",
    ];
    assert_eq!(names(&nested), wanted(&[("a", &[NestedCard, NestedCard])]));
    for agent in [
        &["AGENT:", "BEGIN:VCARD", "FN:x", "END:VCARD"][..],
        &["AGENT:BEGIN:VCARD", "FN:x", "END:VCARD"],
        &["AGENT:BEGIN:VCARD", " FN:x", " END:VCARD"],
        &["AGENT:", " BEGIN:VCARD", " FN:x", " END:VCARD"],
        &[
            "AGENT:BEGIN:VCARD",
            "AGENT:BEGIN:VCARD",
            "FN:y",
            "END:VCARD",
            "FN:x",
            "END:VCARD",
        ],
        &["AGENT:BEGIN:VCARD\\nFN:x\\n", " END:VCARD"],
        &["AGENT:nobody"],
        &["AGENT:"],
        &["AGENT;VALUE=uri:", " CID:someone"],
    ] {
        let file = [
            &["BEGIN:VCARD", "VERSION:3.0", "FN:a"],
            agent,
            &["NOTE:z", "END:VCARD"],
        ]
        .concat();
        let file = [&file[..], &["BEGIN:VCARD", "FN:b", "END:VCARD"]].concat();
        assert_eq!(names(&file), wanted(&[("a", &[]), ("b", &[])]), "{agent:?}");
        let properties = properties(file.join("\n").as_bytes());
        let names: Vec<_> = properties.iter().map(|it| it.0.as_str()).collect();
        assert_eq!(names, ["FN", "AGENT", "NOTE"], "{agent:?}");
        assert_eq!(properties[2].2, 4 + agent.len() as u64, "{agent:?}");
    }
}

#[test]
fn photos_are_left_out_however_they_are_written() {
    let data = "QUJD".repeat(15);
    for lines in [
        vec![
            format!("PHOTO;ENCODING=b;TYPE=JPEG:{data}"),
            format!(" {data}"),
        ],
        vec![
            "PHOTO;BASE64:".into(),
            format!("  {data}"),
            format!("  {data}"),
            String::new(),
        ],
        vec![
            format!("PHOTO;ENCODING=BASE64;JPEG:{data}"),
            data.clone(),
            String::new(),
        ],
        vec![format!("PHOTO:data:image/jpeg;base64,{data}")],
        vec![format!("PHOTO:{data}"), format!(" {data}")],
        vec![format!("X-PICTURE;TYPE=\"a:b\";ENCODING=b:{data}")],
        vec![
            "PHOTO;X-CROP=ABC".into(),
            " DEF;ENCODING=".into(),
            format!(" b:{data}"),
            format!(" {data}"),
        ],
        vec![
            format!("KEY;X509;ENCODING=BASE64:{data}"),
            String::new(),
            format!(" {data}"),
        ],
    ] {
        let file = [
            "BEGIN:VCARD\r\nVERSION:3.0\r\n",
            &lines.join("\r\n"),
            "\r\nFN:a\r\nEND:VCARD",
        ]
        .concat();
        let found = properties(file.as_bytes());
        assert_eq!(found.len(), 2, "{found:?}");
        let whole = lines.concat();
        let header = whole.len() - whole.matches(&data).count() * data.len();
        let left_out = found[0].3.expect("it was left out");
        assert!(
            left_out as usize >= whole.len() - header && left_out as usize <= whole.len(),
            "{found:?}"
        );
        assert_eq!((found[0].1.as_str(), found[0].2), ("", 3));
        assert_eq!(
            (found[1].0.as_str(), found[1].2),
            ("FN", 3 + lines.len() as u64),
            "{lines:?}"
        );
    }
}

#[test]
fn what_only_looks_like_a_photo_is_kept() {
    for line in [
        "PHOTO;VALUE=uri:http://example.com/a.jpg",
        "PHOTO;ENCODING=b;TYPE=JPEG:",
        "SOUND;X-IRMC-N:Kim",
    ] {
        let file = format!("BEGIN:VCARD\nVERSION:3.0\n{line}\nFN:a\nEND:VCARD");
        let found = properties(file.as_bytes());
        assert_eq!((found[0].3, found.len()), (None, 2), "{line}");
        assert!(line.ends_with(&found[0].1), "{line}");
    }
}

#[test]
fn a_photo_of_fifty_megabytes_is_never_held() {
    let line = [b" ", "QUJD".repeat(18).as_bytes(), b"\r\n"].concat();
    for end in [&line[..], b"QUJD"] {
        let lines = 50_000_000 / end.len() as u64;
        let photo = std::iter::repeat_n(end, usize::try_from(lines).expect("few"))
            .map(|line| line.to_vec());
        let parts =
            std::iter::once(b"BEGIN:VCARD\r\nVERSION:3.0\r\nPHOTO;ENCODING=b:\r\n ".to_vec())
                .chain(photo)
                .chain([b"\r\nFN:a\r\nEND:VCARD\r\n".to_vec()]);
        let (seen, _) = read(Parts(parts, Vec::new()));
        assert_eq!((seen[0].0.as_str(), seen[0].3.len()), ("a", 0));
        assert!(seen[0].2.end > 49_000_000);
    }
}

/// Reads pieces one after the other.
struct Parts<I>(I, Vec<u8>);

impl<I: Iterator<Item = Vec<u8>>> Read for Parts<I> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.1.len() < into.len().min(64 * 1024) {
            let Some(next) = self.0.next() else { break };
            self.1.extend(next);
        }
        let count = self.1.len().min(into.len());
        into[..count].copy_from_slice(&self.1[..count]);
        self.1.drain(..count);
        Ok(count)
    }
}

#[test]
fn values_and_cards_of_absurd_length_are_left_out_and_said() {
    let long = "x".repeat(3_000_000);
    let note = format!(
        "BEGIN:VCARD\nVERSION:3.0\nNOTE:{long}\n {long}\nFN:a\nEND:VCARD\nBEGIN:VCARD\nFN:b\nEND:VCARD"
    );
    assert_eq!(
        properties(note.as_bytes())[1],
        ("FN".into(), "a".into(), 5, None)
    );
    assert_eq!(properties(note.as_bytes())[0].3, Some(6_000_001));
    assert_eq!(read(note.as_bytes()).0[0].3, [FindingKind::ValueTooLong]);
    let nameless = format!("BEGIN:VCARD\n{long}\nFN:a\nEND:VCARD\n");
    assert_eq!(
        properties(nameless.as_bytes()),
        [("FN".into(), "a".into(), 3, None)]
    );
    let notes = format!("NOTE:{}\n", "x".repeat(60_000)).repeat(20);
    let card = format!("BEGIN:VCARD\nFN:a\n{notes}END:VCARD\nBEGIN:VCARD\nFN:b\nEND:VCARD");
    let (seen, _) = read(card.as_bytes());
    assert_eq!(
        (seen[0].0.as_str(), &seen[0].3[..]),
        ("a", &[FindingKind::CardTooLong][..])
    );
    assert_eq!((seen[1].0.as_str(), seen[1].1), ("b", 24));
}

#[test]
fn a_card_that_is_indented_as_a_whole_is_read_as_if_it_were_not() {
    let file = [
        "  BEGIN:VCARD",
        "  VERSION:3.0",
        "  FN:a",
        "   b",
        "  NOTE:x",
        "  END:VCARD",
    ];
    assert_eq!(names(&file), wanted(&[("ab", &[])]));
    let first = ["  BEGIN:VCARD", "VERSION:3.0", "FN:a", "  b", "END:VCARD"];
    assert_eq!(names(&first), wanted(&[("a b", &[])]));
    let last = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "FN:a",
        " END:VCARD",
        "BEGIN:VCARD",
        "FN:b",
        "END:VCARD",
    ];
    assert_eq!(names(&last), wanted(&[("a", &[]), ("b", &[])]));
}

#[test]
fn line_ends_of_any_kind_do() {
    for end in ["\n", "\r", "\r\n"] {
        let file = [
            "BEGIN:VCARD",
            "VERSION:3.0",
            "FN:a",
            " b",
            "END:VCARD",
            "x",
            "BEGIN:VCARD",
            "FN:c",
            "END:VCARD",
            "",
        ];
        let (seen, outside) = read(file.join(end).as_bytes());
        assert_eq!(
            (
                seen[0].0.as_str(),
                seen[1].0.as_str(),
                seen[1].1,
                outside[0].0
            ),
            ("ab", "c", 7, 6),
            "{end:?}"
        );
    }
}

#[test]
fn utf_16_keeps_the_bytes_of_the_file_in_its_spans() {
    let file = "\u{feff}BEGIN:VCARD\r\nVERSION:3.0\r\nFN:김민지😀\r\nEND:VCARD\r\n\r\nBEGIN:VCARD\r\nFN:b\r\nEND:VCARD\r\n";
    let bytes: Vec<u8> = file.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (seen, _) = read(bytes.as_slice());
    assert_eq!(seen[0].0, "김민지😀");
    let text = |card: &Seen| {
        UTF_16LE
            .decode(&bytes[card.2.start as usize..card.2.end as usize])
            .0
            .into_owned()
    };
    assert_eq!(
        text(&seen[0]),
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:김민지😀\r\nEND:VCARD\r\n"
    );
    assert_eq!(text(&seen[1]), "BEGIN:VCARD\r\nFN:b\r\nEND:VCARD\r\n");
}

#[test]
fn broken_utf_16_is_replaced_and_not_refused() {
    let text = "\u{feff}BEGIN:VCARD\nVERSION:4.0\nFN:a";
    let mut bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.extend([0x00, 0xD8, b'c', 0, b'd']);
    let (seen, _) = read(bytes.as_slice());
    assert_eq!(seen[0].0, "a\u{fffd}c\u{fffd}");
    assert_eq!(seen[0].2, 2..bytes.len() as u64);
}

#[test]
fn utf_16_without_a_byte_order_mark_is_recognised_in_pieces_of_any_size() {
    let text = "BEGIN:VCARD\r\nFN:김😀\r\nEND:VCARD\r\n";
    for big_endian in [false, true] {
        let bytes = |unit: u16| match big_endian {
            true => unit.to_be_bytes(),
            false => unit.to_le_bytes(),
        };
        let bytes: Vec<u8> = text.encode_utf16().flat_map(bytes).collect();
        for step in [1, 3, 1000] {
            let pieces = bytes.chunks(step).map(<[u8]>::to_vec);
            let (seen, _) = read(Parts(pieces, Vec::new()));
            assert_eq!(
                (seen[0].0.as_str(), seen[0].2.clone()),
                ("김😀", 0..bytes.len() as u64)
            );
        }
    }
}

#[test]
fn quoted_printable_ends_with_the_card_even_if_its_last_line_wants_to_go_on() {
    let file = [
        "BEGIN:VCARD",
        "FN;QUOTED-PRINTABLE:a=",
        "END:VCARD",
        "BEGIN:VCARD",
        "FN:b",
        "END:VCARD",
    ];
    assert_eq!(names(&file), wanted(&[("a", &[]), ("b", &[])]));
    let odd = [
        "BEGIN:VCARD",
        "NOTE;ENCODING=QUOTED-PRINTABLE:x=",
        "PHOTO;ENCODING=b:QUJD",
        "FN:a",
        "END:VCARD",
    ];
    assert_eq!(
        properties(odd.join("\n").as_bytes())[0].1,
        "xPHOTO;ENCODING=b:QUJD"
    );
}

#[test]
fn many_empty_cards_come_in_many_chunks() {
    let file = "BEGIN:VCARD\nEND:VCARD\nx\n".repeat(50_000);
    let (mut cutter, mut chunk) = (Cutter::new(file.as_bytes()), Chunk::default());
    let (mut most, mut all) = (0, 0);
    while cutter.next_chunk(&mut chunk).expect("memory does not fail") {
        most = most.max(chunk.len());
        all += chunk.len();
    }
    assert!(all == 50_000 && most < 5000, "{all} {most}");
}

#[test]
fn a_card_of_nothing_but_odd_lines_is_read_in_bounded_memory() {
    let file = format!(
        "BEGIN:VCARD\nFN:a\n{}{}END:VCARD",
        "?\n".repeat(20_000),
        "a.B:\n".repeat(60_000)
    );
    let (mut cutter, mut chunk) = (Cutter::new(file.as_bytes()), Chunk::default());
    assert!(cutter.next_chunk(&mut chunk).expect("memory does not fail"));
    let card = cards(&chunk, Charsets::default())
        .next()
        .expect("there is a card");
    assert_eq!((card.properties.len(), card.findings.len()), (50_000, 1000));
}
