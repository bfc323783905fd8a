//! Permits, and the requests that are sent with them: each operation of the service, once.

use std::time::Instant;

use jiff::Timestamp;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use reqwest::{Method, RequestBuilder, Url};
use serde_json::Value;

use super::answer::Answer;
use super::catalog::{CustomProperty, Tag};
use super::client::{Client, Operation};
use super::contacts::{ListQuery, Page, RemoteContact};
use super::deadline::Deadline;
use super::failure::{Failure, FailureKind};
use super::limits::{self, RateHeaders};
use super::pace::Slot;
use crate::lang::tr;

/// The right to send one request now: the only way to send.
///
/// It is used up by sending. Dropped before that, its slot in the window is given back; dropped while the request is under
/// way, the request counts as sent.
#[must_use = "a permit that is not used gives its slot back"]
pub struct Permit<'a> {
    client: &'a Client,
    operation: Operation,
    slot: Slot<'a>,
}

impl Client {
    /// Waits until one create may leave. First come, first served; dropping the future leaves the queue and takes nothing.
    pub async fn permit(&self) -> Permit<'_> {
        self.permit_for(Operation::CreateContact).await
    }

    pub(super) async fn permit_for(&self, operation: Operation) -> Permit<'_> {
        Permit {
            client: self,
            operation,
            slot: self.pace(operation).slot().await,
        }
    }

    /// One page of a list.
    pub async fn list(&self, query: &ListQuery) -> Result<Page<RemoteContact>, Failure> {
        let query = query.parameters();
        let fill = |request: RequestBuilder| request.query(&query);
        let answer = self.send(Operation::ListContacts, &["contacts"], fill);
        let page: Page<Value> = answer.await?.json()?;
        page.contacts()
            .ok_or_else(|| Failure::unreadable(200, &tr!("answer-list-no-id")))
    }

    /// One contact, with all its properties; `None` when the service says that it has none of this id.
    pub async fn get(&self, contact_id: &str) -> Result<Option<RemoteContact>, Failure> {
        let path = ["contacts", contact_id];
        let answer = self.send(Operation::GetContact, &path, |request| request);
        found(answer.await)?.as_ref().map(contact).transpose()
    }

    /// Changes the properties that `changes`, a JSON object, names; `None` when the service says that it has no contact of
    /// this id.
    pub(super) async fn patch(
        &self,
        contact_id: &str,
        changes: &str,
    ) -> Result<Option<RemoteContact>, Failure> {
        let path = ["contacts", contact_id];
        let fill = |request| with_json(request, changes);
        let answer = self.send(Operation::PatchContact, &path, fill);
        found(answer.await)?.as_ref().map(contact).transpose()
    }

    /// Puts a contact into the trash, where it still counts towards the quota; `None` when the service says that it has none
    /// of this id.
    pub(super) async fn delete(&self, contact_id: &str) -> Result<Option<()>, Failure> {
        let path = ["contacts", contact_id];
        let answer = self.send(Operation::DeleteContact, &path, |request| request);
        Ok(found(answer.await)?.map(drop))
    }

    /// One page of the company's tags.
    pub(super) async fn tags(&self, cursor: Option<&str>) -> Result<Page<Tag>, Failure> {
        let mut query = vec![("type", "COMPANY")];
        query.extend(cursor.map(|cursor| ("cursor", cursor)));
        let fill = |request: RequestBuilder| request.query(&query);
        let answer = self.send(Operation::ListTags, &["contact-tags"], fill);
        answer.await?.json()
    }

    /// Adds a tag, and returns it with its id. Names are unique, so that a refusal as a conflict means that it is there.
    pub(super) async fn add_tag(&self, name: &str) -> Result<Tag, Failure> {
        let body = serde_json::json!({ "contactTagName": name }).to_string();
        let fill = |request| with_json(request, &body);
        let answer = self.send(Operation::CreateTag, &["contact-tags"], fill);
        answer.await?.json()
    }

    /// The custom properties of the domain: at most five, and no pages are documented.
    pub(super) async fn properties(&self) -> Result<Page<CustomProperty>, Failure> {
        let path = ["contacts", "custom-properties"];
        let answer = self.send(Operation::ListProperties, &path, |request| request);
        answer.await?.json()
    }

    async fn send(
        &self,
        operation: Operation,
        path: &[&str],
        fill: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Result<Answer, Failure> {
        let permit = self.permit_for(operation).await;
        permit.send(path, fill, None).await
    }
}

