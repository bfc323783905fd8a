//! The client: one request for each turn.

use std::marker::PhantomData;
use std::ops::ControlFlow;
use std::time::{Duration, SystemTime};

use super::Url;
use super::answer::{CreateAnswer, Failure};
use super::catalog::{CustomProperty, Tag};
use super::contacts::{ContactPage, DeleteAnswer, ListQuery, Reading, RemoteContact};
use super::pace::PaceSettings;
use super::token::Credentials;

/// What a client needs to know.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the service is, as `https://www.worksapis.com/v1.0`.
    pub base_url: Url,
    /// How to get a token.
    pub credentials: Credentials,
    /// How long one request may take, from connecting to the last byte of the answer.
    pub timeout: Duration,
    /// How fast requests may leave.
    pub pace: PaceSettings,
}

/// Settings that no request can be made with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// The URL is not one that requests can go to.
    #[error("`{url}` can't be used as an address of the service: {reason}")]
    Url {
        /// The URL as it was given.
        url: String,
        /// What is wrong with it.
        reason: &'static str,
    },
}

/// An operation of the service; each has a rate limit of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operation {
    /// `POST /contacts`
    CreateContact,
    /// `GET /contacts`
    ListContacts,
    /// `GET /contacts/{contactId}`
    GetContact,
    /// `PATCH /contacts/{contactId}`
    PatchContact,
    /// `DELETE /contacts/{contactId}`
    DeleteContact,
    /// `GET /contact-tags`
    ListTags,
    /// `POST /contact-tags`
    CreateTag,
    /// `GET /contacts/custom-properties`
    ListProperties,
}

/// The service; cheap to clone, and clones share token, pace and connections.
#[derive(Debug, Clone)]
pub struct Client {}

/// The right to send one request now: the only way to send.
///
/// It is used up by sending. Dropped before that, its place in the window is given back; dropped while the request is under
/// way, the request counts as sent.
#[derive(Debug)]
#[must_use = "a turn that is not used gives its place back"]
pub struct Turn<'a> {
    client: PhantomData<&'a Client>,
}

impl Client {
    /// A client for these settings. Nothing is connected to before the first request.
    ///
    /// # Errors
    /// When a URL is not `http` or `https`, or has a query.
    pub fn new(settings: Settings) -> Result<Client, SettingsError> {
        let _ = settings;
        unimplemented!()
    }

    /// Tells the pace what an earlier process sent: when the answer of each attempt came, in any order. For an attempt
    /// without an answer give the latest moment at which it can have reached the service, `SystemTime::now()` if unsure.
    pub fn seed(&self, operation: Operation, answers: &[SystemTime]) {
        let _ = (operation, answers);
        unimplemented!()
    }

    /// Waits until one request of this operation may leave. First come, first served; dropping the future leaves the queue.
    pub async fn turn(&self, operation: Operation) -> Turn<'_> {
        let _ = operation;
        unimplemented!()
    }

    /// Reads a list page by page, taking a turn for each, retrying what may be retried, and showing every contact to
    /// `visit` until it breaks. Reads `most_pages` pages at most.
    ///
    /// # Errors
    /// When a page can't be read after several attempts.
    pub async fn read_contacts(
        &self,
        query: ListQuery,
        most_pages: u32,
        visit: impl FnMut(RemoteContact) -> ControlFlow<()>,
    ) -> Result<Reading, Failure> {
        let _ = (query, most_pages, visit);
        unimplemented!()
    }

    /// All tags of the company, taking turns and retrying.
    ///
    /// # Errors
    /// When they can't be read after several attempts.
    pub async fn read_tags(&self) -> Result<Vec<Tag>, Failure> {
        unimplemented!()
    }

    /// All custom properties of the domain, taking turns and retrying.
    ///
    /// # Errors
    /// When they can't be read after several attempts.
    pub async fn read_properties(&self) -> Result<Vec<CustomProperty>, Failure> {
        unimplemented!()
    }
}

impl Turn<'_> {
    /// Creates a contact from its JSON. The request leaves once or not at all.
    pub async fn create(self, payload: &str) -> CreateAnswer {
        let _ = payload;
        unimplemented!()
    }

    /// One page of a list.
    ///
    /// # Errors
    /// See [`FailureKind`](super::FailureKind).
    pub async fn list(self, query: &ListQuery) -> Result<ContactPage, Failure> {
        let _ = query;
        unimplemented!()
    }

    /// One contact, with all its properties; `None` when the service says that it has none of this id.
    ///
    /// # Errors
    /// See [`FailureKind`](super::FailureKind).
    pub async fn get(self, contact_id: &str) -> Result<Option<RemoteContact>, Failure> {
        let _ = contact_id;
        unimplemented!()
    }

    /// Changes the properties that `changes` names.
    ///
    /// # Errors
    /// See [`FailureKind`](super::FailureKind).
    pub async fn patch(
        self,
        contact_id: &str,
        changes: &str,
    ) -> Result<Option<RemoteContact>, Failure> {
        let _ = (contact_id, changes);
        unimplemented!()
    }

    /// Puts a contact into the trash, where it still counts towards the quota.
    ///
    /// # Errors
    /// See [`FailureKind`](super::FailureKind).
    pub async fn delete(self, contact_id: &str) -> Result<DeleteAnswer, Failure> {
        let _ = contact_id;
        unimplemented!()
    }

    /// Adds a tag and returns it with its id.
    ///
    /// # Errors
    /// See [`FailureKind`](super::FailureKind).
    pub async fn create_tag(self, name: &str) -> Result<Tag, Failure> {
        let _ = name;
        unimplemented!()
    }
}
