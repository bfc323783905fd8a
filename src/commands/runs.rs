//! `cardlift runs` and `cardlift report`: what the ledger remembers.

mod list;

pub use list::list;

use super::import::{ledger_path, of_ledger};
use super::next::{self, Kept};
use super::reading::{CHANGED, DUPLICATE, UPDATED};
use super::report::{say_kept, unwritten};
use crate::cli::{LedgerArgs, Report};
use crate::config::Config;
use crate::contact::Code;
use crate::examine::Tally;
use crate::exit::{Exit, Failed};
use crate::lang::{self, tr};
use crate::ledger::{Ledger, LedgerError, RecordRow, RunRow, SourceInfo, SourceRow, State};
use crate::report::json::{self, NoteItem};
use crate::report::{
    Example, Html, Outcome, RejectSource, Rejects, ReportFolder, Results, Row, SourceSummary,
    Summary,
};
use crate::terminal::Terminal;
use jiff::Timestamp;
use serde_json::Value;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// Writes a run's report again.
pub fn report(report: &Report, terminal: &Terminal) -> Result<Exit, Failed> {
    let ledger = open(&report.ledger)?;
    let run = run_named(&ledger, &report.run)?;
    let config = Config::load(report.ledger.config.as_deref())?;
    let path = match &report.report {
        Some(path) => path.clone(),
        None => config.report.dir.join(&run.name),
    };
    let sources = ledger.sources(run.id).map_err(of_ledger)?;
    let files: Vec<PathBuf> = sources.into_iter().map(|one| one.info.path).collect();
    let folder = super::report::claim(&path, &files)?;
    let (summary, rejects) = write_report(&ledger, &run, folder, terminal)?;
    let kept = Kept::default()
        .option("--config", report.ledger.config.as_ref())
        .option("--ledger", report.ledger.ledger.as_ref());
    let next = next::after_import(&summary, &files, &rejects, &kept);
    terminal.sources(&summary.sources);
    terminal.summary(&summary, &path, &next)?;
    Ok(Exit::Done)
}

/// The run of this name.
pub fn run_named(ledger: &Ledger, name: &str) -> Result<RunRow, Failed> {
    let run = ledger.run_named(name).map_err(of_ledger)?;
    run.ok_or_else(|| Failed::new(Exit::Usage, tr!("run-unknown", run = name)))
}

fn open(args: &LedgerArgs) -> Result<Ledger, Failed> {
    Ledger::open_to_read(&path(args)?).map_err(of_ledger)
}

fn path(args: &LedgerArgs) -> Result<PathBuf, Failed> {
    let config = Config::load(args.config.as_deref())?;
    ledger_path(args.ledger.as_ref(), &config)
}

/// Writes the report of a run from the ledger alone, and tells the files of its rejects.
pub fn write_report(
    ledger: &Ledger,
    run: &RunRow,
    mut folder: ReportFolder,
    terminal: &Terminal,
) -> Result<(Summary, Vec<PathBuf>), Failed> {
    let run = ledger.run(run.id).map_err(of_ledger)?;
    let sources = ledger.sources(run.id).map_err(of_ledger)?;
    let parts = folder.parts().map_err(unwritten)?;
    let mut report = Writer::create(parts, &run, sources).map_err(unwritten)?;
    let written = ledger.records(run.id, |record| {
        report.add(&record).map_err(Unwritten::Report)
    });
    written.map_err(|error| match error {
        Unwritten::Ledger(error) => of_ledger(error),
        Unwritten::Report(error) => unwritten(error),
    })?;
    let created = ledger.created_per_minute(run.id).map_err(of_ledger)?;
    let (summary, rejects) = report.finish(&created).map_err(unwritten)?;
    let rejects = rejects
        .iter()
        .map(|name| folder.path().join(name))
        .collect();
    let kept = folder.commit(&summary).map_err(unwritten)?;
    say_kept(&kept, terminal);
    Ok((summary, rejects))
}

struct Writer {
    results: Results,
    page: Html,
    rejects: Rejects,
    summary: Summary,
    sources: Vec<SourceRow>,
    tally: Tally,
}

