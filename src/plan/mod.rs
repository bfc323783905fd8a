//! Whether a checked record repeats another one, and by what it is known again later.

pub mod duplicates;
pub mod identity;
mod key;

pub use duplicates::{Earlier, Point, Resemblance};
pub use identity::{Hash, Likeness};
