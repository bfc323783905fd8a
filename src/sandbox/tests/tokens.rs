//! Tokens, over the wire.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};

use super::{CLIENT, Reply, get, person, request, send, start};
use crate::rig::{Fault, FaultPlan, Faults, RiggedService as _, public_key_of, rig};
use crate::sandbox::{Account, Options, Sandbox};

/// Made for these tests; it opens nothing.
const KEY: &str = include_str!("test-key.pem");

fn with_account(account: Account) -> Sandbox {
    let account = Account {
        public_key: Some(public_key_of(KEY).unwrap()),
        ..account
    };
    start(Options {
        account: Some(account),
        ..Options::default()
    })
}

fn claims(seconds: i64) -> Value {
    let now = Timestamp::now().as_second();
    let account = Account::default();
    json!({"iss": account.client_id, "sub": account.service_account, "iat": now, "exp": now + seconds})
}

fn assertion(claims: &Value) -> String {
    let header = json!({"alg": "RS256", "typ": "JWT"});
    let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(&header), part(claims));
    let der: String = KEY.lines().filter(|line| !line.starts_with('-')).collect();
    let key = RsaKeyPair::from_pkcs8(&BASE64_STANDARD.decode(der).unwrap()).unwrap();
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(
        &RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        signed.as_bytes(),
        &mut signature,
    )
    .unwrap();
    format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
}

fn form(claims: &Value) -> Vec<(&'static str, String)> {
    vec![
        (
            "grant_type",
            "urn:ietf:params:oauth:grant-type:jwt-bearer".to_owned(),
        ),
        ("assertion", assertion(claims)),
        ("client_id", "sandbox-client".to_owned()),
        ("client_secret", "sandbox-secret".to_owned()),
        ("scope", "contact".to_owned()),
    ]
}

async fn ask(sandbox: &Sandbox, form: &[(&str, String)]) -> Reply {
    send(CLIENT.post(sandbox.token_url()).form(form))
        .await
        .unwrap()
}

async fn list_with(sandbox: &Sandbox, token: &Value) -> Reply {
    let call = CLIENT.get(format!("{}/contacts", sandbox.base_url()));
    send(call.bearer_auth(token.as_str().unwrap()))
        .await
        .unwrap()
}