enum Unwritten {
    Ledger(LedgerError),
    Report(io::Error),
}

impl From<LedgerError> for Unwritten {
    fn from(error: LedgerError) -> Self {
        Unwritten::Ledger(error)
    }
}

impl Writer {
    fn create(parts: &Path, run: &RunRow, sources: Vec<SourceRow>) -> io::Result<Writer> {
        Ok(Writer {
            results: Results::create(parts)?,
            page: Html::create(parts, lang::current())?,
            rejects: Rejects::new(parts),
            summary: summary_of(run, &sources),
            sources,
            tally: Tally::default(),
        })
    }

    /// Ends the files; gives the names of those with rejects.
    fn finish(mut self, created: &[(Timestamp, u64)]) -> io::Result<(Summary, Vec<String>)> {
        self.summary.add(&self.tally, 0);
        self.results.finish()?;
        let rejects = self.rejects.finish()?;
        self.page.finish(&self.summary, created)?;
        Ok((self.summary, rejects))
    }

    fn add(&mut self, record: &RecordRow) -> io::Result<()> {
        let outcome = outcome_of(record);
        let notes = items(record.notes_json.as_deref());
        self.count_notes(notes);
        let place = self
            .sources
            .iter()
            .position(|source| source.number == record.source);
        let place =
            place.ok_or_else(|| io::Error::other("the ledger lacks a source of the run"))?;
        let source = self.sources[place].info.path.display().to_string();
        let problems = self.problems(record, place);
        let message = message_of(record);
        let row = Row {
            source: &source,
            line: record.line,
            record: record.number,
            outcome,
            contact_id: record.contact_id.as_deref().unwrap_or(""),
            name: &record.name,
            code: code_of(record),
            field: record.field.as_deref().unwrap_or(""),
            message: &message,
            attempts: record.attempts,
            problems: &problems,
            notes,
            fingerprint: record.identity.as_ref(),
        };
        self.results.add(&row)?;
        self.page.add(&row)?;
        if outcome.is_reject() {
            self.reject(record, place, &message)?;
        }
        self.summary.count(outcome);
        self.summary.changed += u64::from(row.code == CHANGED);
        self.summary.updated += u64::from(row.code == UPDATED);
        self.summary.attempts += u64::from(record.attempts);
        self.summary.sources[place].records += 1;
        Ok(())
    }

    fn reject(&mut self, record: &RecordRow, place: usize, reason: &str) -> io::Result<()> {
        let source = &self.sources[place].info;
        let looks = looks_of(source);
        let named = format!("{}#{}", self.summary.run, record.id.seq());
        match record.raw.as_deref() {
            Some(raw) if !raw.is_empty() => self.rejects.add(&looks, raw, Some(&named), reason),
            _ => {
                let mut file = File::open(&source.path)?;
                self.rejects.copy(
                    &looks,
                    &mut file,
                    &(record.span.0..record.span.1),
                    Some(&named),
                    reason,
                )
            }
        }
    }

    /// The record's problems as JSON items; a refusal of the service is one, too.
    fn problems(&mut self, record: &RecordRow, place: usize) -> String {
        let stored = items(record.problems_json.as_deref());
        for problem in parsed(record.problems_json.as_deref()) {
            self.count_problem(&problem, record, place);
        }
        if !matches!(
            record.state,
            State::Rejected | State::Failed | State::Unknown
        ) {
            return stored.to_owned();
        }
        // A request without an answer has no code of the service's; what became of it stands in its place.
        let code = record.code.clone().filter(|code| !code.is_empty());
        let code = code.unwrap_or_else(|| record.state.as_str().to_uppercase());
        let problem = serde_json::json!({
            "code": code,
            "field": record.field.as_deref().unwrap_or(""),
            "message": record.message.as_deref().unwrap_or(""),
            "from": "service",
        });
        self.count_problem(&problem, record, place);
        problem.to_string()
    }

