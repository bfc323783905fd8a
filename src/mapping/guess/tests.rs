mod headers;

use super::*;
use crate::document::Document;
use crate::mapping::spec::MappingFile;
use crate::mapping::{Missing, Plan, write};
use std::path::Path;

/// What is proposed for a file of these columns and rows: field and confidence of each.
fn proposed(header: &[&str], rows: &[&[&str]]) -> (Columns, Proposal) {
    let columns = Columns::new(header.iter().map(|name| (*name).to_owned()).collect());
    let owned = |row: &&[&str]| row.iter().map(|cell| (*cell).to_owned()).collect();
    let rows: Vec<Vec<String>> = rows.iter().map(owned).collect();
    let proposal = propose(&columns, &rows);
    (columns, proposal)
}

fn is_certain(proposal: &Proposal) -> bool {
    proposal.columns.iter().all(Guess::is_certain)
}

fn fields(header: &[&str], rows: &[&[&str]]) -> Vec<String> {
    let (_, proposal) = proposed(header, rows);
    let shown = |guess: &Guess| {
        let doubt = if guess.is_certain() { "" } else { "? " };
        format!("{doubt}{}", guess.field.called())
    };
    proposal.columns.iter().map(shown).collect()
}

#[test]
fn columns_in_six_languages_are_certain_by_their_names() {
    let tables: &[(&[&str], &[&str])] = &[
        (
            &[
                "Full Name",
                "E-mail",
                "Mobile No.",
                "Company",
                "Job Title",
                "Birthday",
                "Notes",
            ],
            &[
                "Ann Example",
                "ann@example.com",
                "+1 555 010 0001",
                "Example Inc.",
                "CFO",
                "1980-01-02",
                "hi",
            ],
        ),
        (
            &[
                "이름",
                "휴대폰번호",
                "이메일",
                "회사명",
                "부서",
                "직급",
                "주소",
                "우편번호",
                "비고",
            ],
            &[
                "홍길동",
                "010-0000-0001",
                "hong@example.com",
                "예시상사",
                "영업부",
                "차장",
                "서울",
                "06000",
                "",
            ],
        ),
        (
            &[
                "氏名",
                "フリガナ",
                "メールアドレス",
                "携帯電話番号",
                "会社名",
                "部署名",
                "役職",
                "郵便番号",
                "住所",
                "備考",
            ],
            &[
                "見本 花子",
                "ミホン ハナコ",
                "hanako@example.com",
                "090-0000-0001",
                "見本商事",
                "営業部",
                "部長",
                "104-0000",
                "東京都中央区",
                "",
            ],
        ),
        (
            &[
                "Vorname",
                "Nachname",
                "E-Mail-Adresse",
                "Handynummer",
                "Firma",
                "Abteilung",
                "Straße",
                "PLZ",
                "Ort",
                "Geburtsdatum",
            ],
            &[
                "Jörg",
                "Müller",
                "joerg@example.com",
                "+49 151 0000001",
                "Beispiel GmbH",
                "Einkauf",
                "Weg 1",
                "10115",
                "Berlin",
                "02.01.1980",
            ],
        ),
        (
            &[
                "Nom",
                "Prénom",
                "Courriel",
                "Téléphone portable",
                "Société",
                "Fonction",
                "Code postal",
                "Ville",
                "Remarques",
            ],
            &[
                "Dupont",
                "Zoé",
                "zoe@example.com",
                "06 00 00 00 01",
                "Exemple SA",
                "Directrice",
                "75001",
                "Paris",
                "",
            ],
        ),
        (
            &[
                "姓名",
                "手机号码",
                "邮箱",
                "公司名称",
                "部门",
                "职位",
                "地址",
                "邮编",
                "备注",
            ],
            &[
                "王小明",
                "13000000001",
                "wang@example.com",
                "示例公司",
                "销售部",
                "经理",
                "北京市朝阳区",
                "100000",
                "",
            ],
        ),
    ];
    for (header, row) in tables {
        let (columns, proposal) = proposed(header, &[row]);
        let doubtful = fields(header, &[row]);
        assert!(is_certain(&proposal), "{header:?}: {doubtful:?}");
        assert!(
            proposal.spec(&columns).ignore.is_empty(),
            "{header:?}: {doubtful:?}"
        );
    }
}

