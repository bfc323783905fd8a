//! What is written; that it works in a browser is shown by `tests/it/report_page.rs`.

use super::*;
use crate::report::{RecordNote, RecordProblem};
use std::borrow::Cow;

fn row(outcome: Outcome) -> Row<'static> {
    Row {
        source: "a.csv",
        line: 7,
        record: 6,
        outcome,
        contact_id: "",
        name: "",
        code: "",
        field: "",
        message: "",
        phrase: None,
        reach: "",
        created_later: false,
        attempts: 0,
        problems: &[],
        notes: &[],
        notes_json: "",
        fingerprint: None,
    }
}

fn written(row: &Row<'_>) -> String {
    row::of(row, 0, &mut Keys::new()).to_string()
}

/// The page of these rows, and the JSON of its rows.
fn page(rows: &[Row<'_>]) -> (String, Value) {
    let folder = tempfile::tempdir().unwrap();
    let mut html = Html::create(folder.path(), Lang::En).unwrap();
    let mut summary = Summary::default();
    for row in rows {
        summary.count(row, 0);
        html.add(row).unwrap();
    }
    html.finish(&summary, &[], &[], &[]).unwrap();
    let page = std::fs::read_to_string(folder.path().join(FILE)).unwrap();
    let block = page.split("id=\"rows\">").nth(1).unwrap();
    let json = serde_json::from_str(block.split("</script>").next().unwrap()).unwrap();
    (page, json)
}

#[test]
fn a_row_without_problems_is_small() {
    let created = Row {
        name: "김철수",
        contact_id: "c-1",
        attempts: 1,
        ..row(Outcome::Created)
    };
    assert_eq!(written(&created), r#"[1,0,7,6,"김철수","c-1",1]"#);
    assert_eq!(written(&row(Outcome::Valid)), "[0,0,7,6]");
}

#[test]
fn several_problems_are_listed_and_a_single_one_is_not_said_twice() {
    let problem = |code, field, message: &str| RecordProblem {
        code: Cow::Borrowed(code),
        field: Cow::Borrowed(field),
        value: "a value".into(),
        wrong: message.into(),
        ..RecordProblem::default()
    };
    let all = [problem("A", "f", "m"), problem("B", "g", "n")];
    let invalid = |problems| Row {
        code: "A",
        field: "f",
        message: "m",
        problems,
        ..row(Outcome::Invalid)
    };
    assert_eq!(
        written(&invalid(&all[..1])),
        r#"[4,0,7,6,"","",0,"A","f","m"]"#
    );
    assert_eq!(
        written(&invalid(&all)),
        r#"[4,0,7,6,"","",0,"A","f","",[["A","f","m"],["B","g","n"]]]"#
    );
}

#[test]
fn only_values_that_somebody_may_miss_are_listed_as_carried_over() {
    let note = |kind, field: &str, value: &str| RecordNote {
        kind,
        source_field: Some(field.into()),
        value: value.into(),
        detail: Default::default(),
    };
    let notes = [
        note(NoteKind::Trimmed, "Name", " a "),
        note(NoteKind::Repeated, "Mail", "v"),
        note(NoteKind::Binary, "Photo", ""),
    ];
    let row = Row {
        notes: &notes,
        ..row(Outcome::Valid)
    };
    assert_eq!(
        written(&row),
        r#"[0,0,7,6,"","",0,"","","",[],[["binary","Photo",""]]]"#
    );
}

#[test]
fn long_values_are_cut() {
    let name = "홍".repeat(100_000);
    let long = Row {
        name: &name,
        ..row(Outcome::Valid)
    };
    assert!(written(&long).chars().count() < 300);
}

#[test]
fn nothing_in_a_record_can_end_the_block_that_it_stands_in() {
    let name = "</script><script>alert(1)</script><!-- \u{2028}\u{2029} “…” {{script}} \u{0}";
    let (page, rows) = page(&[Row {
        name,
        source: "</SCRIPT>.csv",
        message: "{{words}}",
        ..row(Outcome::Invalid)
    }]);
    assert_eq!(rows[0][4], name);
    assert_eq!(page.matches("</script>").count(), 4);
    assert!(!page.contains("<!-- ") && !page.contains("</SCRIPT>"));
    assert!(!page.contains(['\u{2028}', '\u{2029}']));
}

#[test]
fn a_page_lists_no_more_valid_records_than_it_says() {
    let rows = vec![row(Outcome::Valid); VALID as usize + 5];
    let (page, json) = page(&rows);
    assert_eq!(json.as_array().unwrap().len(), VALID as usize);
    assert!(page.contains(&format!("\"listed\":[{VALID},0")));
}

#[test]
fn the_policy_names_the_style_and_the_script_of_the_page() {
    let (page, _) = page(&[]);
    for (tag, name) in [("style", "style-src"), ("script", "script-src")] {
        let content = page.rsplit(&format!("<{tag}>")).next().unwrap();
        let content = content.split(&format!("</{tag}>")).next().unwrap();
        let hash = STANDARD.encode(digest(&SHA256, content.as_bytes()));
        assert!(page.contains(&format!("{name} 'sha256-{hash}'")), "{tag}");
    }
    let script = script();
    for forbidden in [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "</",
        "<!--",
    ] {
        assert!(!script.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn no_word_is_missing_in_any_language() {
    let words = words(&Keys::new());
    for outcome in Outcome::ALL.map(Outcome::as_str) {
        for key in ["outcome", "means"] {
            assert!(words["en"].get(format!("{key}.{outcome}")).is_some());
        }
    }
    let keys = |lang: Lang| {
        let table = words[lang.as_str()].as_object().unwrap();
        table.keys().cloned().collect::<Vec<_>>()
    };
    for lang in Lang::ALL {
        assert_eq!(keys(lang), keys(Lang::En));
        for (key, word) in words[lang.as_str()].as_object().unwrap() {
            let forms = word
                .as_object()
                .map_or(vec![word], |forms| forms.values().collect());
            let said = |form: &&Value| form.as_str().is_some_and(|form| !form.is_empty());
            assert!(forms.iter().all(said), "{}: {key}", lang.as_str());
        }
    }
}

#[test]
fn every_word_that_the_page_asks_for_is_there() {
    let words = words(&Keys::new());
    let script = script();
    let asked = script
        .split("word(\"")
        .skip(1)
        .chain(PAGE.split("data-word=\"").skip(1));
    let mut count = 0;
    for rest in asked {
        let (key, after) = rest.split_once('"').unwrap();
        if after.starts_with(" +") {
            continue;
        }
        count += 1;
        assert!(words["en"].get(key).is_some(), "{key}");
    }
    assert!(count > 50, "{count}");
}
