//! Tags by name: the labels of a source become tags that the service has, or gets before the first contact is sent.
//!
//! A tag's id is part of a contact, so tags are settled before the records are mapped. Which are missing is found by a pass
//! over the input: only what a new contact will bear is created.

use super::import::of_ledger;
use super::preflight::unread;
use super::reading::{Opened, stopped};
use crate::api::{Client, FailureKind, Operation};
use crate::cli::Reading;
use crate::config::{Config, TagMode, Tags as Names};
use crate::examine::{self, Batch, Checked, Stopped};
use crate::exit::{Exit, Failed};
use crate::lang::tr;
use crate::ledger::{Ledger, LedgerError, RunInfo};
use crate::mapping::spec::OnChange;
use crate::note::NoteKind;
use crate::plan::{Duplicates, Resemblance};
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
        if config.tags.mode == TagMode::Off {
            return Ok(Tags::default());
        }
        let tags = runtime
            .block_on(client.read_tags())
            .map_err(|failure| unread(&tr!("unread-tags"), &failure))?;
        Ok(Tags(
            tags.into_iter().map(|tag| (tag.name, tag.id)).collect(),
        ))
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

    /// Makes the missing ones. Names are unique, so one that somebody else has made in the meantime is used.
    pub fn create(
        &mut self,
        runtime: &Runtime,
        client: &Client,
        missing: &BTreeSet<String>,
    ) -> Result<(), Failed> {
        for name in missing {
            let made = runtime.block_on(client.repeat(Operation::CreateTag, async |turn| {
                turn.create_tag(name).await
            }));
            let failure = match made {
                Ok(tag) => {
                    self.0.insert(name.clone(), tag.id);
                    continue;
                }
                Err(failure) => failure,
            };
            let there = runtime
                .block_on(client.read_tags())
                .map_err(|failure| unread(&tr!("unread-tags"), &failure))?;
            match there.into_iter().find(|tag| tag.name == *name) {
                Some(tag) => self.0.insert(tag.name, tag.id),
                None if failure.kind == FailureKind::Refused => {
                    return Err(Failed::new(
                        Exit::Configuration,
                        tr!(
                            "tag-refused",
                            name = name.as_str(),
                            failure = failure.to_string()
                        ),
                    ));
                }
                None => return Err(unread(&tr!("unread-tag", name = name.as_str()), &failure)),
            };
        }
        Ok(())
    }
}

/// Passes over the input and finds the tags that new contacts will bear and the service does not have.
pub fn wanted(
    tags: &Tags,
    opened: &mut Opened,
    reading: &Reading,
    ledger: &Ledger,
    run: &RunInfo,
) -> Result<Wanted, Failed> {
    let options = opened.options(reading, true);
    let inputs = std::mem::take(&mut opened.inputs);
    let sources: Vec<String> = inputs.iter().map(|input| input.name.clone()).collect();
    let mut pass = Pass {
        tags,
        names: &opened.config.tags,
        updates: opened.on_change == OnChange::Update,
        ledger,
        run,
        duplicates: Duplicates::default(),
        next: 0,
        wanted: Wanted {
            records: vec![0; inputs.len()],
            ..Wanted::default()
        },
    };
    examine::examine(inputs, &options, |batch| pass.add(batch)).map_err(|ended| match ended {
        Stopped::Caller(error) => of_ledger(error),
        Stopped::Reading { source, error } => stopped(Stopped::Reading { source, error }, &sources),
    })?;
    Ok(pass.wanted)
}

struct Pass<'a> {
    tags: &'a Tags,
    names: &'a Names,
    updates: bool,
    ledger: &'a Ledger,
    run: &'a RunInfo,
    duplicates: Duplicates,
    next: u32,
    wanted: Wanted,
}

impl Pass<'_> {
    fn add(&mut self, batch: &mut Batch) -> Result<(), LedgerError> {
        self.wanted.records[batch.source] += batch.records.len() as u64;
        for record in batch.records.iter().filter(|record| record.valid) {
            let key = record.key.as_ref();
            let resemblance = self.duplicates.seen(self.next, key, batch.points(record));
            self.next += 1;
            if matches!(
                resemblance,
                Resemblance::Duplicate(_) | Resemblance::SameKey(_)
            ) {
                continue;
            }
            let missing = self.missing(batch, record);
            if missing.is_empty() || self.is_left_alone(record, batch.persons(record))? {
                continue;
            }
            self.wanted.missing.extend(missing);
        }
        Ok(())
    }

    /// Whether no contact will be created or updated for it, whatever its tags.
    fn is_left_alone(&self, record: &Checked, persons: &[[u8; 16]]) -> Result<bool, LedgerError> {
        if self.updates && record.key.is_some() {
            return Ok(false);
        }
        let (base_url, account) = (&self.run.base_url, &self.run.account);
        self.ledger
            .knows(base_url, account, record.key.as_ref(), persons)
    }

    fn missing(&self, batch: &Batch, record: &Checked) -> Vec<String> {
        let notes = batch.str(record.notes);
        // Reading JSON takes its time, and most records have no label without a tag.
        if !notes.contains("\"reason\":\"tag\"") {
            return Vec::new();
        }
        let notes: Vec<serde_json::Value> =
            serde_json::from_str(&format!("[{notes}]")).unwrap_or_default();
        let labels = notes
            .iter()
            .filter(|note| note["reason"] == NoteKind::Tag.as_str())
            .filter_map(|note| note["value"].as_str());
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
