//! Integration tests.
mod vcards_reference;
