//! What `check` and `import` have in common: opening the inputs, and what is said of records.

use super::preflight;
use super::settings;
use crate::cli::Reading;
use crate::config::{Config, Duplicates};
use crate::examine::{Merges, Options, Stopped};
use crate::exit::{Exit, Failed};
use crate::input::{self, Input, InputError, Mapping, Overview, Reader, Settings, Spool};
use crate::lang::tr;
use crate::log;
use crate::mapping::spec::{MaxGone, OnChange, OnGone, Spec};
use crate::source::encoding::TextEncoding;
use crate::source::workbook::WorkbookError;
use crate::terminal::Terminal;
use std::cell::RefCell;
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
    pub on_change: OnChange,
    /// The source, and what happens with contacts that it no longer has.
    pub leaving: Leaving,
    /// Whether the mapping says who may see a record's contact.
    pub maps_permission: bool,
    /// The inputs as the user named them.
    pub names: Vec<String>,
    /// What runs are compared by, as JSON: the version, and what says how records are mapped.
    pub settings: String,
    /// The tags of the service, by label.
    labels: HashMap<String, String>,
    /// The fields that identify a record, by `[mapping] key`.
    pub key: Vec<String>,
}

impl Opened {
    pub fn options(&self, reading: &Reading) -> Options {
        let cores = std::thread::available_parallelism()
            .map_or(1, usize::from)
            .min(8);
        Options {
            workers: reading.workers.unwrap_or(cores).max(1),
            plan: false,
            details: false,
            key: self.key.clone(),
        }
    }

