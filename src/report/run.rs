//! The report of a run, from the ledger alone.

use super::message::LEFT_OPEN;
use super::{
    Bytes, CHANGED, Outcome, RecordNote, RecordProblem, RejectSource, ReportFolder, Row,
    SourceSummary, Summary, Writer, Written, json, message,
};
use crate::exit::Failed;
use crate::lang::{Phrase, keyed};
use crate::ledger::{
    Counts, Foreign, LOOKALIKE, LOOKUP_INCOMPLETE, Later, Ledger, RecordRow, RunRow, SourceInfo,
    State,
};
use jiff::Timestamp;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use strum::VariantArray as _;

/// Writes the report of a run. `objections` are what the guards said that have stopped it.
///
/// # Errors
/// An [`io::Error`] if a file can't be written; its text names the file. Else what the ledger says.
pub fn write(
    ledger: &Ledger,
    run: &RunRow,
    objections: &[Phrase],
    folder: ReportFolder,
) -> Result<Written, Failed> {
    let run = ledger.run(run.id)?;
    let with_format = |source: SourceInfo| {
        let (header, delimiter) = (&source.header, source.delimiter);
        let reject = RejectSource::stored(header, delimiter, &source.encoding);
        (source, reject)
    };
    let sources = ledger.sources(run.id)?.into_iter().map(with_format);
    let sources: Vec<ReportSource> = sources.collect();
    let mut writer = Writer::create(folder, summary_of(&run, &sources), true)?;
    writer.summary_mut().objections = objections.to_vec();
    let later = ledger.later(run.id)?;
    ledger.records(run.id, |record| {
        let resolve = &mut writer.summary_mut().resolve;
        *resolve = resolve.take().or(waits_for_a_person(&record, &run.name));
        let input = record.source as usize;
        let lacks = || io::Error::other("the ledger lacks a source of the run");
        let source = sources.get(input).ok_or_else(lacks)?;
        let later = later.get(&record.id);
        if let Some(later) = later {
            (writer.summary_mut()).count_later(outcome_of(&record), later.is_created());
        }
        let added = add(&mut writer, &run, &record, (input, source), later);
        Ok::<_, Failed>(added?)
    })?;
    let created = ledger.created_per_minute(run.id)?;
    let finished = run.finished.unwrap_or_else(Timestamp::now);
    writer.summary_mut().adopted = ledger.adopted(run.id)?.len() as u64;
    writer.gone(&ledger.gone(run.id)?)?;
    Ok(writer.finish((run.info.started, finished), &created)?)
}

type ReportSource = (SourceInfo, RejectSource);

fn add(
    writer: &mut Writer,
    run: &RunRow,
    record: &RecordRow,
    (input, (source, reject)): (usize, &ReportSource),
    later: Option<&Later>,
) -> io::Result<()> {
    let outcome = outcome_of(record);
    let notes_json = record.notes_json.as_deref().unwrap_or("");
    let notes = json::read_notes(notes_json)?;
    let is_card = matches!(reject, RejectSource::Vcard);
    for note in &notes {
        let field = note.source_field.as_deref();
        writer.summary_mut().notes.add(note.kind, field, is_card);
    }
    let problems = problems_of(record)?;
    let (code, phrase) = code_and_phrase(record, &notes);
    let phrase = later.map_or(phrase, happened);
    let message = message_of(record, &phrase, &problems);
    let reach = match &record.payload {
        Some(payload) => reach_of_payload(payload),
        None => reach_of_text(record.raw.as_deref().unwrap_or_default()),
    };
    let row = Row {
        source: &source.path.to_string_lossy(),
        line: record.line,
        record: record.number,
        outcome,
        contact_id: record.contact_id.as_deref().unwrap_or(""),
        name: &record.name,
        code,
        field: record.field.as_deref().unwrap_or(""),
        message: &message,
        phrase: Some(&phrase),
        reach: &reach,
        created_later: later.is_some_and(Later::is_created),
        attempts: record.attempts,
        problems: &problems,
        notes: &notes,
        notes_json,
        fingerprint: record.identity.as_ref(),
    };
    let file;
    let bytes = match record.raw.as_deref() {
        None | Some([]) if row.is_reject() => {
            file = File::open(&source.path)?;
            Bytes::InFile(&file, record.span.0..record.span.1)
        }
        raw => Bytes::Held(raw.unwrap_or_default()),
    };
    let named = format!("{}#{}", run.name, record.id.seq());
    writer.add(&row, input, reject, &bytes, Some(&named))
}

