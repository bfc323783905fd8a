//! cardlift
pub mod api;
pub mod config;
pub mod contact;
pub mod mapping;
pub mod note;
pub mod source;

pub mod api;

pub mod sandbox;
