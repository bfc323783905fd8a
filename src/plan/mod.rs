//! Duplicates: whether a record repeats another one, and how it is recognised in later runs.

pub mod duplicates;
pub mod identity;
mod key;
mod values;

pub use duplicates::{Earlier, First, Resemblance};
pub use identity::{Hash, Likeness, Point, key_of, of_row};
pub use values::only_in;
