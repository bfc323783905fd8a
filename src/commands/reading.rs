//! What `check` and `import` have in common: opening the inputs, and what is said of records.

use super::preflight;
use crate::cli::Reading;
use crate::config::{Config, Duplicates};
use crate::examine::{Merges, Options, Record, Stopped, examine};
use crate::exit::{Exit, Failed, failed};
use crate::input::{self, Input, Mapping, Reader, Settings, Spool};
use crate::lang::tr;
use crate::log;
use crate::mapping::spec::{OnChange, OnGone, Spec};
use crate::plan::Earlier;
use crate::report::NoteCounts;
use crate::source::encoding::TextEncoding;
use crate::terminal::Terminal;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::PathBuf;

pub use crate::report::message::DUPLICATE;
pub use crate::report::{ADOPTED, CHANGED, DIFFERS, KEY_NOT_UNIQUE, SourceSummary, UPDATED};

/// The contact to update is not in the service any more.
pub const CONTACT_GONE: &str = "CONTACT_GONE";

/// The inputs that can be read, and the settings for them.
pub struct Opened {
    pub config: Config,
    pub inputs: Vec<Input>,
    /// Whether an input can't be read.
    pub left_out: bool,
    /// The mapping that the user asked for. Where it says nothing of contacts that are there, `[mapping]` of the configuration
    /// does.
    pub spec: Spec,
    workers: usize,
}

impl Opened {
    pub fn options(&self) -> Options {
        Options {
            workers: self.workers,
            plan: false,
            details: false,
            lists_valid: true.into(),
            key: self.spec.key.clone(),
        }
    }

    /// Whether the mapping says who may see a record's contact.
    pub fn maps_permission(&self) -> bool {
        self.spec.permission.values().next().is_some()
    }

    pub fn on_change(&self) -> OnChange {
        self.spec.on_change.unwrap_or_default()
    }

    /// Reads and checks all records and hands them to `take`, in order, some hundred at a time, with their notes counted.
    pub fn examine(
        &self,
        options: &Options,
        take: impl FnMut(Vec<Record>, &NoteCounts) -> Result<(), Failed>,
    ) -> Result<(), Failed> {
        examine(&self.inputs, options, take).map_err(stopped)
    }

    /// Passes over the inputs to find duplicates that are to be merged.
    pub fn merges(&self) -> Result<Merges, Failed> {
        let (mut merges, mut earlier) = (Merges::default(), Earlier::default());
        if self.config.normalize.duplicates == Duplicates::Merge {
            self.examine(&self.options(), |records, _| {
                let records = records.iter();
                records.for_each(|record| merges.add(record, &mut earlier));
                Ok(())
            })?;
        }
        Ok(merges)
    }

    /// Sets the ids of the service's tags, by label.
    pub fn set_tags(&mut self, tags: &HashMap<String, String>) {
        for input in &mut self.inputs {
            input.reader.rules_mut().tags.clone_from(tags);
        }
    }

    /// The custom properties that the mappings fill, and whether each is a link.
    pub fn properties(&self) -> BTreeMap<String, bool> {
        let plans = self.inputs.iter().filter_map(|input| match &input.reader {
            Reader::Csv { plan, .. } => Some(plan),
            Reader::Vcard { .. } => None,
        });
        plans
            .flat_map(|plan| plan.custom_properties())
            .map(|(name, is_link)| (name.to_owned(), is_link))
            .collect()
    }

    /// The inputs as the summary lists them.
    pub fn summaries(&self) -> Vec<SourceSummary> {
        let summary = |input: &Input| SourceSummary {
            path: input.name.clone(),
            read_as: input.read_as.clone(),
            records: 0,
            warnings: input.warnings.clone(),
        };
        self.inputs.iter().map(summary).collect()
    }
}

