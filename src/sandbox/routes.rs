//! Which operation a request means.

use super::answers::Answer;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    CreateContact,
    ListContacts,
    GetContact,
    ReplaceContact,
    PatchContact,
    DeleteContact,
    ForceDeleteContact,
    ListTags,
    CreateTag,
    ListProperties,
    CreateProperty,
    /// The login page. Like the next two it is no operation of the API: no bearer token, no limit.
    Authorize,
    Token,
    Revoke,
    /// An address or a method that the service does not have.
    Elsewhere,
}

impl Operation {
    pub(super) fn is_limited(self) -> bool {
        !self.needs_no_token() && self != Self::Elsewhere
    }

    pub(super) fn needs_no_token(self) -> bool {
        matches!(self, Self::Authorize | Self::Token | Self::Revoke)
    }

    /// Whether `contact.read` is enough.
    pub(super) fn only_reads(self) -> bool {
        matches!(
            self,
            Self::ListContacts | Self::GetContact | Self::ListTags | Self::ListProperties
        )
    }
}

/// Addresses with their methods; `{}` stands for the id of a contact. What is named comes before what `{}` stands for.
const ROUTES: [(&str, &str, Operation); 14] = [
    ("v1.0/contacts", "GET", Operation::ListContacts),
    ("v1.0/contacts", "POST", Operation::CreateContact),
    ("v1.0/contact-tags", "GET", Operation::ListTags),
    ("v1.0/contact-tags", "POST", Operation::CreateTag),
    (PROPERTIES, "GET", Operation::ListProperties),
    (PROPERTIES, "POST", Operation::CreateProperty),
    ("v1.0/contacts/{}", "GET", Operation::GetContact),
    ("v1.0/contacts/{}", "PUT", Operation::ReplaceContact),
    ("v1.0/contacts/{}", "PATCH", Operation::PatchContact),
    ("v1.0/contacts/{}", "DELETE", Operation::DeleteContact),
    (FORCE_DELETE, "DELETE", Operation::ForceDeleteContact),
    ("oauth2/v2.0/authorize", "GET", Operation::Authorize),
    ("oauth2/v2.0/token", "POST", Operation::Token),
    ("oauth2/v2.0/revoke", "POST", Operation::Revoke),
];
const PROPERTIES: &str = "v1.0/contacts/custom-properties";
const FORCE_DELETE: &str = "v1.0/contacts/{}/forcedelete";

/// The operation, and the contact id in the path where there is one.
pub(super) fn route<'p>(method: &str, path: &'p str) -> Result<(Operation, &'p str), Answer> {
    let segments: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    let is_there = |address: &str| {
        let fits = |(own, given): (&str, &&str)| own == *given || own == "{}" && !given.is_empty();
        address.split('/').count() == segments.len() && address.split('/').zip(&segments).all(fits)
    };
    let there = ROUTES.iter().find(|(address, ..)| is_there(address));
    let there = there.ok_or_else(Answer::not_found)?.0;
    let offered = ROUTES.iter().filter(|(address, ..)| *address == there);
    match offered.clone().find(|(_, offered, _)| *offered == method) {
        Some((.., operation)) => Ok((*operation, segments.get(2).copied().unwrap_or_default())),
        None => {
            let allow: Vec<&str> = offered.map(|(_, method, _)| *method).collect();
            let answer = Answer::error(405, "METHOD_NOT_ALLOWED", "Method not allowed.");
            Err(answer.with("Allow", allow.join(", ")))
        }
    }
}
