//! Reads over several pages, and requests that may be repeated until they are answered.

use std::ops::ControlFlow;

use super::answer::Failure;
use super::catalog::{CustomProperty, Tag};
use super::client::{Client, Operation};
use super::contacts::{ContactPage, DeleteAnswer, ListQuery, RemoteContact};
use super::decision::{Next, Tried, decide_repeatable};
use super::permit::Permit;

/// How far a read over several pages came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Every page was read.
    Complete,
    /// The visitor had seen enough.
    Stopped,
    /// There may be more: the limit of pages was reached before the end, the service led in a circle, or it ended the
    /// search where it ends every search, at 50,000 contacts.
    CutOff,
}

/// The service shows no more contacts than this in one search.
const LONGEST_SEARCH: usize = 50_000;
/// How often a read is tried.
const MOST_ATTEMPTS: u32 = 5;
/// Tags are read up to this many pages; nothing documents how many there can be.
const MOST_TAG_PAGES: u32 = 1_000;

impl Client {
    /// Reads a list page by page, taking a turn for each, repeating what may be repeated, and showing every contact to
    /// `visit` until it breaks. Reads `most_pages` pages at most.
    pub async fn read_contacts(
        &self,
        mut query: ListQuery,
        most_pages: u32,
        mut visit: impl FnMut(RemoteContact) -> ControlFlow<()>,
    ) -> Result<Reading, Failure> {
        let mut shown = 0;
        for _ in 0..most_pages {
            let ContactPage {
                contacts,
                next_cursor,
            } = self
                .repeat(Operation::ListContacts, async |permit| {
                    permit.list(&query).await
                })
                .await?;
            shown += contacts.len();
            if contacts.into_iter().try_for_each(&mut visit).is_break() {
                return Ok(Reading::Stopped);
            }
            match next_cursor {
                None if shown >= LONGEST_SEARCH => return Ok(Reading::CutOff),
                None => return Ok(Reading::Complete),
                cursor if cursor == query.cursor => return Ok(Reading::CutOff),
                cursor => query.cursor = cursor,
            }
        }
        Ok(Reading::CutOff)
    }

    /// One contact, with all its properties; `None` when the service has none of this id. Repeats what may be repeated.
    pub async fn read_contact(&self, contact_id: &str) -> Result<Option<RemoteContact>, Failure> {
        self.repeat(Operation::GetContact, async |permit| {
            permit.get(contact_id).await
        })
        .await
    }

    /// Puts a contact into the trash; repeating that does no harm.
    pub async fn delete_contact(&self, contact_id: &str) -> Result<DeleteAnswer, Failure> {
        self.repeat(Operation::DeleteContact, async |permit| {
            permit.delete(contact_id).await
        })
        .await
    }

    /// All tags of the company.
    pub async fn read_tags(&self) -> Result<Vec<Tag>, Failure> {
        let (mut all, mut cursor) = (Vec::new(), None::<String>);
        for _ in 0..MOST_TAG_PAGES {
            let (tags, next) = self
                .repeat(Operation::ListTags, async |permit| {
                    permit.tags(cursor.as_deref()).await
                })
                .await?;
            all.extend(tags);
            if next.is_none() || next == cursor {
                break;
            }
            cursor = next;
        }
        Ok(all)
    }

    /// All custom properties of the domain.
    pub async fn read_properties(&self) -> Result<Vec<CustomProperty>, Failure> {
        self.repeat(Operation::ListProperties, async |permit| {
            permit.properties().await
        })
        .await
    }

    /// Sends a request that does no harm when it is done twice (never a create), until it is answered, refused, or has
    /// failed several times. Each time takes a turn.
    pub async fn repeat<T>(
        &self,
        operation: Operation,
        send: impl AsyncFn(Permit<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let mut tried = Tried::default();
        loop {
            let failure = match send(self.permit(operation).await).await {
                Ok(done) => return Ok(done),
                Err(failure) => failure,
            };
            tried = tried.and(&failure.kind);
            match decide_repeatable(&failure.kind, tried, MOST_ATTEMPTS) {
                Next::SendAgain { after } => tokio::time::sleep(after.with_jitter()).await,
                Next::RenewTokenThenAgain => {}
                Next::Look | Next::Reject | Next::GiveUp | Next::StopRun(_) => return Err(failure),
            }
        }
    }
}

#[cfg(test)]
mod tests;
