//! A permit: the right to send one request now.

use std::fmt;
use std::time::{Duration, Instant};

use crate::lang::tr;
use jiff::Timestamp;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use reqwest::{Method, RequestBuilder, Url};

use super::answer::{self, CreateAnswer, Failure};
use super::catalog::{CustomProperty, MetaData, PropertyPage, Tag, TagPage};
use super::client::{Client, Operation, Shared};
use super::contacts::{ContactPage, DeleteAnswer, ListQuery, RemoteContact, WirePage};
use super::credentials::Token;
use super::deadline::Deadline;
use super::limits::{self, RateHeaders};
use super::pace::Slot;
use super::transport::{Answer, NoAnswer};

/// The right to send one request of its operation now: the only way to send.
///
/// It is used up by sending. Dropped before that, its slot in the window is given back; dropped while the request is under
/// way, the request counts as sent.
///
/// # Panics
/// Each method belongs to one [`Operation`] and panics if the permit is for another one: the request would count in the wrong
/// budget.
#[must_use = "a permit that is not used gives its slot back"]
pub struct Permit<'a> {
    shared: &'a Shared,
    operation: Operation,
    slot: Slot<'a>,
    deadline: Option<Deadline>,
}

/// The longest answer that is read where one contact is expected.
const ONE: usize = 1024 * 1024;
/// The longest answer that is read where 500 contacts are expected.
const MANY: usize = 64 * 1024 * 1024;

impl Client {
    /// Waits until one request of this operation may leave. First come, first served; dropping the future leaves the queue
    /// and takes nothing.
    pub async fn permit(&self, operation: Operation) -> Permit<'_> {
        let slot = self.shared().pace(operation).slot().await;
        Permit {
            shared: self.shared(),
            operation,
            slot,
            deadline: None,
        }
    }
}

impl Permit<'_> {
    /// The same for a request that leaves by a deadline, or not at all.
    pub fn leaving_by(self, deadline: Deadline) -> Self {
        Permit {
            deadline: Some(deadline),
            ..self
        }
    }

    /// Creates a contact from its JSON. The request leaves once or not at all.
    pub async fn create(self, payload: &str) -> CreateAnswer {
        let request = self.request(Operation::CreateContact, Method::POST, &["contacts"]);
        let answered = self
            .send(request.map(|request| json(request, payload)), ONE)
            .await;
        let read = answered.and_then(|answered| match answered.answer.status {
            201 => answer::created(&answered.answer),
            _ => Err(answered.failure()),
        });
        read.unwrap_or_else(CreateAnswer::Failed)
    }

    /// One page of a list.
    pub async fn list(self, query: &ListQuery) -> Result<ContactPage, Failure> {
        let request = self.request(Operation::ListContacts, Method::GET, &["contacts"]);
        let request = request.map(|request| request.query(&query.parameters()));
        let answered = self.send(request, MANY).await?.success(200)?;
        let page: WirePage = answer::success(&answered.answer)?;
        page.read()
            .ok_or_else(|| Failure::unreadable(200, &tr!("answer-list-no-id")))
    }

    /// One contact, with all its properties; `None` when the service says that it has none of this id.
    pub async fn get(self, contact_id: &str) -> Result<Option<RemoteContact>, Failure> {
        let request = self.request(
            Operation::GetContact,
            Method::GET,
            &["contacts", contact_id],
        );
        let answered = self.send(request, ONE).await?;
        answered.contact()
    }

    /// Changes the properties that `changes`, a JSON object, names; `None` when the service says that it has no contact of
    /// this id.
    pub async fn patch(
        self,
        contact_id: &str,
        changes: &str,
    ) -> Result<Option<RemoteContact>, Failure> {
        let request = self.request(
            Operation::PatchContact,
            Method::PATCH,
            &["contacts", contact_id],
        );
        let answered = self
            .send(request.map(|request| json(request, changes)), ONE)
            .await?;
        answered.contact()
    }

    /// Puts a contact into the trash, where it still counts towards the quota.
    pub async fn delete(self, contact_id: &str) -> Result<DeleteAnswer, Failure> {
        let request = self.request(
            Operation::DeleteContact,
            Method::DELETE,
            &["contacts", contact_id],
        );
        let answered = self.send(request, ONE).await?;
        if answered.is_missing() {
            return Ok(DeleteAnswer::Gone);
        }
        answered.success(204)?;
        Ok(DeleteAnswer::Deleted)
    }

    /// One page of the company's tags, and where the next one starts.
    pub async fn tags(self, cursor: Option<&str>) -> Result<(Vec<Tag>, Option<String>), Failure> {
        let request = self.request(Operation::ListTags, Method::GET, &["contact-tags"]);
        let mut query = vec![("type", "COMPANY")];
        query.extend(cursor.map(|cursor| ("cursor", cursor)));
        let answered = self
            .send(request.map(|request| request.query(&query)), MANY)
            .await?;
        let page: TagPage = answer::success(&answered.success(200)?.answer)?;
        Ok((page.contact_tags, MetaData::next(page.response_meta_data)))
    }

    /// Adds a tag, and returns it with its id. Names are unique, so that a refusal as a conflict means that it is there.
    pub async fn create_tag(self, name: &str) -> Result<Tag, Failure> {
        let request = self.request(Operation::CreateTag, Method::POST, &["contact-tags"]);
        let body = serde_json::json!({ "contactTagName": name }).to_string();
        let answered = self
            .send(request.map(|request| json(request, &body)), ONE)
            .await?;
        answer::success(&answered.success(201)?.answer)
    }

    /// The custom properties of the domain.
    pub async fn properties(self) -> Result<Vec<CustomProperty>, Failure> {
        let request = self.request(
            Operation::ListProperties,
            Method::GET,
            &["contacts", "custom-properties"],
        );
        let answered = self.send(request, ONE).await?.success(200)?;
        let page: PropertyPage = answer::success(&answered.answer)?;
        Ok(page.custom_properties)
    }
}

