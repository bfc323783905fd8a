//! Opening inputs: what kind of file each is, how it is read, and which mapping goes with it.
//!
//! Everything that can be wrong with a file or with the mapping for it is found here, before any record is read.

mod choice;
mod file;
pub(crate) mod said;

pub use crate::mapping::guess::percent;
pub use choice::Mapping;
pub(crate) use choice::with_preset;
pub use file::{Spool, Survey, survey};

use crate::config::{CarryOver, Config};
use crate::contact::Origin;
use crate::exit::{Exit, Failed};
use crate::lang::{self, tr};
use crate::mapping::columns::Columns;
use crate::mapping::date::{self, DateOrder};
use crate::mapping::{Plan, Rules};
use crate::report::RejectSource;
use crate::source::encoding::TextEncoding;
use crate::source::{csv, vcard};
use choice::Chosen;
use file::{InputFile, Sheet, Stored, known_header, open_file, unreadable};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Seek;
use std::path::Path;
use std::sync::OnceLock;

pub struct Input {
    /// The file as the user named it.
    pub name: String,
    /// How it is read, for people: format or preset, and encoding.
    pub read_as: String,
    /// Why it is read so, for those who want to know.
    pub evidence: String,
    /// What a person should know before its records are read.
    pub warnings: Vec<String>,
    /// Where its columns go; nothing for vCards.
    pub overview: Overview,
    pub reject: RejectSource,
    /// The same file again, for copying rejects and reading records again.
    pub file: File,
    /// Whether `file` is a copy: what was read can't be read again by its name.
    pub is_copy: bool,
    pub reader: Reader,
    /// The file, for reading all of its records once.
    pub records: File,
}

#[derive(Clone, Debug, Default)]
pub struct Overview {
    /// The columns that are filled, in the first rows at least, each with its field.
    pub fields: Vec<(String, String)>,
    /// Columns that are not imported though their values look like something, each with what they look like.
    pub doubtful: Vec<(String, String)>,
}

/// How the records of an input are read and mapped.
#[expect(
    clippy::large_enum_variant,
    reason = "there are a handful of inputs, and they are never moved around"
)]
pub enum Reader {
    Csv {
        layout: csv::Layout,
        plan: Plan,
        rules: Rules,
    },
    Vcard {
        charsets: vcard::Charsets,
        rules: Rules,
    },
}

impl Reader {
    pub fn rules_mut(&mut self) -> &mut Rules {
        match self {
            Reader::Csv { rules, .. } | Reader::Vcard { rules, .. } => rules,
        }
    }
}

/// What the user and the service say of all inputs.
pub struct Settings<'s> {
    pub config: &'s Config,
    pub mapping: Option<Mapping>,
    pub encoding: Option<TextEncoding>,
    /// The sheet of workbooks.
    pub sheet: Option<String>,
    /// Standard input, once it was read.
    pub spool: &'s Spool,
    /// Asks a person whether something is so, where there is one.
    pub ask: Option<&'s dyn Fn(&str) -> bool>,
}

/// Opens a file, or standard input for `-`.
pub fn open(path: &Path, settings: &Settings<'_>) -> Result<Input, Failed> {
    let found = InputFile::open(path, settings.spool, settings.sheet.as_deref())?;
    let again = open_file(&found.stored, &found.name)?;
    match found.is_vcard {
        true => vcard_input(found, again, settings),
        false => csv_input(found, again, settings),
    }
}

fn csv_input(found: InputFile, again: File, settings: &Settings<'_>) -> Result<Input, Failed> {
    let InputFile {
        name,
        stored,
        file,
        is_copy,
        sheet,
        ..
    } = found;
    let names = named_columns(settings);
    let csv::Opened {
        detected,
        header,
        layout,
    } = open_csv(&name, &file, settings.encoding, names, sheet.as_ref())?;
    let encoding = layout.encoding;
    let columns = Columns::new(header.cells.clone());
    let has_reason = columns.reason().is_some();
    let mut warnings = sheet
        .as_ref()
        .map_or(Vec::new(), |sheet| sheet.warnings.clone());
    let ruined = (detected.as_ref()).and_then(|found| found.double_encoded.as_ref());
    warnings.extend(ruined.map(|ruined| said::ruined(&name, ruined)));
    let samples = file::rows(&file, &layout);
    let Chosen {
        plan,
        called,
        sure,
        doubtful,
        warnings: doubts,
    } = choice::choose(&name, columns, settings, &samples)?;
    warnings.extend(doubts);
    warnings.extend(said::named_alike(&name, header.line, &plan));
    let mut rules = rules(settings);
    rules.double_encoded = ruined.is_some();
    rules.date_order = date_order(&stored, &layout, &plan, settings);
    let because = (sheet.is_none()).then(|| said::encoding(encoding.name(), detected.as_ref()));
    Ok(Input {
        read_as: match &sheet {
            Some(sheet) => said::sheet(&called, &sheet.name),
            None => said::read_as(&called, encoding.name(), detected.is_some()),
        },
        evidence: lang::joined(sure.into_iter().chain(because)).unwrap_or_default(),
        reject: RejectSource::Csv {
            header: header.raw,
            columns: header.cells.len(),
            dialect: layout.dialect,
            encoding,
            has_reason,
            sheet: sheet.map(|sheet| sheet.name),
        },
        name,
        warnings,
        overview: overview(&plan, &doubtful, &samples),
        file: again,
        is_copy,
        records: file,
        reader: Reader::Csv {
            layout,
            plan,
            rules,
        },
    })
}