/// The problems of the check, or the refusal of the service.
fn problems_of(record: &RecordRow) -> io::Result<Vec<RecordProblem>> {
    use State::{Failed, Rejected, Unknown};
    if !matches!(record.state, Rejected | Failed | Unknown) {
        return json::read_problems(record.problems_json.as_deref().unwrap_or(""));
    }
    // Only a refusal has a code of the service's that says it all; else what became of the record stands in its place.
    let is_told = |code: &String| record.state == State::Rejected || LEFT_OPEN.contains(&&**code);
    let code = record.code.clone();
    let code = code.filter(|code| !code.is_empty() && is_told(code));
    let code = code.unwrap_or_else(|| record.state.into_str().to_uppercase());
    Ok(vec![RecordProblem {
        code: code.into(),
        field: record.field.clone().unwrap_or_default().into(),
        wrong: record.message.clone().unwrap_or_default().into(),
        from_service: true,
        ..RecordProblem::default()
    }])
}

/// The run in which a person has to say what became of the record.
fn waits_for_a_person(record: &RecordRow, run: &str) -> Option<String> {
    let code = record.code.as_deref().unwrap_or("");
    match record.state {
        State::Unknown if [LOOKALIKE, LOOKUP_INCOMPLETE].contains(&code) => Some(run.to_owned()),
        State::Held => record.origin.as_ref().map(|(run, _)| run.clone()),
        _ => None,
    }
}

pub fn outcomes(counts: &Counts) -> BTreeMap<Outcome, u64> {
    let mut outcomes = BTreeMap::from([(Outcome::Skipped, counts.skipped)]);
    for &state in State::VARIANTS {
        *outcomes.entry(of_state(state)).or_default() += counts.of(state);
    }
    *outcomes.entry(Outcome::Invalid).or_default() -= counts.skipped;
    outcomes
}

fn outcome_of(record: &RecordRow) -> Outcome {
    match record.state {
        State::Invalid => Outcome::of_code(record.code.as_deref().unwrap_or("")),
        state => of_state(state),
    }
}

fn of_state(state: State) -> Outcome {
    match state {
        State::Planned => Outcome::NotAttempted,
        State::Held | State::Sending | State::Unknown => Outcome::Unknown,
        State::Created => Outcome::Created,
        State::Rejected => Outcome::Rejected,
        State::Failed => Outcome::Failed,
        State::Invalid => Outcome::Invalid,
        State::Duplicate => Outcome::Duplicate,
        State::Exists => Outcome::Exists,
    }
}

/// The code and the message of a record, as `results.csv` has them.
pub fn said(record: &RecordRow) -> io::Result<(String, String)> {
    let notes = json::read_notes(record.notes_json.as_deref().unwrap_or(""))?;
    let (code, phrase) = code_and_phrase(record, &notes);
    let message = message_of(record, &phrase, &problems_of(record)?);
    Ok((code.to_owned(), message))
}

fn code_and_phrase<'r>(record: &'r RecordRow, notes: &[RecordNote]) -> (&'r str, Phrase) {
    let phrase = phrase_of(record);
    match record.state {
        State::Duplicate => message::duplicate(&phrase, notes),
        _ => (code_of(record), phrase),
    }
}

/// Problems are said in the language of today, whatever that of the run was.
fn message_of(record: &RecordRow, phrase: &Phrase, problems: &[RecordProblem]) -> String {
    match record.state {
        State::Invalid => message::joined(problems.iter().map(RecordProblem::message)),
        _ => phrase.text(),
    }
}

fn code_of(record: &RecordRow) -> &str {
    match (record.state, record.code.as_deref()) {
        (State::Exists, None) if record.changed => CHANGED,
        (_, code) => code.unwrap_or(""),
    }
}

