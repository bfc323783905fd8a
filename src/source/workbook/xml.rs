//! The XML in a workbook, token by token: as much of XML as workbooks have.

use super::{WorkbookError, broken};
use memchr::{memchr, memchr2, memmem};
use std::borrow::Cow;

/// How long a text may be, in bytes. A cell holds 32,767 characters at most.
const MOST_TEXT: usize = 4 * 1024 * 1024;

/// A text of XML, which may be cut out of the middle.
pub(super) struct Xml<'x> {
    rest: &'x str,
    /// The element without content whose start was given.
    empty: Option<&'x str>,
}

/// A token; names are without their prefixes.
pub(super) enum XmlToken<'x> {
    Start(Element<'x>),
    End(&'x str),
    /// Text in which references are not replaced.
    Text(&'x str),
    /// Text without references.
    Literal(&'x str),
}

pub(super) struct Element<'x> {
    pub name: &'x str,
    attributes: &'x str,
}

impl<'x> Xml<'x> {
    pub fn new(text: &'x str) -> Self {
        Self {
            rest: text,
            empty: None,
        }
    }

    /// The next token; `None` at the end. An element without content has a start and an end.
    #[inline]
    pub fn next(&mut self) -> Result<Option<XmlToken<'x>>, WorkbookError> {
        if let Some(name) = self.empty.take() {
            return Ok(Some(XmlToken::End(name)));
        }
        while !self.rest.is_empty() {
            if !self.rest.starts_with('<') {
                let end = memchr(b'<', self.rest.as_bytes()).unwrap_or(self.rest.len());
                if end > MOST_TEXT {
                    return Err(WorkbookError::TooLarge);
                }
                return Ok(Some(XmlToken::Text(self.take(end))));
            }
            let end = markup_end(self.rest.as_bytes());
            let end = end.ok_or_else(|| broken("its XML is cut off"))?;
            let markup = self.take(end);
            let inside = &markup[1..end - 1];
            match inside.as_bytes().first() {
                Some(b'/') => return Ok(Some(XmlToken::End(local(inside[1..].trim_ascii_end())))),
                Some(b'!') if markup.starts_with(CDATA) => {
                    let text = &markup[CDATA.len()..end - b"]]>".len()];
                    return Ok(Some(XmlToken::Literal(text)));
                }
                Some(b'!' | b'?') => {}
                _ => {
                    let element = inside.strip_suffix('/');
                    let start = Element::new(element.unwrap_or(inside));
                    self.empty = element.map(|_| start.name);
                    return Ok(Some(XmlToken::Start(start)));
                }
            }
        }
        Ok(None)
    }

    fn take(&mut self, length: usize) -> &'x str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }
}

const CDATA: &str = "<![CDATA[";

/// How long the markup is that a text begins with; `None` if it does not end.
fn markup_end(text: &[u8]) -> Option<usize> {
    let behind = |end: &[u8]| memmem::find(text, end).map(|at| at + end.len());
    match text.get(1)? {
        b'/' => text.iter().position(|byte| *byte == b'>').map(|at| at + 1),
        b'?' => behind(b"?>"),
        b'!' if text.starts_with(b"<!--") => behind(b"-->"),
        b'!' if text.starts_with(CDATA.as_bytes()) => behind(b"]]>"),
        _ => {
            // A quoted value may hold the character that ends the element.
            let mut quote = None;
            let end = text.iter().position(|byte| match quote {
                None if matches!(byte, b'"' | b'\'') => {
                    quote = Some(*byte);
                    false
                }
                None => *byte == b'>',
                Some(open) => {
                    quote = quote.filter(|_| open != *byte);
                    false
                }
            });
            end.map(|at| at + 1)
        }
    }
}

impl<'x> Element<'x> {
    fn new(inside: &'x str) -> Self {
        let end = inside.bytes().position(|byte| byte.is_ascii_whitespace());
        let (name, attributes) = inside.split_at(end.unwrap_or(inside.len()));
        Self {
            name: local(name),
            attributes,
        }
    }

    /// The attributes with their whole names; references in them are not replaced.
    pub fn attributes(&self) -> impl Iterator<Item = (&'x str, &'x str)> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            let equals = rest.bytes().position(|byte| byte == b'=')?;
            let (name, behind) = (rest[..equals].trim_ascii(), &rest[equals + 1..]);
            let behind = behind.trim_ascii_start();
            let quote = *behind.as_bytes().first()?;
            let end = behind.bytes().skip(1).position(|byte| byte == quote)? + 1;
            rest = &behind[end + 1..];
            Some((name, behind.get(1..end)?))
        })
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<Cow<'x, str>> {
        let found = self.attributes().find(|(own, _)| *own == name);
        found.and_then(|(_, value)| text(value).ok())
    }

    pub fn is(&self, name: &str) -> bool {
        let value = self.attribute(name);
        value.is_some_and(|value| value == "1" || value == "true")
    }
}

fn local(name: &str) -> &str {
    let colon = name.bytes().position(|byte| byte == b':');
    colon.map_or(name, |colon| &name[colon + 1..])
}

/// Text with its references replaced, and its line breaks as `\n`.
pub(super) fn text(raw: &str) -> Result<Cow<'_, str>, WorkbookError> {
    if memchr2(b'&', b'\r', raw.as_bytes()).is_none() {
        return Ok(raw.into());
    }
    let text = raw.replace("\r\n", "\n").replace('\r', "\n");
    let text = quick_xml::escape::unescape(&text).map_err(broken)?;
    Ok(text.into_owned().into())
}