impl fmt::Debug for Permit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Permit")
            .field("operation", &self.operation)
            .finish_non_exhaustive()
    }
}

impl Permit<'_> {
    fn request(
        &self,
        operation: Operation,
        method: Method,
        path: &[&str],
    ) -> Result<RequestBuilder, Failure> {
        assert_eq!(self.operation, operation, "a permit is for one operation");
        let url = below(self.shared.transport.address(), path);
        self.shared
            .transport
            .request(method, url)
            .map_err(Failure::without_answer)
    }

    /// Sends the request and tells the pace what came back. Failing before the request leaves gives the slot back.
    async fn send(
        mut self,
        request: Result<RequestBuilder, Failure>,
        most: usize,
    ) -> Result<Answered, Failure> {
        let token = self.shared.tokens.token().await?;
        let request = request?.header(AUTHORIZATION, token.header()?);
        if self.deadline.is_some_and(|deadline| deadline.has_passed()) {
            return Err(Failure::without_answer(NoAnswer::NotSent(tr!(
                "attempt-stale"
            ))));
        }
        self.slot.leave();
        let left = Instant::now();
        let answer = self.shared.transport.send(request, most).await;
        let answer = answer.map_err(|no_answer| {
            tracing::trace!(operation = ?self.operation, "no answer");
            Failure::without_answer(no_answer)
        })?;
        let milliseconds = left.elapsed().as_millis();
        tracing::trace!(operation = ?self.operation, status = answer.status, milliseconds, "answered");
        if let Some(date) = limits::date(&answer.headers) {
            self.shared.set_clock(date);
        }
        let headers = RateHeaders::read(&answer.headers, Timestamp::now());
        self.slot.answered(answer.status, &headers);
        if answer.status == 401 {
            self.shared.tokens.refused(&token).await;
        }
        Ok(Answered {
            answer,
            retry_after: headers.retry_after,
            renewable: self.shared.tokens.renewable(),
            token,
        })
    }
}

/// An answer with what is needed to say why it is none that was hoped for.
#[derive(Debug)]
struct Answered {
    answer: Answer,
    retry_after: Option<Duration>,
    renewable: bool,
    token: Token,
}

impl Answered {
    fn failure(&self) -> Failure {
        Failure::of(
            &self.answer,
            self.token.secret(),
            self.retry_after,
            self.renewable,
        )
    }

    fn success(self, status: u16) -> Result<Self, Failure> {
        if self.answer.status == status {
            Ok(self)
        } else {
            Err(self.failure())
        }
    }

    /// The service knows the path but not the contact: it says so in its own form, where a wrong base URL would meet
    /// somebody else's 404.
    fn is_missing(&self) -> bool {
        self.answer.status == 404 && self.failure().code.is_some()
    }

    fn contact(self) -> Result<Option<RemoteContact>, Failure> {
        if self.is_missing() {
            return Ok(None);
        }
        let answered = self.success(200)?;
        let contact = RemoteContact::read(answer::success(&answered.answer)?);
        contact
            .map(Some)
            .ok_or_else(|| Failure::unreadable(200, &tr!("answer-no-id")))
    }
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

fn json(request: RequestBuilder, body: &str) -> RequestBuilder {
    request
        .header(CONTENT_TYPE, "application/json")
        .body(body.to_owned())
}

#[cfg(test)]
mod tests;
