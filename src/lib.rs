//! cardlift

pub mod api;
pub mod failpoint;
pub mod ledger;
pub mod sandbox;
pub mod send;
