//! `GET /contacts`: filters, order and pages.
//!
//! Stricter than anybody knows the service to be where the vendor's pages are silent: filters compare in the same case,
//! a window needs both its ends, a list without `orderBy` has no order worth relying on, and a cursor is good only for
//! the search that it came from.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::RangeInclusive;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::answers::{Answer, ensure};
use super::call::Fields;
use super::store::{ListOrder, Store, Stored};

/// Finds the page that the query asks for, and the cursor of the next. A new contact is missing from it for so long.
pub(super) fn page<'s>(
    store: &'s Store,
    query: &Fields,
    filter: &Filter,
    unlisted: Duration,
) -> Result<(Vec<&'s Stored>, Option<String>), Answer> {
    let count = count(query)?;
    let (after, returned) = filter.begin(query.get("cursor"))?;
    let room = count.min(SEARCH_LIMIT.saturating_sub(returned));
    let mut found = store
        .list(filter.order, after, unlisted)
        .filter(|contact| filter.takes(contact));
    let taken: Vec<&Stored> = found.by_ref().take(room).collect();
    let returned = returned + taken.len();
    let has_more = returned < SEARCH_LIMIT && found.next().is_some();
    let last = taken.last().filter(|_| has_more);
    let next = last.map(|last| format!("{}.{returned}.{}", last.order, filter.fingerprint()));
    Ok((taken, next))
}

/// `count`: 1 to 500, 100 if absent.
pub(super) fn count(query: &Fields) -> Result<usize, Answer> {
    match query.get("count").map(|count| count.parse()) {
        None => Ok(100),
        Some(Ok(count @ 1..=500)) => Ok(count),
        Some(_) => Err(Answer::invalid("count must be between 1 and 500.")),
    }
}

/// The vendor: at most 50,000 for one search.
const SEARCH_LIMIT: usize = 50_000;

/// What a list goes by.
#[derive(Debug, Default, PartialEq, Hash)]
pub struct Filter {
    pub order: ListOrder,
    window: Option<Times>,
    email: Option<String>,
    telephone: Option<String>,
    tag: Option<String>,
}

/// Whether it is one of `modifiedTime`, and its ends, which are in it (not stated).
type Times = (bool, RangeInclusive<Timestamp>);

impl Filter {
    pub(super) fn read(query: &Fields) -> Result<Self, Answer> {
        Ok(Self {
            order: order(query.get("orderBy"))?,
            window: window(query)?,
            email: query.get("email").cloned(),
            telephone: telephone(query.get("telephone"))?,
            tag: query.get("contactTagId").cloned(),
        })
    }

    /// Where a page begins: behind which contact, and after how many of this search.
    fn begin(&self, cursor: Option<&String>) -> Result<(Option<usize>, usize), Answer> {
        let Some(cursor) = cursor else {
            return Ok((None, 0));
        };
        let parts: Result<Vec<u64>, _> = cursor.split('.').map(str::parse).collect();
        match parts.as_deref() {
            Ok(&[after, returned, search]) if search == self.fingerprint() => {
                Ok((Some(after as usize), returned as usize))
            }
            _ => Err(Answer::invalid("cursor is invalid.")),
        }
    }

    fn takes(&self, contact: &Stored) -> bool {
        let items = |list: &str| contact.request[list].as_array().into_iter().flatten();
        let has_email = |wanted: &String| {
            let mut emails = items("emails").filter_map(|item| item["email"].as_str());
            emails.any(|email| email.contains(wanted))
        };
        let has_telephone = |wanted: &String| {
            let mut telephones = items("telephones").filter_map(|item| item["telephone"].as_str());
            telephones.any(|telephone| {
                let digits: String = telephone.chars().filter(char::is_ascii_digit).collect();
                digits.contains(wanted)
            })
        };
        let has_tag = |wanted: &String| items("contactTagIds").any(|tag| tag == wanted);
        let is_in = |(of_modified, window): &Times| match of_modified {
            true => window.contains(&contact.modified),
            false => window.contains(&contact.created),
        };
        self.window.as_ref().is_none_or(is_in)
            && self.email.as_ref().is_none_or(has_email)
            && self.telephone.as_ref().is_none_or(has_telephone)
            && self.tag.as_ref().is_none_or(has_tag)
    }

    fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        hasher.finish()
    }
}

fn order(text: Option<&String>) -> Result<ListOrder, Answer> {
    match text.map(String::as_str) {
        None => Ok(ListOrder::ById),
        Some("createdTime asc") => Ok(ListOrder::Oldest),
        Some("createdTime desc") => Ok(ListOrder::Newest),
        Some(_) => Err(Answer::invalid("orderBy is invalid.")),
    }
}

fn telephone(text: Option<&String>) -> Result<Option<String>, Answer> {
    let is_part = |text: &String| text.len() >= 4 && text.bytes().all(|b| b.is_ascii_digit());
    let wrong = "telephone must be 4 digits or more.";
    ensure(text.is_none_or(is_part), || Answer::invalid(wrong))?;
    Ok(text.cloned())
}

fn window(query: &Fields) -> Result<Option<Times>, Answer> {
    let has_ends = query.contains_key("startDateTime") || query.contains_key("endDateTime");
    let of_modified = match query.get("searchDateType").map(String::as_str) {
        // Ends of a window that nobody asked for: ignoring them would hide a client's mistake.
        None if has_ends => return Err(Answer::invalid("searchDateType is required.")),
        None => return Ok(None),
        Some("CREATED_TIME") => false,
        Some("MODIFIED_TIME") => true,
        Some(_) => return Err(Answer::invalid("searchDateType is invalid.")),
    };
    let time = |name: &str| {
        let missing = || Answer::invalid(&format!("{name} is required."));
        let wrong = |_| Answer::invalid(&format!("{name} must be YYYY-MM-DDThh:mm:ssTZD."));
        let text = query.get(name).ok_or_else(missing)?;
        text.parse::<Timestamp>().map_err(wrong)
    };
    let (start, end) = (time("startDateTime")?, time("endDateTime")?);
    let length = end.duration_since(start);
    let is_short = !length.is_negative() && length <= SignedDuration::from_hours(7 * 24);
    let wrong = "startDateTime and endDateTime must be within 7 days.";
    ensure(is_short, || Answer::invalid(wrong))?;
    Ok(Some((of_modified, start..=end)))
}
