use std::fmt::Write as _;

use encoding_rs::{EUC_KR, SHIFT_JIS};

use super::*;
use crate::source::vcard::Cutter;

fn with_card<T>(version: &str, body: &[u8], look: impl FnOnce(&Card<'_>) -> T) -> T {
    let file = [
        b"BEGIN:VCARD\r\nVERSION:",
        version.as_bytes(),
        b"\r\n",
        body,
        b"\r\nEND:VCARD\r\n",
    ]
    .concat();
    let (mut cutter, mut chunk) = (Cutter::new(file.as_slice()), Chunk::default());
    assert!(cutter.next_chunk(&mut chunk).expect("memory does not fail"));
    let card = cards(&chunk, Charsets::default())
        .next()
        .expect("there is a card");
    look(&card)
}

/// The card in the form `NAME=text`, one property a line, and the kinds of its findings.
fn shown(version: &str, body: &[u8]) -> (String, Vec<FindingKind>) {
    with_card(version, body, |card| {
        let mut text = String::new();
        for property in &card.properties {
            writeln!(
                text,
                "{}={}",
                property.name,
                property.text().replace('\n', "|")
            )
            .expect("memory does not fail");
        }
        (
            text,
            card.findings.iter().map(|finding| finding.kind).collect(),
        )
    })
}

#[test]
fn folded_values_are_joined_as_their_version_says() {
    for (version, body, wanted) in [
        ("3.0", "FN:a\r\n b\r\n\tc", "FN=abc\n"),
        ("3.0", "FN:a\r\n  b", "FN=a b\n"),
        ("4.0", "NOTE:a\r\n\r\n b\r\nFN:c", "NOTE=ab\nFN=c\n"),
        ("4.0", "NOTE:a\r\n    \r\n b\r\nFN:c", "NOTE=a   b\nFN=c\n"),
        ("4.0", "NOTE:a\r\n    \r\nFN:c", "NOTE=a\nFN=c\n"),
        ("2.1", "FN:a\r\n b", "FN=a b\n"),
        ("2.1", "FN;QUOTED-PRINTABLE:=41\r\n =42", "FN=AB\n"),
        ("3.0", "NOTE:a\\\r\n nb", "NOTE=a|b\n"),
        ("3.0", "N\r\n OTE:a", "NOTE=a\n"),
        ("3.0", "FN:a\r\n ", "FN=a\n"),
    ] {
        assert_eq!(
            shown(version, body.as_bytes()),
            (wanted.to_string(), vec![]),
            "{body}"
        );
    }
}

#[test]
fn a_character_torn_by_folding_is_mended() {
    let text = "홍길동";
    let (sjis, _, _) = SHIFT_JIS.encode("安藤");
    for at in 1..text.len() {
        let (start, end) = text.as_bytes().split_at(at);
        let body = [b"FN:", start, b"\r\n ", end].concat();
        assert_eq!(
            shown("3.0", &body),
            ("FN=홍길동\n".to_string(), vec![]),
            "{at}"
        );
        let start: String = start.iter().map(|byte| format!("={byte:02X}")).collect();
        let end: String = end.iter().map(|byte| format!("={byte:02x}")).collect();
        let body = format!("FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{start}=\r\n{end}");
        assert_eq!(
            shown("2.1", body.as_bytes()),
            ("FN=홍길동\n".to_string(), vec![]),
            "{at}"
        );
    }
    let body = [b"FN;CHARSET=SHIFT_JIS:", &sjis[..1], b"\r\n ", &sjis[1..]].concat();
    assert_eq!(shown("3.0", &body).0, "FN=安藤\n");
}

#[test]
fn quoted_printable_goes_on_behind_its_soft_breaks() {
    for (body, wanted) in [
        ("NOTE;QUOTED-PRINTABLE:a=\r\nb=\r\n c", "NOTE=ab c\n"),
        (
            "NOTE;ENCODING=QUOTED-PRINTABLE:a=  \r\n=3D=E=\r\nA=B0=80",
            "NOTE=a=가\n",
        ),
        (
            "NOTE;ENCODING=QUOTED-PRINTABLE:a=\r\n\r\nTEL:1",
            "NOTE=a\nTEL=1\n",
        ),
        (
            "NOTE;ENCODING=QUOTED-PRINTABLE:a=0D=0A=\r\nTEL: 1",
            "NOTE=a|TEL: 1\n",
        ),
        ("NOTE;ENCODING=QUOTED-PRINTABLE:", "NOTE=\n"),
        ("NOTE;ENCODING=QUOTED-PRINTABLE:=", "NOTE=\n"),
    ] {
        assert_eq!(shown("2.1", body.as_bytes()).0, wanted, "{body}");
        assert_eq!(shown("3.0", body.as_bytes()).0, wanted, "{body}");
    }
}

#[test]
fn quoted_printable_may_be_indented_as_if_it_were_folded() {
    let fn_of = |version: &str, value: &str| {
        shown(
            version,
            format!("FN;ENCODING=QUOTED-PRINTABLE:{value}").as_bytes(),
        )
        .0
    };
    assert_eq!(fn_of("2.1", "a=\r\n b=\r\n c"), "FN=abc\n");
    assert_eq!(fn_of("2.1", "a=\r\n b"), "FN=a b\n");
    assert_eq!(fn_of("3.0", "a=\r\n b"), "FN=ab\n");
    assert_eq!(fn_of("2.1", "=EA=B0=\r\n =80"), "FN=가\n");
}

#[test]
fn text_is_decoded_as_its_charset_says_and_else_as_evidence_does() {
    let (cp949, _, _) = EUC_KR.encode("홍길동");
    let (sjis, _, _) = SHIFT_JIS.encode("伊能;圭一");
    let raw = |header: &[u8], value: &[u8]| shown("2.1", &[header, value].concat());
    assert_eq!(
        raw(b"FN;CHARSET=CP949:", &cp949),
        ("FN=홍길동\n".into(), vec![])
    );
    let short = TextEncoding::CP949.encode("주희").0;
    assert_eq!(raw(b"FN:", &short).1, [FindingKind::UncertainEncoding]);
    assert_eq!(
        raw(b"TITLE;CHARSET=KS_C_5601-1987:\xB0\xFA\r\nFN:", &cp949),
        ("TITLE=과\nFN=홍길동\n".into(), vec![])
    );
    let body = [b"N;CHARSET=SHIFT_JIS:", &sjis[..]].concat();
    with_card("2.1", &body, |card| {
        let parts: Vec<_> = card.properties[0]
            .components()
            .map(Cow::into_owned)
            .collect();
        assert_eq!(parts, ["伊能", "圭一"]);
    });
    assert_eq!(
        raw(b"FN;CHARSET=nonsense:", b"Kim"),
        ("FN=Kim\n".into(), vec![FindingKind::UnknownCharset])
    );
    // What the card names on another property holds wherever it fits, whichever comes first.
    assert_eq!(
        raw(
            b"TITLE:\xC3\xE0\r\nFN;CHARSET=windows-1251:",
            b"\xCE\xF0\xEB\xEE\xE2"
        ),
        ("TITLE=Га\nFN=Орлов\n".into(), vec![])
    );
}

#[test]
fn the_callers_encoding_is_used_where_nothing_else_is_known() {
    let (cp949, _, _) = EUC_KR.encode("홍길동");
    let file = [
        b"BEGIN:VCARD\nVERSION:2.1\nFN:",
        &cp949[..],
        b"\nEND:VCARD\n",
    ]
    .concat();
    let (mut cutter, mut chunk) = (Cutter::new(file.as_slice()), Chunk::default());
    assert!(cutter.next_chunk(&mut chunk).expect("memory does not fail"));
    let asked = TextEncoding::from_label("cp949").ok();
    let charsets = Charsets {
        asked,
        pooled: None,
    };
    let card = cards(&chunk, charsets).next().expect("there is a card");
    assert_eq!(
        (&*card.properties[0].value, card.findings.len()),
        ("홍길동", 0)
    );
}

#[test]
fn lines_that_are_no_properties_are_taken_where_they_belong() {
    use FindingKind::{MalformedLine, StrayLine, UnindentedContinuation};
    for (body, wanted, kinds) in [
        (
            "NOTE:a\r\nb c",
            "NOTE=a|b c\n",
            &[UnindentedContinuation][..],
        ),
        (
            "NOTE:a\r\nhttp://example.com",
            "NOTE=a|http://example.com\n",
            &[UnindentedContinuation],
        ),
        (
            "ADR:;;a\\\r\n99\\\r\nb;c",
            "ADR=;;a|99|b;c\n",
            &[UnindentedContinuation, UnindentedContinuation],
        ),
        ("FN:a\r\nb c", "FN=a\n", &[StrayLine]),
        ("NOTE:a\r\n# b\r\nTEL:1", "NOTE=a\nTEL=1\n", &[StrayLine]),
        ("TEL;CELL\r\nFN:a", "FN=a\n", &[MalformedLine]),
        (
            "ADR:;;a\r\nLABEL,TYPE=HOME:b",
            "ADR=;;a\n",
            &[MalformedLine],
        ),
        ("X-A:a\r\nitem1.EMAIL,x:b", "X-A=a\n", &[MalformedLine]),
        ("NOTE:a\r\nTEL,CELL:1", "NOTE=a\n", &[MalformedLine]),
        (
            "NOTE:a\r\nTel: mornings",
            "NOTE=a|Tel: mornings\n",
            &[UnindentedContinuation],
        ),
        (
            "NOTE:a\r\nps: b\r\nTEL:1",
            "NOTE=a|ps: b\nTEL=1\n",
            &[UnindentedContinuation],
        ),
        ("note:a\r\ntel:1", "NOTE=a\nTEL=1\n", &[]),
        ("Fn:a\r\nNote:b\r\nTel:1", "FN=a\nNOTE=b\nTEL=1\n", &[]),
        ("??\r\nFN:a", "FN=a\n", &[StrayLine]),
    ] {
        assert_eq!(
            shown("2.1", body.as_bytes()),
            (wanted.to_string(), kinds.to_vec()),
            "{body}"
        );
    }
}

#[test]
fn parameters_of_all_versions_are_understood() {
    let types = |version: &str, line: &str| {
        with_card(version, line.as_bytes(), |card| {
            let property = &card.properties[0];
            let types: Vec<_> = property.types().map(str::to_ascii_lowercase).collect();
            (types.join(" "), property.preference() == Some(1))
        })
    };
    for (version, line, wanted, preferred) in [
        ("2.1", "TEL;CELL;VOICE:1", "cell voice", false),
        ("2.1", "TEL;PREF;TYPE=WORK:1", "pref work", true),
        (
            "3.0",
            "TEL;type=CELL;type=VOICE;type=pref:1",
            "cell voice pref",
            true,
        ),
        ("3.0", "TEL;TYPE=\"HOME,VOICE\":1", "home voice", false),
        ("3.0", "TEL;TYPE=home, work:1", "home work", false),
        ("4.0", "TEL;PREF=1;TYPE=work:1", "work", true),
        ("4.0", "TEL;PREF=2:1", "", false),
        ("2.1", "TEL;X-NEC-SECRET:1", "x-nec-secret", false),
        ("2.1", "NOTE;QUOTED-PRINTABLE;WORK:1", "work", false),
        ("2.1", "TEL;CELL=;PREF=:1", "cell pref", true),
        ("3.0", "TEL;TYPE:1", "", false),
        ("3.0", "TEL;TYPE=;WORK=:1", "work", false),
    ] {
        assert_eq!(
            types(version, line),
            (wanted.to_string(), preferred),
            "{line}"
        );
    }
}

#[test]
fn labels_are_found_wherever_a_maker_puts_them() {
    for (body, wanted) in [
        (
            "item1.TEL:1\r\nitem1.X-ABLabel:_$!<HomePage>!$_",
            Some("HomePage"),
        ),
        ("ITEM1.TEL:1\r\nitem1.X-ABLabel:회사", Some("회사")),
        ("item1.TEL:1\r\nitem2.X-ABLabel:other", None),
        ("TEL;X-My label:1", Some("My label")),
        ("TEL;X-회사:1", Some("회사")),
        (
            "TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=EA=B0=80=43):1",
            Some("가C"),
        ),
        ("TEL;PREF;X-CUSTOM(plain):1", Some("plain")),
        ("TEL;X-NEC-SECRET:1", None),
        ("TEL;CELL:1", None),
        ("TEL;TYPE=\"费\":1", None),
    ] {
        let label = with_card("2.1", body.as_bytes(), |card| {
            card.properties[0].label(card).map(Cow::into_owned)
        });
        assert_eq!(label.as_deref(), wanted, "{body}");
    }
}

#[test]
fn parameters_may_hold_everything_that_separates() {
    let body = "ADR;GEO=\"geo:1,2\";LABEL=\"A: b; c^nd^'\r\n  e\":;;x";
    with_card("4.0", body.as_bytes(), |card| {
        let address = &card.properties[0];
        assert_eq!(address.value, ";;x");
        assert_eq!(address.param("GEO").expect("it has one").value(), "geo:1,2");
        assert_eq!(
            address.param("LABEL").expect("it has one").value(),
            "A: b; c\nd\" e"
        );
    });
}

#[test]
fn empty_and_odd_properties_are_kept_as_they_are() {
    let body = "item1.TEL;:\r\nemail:a@example.com\r\nX-A:b:c;d\r\nFN :Kim";
    assert_eq!(
        shown("3.0", body.as_bytes()),
        (
            "TEL=\nEMAIL=a@example.com\nX-A=b:c;d\nFN=Kim\n".to_string(),
            vec![]
        )
    );
}

#[test]
fn text_in_base64_is_read_and_broken_base64_is_kept() {
    assert_eq!(
        shown("3.0", b"FN;ENCODING=B;CHARSET=UTF-8:7ZmN6ri4\r\n 64+Z").0,
        "FN=홍길동\n"
    );
    let broken = shown("3.0", b"NOTE;ENCODING=B:not base64!");
    assert_eq!(
        broken,
        (
            "NOTE=not base64!\n".to_string(),
            vec![FindingKind::BadBase64]
        )
    );
}

#[test]
fn versions_are_taken_as_they_are_meant() {
    for (text, wanted) in [
        ("2.1", Version::V21),
        ("3.0", Version::V30),
        ("4.0", Version::V40),
        (" 3.0 ", Version::V30),
        ("5", Version::Unknown),
    ] {
        assert_eq!(
            with_card(text, b"FN:a", |card| card.version),
            wanted,
            "{text}"
        );
    }
    assert_eq!(shown("9", b"FN:a").1, [FindingKind::UnknownVersion]);
}

#[test]
fn what_needs_no_decoding_is_borrowed() {
    with_card(
        "3.0",
        "N:김;민지;;;\r\nTEL;TYPE=CELL:1".as_bytes(),
        |card| {
            let borrowed = |property: &Property<'_>| {
                matches!(property.value, Cow::Borrowed(_))
                    && matches!(property.name, Cow::Borrowed(_))
            };
            assert!(card.properties.iter().all(borrowed));
            assert!(matches!(card.properties[1].params[0].raw, Cow::Borrowed(_)));
        },
    );
}