    fn count_problem(&mut self, problem: &Value, record: &RecordRow, place: usize) {
        let text = |key: &str| problem[key].as_str().unwrap_or("");
        let field = crate::contact::pattern_of(text("field"));
        let key = (text("code").to_owned(), field);
        let examples = &mut self.summary.examples;
        if !examples.contains_key(&key) {
            let source = &self.sources[place].info;
            let path = source.path.display().to_string();
            let mut example = Example::of_json(&path, record.line, problem);
            example.locate(&looks_of(source), record.raw.as_deref().unwrap_or(&[]));
            examples.insert(key.clone(), example);
        }
        *self.summary.problems.entry(key).or_default() += 1;
    }

    fn count_notes(&mut self, notes: &str) {
        for note in json::items::<NoteItem<'_>>(notes) {
            let field = match &*note.source_field {
                "" => "record",
                field => field,
            };
            if let Some(kind) = note.kind() {
                self.tally.note_named(kind, field);
            }
        }
    }
}

/// What the rejects of a source have to look like.
fn looks_of(source: &SourceInfo) -> RejectSource {
    RejectSource::stored(
        &source.kind,
        &source.header,
        source.delimiter,
        &source.encoding,
    )
}

fn outcome_of(record: &RecordRow) -> Outcome {
    match record.state {
        State::Planned => Outcome::NotAttempted,
        State::Held | State::Sending | State::Unknown => Outcome::Unknown,
        State::Created => Outcome::Created,
        State::Rejected => Outcome::Rejected,
        State::Failed => Outcome::Failed,
        State::Invalid => Outcome::of_code(record.code.as_deref().and_then(Code::named)),
        State::Duplicate => Outcome::Duplicate,
        State::Exists => Outcome::Exists,
    }
}

fn code_of(record: &RecordRow) -> &str {
    match (record.state, record.code.as_deref()) {
        (State::Duplicate, _) => DUPLICATE,
        (State::Exists, None) if record.changed => CHANGED,
        (_, code) => code.unwrap_or(""),
    }
}

fn message_of(record: &RecordRow) -> String {
    let said = record.message.clone().unwrap_or_default();
    if !said.is_empty() {
        return said;
    }
    if let Some(undone) = record.undone {
        let when = undone.strftime("%Y-%m-%d %H:%M:%SZ").to_string();
        return tr!("undone", when = when);
    }
    if let (Some((run, seq)), State::Created) = (&record.mended_from, record.state) {
        return tr!("mends", record = seq.to_string(), run = run.to_string());
    }
    match (&record.origin, record.state) {
        (Some((run, seq)), State::Exists) if record.changed && record.keyed => {
            tr!(
                "created-before-changed",
                record = seq.to_string(),
                run = run.to_string()
            )
        }
        (Some((run, seq)), State::Exists) if record.changed => {
            tr!(
                "created-before-same-person",
                record = seq.to_string(),
                run = run.to_string()
            )
        }
        (Some((run, seq)), State::Exists) => {
            tr!(
                "created-before",
                record = seq.to_string(),
                run = run.to_string()
            )
        }
        (Some((run, seq)), State::Held) => {
            tr!("waits-for", record = seq.to_string(), run = run.to_string())
        }
        _ => String::new(),
    }
}

fn summary_of(run: &RunRow, sources: &[SourceRow]) -> Summary {
    let finished = run.finished.unwrap_or_else(Timestamp::now);
    Summary {
        run: run.name.clone(),
        started: run.info.started.to_string(),
        finished: finished.to_string(),
        seconds: finished.duration_since(run.info.started).as_secs_f64(),
        sources: sources
            .iter()
            .map(|source| SourceSummary {
                path: source.info.path.display().to_string(),
                read_as: source
                    .info
                    .kind
                    .split_once(": ")
                    .map_or("", |(_, read_as)| read_as)
                    .to_owned(),
                records: 0,
            })
            .collect(),
        ..Summary::default()
    }
}

/// The items of a JSON array, without its brackets.
fn items(json: Option<&str>) -> &str {
    let json = json.unwrap_or("").trim();
    json.strip_prefix('[')
        .and_then(|json| json.strip_suffix(']'))
        .unwrap_or(json)
}

fn parsed(json: Option<&str>) -> Vec<Value> {
    json.and_then(|json| serde_json::from_str(json).ok())
        .unwrap_or_default()
}
