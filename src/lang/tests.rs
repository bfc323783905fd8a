//! The catalogues say the same in every language, and all that the program says is in them.

use super::*;
use crate::commands::explain_code::{PARTS, codes};
use crate::contact::Code;
use crate::ledger::RunState;
use crate::mapping::guess::Field;
use crate::note::NoteKind;
use crate::note::TOLD;
use crate::report::Outcome;
use crate::report::message::LEFT_OPEN;
use fluent_syntax::ast;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use strum::VariantArray as _;

/// The variables of each text, by its key or `key.attribute`.
type Variables = BTreeMap<String, BTreeSet<String>>;

fn variables(text: &str) -> Variables {
    let resource = fluent_syntax::parser::parse(text)
        .unwrap_or_else(|(_, errors)| panic!("the catalogue can't be parsed: {errors:?}"));
    let mut found = Variables::new();
    for entry in resource.body {
        let ast::Entry::Message(message) = entry else {
            continue;
        };
        let id = message.id.name;
        let mut insert = |key: String, pattern: &ast::Pattern<&str>| {
            let mut names = BTreeSet::new();
            in_pattern(pattern, &mut names);
            assert!(
                found.insert(key.clone(), names).is_none(),
                "{key} is there twice"
            );
        };
        if let Some(value) = &message.value {
            insert(id.to_owned(), value);
        }
        for attribute in &message.attributes {
            insert(format!("{id}.{}", attribute.id.name), &attribute.value);
        }
    }
    found
}

fn in_pattern(pattern: &ast::Pattern<&str>, names: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            in_expression(expression, names);
        }
    }
}

fn in_expression(expression: &ast::Expression<&str>, names: &mut BTreeSet<String>) {
    let mut inline = |inline: &ast::InlineExpression<&str>| match inline {
        ast::InlineExpression::VariableReference { id } => {
            names.insert(id.name.to_owned());
        }
        ast::InlineExpression::MessageReference { id, .. } => {
            assert_eq!(
                id.name, "records",
                "only the count of records is referred to"
            );
            names.insert("count".to_owned());
        }
        ast::InlineExpression::StringLiteral { .. } => {}
        other => panic!("the catalogues need no {other:?}"),
    };
    match expression {
        ast::Expression::Inline(one) => inline(one),
        ast::Expression::Select { selector, variants } => {
            inline(selector);
            for variant in variants {
                in_pattern(&variant.value, names);
            }
        }
    }
}

#[test]
fn every_language_has_the_same_keys_with_the_same_variables() {
    for catalogue in [&MESSAGES, &PAGES] {
        let english = variables(catalogue.texts(Lang::En));
        for lang in [Lang::Ko, Lang::Ja] {
            let other = variables(catalogue.texts(lang));
            let (these, those): (BTreeSet<_>, BTreeSet<_>) =
                (english.keys().collect(), other.keys().collect());
            assert_eq!(these, those, "the keys of {}", lang.as_str());
            for (key, names) in &english {
                assert_eq!(names, &other[key], "{key} in {}", lang.as_str());
            }
        }
    }
}

/// The keys that the sources name as a literal, with the variables that they give.
fn used_in_sources() -> Vec<(String, BTreeSet<String>)> {
    let mut used = Vec::new();
    each_source(&mut |source| uses(source, &mut used));
    used
}

