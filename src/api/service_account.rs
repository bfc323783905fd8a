//! A service account: the signed assertion by which it asks for a token (RFC 7523), as the vendor's pages describe it: RS256,
//! the claims `iss`, `sub`, `iat` and `exp` as numbers, no `aud`.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::pki_types::pem::{self, PemObject as _};
use secrecy::{ExposeSecret as _, SecretString};

use super::failure::{CredentialProblem, Failure};
use super::oauth::{App, Token, ask};

/// How long an assertion is good for; the vendor allows 60 minutes at most. It is used at once.
const LIFE_SECONDS: i64 = 30 * 60;

/// A service account of the developer console.
#[derive(Debug, Clone)]
pub struct ServiceAccount {
    pub app: App,
    /// The service account's id, `….serviceaccount@domain`.
    pub id: String,
    /// The private key as the console gives it: PKCS#8 in PEM.
    pub private_key_pem: SecretString,
}

/// Asks for the token of a service account by the JWT bearer grant (RFC 7523).
pub(super) async fn token(account: &ServiceAccount, timeout: Duration) -> Result<Token, Failure> {
    let assertion = assertion(account, Timestamp::now())
        .map_err(|reason| Failure::no_token(CredentialProblem::UnreadableKey(reason)))?;
    let form = [
        ("assertion", assertion.expose_secret()),
        ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
        ("scope", &account.app.scope),
    ];
    ask(&account.app, &form, timeout).await
}

/// Signs an assertion that the app makes for the service account.
///
/// # Errors
/// What is wrong with the key, in words that hold nothing of it.
fn assertion(account: &ServiceAccount, now: Timestamp) -> Result<SecretString, String> {
    let key = key(account.private_key_pem.expose_secret())?;
    let issued = now.as_second();
    let claims = serde_json::json!({
        "iss": account.app.client_id,
        "sub": account.id,
        "iat": issued,
        "exp": issued + LIFE_SECONDS,
    });
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"RS256","typ":"JWT"}"#);
    let message = format!("{header}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(
        &RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        message.as_bytes(),
        &mut signature,
    )
    .map_err(|_| "it can't sign")?;
    Ok(format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature)).into())
}

fn key(text: &str) -> Result<RsaKeyPair, String> {
    let der = PrivatePkcs8KeyDer::from_pem_slice(text.as_bytes())
        .map_err(|error| not_pem(text, &error))?;
    RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()).map_err(|error| {
        format!("it is PEM, but not an RSA key of 2048 to 4096 bits in PKCS#8 ({error})")
    })
}

/// Says what the file is instead, where that can be seen.
fn not_pem(text: &str, error: &pem::Error) -> String {
    let is = |kind: &str| text.contains(&format!("BEGIN {kind}"));
    let said = match error {
        _ if is("RSA PRIVATE KEY") => {
            "it is a PKCS#1 key; convert it with `openssl pkcs8 -topk8 -nocrypt`"
        }
        _ if is("EC PRIVATE KEY") => "it is an elliptic curve key; the service needs RSA",
        _ if is("ENCRYPTED PRIVATE KEY") => {
            "it is encrypted; decrypt it with `openssl pkcs8 -topk8 -nocrypt`"
        }
        _ if is("OPENSSH PRIVATE KEY") => {
            "it is an SSH key, not the key from the developer console"
        }
        _ if is("PUBLIC KEY") => "it is a public key",
        _ if is("CERTIFICATE") => "it is a certificate",
        pem::Error::NoItemsFound => "it has no `-----BEGIN PRIVATE KEY-----` line",
        pem::Error::MissingSectionEnd { .. } => {
            "it has no `-----END PRIVATE KEY-----` line; it may be cut off"
        }
        _ => "the text between `BEGIN PRIVATE KEY` and `END PRIVATE KEY` is damaged",
    };
    said.to_owned()
}

#[cfg(test)]
mod tests {
    use ring::signature::{KeyPair as _, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
    use serde_json::{Value, json};

    use super::*;
    use crate::api::{App, Url};

    const KEY: &str = include_str!("testdata/service-account.pem");

    fn signed(key: &str) -> Result<SecretString, String> {
        let now = "2026-03-01T12:00:00.9Z".parse().unwrap();
        let account = ServiceAccount {
            app: App {
                client_id: "client-1".to_owned(),
                client_secret: "".into(),
                token_url: Url::parse("https://example.com").unwrap(),
                scope: "contact".to_owned(),
            },
            id: "a.serviceaccount@example.com".to_owned(),
            private_key_pem: key.into(),
        };
        assertion(&account, now)
    }

    #[test]
    fn an_assertion_is_as_the_vendor_describes_it_and_its_signature_holds() {
        let assertion = signed(KEY).unwrap();
        let parts: Vec<_> = assertion.expose_secret().split('.').collect();
        let [header, claims, signature] = parts[..] else {
            panic!("{} parts", parts.len())
        };
        let decoded = |part: &str| URL_SAFE_NO_PAD.decode(part).unwrap();
        assert_eq!(decoded(header), br#"{"alg":"RS256","typ":"JWT"}"#);
        let claims: Value = serde_json::from_slice(&decoded(claims)).unwrap();
        let issued = 1_772_366_400;
        let expected = json!({
            "iss": "client-1",
            "sub": "a.serviceaccount@example.com",
            "iat": issued,
            "exp": issued + 1800,
        });
        assert_eq!(claims, expected);
        let public = key(KEY).unwrap();
        let public = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, public.public_key());
        let message = assertion.expose_secret().rsplit_once('.').unwrap().0;
        assert!(
            public
                .verify(message.as_bytes(), &decoded(signature))
                .is_ok()
        );
    }

    #[test]
    fn a_key_that_cannot_be_read_is_told_from_one_that_is_something_else() {
        let cut_off = &KEY[..KEY.len() / 2];
        let damaged = KEY.replace("\nMII", "\n!!!");
        let truncated_der = {
            let lines: Vec<_> = KEY.lines().collect();
            [lines[0], lines[1], lines[lines.len() - 1]].join("\n")
        };
        for (text, message) in [
            ("", "no `-----BEGIN PRIVATE KEY-----` line"),
            ("not a key", "no `-----BEGIN PRIVATE KEY-----` line"),
            (cut_off, "may be cut off"),
            (&damaged, "is damaged"),
            (&truncated_der, "not an RSA key"),
            (&KEY.replace("PRIVATE KEY", "RSA PRIVATE KEY"), "PKCS#1"),
            (
                &KEY.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"),
                "encrypted",
            ),
            (&KEY.replace("PRIVATE KEY", "PUBLIC KEY"), "public key"),
            (&KEY.replace("PRIVATE KEY", "CERTIFICATE"), "certificate"),
        ] {
            let said = signed(text).map(|_| ()).unwrap_err();
            assert!(said.contains(message), "{said} for {text:.40}");
        }
    }

    #[test]
    fn a_key_with_windows_line_ends_and_text_around_it_is_read() {
        let text = format!("Bag Attributes\r\n{}\r\n", KEY.replace('\n', "\r\n"));
        assert!(signed(&text).is_ok());
    }
}
