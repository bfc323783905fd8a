//! Is a contact of the service the one that we sent?

use serde_json::Value;

use super::contacts::RemoteContact;

/// The outcome of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The contact holds what was sent, and nothing else that a create could have set.
    Same,
    /// It differs in at least one property.
    Different,
}

/// Compares a contact of the service with a payload: the JSON body that was sent to create it.
pub fn compare(sent: &Value, remote: &RemoteContact) -> Verdict {
    if *sent == remote.body {
        Verdict::Same
    } else {
        Verdict::Different
    }
}
