//! Integration tests: the real binary, a real HTTP service on loopback, real files.

mod agreement;
mod bad_input;
mod chaos;
#[cfg(unix)]
mod crashes;
mod import;
mod makers;
mod pace;
mod presets;
mod readme;
mod vcards_mapped;
mod vcards_reference;
mod world;
