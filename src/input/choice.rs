//! Which mapping a CSV file gets: the one that the user names, else what its column names say, where a preset settles what
//! is ambiguous in the columns that it knows.

use super::Settings;
use crate::config::Config;
use crate::contact::Origin;
use crate::document::{ConfigError, Document};
use crate::exit::{Exit, Failed};
use crate::lang::tr;
use crate::mapping::columns::Columns;
use crate::mapping::guess::{self, Field, Guess, Proposal, percent};
use crate::mapping::preset::{self, Preset, Recognised, SURE};
use crate::mapping::spec::{MappingFile, NameKey, Spec};
use crate::mapping::{Missing, Plan, fit};
use crate::names::list_of;
use crate::printable::shown;
use std::path::{Path, PathBuf};

/// A mapping that the user asked for.
#[derive(Clone, Debug)]
pub struct Mapping {
    pub path: PathBuf,
    pub spec: Spec,
    /// Whether every column that it names has to be there.
    pub strict: bool,
}

impl Mapping {
    /// `--mapping NAME|FILE`, else `[mapping]` of the configuration where it says anything.
    pub fn resolve(named: Option<&str>, config: &Config) -> Result<Option<Mapping>, ConfigError> {
        if let Some(named) = named {
            return Mapping::named(named).map(Some);
        }
        let configured = &config.mapping;
        let path = config.path.clone().unwrap_or_default();
        if configured.maps_anything() {
            return Ok(Some(Mapping {
                path,
                spec: configured.clone(),
                strict: true,
            }));
        }
        match &configured.preset {
            Some(name) => Mapping::named(name).map(Some),
            None => Ok(None),
        }
    }

    fn named(name: &str) -> Result<Mapping, ConfigError> {
        if let Some(preset) = preset::get(name) {
            return Ok(Mapping {
                path: name.into(),
                spec: preset.file.mapping.clone(),
                strict: false,
            });
        }
        let path = Path::new(name);
        if !path.exists() {
            let presets = list_of(&preset::names().collect::<Vec<_>>());
            return Err(ConfigError {
                path: path.to_owned(),
                line: None,
                message: tr!("mapping-not-there", presets),
            });
        }
        let file: MappingFile = Document::open(path)?.read()?;
        Ok(Mapping {
            path: path.to_owned(),
            spec: file.mapping,
            strict: true,
        })
    }
}

/// The mapping for the columns of a file, with what a person should know about it.
pub(super) struct Chosen {
    pub plan: Plan,
    pub called: String,
    /// How sure it is that this is the preset.
    pub sure: Option<String>,
    /// Columns whose values look like something that nobody has said that they are, with what they look like.
    pub doubtful: Vec<(usize, String)>,
    pub warnings: Vec<String>,
}

/// The mapping for these columns. `samples` are rows of the file.
pub(super) fn choose(
    name: &str,
    columns: Columns,
    settings: &Settings<'_>,
    samples: &[Vec<String>],
) -> Result<Chosen, Failed> {
    if let Some(mapping) = &settings.mapping {
        return asked_for(name, mapping, columns);
    }
    let mut proposal = guess::propose(&columns, samples);
    let best = preset::recognise(&columns);
    let sure = best.as_ref().filter(|best| best.confidence >= SURE);
    let open = match sure {
        Some(best) => left_over(best, &columns)?.1,
        None => (0..proposal.columns.len()).collect(),
    };
    ask_about_columns(name, &columns, &open, &mut proposal, settings);
    if let Some(best) = sure
        && let Some(spec) = with_preset(best, &columns, &proposal)?
    {
        let title = best.preset.title();
        let sure = tr!("mapped-as", title, sure = percent(best.confidence));
        let plan = Plan::compile(&spec, columns, Missing::LeaveOut)?;
        return Ok(Chosen {
            doubtful: doubtful(&proposal, &plan),
            plan,
            called: title.to_owned(),
            sure: Some(sure),
            warnings: colleagues(name, best.preset).into_iter().collect(),
        });
    }
    let certain = proposal.clone().certain();
    if !certain.is_usable() {
        return Err(unrecognised(name, &proposal, &columns, best.as_ref()));
    }
    let mut warnings = Vec::new();
    if !certain.has_name() {
        let question = tr!("ask-no-name", path = shown(name));
        match settings.ask.map(|ask| ask(&question)) {
            Some(false) => return Err(unrecognised(name, &proposal, &columns, best.as_ref())),
            Some(true) => {}
            None => warnings.push(tr!("warn-no-name", path = name)),
        }
    }
    let plan = Plan::compile(&certain.spec(&columns), columns, Missing::LeaveOut)?;
    Ok(Chosen {
        doubtful: doubtful(&proposal, &plan),
        plan,
        called: tr!("mapped-by-names"),
        sure: None,
        warnings,
    })
}

