//! The HTTP client: sends one request once and says what came back.
//!
//! **Once.** A request that creates something must not leave twice behind our back, so:
//! - redirects are not followed;
//! - reqwest's own retries (of HTTP/2 refusals and shutdowns) are off;
//! - only HTTP/1.1 is spoken, where a connection carries one request at a time and a lost one leaves one outcome unknown;
//! - hyper-util still moves a request to a fresh connection when the pooled one turns out to be dead, which reqwest can't
//!   turn off. It does so only if hyper hands the request back unstarted, before a byte of it was written, so it is the
//!   same first time (hyper: `TrySendError::take_message`; tested below against a server that drops idle connections).
//!   Idle connections are let go early, so that this and its twin, a request written to a connection that the server is
//!   just closing, stay rare.

use crate::lang::tr;
use std::error::Error;
use std::io::{self, ErrorKind};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Method, RequestBuilder, Url};

use super::answer::Answer;
use super::failure::{Failure, FailureKind};

/// Shorter than the idle time-outs that servers commonly have.
const IDLE: Duration = Duration::from_secs(4);
/// No connection takes longer than this to come about, unless it never does.
const CONNECTING: Duration = Duration::from_secs(10);

/// Sends requests to one address.
#[derive(Debug)]
pub(super) struct Transport {
    pub(super) address: Url,
    timeout: Duration,
    /// Built at the first request: loading the system's certificates takes a while, and fails where there are none.
    http: OnceLock<Result<reqwest::Client, Arc<str>>>,
}

impl Transport {
    pub(super) fn new(address: Url, timeout: Duration) -> Self {
        Transport {
            address,
            timeout,
            http: OnceLock::new(),
        }
    }

    /// A request to this address, or to one below it.
    pub(super) fn request(&self, method: Method, url: Url) -> Result<RequestBuilder, Failure> {
        let built = self.http.get_or_init(|| {
            client(&self.address, self.timeout).map_err(|error| root_cause(&error).into())
        });
        match built {
            Ok(http) => Ok(http.request(method, url)),
            Err(reason) => Err(Failure::without_answer(
                FailureKind::Unavailable,
                &tr!("network-no-client", reason = reason.as_ref()),
            )),
        }
    }

    /// Sends it and reads at most `most` bytes of the body.
    pub(super) async fn send(
        &self,
        request: RequestBuilder,
        most: usize,
    ) -> Result<Answer, Failure> {
        let sent = request.send().await;
        let mut response = sent.map_err(|error| self.no_answer(&error))?;
        Ok(Answer {
            status: response.status().as_u16(),
            headers: std::mem::take(response.headers_mut()),
            body: self.body(response, most).await,
        })
    }

    async fn body(&self, mut response: reqwest::Response, most: usize) -> Result<Vec<u8>, String> {
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.said(&error))? {
            if body.len() + chunk.len() > most {
                return Err(tr!("answer-too-long", bytes = most));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    /// Why there is no answer. reqwest does not say whether a request left: it certainly did not where no connection came
    /// about or the request can't be built. A time-out while connecting is both a connect error and a time-out, and certain.
    fn no_answer(&self, error: &reqwest::Error) -> Failure {
        if !error.is_connect() && !error.is_builder() {
            return Failure::without_answer(FailureKind::Unknown, &self.said(error));
        }
        let host = self.address.host_str().unwrap_or_default();
        let port = self.address.port_or_known_default().unwrap_or_default();
        let (place, reason) = (format!("{host}:{port}"), root_cause(error));
        let said = match is_tls(error) {
            true => tr!("network-no-tls", place, reason),
            false => tr!("network-no-connection", place, reason),
        };
        Failure::without_answer(FailureKind::Unavailable, &said)
    }

    fn said(&self, error: &reqwest::Error) -> String {
        if error.is_timeout() {
            return tr!("network-no-answer", time = format!("{:?}", self.timeout));
        }
        tr!("network-broke", reason = root_cause(error))
    }
}

/// Whether requests to this address stay on this machine. They don't go through a proxy.
pub(super) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let ip = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
    host == "localhost" || ip.is_ok_and(|ip| ip.is_loopback())
}

fn client(address: &Url, timeout: Duration) -> reqwest::Result<reqwest::Client> {
    // reqwest is built without a crypto provider of its own choice. Somebody else may have installed one already: fine.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = reqwest::Client::builder()
        .user_agent(concat!("cardlift/", env!("CARGO_PKG_VERSION")))
        .redirect(Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .http1_only()
        .pool_idle_timeout(IDLE)
        .timeout(timeout)
        // Connecting has to give up first, or else it could not be told from a request that was lost.
        .connect_timeout(CONNECTING.min(timeout.mul_f64(0.75)));
    if is_loopback(address) {
        builder = builder.no_proxy();
    }
    if address.scheme() == "http" {
        // Nothing is encrypted, so nobody's certificates are needed: the sandbox works on a machine that has none.
        builder = builder.tls_certs_only([]);
    }
    builder.build()
}

/// Whether the other end was reached and the two could not agree on encryption.
fn is_tls(error: &reqwest::Error) -> bool {
    let mut cause = error.source();
    while let Some(error) = cause {
        if error.is::<rustls::Error>() {
            return true;
        }
        // An I/O error's `source` leaves out the error that it wraps.
        let wrapped = error.downcast_ref().and_then(io::Error::get_ref);
        cause = wrapped.map_or(error.source(), |wrapped| Some(wrapped));
    }
    false
}

/// The innermost of the errors, which names the cause; reqwest's own words hold the URL, and with it what was searched for.
fn root_cause(error: &reqwest::Error) -> String {
    let Some(mut cause) = error.source() else {
        return tr!("network-no-request");
    };
    while let Some(source) = cause.source() {
        cause = source;
    }
    let text = cause.to_string();
    match cause.downcast_ref::<io::Error>().map(io::Error::kind) {
        Some(ErrorKind::ConnectionRefused) => tr!("network-refused"),
        Some(ErrorKind::ConnectionReset | ErrorKind::BrokenPipe) => tr!("network-reset"),
        Some(ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable) => {
            tr!("network-unreachable")
        }
        Some(_) if text.starts_with("failed to lookup address") => tr!("network-no-name"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_is_known_by_name_and_by_address() {
        for (address, loopback) in [
            ("http://127.0.0.1:8080/v1.0", true),
            ("http://127.8.9.1", true),
            ("http://localhost:1", true),
            ("https://LOCALHOST", true),
            ("http://[::1]:8080", true),
            ("http://10.0.0.1", false),
            ("http://localhost.example.com", false),
            ("https://127.0.0.1.example.com", false),
        ] {
            let url = Url::parse(address).unwrap();
            assert_eq!(is_loopback(&url), loopback, "{address}");
        }
    }
}
