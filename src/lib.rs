//! cardlift

pub mod failpoint;
pub mod ledger;
