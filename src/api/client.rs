//! The client: what everybody who sends shares, token, pace and connections.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;
use strum::EnumCount as _;

use super::Url;
use super::operation::Operation;
use super::pace::{Pace, PaceSettings};
use super::token::{Credentials, Tokens};
use super::transport::{Transport, is_loopback};

#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the service is, as `https://www.worksapis.com/v1.0`.
    pub base_url: Url,
    pub credentials: Credentials,
    /// How long one request may take, from connecting to the last byte of the answer.
    pub timeout: Duration,
    pub pace: PaceSettings,
}

/// A URL that no request can go to.
#[derive(Debug, thiserror::Error)]
#[error("`{url}` is not a valid service address: {reason}")]
pub struct InvalidUrl {
    /// The URL as it was given, without a password.
    pub url: String,
    /// What is wrong with it, and what to write instead.
    pub reason: &'static str,
}

/// The service: everybody who sends shares its token, pace and connections.
#[derive(Debug)]
pub struct Client {
    pub(super) transport: Transport,
    pub(super) tokens: Tokens,
    /// The latest `Date` of the contacts service, and when it came.
    clock: Mutex<Option<(Timestamp, Instant)>>,
    paces: [Pace; Operation::COUNT],
}

impl Settings {
    /// Whether the token, and with it all that it opens, would cross a network unencrypted.
    pub fn sends_token_in_clear(&self) -> bool {
        let mut urls = self.urls();
        urls.any(|url| url.scheme() == "http" && !is_loopback(url))
    }

    /// Where a token is sent.
    fn urls(&self) -> impl Iterator<Item = &Url> {
        let token_url = match &self.credentials {
            Credentials::Token(_) => None,
            Credentials::ServiceAccount(account) => Some(&account.app.token_url),
            Credentials::Login(login) => Some(&login.app.token_url),
        };
        std::iter::once(&self.base_url).chain(token_url)
    }
}

impl Client {
    /// A client for these settings. Nothing is read, built or connected to before the first request.
    ///
    /// # Errors
    /// When a URL is not an `http` or `https` address that paths can be added to.
    pub fn new(settings: Settings) -> Result<Client, InvalidUrl> {
        settings.urls().try_for_each(usable)?;
        Ok(Client {
            transport: Transport::new(settings.base_url, settings.timeout),
            tokens: Tokens::new(settings.credentials, settings.timeout),
            clock: Mutex::default(),
            paces: std::array::from_fn(|_| Pace::new(settings.pace)),
        })
    }

    /// Tells the pace what an earlier process sent: how long ago the answer of each request came, in any order; zero where
    /// that is not known.
    pub fn seed(&self, operation: Operation, ages: &[Duration]) {
        self.pace(operation).seed(ages);
    }

    /// Keeps to another rate from now on; what was sent before still counts.
    pub fn keep_to(&self, per_minute: Option<u32>) {
        for pace in &self.paces {
            pace.keep_to(per_minute);
        }
    }

    /// The time by the service's clock, reckoned from the latest `Date` of its answers; `None` before the first. At most a
    /// second and the time of one request behind it, never ahead. Setting this machine's clock does not change it.
    pub fn service_time(&self) -> Option<Timestamp> {
        let (date, at) = (*self.clock.lock())?;
        date.checked_add(SignedDuration::try_from(at.elapsed()).ok()?)
            .ok()
    }

    pub(super) fn set_clock(&self, date: Timestamp) {
        *self.clock.lock() = Some((date, Instant::now()));
    }

    pub(super) fn pace(&self, operation: Operation) -> &Pace {
        &self.paces[operation as usize]
    }
}

fn usable(url: &Url) -> Result<(), InvalidUrl> {
    let wrong = |reason| {
        let mut shown = url.clone();
        // An address that can't have a password has none to hide.
        let _ = shown.set_password(None);
        Err(InvalidUrl {
            url: shown.to_string(),
            reason,
        })
    };
    if !matches!(url.scheme(), "http" | "https") {
        return wrong("it must start with `https://` (or `http://` for a sandbox)");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return wrong("it must end with its path, without `?` and `#`");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return wrong("it must not have a user name or password; credentials go into `[auth]`");
    }
    Ok(())
}
