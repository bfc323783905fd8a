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
            .starts_with("unknown format; mapped by column name"),
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
fn an_uncertain_column_is_never_sent_but_named_and_a_person_can_map_it() {
    let world = World::new();
    world.write(
        "people.csv",
        "Name,Mobile,Reach,Colour\nAnn Example,+1 555 010 0001,ann@example.com,\u{1b}[31mblue\n",
    );
    let checked = world.run(&["check", "people.csv"]);
    assert_eq!(checked.code, 0, "{}", checked.said);
    for text in [
        "`Mobile` → telephones CELLPHONE",
        "not imported: `Reach` (1 value): its name says nothing",
        "Not imported: Colour (1 value)",
    ] {
        assert!(checked.said.contains(text), "{}", checked.said);
    }
    let quiet = world.run(&["check", "people.csv", "--quiet"]);
    assert!(!quiet.said.contains("Reach"), "{}", quiet.said);
    let suggested = world.run(&["suggest", "people.csv"]);
    assert_eq!(suggested.code, 0, "{}", suggested.said);
    assert!(!suggested.data.contains('\u{1b}'), "{}", suggested.data);
    for line in [
        "# `Name`: 95% contactName, the full name, split by the rules: its name says so",
        "#   such as `Ann Example`",
        "fullName = \"Name\"",
        "# `Mobile`: 99% telephones CELLPHONE: its name says so, and its values look like phone numbers",
        "# `Reach`: PLEASE CHECK, 80% emails: its name says nothing, but 100% of its values look like e-mail addresses",
        "email = \"Reach\"",
        "    # `Colour`: PLEASE CHECK, 10% none; not imported: neither its name nor its values say what it is",
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
        "`45231` (생일) is a date that a spreadsheet has turned into a serial number",
    ] {
        assert!(problems.contains(said), "{said}\n{problems}");
    }
    // What a contact can do without is left out, and named.
    let notes = read.records[0].notes.iter();
    let left_out: Vec<_> = notes
        .filter(|note| note["reason"] == "spreadsheet_error")
        .map(|note| note["source_field"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(left_out, ["회사", "메모"]);
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
    let checked = world.run(&["check", "people.csv", "--details"]);
    assert!(
        checked.said.contains("was probably `José Núñez`"),
        "{}",
        checked.said
    );
    let results = world.read("cardlift-report/check/results.jsonl");
    assert!(results.contains("it may have been Zoë Müller"), "{results}");
}

#[test]
fn a_mapping_is_written_to_a_file_and_never_over_one_that_is_there() {
    let world = World::new();
    world.write("people.csv", "Name,Mobile\nAnn Example,+1 555 010 0001\n");
    let written = world.run(&["suggest", "people.csv", "--output", "mapping.toml"]);
    assert_eq!(
        (written.code, written.data.as_str()),
        (0, ""),
        "{}",
        written.said
    );
    let next = "  cardlift check people.csv --mapping mapping.toml\n";
    assert!(written.said.contains(next), "{}", written.said);
    assert!(world.read("mapping.toml").contains("fullName = \"Name\""));

    world.write("mapping.toml", "mine");
    let refused = world.run(&["suggest", "people.csv", "--output", "mapping.toml"]);
    assert_eq!(refused.code, 2, "{}", refused.said);
    assert!(refused.said.contains("--force"), "{}", refused.said);
    assert_eq!(world.read("mapping.toml"), "mine");
    let forced = world.run(&[
        "suggest",
        "people.csv",
        "--output",
        "mapping.toml",
        "--force",
    ]);
    assert_eq!(forced.code, 0, "{}", forced.said);
    assert!(world.read("mapping.toml").contains("fullName = \"Name\""));
}

#[test]
fn what_suggest_writes_is_in_the_language_that_was_asked_for() {
    let world = World::new();
    world.write("people.csv", "성명,휴대폰,색\n홍길동,010-0000-0001,빨강\n");
    for (lang, text) in [
        (
            "ko",
            "# `색`: 확인 필요(10%), 매핑 안 함(보고서에만 남음): 열 이름으로도 값으로도",
        ),
        ("ja", "# `색`: 要確認、10%: 判別できません(取り込まない)"),
    ] {
        let suggested = world.run(&["suggest", "people.csv", "--lang", lang]);
        assert!(suggested.data.contains(text), "{}", suggested.data);
    }
}

/// Runs the binary in a terminal, with these lines typed into it.
#[cfg(unix)]
fn typed(world: &World, args: &[&str], lines: &str) -> crate::world::Ran {
    let mut command = std::process::Command::new(crate::world::binary());
    world.at_home(command.args(args));
    crate::pty::typed(&mut command, lines)
}

#[cfg(unix)]
#[test]
fn at_a_terminal_a_person_is_asked_column_by_column_and_the_mapping_can_be_used() {
    let world = World::new();
    world.write(
        "사람들.csv",
        "성명,휴대폰,연락,대화방\n홍길동,010-0000-0001,hong@example.com,gildong\n",
    );
    let lines = "\n\nmessengers.CUSTOM\n\n\n";
    let walked = typed(&world, &["suggest", "사람들.csv", "--lang", "ko"], lines);
    assert_eq!(walked.code, 0, "{}", walked.data);
    for text in [
        "열 4개 중 확실한 열 2개",
        "[2/2] `대화방`",
        "cardlift check 사람들.csv --mapping mapping.toml",
    ] {
        assert!(walked.data.contains(text), "{text}\n{}", walked.data);
    }
    let mapping = world.read("mapping.toml");
    assert!(
        mapping.contains("customType = { constant = \"대화방\" }"),
        "{mapping}"
    );
    let checked = world.run(&["check", "사람들.csv", "--mapping", "mapping.toml"]);
    assert_eq!(checked.code, 0, "{}", checked.said);
}

#[cfg(unix)]
#[test]
fn a_person_who_leaves_has_nothing_written() {
    let world = World::new();
    world.write("people.csv", "Name,Mobile\nAnn Example,+1 555 010 0001\n");
    // Ctrl-D, as a terminal sends it.
    for lines in ["q\n", "\u{4}"] {
        let left = typed(&world, &["suggest", "people.csv"], lines);
        assert_eq!(left.code, 2, "{}", left.data);
        assert!(left.data.contains("nothing was written"), "{}", left.data);
        assert!(!world.path("mapping.toml").exists());
    }
    let asked = typed(&world, &["suggest", "people.csv", "--no-input"], "");
    assert_eq!(asked.code, 0, "{}", asked.data);
    assert!(asked.data.contains("fullName = \"Name\""), "{}", asked.data);
}
