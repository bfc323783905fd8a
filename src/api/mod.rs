//! The service: its JSON and its HTTP.

pub mod payload;
