//! In what a contact differs from its record, for people.

use crate::api::compare::Difference;
use crate::lang::tr;
use crate::printable::shown;

/// So many differences are named.
const NAMED: usize = 6;

/// The fields with what the record and the contact have in each.
pub fn fields_of(differences: &[Difference]) -> String {
    let named = differences.iter().take(NAMED).map(|one| {
        let (field, here) = (one.field.as_str(), shown(&one.sent));
        match &one.shown {
            None => tr!("differs-here", field, here),
            Some(there) if one.sent.is_empty() => {
                tr!("differs-there", field, there = shown(there))
            }
            Some(there) => {
                tr!("differs", field, here, there = shown(there))
            }
        }
    });
    let mut text = named.collect::<Vec<_>>().join(", ");
    if differences.len() > NAMED {
        text.push_str(", …");
    }
    text
}
