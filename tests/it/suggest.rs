//! Files that fit no export: used where every column is certain, asked about where one is not.

use crate::makers::file::Export;
use crate::world::World;
use cardlift::source::encoding::TextEncoding;

#[test]
fn a_file_with_certain_columns_is_mapped_by_their_names_and_says_so() {
    let read = Export::new(&["성명", "휴대전화", "E-Mail", "회사명", "직위", "비고"])
        .encoded(TextEncoding::CP949)
        .row(&[
            ("성명", "홍길동"),
            ("휴대전화", "010-0000-0001"),
            ("E-Mail", "hong@example.com"),
            ("회사명", "예시상사"),
            ("직위", "차장"),
            ("비고", "첫 줄\n둘째 줄"),
        ])
        .read();
    assert!(
        read.read_as
            .starts_with("no export that is known, mapped by its column names"),
        "{}",
        read.read_as
    );
    assert_eq!(
        read.records[0].contact,
        [
            "firstName=길동",
            "lastName=홍",
            "email=hong@example.com",
            "telephone=CELLPHONE 010-0000-0001",
            "organization=예시상사//차장",
            "memo=첫 줄\n둘째 줄",
        ]
    );
}

#[test]
fn an_uncertain_column_is_never_sent_but_asked_about_and_the_answer_can_be_used() {
    let world = World::new();
    world.write(
        "people.csv",
        "Name,Mobile,Reach,Colour\nAnn Example,+1 555 010 0001,ann@example.com,\u{1b}[31mblue\n",
    );
    let refused = world.run(&["check", "people.csv"]);
    assert_eq!(refused.code, 78, "{}", refused.said);
    for word in ["`Reach`, `Colour`", "cardlift suggest people.csv"] {
        assert!(refused.said.contains(word), "{}", refused.said);
    }
    let suggested = world.run(&["suggest", "people.csv"]);
    assert_eq!(suggested.code, 0, "{}", suggested.said);
    assert!(!suggested.data.contains('\u{1b}'), "{}", suggested.data);
    for line in [
        "# `Name`: 95 % contactName, the whole name, split by the rules: its name says so",
        "#   such as `Ann Example`",
        "fullName = \"Name\"",
        "# `Mobile`: 99 % telephones CELLPHONE: its name says so, and its values look like telephones",
        "# `Reach`: PLEASE CHECK, 80 % emails: its name says nothing, but 100 % of its values look like e-mail addresses",
        "email = \"Reach\"",
        "    # `Colour`: PLEASE CHECK, 10 % none; carried over: neither its name nor its values say what it is",
        "    #   such as `\u{fffd}[31mblue`",
        "    \"Colour\",",
    ] {
        assert!(suggested.data.contains(line), "{line}\n{}", suggested.data);
    }
    world.write("mapping.toml", &suggested.data);
    let checked = world.run(&["check", "people.csv", "--mapping", "mapping.toml"]);
    assert_eq!(checked.code, 0, "{}", checked.said);
}

#[test]
fn a_suggestion_for_a_vcard_is_refused_with_the_reason() {
    let world = World::new();
    world.write(
        "cards.vcf",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann\r\nEND:VCARD\r\n",
    );
    let refused = world.run(&["suggest", "cards.vcf"]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.said.contains("needs no mapping"),
        "{}",
        refused.said
    );
    let missing = world.run(&["suggest", "nowhere.csv"]);
    assert_eq!(missing.code, 66, "{}", missing.said);
}

#[test]
fn what_a_spreadsheet_has_spoilt_is_named_field_by_field_and_never_mended() {
    let read = Export::new(&[
        "이름",
        "휴대폰",
        "이메일",
        "회사",
        "우편번호",
        "주소",
        "생일",
        "메모",
    ])
    .row(&[
        ("이름", "홍길동"),
        ("휴대폰", "1.01E+09"),
        ("이메일", "hong@example.com"),
        ("회사", "#NAME?"),
        ("우편번호", "6236"),
        ("주소", "서울특별시 강남구 예시로 1"),
        ("생일", "45231"),
        ("메모", "########"),
    ])
    .row(&[
        ("이름", "남궁민"),
        ("휴대폰", "1000000001"),
        ("이메일", "nam@example.com"),
        ("생일", "1999-01-02"),
    ])
    .row(&[
        ("이름", "김보기"),
        ("휴대폰", "010-0000-0001"),
        ("생일", "2000-01-02"),
    ])
    .read();
    let problems = &read.records[0].problems;
    for said in [
        "`1.01E+09` (휴대폰) is a long number that a spreadsheet has rounded",
        "`#NAME?` (회사) is a spreadsheet's error",
        "`45231` (생일) is a date that a spreadsheet has turned into its serial number",
        "`########` (메모) is what a spreadsheet shows when a column is too narrow",
    ] {
        assert!(problems.contains(said), "{said}\n{problems}");
    }
    let lost_zero = |record: usize| {
        let notes = read.records[record].notes.iter();
        notes.filter(|note| note["reason"] == "lost_zero").count()
    };
    assert_eq!((lost_zero(0), lost_zero(1)), (1, 1));
    assert_eq!(read.records[1].problems, "");
}

#[test]
fn text_that_was_encoded_twice_is_named_in_the_file_and_at_each_value() {
    let world = World::new();
    let ruined = |text: &str| {
        TextEncoding::WINDOWS_1252
            .decode(text.as_bytes())
            .0
            .into_owned()
    };
    let rows: String = ["José Núñez", "Zoë Müller", "Jörg Weiß"]
        .iter()
        .map(|name| format!("{},someone@example.com\n", ruined(name)))
        .collect();
    world.write("people.csv", format!("Name,Email\n{rows}"));
    let checked = world.run(&["check", "people.csv"]);
    assert!(
        checked.said.contains("was probably `José Núñez`"),
        "{}",
        checked.said
    );
    let results = world.read("cardlift-report/check/results.jsonl");
    assert!(results.contains("it may have been Zoë Müller"), "{results}");
}