fn asked_for(name: &str, mapping: &Mapping, columns: Columns) -> Result<Chosen, Failed> {
    let missing = match mapping.strict {
        true => Missing::Refuse {
            mapping: &mapping.path,
            input: name,
        },
        false => Missing::LeaveOut,
    };
    let preset = mapping.path.to_str().and_then(preset::get);
    Ok(Chosen {
        plan: Plan::compile(&mapping.spec, columns, missing)?,
        called: tr!("mapped-by", path = &mapping.path),
        sure: None,
        doubtful: Vec::new(),
        warnings: Vec::from_iter(preset.and_then(|preset| colleagues(name, preset))),
    })
}

/// The mapping of a preset, and of the columns beside it that are plain by their names. Nothing if the file is rather read
/// by its names: where the preset would leave over its name.
pub(crate) fn with_preset(
    best: &Recognised,
    columns: &Columns,
    proposal: &Proposal,
) -> Result<Option<Spec>, Failed> {
    let (plan, left_over) = left_over(best, columns)?;
    let has_name = |index: &usize| {
        let guess = &proposal.columns[*index];
        let is_name = matches!(guess.field, Field::Name(key) if key != NameKey::PhoneticFullName);
        guess.is_certain() && is_name
    };
    if !plan.names_somebody() && left_over.iter().any(has_name) {
        return Ok(None);
    }
    let mut spec = best.preset.file.mapping.clone();
    let mut beside = left_over.iter().map(|index| &proposal.columns[*index]);
    if beside.any(|guess| guess.is_certain() && guess.field != Field::Nothing) {
        spec = fit::fit(&spec, columns);
        proposal.add_to(&mut spec, columns, &left_over);
    }
    Ok(Some(spec))
}

/// What is said of a list of colleagues, who need not be contacts.
fn colleagues(name: &str, preset: &Preset) -> Option<String> {
    let is_of_members = preset.file.members;
    is_of_members.then(|| tr!("warn-colleagues", path = name))
}

/// The plan of a preset, and the columns that it neither maps nor ignores.
fn left_over(best: &Recognised, columns: &Columns) -> Result<(Plan, Vec<usize>), Failed> {
    let preset = &best.preset.file.mapping;
    let plan = Plan::compile(preset, columns.clone(), Missing::LeaveOut)?;
    let mut left_over = plan.unmapped().to_vec();
    let ignored = fit::all_meant(&preset.ignore, columns);
    left_over.retain(|index| !ignored.contains(index));
    Ok((plan, left_over))
}

/// Asks about those of these columns whose names say nothing and whose values look like something that a contact has a place for.
fn ask_about_columns(
    name: &str,
    columns: &Columns,
    open: &[usize],
    proposal: &mut Proposal,
    settings: &Settings<'_>,
) {
    let Some(ask) = settings.ask else { return };
    for &column in open {
        let guess = &proposal.columns[column];
        let field = guess.field;
        if !guess.is_open() || proposal.rival(column, field).is_some() {
            continue;
        }
        let question = tr!(
            "ask-column",
            path = shown(name),
            name = shown(&columns.names()[column]),
            reason = guess.reason,
            field = field.path()
        );
        let (field, reason) = match ask(&question) {
            true => (field, tr!("reason-accepted")),
            false => (Field::Nothing, tr!("reason-chosen")),
        };
        proposal.choose(column, field, reason);
    }
}

/// The columns that are not imported though their values look like something.
fn doubtful(proposal: &Proposal, plan: &Plan) -> Vec<(usize, String)> {
    let guesses = proposal.columns.iter().enumerate();
    let open = guesses.filter(|(index, guess)| guess.is_open() && plan.unmapped().contains(index));
    let reason = |(index, guess): (usize, &Guess)| (index, guess.reason.clone());
    open.map(reason).collect()
}

fn unrecognised(
    name: &str,
    proposal: &Proposal,
    columns: &Columns,
    best: Option<&Recognised>,
) -> Failed {
    let doubt = doubt(proposal, columns);
    let text = match best {
        None => tr!("unrecognised", path = name, doubt),
        Some(best) => {
            let (near, sure) = (best.preset.title(), percent(best.confidence));
            tr!("unrecognised-near", path = name, near, sure, doubt)
        }
    };
    Failed::new(Exit::Configuration, text)
}

/// Why a proposal is not used without asking.
fn doubt(proposal: &Proposal, columns: &Columns) -> String {
    let guesses = proposal.columns.iter().enumerate();
    let doubtful = guesses.filter(|(_, guess)| !guess.is_certain());
    let label = |(column, _)| columns.label(Origin::field(column));
    let labels: Vec<_> = doubtful.map(label).collect();
    match labels.as_slice() {
        [] => tr!("doubt-nobody"),
        some if some.len() > 6 => {
            let (names, count) = (list_of(&some[..5]), some.len() - 5);
            tr!("doubt-more", names, count)
        }
        some => tr!("doubt-columns", names = list_of(some), count = some.len()),
    }
}
