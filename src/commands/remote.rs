//! `[send] match_remote`: who is in the service already, whoever made the contact.
//!
//! All contacts are read once and compared with what is planned: the same name and an e-mail or telephone in common, by the
//! normalisation that finds duplicates. Lists leave out middle names, so a record with one is compared with the contact as it is shown
//! by itself.

use super::preflight::unread;
use super::reading::DIFFERS;
use crate::api::compare::{Forms, differences_beyond};
use crate::api::{Client, Failure, ListQuery, Order, Reading, RemoteContact};
use crate::contact::{ContactDraft, Email, NamePart, Telephone, Text};
use crate::exit::{Exit, Failed};
use crate::lang::tr;
use crate::ledger::{Applied, Ledger, LedgerError, RecordId, RunId, Step, Within};
use crate::plan::{Hash, Likeness};
use futures_util::stream::{self, StreamExt};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::ControlFlow;
use tokio::runtime::Runtime;

/// Contacts a page, the most that the service gives.
const PAGE: u32 = 500;
/// Pages of one search: the service ends each at 50,000 contacts.
const PAGES: u32 = 101;
/// The longest window of time that the service searches.
const WINDOW: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How far back contacts are looked for where there are more than one search shows.
const FARTHEST: SignedDuration = SignedDuration::from_hours(10 * 366 * 24);

/// Reads all contacts and makes `exists` what is planned and there already; says how many these are.
pub fn match_all(
    runtime: &Runtime,
    (ledger, client): (&Ledger, &Client),
    run: RunId,
) -> Result<u64, Failed> {
    let mut planned = Planned::read(ledger, run)?;
    let mut broken = None;
    let read = runtime.block_on(read_all(client, |contact| {
        match planned.compare(ledger, run, contact) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                broken = Some(error);
                ControlFlow::Break(())
            }
        }
    }));
    if let Some(error) = broken {
        return Err(error.into());
    }
    read.map_err(|unreadable| match unreadable {
        Unread::Failed(failure) => unread(&tr!("unread-contacts"), &failure),
        Unread::CutOff => Failed::new(Exit::Unavailable, tr!("unread-part")),
    })?;
    runtime.block_on(planned.settle(ledger, client))
}

/// Why not all could be read.
enum Unread {
    Failed(Failure),
    CutOff,
}

/// Shows every contact to `visit`, some of them several times.
async fn read_all(
    client: &Client,
    mut visit: impl FnMut(RemoteContact) -> ControlFlow<()>,
) -> Result<(), Unread> {
    let query = || ListQuery {
        count: Some(PAGE),
        order: Some(Order::NewestFirst),
        ..ListQuery::default()
    };
    let mut oldest = None::<Timestamp>;
    let reading = client
        .read_contacts(query(), PAGES, |contact| {
            oldest = contact.created_time.into_iter().chain(oldest).min();
            visit(contact)
        })
        .await
        .map_err(Unread::Failed)?;
    if reading != Reading::CutOff {
        return Ok(());
    }
    // The rest is searched by windows of time, each halved until one search shows all of it.
    let oldest = oldest.ok_or(Unread::CutOff)?;
    let second = SignedDuration::from_secs(1);
    let mut windows = Vec::new();
    let (mut end, farthest) = (oldest + second, oldest - FARTHEST);
    while end > farthest {
        windows.push((end - WINDOW, end));
        end -= WINDOW;
    }
    windows.reverse();
    while let Some((start, end)) = windows.pop() {
        let window = ListQuery {
            created_between: Some((start, end)),
            ..query()
        };
        let reading = client
            .read_contacts(window, PAGES, &mut visit)
            .await
            .map_err(Unread::Failed)?;
        match reading {
            Reading::Complete => {}
            Reading::Stopped => return Ok(()),
            Reading::CutOff if end.duration_since(start) <= second => return Err(Unread::CutOff),
            Reading::CutOff => {
                let middle = start + end.duration_since(start) / 2;
                windows.push((start, middle));
                windows.push((middle, end));
            }
        }
    }
    Ok(())
}

/// What is to be sent, by person without a middle name, and what was found for it.
#[derive(Default)]
struct Planned {
    by_person: HashMap<Hash, Vec<RecordId>>,
    with_middle_name: HashSet<RecordId>,
    found: BTreeMap<RecordId, Found>,
    forms: Forms,
}

struct Found {
    contact: RemoteContact,
    is_same: bool,
}

impl Planned {
    fn read(ledger: &Ledger, run: RunId) -> Result<Planned, LedgerError> {
        const PAGE: u32 = 1000;
        let mut planned = Planned {
            forms: Forms::new(ledger.altered(run)?),
            ..Planned::default()
        };
        let mut last = None;
        loop {
            let page = ledger.pending(run, last, PAGE)?;
            let Some(record) = page.last() else {
                return Ok(planned);
            };
            last = Some(record.id);
            for record in page {
                let payload = parsed(&record.payload);
                if middle_name(&payload).is_some() {
                    planned.with_middle_name.insert(record.id);
                }
                for person in Planned::persons(&payload) {
                    planned.by_person.entry(person).or_default().push(record.id);
                }
            }
        }
    }

