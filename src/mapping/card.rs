//! A vCard on its way to a draft.

use super::Rules;
use super::build::{Builder, Findings};
use crate::contact::{ContactDraft, Origin};
use crate::source::vcard::Card;

/// Maps a vCard to a draft; what is wrong with it, changed or carried over goes into `findings`.
pub fn map_card<'a>(
    card: &'a Card<'a>,
    rules: &'a Rules,
    findings: &mut Findings<'a>,
) -> ContactDraft<'a> {
    let build = Builder::new(rules, findings);
    build.finish(&|origin| property_label(card, origin))
}

/// The name of a property, for people.
pub fn property_label(card: &Card<'_>, origin: Origin) -> String {
    match origin.index().and_then(|index| card.properties.get(index)) {
        Some(property) => property.name.to_string(),
        None => "configuration".to_owned(),
    }
}
