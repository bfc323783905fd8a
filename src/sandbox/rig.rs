//! Where tests change what the sandbox does. Nothing of the program does: `()` is the service as it is documented.

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::serve::ListenerExt as _;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use serde_json::Value;
use tokio::net::TcpListener;

use super::answers::Answer;
use super::call::Call;
use super::contacts::Place;
use super::listing::Filter;
use super::service::Way;
use super::world::World;

/// What a test changes of the service.
pub trait Rig: Any + Send + Sync {
    /// How long a request or its answer is on its way.
    fn delay(&self, _way: Way) -> Duration {
        Duration::ZERO
    }

    /// Works on a call that has passed the limit and the token. Returns the answer, without which the connection is cut, and how
    /// long it takes.
    fn work(&self, world: &mut World, call: &Call) -> (Option<Answer>, Duration) {
        let answer = world.handle(call, Duration::ZERO);
        (Some(answer), Duration::ZERO)
    }

    /// What a list goes by instead of what was asked for, and how long a new contact is missing from it.
    fn list(&self, asked: Filter) -> Result<(Filter, Duration), Answer> {
        Ok((asked, Duration::ZERO))
    }

    /// A contact as it is shown in an answer.
    fn show(&self, contact: Value, _place: Place) -> Value {
        contact
    }

    /// Serves connections until it is stopped. An answer with [`NoAnswer`](super::NoAnswer) is for a connection that is to be cut.
    fn serve(
        &self,
        listener: TcpListener,
        app: Router,
        stopped: BoxFuture<'static, ()>,
    ) -> BoxFuture<'static, ()> {
        // Small answers shall not wait for one another; where the socket refuses, they merely do.
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        let served = axum::serve(listener, app).with_graceful_shutdown(stopped);
        // Serving ends only by the shutdown; it has no errors of its own.
        served.into_future().map(drop).boxed()
    }
}

impl Rig for () {}
