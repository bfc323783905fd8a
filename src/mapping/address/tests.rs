//! Addresses in the order of their country, and laws over any parts.

use super::AddressPart::*;
use super::*;
use proptest::prelude::*;

/// An address of these parts.
fn parts<'a>(given: &[(AddressPart, &'a str)]) -> Parts<'a> {
    let mut parts = Parts::default();
    for (part, text) in given {
        parts[*part as usize] = Cow::Borrowed(text);
    }
    parts
}

#[test]
fn an_address_is_joined_in_the_order_of_its_writing() {
    let table = [
        (
            parts(&[
                (Street, "테헤란로 1"),
                (City, "강남구"),
                (Region, "서울특별시"),
                (Country, "대한민국"),
                (Extended, "2층"),
            ]),
            "대한민국 서울특별시 강남구 테헤란로 1 2층",
        ),
        (
            parts(&[
                (Street, "테헤란로 1"),
                (City, "강남구"),
                (Region, "서울특별시"),
            ]),
            "서울특별시 강남구 테헤란로 1",
        ),
        (
            parts(&[
                (Street, "테헤란로 1"),
                (City, "서울"),
                (Country, "South Korea"),
            ]),
            "South Korea 서울 테헤란로 1",
        ),
        (
            parts(&[
                (Street, "1 Example-ro"),
                (City, "Seoul"),
                (Country, "South Korea"),
            ]),
            "1 Example-ro, Seoul, South Korea",
        ),
        (
            parts(&[
                (Street, "千代田1-1"),
                (City, "千代田区"),
                (Region, "東京都"),
                (Country, "日本"),
            ]),
            "日本 東京都千代田区千代田1-1",
        ),
        (
            parts(&[
                (Street, "千代田1-1"),
                (Street2, "例ビル"),
                (City, "千代田区"),
                (Region, "東京都"),
            ]),
            "東京都千代田区千代田1-1 例ビル",
        ),
        (
            parts(&[
                (Street, "1-1"),
                (City, "千代田区"),
                (Region, "東京都"),
                (Country, "JP"),
            ]),
            "JP 東京都千代田区 1-1",
        ),
        (
            parts(&[(Street, "さくら通り1"), (City, "例市"), (Region, "例県")]),
            "例県例市さくら通り1",
        ),
        (
            parts(&[(Street, "建国路1号"), (City, "北京市"), (Country, "中国")]),
            "中国 北京市 建国路1号",
        ),
        (
            parts(&[
                (Street, "信義路1號"),
                (City, "信義區"),
                (Region, "台北市"),
                (Country, "Taiwan"),
            ]),
            "Taiwan 台北市 信義區 信義路1號",
        ),
        (
            parts(&[
                (Street, "1 Example Street"),
                (Extended, "Suite 2"),
                (City, "Springfield"),
                (Region, "IL"),
                (Country, "USA"),
            ]),
            "1 Example Street, Suite 2, Springfield, IL, USA",
        ),
        (
            parts(&[
                (Street, "Beispielweg 1"),
                (PoBox, "Postfach 2"),
                (City, "Köln"),
                (Country, "미국"),
            ]),
            "Beispielweg 1, Postfach 2, Köln, 미국",
        ),
        (
            parts(&[(Street, "1-1"), (City, "2"), (Country, "KR")]),
            "KR 2 1-1",
        ),
        (parts(&[(Street, "1-1"), (City, "2")]), "1-1, 2"),
    ];
    for (parts, joined) in table {
        assert_eq!(join(parts), joined);
    }
}

#[test]
fn one_part_is_borrowed() {
    for part in [
        "서울특별시 강남구 테헤란로 1",
        "1 Example Street",
        "東京都千代田区千代田1-1",
    ] {
        for parts in [
            parts(&[(Street, part)]),
            parts(&[(Region, part)]),
            parts(&[(Formatted, part)]),
        ] {
            assert!(matches!(join(parts), Cow::Borrowed(joined) if joined == part));
        }
    }
    assert_eq!(join(Parts::default()), "");
}

#[test]
fn line_breaks_become_what_divides_parts() {
    for (street, joined) in [
        ("1 Example Street\nSuite 2", "1 Example Street, Suite 2"),
        (
            "1 Example Street,\r\nSuite 2\r\n",
            "1 Example Street, Suite 2",
        ),
        ("테헤란로 1\r\n2층", "테헤란로 1 2층"),
        ("さくら通り\n一番地", "さくら通り一番地"),
    ] {
        assert_eq!(join(parts(&[(Street, street)])), joined);
    }
}

#[test]
fn the_formatted_address_is_used_only_without_parts() {
    let formatted = "서울특별시 강남구 테헤란로 1\n06000";
    assert_eq!(
        join(parts(&[(Formatted, formatted)])),
        "서울특별시 강남구 테헤란로 1 06000"
    );
    assert_eq!(
        join(parts(&[(Formatted, formatted), (Street, "테헤란로 1")])),
        "테헤란로 1"
    );
}

#[test]
fn a_formatted_address_may_only_repeat_its_parts() {
    let parts = parts(&[(Street, "테헤란로 1"), (City, "강남구")]);
    assert!(repeats("강남구 테헤란로 1\n06000", &parts, "06000"));
    assert!(repeats("테헤란로 1, 강남구", &parts, "06000"));
    assert!(repeats("", &parts, "06000"));
    assert!(!repeats("강남구 테헤란로 1, 2층", &parts, "06000"));
}

proptest! {
    #[test]
    fn every_character_of_every_part_is_kept(
        parts in proptest::array::uniform8("[가-깋a-c東京さ0-9,\\-\\r\\n ]{0,6}"),
    ) {
        let [street, street2, street3, extended, po_box, city, region, country] = parts.each_ref().map(String::as_str);
        let joined = join(["", street, street2, street3, extended, po_box, city, region, country].map(Cow::Borrowed)).into_owned();
        let sorted = |text: &str| {
            let mut chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
            chars.sort_unstable();
            chars
        };
        prop_assert_eq!(sorted(&joined), sorted(&parts.concat()));
        prop_assert!(!joined.contains(['\n', '\r']));
    }

    #[test]
    fn any_text_is_joined_without_a_panic(street in any::<String>(), city in any::<String>(), formatted in any::<String>()) {
        let parts = parts(&[(Street, &street), (City, &city), (Formatted, &formatted)]);
        let _ = (repeats(&formatted, &parts, ""), join(parts));
    }
}
