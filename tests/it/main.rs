//! Integration tests.
mod vcards_reference;
mod vcards_mapped;