fn each_source(see: &mut dyn FnMut(&str)) {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs")
                && !path.ends_with("lang/mod.rs")
                && !path.ends_with("lang/tests.rs")
            {
                see(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
}

fn uses(source: &str, used: &mut Vec<(String, BTreeSet<String>)>) {
    let source = source.replace("keyed!(", "tr!(");
    let source = source.replace("failed!(", "tr!(failed ");
    for (at, _) in source.match_indices("tr!(") {
        if source[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let call = &source[at + "tr!(".len()..];
        let mut depth = 1;
        let end = call.find(|c| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            depth == 0
        });
        let call = &call[..end.unwrap_or(call.len())];
        // The key of a failure stands behind its exit code.
        let call = match call.strip_prefix("failed ") {
            Some(failed) => failed.split_once(',').map_or(failed, |(_, rest)| rest),
            None => call,
        };
        let Some(rest) = call.trim_start().strip_prefix('"') else {
            continue;
        };
        let (key, rest) = rest.split_once('"').unwrap();
        let mut names = BTreeSet::new();
        let mut depth = 0;
        for (at, c) in rest.char_indices() {
            depth += i32::from("([{".contains(c)) - i32::from(")]}".contains(c));
            if c == ',' && depth == 0 {
                // A name alone is that of a variable, too.
                let one = rest[at + 1..].split(',').next().unwrap();
                let name = one.split(" = ").next().unwrap().trim();
                let is_name = |c: char| c.is_ascii_lowercase() || c == '_';
                names.extend(
                    (!name.is_empty() && name.chars().all(is_name)).then(|| name.to_owned()),
                );
            }
        }
        used.push((key.to_owned(), names));
    }
}

#[test]
fn no_text_is_missing_and_none_is_unused() {
    let catalogue = variables(MESSAGES.texts(Lang::En));
    // These are named where the catalogues are read, and by other texts.
    let named = ["joined", "records", "title-service"];
    let mut used: BTreeSet<String> = named.map(str::to_owned).into();
    for (key, names) in used_in_sources() {
        let wanted = catalogue.get(&key);
        assert_eq!(wanted, Some(&names), "the variables of {key}");
        used.insert(key);
    }
    // Phrases are said later, and their variables compared there.
    let mut sources = String::new();
    each_source(&mut |source| sources.push_str(source));
    let is_named = |key: &&String| sources.contains(&format!("\"{key}\""));
    used.extend(catalogue.keys().filter(is_named).cloned());
    used.extend(NoteKind::ALL.iter().map(|kind| format!("note-{kind}")));
    used.extend(TOLD.iter().map(|kind| format!("told-{kind}")));
    used.extend(
        Outcome::ALL
            .iter()
            .map(|one| format!("outcome-{}", one.as_str())),
    );
    let states = RunState::VARIANTS.iter();
    used.extend(states.map(|state| format!("run-{}", state.into_str())));
    used.extend(codes().map(|code| format!("title-{code}")));
    used.extend(PARTS.map(|part| format!("codes-{part}")));
    used.extend(LEFT_OPEN.map(|code| format!("title-{code}")));
    let paths = Field::all().into_iter().map(Field::path);
    let proper = ["FACEBOOK", "LINE", "X"];
    for path in paths {
        let parts = path.split('.').filter(|part| !proper.contains(part));
        used.extend(parts.map(|part| format!("field-{part}")));
    }
    for code in Code::ALL {
        let of_code = |stem: &str| {
            let key = format!("{stem}-{code}");
            let longer = format!("{key}-");
            let keys: Vec<String> = catalogue
                .keys()
                .filter(|one| **one == key || one.starts_with(&longer))
                .cloned()
                .collect();
            assert!(!keys.is_empty(), "no {key}");
            keys
        };
        used.extend(of_code("wrong"));
        used.extend(of_code("mend"));
    }
    let there: BTreeSet<String> = catalogue.into_keys().collect();
    let missing: Vec<_> = used.difference(&there).collect();
    let unused: Vec<_> = there.difference(&used).collect();
    assert!(
        missing.is_empty() && unused.is_empty(),
        "missing {missing:?}, unused {unused:?}"
    );
}

#[test]
fn a_reason_needs_no_escapes_in_json() {
    for lang in Lang::ALL {
        for kind in NoteKind::ALL {
            let reason = text_in(lang, &format!("note-{kind}"), &[]);
            let harmless = |c: char| !c.is_control() && c != '"' && c != '\\';
            assert!(reason.chars().all(harmless), "{reason}");
        }
    }
}

#[test]
fn the_locale_names_the_language() {
    let of = |all: &str, messages: &str, lang: &str| {
        Lang::of_locale(|name| {
            let value = match name {
                "LC_ALL" => all,
                "LC_MESSAGES" => messages,
                _ => lang,
            };
            Some(value.to_owned())
        })
    };
    assert_eq!(of("", "", "ko_KR.UTF-8"), Lang::Ko);
    assert_eq!(of("", "ja_JP.eucJP", "ko_KR.UTF-8"), Lang::Ja);
    assert_eq!(of("C", "ja_JP.UTF-8", "ja_JP.UTF-8"), Lang::En);
    assert_eq!(of("", "", "KO"), Lang::Ko);
    assert_eq!(of("", "", "kok_IN"), Lang::En);
    assert_eq!(of("", "", "de_DE@euro"), Lang::En);
    assert_eq!(Lang::of_locale(|_| None), Lang::En);
}

#[test]
fn counts_are_said_in_the_plural_and_with_thousands_set_apart() {
    let records = |lang, count: u64| text_in(lang, "records", &[("count", count.into())]);
    assert_eq!(records(Lang::En, 1), "1 record");
    assert_eq!(records(Lang::En, 1_234_567), "1,234,567 records");
    assert_eq!(records(Lang::Ko, 1_234), "레코드 1,234건");
    assert_eq!(records(Lang::Ja, 0), "レコード 0 件");
}

/// The words that a glossary tells not to use: the third column of its table.
fn forbidden(lang: Lang) -> Vec<String> {
    let glossary = repository_file(&of_language("docs/glossary", lang));
    let rows = glossary
        .lines()
        .filter(|line| line.starts_with('|'))
        .skip(2);
    let third = rows.filter_map(|row| row.trim_matches('|').split('|').nth(2));
    third
        .flat_map(|cell| cell.split(','))
        .map(|word| word.trim().trim_matches('`').to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

fn of_language(stem: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{stem}.md"),
        _ => format!("{stem}.{}.md", lang.as_str()),
    }
}

fn repository_file(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn no_text_has_a_word_that_the_glossary_forbids() {
    let words: serde_json::Value =
        serde_json::from_str(&repository_file("src/report/html/words.json")).unwrap();
    for lang in Lang::ALL {
        let forbidden = forbidden(lang);
        assert!(
            !forbidden.is_empty(),
            "the glossary of {} has words",
            lang.as_str()
        );
        let mut texts = vec![
            ("messages".to_owned(), MESSAGES.texts(lang).to_owned()),
            ("explain-code".to_owned(), PAGES.texts(lang).to_owned()),
            ("--help".to_owned(), HELP.texts(lang).to_owned()),
            ("page".to_owned(), words[lang.as_str()].to_string()),
        ];
        for stem in ["README", "docs/every-night", "docs/login"] {
            let path = of_language(stem, lang);
            texts.push((path.clone(), repository_file(&path)));
        }
        for (place, text) in texts {
            for (number, line) in text.lines().enumerate() {
                // A comment of a catalogue is shown to nobody.
                let shown = if line.starts_with('#') && !place.ends_with(".md") {
                    ""
                } else {
                    line
                };
                let found = forbidden.iter().find(|word| shown.contains(word.as_str()));
                assert_eq!(found, None, "{place}:{}: {line}", number + 1);
            }
        }
    }
}
