//! Tokens: the login page, the endpoints that issue and revoke tokens, and the check that every other call goes through.
//!
//! What the vendor does not state and the sandbox decides: a clock may be off by [`LEEWAY`]; a refresh gives no new
//! refresh token; an access token that was revoked can still be refreshed; revoking one token leaves the other as it is.
//! The login page asks nobody: every user agrees.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use serde_json::{Value, json};

use super::Options;
use super::answers::{Answer, ensure};
use super::call::Fields;
use super::store::identifier;

/// A service account that may get tokens. Has no `Debug`, as it holds secrets.
#[derive(Clone)]
pub struct Account {
    /// What the developer console names the app, and assertions their `iss`.
    pub client_id: String,
    pub client_secret: String,
    /// `….serviceaccount@domain`.
    pub service_account: String,
    /// What assertions must be signed for: an RSA public key (PKCS#1 in DER). Without it any signature is taken.
    pub public_key: Option<Vec<u8>>,
    /// How long an access token is good; the vendor's are 1 h or 24 h.
    pub token_lifetime: Duration,
    pub scopes: Vec<String>,
}

impl Default for Account {
    fn default() -> Self {
        Self {
            client_id: "sandbox-client".to_owned(),
            client_secret: "sandbox-secret".to_owned(),
            service_account: "sandbox.serviceaccount@example.com".to_owned(),
            public_key: None,
            token_lifetime: Duration::from_secs(3600),
            scopes: vec!["contact".to_owned(), "contact.read".to_owned()],
        }
    }
}

/// How far the clock of an assertion may be off.
const LEEWAY: SignedDuration = SignedDuration::from_secs(60);

/// The longest life of an assertion (vendor).
const LONGEST: SignedDuration = SignedDuration::from_mins(60);

/// How long a code is good (vendor).
const CODE_LIFETIME: Duration = Duration::from_secs(600);

#[derive(Default)]
pub struct Tokens {
    pub issued: HashMap<String, Issued>,
    /// The scopes of refresh tokens.
    pub refreshes: HashMap<String, String>,
    codes: HashMap<String, Code>,
}

pub struct Issued {
    scope: String,
    until: Instant,
}

struct Code {
    scope: String,
    redirect_uri: String,
    until: Instant,
}

impl Tokens {
    /// Whether a call with this `Authorization` may do what it asks for.
    pub(super) fn check(
        &self,
        options: &Options,
        authorization: Option<&str>,
        only_reads: bool,
    ) -> Result<(), Answer> {
        let unauthorized = |reason| Err(Answer::unauthorized(reason));
        let Some(authorization) = authorization else {
            return unauthorized("The access token is missing");
        };
        let token = match authorization.split_once(' ') {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
            _ => return unauthorized("The authorization is not a bearer token"),
        };
        let scope = match self.issued.get(token) {
            _ if options.token.as_deref() == Some(token) => &options.scope,
            None => return unauthorized("The access token is invalid"),
            Some(issued) if issued.until <= Instant::now() => {
                return unauthorized("The access token expired");
            }
            Some(issued) => &issued.scope,
        };
        let suffices = |scope: &str| scope == "contact" || (only_reads && scope == "contact.read");
        ensure(scope.split(' ').any(suffices), Answer::out_of_scope)
    }

    /// Sends a browser to the address that it comes from, with a new code. It is never sent to an address that
    /// is not registered; the login page is shown, without an error, when the app lacks the scope (observed).
    pub(super) fn authorize(
        &mut self,
        account: Option<&Account>,
        query: &Fields,
    ) -> Result<Answer, Answer> {
        let given = |name| query.get(name).map_or("", String::as_str);
        let account = account.filter(|account| account.client_id == given("client_id"));
        let account =
            account.ok_or_else(|| refused("unauthorized_client", "The client is unknown"))?;
        let redirect_uri = given("redirect_uri");
        let invalid = |description| move || refused("invalid_request", description);
        let is_registered = is_registered(redirect_uri);
        ensure(is_registered, invalid("redirect_uri is not registered"))?;
        let is_complete = given("response_type") == "code" && !given("state").is_empty();
        ensure(is_complete, invalid("response_type or state is wrong"))?;
        let Ok(scope) = allowed_scope(given("scope"), account) else {
            return Err(Answer::page(200, "<html><title>Log in</title></html>"));
        };
        let code = identifier();
        let state = utf8_percent_encode(given("state"), NON_ALPHANUMERIC);
        let address = format!("{redirect_uri}?code={code}&state={state}");
        let issued = Code {
            scope,
            redirect_uri: redirect_uri.to_owned(),
            until: Instant::now() + CODE_LIFETIME,
        };
        self.codes.insert(code, issued);
        let answer = Answer::empty(302).with("Location", address);
        Ok(answer.with("Cache-Control", "no-store"))
    }

    /// Answers a call of the endpoint that revokes one token. A token that is not good counts as revoked (RFC 7009).
    pub(super) fn revoke(
        &mut self,
        account: Option<&Account>,
        form: &Fields,
    ) -> Result<Answer, Answer> {
        client(account, form)?;
        let token = needed(form, "token")?;
        self.issued.remove(token);
        self.refreshes.remove(token);
        Ok(Answer::empty(200))
    }

