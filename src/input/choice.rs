//! Which mapping a CSV file gets: the one that the user names, else a preset that fits, else what its column names say.

use super::{InputError, Settings};
use crate::config::read::list_of;
use crate::mapping::columns::Columns;
use crate::mapping::guess::{self, Proposal};
use crate::mapping::preset::{self, SURE};
use crate::mapping::{Missing, Plan};

/// The mapping for these columns, and what it is called. `samples` gives rows of the file, if they are needed.
pub(super) fn plan(
    name: &str,
    columns: Columns,
    settings: &Settings<'_>,
    samples: impl FnOnce() -> Vec<Vec<String>>,
) -> Result<(Plan, String), InputError> {
    if let Some(mapping) = &settings.mapping {
        let missing = match mapping.strict {
            true => Missing::Refuse {
                mapping: &mapping.path,
                input: name,
            },
            false => Missing::LeaveOut,
        };
        let called = format!("mapped by {}", mapping.path.display());
        return Ok((Plan::compile(&mapping.spec, columns, missing)?, called));
    }
    let recognised = preset::recognise(&columns);
    let best = recognised.first();
    if let Some(best) = best.filter(|best| best.confidence >= SURE) {
        let plan = Plan::compile(&best.preset.spec, columns, Missing::LeaveOut)?;
        let called = format!(
            "{} ({} % sure)",
            best.preset.title,
            percent(best.confidence)
        );
        return Ok((plan, called));
    }
    let proposal = guess::propose(&columns, &samples());
    if proposal.is_certain() {
        let spec = proposal.spec(&columns);
        let sure = percent(proposal.confidence());
        let plan = Plan::compile(&spec, columns, Missing::LeaveOut)?;
        let called = format!("no export that is known, mapped by its column names ({sure} % sure)");
        return Ok((plan, called));
    }
    let near = best.map_or(String::new(), |best| {
        let sure = percent(best.confidence);
        format!(" (nearest: {}, {sure} %)", best.preset.title)
    });
    let doubt = doubt(&proposal, &columns);
    Err(InputError::Unrecognised {
        name: name.to_owned(),
        message: format!(
            "its columns fit no export that cardlift knows{near}, and {doubt}; save what `cardlift suggest {name}` proposes as mapping.toml, look it through, and give it with --mapping mapping.toml, or name a preset (`cardlift presets`)"
        ),
    })
}

/// A share from 0 to 1 in whole percents, never rounded up to certainty.
pub fn percent(share: f32) -> u32 {
    (share * 100.0).floor() as u32
}

/// Why a proposal is not used without asking.
fn doubt(proposal: &Proposal, columns: &Columns) -> String {
    let doubtful = proposal.columns.iter().zip(columns.names());
    let doubtful: Vec<&str> = doubtful
        .filter(|(guess, _)| !guess.is_certain())
        .map(|(_, name)| name.trim())
        .collect();
    match doubtful.as_slice() {
        [] => "no column of them surely holds a name, or none an e-mail or telephone".to_owned(),
        [one] => format!("it is not certain what `{one}` holds"),
        [some @ .., _, _, _] if some.len() > 3 => format!(
            "it is not certain what {} and {} others hold",
            list_of(&doubtful[..5]),
            doubtful.len() - 5
        ),
        some => format!("it is not certain what {} hold", list_of(some)),
    }
}
