//! `cardlift explain-code [CODE]`: what a code of the report means, why, and how to mend it.

use super::reading::{ADOPTED, CHANGED, CONTACT_GONE, DIFFERS, DUPLICATE, KEY_NOT_UNIQUE, UPDATED};
use crate::contact::Code;
use crate::exit::{Exit, Failed};
use crate::lang::{PAGES, current, tr};
use crate::ledger::{LOOKALIKE, LOOKUP_INCOMPLETE};
use crate::names::{list_of, nearest};
use crate::note::NoteKind;
use crate::printable::plain;
use crate::report::Outcome;
use crate::report::message::ONLY_IN_DUPLICATE;
use crate::terminal::Terminal;
use serde_json::{Value, json};

/// Writes the page of a code, or the list of all codes.
pub fn run(code: Option<&str>, terminal: &Terminal) -> Result<Exit, Failed> {
    let found = code.map(|name| find(name).ok_or_else(|| unknown(name)));
    let found = found.transpose()?;
    let (value, text) = match found {
        Some(topic) => (topic.json(), topic.text()),
        None => (list_json(), list()),
    };
    terminal.result(&value, &text, Terminal::page)?;
    Ok(Exit::Done)
}

const SERVICE_CHANGED: &str = NoteKind::ServiceChanged.as_str();

/// The codes of problems, and of records that exist already in one way or another.
pub(crate) fn codes() -> impl Iterator<Item = &'static str> {
    let problems = Code::ALL.iter().map(|code| code.as_str());
    problems.chain([
        DUPLICATE,
        ONLY_IN_DUPLICATE,
        CHANGED,
        UPDATED,
        DIFFERS,
        ADOPTED,
        KEY_NOT_UNIQUE,
        CONTACT_GONE,
        LOOKALIKE,
        LOOKUP_INCOMPLETE,
        SERVICE_CHANGED,
    ])
}

/// What a code is called, in a few words.
fn title(code: &str) -> String {
    tr!(&format!("title-{code}"))
}

fn outcomes() -> impl Iterator<Item = &'static str> {
    Outcome::ALL.iter().map(|outcome| outcome.as_str())
}

fn list() -> String {
    let widest = codes().map(str::len).max().unwrap_or(0);
    let line = |name: &str, means: String| format!("  {name:widest$}  {means}\n");
    let codes: String = codes().map(|code| line(code, title(code))).collect();
    let means = |word| Topic::Outcome(word).part("means").unwrap_or_default();
    let outcomes: String = outcomes().map(|word| line(word, means(word))).collect();
    let (problems, fates) = (tr!("codes-problems"), tr!("codes-outcomes"));
    format!("{problems}\n{codes}\n{fates}\n{outcomes}")
}

fn list_json() -> Value {
    let codes = codes().map(|code| json!({"code": code, "title": title(code)}));
    let outcomes = outcomes()
        .map(|word| json!({"outcome": word, "means": Topic::Outcome(word).part("means")}));
    json!({"codes": codes.collect::<Vec<_>>(), "outcomes": outcomes.collect::<Vec<_>>()})
}

/// The parts of a page, by their attributes in the catalogue. Few pages have all.
pub(crate) const PARTS: [&str; 7] = [
    "means", "next", "wants", "why", "excel", "google", "mapping",
];

#[derive(Clone, Copy)]
enum Topic {
    Code(&'static str),
    Outcome(&'static str),
}

/// The code or outcome of this name, however it is spelt.
fn find(name: &str) -> Option<Topic> {
    let same = |one: &&str| one.eq_ignore_ascii_case(&name.trim().replace('-', "_"));
    // An outcome is written small and the code of a problem large; `duplicate` is both.
    if let Some(word) = outcomes().find(|one| *one == name) {
        return Some(Topic::Outcome(word));
    }
    let code = codes().find(same).map(Topic::Code);
    code.or_else(|| outcomes().find(same).map(Topic::Outcome))
}

impl Topic {
    fn part(self, part: &str) -> Option<String> {
        let key = match self {
            Topic::Code(code) => format!("code-{code}.{part}"),
            Topic::Outcome(word) => format!("outcome-page-{word}.{part}"),
        };
        PAGES.format(current(), &key, &[])
    }

    /// The parts that it has, with their names.
    fn parts(self) -> impl Iterator<Item = (&'static str, String)> {
        PARTS
            .into_iter()
            .filter_map(move |part| Some((part, self.part(part)?)))
    }

    fn json(self) -> Value {
        let mut value = match self {
            Topic::Code(code) => json!({"code": code, "title": title(code)}),
            Topic::Outcome(word) => json!({ "outcome": word }),
        };
        for (part, text) in self.parts() {
            value[part] = text.into();
        }
        value
    }

    fn text(self) -> String {
        let heading = match self {
            Topic::Code(code) => format!("{code}: {}\n", title(code)),
            Topic::Outcome(word) => format!("{word}\n"),
        };
        let part = |(part, said)| format!("\n{}\n  {said}\n", tr!(&format!("codes-{part}")));
        heading + &self.parts().map(part).collect::<String>()
    }
}

fn unknown(name: &str) -> Failed {
    let code = plain(name);
    let near = nearest(name, codes().chain(outcomes()), 3);
    let message = match near.is_empty() {
        true => tr!("codes-unknown-all", code),
        false => tr!("codes-unknown", code, nearest = list_of(&near)),
    };
    Failed::new(Exit::Usage, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn every_code_and_outcome_has_a_page_in_every_language() {
        for lang in Lang::ALL {
            let there = |key: String| {
                let text = PAGES.format(lang, &key, &[]).unwrap_or_default();
                assert!(!text.trim().is_empty(), "no {key} in {}", lang.as_str());
            };
            for code in codes() {
                let parts: &[&str] = match code {
                    CHANGED | UPDATED | DIFFERS | ADOPTED | KEY_NOT_UNIQUE | CONTACT_GONE
                    | LOOKALIKE | LOOKUP_INCOMPLETE | SERVICE_CHANGED => &["means", "next"],
                    code if Code::named(code).is_some_and(Code::is_skip) => &["means", "next"],
                    _ => &["wants", "why", "excel", "google", "mapping"],
                };
                for part in parts {
                    there(format!("code-{code}.{part}"));
                }
            }
            for word in outcomes() {
                there(format!("outcome-page-{word}.means"));
                there(format!("outcome-page-{word}.next"));
            }
        }
    }

    #[test]
    fn a_page_says_what_is_wanted_and_how_to_mend_it() {
        let known = |name: &str| find(name).expect("it is known").text();
        let page = known("phone-pattern");
        assert!(page.starts_with("PHONE_PATTERN: character not allowed in a phone number\n"));
        assert!(page.contains("\nWhat the service wants\n  `telephones[].telephone`"));
        assert!(page.contains("\nIn Google Contacts\n"));
        assert!(known("DUPLICATE").starts_with("DUPLICATE:"));
        assert!(known("duplicate").contains("What it means"));
    }

    #[test]
    fn a_code_that_there_is_not_leads_to_the_nearest() {
        let failed = unknown("PHONE_PATERN");
        assert_eq!(failed.exit, Exit::Usage);
        assert!(
            failed
                .error
                .to_string()
                .contains("did you mean `PHONE_PATTERN`")
        );
        assert!(unknown("?").error.to_string().contains("lists them"));
    }
}
