//! Permits, and the requests that are sent with them, each once.

use std::time::Instant;

use jiff::Timestamp;
use reqwest::Url;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};

use super::answer::Answer;
use super::client::Client;
use super::contacts::RemoteContact;
use super::deadline::Deadline;
use super::failure::{Failure, FailureKind};
use super::limits::{self, RateHeaders};
use super::operation::Operation;
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

    /// Sends one request with a permit of its own: to the contact of this id if there is one, with this body unless it is empty.
    pub(super) async fn send(
        &self,
        operation: Operation,
        contact_id: Option<&str>,
        query: &[(&str, String)],
        body: &str,
    ) -> Result<Answer, Failure> {
        let permit = self.permit_for(operation).await;
        permit.send(contact_id, query, body, None).await
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
        let answer = self.send(None, &[], payload, deadline).await?;
        answer.contact()
    }

    /// Sends a request, and tells the pace what came back. Failing before the request leaves gives the slot back. An answer
    /// without the status of success is a failure.
    async fn send(
        mut self,
        contact_id: Option<&str>,
        query: &[(&str, String)],
        body: &str,
        deadline: Option<Deadline>,
    ) -> Result<Answer, Failure> {
        let Client {
            transport, tokens, ..
        } = self.client;
        let token = tokens.token().await?;
        let (method, path, success, longest) = self.operation.exchange();
        let url = below(&transport.address, path.split('/').chain(contact_id));
        let request = transport.request(method, url)?.query(query);
        let mut request = request.header(AUTHORIZATION, token.header()?);
        if !body.is_empty() {
            request = request.header(CONTENT_TYPE, "application/json");
            request = request.body(body.to_owned());
        }
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

/// The address of something below the base, each part encoded.
fn below<'p>(base: &Url, path: impl IntoIterator<Item = &'p str>) -> Url {
    let mut url = base.clone();
    url.path_segments_mut()
        .expect("`Client::new` takes only http and https addresses, which have a path")
        .pop_if_empty()
        .extend(path);
    url
}

#[cfg(test)]
mod tests;
