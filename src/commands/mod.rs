//! The commands, one module each, and what they have in common.

pub mod check;
pub mod explain;
pub mod import;
mod planning;
mod reading;
pub mod runs;
pub mod sandbox;
mod service;
pub mod small;
pub mod suggest;