fn changed(
    form: &[(&'static str, String)],
    name: &str,
    value: &str,
) -> Vec<(&'static str, String)> {
    let change = |(key, old): &(&'static str, String)| {
        (
            *key,
            if *key == name {
                value.to_owned()
            } else {
                old.clone()
            },
        )
    };
    form.iter().map(change).collect()
}

#[tokio::test]
async fn a_signed_assertion_gets_a_token_that_works() {
    let sandbox = with_account(Account::default());
    let reply = ask(&sandbox, &form(&claims(3600))).await;
    assert_eq!(reply.header("cache-control"), "no-store");
    let token = reply.expect(200);
    assert_eq!(token["token_type"], "Bearer");
    assert_eq!(token["scope"], "contact");
    assert_eq!(token["expires_in"], 3600);
    assert!(token["refresh_token"].is_string());
    assert_eq!(
        list_with(&sandbox, &token["access_token"]).await.status,
        200
    );
}

#[tokio::test]
async fn a_token_can_be_refreshed() {
    let sandbox = with_account(Account::default());
    sandbox.change(|options| rig(options, |rig| rig.expires_in_as_text = true));
    let token = ask(&sandbox, &form(&claims(60))).await.expect(200);
    assert_eq!(token["expires_in"], "3600");
    let refresh = |token: &str| {
        vec![
            ("grant_type", "refresh_token".to_owned()),
            ("refresh_token", token.to_owned()),
            ("client_id", "sandbox-client".to_owned()),
            ("client_secret", "sandbox-secret".to_owned()),
        ]
    };
    let renewed = ask(&sandbox, &refresh(token["refresh_token"].as_str().unwrap()))
        .await
        .expect(200);
    assert_ne!(renewed["access_token"], token["access_token"]);
    assert_eq!(
        list_with(&sandbox, &renewed["access_token"]).await.status,
        200
    );
    assert_eq!(
        ask(&sandbox, &refresh("x")).await.expect(400)["error"],
        "invalid_grant"
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_request_for_a_token_is_said_as_rfc_6749_has_it() {
    let sandbox = with_account(Account::default());
    let good = form(&claims(3600));
    let tampered = good[1].1.replacen("eyJ", "eyK", 1);
    let unsigned = format!("{}.", good[1].1.rsplit_once('.').unwrap().0);
    for (name, value, status, error) in [
        ("client_id", "x", 401, "invalid_client"),
        ("client_secret", "x", 401, "invalid_client"),
        ("client_secret", "", 400, "invalid_request"),
        ("grant_type", "password", 400, "unsupported_grant_type"),
        ("scope", "contact calendar", 400, "invalid_scope"),
        ("scope", "", 400, "invalid_request"),
        ("assertion", "", 400, "invalid_request"),
        ("assertion", "a.b", 400, "invalid_grant"),
        ("assertion", tampered.as_str(), 400, "invalid_grant"),
        ("assertion", unsigned.as_str(), 400, "invalid_grant"),
    ] {
        let body = ask(&sandbox, &changed(&good, name, value))
            .await
            .expect(status);
        assert_eq!(body["error"], error, "{name}={value}");
        assert!(body["error_description"].is_string());
    }
}

#[tokio::test]
async fn the_claims_of_an_assertion_are_checked() {
    let sandbox = with_account(Account::default());
    let now = Timestamp::now().as_second();
    let wrong = |name: &str, value: Value| {
        let mut claims = claims(3600);
        claims[name] = value;
        claims
    };
    for claims in [
        wrong("iss", json!("x")),
        wrong("sub", json!("x")),
        wrong("iat", json!(now.to_string())),
        wrong("exp", Value::Null),
        claims(3601),
        json!({"iss": "sandbox-client", "sub": Account::default().service_account, "iat": now - 7200, "exp": now - 3600}),
    ] {
        let body = ask(&sandbox, &form(&claims)).await.expect(400);
        assert_eq!(body["error"], "invalid_grant", "{claims}");
    }
}

#[tokio::test]
async fn a_clock_that_is_off_is_said() {
    for (offset, description) in [(-1, "iat is in the future"), (2, "The assertion expired")] {
        let sandbox = start(Options {
            account: Some(Account::default()),
            clock_offset: SignedDuration::from_hours(offset),
            ..Options::default()
        });
        let body = ask(&sandbox, &form(&claims(3600))).await.expect(400);
        assert_eq!(body["error_description"], description);
    }
}

#[tokio::test]
async fn without_an_account_nobody_gets_a_token() {
    let sandbox = start(Options::default());
    assert_eq!(
        ask(&sandbox, &form(&claims(60))).await.expect(401)["error"],
        "invalid_client"
    );
}

#[tokio::test]
async fn a_token_expires_and_can_be_revoked() {
    let sandbox = with_account(Account {
        token_lifetime: std::time::Duration::ZERO,
        ..Account::default()
    });
    let token = ask(&sandbox, &form(&claims(60))).await.expect(200);
    assert_eq!(token["expires_in"], 0);
    let reply = list_with(&sandbox, &token["access_token"]).await;
    assert!(reply.header("www-authenticate").contains("expired"));
    assert_eq!(reply.refusal().1, "UNAUTHORIZED");

    let sandbox = with_account(Account::default());
    let token = ask(&sandbox, &form(&claims(60))).await.expect(200);
    sandbox.revoke_tokens();
    assert_eq!(
        list_with(&sandbox, &token["access_token"]).await.status,
        401
    );
    assert_eq!(get(&sandbox, "/contacts").await.status, 200);
}

#[tokio::test]
async fn a_token_that_is_revoked_by_a_fault_must_be_renewed() {
    let faults = FaultPlan {
        looks: Faults::at([(2, Fault::Revoke)]),
        ..FaultPlan::default()
    };
    let sandbox = start(Options {
        account: Some(Account::default()),
        rig: faults.into(),
        ..Options::default()
    });
    let old = ask(&sandbox, &form(&claims(60))).await.expect(200);
    for status in [200, 401, 401] {
        assert_eq!(
            list_with(&sandbox, &old["access_token"]).await.status,
            status
        );
    }
    let new = ask(&sandbox, &form(&claims(60))).await.expect(200);
    assert_eq!(list_with(&sandbox, &new["access_token"]).await.status, 200);
}

#[tokio::test]
async fn a_call_without_the_right_token_is_unauthorized() {
    let sandbox = start(Options::default());
    let url = format!("{}/contacts", sandbox.base_url());
    for authorization in [
        None,
        Some("Bearer x"),
        Some("Bearer"),
        Some("Basic sandbox-token"),
        Some("sandbox-token"),
    ] {
        let mut call = CLIENT.post(&url).json(&person("a"));
        if let Some(authorization) = authorization {
            call = call.header("authorization", authorization);
        }
        let reply = send(call).await.unwrap();
        assert_eq!(
            (reply.status, reply.refusal().1),
            (401, "UNAUTHORIZED"),
            "{authorization:?}"
        );
        assert!(reply.header("www-authenticate").starts_with("Bearer "));
    }
    assert!(sandbox.contacts().is_empty());
    sandbox.change(|options| options.token = Some("other".to_owned()));
    assert_eq!(get(&sandbox, "/contacts").await.status, 401);
}

#[tokio::test]
async fn reading_needs_less_than_writing() {
    let sandbox = start(Options {
        scope: "contact.read".to_owned(),
        ..Options::default()
    });
    assert_eq!(get(&sandbox, "/contacts").await.status, 200);
    let create = || send(request(&sandbox, Method::POST, "/contacts").json(&person("a")));
    assert_eq!(
        create().await.unwrap().refusal(),
        (403, "FORBIDDEN", "has not permission api scope")
    );
    sandbox.change(|options| options.scope = "calendar".to_owned());
    assert_eq!(get(&sandbox, "/contacts").await.status, 403);
    sandbox.change(|options| options.scope = "calendar contact".to_owned());
    assert_eq!(create().await.unwrap().status, 201);
}

#[test]
fn a_text_that_is_no_key_has_no_public_key() {
    assert_eq!(public_key_of(""), None);
    assert_eq!(
        public_key_of("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"),
        None
    );
}
