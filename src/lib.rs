//! cardlift
pub mod source;
