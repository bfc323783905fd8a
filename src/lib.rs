//! cardlift
pub mod api;
pub mod config;
pub mod contact;
pub mod note;
