//! What can go wrong with a server, and what is found there.

/// What can go wrong with a server, by what is done about it. No text says anything of the address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(in super::super) enum Fault {
    /// The connection is gone, or can't be had.
    #[error("{0}")]
    Lost(String),
    /// The server does not let this user in, or has no such database.
    #[error("{0}")]
    Refused(String),
    /// The user may not do this.
    #[error("{0}")]
    Forbidden(String),
    /// Another run has the lock.
    #[error("another run has the lock")]
    Held(Option<String>),
    /// Another run has taken the place of this one.
    #[error("another run has taken over")]
    Displaced,
    /// Something between here and the server changes the session under our hands.
    #[error("the session changed within the run")]
    Pooled,
    /// The server confirms commits that a power failure would take back.
    #[error("{0} is off")]
    Unsafe(&'static str),
    /// The server has lost what it had confirmed.
    #[error("the server has lost transactions that it had confirmed")]
    Regressed,
    /// Anything else that it said.
    #[error("{0}")]
    Server(String),
}

/// What was found when a place was taken.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Taken {
    /// When everything that earlier runs may have sent has ended, by the server's clock; it may have passed.
    pub(in super::super) quiet_at: i64,
}
