//! The login page: where a browser is sent to, and with which code.

use std::time::{Duration, Instant};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::answers::Answer;
use super::chance;
use super::service::Fields;
use super::token::{Account, UserLogin, allowed_scope, refused};

/// How long a code is good (vendor).
const LIFETIME: Duration = Duration::from_secs(600);

pub(super) struct Code {
    pub scope: String,
    redirect_uri: String,
    until: Instant,
}

impl Code {
    pub(super) fn is_good(&self, redirect_uri: &str) -> bool {
        self.redirect_uri == redirect_uri && Instant::now() < self.until
    }
}

/// The address that the browser is sent to, with a new code if the user agrees.
///
/// # Errors
///
/// The page to show instead: the service never sends a browser to an address that is not registered, and shows its login
/// page, without an error, when the app lacks the scope (observed).
pub(super) fn redirect(
    query: &Fields,
    account: Option<&Account>,
) -> Result<(String, Option<(String, Code)>), Answer> {
    let given = |name| query.get(name).map_or("", String::as_str);
    let account = account.filter(|account| account.client_id == given("client_id"));
    let account = account.ok_or_else(|| refused("unauthorized_client", "The client is unknown"))?;
    let redirect_uri = given("redirect_uri");
    if !is_registered(redirect_uri) {
        return Err(refused("invalid_request", "redirect_uri is not registered"));
    }
    if given("response_type") != "code" || given("state").is_empty() {
        return Err(refused(
            "invalid_request",
            "response_type or state is wrong",
        ));
    }
    let Ok(scope) = allowed_scope(given("scope"), account) else {
        return Err(Answer::page(200, "<html><title>Log in</title></html>"));
    };
    let state = utf8_percent_encode(given("state"), NON_ALPHANUMERIC);
    if account.login == UserLogin::Denies {
        let address = format!("{redirect_uri}?error=access_denied&state={state}");
        return Ok((address, None));
    }
    let code = chance::identifier();
    let address = format!("{redirect_uri}?code={code}&state={state}");
    let issued = Code {
        scope,
        redirect_uri: redirect_uri.to_owned(),
        until: Instant::now() + LIFETIME,
    };
    Ok((address, Some((code, issued))))
}

/// The form that command-line clients register: `http://localhost:PORT/callback`. The sandbox takes any port.
fn is_registered(redirect_uri: &str) -> bool {
    redirect_uri
        .strip_prefix("http://localhost:")
        .and_then(|rest| rest.strip_suffix("/callback"))
        .is_some_and(|port| port.parse::<u16>().is_ok())
}
