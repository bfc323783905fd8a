//! What the reader gives: cards, their properties and parameters.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::finding::Finding;
use super::mark::after;
use super::text::{list, split, unescape};

/// A card as it stands in the file, decoded but not interpreted.
#[derive(Debug)]
pub struct Card<'a> {
    pub version: Version,
    /// The 1-based line of its BEGIN.
    pub line: u64,
    /// Its bytes in the file, from the start of the line of BEGIN to the end of the line of END.
    pub span: Range<u64>,
    /// All its properties in their order, without BEGIN, VERSION and END.
    pub properties: Vec<Property<'a>>,
    /// What was odd about it.
    pub findings: Vec<Finding>,
    /// The first X-ABLabel of each group, whose name is in lower case.
    pub(super) labels: HashMap<String, usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// versit's vCard 2.1 of 1996, which telephones write to this day.
    V21,
    /// RFC 2426.
    V30,
    /// RFC 6350.
    V40,
    /// The card does not say, or says something else. It is read as 3.0.
    Unknown,
}

#[derive(Debug, Clone, Default)]
pub struct Property<'a> {
    /// Its place among the properties of its card.
    pub index: usize,
    /// What ties it to other properties: `item1` in `item1.TEL`.
    pub group: Option<Cow<'a, str>>,
    /// Its name in upper case.
    pub name: Cow<'a, str>,
    pub params: Vec<Param<'a>>,
    /// Its value: unfolded, and decoded from quoted-printable and from its encoding, but with its escapes. Use
    /// [`Self::text`] or [`Self::components`] to read it. Of an AGENT that holds a card, it is that card's lines.
    pub value: Cow<'a, str>,
    /// The 1-based line where it starts in the file.
    pub line: u64,
    /// The length of a value that was left out because it is a photo, a sound, a key, or too long, in bytes without line
    /// ends. `value` is empty then.
    pub elided: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Param<'a> {
    /// Its name in upper case. Bare parameters of vCard 2.1 (`TEL;CELL`) are named `TYPE`, `ENCODING` or `VALUE`.
    pub name: Cow<'a, str>,
    /// As it is written, with quotes and escapes.
    pub(super) raw: Cow<'a, str>,
    /// Whether RFC 6868 applies to it.
    pub(super) carets: bool,
}

impl<'a> Card<'a> {
    /// The first property of that name, which is given in upper case.
    #[must_use]
    pub fn first(&self, name: &str) -> Option<&Property<'a>> {
        self.properties
            .iter()
            .find(|property| property.name == name)
    }

    /// All properties of that name, which is given in upper case.
    pub fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s Property<'a>> {
        self.properties
            .iter()
            .filter(move |property| property.name == name)
    }
}

impl<'a> Property<'a> {
    /// The value as one text, without escapes and with LF as its line ends.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        unescape(&self.value)
    }

    /// The texts of the components, which semicolons separate: N, ADR, ORG, GENDER.
    pub fn components(&self) -> impl Iterator<Item = Cow<'_, str>> {
        split(&self.value, b';').map(unescape)
    }

    /// The components as lists of values. In vCard 2.1 commas mean nothing; use [`Self::components`].
    pub fn component_lists(&self) -> impl Iterator<Item = impl Iterator<Item = Cow<'_, str>>> {
        split(&self.value, b';').map(list)
    }

    /// The value as a list, which commas separate: NICKNAME, CATEGORIES.
    pub fn list(&self) -> impl Iterator<Item = Cow<'_, str>> {
        list(&self.value)
    }

    /// The property on its own memory.
    pub(super) fn into_owned(self) -> Property<'static> {
        Property {
            group: self.group.map(|group| Cow::Owned(group.into_owned())),
            name: Cow::Owned(self.name.into_owned()),
            params: self.params.into_iter().map(Param::into_owned).collect(),
            value: Cow::Owned(self.value.into_owned()),
            ..self
        }
    }

    /// The first parameter of that name, which is given in upper case.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<&Param<'a>> {
        self.params.iter().find(|param| param.name == name)
    }

    /// All its types as they are written: of each TYPE parameter, with and without quotes, and the bare ones of 2.1.
    pub fn types(&self) -> impl Iterator<Item = &str> {
        let around = |char: char| char.is_whitespace() || matches!(char, '"' | '\\');
        let params = self.params.iter().filter(|param| param.name == "TYPE");
        let types = params.flat_map(|param| param.raw.split(','));
        let types = types.map(move |it| it.trim_matches(around));
        types.filter(|it| !it.is_empty())
    }

    /// Whether it has that type, in any case.
    #[must_use]
    pub fn has_type(&self, wanted: &str) -> bool {
        self.types().any(|it| it.eq_ignore_ascii_case(wanted))
    }

    /// How much its owner prefers it: from 1, the most, to 100. A `pref` without a number is 1.
    #[must_use]
    pub fn preference(&self) -> Option<u8> {
        match self.param("PREF") {
            Some(param) => Some(param.value().trim().parse().unwrap_or(1).clamp(1, 100)),
            None => self.has_type("pref").then_some(1),
        }
    }

    /// The label that its owner gave it: Apple's and Google's X-ABLabel of the same group, LineageOS's
    /// `TEL;X-My label:`, Samsung's `TEL;X-CUSTOM(…)`, `TEL;LABEL=My label:`. Built-in labels of Apple lose their frame (`_$!<HomePage>!$_`).
    #[must_use]
    pub fn label<'s>(&'s self, card: &'s Card<'_>) -> Option<Cow<'s, str>> {
        let group = self.group.as_deref().map(str::to_ascii_lowercase);
        let grouped = group.and_then(|group| card.labels.get(&group));
        let grouped = grouped.map(|at| unframed(card.properties[*at].text()));
        // In an address, LABEL is the address as it stands on an envelope.
        let names: &[&str] = match &*self.name {
            "ADR" => &["X-CUSTOM", "X-LABEL", "X-ABLABEL"],
            _ => &["X-CUSTOM", "X-LABEL", "X-ABLABEL", "LABEL"],
        };
        let custom = || {
            let named = names.iter().find_map(|name| self.param(name));
            named
                .map(Param::value)
                .filter(|label| !label.trim().is_empty())
        };
        let bare = || {
            let own = self.types().filter(|it| !is_technical(it));
            let mut own = own.filter(|it| after(it.as_bytes(), b"X-").is_some());
            own.next().map(|label| Cow::Borrowed(&label[2..]))
        };
        grouped
            .or_else(custom)
            .or_else(bare)
            .filter(|label| !label.trim().is_empty())
    }
}