    /// Answers a call of the token endpoint, `now` by the clock of the sandbox.
    pub(super) fn grant(
        &mut self,
        account: Option<&Account>,
        form: &Fields,
        now: Timestamp,
    ) -> Result<Answer, Answer> {
        let needed = |name: &str| needed(form, name);
        let invalid = |description| move || refused("invalid_grant", description);
        let grant = needed("grant_type")?;
        let account = client(account, form)?;
        match grant {
            "urn:ietf:params:oauth:grant-type:jwt-bearer" => {
                check_assertion(needed("assertion")?, account, now)
                    .map_err(|reason| refused("invalid_grant", reason))?;
                let scope = allowed_scope(needed("scope")?, account)?;
                Ok(self.issue(scope, true, account))
            }
            "authorization_code" => {
                let code = self.codes.remove(needed("code")?);
                let code = code.ok_or_else(invalid("The code is invalid"))?;
                let is_own = code.redirect_uri == needed("redirect_uri")?;
                let is_own = is_own && Instant::now() < code.until;
                ensure(is_own, invalid("The code is of another login"))?;
                Ok(self.issue(code.scope, true, account))
            }
            "refresh_token" => {
                let scope = self.refreshes.get(needed("refresh_token")?).cloned();
                let scope = scope.ok_or_else(invalid("The refresh token is invalid"))?;
                Ok(self.issue(scope, false, account))
            }
            _ => {
                let unsupported = "The grant type is not supported";
                Err(refused("unsupported_grant_type", unsupported))
            }
        }
    }

    fn issue(&mut self, scope: String, is_refreshable: bool, account: &Account) -> Answer {
        let token = identifier();
        let mut body = json!({
            "access_token": token,
            "scope": scope,
            "token_type": "Bearer",
            "expires_in": account.token_lifetime.as_secs(),
        });
        if is_refreshable {
            let refresh = identifier();
            body["refresh_token"] = json!(refresh);
            self.refreshes.insert(refresh, scope.clone());
        }
        let until = Instant::now() + account.token_lifetime;
        self.issued.insert(token, Issued { scope, until });
        Answer::json(200, body)
    }
}

/// The app whose id and secret are in the form.
fn client<'a>(account: Option<&'a Account>, form: &Fields) -> Result<&'a Account, Answer> {
    let (client, secret) = (needed(form, "client_id")?, needed(form, "client_secret")?);
    let is_known =
        |account: &&Account| account.client_id == client && account.client_secret == secret;
    account.filter(is_known).ok_or_else(|| Answer {
        status: 401,
        ..refused("invalid_client", "Client authentication failed")
    })
}

fn needed<'f>(form: &'f Fields, name: &str) -> Result<&'f str, Answer> {
    let value = form.get(name).map(String::as_str);
    value.ok_or_else(|| refused("invalid_request", &format!("{name} is missing")))
}

fn refused(error: &str, description: &str) -> Answer {
    let body = json!({"error": error, "error_description": description});
    Answer::json(400, body)
}

fn allowed_scope(asked: &str, account: &Account) -> Result<String, Answer> {
    let mut scopes = asked.split(' ');
    let is_allowed = scopes.all(|scope| account.scopes.iter().any(|allowed| allowed == scope));
    let wrong = "The scope is not allowed for this client";
    ensure(is_allowed, || refused("invalid_scope", wrong))?;
    Ok(asked.to_owned())
}

/// Says the first thing that is wrong with an assertion.
fn check_assertion(assertion: &str, account: &Account, now: Timestamp) -> Result<(), &'static str> {
    const NO_JWT: &str = "The assertion is not a JWT";
    let (signed, signature) = assertion.rsplit_once('.').ok_or(NO_JWT)?;
    let (header, claims) = signed.split_once('.').ok_or(NO_JWT)?;
    let parts = json_part(header).zip(json_part(claims));
    let (header, claims) = parts.ok_or(NO_JWT)?;
    let ensure = |holds: bool, wrong: &'static str| holds.then_some(()).ok_or(wrong);
    let is_rs256 = header["alg"] == "RS256";
    ensure(is_rs256, "The assertion's algorithm must be RS256")?;
    let is_signed = is_signed(signed, signature, account);
    ensure(is_signed, "The assertion's signature is wrong")?;
    let is_issuer = claims["iss"] == account.client_id.as_str();
    ensure(is_issuer, "iss is not the client id")?;
    let is_subject = claims["sub"] == account.service_account.as_str();
    ensure(is_subject, "sub is not a service account of this client")?;
    let time = |name: &str| Timestamp::from_second(claims[name].as_i64()?).ok();
    let times = time("iat").zip(time("exp"));
    let (iat, exp) = times.ok_or("iat and exp must be numbers")?;
    let is_short = exp.duration_since(iat) <= LONGEST;
    ensure(is_short, "exp is more than 60 minutes after iat")?;
    ensure(iat.duration_since(now) <= LEEWAY, "iat is in the future")?;
    ensure(now.duration_since(exp) <= LEEWAY, "The assertion expired")
}

fn json_part(part: &str) -> Option<Value> {
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

fn is_signed(signed: &str, signature: &str, account: &Account) -> bool {
    let Ok(signature) = BASE64_URL_SAFE_NO_PAD.decode(signature) else {
        return false;
    };
    account.public_key.as_ref().is_none_or(|key| {
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key)
            .verify(signed.as_bytes(), &signature)
            .is_ok()
    })
}

/// The form that command-line clients register: `http://localhost:PORT/callback`. The sandbox takes any port.
fn is_registered(redirect_uri: &str) -> bool {
    redirect_uri
        .strip_prefix("http://localhost:")
        .and_then(|rest| rest.strip_suffix("/callback"))
        .is_some_and(|port| port.parse::<u16>().is_ok())
}
