//! Reading input files: what is in them, and where.

pub mod csv;
pub mod encoding;
pub mod vcard;
pub mod workbook;
