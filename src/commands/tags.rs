//! Tags by name: the labels of a source become tags that the service has, or gets before the first contact is sent.
//!
//! A tag's id is part of a contact, so tags are settled before the records are mapped. Which are missing is found by a pass
//! over the input: only what a new contact will bear is created.

use super::preflight::unread;
use super::reading::Opened;
use crate::api::{Client, FailureKind};
use crate::config::{Config, Duplicates, TagMode, Tags as Names};
use crate::examine::{Record, Verdict};
use crate::exit::{Exit, Failed};
use crate::lang::tr;
use crate::ledger::{Ledger, LedgerError, RunInfo};
use crate::mapping::spec::OnChange;
use crate::note::NoteKind;
use crate::plan::{Earlier, Likeness, Resemblance};
use crate::report::RecordNote;
use std::collections::{BTreeSet, HashMap};
use tokio::runtime::Runtime;

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
    pub fn read(runtime: &Runtime, client: &Client, config: &Config) -> Result<Tags, Failed> {
        match config.tags.mode {
            TagMode::Off => Ok(Tags::default()),
            TagMode::Existing | TagMode::Create => read(runtime, client),
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
    pub fn create(
        &mut self,
        runtime: &Runtime,
        client: &Client,
        missing: &BTreeSet<String>,
    ) -> Result<(), Failed> {
        for name in missing {
            let made = runtime.block_on(client.create_tag(name));
            let failure = match made {
                Ok(tag) => {
                    self.0.insert(name.clone(), tag.id);
                    continue;
                }
                Err(failure) => failure,
            };
            let there = read(runtime, client)?.0.remove(name);
            let id = there.ok_or_else(|| match failure.kind {
                FailureKind::Refused => {
                    let failure = failure.to_string();
                    let text = tr!("tag-refused", name, failure);
                    Failed::new(Exit::Configuration, text)
                }
                _ => unread(&tr!("unread-tag", name), &failure),
            })?;
            self.0.insert(name.clone(), id);
        }
        Ok(())
    }
}

fn read(runtime: &Runtime, client: &Client) -> Result<Tags, Failed> {
    let tags = runtime.block_on(client.read_tags());
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
    let mut pass = Pass {
        tags,
        names: &opened.config.tags,
        updates: opened.on_change() == OnChange::Update,
        merges: opened.config.normalize.duplicates == Duplicates::Merge,
        ledger,
        run,
        earlier: Earlier::default(),
        wanted: Wanted {
            records: vec![0; opened.inputs.len()],
            ..Wanted::default()
        },
    };
    opened.examine(&options, |records, _| {
        let mut records = records.iter();
        Ok(records.try_for_each(|record| pass.add(record))?)
    })?;
    Ok(pass.wanted)
}

struct Pass<'a> {
    tags: &'a Tags,
    names: &'a Names,
    updates: bool,
    /// Whether the tags of duplicates go to the records that they repeat.
    merges: bool,
    ledger: &'a Ledger,
    run: &'a RunInfo,
    earlier: Earlier,
    wanted: Wanted,
}

impl Pass<'_> {
    fn add(&mut self, record: &Record) -> Result<(), LedgerError> {
        let place = &record.place;
        self.wanted.records[place.input] += 1;
        let Verdict::Valid { likeness, .. } = &record.verdict else {
            return Ok(());
        };
        let earlier = &mut self.earlier;
        match earlier.add(place.input, place.line, &place.span, Some(likeness)) {
            Resemblance::Duplicate(_) | Resemblance::SameKey(_) if !self.merges => return Ok(()),
            _ => {}
        }
        let missing = self.missing(&record.notes);
        if !missing.is_empty() && !self.is_left_alone(likeness)? {
            self.wanted.missing.extend(missing);
        }
        Ok(())
    }

    /// Whether no contact will be created or updated for it, whatever its tags.
    fn is_left_alone(&self, likeness: &Likeness) -> Result<bool, LedgerError> {
        if self.updates && likeness.key.is_some() {
            return Ok(false);
        }
        self.ledger.knows(self.run, likeness)
    }

    fn missing(&self, notes: &[RecordNote]) -> Vec<String> {
        let labels = notes
            .iter()
            .filter(|note| note.kind == NoteKind::Tag)
            .map(|note| note.value.as_str());
        labels
            .map(|label| {
                self.names
                    .names
                    .get(label)
                    .map_or(label, String::as_str)
                    .trim()
            })
            .filter(|name| !name.is_empty() && name.chars().count() <= LONGEST)
            .filter(|name| !self.tags.0.contains_key(*name))
            .map(str::to_owned)
            .collect()
    }
}
