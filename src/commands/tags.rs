//! Tags by name: the labels of a source become tags that the service has, or gets before the first contact is sent.
//!
//! A tag's id is part of a contact, so tags are settled before the records are mapped. Which are missing is found by a pass
//! over the input: only what a new contact will bear is created.

use super::preflight::unread;
use super::reading::Opened;
use crate::api::{Client, FailureKind};
use crate::config::{Config, Duplicates, TagMode, Tags as Names};
use crate::examine::Verdict;
use crate::exit::{Failed, failed};
use crate::lang::tr;
use crate::ledger::{Ledger, RunInfo};
use crate::mapping::spec::OnChange;
use crate::note::NoteKind;
use crate::plan::{Earlier, Resemblance};
use crate::report::RecordNote;
use std::collections::{BTreeSet, HashMap};

/// The longest name of a tag, in characters.
const LONGEST: usize = 30;

/// The tags that the service has, by name.
#[derive(Debug, Default)]
pub struct Tags(HashMap<String, String>);

/// What a pass over the input has shown.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Tags that new contacts will bear and the service does not have.
    pub missing: BTreeSet<String>,
    /// Records of each input.
    pub records: Vec<u64>,
}

impl Tags {
    /// Reads them, if the configuration asks for tags at all.
    pub async fn read(client: &Client, config: &Config) -> Result<Tags, Failed> {
        match config.tags.mode {
            TagMode::Off => Ok(Tags::default()),
            TagMode::Existing | TagMode::Create => read(client).await,
        }
    }

    /// The ids by the labels that stand for them in the source.
    pub fn by_label(&self, names: &Names) -> HashMap<String, String> {
        let mut labels = self.0.clone();
        for (label, name) in &names.names {
            match self.0.get(name.trim()) {
                Some(id) => labels.insert(label.clone(), id.clone()),
                None => labels.remove(label),
            };
        }
        labels
    }

    /// Stands in for the missing ones, for a plan that makes none.
    pub fn pretend(&mut self, missing: &BTreeSet<String>) {
        let pretended = missing
            .iter()
            .map(|name| (name.clone(), format!("new: {name}")));
        self.0.extend(pretended);
    }

    /// Makes the missing ones. Names are unique, so one that somebody else has made in the meantime is used.
    pub async fn create(
        &mut self,
        client: &Client,
        missing: &BTreeSet<String>,
    ) -> Result<(), Failed> {
        for name in missing {
            let made = client.create_tag(name).await;
            let failure = match made {
                Ok(tag) => {
                    self.0.insert(name.clone(), tag.id);
                    continue;
                }
                Err(failure) => failure,
            };
            let there = read(client).await?.0.remove(name);
            let id = there.ok_or_else(|| match failure.kind {
                FailureKind::Refused => failed!(Configuration, "tag-refused", name, failure),
                _ => unread(&tr!("unread-tag", name), &failure),
            })?;
            self.0.insert(name.clone(), id);
        }
        Ok(())
    }

    /// The tags of a record that are not among these.
    fn missing(&self, names: &Names, notes: &[RecordNote]) -> Vec<String> {
        let labels = notes.iter().filter(|note| note.kind == NoteKind::Tag);
        let tag = |note: &RecordNote| {
            let label = note.value.as_str();
            let tag = names.names.get(label).map_or(label, String::as_str);
            tag.trim().to_owned()
        };
        labels
            .map(tag)
            .filter(|name| !name.is_empty() && name.chars().count() <= LONGEST)
            .filter(|name| !self.0.contains_key(name))
            .collect()
    }
}

async fn read(client: &Client) -> Result<Tags, Failed> {
    let tags = client.read_tags().await;
    let tags = tags.map_err(|failure| unread(&tr!("unread-tags"), &failure))?;
    let tags = tags.into_iter().map(|tag| (tag.name, tag.id));
    Ok(Tags(tags.collect()))
}

/// Passes over the input and finds the tags that new contacts will bear and the service does not have.
pub fn wanted(
    tags: &Tags,
    opened: &Opened,
    ledger: &Ledger,
    run: &RunInfo,
) -> Result<Wanted, Failed> {
    let mut options = opened.options();
    options.plan = true;
    let updates = opened.on_change() == OnChange::Update;
    // Then the tags of duplicates go to the records that they repeat.
    let merges = opened.config.normalize.duplicates == Duplicates::Merge;
    let mut earlier = Earlier::default();
    let mut wanted = Wanted {
        records: vec![0; opened.inputs.len()],
        ..Wanted::default()
    };
    opened.examine(&options, |records, _| {
        for record in &records {
            let place = &record.place;
            wanted.records[place.input] += 1;
            let Verdict::Valid { likeness, .. } = &record.verdict else {
                continue;
            };
            match earlier.add(place.input, place.line, &place.span, Some(likeness)) {
                Resemblance::Duplicate(_) | Resemblance::SameKey(_) if !merges => continue,
                _ => {}
            }
            let missing = tags.missing(&opened.config.tags, &record.notes);
            // For others that the ledger knows no contact is created or updated, whatever their tags.
            let is_updated = updates && likeness.key.is_some();
            if !missing.is_empty() && (is_updated || !ledger.knows(run, likeness)?) {
                wanted.missing.extend(missing);
            }
        }
        Ok(())
    })?;
    Ok(wanted)
}
