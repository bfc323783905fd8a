//! cardlift

pub mod sandbox;
