//! The client: what everybody who sends shares, token, pace and connections.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::Url;
use super::pace::{Pace, PaceSettings};
use super::token::{Credentials, Tokens};
use super::transport::{Transport, is_loopback};
use super::turn::Turn;

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
    #[error("`{url}` can't be the address of a service: {reason}")]
    Url {
        /// The URL as it was given, without a password.
        url: String,
        /// What is wrong with it, and what to write instead.
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

/// How many operations there are.
const OPERATIONS: usize = 8;

/// The service; cheap to clone, and clones share token, pace and connections.
#[derive(Debug, Clone)]
pub struct Client(Arc<Shared>);

/// What all clones of a client share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) transport: Transport,
    pub(super) tokens: Tokens,
    paces: [Pace; OPERATIONS],
}

impl Settings {
    /// Whether the token, and with it all that it opens, would cross a network unencrypted.
    pub fn sends_token_in_clear(&self) -> bool {
        let clear = |url: &Url| url.scheme() == "http" && !is_loopback(url);
        match &self.credentials {
            Credentials::Token(_) => clear(&self.base_url),
            Credentials::ServiceAccount(account) => {
                clear(&self.base_url) || clear(&account.token_url)
            }
            Credentials::Login(login) => clear(&self.base_url) || clear(&login.app.token_url),
        }
    }
}

impl Client {
    /// A client for these settings. Nothing is read, built or connected to before the first request.
    ///
    /// # Errors
    /// When a URL is not an `http` or `https` address that paths can be added to.
    pub fn new(settings: Settings) -> Result<Client, SettingsError> {
        usable(&settings.base_url)?;
        if let Credentials::ServiceAccount(account) = &settings.credentials {
            usable(&account.token_url)?;
        }
        if let Credentials::Login(login) = &settings.credentials {
            usable(&login.app.token_url)?;
        }
        Ok(Client(Arc::new(Shared {
            transport: Transport::new(settings.base_url, settings.timeout),
            tokens: Tokens::new(settings.credentials, settings.timeout),
            paces: std::array::from_fn(|_| Pace::new(settings.pace)),
        })))
    }

    /// Tells the pace what an earlier process sent: when the answer of each attempt came, in any order. For an attempt
    /// without an answer give the latest moment at which it can have reached the service, `SystemTime::now()` if unsure.
    pub fn seed(&self, operation: Operation, answers: &[SystemTime]) {
        self.0.pace(operation).seed(answers);
    }

    /// Keeps to another rate from now on; what was sent before still counts.
    pub fn keep_to(&self, per_minute: Option<u32>) {
        for pace in &self.0.paces {
            pace.keep_to(per_minute);
        }
    }

    /// Waits until one request of this operation may leave. First come, first served; dropping the future leaves the queue
    /// and takes nothing.
    pub async fn turn(&self, operation: Operation) -> Turn<'_> {
        let place = self.0.pace(operation).place().await;
        Turn::new(&self.0, operation, place)
    }

    pub(super) fn shared(&self) -> &Shared {
        &self.0
    }
}

impl Shared {
    fn pace(&self, operation: Operation) -> &Pace {
        &self.paces[operation as usize]
    }
}

fn usable(url: &Url) -> Result<(), SettingsError> {
    let wrong = |reason| {
        let mut shown = url.clone();
        // An address that can't have a password has none to hide.
        let _ = shown.set_password(None);
        Err(SettingsError::Url {
            url: shown.to_string(),
            reason,
        })
    };
    if !matches!(url.scheme(), "http" | "https") {
        return wrong("it has to start with `https://` (or `http://` for a sandbox)");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return wrong("it has to end with its path, without `?` and `#`");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return wrong(
            "it has to be without a user name and password; credentials go into `[auth]`",
        );
    }
    Ok(())
}