    fn persons(contact: &Value) -> Vec<Hash> {
        Likeness::of(&draft(contact), &[], true).persons
    }

    /// Notes a contact for every record that it could be; one with the same content is preferred.
    fn compare(
        &mut self,
        ledger: &Ledger,
        run: RunId,
        contact: RemoteContact,
    ) -> Result<(), LedgerError> {
        if contact.external {
            return Ok(());
        }
        let persons = Planned::persons(&contact.body);
        let mut records: Vec<RecordId> = (persons.iter())
            .filter_map(|person| self.by_person.get(person))
            .flatten()
            .copied()
            .collect();
        records.sort_unstable();
        records.dedup();
        if records.is_empty() || ledger.is_owned(run, &contact.contact_id, Within::Account)? {
            return Ok(());
        }
        for record in records {
            let payload = parsed(&ledger.payload(record)?.unwrap_or_default());
            if !may_be_named_alike(&payload, &contact.body) {
                continue;
            }
            let is_same = differences_beyond(&self.forms, &payload, &contact.body).is_empty();
            let is_better = (self.found.get(&record)).is_none_or(|found| !found.is_same && is_same);
            if is_better {
                let contact = contact.clone();
                self.found.insert(record, Found { contact, is_same });
            }
        }
        Ok(())
    }

    /// Reads the contact itself where a middle name may tell two people apart, or where it seems to differ: lists may leave
    /// out properties. Writes down what is there.
    async fn settle(self, ledger: &Ledger, client: &Client) -> Result<u64, Failed> {
        let Planned {
            found,
            with_middle_name,
            forms,
            ..
        } = self;
        let forms = &forms;
        let writer = ledger.writer()?;
        let mut matched = 0;
        let mut broken = None;
        let mut steps = stream::iter(found)
            .map(async |(record, mut found)| {
                let hidden = with_middle_name.contains(&record)
                    && middle_name(&found.contact.body).is_none();
                if hidden || !found.is_same {
                    let shown = client.read_contact(&found.contact.contact_id).await;
                    let shown =
                        shown.map_err(|failure| unread(&tr!("unread-contact"), &failure))?;
                    let payload = parsed(&ledger.payload(record)?.unwrap_or_default());
                    let same = |contact: &RemoteContact| {
                        middle_name(&contact.body) == middle_name(&payload)
                    };
                    let Some(contact) = shown.filter(same) else {
                        return Ok(false);
                    };
                    let left = differences_beyond(forms, &payload, &contact.body);
                    found.is_same = left.is_empty();
                }
                let applied = writer.apply(found.step(record)).await?;
                Ok::<_, Failed>(applied == Applied::Done)
            })
            .buffer_unordered(64);
        while let Some(applied) = steps.next().await {
            match applied {
                Ok(is_there) => matched += u64::from(is_there),
                Err(failed) => broken = Some(failed),
            }
        }
        drop(steps);
        writer.close();
        broken.map_or(Ok(matched), Err)
    }
}

impl Found {
    fn step(self, record: RecordId) -> Step {
        let (code, message) = match self.is_same {
            true => (None, tr!("found-same")),
            false => (Some(DIFFERS), tr!("found-differs")),
        };
        Step::Matched {
            record,
            contact_id: self.contact.contact_id,
            code,
            message,
        }
    }
}

/// Whether middle names, as far as both are shown, agree.
fn may_be_named_alike(payload: &Value, shown: &Value) -> bool {
    match (middle_name(payload), middle_name(shown)) {
        (Some(ours), Some(theirs)) => ours == theirs,
        (None, Some(_)) => false,
        (_, None) => true,
    }
}

fn middle_name(contact: &Value) -> Option<&str> {
    let name = contact["contactName"]["middleName"].as_str()?.trim();
    Some(name).filter(|name| !name.is_empty())
}

fn parsed(payload: &str) -> Value {
    serde_json::from_str(payload).unwrap_or_default()
}

/// As much of a contact's JSON as its likeness takes, without the middle name, which lists don't show.
fn draft(contact: &Value) -> ContactDraft<'_> {
    let mut draft = ContactDraft::default();
    for part in [NamePart::Last, NamePart::First] {
        if let Some(text) = contact["contactName"][part.api_name()].as_str() {
            *draft.contact_name.part(part) = Some(Text::constant(text));
        }
    }
    let texts = |list: &str, name: &str| -> Vec<Text<'_>> {
        let items = contact[list].as_array().map_or(&[][..], Vec::as_slice);
        let texts = items.iter().filter_map(|item| item[name].as_str());
        texts.map(Text::constant).collect()
    };
    draft.emails = (texts("emails", "email").into_iter())
        .map(|email| Email {
            primary: false,
            email,
        })
        .collect();
    draft.telephones = (texts("telephones", "telephone").into_iter())
        .map(|telephone| Telephone {
            primary: false,
            telephone,
            kind: None,
            custom_type: None,
        })
        .collect();
    draft
}
