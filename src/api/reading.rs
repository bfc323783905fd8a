//! Reads over several pages, and requests that may be repeated until they are answered.

use std::ops::ControlFlow;

use super::catalog::{CustomProperty, Tag};
use super::client::Client;
use super::contacts::{ListQuery, RemoteContact};
use super::decision::{Next, Tried, decide_repeatable, jitter};
use super::failure::Failure;

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
    /// Reads a list page by page, repeating what may be repeated, and showing every contact to
    /// `visit` until it breaks. Reads `most_pages` pages at most.
    pub async fn read_contacts(
        &self,
        mut query: ListQuery,
        most_pages: u32,
        mut visit: impl FnMut(RemoteContact) -> ControlFlow<()>,
    ) -> Result<Reading, Failure> {
        let mut shown = 0;
        for _ in 0..most_pages {
            let page = repeat(async || self.list(&query).await).await?;
            shown += page.items.len();
            let next_cursor = page.next_cursor();
            if page.items.into_iter().try_for_each(&mut visit).is_break() {
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
        repeat(async || self.get(contact_id).await).await
    }

    /// Changes the properties that `changes`, a JSON object, names; `None` when the service has no contact of this id. Repeating
    /// that does no harm.
    pub async fn patch_contact(
        &self,
        contact_id: &str,
        changes: &str,
    ) -> Result<Option<RemoteContact>, Failure> {
        repeat(async || self.patch(contact_id, changes).await).await
    }

    /// Puts a contact into the trash; `None` when it was not there any more. Repeating that does no harm.
    pub async fn delete_contact(&self, contact_id: &str) -> Result<Option<()>, Failure> {
        repeat(async || self.delete(contact_id).await).await
    }

    /// Adds a tag. After one that was added without an answer, the next try is refused as a conflict.
    pub async fn create_tag(&self, name: &str) -> Result<Tag, Failure> {
        repeat(async || self.add_tag(name).await).await
    }

    /// All tags of the company.
    pub async fn read_tags(&self) -> Result<Vec<Tag>, Failure> {
        let (mut all, mut cursor) = (Vec::new(), None::<String>);
        for _ in 0..MOST_TAG_PAGES {
            let page = repeat(async || self.tags(cursor.as_deref()).await).await?;
            let next = page.next_cursor();
            all.extend(page.items);
            if next.is_none() || next == cursor {
                break;
            }
            cursor = next;
        }
        Ok(all)
    }

    /// All custom properties of the domain.
    pub async fn read_properties(&self) -> Result<Vec<CustomProperty>, Failure> {
        let page = repeat(async || self.properties().await).await?;
        Ok(page.items)
    }
}

/// Sends a request that does no harm when it is done twice (never a create), until it is answered, refused, or has failed
/// several times. Each time takes a permit.
async fn repeat<T>(send: impl AsyncFn() -> Result<T, Failure>) -> Result<T, Failure> {
    let mut tried = Tried::default();
    loop {
        let failure = match send().await {
            Ok(done) => return Ok(done),
            Err(failure) => failure,
        };
        tried = tried.and(&failure.kind);
        match decide_repeatable(&failure.kind, tried, MOST_ATTEMPTS) {
            Next::SendAgain { after } => tokio::time::sleep(jitter(after)).await,
            Next::RenewTokenThenAgain => {}
            Next::Look | Next::Reject | Next::GiveUp | Next::StopRun(_) => return Err(failure),
        }
    }
}

#[cfg(test)]
mod tests;
