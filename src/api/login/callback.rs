//! The loopback address that the browser comes back to: it answers one request of the redirect, and closes.

use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};

use super::Url;

/// The path of the redirect URL that is registered in the developer console.
const PATH: &str = "/callback";
/// How long the browser has to take the page.
const FOR_THE_PAGE: Duration = Duration::from_secs(2);

/// An address that takes connections from this machine only.
#[derive(Debug)]
pub struct Callback {
    port: u16,
    redirects: (mpsc::Sender<Redirect>, mpsc::Receiver<Redirect>),
    servers: Vec<tokio::task::JoinHandle<io::Result<()>>>,
}

/// Why a redirect gives no code.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It belongs to another login, or somebody made it up.
    WrongState,
    /// The login page reported this error, such as `access_denied`.
    Error(String),
    /// It has neither code nor error.
    NoCode,
}

/// The query that the browser brought, and where the page goes that it is to show.
pub type Redirect = (String, oneshot::Sender<String>);

/// The code of a redirect URL, or of what follows its `?`, if the redirect belongs to the login with this `state`.
///
/// # Errors
/// When it belongs to another login or there is no code.
pub fn code(url: &str, state: &str) -> Result<SecretString, Refusal> {
    let query = url.trim().rsplit('?').next().unwrap_or_default();
    let parsed = Url::parse(&format!("http://localhost/?{query}"));
    let pairs = parsed.iter().flat_map(|url| url.query_pairs());
    let pairs: HashMap<_, _> = pairs.filter(|(_, value)| !value.is_empty()).collect();
    if pairs.get("state").is_none_or(|given| given != state) {
        return Err(Refusal::WrongState);
    }
    match (pairs.get("code"), pairs.get("error")) {
        (_, Some(error)) => Err(Refusal::Error(error.chars().take(100).collect())),
        (Some(code), None) => Ok((**code).into()),
        (None, None) => Err(Refusal::NoCode),
    }
}

impl Callback {
    /// Takes connections to `http://localhost:PORT/callback`; port 0 is any that is free.
    ///
    /// # Errors
    /// When the port is taken, by IPv4 or by IPv6: browsers may use either, and the code must not go to another program.
    pub async fn bind(port: u16) -> io::Result<Callback> {
        let ipv4 = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
        let port = ipv4.local_addr()?.port();
        let ipv6 = match TcpListener::bind(SocketAddr::from((Ipv6Addr::LOCALHOST, port))).await {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Err(error),
            ipv6 => ipv6.ok(), // a machine without IPv6
        };
        let redirects = mpsc::channel(1);
        let app = Router::new()
            .route(PATH, get(answer))
            .with_state(redirects.0.clone());
        let serve = |listener| {
            let send = redirects.0.clone();
            let shutdown = async move { send.closed().await };
            let server = axum::serve(listener, app.clone()).with_graceful_shutdown(shutdown);
            tokio::spawn(server.into_future())
        };
        let servers = std::iter::once(ipv4).chain(ipv6).map(serve).collect();
        Ok(Callback {
            port,
            redirects,
            servers,
        })
    }

    /// The redirect URL to register.
    pub fn redirect_uri(&self) -> String {
        format!("http://localhost:{}{PATH}", self.port)
    }

    /// Where a redirect can be put that came by another way than the browser's request.
    pub fn sender(&self) -> mpsc::Sender<Redirect> {
        self.redirects.0.clone()
    }

    /// Waits for the first redirect; dropping the future loses nothing.
    pub async fn redirect(&mut self) -> Redirect {
        let redirect = self.redirects.1.recv().await;
        redirect.expect("a sender of its own is kept")
    }

    /// Takes no more connections, and waits until the page has left.
    pub async fn close(self) {
        drop(self.redirects.1);
        let servers = futures_util::future::join_all(self.servers);
        let _ = tokio::time::timeout(FOR_THE_PAGE, servers).await;
    }
}

/// The first redirect is handed on and gets its page; any other is told that it is late.
async fn answer(State(send): State<mpsc::Sender<Redirect>>, uri: Uri) -> Response {
    let (page, shown) = oneshot::channel();
    let query = uri.query().unwrap_or_default().to_owned();
    let page = match send.try_send((query, page)) {
        Ok(()) => shown.await.ok(),
        Err(_) => None,
    };
    let Some(page) = page else {
        return StatusCode::GONE.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'",
        ),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CONNECTION, "close"),
    ];
    (headers, page).into_response()
}
