//! Addresses in the order of their country, and laws over any parts.

use super::*;
use proptest::prelude::*;

const NONE: Parts<'_> = Parts {
    formatted: "",
    street: "",
    street2: "",
    street3: "",
    extended: "",
    po_box: "",
    city: "",
    region: "",
    country: "",
    postal_code: "",
};

#[test]
fn an_address_is_joined_in_the_order_of_its_writing() {
    let table = [
        (
            Parts {
                street: "테헤란로 1",
                city: "강남구",
                region: "서울특별시",
                country: "대한민국",
                extended: "2층",
                ..NONE
            },
            "대한민국 서울특별시 강남구 테헤란로 1 2층",
        ),
        (
            Parts {
                street: "테헤란로 1",
                city: "강남구",
                region: "서울특별시",
                ..NONE
            },
            "서울특별시 강남구 테헤란로 1",
        ),
        (
            Parts {
                street: "테헤란로 1",
                city: "서울",
                country: "South Korea",
                ..NONE
            },
            "South Korea 서울 테헤란로 1",
        ),
        (
            Parts {
                street: "1 Example-ro",
                city: "Seoul",
                country: "South Korea",
                ..NONE
            },
            "1 Example-ro, Seoul, South Korea",
        ),
        (
            Parts {
                street: "千代田1-1",
                city: "千代田区",
                region: "東京都",
                country: "日本",
                ..NONE
            },
            "日本 東京都千代田区千代田1-1",
        ),
        (
            Parts {
                street: "千代田1-1",
                street2: "例ビル",
                city: "千代田区",
                region: "東京都",
                ..NONE
            },
            "東京都千代田区千代田1-1 例ビル",
        ),
        (
            Parts {
                street: "1-1",
                city: "千代田区",
                region: "東京都",
                country: "JP",
                ..NONE
            },
            "JP 東京都千代田区 1-1",
        ),
        (
            Parts {
                street: "さくら通り1",
                city: "例市",
                region: "例県",
                ..NONE
            },
            "例県例市さくら通り1",
        ),
        (
            Parts {
                street: "建国路1号",
                city: "北京市",
                country: "中国",
                ..NONE
            },
            "中国 北京市 建国路1号",
        ),
        (
            Parts {
                street: "信義路1號",
                city: "信義區",
                region: "台北市",
                country: "Taiwan",
                ..NONE
            },
            "Taiwan 台北市 信義區 信義路1號",
        ),
        (
            Parts {
                street: "1 Example Street",
                extended: "Suite 2",
                city: "Springfield",
                region: "IL",
                country: "USA",
                ..NONE
            },
            "1 Example Street, Suite 2, Springfield, IL, USA",
        ),
        (
            Parts {
                street: "Beispielweg 1",
                po_box: "Postfach 2",
                city: "Köln",
                country: "미국",
                ..NONE
            },
            "Beispielweg 1, Postfach 2, Köln, 미국",
        ),
        (
            Parts {
                street: "1-1",
                city: "2",
                country: "KR",
                ..NONE
            },
            "KR 2 1-1",
        ),
        (
            Parts {
                street: "1-1",
                city: "2",
                ..NONE
            },
            "1-1, 2",
        ),
    ];
    for (parts, joined) in table {
        assert_eq!(join(&parts), joined);
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
            Parts {
                street: part,
                ..NONE
            },
            Parts {
                region: part,
                ..NONE
            },
            Parts {
                formatted: part,
                ..NONE
            },
        ] {
            assert!(matches!(join(&parts), Cow::Borrowed(joined) if joined == part));
        }
    }
    assert_eq!(join(&NONE), "");
    assert_eq!(
        join(&Parts {
            postal_code: "06000",
            ..NONE
        }),
        ""
    );
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
        assert_eq!(join(&Parts { street, ..NONE }), joined);
    }
}

#[test]
fn the_formatted_address_is_used_only_without_parts() {
    let formatted = "서울특별시 강남구 테헤란로 1\n06000";
    assert_eq!(
        join(&Parts { formatted, ..NONE }),
        "서울특별시 강남구 테헤란로 1 06000"
    );
    assert_eq!(
        join(&Parts {
            formatted,
            street: "테헤란로 1",
            postal_code: "06000",
            ..NONE
        }),
        "테헤란로 1"
    );
}

#[test]
fn a_formatted_address_may_only_repeat_its_parts() {
    let parts = Parts {
        street: "테헤란로 1",
        city: "강남구",
        postal_code: "06000",
        ..NONE
    };
    assert!(repeats("강남구 테헤란로 1\n06000", &parts));
    assert!(repeats("테헤란로 1, 강남구", &parts));
    assert!(repeats("", &parts));
    assert!(!repeats("강남구 테헤란로 1, 2층", &parts));
}

proptest! {
    #[test]
    fn every_character_of_every_part_is_kept(
        parts in proptest::array::uniform8("[가-깋a-c東京さ0-9,\\-\\r\\n ]{0,6}"),
    ) {
        let [street, street2, street3, extended, po_box, city, region, country] = parts.each_ref().map(String::as_str);
        let joined = join(&Parts { street, street2, street3, extended, po_box, city, region, country, ..NONE }).into_owned();
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
        let parts = Parts { street: &street, city: &city, formatted: &formatted, ..NONE };
        let _ = (join(&parts), repeats(&formatted, &parts));
    }
}
