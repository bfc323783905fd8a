//! The operations of the service that are used.

use reqwest::Method;

/// An operation of the service; each has a rate limit of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumCount)]
pub enum Operation {
    CreateContact,
    ListContacts,
    GetContact,
    PatchContact,
    DeleteContact,
    ListTags,
    CreateTag,
    ListProperties,
}

/// The longest answer that is read where one contact is expected.
const ONE: usize = 1024 * 1024;
/// The longest answer that is read where 500 contacts are expected.
const MANY: usize = 64 * 1024 * 1024;

impl Operation {
    /// The method, the path below the base URL but for the id of a contact, the status of success, and the longest answer that
    /// is read, in bytes.
    pub(super) fn exchange(self) -> (Method, &'static str, u16, usize) {
        match self {
            Operation::CreateContact => (Method::POST, "contacts", 201, ONE),
            Operation::ListContacts => (Method::GET, "contacts", 200, MANY),
            Operation::GetContact => (Method::GET, "contacts", 200, ONE),
            Operation::PatchContact => (Method::PATCH, "contacts", 200, ONE),
            Operation::DeleteContact => (Method::DELETE, "contacts", 204, ONE),
            Operation::ListTags => (Method::GET, "contact-tags", 200, MANY),
            Operation::CreateTag => (Method::POST, "contact-tags", 201, ONE),
            Operation::ListProperties => (Method::GET, "contacts/custom-properties", 200, ONE),
        }
    }
}
