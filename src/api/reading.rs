//! The operations that may be sent again until they are answered: all but creates of contacts.

use std::ops::ControlFlow;

use serde_json::{Value, json};

use super::answer::Answer;
use super::client::Client;
use super::contacts::{CustomProperty, ListQuery, Page, RemoteContact, Tag};
use super::decision::{Next, Tried, decide_repeatable, jitter};
use super::failure::{Failure, FailureKind};
use super::oauth::Token;
use super::operation::Operation;
use crate::lang::tr;

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
const MOST_ATTEMPTS: u32 = 5;
/// Tags are read up to this many pages; nothing documents how many there can be.
const MOST_TAG_PAGES: u32 = 1_000;

impl Client {
    /// Gets a token and makes one harmless read (`GET /contacts?count=1`), once each; once more if a stored token is refused.
    /// Returns the token, and how the read went.
    ///
    /// # Errors
    /// When no token could be had.
    pub async fn try_out(&self) -> Result<(Token, Result<(), Failure>), Failure> {
        let query = ListQuery {
            count: Some(1),
            ..ListQuery::default()
        };
        let mut may_be_old = self.tokens.may_be_old();
        loop {
            let token = self.tokens.token().await?;
            let read = self.list(&query, None).await.map(drop);
            let is_refused =
                matches!(&read, Err(failure) if failure.kind == FailureKind::TokenExpired);
            if !(is_refused && std::mem::take(&mut may_be_old)) {
                return Ok((token, read));
            }
        }
    }

    /// One page of a list, from a cursor on if there is one, asked for once.
    pub async fn list(
        &self,
        query: &ListQuery,
        cursor: Option<&str>,
    ) -> Result<Page<RemoteContact>, Failure> {
        let query = query.parameters(cursor);
        let answer = self.send(Operation::ListContacts, None, &query, "");
        let page: Page<Value> = answer.await?.json()?;
        page.contacts()
            .ok_or_else(|| Failure::unreadable(200, &tr!("answer-list-no-id")))
    }

    /// Reads a list page by page, showing every contact to `visit` until it breaks. Reads `most_pages` pages at most.
    pub async fn read_contacts(
        &self,
        query: ListQuery,
        most_pages: u32,
        visit: impl FnMut(RemoteContact) -> ControlFlow<()>,
    ) -> Result<Reading, Failure> {
        let page = async |cursor: Option<String>| self.list(&query, cursor.as_deref()).await;
        read_pages(page, most_pages, visit).await
    }

    /// One contact, with all its properties, asked for once; `None` when the service says that it has none of this id.
    pub async fn get(&self, contact_id: &str) -> Result<Option<RemoteContact>, Failure> {
        let answer = self.send(Operation::GetContact, Some(contact_id), &[], "");
        found(answer.await)?.map(|it| it.contact()).transpose()
    }

    /// The same, repeated as it may be.
    pub async fn read_contact(&self, contact_id: &str) -> Result<Option<RemoteContact>, Failure> {
        repeat(async || self.get(contact_id).await).await
    }

    /// Changes the properties that `changes`, a JSON object, names; `None` when the service says that it has no contact of
    /// this id. Repeating that does no harm.
    pub async fn patch_contact(
        &self,
        contact_id: &str,
        changes: &str,
    ) -> Result<Option<RemoteContact>, Failure> {
        repeat(async || {
            let answer = self.send(Operation::PatchContact, Some(contact_id), &[], changes);
            found(answer.await)?.map(|it| it.contact()).transpose()
        })
        .await
    }

    /// Puts a contact into the trash, where it still counts towards the quota; `None` when the service says that it has none
    /// of this id. Repeating that does no harm.
    pub async fn delete_contact(&self, contact_id: &str) -> Result<Option<()>, Failure> {
        repeat(async || {
            let answer = self.send(Operation::DeleteContact, Some(contact_id), &[], "");
            Ok(found(answer.await)?.map(drop))
        })
        .await
    }

    /// Adds a tag, and returns it with its id. Names are unique: a refusal as a conflict means that it is there, maybe by a try
    /// before that had no answer.
    pub async fn create_tag(&self, name: &str) -> Result<Tag, Failure> {
        let body = json!({ "contactTagName": name }).to_string();
        repeat(async || {
            let answer = self.send(Operation::CreateTag, None, &[], &body);
            answer.await?.json()
        })
        .await
    }

    pub async fn read_tags(&self) -> Result<Vec<Tag>, Failure> {
        let page = async |cursor: Option<String>| -> Result<Page<Tag>, Failure> {
            let company = ("type", "COMPANY".to_owned());
            let query = [Some(company), cursor.map(|cursor| ("cursor", cursor))];
            let query: Vec<_> = query.into_iter().flatten().collect();
            let answer = self.send(Operation::ListTags, None, &query, "");
            answer.await?.json()
        };
        let mut all = Vec::new();
        let take = |tag| {
            all.push(tag);
            ControlFlow::Continue(())
        };
        read_pages(page, MOST_TAG_PAGES, take).await?;
        Ok(all)
    }

    /// All custom properties of the domain: at most five, and no pages are documented.
    pub async fn read_properties(&self) -> Result<Vec<CustomProperty>, Failure> {
        let page: Page<CustomProperty> = repeat(async || {
            let answer = self.send(Operation::ListProperties, None, &[], "");
            answer.await?.json()
        })
        .await?;
        Ok(page.items)
    }
}

/// Reads the pages of a list, each repeated as it may be, and shows every item to `visit` until it breaks.
async fn read_pages<T>(
    page: impl AsyncFn(Option<String>) -> Result<Page<T>, Failure>,
    most_pages: u32,
    mut visit: impl FnMut(T) -> ControlFlow<()>,
) -> Result<Reading, Failure> {
    let (mut cursor, mut shown) = (None, 0);
    for _ in 0..most_pages {
        let read = repeat(async || page(cursor.clone()).await).await?;
        shown += read.items.len();
        let next = read.next_cursor();
        if read.items.into_iter().try_for_each(&mut visit).is_break() {
            return Ok(Reading::Stopped);
        }
        match next {
            None if shown >= LONGEST_SEARCH => return Ok(Reading::CutOff),
            None => return Ok(Reading::Complete),
            next if next == cursor => return Ok(Reading::CutOff),
            next => cursor = next,
        }
    }
    Ok(Reading::CutOff)
}

/// The service knows the path but not the contact: it says so in its own form, where a wrong base URL would meet somebody
/// else's 404.
fn found(answer: Result<Answer, Failure>) -> Result<Option<Answer>, Failure> {
    match answer {
        Err(failure) if failure.status == Some(404) && failure.code.is_some() => Ok(None),
        answer => answer.map(Some),
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
            Next::Look | Next::Reject | Next::GiveUp | Next::StopRun => return Err(failure),
        }
    }
}

#[cfg(test)]
mod tests;
