//! What is looked at in the service before anything is sent, and what a check without a network can't say.

use super::ending::stop_text;
use crate::api::{Client, Failure, RemoteContact};
use crate::config::{Config, PropertyType, TagMode};
use crate::exit::{Exit, Failed, failed};
use crate::lang::{self, tr};
use crate::names::list_of;
use crate::note::NoteKind;
use crate::report::Summary;
use std::collections::BTreeMap;

/// A key that nothing fills identifies no record: nothing would be updated, and all would have left the source.
pub fn key(key: &[String], filled: &BTreeMap<String, bool>) -> Result<(), Failed> {
    let mut properties = key
        .iter()
        .filter_map(|field| field.strip_prefix("customProperties."));
    match properties.find(|name| !filled.contains_key(*name)) {
        Some(name) => Err(failed!(Configuration, "config-key-unfilled", name)),
        None => Ok(()),
    }
}

/// Compares the custom properties that the mapping fills (and whether each is a link) with those that the service has: what
/// is wrong with them would be wrong with every record.
pub async fn properties(
    client: &Client,
    used: &BTreeMap<String, bool>,
    config: &Config,
) -> Result<(), Failed> {
    if used.is_empty() {
        return Ok(());
    }
    let known = client.read_properties().await;
    let known = known.map_err(|failure| unread(&tr!("unread-properties"), &failure))?;
    let mut wrong = Vec::new();
    for (name, is_link) in used {
        let Some(property) = known.iter().find(|property| property.name == *name) else {
            let names: Vec<&str> = known.iter().map(|known| known.name.as_str()).collect();
            wrong.push(match names.is_empty() {
                true => tr!("property-unknown-none", name),
                false => tr!("property-unknown", name, known = list_of(&names)),
            });
            continue;
        };
        let kind = property.kind.as_str();
        let filled = match kind {
            "STRING" => "link",
            "LINK" => "content",
            _ => "content or link",
        };
        if kind != kind_for(*is_link) {
            wrong.push(tr!("property-kind", name, kind, filled));
        }
        let multi = (config.custom_properties.get(name)).is_some_and(|property| property.multi);
        let is_multi = property.multi.unwrap_or_default();
        if multi != is_multi {
            wrong.push(match is_multi {
                true => tr!("property-multi", name),
                false => tr!("property-single", name),
            });
        }
    }
    none_of(&wrong)
}

/// Holds what the configuration says of custom properties against what the mappings fill.
pub fn declared(used: &BTreeMap<String, bool>, config: &Config) -> Result<(), Failed> {
    let mut wrong = Vec::new();
    for (name, is_link) in used {
        let Some(property) = config.custom_properties.get(name) else {
            continue;
        };
        let (kind, filled) = match property.kind {
            PropertyType::String => ("STRING", "link"),
            PropertyType::Link => ("LINK", "content"),
        };
        if kind != kind_for(*is_link) {
            let name = name.as_str();
            wrong.push(tr!("property-declared", name, kind, filled));
        }
    }
    none_of(&wrong)
}

/// The kind of a custom property that is filled with links, or with content.
fn kind_for(is_link: bool) -> &'static str {
    if is_link { "LINK" } else { "STRING" }
}

fn none_of(wrong: &[String]) -> Result<(), Failed> {
    match wrong.is_empty() {
        true => Ok(()),
        false => Err(Failed::new(Exit::Configuration, wrong.join("\n"))),
    }
}

/// What could not be read before sending, with the exit code that sending would end with.
pub fn unread(what: &str, failure: &Failure) -> Failed {
    let (exit, text) = stop_text(failure);
    Failed::new(exit, tr!("unread", what, why = text))
}

/// Reads a contact; none if it is gone.
pub async fn read_contact(client: &Client, id: &str) -> Result<Option<RemoteContact>, Failed> {
    let contact = client.read_contact(id).await;
    contact.map_err(|failure| unread(&tr!("unread-contact"), &failure))
}

/// One line on what a check could not look at, if the configuration asks for any of it.
pub fn left_unchecked(
    config: &Config,
    properties: &BTreeMap<String, bool>,
    summary: &Summary,
) -> Option<String> {
    let mut left = Vec::new();
    let has_tags = summary.notes.of(NoteKind::Tag) > 0;
    if config.tags.mode != TagMode::Off && has_tags {
        left.push(tr!("unchecked-tags"));
    }
    if !properties.is_empty() {
        let names: Vec<&str> = properties.keys().map(String::as_str).collect();
        left.push(tr!("unchecked-properties", names = list_of(&names)));
    }
    if config.send.match_remote {
        left.push(tr!("unchecked-remote"));
    }
    lang::joined(left).map(|what| tr!("unchecked", what))
}
