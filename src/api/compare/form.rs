//! The forms that the values of a contact have, and what counts as the same value.

use crate::html;
use icu_normalizer::ComposingNormalizerBorrowed;
use serde_json::Value;

/// What counts as the same value of a property.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form {
    /// Text, without what storing and showing may do to it.
    Text,
    /// One of the service's words; this one if there is none.
    Word(&'static str),
    /// A messenger; `TWITTER` is the former name of `X`.
    Messenger,
    /// Addresses that differ in case are one mailbox to every known service.
    Email,
    /// A telephone without separators; see [`same_telephone`] for its prefix.
    Telephone,
    /// A URL without scheme and last slash.
    Url,
}

pub(super) type Fields = &'static [(&'static str, Form)];

/// The list properties and the fields of their items, the one that an item is known by first. Which item is primary is not
/// compared.
pub(super) const LISTS: &[(&str, Fields)] = {
    use Form::{Email, Messenger, Telephone, Text, Url, Word};
    const TYPE: (&str, Form) = ("type", CUSTOM);
    const NAMED: (&str, Form) = ("customType", Text);
    &[
        ("emails", &[("email", Email)]),
        ("telephones", &[("telephone", Telephone), TYPE, NAMED]),
        (
            "organizations",
            &[("name", Text), ("department", Text), ("title", Text)],
        ),
        (
            "events",
            &[("date", Text), TYPE, NAMED, ("dayType", Word("SOLAR"))],
        ),
        (
            "locations",
            &[("address", Text), TYPE, ("zipCode", Text), NAMED],
        ),
        ("messengers", &[("id", Text), ("type", Messenger), NAMED]),
        ("websites", &[("url", Url)]),
    ]
};

/// The fields of a value of a custom property.
pub(super) const PROPERTY: Fields = &[
    ("content", Form::Text),
    ("text", Form::Text),
    ("link", Form::Url),
];

pub(super) const CUSTOM: Form = Form::Word("CUSTOM");

impl Form {
    pub(super) fn of(self, value: &Value) -> String {
        let text = text(value);
        match self {
            Form::Text => text,
            Form::Word(default) if text.is_empty() => default.to_owned(),
            Form::Word(_) => text.to_uppercase(),
            Form::Messenger => match CUSTOM.of(value) {
                word if word == "TWITTER" => "X".to_owned(),
                word => word,
            },
            Form::Email => text.to_lowercase(),
            Form::Telephone => {
                let signs = text
                    .chars()
                    .filter(|c| c.is_ascii_alphanumeric() || "+*#".contains(*c));
                signs.collect::<String>().to_uppercase()
            }
            Form::Url => {
                let text = text.split_once("://").map_or(&*text, |(_, rest)| rest);
                let (host, path) = text.split_at(text.find('/').unwrap_or(text.len()));
                host.to_lowercase() + path.trim_end_matches('/')
            }
        }
    }

    pub(super) fn is_same(self, sent: &Value, shown: &Value) -> bool {
        let (sent, shown) = (self.of(sent), self.of(shown));
        sent == shown || matches!(self, Form::Telephone) && same_telephone(&sent, &shown)
    }
}

/// Whether two items are the same in these fields.
pub(super) fn is_same(fields: Fields, one: &Value, other: &Value) -> bool {
    let same = |(name, form): &(&str, Form)| form.is_same(&one[*name], &other[*name]);
    fields.iter().all(same)
}

/// Whether two numbers differ only in how the country is written: `+82 10…`, `8210…` and `010…` are the same.
pub(super) fn same_telephone(one: &str, other: &str) -> bool {
    let international = |number: &str| {
        let rest = number.strip_prefix('+').or(number.strip_prefix("00"));
        rest.map(str::to_owned)
    };
    let is_national = |number: &str, full: &str| {
        let own = number.strip_prefix('0').unwrap_or(number);
        let country = full.strip_suffix(own).unwrap_or(full).trim_end_matches('0');
        number == full || own.len() >= 7 && (1..=3).contains(&country.len())
    };
    match (international(one), international(other)) {
        (Some(one), Some(other)) => one == other,
        (Some(full), None) => is_national(other, &full),
        (None, Some(full)) => is_national(one, &full),
        (None, None) => match (one.starts_with('0'), other.starts_with('0')) {
            (true, false) => is_national(one, other),
            (false, true) => is_national(other, one),
            _ => false,
        },
    }
}

/// A text without what doesn't count: null is no text; compatibility forms, HTML escapes, zero-width characters, kinds of
/// blanks and line ends are one.
pub(super) fn text(value: &Value) -> String {
    let text = value
        .as_str()
        .unwrap_or_default()
        .replace("\r\n", "\n")
        .replace('\r', "\n");
    let text = html::unescaped(&text).unwrap_or(text);
    let visible = |c: &char| {
        !matches!(
            c,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe0f}' | '\u{feff}'
        )
    };
    let text = ComposingNormalizerBorrowed::new_nfkc().normalize(&text);
    let text: String = text.chars().filter(|c| visible(c)).collect();
    let lines = text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

pub(super) fn shown_text(value: &Value) -> Option<String> {
    Some(text(value)).filter(|text| !text.is_empty())
}