/// Opens every input. One that can't be read is named and left out; that is an error only if none is left. A person is asked
/// about columns at the terminal if it is one and `may_ask` says so.
pub fn open(
    config: Config,
    reading: &Reading,
    may_ask: bool,
    terminal: &Terminal,
) -> Result<Opened, Failed> {
    let encoding = reading
        .read_as
        .encoding
        .as_deref()
        .map(TextEncoding::from_label)
        .transpose();
    let mapping = Mapping::resolve(reading.read_as.mapping.as_deref(), &config)?;
    let spec = spec_of(mapping.as_ref(), &config.mapping);
    if spec.on_change == Some(OnChange::Update) && spec.key.is_empty() {
        return Err(failed!(Configuration, "config-update-key"));
    }
    if spec.on_gone == Some(OnGone::Delete) && (spec.key.is_empty() || spec.source.is_none()) {
        return Err(failed!(Configuration, "config-delete-needs"));
    }
    let may_ask = may_ask && terminal.can_ask() && !terminal.is_quiet() && !terminal.wants_json();
    let ask = |question: &str| {
        let asker = terminal.asker(false);
        asker.is_some_and(|asker| asker.confirm(&[], question))
    };
    let settings = Settings {
        config: &config,
        mapping,
        encoding: encoding.map_err(|error| Failed::new(Exit::Usage, error.to_string()))?,
        sheet: reading.read_as.sheet.clone(),
        spool: &Spool::default(),
        ask: may_ask.then_some(&ask),
    };
    let (inputs, left_out) = open_all(&reading.files, &settings, terminal)?;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let opened = Opened {
        inputs,
        left_out,
        spec,
        workers: reading.workers.unwrap_or(cores.min(8)).max(1),
        config,
    };
    let filled = opened.properties();
    preflight::key(&opened.spec.key, &filled)?;
    preflight::declared(&filled, &opened.config)?;
    Ok(opened)
}

/// A mapping file goes before the configuration.
fn spec_of(mapping: Option<&Mapping>, config: &Spec) -> Spec {
    let mut spec = mapping.map_or(config, |mapping| &mapping.spec).clone();
    if spec.key.is_empty() {
        spec.key.clone_from(&config.key);
    }
    spec.on_change = spec.on_change.or(config.on_change);
    spec.source = spec.source.or(config.source.clone());
    spec.on_gone = spec.on_gone.or(config.on_gone);
    spec.max_gone = spec.max_gone.or(config.max_gone);
    spec
}

/// Opens the files that can be read, and says which can't, and so whether any was left out.
fn open_all(
    files: &[PathBuf],
    settings: &Settings<'_>,
    terminal: &Terminal,
) -> Result<(Vec<Input>, bool), Failed> {
    let mut inputs = Vec::new();
    let mut refused = Vec::new();
    for file in files {
        match input::open(file, settings) {
            Ok(input) => inputs.push(input),
            Err(failed) if failed.exit == Exit::NoData => refused.push(failed.error.to_string()),
            Err(failed) => return Err(failed),
        }
    }
    if inputs.is_empty() {
        return Err(Failed::new(Exit::NoData, refused.join("\n")));
    }
    for refused in &refused {
        terminal.warn(tr!("left-out", why = refused));
    }
    for input in inputs.iter().filter(|_| !terminal.is_quiet()) {
        log::evidence(&input.name, &input.evidence);
    }
    for warning in inputs.iter().flat_map(|input| &input.warnings) {
        terminal.warn(warning);
    }
    Ok((inputs, !refused.is_empty()))
}

/// Why not all records were examined.
pub fn stopped<E: From<Failed>>(stopped: Stopped<E>) -> E {
    match stopped {
        Stopped::Caller(error) => error,
        Stopped::Reading { source, error } => {
            failed!(NoInput, "input-stopped", path = source, error).into()
        }
    }
}

/// A record that can't be read a second time.
pub fn changed(error: io::Error) -> Failed {
    failed!(NoInput, "input-changed", error)
}
