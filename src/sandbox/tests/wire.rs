//! Connections that can be cut: a handler can close the socket without an answer, so that the client sees a reset.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::Router;
use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, Request};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

use super::super::sandbox::NoAnswer;

/// Serves an app until it is stopped, and cuts the connections that are to get no answer.
pub(super) async fn serve(
    listener: TcpListener,
    app: Router,
    stopped: impl Future<Output = ()> + Send + 'static,
) {
    let app = app
        .layer(from_fn(cut))
        .into_make_service_with_connect_info::<Cut>();
    // Serving ends only by the shutdown; it has no errors of its own.
    let _ = axum::serve(Door(listener), app)
        .with_graceful_shutdown(stopped)
        .await;
}

async fn cut(ConnectInfo(wire): ConnectInfo<Cut>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if response.extensions().get::<NoAnswer>().is_some() {
        wire.cut();
    }
    response
}

#[derive(Debug)]
struct Door(TcpListener);

impl Listener for Door {
    type Io = Wire;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Wire, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        // Small answers shall not wait for one another; where the socket refuses, they merely do.
        let _ = stream.set_nodelay(true);
        (
            Wire {
                stream,
                cut: Cut::default(),
            },
            address,
        )
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// The handle by which a handler cuts the connection that its request came over.
#[derive(Clone, Debug, Default)]
struct Cut(Arc<AtomicBool>);

impl Cut {
    /// From now on nothing is written; the server gives the connection up and the client gets a reset.
    fn cut(&self) {
        self.0.store(true, Ordering::Release);
    }

    fn check(&self) -> io::Result<()> {
        if self.0.load(Ordering::Acquire) {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        Ok(())
    }
}

impl Connected<IncomingStream<'_, Door>> for Cut {
    fn connect_info(stream: IncomingStream<'_, Door>) -> Self {
        stream.io().cut.clone()
    }
}

#[derive(Debug)]
struct Wire {
    stream: TcpStream,
    cut: Cut,
}

impl Drop for Wire {
    fn drop(&mut self) {
        if self.cut.check().is_err() {
            // Without lingering, closing sends RST and not FIN. If it can't be set, the client sees an end of file.
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.cut.check()?;
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.cut.check()?;
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.cut.check()?;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.cut.check()?;
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
