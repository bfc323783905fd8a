//! Problems and notes as JSON: written straight into a buffer that is used again, and read again for the page and for counts.

use super::message::{self, Said};
use crate::contact::Problem;
use crate::mapping::LabelOf;
use crate::note::{Note, NoteKind};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt::Write as _;

/// `{"code","field","value","at","source_field","message","mend"}`; `at` is the place of the mistake in the value, in
/// characters from 0, where one character is to blame.
pub fn problem(text: &mut String, problem: &Problem, label: Option<&str>, said: &Said) {
    text.push_str("{\"code\":\"");
    text.push_str(problem.kind.code().as_str());
    text.push_str("\",\"field\":");
    string(text, &problem.field);
    text.push_str(",\"value\":");
    string(text, &problem.value);
    if let Some(at) = message::at(problem) {
        let _ = write!(text, ",\"at\":{at}");
    }
    if let Some(label) = label {
        text.push_str(",\"source_field\":");
        string(text, label);
    }
    text.push_str(",\"message\":");
    string(text, &said.message);
    text.push_str(",\"mend\":");
    string(text, &said.mend);
    text.push('}');
}

/// `{"note","reason","source_field","value","detail"}`; `note` is `carried_over` or `changed`, and `reason` the kind's name.
pub fn note(text: &mut String, note: &Note<'_>, label_of: LabelOf<'_>) {
    text.push_str(if note.kind.is_carried_over() {
        "{\"note\":\"carried_over\",\"reason\":\""
    } else {
        "{\"note\":\"changed\",\"reason\":\""
    });
    text.push_str(note.kind.as_str());
    text.push('"');
    if note.origin.index().is_some() {
        text.push_str(",\"source_field\":");
        string(text, &label_of(note.origin));
    }
    if !note.value.is_empty() {
        text.push_str(",\"value\":");
        string(text, &note.value);
    }
    if !note.detail.is_empty() {
        text.push_str(",\"detail\":");
        string(text, &note.detail);
    }
    text.push('}');
}

/// What is read again of a note that [`note`] has written.
#[derive(Deserialize)]
pub struct NoteItem<'a> {
    /// The kind's name.
    #[serde(borrow)]
    pub reason: Cow<'a, str>,
    /// The column or property; empty if it is on the record.
    #[serde(borrow, default)]
    pub source_field: Cow<'a, str>,
    /// The value, which may be long.
    #[serde(borrow, default)]
    value: Option<&'a RawValue>,
}

impl NoteItem<'_> {
    /// The kind; nothing if another version has written it.
    pub fn kind(&self) -> Option<NoteKind> {
        let mut kinds = NoteKind::ALL.iter().copied();
        kinds.find(|kind| kind.as_str() == self.reason)
    }

    /// The value's first characters, at most so many.
    pub fn value(&self, characters: usize) -> String {
        let quoted = self.value.map_or("", RawValue::get);
        let inside = 1..quoted.len().saturating_sub(1);
        let raw = quoted.get(inside).unwrap_or("");
        let mut rest = raw.chars();
        for _ in 0..characters {
            // An escape as [`string`] writes it stands for one character.
            if rest.next() == Some('\\') && rest.next() == Some('u') {
                rest.by_ref().take(4).for_each(drop);
            }
        }
        let head = &raw[..raw.len() - rest.as_str().len()];
        serde_json::from_str(&format!("\"{head}\"")).unwrap_or_default()
    }
}

/// The items of a JSON array without its brackets, one by one; none from the first on that can't be read.
pub fn items<'a, T: Deserialize<'a>>(items: &'a str) -> impl Iterator<Item = T> {
    let mut rest = items;
    std::iter::from_fn(move || {
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<T>();
        let item = values.next()?.ok()?;
        let (_, next) = rest.split_at_checked(values.byte_offset())?;
        rest = next.trim_start_matches(',');
        Some(item)
    })
    .fuse()
}

/// A JSON string (RFC 8259, section 7).
pub fn string(text: &mut String, value: &str) {
    text.push('"');
    if !needs_escapes(value) {
        text.push_str(value);
        text.push('"');
        return;
    }
    // At once: memory that grows by and by leaves holes behind.
    text.reserve(value.len() + value.len() / 16);
    let mut from = 0;
    for (at, byte) in value.bytes().enumerate() {
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0..=0x1f => "",
            _ => continue,
        };
        text.push_str(&value[from..at]);
        if escape.is_empty() {
            text.push_str(&format!("\\u{byte:04x}"));
        } else {
            text.push_str(escape);
        }
        from = at + 1;
    }
    text.push_str(&value[from..]);
    text.push('"');
}

fn needs_escapes(value: &str) -> bool {
    // Sixteen bytes at a time without an early end, so that they are looked at in one step.
    let needs = |bytes: &[u8]| {
        bytes.iter().fold(0, |needs, byte| {
            needs | u8::from(*byte < b' ') | u8::from(*byte == b'"') | u8::from(*byte == b'\\')
        }) > 0
    };
    let (pieces, rest) = value.as_bytes().as_chunks::<16>();
    pieces.iter().any(|piece| needs(piece)) || needs(rest)
}

#[cfg(test)]
mod tests {
    #[test]
    fn strings_are_read_back_as_they_were() {
        for value in ["", "plain", "\"q\\ \n\r\t\u{1}\u{1f} 홍😀"] {
            let mut text = String::new();
            super::string(&mut text, value);
            assert_eq!(serde_json::from_str::<String>(&text).unwrap(), value);
        }
    }

    #[test]
    fn of_a_long_value_the_beginning_is_read() {
        let value = "\"가\\\u{1}😀\n\" and so on\"";
        let mut text = String::from("{\"reason\":\"unmapped\",\"value\":");
        super::string(&mut text, value);
        text.push('}');
        let note: super::NoteItem<'_> = serde_json::from_str(&text).unwrap();
        for characters in 0..value.chars().count() + 2 {
            let head: String = value.chars().take(characters).collect();
            assert_eq!(note.value(characters), head);
        }
    }
}
