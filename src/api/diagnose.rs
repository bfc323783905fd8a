//! `cardlift auth`: is everything in place to talk to the service?

use std::time::Duration;

use super::client::{Client, InvalidUrl, Settings};
use super::contacts::ListQuery;
use super::failure::{Failure, FailureKind};

/// What was found out, first thing first: what comes later was not tried.
#[derive(Debug)]
pub enum Diagnosis {
    /// An address in the settings can't be used.
    WrongSettings(InvalidUrl),
    /// No token could be had; [`FailureKind::Credentials`] says why, anything else that the token service is not there.
    NoToken(Failure),
    /// The contacts service does not take the token.
    TokenRefused(Failure),
    /// The token lacks the scope. Told by the observed description "has not permission api scope", or by the token
    /// service's own list of what it granted.
    MissingScope {
        /// The scope that was granted, if the token service said so.
        granted: Option<String>,
        /// What the contacts service said, if it was asked.
        failure: Option<Failure>,
    },
    /// The token is taken, and the service refuses to show contacts: a right of the account or the app is missing.
    NoPermission(Failure),
    /// There is no contacts service at the base URL.
    WrongAddress(Failure),
    /// The contacts service is not there, or does not answer as it should.
    Unavailable(Failure),
    /// A token was had and contacts can be read. That they can be created is not known before one is.
    Works {
        /// How long the token is good for, if the token service said so.
        token_lives: Option<Duration>,
        /// The scope that was granted, if the token service said so.
        scope: Option<String>,
    },
}

/// Gets a token and makes one harmless read (`GET /contacts?count=1`), once each; once more if a stored token is refused.
pub async fn diagnose(settings: Settings) -> Diagnosis {
    let client = match Client::new(settings) {
        Ok(client) => client,
        Err(error) => return Diagnosis::WrongSettings(error),
    };
    let query = ListQuery {
        count: Some(1),
        ..ListQuery::default()
    };
    let mut tries = if client.tokens.may_be_old() { 2 } else { 1 };
    let (token, read) = loop {
        let token = match client.tokens.token().await {
            Ok(token) => token,
            Err(failure) => return Diagnosis::NoToken(failure),
        };
        let read = client.list(&query).await;
        tries -= 1;
        match &read {
            Err(failure) if tries > 0 && failure.kind == FailureKind::TokenExpired => {}
            _ => break (token, read),
        }
    };
    match read {
        Ok(_) if token.scope.as_deref().is_some_and(only_reads) => Diagnosis::MissingScope {
            granted: token.scope,
            failure: None,
        },
        Ok(_) => Diagnosis::Works {
            token_lives: token.lives,
            scope: token.scope,
        },
        Err(failure) => sort(failure, token.scope),
    }
}

/// Scopes are separated by blanks (RFC 6749) and, in the vendor's samples, by commas. To create takes `contact`.
fn only_reads(scope: &str) -> bool {
    !scope.split([' ', ',']).any(|scope| scope == "contact")
}

fn sort(failure: Failure, granted: Option<String>) -> Diagnosis {
    match failure.kind {
        FailureKind::Credentials(_) => Diagnosis::NoToken(failure),
        FailureKind::TokenExpired => Diagnosis::TokenRefused(failure),
        FailureKind::Forbidden { .. } if names_the_scope(&failure) => Diagnosis::MissingScope {
            granted,
            failure: Some(failure),
        },
        FailureKind::Forbidden { .. } | FailureKind::Refused => Diagnosis::NoPermission(failure),
        FailureKind::WrongAddress => Diagnosis::WrongAddress(failure),
        FailureKind::Throttled { .. } | FailureKind::Unavailable | FailureKind::Unknown => {
            Diagnosis::Unavailable(failure)
        }
    }
}

fn names_the_scope(failure: &Failure) -> bool {
    let description = failure.description.as_deref().unwrap_or_default();
    description.to_ascii_lowercase().contains("scope")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::testing::{Act, Server, answer};
    use crate::api::{Credentials, PaceSettings};

    #[tokio::test]
    async fn the_diagnosis_names_the_first_thing_that_is_wrong() {
        let observed = r#"{"code":"FORBIDDEN","description":"has not permission api scope"}"#;
        for (status, body, named) in [
            (200, r#"{"contacts":[]}"#, "Works"),
            (401, r#"{"code":"UNAUTHORIZED"}"#, "TokenRefused"),
            (403, observed, "MissingScope"),
            (403, r#"{"code":"ACCESS_DENIED"}"#, "NoPermission"),
            (404, "", "WrongAddress"),
            (500, "", "Unavailable"),
        ] {
            let server = Server::start(move |_| answer(status, body)).await;
            let diagnosis = format!(
                "{:?}",
                diagnose(server.settings(PaceSettings::per_minute(None))).await
            );
            assert!(diagnosis.starts_with(named), "{diagnosis}");
            assert_eq!(server.seen()[0].line, "GET /v1.0/contacts?count=1 HTTP/1.1");
        }
        let mut settings = Server::start(|_| Act::Close)
            .await
            .settings(PaceSettings::per_minute(None));
        settings.credentials = Credentials::Token("".into());
        assert!(matches!(diagnose(settings).await, Diagnosis::NoToken(_)));
    }
}
