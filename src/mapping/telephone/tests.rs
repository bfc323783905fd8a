//! Telephones as people write them, and laws over any of them.

use super::*;
use proptest::prelude::*;

fn normal(raw: &str) -> String {
    normalize(raw).into_owned()
}

#[test]
fn what_the_service_takes_is_not_touched() {
    for telephone in [
        "",
        "010-0000-0001",
        "+82 10-0000-0001",
        "02)000-0000",
        "(02) 000 0000",
        "*123#",
        "010-0000-0001p12",
        "02\u{3000}000",
        "--",
        "+82(0)10 0000 0001",
        "02-0000-0001T9#",
    ] {
        let normalized = normalize(telephone);
        assert_eq!(normalized, telephone);
        assert!(matches!(normalized, Cow::Borrowed(_)));
    }
    let trimmed = normalize("\u{a0} 010-0000-0001\t");
    assert_eq!(trimmed, "010-0000-0001");
    assert!(matches!(trimmed, Cow::Borrowed(_)));
}

#[test]
fn other_ways_of_writing_are_mended() {
    for (raw, telephone) in [
        ("tel:+82-10-0000-0001", "+82-10-0000-0001"),
        ("TEL: 010 0000 0001", "010 0000 0001"),
        ("tel:+1-201-555-0100;ext=12", "+1-201-555-0100P12"),
        ("tel:02-000-0000;phone-context=example.com", "02-000-0000"),
        ("０１０－００００－０００１", "010-0000-0001"),
        ("（０２）０００－００００", "(02)000-0000"),
        ("＋８２　１０", "+82\u{3000}10"),
        ("03ー0000ー0001", "03-0000-0001"),
        ("03ｰ0000ｰ0001", "03-0000-0001"),
        ("010–0000—0001", "010-0000-0001"),
        ("010‐0000‑0001", "010-0000-0001"),
        ("010−0000 – 0001", "010-0000 - 0001"),
        ("010\u{a0}0000\u{2009}0001", "010 0000 0001"),
        ("\u{202a}+82 10-0000-0001\u{202c}", "+82 10-0000-0001"),
        ("010\u{200b}00000001\u{feff}", "01000000001"),
        ("010.0000.0001", "010-0000-0001"),
        ("010. 0000. 0001", "010-0000-0001"),
        ("010·0000·0001", "010-0000-0001"),
        ("+1 (201).555.0100", "+1 (201)-555-0100"),
        ("02-000-0000,12", "02-000-0000P12"),
        ("02-000-0000,,123456789#", "02-000-0000PP123456789#"),
        ("02-000-0000;12", "02-000-0000T12"),
        ("02-000-0000w12", "02-000-0000T12"),
        ("02-000-0000 ext. 12", "02-000-0000P12"),
        ("02-000-0000 Ext 12", "02-000-0000P12"),
        ("02-000-0000, ext. 12", "02-000-0000P12"),
        ("02-000-0000 Extension: 12", "02-000-0000P12"),
        ("02-000-0000x12", "02-000-0000P12"),
        ("02-000-0000ext12", "02-000-0000P12"),
        ("02-000-0000(내선 12)", "02-000-0000P12"),
        ("02-000-0000 내선번호: 12", "02-000-0000P12"),
        ("03-0000-0001（内線１２）", "03-0000-0001P12"),
        ("010-0000-0001转12", "010-0000-0001P12"),
        ("010-0000-0001 分机 12", "010-0000-0001P12"),
        ("(02)000-0000#12 x3", "(02)000-0000#12P3"),
        ("02)000~0000", "02)000-0000"),
        ("010_0000_0001", "010-0000-0001"),
        ("(직장)02-000-0000", "02-000-0000"),
        ("휴: 010-0000-0001", "010-0000-0001"),
        ("p: 030 000 0001", "030 000 0001"),
        ("oder 030 000 0001", "030 000 0001"),
        ("030 000-0001 Durchw. 12", "030 000-0001P12"),
        ("０１０～００００～０００１", "010-0000-0001"),
    ] {
        assert_eq!(normal(raw), telephone, "{raw}");
        assert_eq!(
            matches!(normalize(raw), Cow::Owned(_)),
            raw != telephone,
            "{raw}"
        );
    }
}

