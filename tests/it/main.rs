//! Integration tests: the real binary, a real HTTP service on loopback, real files.

mod agreement;
mod auth;
mod bad_input;
mod import;
mod preflight;
mod readme;
mod scheduled;
mod undo;
mod vcards_mapped;
mod vcards_reference;
mod world;
