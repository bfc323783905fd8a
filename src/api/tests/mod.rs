//! Tests of the whole module, and the server that its other tests talk to.

mod sandbox;
pub(super) mod server;