fn vcard_input(found: InputFile, again: File, settings: &Settings<'_>) -> Result<Input, Failed> {
    let InputFile { name, file, .. } = found;
    let survey = (&file).rewind().and_then(|()| vcard::survey(&file));
    let survey = survey.map_err(|error| unreadable(&name, &error))?;
    if survey.cards == 0 {
        let mut outside = survey.outside.into_iter();
        let what = outside.find_map(|outside| outside.component);
        let said = said::no_cards(&name, what.as_deref());
        return Err(Failed::new(Exit::NoData, said));
    }
    let mut rules = rules(settings);
    rules.double_encoded = survey.ruined.is_some();
    Ok(Input {
        read_as: said::vcard(&survey, settings.encoding),
        evidence: String::new(),
        warnings: said::of_cards(&name, &survey),
        name,
        overview: Overview::default(),
        reject: RejectSource::Vcard,
        file: again,
        is_copy: found.is_copy,
        records: file,
        reader: Reader::Vcard {
            charsets: vcard::Charsets {
                asked: settings.encoding,
                pooled: survey.encoding,
            },
            rules,
        },
    })
}

fn overview(plan: &Plan, doubtful: &[(usize, String)], samples: &[Vec<String>]) -> Overview {
    let is_filled = |index: usize| {
        let mut cells = samples.iter().filter_map(|row| row.get(index));
        cells.any(|cell| !cell.trim().is_empty())
    };
    let called = |index: usize| plan.columns().label(Origin::field(index)).to_string();
    let fields = plan.fields().enumerate();
    let fields = fields.filter(|(index, _)| is_filled(*index));
    let doubtful = doubtful.iter();
    Overview {
        fields: fields
            .filter_map(|(index, field)| Some((called(index), field.cloned()?)))
            .collect(),
        doubtful: doubtful
            .map(|(index, reason)| (called(*index), reason.clone()))
            .collect(),
    }
}

/// The names of the columns of files without a header, if the mapping has them.
fn named_columns<'s>(settings: &'s Settings<'_>) -> Option<&'s [String]> {
    let mapping = settings.mapping.as_ref();
    let columns = &mapping
        .map_or(&settings.config.mapping, |mapping| &mapping.spec)
        .columns;
    (!columns.is_empty()).then_some(columns)
}

/// Opens a file as CSV; what is wrong with it is said under this name. `columns` are its column names, if it has no header.
fn open_csv(
    name: &str,
    file: &File,
    encoding: Option<TextEncoding>,
    columns: Option<&[String]>,
    sheet: Option<&Sheet>,
) -> Result<csv::Opened, Failed> {
    let options = csv::Options {
        encoding: sheet.map(|_| TextEncoding::UTF_8).or(encoding),
        delimiter: sheet.map(|_| b','),
        rows: sheet.map(|sheet| &sheet.rows),
        columns,
        known_header: Some(&known_header),
        ..csv::Options::default()
    };
    csv::open(file, &options).map_err(|error| {
        let exit = match error {
            csv::OpenError::Read(error) => return unreadable(name, &error),
            // The user can say which encoding it is.
            csv::OpenError::Tie(_) | csv::OpenError::Encoding { .. } => Exit::Configuration,
            _ => Exit::NoData,
        };
        let why = said::not_csv(&error, name);
        Failed::new(exit, tr!("csv-error", path = name, error = why))
    })
}

fn rules(settings: &Settings<'_>) -> Rules {
    let config = settings.config;
    let configured = config.normalize.date_order;
    let properties = config.custom_properties.iter();
    let multi = properties.filter(|(_, property)| property.multi);
    Rules {
        accessible_range: Some(config.permission.accessible_range.0.to_owned()),
        master_user_id: config.permission.master_user_id.clone(),
        is_co_editing: Some(config.permission.co_editing),
        members: config.permission.members.clone(),
        too_long: config.normalize.too_long,
        carry_to_memo: config.normalize.carry_over == CarryOver::Memo,
        multi_properties: multi.map(|(name, _)| name.clone()).collect(),
        date_order: Box::new(move || configured),
        ..Rules::default()
    }
}

/// The order of day and month that the file's own dates settle, else the configuration. The file is read for it only once it
/// is asked for.
fn date_order(
    stored: &Stored,
    layout: &csv::Layout,
    plan: &Plan,
    settings: &Settings<'_>,
) -> Box<dyn Fn() -> Option<DateOrder> + Send + Sync> {
    let (stored, layout, columns) = (stored.clone(), layout.clone(), plan.date_columns());
    let configured = settings.config.normalize.date_order;
    let settled = OnceLock::new();
    let by_file = move || {
        let mut cutter = csv::Cutter::new(stored.open().ok()?, layout.clone()).ok()?;
        let mut chunk = csv::Chunk::default();
        let mut evidence = BTreeSet::new();
        while cutter.next_chunk(&mut chunk).ok()? {
            for row in csv::rows(&chunk) {
                let cells = columns.iter().map(|column| row.cell(*column));
                evidence
                    .extend(cells.filter_map(|cell| date::evidence(cell.trim_start_matches('\''))));
            }
        }
        date::order(evidence)
    };
    Box::new(move || *settled.get_or_init(|| by_file().or(configured)))
}
