//! cardlift
pub mod contact;
