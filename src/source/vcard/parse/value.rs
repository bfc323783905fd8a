//! The value of a property: its bytes as they were sent, and as text.

use super::super::card::Param;
use super::super::charset::{self, Charsets, Raw};
use super::super::finding::FindingKind;
use super::super::header::{self, Transfer};
use super::super::params;
use super::super::quoted::quoted_printable;
use super::{Property, Reader, Version};
use crate::source::encoding::TextEncoding;
use base64::Engine as _;
use std::borrow::Cow;

impl<'a> Reader<'a> {
    pub(super) fn decode(&mut self, charsets: Charsets) {
        if self.raws.is_empty() && self.odd_params.is_empty() {
            return;
        }
        let (places, raws): (Vec<_>, Vec<_>) = std::mem::take(&mut self.raws).into_iter().unzip();
        let (encoding, finding) = charset::decide(&raws, &self.named, charsets);
        let certain = finding.is_none();
        self.findings.extend(finding);
        for (place, raw) in places.into_iter().zip(raws) {
            let line = raw.line;
            let (text, kind) = raw.decided(encoding);
            if let Some(kind) = kind.filter(|_| certain) {
                self.flaw(line, kind, text.as_bytes());
            }
            self.properties[place].value = text;
        }
        for (place, params) in std::mem::take(&mut self.odd_params) {
            let text = encoding.decode(&params).0;
            let params = params::all(text.as_bytes(), self.version == Version::V40);
            let params = params.into_iter().map(Param::into_owned);
            self.properties[place].params = params.collect();
        }
    }

    /// The encoding that the property names.
    pub(super) fn declared(&mut self, property: &Property<'_>) -> Option<TextEncoding> {
        let transfer = header::unknown_transfer(&property.params);
        // Some write the one in the other's place.
        let misplaced = property.param("ENCODING").filter(|_| transfer.is_some());
        let misplaced = misplaced.and_then(|param| charset::named(&param.raw));
        if let Some(transfer) = transfer.filter(|_| misplaced.is_none()) {
            let text = format!("ENCODING={transfer}");
            self.flaw(property.line, FindingKind::UnknownTransfer, text);
        }
        let Some(label) = property
            .param("CHARSET")
            .map(|param| &param.raw)
            .filter(|label| !label.is_empty())
        else {
            return misplaced;
        };
        let declared = charset::named(label);
        if declared.is_none() {
            let text = format!("unknown encoding `{label}`");
            self.flaw(property.line, FindingKind::UnknownCharset, text);
        }
        declared
    }

    /// The text of a value that was sent as these bytes.
    pub(super) fn value(
        &mut self,
        mut bytes: Cow<'a, [u8]>,
        transfer: Transfer,
        declared: Option<TextEncoding>,
        line: u64,
        place: usize,
    ) -> Cow<'a, str> {
        match transfer {
            Transfer::Plain => {}
            Transfer::QuotedPrintable => {
                let (decoded, stray) = quoted_printable(&bytes);
                if stray {
                    self.flaw(line, FindingKind::BadQuotedPrintable, &bytes);
                }
                bytes = Cow::Owned(decoded);
            }
            Transfer::Base64 => {
                let written = bytes.iter().filter(|byte| !byte.is_ascii_whitespace());
                let compact: Vec<u8> = written.copied().collect();
                match base64::engine::general_purpose::STANDARD.decode(compact) {
                    Ok(decoded) => bytes = Cow::Owned(decoded),
                    Err(_) => self.flaw(line, FindingKind::BadBase64, &bytes),
                }
            }
        }
        self.decoded(bytes, declared, line, place)
    }

    /// The text of a value; empty for now where the rest of the card has to tell what it is.
    pub(super) fn decoded(
        &mut self,
        bytes: Cow<'a, [u8]>,
        declared: Option<TextEncoding>,
        line: u64,
        place: usize,
    ) -> Cow<'a, str> {
        let raw = Raw {
            bytes,
            declared,
            line,
        };
        match raw.certain() {
            Ok((text, Some(kind))) => {
                self.flaw(line, kind, text.as_bytes());
                text
            }
            Ok((text, None)) => {
                let declared =
                    declared.filter(|it| *it != TextEncoding::UTF_8 && !self.named.contains(it));
                self.named.extend(declared);
                text
            }
            Err(raw) => {
                self.raws.push((place, raw));
                Cow::Borrowed("")
            }
        }
    }
}
