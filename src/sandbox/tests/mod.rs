//! The sandbox over the wire.

mod faults;
mod limits;
mod lists;
mod logins;
mod operations;
mod plans;
mod tokens;

use std::sync::LazyLock;

use reqwest::{Client, ClientBuilder, Method, RequestBuilder};
use serde_json::{Value, json};

use super::{Options, Sandbox, Stored};
use crate::rig::riggable;

/// An answer, read.
#[derive(Debug)]
struct Reply {
    status: u16,
    headers: reqwest::header::HeaderMap,
    /// Null where there is none.
    body: Value,
}

impl Reply {
    #[track_caller]
    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .unwrap_or_else(|| panic!("no {name}"))
            .to_str()
            .unwrap()
    }

    #[track_caller]
    fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.body);
        self.body
    }

    /// The code and the description of an error.
    #[track_caller]
    fn refusal(&self) -> (u16, &str, &str) {
        let text = |name: &str| self.body[name].as_str().unwrap();
        (self.status, text("code"), text("description"))
    }
}

fn start(options: Options) -> Sandbox {
    Sandbox::start(riggable(options)).expect("a free port on loopback")
}

/// A client that keeps its connections.
fn client() -> Client {
    builder().build().unwrap()
}

fn builder() -> ClientBuilder {
    // Without a provider a client can't be built, though nothing here is encrypted. A second
    // installation is refused, which is as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().no_proxy()
}

/// Building a client takes longer than most tests. Connections are not kept, as each belongs to the
/// runtime of its test.
static CLIENT: LazyLock<Client> =
    LazyLock::new(|| builder().pool_max_idle_per_host(0).build().unwrap());

fn request(sandbox: &Sandbox, method: Method, path: &str) -> RequestBuilder {
    CLIENT
        .request(method, format!("{}{path}", sandbox.base_url()))
        .bearer_auth("sandbox-token")
}

async fn send(request: RequestBuilder) -> Result<Reply, reqwest::Error> {
    let response = request.send().await?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let body = serde_json::from_slice(&response.bytes().await?).unwrap_or_default();
    Ok(Reply {
        status,
        headers,
        body,
    })
}

async fn get(sandbox: &Sandbox, path: &str) -> Reply {
    send(request(sandbox, Method::GET, path)).await.unwrap()
}

async fn post(sandbox: &Sandbox, path: &str, body: &Value) -> Reply {
    send(request(sandbox, Method::POST, path).json(body))
        .await
        .unwrap()
}

async fn try_create(sandbox: &Sandbox, name: &str) -> Result<Reply, reqwest::Error> {
    send(request(sandbox, Method::POST, "/contacts").json(&person(name))).await
}

async fn create(sandbox: &Sandbox, name: &str) -> Reply {
    try_create(sandbox, name).await.unwrap()
}

/// A contact with `NAME@example.com` and little else.
fn person(name: &str) -> Value {
    json!({
        "permission": {"accessibleRange": "ALL"},
        "contactName": {"lastName": name},
        "emails": [{"email": format!("{name}@example.com"), "primary": true}],
    })
}

/// The last names in a list, in its order.
fn names(list: &Value) -> Vec<&str> {
    let contacts = list["contacts"].as_array().unwrap().iter();
    contacts
        .map(|contact| contact["contactName"]["lastName"].as_str().unwrap())
        .collect()
}

/// The last names of all that was ever created.
fn stored_names(sandbox: &Sandbox) -> Vec<String> {
    let name = |contact: &Stored| {
        contact.request["contactName"]["lastName"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    sandbox.contacts().iter().map(name).collect()
}
