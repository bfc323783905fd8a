//! Nothing is lost: every value of a row is in the payload, in a note, or in a problem, whatever stands in which column and in
//! the rows beside it.

use super::columns::Columns;
use super::guess;
use super::label::{self, Kind};
use super::preset;
use super::spec::{Expression, Spec, TypeRule};
use super::{Excess, Findings, Missing, Plan, Rules, date, map_row};
use crate::contact::ContactDraft;
use crate::contact::json;
use crate::source::csv::Row;
use proptest::prelude::*;
use serde_json::Value;

/// Every column that a preset knows, under each of its spellings.
fn header_of(spec: &Spec) -> Columns {
    let spellings = spec.columns().into_iter().flatten();
    let mut names: Vec<String> = spellings
        .flat_map(|name| {
            let numbers = if name.contains("{n}") { 1..=2 } else { 1..=1 };
            numbers.map(move |number| name.replace("{n}", &number.to_string()))
        })
        .collect();
    names.extend(["Nobody knows it".to_owned(), String::new()]);
    Columns::new(names)
}

/// What people and programs put into cells.
fn cell() -> impl Strategy<Value = String> {
    let person = prop::sample::select(vec![
        "홍길동",
        "남궁민",
        "길동",
        "홍",
        "見本 花子",
        "花子",
        "ミホン ハナコ",
        "Ann",
        "Ann van der Example",
        "Dr. Ann Example Jr.",
    ]);
    let reach = prop::sample::select(vec![
        "ann@example.com",
        "mailto:bob@example.com",
        "a@example.com ::: b@example.com",
        "010-0000-0001",
        "０９０－００００－０００１",
        "tel:+82-2-000-0001;ext=12",
        "02-000-0001 ::: 02-000-0002",
        "1.01E+09",
        "2000000001",
    ]);
    let label = prop::sample::select(vec![
        "Work",
        "* Home",
        "Mobile",
        "회사",
        "별장",
        "음력",
        "양력",
        "음력 생일",
        "SMTP",
        "Facebook",
        "LINE",
        "Twitter",
        "Birthday",
        "* myContacts",
        "* myContacts ::: 거래처",
        "Red;Blue",
        "Unspecified",
        "Normal",
        "False",
        "標準",
        "指定なし",
    ]);
    let day = prop::sample::select(vec![
        "1990-01-02",
        "0/0/00",
        "00/0/0",
        "2025년 01월 02일",
        "2/3/2020",
        "13/1/2020",
        "--04-12",
        "45231",
        "1988",
        "2",
        "29",
        "someday",
    ]);
    let place = prop::sample::select(vec![
        "서울특별시",
        "강남구",
        "예시로 1\n3층",
        "대한민국",
        "06000",
        "東京都",
        "中央区",
        "見本町1-2-3",
        "104-0000",
        "1 Example St",
        "Springfield",
        "IL",
        "62701",
        "United States",
        "1 Example St\nSpringfield, IL 62701\nUnited States",
    ]);
    let text = prop::sample::select(vec![
        "https://www.example.com",
        "first\nsecond",
        " around ",
        "'quoted",
        "\"",
        "#NAME?",
        "a ::: b",
        "a;b",
        "x",
    ]);
    prop_oneof![
        3 => Just(String::new()),
        1 => "\\PC{0,12}",
        1 => "[a-z ]{90,130}",
        4 => prop_oneof![person, reach, label, day, place, text].prop_map(str::to_owned),
    ]
}

/// What a row became, as far as its values can be found in it.
struct Found {
    texts: Vec<String>,
}

impl Found {
    fn of(plan: &Plan, rules: &Rules, row: &[String]) -> Found {
        let mut findings = Findings::default();
        let mut draft = ContactDraft::default();
        let ends: Vec<usize> = (0..row.len())
            .map(|last| row[..=last].concat().len())
            .collect();
        let values = row.concat();
        let row = Row::without_place(&values, &ends);
        map_row(plan, rules, &row, &mut draft, &mut findings);
        let json: Value = serde_json::from_str(&json::to_json(&draft)).expect("a payload is JSON");
        let mut texts = Vec::new();
        strings(&json, &mut texts);
        for note in &findings.notes {
            texts.extend([note.value.to_string(), note.detail.to_string()]);
        }
        texts.extend(findings.problems.into_iter().map(|problem| problem.value));
        Found { texts }
    }

    /// Whether a value is there: as a whole, or its lines, or the values that it lists.
    fn has(&self, value: &str) -> bool {
        let value = value.trim();
        let parts = |separator: &str| {
            let mut parts = value
                .split(separator)
                .filter(|part| !part.trim().is_empty());
            value.contains(separator) && parts.all(|part| self.has(part))
        };
        value.is_empty()
            || self.texts.iter().any(|text| text.contains(value))
            || parts(" ::: ")
            || parts(";")
            || parts("\n")
    }

    /// Whether the names in a cell of tags are there: they may be separated by commas, too.
    fn has_tags(&self, value: &str) -> bool {
        let mut names = value.split([';', ',', '、', '，']);
        self.has(value) || names.all(|name| self.has(name))
    }
}

