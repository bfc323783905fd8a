//! Reading of input files.
pub mod vcard;
