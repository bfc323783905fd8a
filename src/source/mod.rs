//! Reading: files in, records out.

pub mod csv;
pub mod encoding;
