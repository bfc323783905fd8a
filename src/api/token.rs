//! Tokens.

use std::time::Duration;

use secrecy::SecretString;

use super::Url;

/// How the client gets its token.
#[derive(Debug, Clone)]
pub enum Credentials {
    /// An access token that was handed in; it can't be renewed.
    Token(SecretString),
    /// A service account: tokens are got by a signed assertion and renewed as they expire.
    ServiceAccount(Box<ServiceAccount>),
}

/// A service account of the developer console.
#[derive(Debug, Clone)]
pub struct ServiceAccount {
    /// The app's client id.
    pub client_id: String,
    /// The app's client secret.
    pub client_secret: SecretString,
    /// The service account's id, `….serviceaccount@domain`.
    pub service_account: String,
    /// The private key as the console gives it: PKCS#8 in PEM.
    pub private_key_pem: SecretString,
    /// Where tokens are given out.
    pub token_url: Url,
    /// The scope to ask for, `contact`.
    pub scope: String,
}

/// Why no token could be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialProblem {
    /// The private key can't be read; what is wrong with it.
    UnreadableKey(String),
    /// The token has characters that no token has.
    MalformedToken,
    /// The client id or secret is refused.
    WrongClient,
    /// The service account or its assertion is refused.
    WrongServiceAccount,
    /// Our clock is off: ours minus theirs.
    ClockOff {
        /// Seconds by which ours is ahead; negative when it is behind.
        ahead_seconds: i64,
    },
    /// The scope is refused.
    MissingScope,
    /// The token service refused for a reason that the standard has no code for.
    Other,
}

impl ServiceAccount {
    /// The token service of the vendor's public pages.
    pub const TOKEN_URL: &'static str = "https://auth.worksmobile.com/oauth2/v2.0/token";
    /// How long a token request may take.
    pub(super) const TIMEOUT: Duration = Duration::from_secs(30);
}
