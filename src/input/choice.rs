//! Which mapping a CSV file gets: the one that the user names, else a preset that fits, else what its column names say.

use super::{InputError, Settings};
use crate::contact::Origin;
use crate::lang::tr;
use crate::mapping::columns::Columns;
use crate::mapping::guess::{self, Proposal};
use crate::mapping::preset::{self, SURE};
use crate::mapping::{Missing, Plan, label_of};
use crate::names::list_of;

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
        let called = tr!("mapped-by", path = mapping.path.display().to_string());
        return Ok((Plan::compile(&mapping.spec, columns, missing)?, called));
    }
    let recognised = preset::recognise(&columns);
    let best = recognised.first();
    if let Some(best) = best.filter(|best| best.confidence >= SURE) {
        let plan = Plan::compile(&best.preset.spec, columns, Missing::LeaveOut)?;
        let called = tr!(
            "mapped-as",
            title = best.preset.title.as_str(),
            sure = percent(best.confidence)
        );
        return Ok((plan, called));
    }
    let proposal = guess::propose(&columns, &samples());
    if proposal.is_certain() {
        let spec = proposal.spec(&columns);
        let sure = percent(proposal.confidence());
        let plan = Plan::compile(&spec, columns, Missing::LeaveOut)?;
        let called = tr!("mapped-by-names", sure = sure);
        return Ok((plan, called));
    }
    let doubt = doubt(&proposal, &columns);
    Err(InputError::Unrecognised(match best {
        None => tr!("unrecognised", path = name, doubt = doubt),
        Some(best) => tr!(
            "unrecognised-near",
            path = name,
            near = best.preset.title.as_str(),
            sure = percent(best.confidence),
            doubt = doubt
        ),
    }))
}

/// A share from 0 to 1 in whole percents, never rounded up to certainty.
pub fn percent(share: f32) -> u32 {
    (share * 100.0).floor() as u32
}

/// Why a proposal is not used without asking.
fn doubt(proposal: &Proposal, columns: &Columns) -> String {
    let guesses = proposal.columns.iter().enumerate();
    let labels: Vec<_> = guesses
        .filter(|(_, guess)| !guess.is_certain())
        .map(|(column, _)| label_of(columns.names(), Origin::field(column)))
        .collect();
    let doubtful: Vec<&str> = labels.iter().map(AsRef::as_ref).collect();
    match doubtful.as_slice() {
        [] => tr!("doubt-nobody"),
        some if some.len() > 6 => tr!(
            "doubt-more",
            names = list_of(&some[..5]),
            count = some.len() - 5
        ),
        some => tr!("doubt-columns", names = list_of(some), count = some.len()),
    }
}
