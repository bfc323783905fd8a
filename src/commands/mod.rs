//! The commands, one module each, and what they have in common.

pub mod auth;
mod changes;
pub mod check;
mod ending;
pub mod explain;
pub mod explain_code;
mod guard;
pub mod import;
pub mod man;
mod next;
mod planning;
mod preflight;
mod reading;
mod remote;
mod report;
pub mod runs;
pub mod sandbox;
mod sending;
mod service;
mod settings;
mod signals;
pub mod small;
pub mod suggest;
mod tags;
pub mod undo;
mod update;
