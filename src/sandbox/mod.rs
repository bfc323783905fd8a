//! The sandbox: an HTTP service on loopback that keeps the vendor's contract strictly.
//!
//! It is what `--sandbox` sends to, what `cardlift sandbox` serves, and what the tests run against, so it shares no code
//! with the rest of the crate: what both get wrong in the same way would never be found. It holds everything in memory
//! and forgets it at the end.
//!
//! It knows what the vendor's documents say and what was observed; where they are silent it is strict, and each module
//! says what it decided. It does not know photos, nor limits on concurrent access, whose figures are not public.

mod answers;
mod call;
mod catalogue;
mod contacts;
mod listing;
mod rate;
mod rig;
mod routes;
mod schema;
mod service;
mod store;
#[cfg(test)]
mod tests;
mod token;
mod world;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use futures_util::FutureExt as _;
use jiff::SignedDuration;
use tokio::sync::oneshot;

use self::service::Service;

pub use self::answers::{Answer, Headers};
pub use self::call::Call;
pub use self::catalogue::{Property, PropertyKind};
pub use self::contacts::Place;
pub use self::listing::Filter;
pub use self::rate::{Rate, Window};
pub use self::rig::Rig;
pub use self::routes::Operation;
pub use self::schema::{Violation, validate};
pub use self::service::{NoAnswer, Way};
pub use self::store::{Life, ListOrder, Stored};
pub use self::token::Account;
pub use self::world::{Logged, World};

/// What a sandbox is started with. Has no `Debug`, as it holds secrets.
#[derive(Clone)]
pub struct Options {
    /// The port on 127.0.0.1; 0 for any that is free.
    pub port: u16,
    /// A bearer token that is good for ever.
    pub token: Option<String>,
    /// The scopes of that token, separated by spaces.
    pub scope: String,
    /// Who may get tokens from the token endpoint.
    pub account: Option<Account>,
    /// The limit on requests, for each operation.
    pub rate: Option<Rate>,
    /// How many contacts a company can have, the trash included; the vendor's figures are 500 (Free) and 100,000.
    pub quota: Option<usize>,
    /// Names of the tags that are there from the beginning.
    pub tags: Vec<String>,
    /// The custom properties that are there from the beginning.
    pub properties: Vec<Property>,
    /// How far the service's clock is ahead.
    pub clock_offset: SignedDuration,
    /// What a test changes; `()` for nothing.
    pub rig: Arc<dyn Rig>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            token: Some("sandbox-token".to_owned()),
            scope: "contact".to_owned(),
            account: None,
            rate: None,
            quota: Some(100_000),
            tags: Vec::new(),
            properties: Vec::new(),
            clock_offset: SignedDuration::ZERO,
            rig: Arc::new(()),
        }
    }
}

/// A running sandbox. It stops when it is dropped.
pub struct Sandbox {
    service: Arc<Service>,
    address: SocketAddr,
    /// What stops it when it is dropped, and its thread.
    running: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

impl Sandbox {
    /// Starts a sandbox on a thread of its own. It takes connections from the moment this returns.
    pub fn start(options: Options) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .build()?;
        let listener = {
            let _context = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        let rig = Arc::clone(&options.rig);
        let service = Arc::new(Service::new(World::new(options)));
        let (stop, stopped) = oneshot::channel();
        let app = service::app(Arc::clone(&service));
        let serve = async move {
            // The sender is never used, only dropped.
            let stopped = stopped.map(drop).shared();
            let patience = async {
                stopped.clone().await;
                tokio::time::sleep(GRACE).await;
            };
            tokio::select! {
                () = rig.serve(listener, app, stopped.clone().boxed()) => {}
                () = patience => {}
            }
        };
        let thread = std::thread::Builder::new()
            .name("sandbox".to_owned())
            .spawn(move || runtime.block_on(serve))?;
        Ok(Self {
            service,
            address,
            running: Some((stop, thread)),
        })
    }

    /// `http://127.0.0.1:PORT/v1.0`
    pub fn base_url(&self) -> String {
        format!("http://{}/v1.0", self.address)
    }

    pub fn token_url(&self) -> String {
        format!("http://{}/oauth2/v2.0/token", self.address)
    }

    pub fn authorize_url(&self) -> String {
        format!("http://{}/oauth2/v2.0/authorize", self.address)
    }

    /// Every contact that was ever created, in the order of the creates.
    pub fn contacts(&self) -> Vec<Stored> {
        self.service.lock().contacts.all.clone()
    }

    /// Every request so far, in the order of arrival.
    pub fn requests(&self) -> Vec<Logged> {
        self.service.lock().log.clone()
    }

    pub fn tags(&self) -> Vec<(String, String)> {
        self.service.lock().tags.clone()
    }

    /// Reads or changes the service, as tests do.
    pub fn with<T>(&self, look: impl FnOnce(&mut World) -> T) -> T {
        look(&mut self.service.lock())
    }

    /// Takes no more connections, gives the requests in flight a second to be answered, and ends. What is stored can
    /// still be looked at.
    pub fn stop(&mut self) {
        if let Some((stop, thread)) = self.running.take() {
            drop(stop);
            // A panic of the service was told by its own thread.
            let _ = thread.join();
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.stop();
    }
}

/// How long requests in flight are waited for when the sandbox stops.
const GRACE: Duration = Duration::from_secs(1);
