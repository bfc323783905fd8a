//! Which operation a request means.

use super::answers::Answer;

/// The operations that the sandbox serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// `POST /contacts`
    CreateContact,
    /// `GET /contacts`
    ListContacts,
    /// `GET /contacts/{contactId}`
    GetContact,
    /// `PUT /contacts/{contactId}`
    ReplaceContact,
    /// `PATCH /contacts/{contactId}`
    PatchContact,
    /// `DELETE /contacts/{contactId}`: into the trash
    DeleteContact,
    /// `DELETE /contacts/{contactId}/forcedelete`: for good
    ForceDeleteContact,
    /// `GET /contact-tags`
    ListTags,
    /// `POST /contact-tags`
    CreateTag,
    /// `GET /contacts/custom-properties`
    ListProperties,
    /// `POST /contacts/custom-properties`
    CreateProperty,
    /// The login page. Like the next two it is no operation of the API: no bearer token, no limit.
    Authorize,
    /// The token endpoint.
    Token,
    /// The endpoint that revokes a token.
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

    pub(super) fn has_json_body(self) -> bool {
        matches!(
            self,
            Self::CreateContact
                | Self::ReplaceContact
                | Self::PatchContact
                | Self::CreateTag
                | Self::CreateProperty
        )
    }
}

/// The operation, and the contact id in the path where there is one.
pub(super) fn route<'p>(method: &str, path: &'p str) -> Result<(Operation, &'p str), Answer> {
    let segments: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    let id = segments.get(2).copied().unwrap_or_default();
    let offered: &[(&str, Operation)] = match segments.as_slice() {
        ["v1.0", "contacts"] => &[
            ("GET", Operation::ListContacts),
            ("POST", Operation::CreateContact),
        ],
        ["v1.0", "contact-tags"] => &[("GET", Operation::ListTags), ("POST", Operation::CreateTag)],
        ["v1.0", "contacts", "custom-properties"] => &[
            ("GET", Operation::ListProperties),
            ("POST", Operation::CreateProperty),
        ],
        ["v1.0", "contacts", id] if !id.is_empty() => &[
            ("GET", Operation::GetContact),
            ("PUT", Operation::ReplaceContact),
            ("PATCH", Operation::PatchContact),
            ("DELETE", Operation::DeleteContact),
        ],
        ["v1.0", "contacts", id, "forcedelete"] if !id.is_empty() => {
            &[("DELETE", Operation::ForceDeleteContact)]
        }
        ["oauth2", "v2.0", "authorize"] => &[("GET", Operation::Authorize)],
        ["oauth2", "v2.0", "token"] => &[("POST", Operation::Token)],
        ["oauth2", "v2.0", "revoke"] => &[("POST", Operation::Revoke)],
        _ => return Err(Answer::not_found()),
    };
    match offered.iter().find(|(name, _)| *name == method) {
        Some((_, operation)) => Ok((*operation, id)),
        None => Err(method_not_allowed(offered)),
    }
}

fn method_not_allowed(offered: &[(&str, Operation)]) -> Answer {
    let allow: Vec<&str> = offered.iter().map(|(name, _)| *name).collect();
    Answer::error(405, "METHOD_NOT_ALLOWED", "Method not allowed.").with("Allow", allow.join(", "))
}