impl Param<'_> {
    /// The parameter on its own memory.
    pub(super) fn into_owned(self) -> Param<'static> {
        Param {
            name: Cow::Owned(self.name.into_owned()),
            raw: Cow::Owned(self.raw.into_owned()),
            ..self
        }
    }

    /// The whole value without quotes, with RFC 6868's escapes undone in a vCard 4.0.
    #[must_use]
    pub fn value(&self) -> Cow<'_, str> {
        let value = unquoted(self.raw.trim());
        if !(self.carets && value.contains('^')) {
            return Cow::Borrowed(value);
        }
        // The order matters: `^^n` is a caret and an n.
        let parts = value.split("^^");
        let undone = parts.map(|part| part.replace("^n", "\n").replace("^'", "\""));
        Cow::Owned(undone.collect::<Vec<_>>().join("^"))
    }
}

/// The first X-ABLabel of each group. Groups are the same in any case.
pub(super) fn labels(properties: &[Property<'_>]) -> HashMap<String, usize> {
    let last_first = properties.iter().rev();
    let labels = last_first.filter(|one| one.name == "X-ABLABEL");
    let grouped = labels.filter_map(|label| Some((label.group.as_deref()?, label.index)));
    grouped
        .map(|(group, at)| (group.to_ascii_lowercase(), at))
        .collect()
}

fn unquoted(value: &str) -> &str {
    let inner = |mark: &str| {
        value
            .strip_prefix(mark)
            .and_then(|value| value.strip_suffix(mark))
    };
    inner("\"").or_else(|| inner("\\\"")).unwrap_or(value)
}

/// `_$!<HomePage>!$_` is `HomePage`.
fn unframed(label: Cow<'_, str>) -> Cow<'_, str> {
    let inner = |label: &str| {
        let framed = label.trim().trim_start_matches('_').trim_end_matches('_');
        framed
            .strip_prefix("$!<")
            .and_then(|label| label.strip_suffix(">!$"))
            .map(str::to_string)
    };
    inner(&label).map_or(label, Cow::Owned)
}

/// Types of this kind are the telephone's own bookkeeping, and nobody's label.
fn is_technical(kind: &str) -> bool {
    let mut own = ["X-IRMC", "X-NEC-", "X-CUSTOM", "X-VOICE", "X-INTERNET"].iter();
    own.any(|it| after(kind.as_bytes(), it.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn param(raw: &str) -> Param<'_> {
        Param {
            name: "LABEL".into(),
            raw: raw.into(),
            carets: true,
        }
    }

    #[test]
    fn parameters_lose_quotes_and_carets() {
        for (raw, value) in [
            ("a", "a"),
            ("\"a,b\"", "a,b"),
            ("\"a,b\",c", "\"a,b\",c"),
            ("x^ny^^n^'z^'^q", "x\ny^n\"z\"^q"),
            ("", ""),
        ] {
            assert_eq!(param(raw).value(), value, "{raw}");
        }
    }

    #[test]
    fn apples_labels_lose_their_frame() {
        for (label, wanted) in [
            ("_$!<HomePage>!$_", "HomePage"),
            ("$!<Email>!$", "Email"),
            ("회사", "회사"),
            ("_x_", "_x_"),
        ] {
            assert_eq!(unframed(label.into()), wanted);
        }
    }
}