#[test]
fn a_given_name_is_a_whole_name_where_there_is_no_family_name() {
    let row: &[&[&str]] = &[&["길동", "홍", "010-0000-0001"]];
    assert_eq!(
        fields(&["이름", "성", "전화"], row),
        [
            "contactName.firstName",
            "contactName.lastName",
            "telephones CELLPHONE"
        ]
    );
    assert_eq!(
        fields(&["이름", "전화"], &[&["홍길동", "02-000-0001"]]),
        [
            "contactName, the full name, split by the rules",
            "telephones OTHER"
        ]
    );
    assert_eq!(
        fields(
            &["Name", "Vorname", "Telefon"],
            &[&["Müller", "Jörg", "+49 30 5550100"]]
        ),
        [
            "contactName.lastName",
            "contactName.firstName",
            "telephones OTHER"
        ]
    );
}

#[test]
fn values_raise_doubts_about_names_and_speak_where_names_do_not() {
    let rows: &[&[&str]] = &[
        &[
            "Ann",
            "not yet",
            "ann@example.com",
            "+1 555 010 0001",
            "blue",
            "Mr.",
            "2024-01-02",
            "010-0000-0001",
        ],
        &[
            "Bob",
            "never",
            "bob@example.com",
            "+1 555 010 0002",
            "red",
            "Ms.",
            "2024-01-03",
            "+82 10 0000 0002",
        ],
    ];
    assert_eq!(
        fields(
            &["Name", "Mobile", "C3", "C4", "C5", "Title", "C7", "C8"],
            rows
        ),
        [
            "contactName, the full name, split by the rules",
            "? telephones CELLPHONE",
            "? emails",
            "? telephones OTHER",
            "? none; not imported",
            "contactName.prefix",
            "? none; not imported",
            "? telephones CELLPHONE",
        ]
    );
}

#[test]
fn a_number_under_a_word_for_telephones_is_one_of_the_kind_that_the_name_says() {
    let fields = fields(
        &["Telefon Hütte", "Tel (Boot)", "座机", "Phone Zeta", "Hotel"],
        &[
            &[
                "040 000001",
                "+49 40 000001",
                "010-0000-0001",
                "352099001761",
                "040 000003",
            ],
            &[
                "040 000002",
                "+49 40 000002",
                "010-0000-0002",
                "352099001762",
                "040 000004",
            ],
        ],
    );
    assert_eq!(
        fields,
        [
            "telephones, custom type",
            "telephones, custom type",
            "telephones OTHER",
            "? none; not imported",
            "? none; not imported",
        ]
    );
}

#[test]
fn what_reaches_somebody_in_an_emergency_may_be_a_name_or_a_telephone() {
    let header = ["Name", "緊急連絡先", "E-mail (H)"];
    let field = |value| fields(&header, &[&["Ann", value, "ann@example.com"]]);
    assert_eq!(field("03-0000-0001")[1], "telephones, custom type");
    assert_eq!(field("例田 花子")[1], "none; not imported");
    assert_eq!(field("例田 花子")[2], "emails");
}

#[test]
fn a_telephone_and_a_postal_code_in_several_columns_are_one_each() {
    let header = [
        "氏名",
        "電話番号1",
        "電話番号2",
        "電話番号3",
        "郵便番号1",
        "郵便番号2",
        "住所",
    ];
    let row = ["例田 太郎", "03", "0000", "0001", "100", "0001", "東京都"];
    let (columns, proposal) = proposed(&header, &[&row]);
    let text = write::write(&proposal.spec(&columns), &|_| Vec::new());
    for joined in [
        r#"{ join = ["電話番号1", "電話番号2", "電話番号3"], separator = "-" }"#,
        r#"{ join = ["郵便番号1", "郵便番号2"], separator = "-" }"#,
    ] {
        assert!(text.contains(joined), "{text}");
    }
    let row = [
        "例田 太郎",
        "03-0000-0001",
        "03-0000-0002",
        "",
        "100-0001",
        "",
        "東京都",
    ];
    let (columns, proposal) = proposed(&header, &[&row]);
    let text = write::write(&proposal.spec(&columns), &|_| Vec::new());
    assert!(!text.contains("join"), "{text}");
}

#[test]
fn a_file_needs_a_column_for_a_name_or_company_and_one_to_reach_somebody() {
    let is_usable = |header: &[&str]| proposed(header, &[]).1.certain().is_usable();
    assert!(is_usable(&["Name", "Email"]));
    assert!(is_usable(&["Company", "Email"]));
    assert!(!is_usable(&["Name", "Company"]));
    assert!(!is_usable(&["Email", "Phone"]));
}

