//! Ctrl-C and SIGTERM.

use crate::exit::Exit;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether a SIGTERM has come.
static TERMINATED: AtomicBool = AtomicBool::new(false);

/// The exit code for having been stopped.
pub fn exit() -> Exit {
    match TERMINATED.load(Ordering::Relaxed) {
        true => Exit::Terminated,
        false => Exit::Interrupted,
    }
}

/// Waits for so many signals from now on.
pub async fn received(count: u32) {
    for _ in 0..count {
        one_signal().await;
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