impl Permit<'_> {
    /// Creates a contact from its JSON. The request leaves once, by the deadline if there is one, or not at all.
    ///
    /// A success says that a contact exists; whether it is the one that was sent is for the caller to check. Whether a failure
    /// may have created something depends on [`Failure::kind`].
    pub async fn create(
        self,
        payload: &str,
        deadline: Option<Deadline>,
    ) -> Result<RemoteContact, Failure> {
        let fill = |request| with_json(request, payload);
        contact(&self.send(&["contacts"], fill, deadline).await?)
    }

    /// Sends a request, and tells the pace what came back. Failing before the request leaves gives the slot back. An answer
    /// without the status of success is a failure.
    async fn send(
        mut self,
        path: &[&str],
        fill: impl FnOnce(RequestBuilder) -> RequestBuilder,
        deadline: Option<Deadline>,
    ) -> Result<Answer, Failure> {
        let Client {
            transport, tokens, ..
        } = self.client;
        let token = tokens.token().await?;
        let (method, success, longest) = self.operation.exchange();
        let request = transport.request(method, below(&transport.address, path))?;
        let request = fill(request).header(AUTHORIZATION, token.header()?);
        if deadline.is_some_and(|deadline| deadline.has_passed()) {
            let stale = tr!("attempt-stale");
            return Err(Failure::without_answer(FailureKind::Unavailable, &stale));
        }
        self.slot.leave();
        let left = Instant::now();
        let answer = transport
            .send(request, longest)
            .await
            .inspect_err(|_| tracing::trace!(operation = ?self.operation, "no answer"))?;
        let milliseconds = left.elapsed().as_millis();
        tracing::trace!(operation = ?self.operation, status = answer.status, milliseconds, "answered");
        if let Some(date) = limits::date(&answer.headers) {
            self.client.set_clock(date);
        }
        let headers = RateHeaders::read(&answer.headers, Timestamp::now());
        self.slot.answered(answer.status, &headers);
        if answer.status == 401 {
            tokens.refused(&token).await;
        }
        match answer.status == success {
            true => Ok(answer),
            false => Err(answer.failure(token.secret())),
        }
    }
}

/// The longest answer that is read where one contact is expected.
const ONE: usize = 1024 * 1024;
/// The longest answer that is read where 500 contacts are expected.
const MANY: usize = 64 * 1024 * 1024;

impl Operation {
    /// The method, the status of success, and the longest answer that is read, in bytes.
    fn exchange(self) -> (Method, u16, usize) {
        match self {
            Operation::CreateContact | Operation::CreateTag => (Method::POST, 201, ONE),
            Operation::GetContact | Operation::ListProperties => (Method::GET, 200, ONE),
            Operation::ListContacts | Operation::ListTags => (Method::GET, 200, MANY),
            Operation::PatchContact => (Method::PATCH, 200, ONE),
            Operation::DeleteContact => (Method::DELETE, 204, ONE),
        }
    }
}

/// The service knows the path but not the contact: it says so in its own form, where a wrong base URL would meet somebody
/// else's 404.
fn found(answer: Result<Answer, Failure>) -> Result<Option<Answer>, Failure> {
    match answer {
        Err(failure) if failure.status == Some(404) && failure.code.is_some() => Ok(None),
        answer => answer.map(Some),
    }
}

fn contact(answer: &Answer) -> Result<RemoteContact, Failure> {
    RemoteContact::read(answer.json()?)
        .ok_or_else(|| Failure::unreadable(answer.status, &tr!("answer-no-id")))
}

/// The address of something below the base, each part encoded.
fn below(base: &Url, path: &[&str]) -> Url {
    let mut url = base.clone();
    url.path_segments_mut()
        .expect("`Client::new` takes only http and https addresses, which have a path")
        .pop_if_empty()
        .extend(path);
    url
}

fn with_json(request: RequestBuilder, body: &str) -> RequestBuilder {
    request
        .header(CONTENT_TYPE, "application/json")
        .body(body.to_owned())
}

#[cfg(test)]
mod tests;
