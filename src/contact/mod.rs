//! A contact of the service, and the rules that it has to keep.
//!
//! A contact has two types, for two stages. A [`ContactDraft`] is the result of mapping a record and may be invalid. A
//! [`Contact`] is valid: [`Contact::check`] is the only constructor, and it checks every rule of the vendor's document of
//! `POST /contacts`. The docs of a rule name the property that it comes from.
//!
//! This module does not know files, columns or HTTP. The source field of a value is an [`Origin`], which only the source
//! can resolve.

mod check;
pub mod date;
mod draft;
pub mod json;
pub mod limits;
mod problem;
mod value;

pub use check::Contact;
pub use draft::{
    ContactDraft, Content, Email, Event, Link, Location, Member, Members, Messenger, Name,
    NamePart, Organization, Permission, Property, Telephone, Website,
};
pub use problem::{Code, Damage, Problem, ProblemKind, pattern_of};
pub use value::{Origin, Text, head};
