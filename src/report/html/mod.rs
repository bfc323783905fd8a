//! `report.html`: one page for the person who has to say that the migration is done.
//!
//! It is one file that loads nothing: style, script, words in three languages, and the records as JSON in a block that the
//! browser does not run. Rows are written as they come, so memory does not grow with them; the counts follow them. Text from
//! files and the service is never markup: characters that could end the block are escaped, the script shows it as text, and
//! the Content-Security-Policy allows this script only and no requests.
//!
//! A browser is fast with 200,000 rows, not with millions. So the page lists the first [`PLAIN`], [`VALID`] and [`TELLING`]
//! records, and says how many it leaves out; `results.csv` has all.

mod row;

use super::folder::ReportFile;
use super::message::{DUPLICATE, ONLY_IN_DUPLICATE};
use super::{ADOPTED, CHANGED, DIFFERS, KEY_NOT_UNIQUE, Outcome, Row, Summary, UPDATED, make_file};
use crate::contact::Code;
use crate::lang::{self, Keys, Lang};
use crate::note::NoteKind;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::io::{self, BufWriter, Write};
use std::path::Path;

pub const FILE: &str = "report.html";

/// How many records that need nobody are listed.
pub const PLAIN: u64 = 100_000;

/// How many valid records of a check are listed.
pub const VALID: u64 = 1_000;

/// How many records that may need a person are listed.
pub const TELLING: u64 = 100_000;

pub struct Html {
    file: BufWriter<ReportFile>,
    lang: Lang,
    sources: Vec<String>,
    listed: [u64; Outcome::ALL.len()],
    /// The phrases that it says.
    said: Keys,
}

impl Html {
    /// Opens the page in a report's folder and writes it up to the records.
    ///
    /// It starts in the given language; the reader can switch.
    pub fn create(folder: &Path, lang: Lang) -> io::Result<Html> {
        let file = make_file(&folder.join(FILE))?;
        let mut file = BufWriter::with_capacity(1 << 16, file);
        let style = STYLE.replace('\r', "");
        let policy = policy(&style, &script());
        let marks = [("policy", policy.as_str()), ("style", &style)];
        fill(&mut file, around_rows().0, &marks)?;
        Ok(Html {
            file,
            lang,
            sources: Vec::new(),
            listed: [0; Outcome::ALL.len()],
            said: Keys::new(),
        })
    }

    /// Writes a record's row, unless enough of its kind are listed.
    pub fn add(&mut self, row: &Row<'_>) -> io::Result<()> {
        if !self.has_room(row.outcome) {
            return Ok(());
        }
        let first = self.listed.iter().all(|count| *count == 0);
        self.listed[row.outcome as usize] += 1;
        let source = self.source(row.source);
        if !first {
            self.file.write_all(b",\n")?;
        }
        let row = row::of(row, source, &mut self.said);
        self.file.write_all(inert(&row).as_bytes())
    }

    /// Writes the rest of the page, with links to the other files: `results`, and those of the rejects.
    ///
    /// `created` are the contacts created in each minute, by the minute's start; empty if nothing was sent.
    pub fn finish(
        mut self,
        summary: &Summary,
        results: &[&str],
        rejects: &[String],
        created: &[(Timestamp, u64)],
    ) -> io::Result<()> {
        let mut rejects = rejects.to_vec();
        rejects.sort();
        let results = results.iter().copied().chain(["summary.json"]);
        let files: Vec<&str> = results.chain(rejects.iter().map(String::as_str)).collect();
        let advice = summary.advice(!rejects.is_empty());
        let advice = match advice {
            Some(advice) => vec![advice.phrase()],
            None => summary.objections.clone(),
        };
        for phrase in &advice {
            phrase.add_keys(&mut self.said);
        }
        let created = created.iter();
        let created = created.map(|(minute, count)| (minute.as_second(), *count));
        let facts = json!({
            "language": self.lang.as_str(),
            "languages": Lang::ALL.map(Lang::as_str),
            "version": env!("CARGO_PKG_VERSION"),
            "outcomes": Outcome::ALL.map(Outcome::as_str),
            "sources": self.sources,
            "listed": self.listed,
            "files": files,
            "rejects": rejects,
            "advice": advice,
            "created": created.collect::<Vec<_>>(),
            "summary": summary.to_json(),
        });
        let (facts, words) = (facts.to_string(), words(&self.said).to_string());
        let marks = [
            ("facts", &*inert(&facts)),
            ("words", &inert(&words)),
            ("script", &script()),
        ];
        fill(&mut self.file, around_rows().1, &marks)?;
        self.file.flush()
    }