/// What happened to a record after its run.
fn happened(later: &Later) -> Phrase {
    match later {
        Later::Deleted { at, gone_in } => {
            let when = spoken(*at);
            match gone_in.as_deref() {
                Some(run) => keyed!("later-gone", when, run),
                None => keyed!("undone", when),
            }
        }
        Later::Created { run, record } => {
            keyed!(
                "later-created",
                record = record.to_string(),
                run = run.as_str()
            )
        }
    }
}

fn spoken(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%SZ").to_string()
}

fn phrase_of(record: &RecordRow) -> Phrase {
    if let Some(said) = record.message.as_deref().filter(|said| !said.is_empty()) {
        // Of all that is stored, only what planning says of duplicates is a phrase; the service may say anything.
        return match record.state {
            State::Duplicate => Phrase::read(said),
            _ => said.into(),
        };
    }
    if let Some(undone) = record.undone {
        let when = spoken(undone);
        return match record.state {
            State::Exists => keyed!("adoption-undone", when),
            _ => keyed!("undone", when),
        };
    }
    let of = |key: &'static str, (run, seq): &(String, u32)| {
        keyed!(key, record = seq.to_string(), run = run.as_str())
    };
    if let (Some(mended), State::Created) = (&record.mended_from, record.state) {
        return of("mends", mended);
    }
    let Some(origin) = &record.origin else {
        return Phrase::default();
    };
    match (record.state, record.foreign) {
        (State::Held, _) => of("waits-for", origin),
        (State::Exists, Some(Foreign::Found)) => of("found-before", origin),
        (State::Exists, Some(Foreign::Adopted)) if record.changed => {
            of("adopted-before-changed", origin)
        }
        (State::Exists, Some(Foreign::Adopted)) => of("adopted-before", origin),
        (State::Exists, None) if record.changed && record.keyed => {
            of("created-before-changed", origin)
        }
        (State::Exists, None) if record.changed => of("created-before-same-person", origin),
        (State::Exists, None) => of("created-before", origin),
        _ => Phrase::default(),
    }
}

fn summary_of(run: &RunRow, sources: &[ReportSource]) -> Summary {
    let source = |(source, _): &ReportSource| SourceSummary {
        path: source.path.display().to_string(),
        read_as: source.read_as.clone(),
        records: 0,
        warnings: source.warnings.clone(),
    };
    Summary {
        run: run.name.clone(),
        service: run.info.base_url.clone(),
        sources: sources.iter().map(source).collect(),
        ..Summary::default()
    }
}

/// Digits from which on a word of a text is taken for a telephone.
const DIGITS: usize = 7;

/// The part of a request body by which the page finds a record.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Payload<'p> {
    #[serde(borrow)]
    emails: Vec<Email<'p>>,
    #[serde(borrow)]
    telephones: Vec<Telephone<'p>>,
}

#[derive(Deserialize)]
struct Email<'p> {
    #[serde(borrow)]
    email: Cow<'p, str>,
}

#[derive(Deserialize)]
struct Telephone<'p> {
    #[serde(borrow)]
    telephone: Cow<'p, str>,
}

/// The e-mails and telephones of a request body, with blanks between.
fn reach_of_payload(payload: &str) -> String {
    let payload: Payload<'_> = serde_json::from_str(payload).unwrap_or_default();
    let emails = payload.emails.into_iter().map(|one| one.email);
    let telephones = payload.telephones.into_iter().map(|one| one.telephone);
    emails.chain(telephones).collect::<Vec<_>>().join(" ")
}

/// What looks like an e-mail or telephone in a record that never became a contact. It is for finding only.
fn reach_of_text(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw);
    let words =
        text.split(|c: char| c.is_control() || c.is_whitespace() || ",;\"'<>:=".contains(c));
    let digits = |word: &str| word.bytes().filter(u8::is_ascii_digit).count();
    let found = words.filter(|word| word.contains('@') || digits(word) >= DIGITS);
    found.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e_mails_and_telephones_are_found_in_a_body_and_in_a_row() {
        let payload = r#"{"emails":[{"email":"a@example.com"}],"telephones":[{"telephone":"010-0000-0001"}]}"#;
        assert_eq!(reach_of_payload(payload), "a@example.com 010-0000-0001");
        let row = "Ann,\"a@example.com\",010-0000-0001,12\r\n";
        assert_eq!(reach_of_text(row.as_bytes()), "a@example.com 010-0000-0001");
    }
}
