//! Ctrl-C and SIGTERM.

use crate::exit::Exit;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Notify;

/// What has come so far.
#[derive(Debug, Default)]
pub struct Signals {
    /// The first: start nothing more.
    pub first: Notify,
    /// The second: stop at once.
    pub second: Notify,
}

/// Whether a SIGTERM has come.
static TERMINATED: AtomicBool = AtomicBool::new(false);

/// The exit code for having been stopped.
pub fn exit() -> Exit {
    match TERMINATED.load(Ordering::Relaxed) {
        true => Exit::Terminated,
        false => Exit::Interrupted,
    }
}

/// Waits for signals: the first ends the run gently, the second at once.
pub async fn listen(signals: Arc<Signals>) {
    for next in [&signals.first, &signals.second] {
        one_signal().await;
        next.notify_one();
    }
}

#[cfg(unix)]
async fn one_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => TERMINATED.store(true, Ordering::Relaxed),
    }
}

#[cfg(not(unix))]
async fn one_signal() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}