    /// Whether a further record of this outcome is listed.
    pub fn has_room(&self, outcome: Outcome) -> bool {
        use Outcome::*;
        let (alike, most): (&[Outcome], u64) = match outcome {
            Valid => (&[Valid], VALID),
            Created | Exists | NotAttempted => (&[Created, Exists, NotAttempted], PLAIN),
            Duplicate | Invalid | Skipped | Rejected | Failed | Unknown => (
                &[Duplicate, Invalid, Skipped, Rejected, Failed, Unknown],
                TELLING,
            ),
        };
        let listed = alike.iter().map(|one| self.listed[*one as usize]);
        listed.sum::<u64>() < most
    }

    /// A source's place in the page's list of sources; there are few.
    fn source(&mut self, name: &str) -> usize {
        let known = self.sources.iter().rposition(|one| one == name);
        known.unwrap_or_else(|| {
            self.sources.push(name.to_owned());
            self.sources.len() - 1
        })
    }
}

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("style.css");
const WORDS: &str = include_str!("words.json");

/// The parts of the script, in the order in which they need each other.
const SCRIPT: [&str; 5] = [
    include_str!("script/words.js"),
    include_str!("script/overview.js"),
    include_str!("script/records.js"),
    include_str!("script/details.js"),
    include_str!("script/start.js"),
];

/// The script without carriage returns, which browsers take out before they hash it.
fn script() -> String {
    SCRIPT.concat().replace('\r', "")
}

/// The page's words, with those of codes, notes and the phrases that it says from the catalogues of all messages.
fn words(said: &Keys) -> Value {
    let mut words: Value = serde_json::from_str(WORDS).expect("a test reads the words");
    for lang in Lang::ALL {
        let words = &mut words[lang.as_str()];
        let codes = Code::ALL.iter().map(|code| code.as_str());
        let known = [DUPLICATE, ONLY_IN_DUPLICATE, CHANGED, UPDATED];
        let codes = codes.chain(known).chain([DIFFERS, ADOPTED, KEY_NOT_UNIQUE]);
        let codes = codes.map(|code| (format!("code.{code}"), format!("title-{code}")));
        let notes = NoteKind::ALL.iter();
        let notes = notes.map(|kind| (format!("note.{kind}"), format!("note-{kind}")));
        for (name, key) in codes.chain(notes) {
            words[name] = lang::text_in(lang, &key, &[]).into();
        }
        for (key, names) in said {
            words[format!("say.{key}")] = template(lang, key, names).into();
        }
    }
    words
}

/// A message with its variables as the page writes them: `{name}`.
fn template(lang: Lang, key: &str, names: &[String]) -> String {
    let marked: Vec<_> = (names.iter())
        .map(|name| (name.as_str(), format!("{{{name}}}").into()))
        .collect();
    lang::text_in(lang, key, &marked)
}

/// What stands before and after the rows.
fn around_rows() -> (&'static str, &'static str) {
    PAGE.split_once("{{rows}}")
        .expect("the page has a place for the rows")
}

/// Only this style and this script, nothing from anywhere, and no text ever taken for markup.
fn policy(style: &str, script: &str) -> String {
    let hash = |text: &str| STANDARD.encode(digest(&SHA256, text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'",
        hash(style),
        hash(script)
    )
}

/// Writes a template with its marks replaced, which stand in it in this order.
fn fill(to: &mut impl Write, template: &str, marks: &[(&str, &str)]) -> io::Result<()> {
    let mut rest = template;
    for (mark, content) in marks {
        let (before, after) = rest
            .split_once(&format!("{{{{{mark}}}}}"))
            .expect("the page has a place for it");
        to.write_all(before.as_bytes())?;
        to.write_all(content.as_bytes())?;
        rest = after;
    }
    to.write_all(rest.as_bytes())
}

/// JSON that can't end the block of HTML that it stands in: a `<`, which begins each way out, can stand in JSON only inside of
/// a string, and means the same there when it is escaped. So do the two line ends that only scripts know.
fn inert(json: &str) -> Cow<'_, str> {
    const ESCAPES: [(char, &str); 3] = [
        ('<', "\\u003c"),
        ('\u{2028}', "\\u2028"),
        ('\u{2029}', "\\u2029"),
    ];
    match json.contains(ESCAPES.map(|(c, _)| c)) {
        true => ESCAPES.iter().fold(json.into(), |text, (c, escape)| {
            text.replace(*c, escape).into()
        }),
        false => json.into(),
    }
}

#[cfg(test)]
mod tests;
