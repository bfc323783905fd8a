//! What is to become of a checked record: whether it repeats another one, and by what it is known again later.

pub mod duplicates;
pub mod identity;

pub use duplicates::{Duplicates, Point, Resemblance};
pub use identity::{Hash, Hasher, Likeness};
