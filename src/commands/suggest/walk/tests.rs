use super::*;
use crate::mapping::columns::Columns;
use crate::mapping::guess;

/// Walks through a file of these rows, the first of which is the header, with these answers; then nobody answers any more.
/// Gives the fields of the columns, where it came to an end, and all that was said.
fn walked(rows: &[&[&str]], answers: &[&str]) -> (Option<Vec<String>>, String) {
    let owned = |row: &&[&str]| row.iter().map(|cell| (*cell).to_owned()).collect();
    let mut rows: Vec<Vec<String>> = rows.iter().map(owned).collect();
    let survey = Survey {
        name: "people.csv".into(),
        encoding: crate::source::encoding::TextEncoding::UTF_8,
        read_as: "UTF-8".into(),
        columns: Columns::new(rows.remove(0)),
        samples: rows,
    };
    let answers: String = answers.iter().map(|answer| format!("{answer}\n")).collect();
    let mut output = Vec::new();
    let mut talk = Talk {
        input: Box::new(answers.as_bytes()),
        output: Box::new(&mut output),
        bold: false,
        columns: None,
    };
    let proposal = guess::propose(&survey.columns, &survey.samples);
    let decided = walk(&mut talk, &survey, proposal);
    drop(talk);
    let fields = |decided: Proposal| decided.columns.iter().map(|one| one.field.path()).collect();
    let fields = match decided {
        Ok(decided) => Some(fields(decided)),
        Err(ended) => {
            assert_eq!(ended.error.to_string(), "nothing was written");
            None
        }
    };
    (fields, String::from_utf8(output).unwrap())
}

const PEOPLE: &[&[&str]] = &[
    &["성명", "휴대폰", "연락", "색"],
    &[
        "홍길동",
        "010-0000-0001",
        "hong@example.com",
        "\u{1b}[31m빨강",
    ],
    &["김보기", "010-0000-0002", "kim@example.com", ""],
];

const NAME: &str = "contactName.fullName";
const MOBILE: &str = "telephones.CELLPHONE";

fn of(fields: &[&str]) -> Option<Vec<String>> {
    Some(fields.iter().map(|field| (*field).to_owned()).collect())
}

#[test]
fn enter_alone_accepts_all_that_is_proposed() {
    let (fields, said) = walked(PEOPLE, &["", "", "", ""]);
    assert_eq!(fields, of(&[NAME, MOBILE, "emails", ""]));
    for text in [
        "people.csv: 4 columns in UTF-8, 2 rows examined",
        "2 of 4 columns are clear:",
        "  성명                   contactName.fullName",
        "[1/2] `연락`",
        "Values: `hong@example.com`, `kim@example.com`",
        "Proposal: emails (e-mail addresses), 80% sure\n  Why: its name says nothing",
        "[2/2] `색`",
        "Values: `\u{fffd}[31m빨강`",
    ] {
        assert!(said.contains(text), "{text}\n{said}");
    }
    assert!(!said.contains('\u{1b}'), "{said}");
}

#[test]
fn a_field_is_chosen_by_number_by_name_and_by_a_word_for_it() {
    // 9 is memo, in the list of the lists.
    let (fields, said) = walked(PEOPLE, &["", "websites", "f", "9", ""]);
    assert_eq!(fields, of(&[NAME, MOBILE, "websites", "memo"]), "{said}");
    let (fields, said) = walked(PEOPLE, &["", "회사전화", "home.city", ""]);
    let chosen = of(&[NAME, MOBILE, "telephones.WORK", "locations.HOME.city"]);
    assert_eq!(fields, chosen, "{said}");
}

#[test]
fn a_list_with_types_is_gone_down_level_by_level() {
    // locations, HOME, city; then back from the types of telephones, and not mapped.
    let (fields, said) = walked(PEOPLE, &["", "f", "6", "2", "7", "f", "3", "", "", "c", ""]);
    assert_eq!(
        fields,
        of(&[NAME, MOBILE, "locations.HOME.city", ""]),
        "{said}"
    );
    assert!(said.contains("telephones.WORK_FAX"), "{said}");
}

#[test]
fn a_misspelt_field_is_named_with_the_nearest_ones() {
    let (fields, said) = walked(PEOPLE, &["", "webstes", "websites", "", ""]);
    assert_eq!(fields, of(&[NAME, MOBILE, "websites", ""]));
    assert!(
        said.contains("No field `webstes`; nearest: `websites`."),
        "{said}"
    );
}

#[test]
fn a_field_of_which_there_is_one_is_not_given_twice_but_can_change_hands() {
    let (fields, said) = walked(PEOPLE, &["", "fullName", "", "", "", ""]);
    assert_eq!(fields, of(&[NAME, MOBILE, "emails", ""]), "{said}");
    assert!(
        said.contains(
            "A contact has only one contactName.fullName, and `성명` goes there already."
        )
    );

    let (fields, said) = walked(PEOPLE, &["", "", "fullName", "r", "memo", ""]);
    assert_eq!(fields, of(&["memo", MOBILE, "emails", NAME]), "{said}");
    assert!(said.contains("[3/3] `성명`"), "{said}");
}

#[test]
fn going_back_asks_again() {
    let (fields, said) = walked(PEOPLE, &["", "memo", "b", "c", "", "b", "tags", ""]);
    assert_eq!(fields, of(&[NAME, MOBILE, "", "tags"]), "{said}");
    assert!(
        said.contains("So far: memo (memo)\n  Why: chosen"),
        "{said}"
    );
    let (fields, said) = walked(PEOPLE, &["", "b", "r", "", "", "c", "", ""]);
    assert_eq!(fields, of(&[NAME, MOBILE, "", ""]), "{said}");
}

#[test]
fn a_column_can_be_changed_at_the_end_and_what_is_missing_is_said() {
    let people = &[&["Colour", "Shape"][..], &["blue", "round"][..]];
    let (fields, said) = walked(people, &["", "", "1", "fullName", "2", "ｆ", "２", ""]);
    assert_eq!(fields, of(&[NAME, "emails"]), "{said}");
    assert!(said.contains("! No column holds a name"), "{said}");
    assert!(said.contains("! No column holds an e-mail"), "{said}");
}

#[test]
fn whoever_leaves_or_does_not_answer_decides_nothing() {
    for answers in [
        &[][..],
        &["q"],
        &["", "q"],
        &["", "f", "q"],
        &["", "", ""],
        &["", "", "", "ㅂ"],
    ] {
        let (fields, said) = walked(PEOPLE, answers);
        assert_eq!(fields, None, "{answers:?}\n{said}");
    }
}

#[test]
fn columns_without_a_name_and_of_an_earlier_run_are_not_asked_about() {
    let people = &[
        &["Name", "Email", "", "cardlift_reason"][..],
        &["Ann", "ann@example.com", "x", "y"][..],
    ];
    let (fields, said) = walked(people, &["", ""]);
    assert_eq!(fields, of(&[NAME, "emails", "", ""]), "{said}");
    assert!(said.contains("2 of 2 columns are clear"), "{said}");
}
