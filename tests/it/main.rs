//! Integration tests.
mod makers;
mod presets;
mod vcards_reference;
