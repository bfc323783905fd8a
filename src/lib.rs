//! cardlift

pub mod source;
