//! Integration tests.
mod presets;
mod vcards_reference;