    /// Passes over the inputs to find duplicates that are to be merged, and opens them again.
    pub fn merges(
        &mut self,
        reading: &Reading,
        spool: &Spool,
        asks: &Asks<'_>,
        terminal: &Terminal,
    ) -> Result<Merges, Failed> {
        if self.config.normalize.duplicates == Duplicates::Report {
            return Ok(Merges::default());
        }
        let options = self.options(reading);
        let merges = Merges::find(std::mem::take(&mut self.inputs), &options).map_err(stopped)?;
        let (config, labels) = (self.config.clone(), self.labels.clone());
        let silent = terminal.silent();
        *self = open_with(config, reading, labels, spool, asks, &silent)?;
        Ok(merges)
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

    /// Where the columns of each input go.
    pub fn overviews(&self) -> Vec<Overview> {
        self.inputs
            .iter()
            .map(|input| input.overview.clone())
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

/// What `[mapping]` says of contacts that have left the source.
pub struct Leaving {
    pub source: Option<String>,
    pub on_gone: OnGone,
    pub max_gone: MaxGone,
}

impl Leaving {
    /// A mapping file goes before the configuration.
    fn of(file: Option<&Spec>, config: &Spec) -> Leaving {
        let specs = || file.into_iter().chain([config]);
        Leaving {
            source: specs().find_map(|spec| spec.source.clone()),
            on_gone: specs().find_map(|spec| spec.on_gone).unwrap_or_default(),
            max_gone: specs().find_map(|spec| spec.max_gone).unwrap_or_default(),
        }
    }
}

/// Asks a person about columns, each question once however often the files are opened; nobody where there is no terminal.
pub struct Asks<'t> {
    terminal: Option<&'t Terminal>,
    answers: RefCell<HashMap<String, bool>>,
}

impl<'t> Asks<'t> {
    /// Asks at this terminal, if it is one and `allowed` says so.
    pub fn at(terminal: &'t Terminal, allowed: bool) -> Asks<'t> {
        let asks = allowed && terminal.can_ask() && !terminal.is_quiet() && !terminal.wants_json();
        Asks {
            terminal: asks.then_some(terminal),
            answers: RefCell::default(),
        }
    }

    /// Asks nobody.
    pub fn nobody() -> Asks<'t> {
        Asks {
            terminal: None,
            answers: RefCell::default(),
        }
    }

    fn ask(&self, question: &str) -> bool {
        let known = self.answers.borrow().get(question).copied();
        known.unwrap_or_else(|| {
            let answer = self
                .terminal
                .and_then(Terminal::asker)
                .is_some_and(|asker| asker.confirm(&[], question));
            self.answers
                .borrow_mut()
                .insert(question.to_owned(), answer);
            answer
        })
    }
}

/// Loads the configuration and opens every input. One that can't be read is named and left out; that is an error only if
/// none is left.
pub fn open(reading: &Reading, terminal: &Terminal) -> Result<Opened, Failed> {
    let config = super::configuration(reading.read_as.config.as_deref(), terminal)?;
    let (spool, nobody) = (Spool::default(), Asks::nobody());
    open_with(config, reading, HashMap::new(), &spool, &nobody, terminal)
}

/// The same with a configuration at hand, the tags of the service by label, and standard input as far as it was read.
pub fn open_with(
    config: Config,
    reading: &Reading,
    tags: HashMap<String, String>,
    spool: &Spool,
    asks: &Asks<'_>,
    terminal: &Terminal,
) -> Result<Opened, Failed> {
    let encoding = reading
        .read_as
        .encoding
        .as_deref()
        .map(TextEncoding::from_label)
        .transpose();
    let mapping = Mapping::resolve(reading.read_as.mapping.as_deref(), &config)?;
    let key = match &mapping {
        Some(mapping) if !mapping.spec.key.is_empty() => mapping.spec.key.clone(),
        _ => config.mapping.key.clone(),
    };
    let on_change = mapping
        .as_ref()
        .and_then(|mapping| mapping.spec.on_change)
        .or(config.mapping.on_change)
        .unwrap_or_default();
    if on_change == OnChange::Update && key.is_empty() {
        return Err(Failed::new(Exit::Configuration, tr!("config-update-key")));
    }
    let leaving = Leaving::of(
        mapping.as_ref().map(|mapping| &mapping.spec),
        &config.mapping,
    );
    if leaving.on_gone == OnGone::Delete && (key.is_empty() || leaving.source.is_none()) {
        return Err(Failed::new(Exit::Configuration, tr!("config-delete-needs")));
    }
    let spec = mapping
        .as_ref()
        .map_or(&config.mapping, |mapping| &mapping.spec);
    let maps_permission = spec.permission.values().next().is_some();
    let labels = tags.clone();
    let ask = |question: &str| asks.ask(question);
    let settings = Settings {
        config: &config,
        mapping,
        encoding: encoding.map_err(|error| Failed::new(Exit::Usage, error.to_string()))?,
        sheet: reading.read_as.sheet.clone(),
        tags,
        spool,
        ask: asks.terminal.is_some().then_some(&ask),
    };
    let (inputs, left_out) = open_all(&reading.files, &settings, terminal)?;
    let inputs_named = inputs.iter().map(|input| input.name.clone()).collect();
    let opened = Opened {
        inputs,
        left_out,
        on_change,
        leaving,
        names: inputs_named,
        maps_permission,
        labels,
        key,
        settings: settings::of(reading, &config),
        config,
    };
    let filled = opened.properties();
    preflight::key(&opened.key, &filled)?;
    preflight::declared(&filled, &opened.config)?;
    Ok(opened)
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
            Err(error) => match exit_of(&error) {
                Exit::NoData => refused.push(error.to_string()),
                exit => {
                    return Err(Failed {
                        exit,
                        ..Failed::from(error)
                    });
                }
            },
        }
    }
    if inputs.is_empty() {
        return Err(Failed::new(Exit::NoData, refused.join("\n")));
    }
    for refused in &refused {
        terminal.warn(tr!("left-out", why = refused.as_str()));
    }
    for input in inputs.iter().filter(|_| !terminal.is_quiet()) {
        log::evidence(&input.name, &input.evidence);
    }
    for warning in inputs.iter().flat_map(|input| &input.warnings) {
        terminal.warn(warning);
    }
    Ok((inputs, !refused.is_empty()))
}

/// The exit code for an input that can't be read.
pub fn exit_of(error: &InputError) -> Exit {
    match error {
        InputError::Missing { .. } => Exit::NoInput,
        InputError::Folder { .. } | InputError::Unreadable { .. } => Exit::NoInput,
        InputError::Workbook {
            error: WorkbookError::NoSheet { .. },
            ..
        } => Exit::Usage,
        InputError::NotCsv { .. } | InputError::NoCards { .. } | InputError::Workbook { .. } => {
            Exit::NoData
        }
        InputError::Tie { .. } | InputError::Mapping(_) | InputError::Unrecognised(_) => {
            Exit::Configuration
        }
    }
}

pub fn stopped(stopped: Stopped<io::Error>) -> Failed {
    match stopped {
        Stopped::Reading { source, error } => Failed::new(
            Exit::NoInput,
            tr!("input-stopped", path = source, error = error.to_string()),
        ),
        Stopped::Caller(error) => Failed::new(
            Exit::Failure,
            tr!("report-unwritten", error = error.to_string()),
        ),
    }
}
