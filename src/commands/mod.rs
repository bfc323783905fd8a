//! The commands, one module each, and what they have in common.

pub mod auth;
pub mod check;
pub mod explain;
pub mod explain_code;
pub mod import;
mod next;
mod planning;
mod reading;
pub mod runs;
pub mod sandbox;
mod service;
mod signals;
pub mod small;
pub mod suggest;
pub mod undo;
