//! A contact of the service: what a record is mapped to, and the rules that it has to keep.
//!
//! Two types stand for one thing at two stages. A [`ContactDraft`] is what the mapping makes of a record; anything may be
//! wrong with it. A [`Contact`] can't be invalid: [`Contact::check`] is the only way to one, and it keeps every rule of
//! the vendor's document of `POST /contacts`. A rule's docs name the property that it comes from.
//!
//! This module knows nothing of files, columns, HTTP or JSON. Where a value came from is carried along as an [`Origin`]
//! that only the source can resolve.

mod check;
pub mod date;
mod draft;
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
