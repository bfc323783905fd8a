//! cardlift

pub mod api;
