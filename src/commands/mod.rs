//! The commands, one module each.

pub mod check;
pub mod import;
pub mod reading;
pub mod runs;
pub mod sandbox;
pub mod small;
