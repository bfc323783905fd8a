//! The configuration.
pub mod read;
