//! What the service has: contacts, tags and custom properties, in lists.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::Deserialize;
use serde_json::Value;

/// A contact as the service shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteContact {
    pub contact_id: String,
    /// `createdTime`, if it is there and can be read.
    pub created_time: Option<Timestamp>,
    /// `modifiedTime`, if it is there and can be read.
    pub modified_time: Option<Timestamp>,
    /// An external message contact (`linkedExternalUser` is not null): not one that `POST /contacts` can create.
    pub external: bool,
    /// The whole object, to compare it with what was sent ([`compare`](super::compare)).
    pub body: Value,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// Contacts a page, 1 to 500 (the service's default is 100).
    pub count: Option<u32>,
    /// By `createdTime desc`; else in whatever order.
    pub newest_first: bool,
    /// Created between these times; the service allows 7 days at most.
    pub created_between: Option<(Timestamp, Timestamp)>,
    pub email: Option<String>,
    /// Part of a telephone number: digits, at least 4.
    pub telephone: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Tag {
    /// Its id, for `contactTagIds`.
    #[serde(rename = "contactTagId")]
    pub id: String,
    /// Its name, at most 30 characters, unique per type.
    #[serde(rename = "contactTagName")]
    pub name: String,
}

/// A custom property that was added to the domain.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CustomProperty {
    /// The key within `customProperties`.
    #[serde(rename = "propertyName")]
    pub name: String,
    /// What its values are, such as `STRING` or `LINK`.
    #[serde(rename = "propertyType")]
    pub kind: String,
    /// Whether it takes several values.
    #[serde(rename = "multiValued")]
    pub multi: Option<bool>,
}

/// A page of any list, as the service gives it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Page<T> {
    #[serde(rename = "contacts", alias = "contactTags", alias = "customProperties")]
    /// In the service's order.
    pub items: Vec<T>,
    response_meta_data: Option<MetaData>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct MetaData {
    next_cursor: Option<String>,
}

impl RemoteContact {
    /// Reads a contact; `None` if it has no id, which the document says it always has.
    pub(super) fn read(body: Value) -> Option<Self> {
        let time = |name: &str| body[name].as_str()?.parse().ok();
        let contact_id = body["contactId"].as_str();
        Some(RemoteContact {
            contact_id: contact_id.filter(|id| !id.trim().is_empty())?.to_owned(),
            created_time: time("createdTime"),
            modified_time: time("modifiedTime"),
            external: !body["linkedExternalUser"].is_null(),
            body,
        })
    }
}

impl<T> Page<T> {
    /// Where the next page starts; an empty cursor is none.
    pub(super) fn next_cursor(&self) -> Option<String> {
        let cursor = self.response_meta_data.as_ref()?.next_cursor.clone();
        cursor.filter(|cursor| !cursor.is_empty())
    }
}

impl Page<Value> {
    /// The page of contacts; `None` if one of them has no id.
    pub(super) fn contacts(self) -> Option<Page<RemoteContact>> {
        let contacts = self.items.into_iter().map(RemoteContact::read);
        Some(Page {
            items: contacts.collect::<Option<_>>()?,
            response_meta_data: self.response_meta_data,
        })
    }
}

impl ListQuery {
    /// The query parameters of the page that begins at a cursor, by the service's names.
    pub(super) fn parameters(&self, cursor: Option<&str>) -> Vec<(&'static str, String)> {
        let order = self.newest_first.then(|| "createdTime desc".to_owned());
        let window = self.created_between;
        [
            ("count", self.count.map(|count| count.to_string())),
            ("cursor", cursor.map(str::to_owned)),
            ("orderBy", order),
            ("searchDateType", window.map(|_| "CREATED_TIME".to_owned())),
            ("startDateTime", window.map(|(start, _)| date_time(start))),
            (
                "endDateTime",
                window.map(|(_, end)| date_time(rounded_up(end))),
            ),
            ("email", self.email.clone()),
            ("telephone", self.telephone.clone()),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }
}

/// The service's times are in whole seconds, so a window has to end on one.
fn rounded_up(time: Timestamp) -> Timestamp {
    time.checked_add(SignedDuration::from_millis(999))
        .unwrap_or(Timestamp::MAX)
}

/// `YYYY-MM-DDThh:mm:ssTZD`, with a numeric offset as in all the vendor's examples.
fn date_time(time: Timestamp) -> String {
    time.to_zoned(TimeZone::UTC)
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_names_only_what_is_asked_for() {
        assert_eq!(ListQuery::default().parameters(None), []);
        let start: Timestamp = "2026-03-01T09:00:00.25+09:00".parse().unwrap();
        let query = ListQuery {
            count: Some(500),
            newest_first: true,
            created_between: Some((start, start)),
            email: Some("kim+a@example.com".to_owned()),
            ..ListQuery::default()
        };
        let expected = [
            ("count", "500"),
            ("orderBy", "createdTime desc"),
            ("searchDateType", "CREATED_TIME"),
            ("startDateTime", "2026-03-01T00:00:00+00:00"),
            ("endDateTime", "2026-03-01T00:00:01+00:00"),
            ("email", "kim+a@example.com"),
        ];
        assert_eq!(
            query.parameters(None),
            expected.map(|(name, value)| (name, value.to_owned()))
        );
    }

    #[test]
    fn a_contact_is_read_with_its_times_and_whether_it_is_external() {
        let contact = RemoteContact::read(serde_json::json!({
            "contactId": "c-1",
            "createdTime": "2021-08-10T11:05:41+09:00",
            "modifiedTime": "yesterday",
            "linkedExternalUser": null,
        }));
        let contact = contact.unwrap();
        assert_eq!(contact.created_time, "2021-08-10T02:05:41Z".parse().ok());
        assert_eq!((contact.modified_time, contact.external), (None, false));
        let external =
            serde_json::json!({"contactId": "c-2", "linkedExternalUser": {"type": "LINE"}});
        assert!(RemoteContact::read(external).unwrap().external);
    }

    #[test]
    fn what_has_no_id_is_no_contact() {
        for body in [
            serde_json::json!({}),
            serde_json::json!({"contactId": ""}),
            serde_json::json!([]),
        ] {
            assert_eq!(RemoteContact::read(body), None);
        }
    }
}
