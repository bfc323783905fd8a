//! From the fields of a record to a contact's draft.

pub mod address;
pub mod date;
pub mod label;
pub mod name;
pub mod spreadsheet;
pub mod telephone;
