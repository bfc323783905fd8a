//! The XML in a workbook, event by event.

use super::{WorkbookError, broken};
use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::borrow::Cow;
use std::io::BufRead;

/// How long a text may be, in bytes. A cell holds 32,767 characters at most.
pub(super) const MOST_TEXT: usize = 4 * 1024 * 1024;

pub(super) struct Xml<R> {
    reader: Reader<R>,
    held: Vec<u8>,
}

impl<R: BufRead> Xml<R> {
    pub fn new(reader: R) -> Self {
        let mut reader = Reader::from_reader(reader);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        let held = Vec::new();
        Self { reader, held }
    }

    /// The next event. An element without content has a start and an end.
    #[inline]
    pub fn next(&mut self) -> Result<Event<'_>, WorkbookError> {
        self.held.clear();
        let event = self.reader.read_event_into(&mut self.held);
        let event = event.map_err(broken)?;
        match &event {
            Event::Text(text) if text.len() > MOST_TEXT => Err(WorkbookError::TooLarge),
            _ => Ok(event),
        }
    }
}

/// The attributes of an element with their whole names; references in them are not replaced.
pub(super) fn attributes<'e>(
    element: &'e BytesStart<'_>,
) -> impl Iterator<Item = (&'e str, Cow<'e, str>)> {
    let mut attributes = element.attributes();
    attributes.with_checks(false);
    let attributes = attributes.flatten();
    attributes.map(|attribute| (attribute.key.into_inner(), attribute.value))
}

/// The value of an attribute.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let (_, value) = attributes(element).find(|(own, _)| *own == name)?;
    unescape(&value).ok().map(Cow::into_owned)
}

/// Whether an attribute is there and true.
pub(super) fn is(element: &BytesStart<'_>, name: &str) -> bool {
    let value = attribute(element, name);
    value.is_some_and(|value| value == "1" || value == "true")
}

/// Adds what a reference such as `&amp;` or `&#13;` stands for to a text.
pub(super) fn add_reference(
    reference: &BytesRef<'_>,
    text: &mut String,
) -> Result<(), WorkbookError> {
    match reference.resolve_char_ref().map_err(broken)? {
        Some(character) => text.push(character),
        None => {
            let entity = resolve_predefined_entity(reference);
            text.push_str(entity.ok_or_else(|| broken("it has an unknown entity"))?);
        }
    }
    Ok(())
}
