//! The login page and the endpoint that revokes, over the wire.

use serde_json::Value;

use super::{Reply, send, start};
use crate::rig::{RiggedService as _, rig};
use crate::sandbox::{Account, Options, Sandbox};

const REDIRECT: &str = "http://localhost:8477/callback";

fn with(account: Account) -> Sandbox {
    start(Options {
        account: Some(account),
        ..Options::default()
    })
}

/// Goes to the login page with some parameters changed, and no further.
async fn page(sandbox: &Sandbox, changes: &[(&str, &str)]) -> Reply {
    let mut query = vec![
        ("client_id", "sandbox-client"),
        ("redirect_uri", REDIRECT),
        ("scope", "contact"),
        ("response_type", "code"),
        ("state", "a b"),
    ];
    for (name, value) in changes {
        query.retain(|(known, _)| known != name);
        query.push((name, value));
    }
    let client = super::builder().redirect(reqwest::redirect::Policy::none());
    let request = client.build().unwrap().get(sandbox.authorize_url());
    send(request.query(&query)).await.unwrap()
}

async fn post(url: String, more: &[(&str, &str)]) -> Reply {
    let app = [
        ("client_id", "sandbox-client"),
        ("client_secret", "sandbox-secret"),
    ];
    let form: Vec<_> = app.iter().chain(more).collect();
    send(super::client().post(url).form(&form)).await.unwrap()
}

async fn code(sandbox: &Sandbox) -> String {
    let reply = page(sandbox, &[]).await;
    let location = reply.header("location").to_owned();
    let rest = location.strip_prefix(&format!("{REDIRECT}?code="));
    let (code, state) = rest.unwrap().split_once('&').unwrap();
    assert_eq!((reply.status, state), (302, "state=a%20b"));
    code.to_owned()
}

async fn exchange(sandbox: &Sandbox, code: &str, redirect_uri: &str) -> Reply {
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", redirect_uri),
    ];
    post(sandbox.token_url(), &form).await
}

async fn refresh(sandbox: &Sandbox, token: &Value) -> Reply {
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", token.as_str().unwrap()),
    ];
    post(sandbox.token_url(), &form).await
}

#[tokio::test]
async fn a_code_is_good_once_and_for_its_own_redirect_url() {
    let sandbox = with(Account::default());
    let first = code(&sandbox).await;
    let tokens = exchange(&sandbox, &first, REDIRECT).await.expect(200);
    assert!(tokens["refresh_token"].is_string() && tokens["access_token"].is_string());
    let again = exchange(&sandbox, &first, REDIRECT).await.expect(400);
    assert_eq!(again["error"], "invalid_grant");
    let second = code(&sandbox).await;
    let other = exchange(&sandbox, &second, "http://localhost:1/callback").await;
    assert_eq!(other.expect(400)["error"], "invalid_grant");
}

#[tokio::test]
async fn the_login_page_sends_nobody_to_an_address_that_is_not_registered() {
    let sandbox = with(Account::default());
    for change in [
        ("redirect_uri", "http://example.com/callback"),
        ("redirect_uri", "http://localhost:8477/other"),
        ("client_id", "another"),
        ("response_type", "token"),
        ("state", ""),
    ] {
        assert_eq!(page(&sandbox, &[change]).await.status, 400, "{change:?}");
    }
    let without = page(&sandbox, &[("scope", "mail")]).await;
    assert_eq!(
        without.status, 200,
        "the login page again, without an error"
    );
}

#[tokio::test]
async fn a_user_who_denies_comes_back_with_an_error() {
    let sandbox = with(Account::default());
    sandbox.change(|options| rig(options, |rig| rig.denies_logins = true));
    let reply = page(&sandbox, &[]).await;
    let expected = format!("{REDIRECT}?error=access_denied&state=a%20b");
    assert_eq!(reply.header("location"), expected);
}

#[tokio::test]
async fn a_token_that_is_revoked_is_good_no_more() {
    let sandbox = with(Account::default());
    let code = code(&sandbox).await;
    let tokens = exchange(&sandbox, &code, REDIRECT).await.expect(200);
    let refreshed = refresh(&sandbox, &tokens["refresh_token"]).await;
    refreshed.expect(200);
    let revoke_url = sandbox.token_url().replace("token", "revoke");
    for token in ["refresh_token", "access_token"] {
        let form = [("token", tokens[token].as_str().unwrap())];
        assert_eq!(post(revoke_url.clone(), &form).await.status, 200);
    }
    let refused = refresh(&sandbox, &tokens["refresh_token"]).await;
    assert_eq!(refused.expect(400)["error"], "invalid_grant");
    let unknown = post(revoke_url.clone(), &[("token", "unknown")]).await;
    assert_eq!(unknown.status, 200);
    assert_eq!(post(revoke_url, &[]).await.status, 400);
}