#[test]
fn two_columns_for_one_place_are_asked_about() {
    assert_eq!(
        fields(&["직급", "직책"], &[&["차장", "팀장"]]),
        ["organizations.title", "? none; not imported"]
    );
    assert_eq!(
        fields(&["Company", "Company 2"], &[&["A", "B"]]),
        ["organizations.name", "organizations.name"]
    );
}

#[test]
fn addresses_are_put_together_by_place_and_what_is_proposed_can_be_used() {
    let header = [
        "Name",
        "Email",
        "Email",
        "Home Street",
        "Home City",
        "Home Zip",
        "회사 주소",
        "회사 우편번호",
        "Fax",
        "주소",
        "상세주소",
        "생일",
        "음력여부",
        "LINE ID",
        "그룹",
        "Color",
        "",
    ];
    let row = [
        "Ann Example",
        "a@example.com",
        "b@example.com",
        "1 Example St",
        "Springfield",
        "62701",
        "서울 예시로 1",
        "06000",
        "02-000-0001",
        "부산 보기로 2",
        "3층",
        "1980-01-02",
        "음력",
        "ann-line",
        "VIP",
        "blue",
        "x",
    ];
    let (columns, proposal) = proposed(&header, &[&row]);
    let spec = proposal.spec(&columns);
    let text = write::write(&spec, &|name| vec![format!("about {name}")]);
    let file: MappingFile = Document::new("mapping.toml", text.as_str())
        .read()
        .unwrap_or_else(|error| panic!("{error}\n{text}"));
    let missing = Missing::Refuse {
        mapping: Path::new("mapping.toml"),
        input: "test.csv",
    };
    Plan::compile(&file.mapping, columns, missing)
        .unwrap_or_else(|error| panic!("{error}\n{text}"));
    for line in [
        "address = { street = \"Home Street\", city = \"Home City\" }",
        "zipCode = \"Home Zip\"",
        "address = \"회사 주소\"",
        "address = { street = \"주소\", extended = \"상세주소\" }",
        "customType = { constant = \"Fax\" }",
        "dayType = { column = \"음력여부\" }",
        "email = \"Email#2\"",
        "id = \"LINE ID\"",
        "tags = [\"그룹\"]",
        "    \"Color\",",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn an_apostrophe_before_every_cell_is_no_part_of_it() {
    let (columns, proposal) = proposed(
        &["이름", "전화"],
        &[&["'홍길동", "'010-0000-0001"], &["'", "'"]],
    );
    assert!(is_certain(&proposal));
    assert_eq!(proposal.spec(&columns).cell_prefix.as_deref(), Some("'"));
}

#[test]
fn a_messenger_without_a_type_of_the_api_is_one_called_like_its_column() {
    let (columns, proposal) = proposed(
        &["성명", "카톡 ID"],
        &[&["홍길동", "gildong"], &["김보기", "bogi"]],
    );
    assert_eq!(proposal.columns[1].field, Field::Messenger("CUSTOM"));
    let text = write::write(&proposal.spec(&columns), &|_| Vec::new());
    let custom = "customType = { constant = \"카톡 ID\" }";
    assert!(text.contains(custom), "{text}");
}

#[test]
fn whichever_two_fields_are_chosen_both_columns_are_in_a_mapping_that_can_be_used() {
    let header = ["성명", "연락처 2", "E-Mail", "A"];
    let (columns, proposal) = proposed(&header, &[&["홍길동", "x", "hong@example.com", "y"]]);
    for one in Field::all() {
        for other in Field::all() {
            let mut chosen = proposal.clone();
            chosen.choose(1, one, String::new());
            if chosen.rival(1, one).is_some() || chosen.rival(3, other).is_some() {
                continue;
            }
            chosen.choose(3, other, String::new());
            let text = write::write(&chosen.spec(&columns), &|_| Vec::new());
            let file: MappingFile = Document::new("mapping.toml", text.as_str())
                .read()
                .unwrap_or_else(|error| panic!("{error}\n{text}"));
            let spec = file.mapping;
            let missing = Missing::Refuse {
                mapping: Path::new("mapping.toml"),
                input: "people.csv",
            };
            Plan::compile(&spec, columns.clone(), missing)
                .unwrap_or_else(|error| panic!("{error}\n{text}"));
            let named = spec.columns();
            for name in header {
                assert!(named.contains(&vec![name.to_owned()]), "{name}\n{text}");
            }
        }
    }
}