#[test]
fn what_cannot_be_mended_without_a_guess_stays() {
    for raw in [
        "02-000-0000,02-000-0001",
        "02-000-0000;+82 2 000 0001",
        "1500-0000,1500-0001",
        "02-000-0000 / 02-000-0001",
        "02-000-0000, 0001",
        "02-0000-0001~3",
        "010-0000-0001\n02-000-0000",
        "010-xx00-0001",
        "tel@example.com",
        "없음",
        "ー",
        "x12",
        "010-0000-0001 (김 비서)",
        "02-000-0000;phone-context=+82",
        "1.01E+09",
    ] {
        assert_eq!(normal(raw), raw);
        assert!(matches!(normalize(raw), Cow::Borrowed(_)));
    }
}

#[test]
fn the_numbers_of_a_cell_are_told_from_the_parts_of_one() {
    for (cell, parts) in [
        (
            "02-000-0000,02-000-0001",
            &["02-000-0000", "02-000-0001"][..],
        ),
        (
            "T. 02-000-0000 M. 010-0000-0001",
            &["T. 02-000-0000", "M. 010-0000-0001"],
        ),
        (
            "02 000 0000 010 0000 0001",
            &["02 000 0000", "010 0000 0001"],
        ),
        (
            "02-000-0000 또는 010-0000-0001",
            &["02-000-0000", "또는 010-0000-0001"],
        ),
        (
            "010-0000-0001 010-0000-0002",
            &["010-0000-0001", "010-0000-0002"],
        ),
        (
            "+82 2 000 0000 +82 10-0000-0001",
            &["+82 2 000 0000", "+82 10-0000-0001"],
        ),
    ] {
        assert_eq!(numbers(cell), parts);
    }
    for cell in [
        "02-000-0000 ext. 12",
        "+1 201 555 0100 0100",
        "02-000-0000,,123456",
        "010-0000-0001 (김 비서)",
    ] {
        assert_eq!(numbers(cell), [cell]);
    }
}

#[test]
fn what_can_be_mended_is_mended_beside_what_cannot() {
    assert_eq!(normal("０２.000.0000 (김 비서)"), "02-000-0000 (김 비서)");
}

fn key(telephone: &str) -> String {
    let mut out = "left over".to_owned();
    comparable(telephone, &mut out);
    out
}

#[test]
fn writings_of_one_number_are_equal() {
    for writings in [
        &[
            "010-0000-0001",
            "+82 10-0000-0001",
            "0082 10 0000 0001",
            "+82 (0)10 0000 0001",
            "(+82)10-0000-0001",
            "01000000001",
        ] as &[&str],
        &["03-0000-0001", "+81 3 0000 0001", "0300000001"],
        &["+1 201-555-0100", "001 201 555 0100", "(201) 555-0100"],
        &["+353 1 000 0001", "01 000 0001"],
        &["02-000-0001P12", "+82 2 000 0001p12", "02 000 0001 T12"],
    ] {
        let keys: Vec<String> = writings.iter().map(|writing| key(writing)).collect();
        assert!(keys.iter().all(|one| *one == keys[0]), "{keys:?}");
        assert!(!keys[0].is_empty());
    }
}

#[test]
fn other_numbers_and_extensions_are_not_equal() {
    assert_ne!(key("010-0000-0001"), key("010-0000-0002"));
    assert_ne!(key("02-000-0001P12"), key("02-000-0001P13"));
    assert_ne!(key("02-000-0001P12"), key("02-000-0001"));
    assert_ne!(key("02-000-0001P2"), key("02-000-00012"));
    for nothing in ["", "-", "12", "0000", "+82", "+", "P123", "000 12"] {
        assert_eq!(key(nothing), "", "{nothing}");
    }
}

fn digits(text: &str) -> String {
    text.chars()
        .map(narrow)
        .filter(char::is_ascii_digit)
        .collect()
}

fn written() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,4}",
        "[０-９]{1,4}",
        "[-.,;~()#*+pPtTwx /－ーｰ–～·\u{3000}\u{a0}\u{200b}]",
        proptest::sample::select(vec![
            "tel:",
            " ext. ",
            ";ext=",
            "내선 ",
            "(内線",
            "x",
            ";phone-context=",
            "김",
            "\n"
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn digits_are_kept_in_their_order(raw in written()) {
        prop_assert_eq!(digits(&normal(&raw)), digits(&raw));
    }

    #[test]
    fn normalizing_again_changes_nothing_in_what_the_service_takes(raw in written()) {
        let once = normal(&raw);
        if is_telephone(&once) {
            prop_assert_eq!(normal(&once), once);
        }
    }

    #[test]
    fn any_text_is_normalized_without_a_panic(raw in any::<String>()) {
        prop_assert_eq!(digits(&normal(&raw)), digits(&raw));
        let _ = key(&raw);
    }
}