fn strings(json: &Value, texts: &mut Vec<String>) {
    match json {
        Value::String(text) => texts.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| strings(item, texts)),
        Value::Object(fields) => fields.values().for_each(|field| strings(field, texts)),
        _ => {}
    }
}

/// Whether a value is a label that became a type, or says nothing about one.
fn became_a_type(value: &str) -> bool {
    let (label, _) = label::marked(value);
    let tables: [fn(&str) -> Kind; 4] = [
        label::telephone,
        label::event,
        label::location,
        label::messenger,
    ];
    tables.iter().any(|table| table(label) != Kind::Custom) || date::is_lunar(value).is_some()
}

/// The columns that hold labels.
fn labels(spec: &Spec, columns: &Columns) -> Vec<usize> {
    let kinds = spec.items().flat_map(|item| [&item.kind, &item.day_type]);
    let labels = kinds.flatten().filter_map(|kind| match kind {
        TypeRule::Label { label, .. } => Some(label),
        _ => None,
    });
    columns_of(labels, columns)
}

fn columns_of<'s>(values: impl Iterator<Item = &'s Expression>, columns: &Columns) -> Vec<usize> {
    let mut found = Vec::new();
    for column in values.flat_map(Expression::columns) {
        let names = column.names.iter();
        found.extend(names.flat_map(|name| super::fit::meant(name, columns)));
    }
    found
}

fn nothing_is_lost(
    spec: &Spec,
    columns: &Columns,
    cells: &[String],
    rules: &Rules,
) -> Result<(), TestCaseError> {
    let plan = Plan::compile(spec, columns.clone(), Missing::LeaveOut).expect("it can be compiled");
    // A word may stand in many cells; with its column's number it can't be found in place of another one.
    let cells = cells.iter().enumerate().map(|(index, cell)| {
        let is_word = !cell.is_empty() && cell.chars().all(char::is_alphabetic);
        match is_word && index % 2 == 1 {
            true => format!("{cell}{index}"),
            false => cell.clone(),
        }
    });
    let cells: Vec<String> = cells.collect();
    let prefix = spec.cell_prefix.as_deref().unwrap_or("");
    let row: Vec<String> = cells.iter().map(|cell| format!("{prefix}{cell}")).collect();
    let found = Found::of(&plan, rules, &row);
    let labels = labels(spec, columns);
    let tags = columns_of(spec.tags.iter(), columns);
    for (index, cell) in cells.iter().enumerate() {
        let is_label = labels.contains(&index);
        let (unmarked, _) = label::marked(cell);
        let is_tags = tags.contains(&index) && found.has_tags(cell);
        let kept =
            found.has(cell) || is_tags || is_label && (became_a_type(cell) || found.has(unmarked));
        let name = columns.names().get(index).map_or("beyond", String::as_str);
        prop_assert!(kept, "`{}` of `{}` is lost", cell, name);
    }
    Ok(())
}

fn rules(carry_over: bool) -> Rules {
    Rules {
        too_long: if carry_over {
            Excess::CarryOver
        } else {
            Excess::Problem
        },
        carry_to_memo: carry_over,
        ..Rules::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 4000, ..ProptestConfig::default() })]

    #[test]
    fn no_value_of_a_known_export_is_lost(
        cells in prop::collection::vec(cell(), 150),
        carry_over in any::<bool>(),
    ) {
        for preset in preset::names().filter_map(preset::get) {
            let columns = header_of(&preset.file.mapping);
            let count = (columns.names().len() + 1).min(cells.len());
            nothing_is_lost(&preset.file.mapping, &columns, &cells[..count], &rules(carry_over))?;
        }
    }

    #[test]
    fn no_value_is_lost_where_columns_are_missing(
        cells in prop::collection::vec(cell(), 150),
        there in prop::collection::vec(any::<bool>(), 150),
    ) {
        for preset in preset::names().filter_map(preset::get) {
            let all = header_of(&preset.file.mapping);
            let some = all.names().iter().zip(&there).filter(|(_, there)| **there);
            let columns = Columns::new(some.map(|(name, _)| name.clone()).collect());
            let count = columns.names().len();
            nothing_is_lost(&preset.file.mapping, &columns, &cells[..count], &rules(false))?;
            let fitted = super::fit::fit(&preset.file.mapping, &columns);
            nothing_is_lost(&fitted, &columns, &cells[..count], &rules(false))?;
        }
    }

    #[test]
    fn no_value_of_an_unknown_file_is_lost(
        names in prop::collection::vec(
            prop::sample::select(vec![
                "이름", "성", "Name", "Vorname", "氏名", "フリガナ", "전화", "Mobile", "Fax", "E-mail", "E-mail 2", "회사", "Company 2", "직급",
                "직책", "주소", "상세주소", "우편번호", "Home City", "생일", "음력여부", "LINE ID", "URL", "비고", "그룹", "Title", "Colour", "",
            ]),
            1..20,
        ),
        cells in prop::collection::vec(cell(), 20),
    ) {
        let columns = Columns::new(names.iter().map(|name| (*name).to_owned()).collect());
        let row = cells[..names.len()].to_vec();
        let proposal = guess::propose(&columns, std::slice::from_ref(&row));
        let spec = Spec { cell_prefix: None, ..proposal.spec(&columns) };
        nothing_is_lost(&spec, &columns, &row, &rules(false))?;
    }
}
