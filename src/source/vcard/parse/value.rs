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
        let raws = std::mem::take(&mut self.raws);
        let (encoding, finding) = charset::decide(&raws, &self.named, charsets);
        let certain = finding.is_none();
        self.findings.extend(finding);
        for raw in raws {
            let (index, line) = (raw.index, raw.line);
            let (text, kind) = raw.decided(encoding);
            if let Some(kind) = kind.filter(|_| certain) {
                self.flaw(line, kind, text.as_bytes());
            }
            self.properties[index].value = text;
        }
        for (index, params) in std::mem::take(&mut self.odd_params) {
            let text = encoding.decode(&params).0;
            let params = params::all(text.as_bytes(), self.version == Version::V40);
            let params = params.into_iter().map(Param::into_owned);
            self.properties[index].params = params.collect();
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
    pub(super) fn value(&mut self, mut raw: Raw<'a>, transfer: Transfer) -> Cow<'a, str> {
        match transfer {
            Transfer::Plain => {}
            Transfer::QuotedPrintable => {
                let (decoded, stray) = quoted_printable(&raw.bytes);
                if stray {
                    self.flaw(raw.line, FindingKind::BadQuotedPrintable, &raw.bytes);
                }
                raw.bytes = Cow::Owned(decoded);
            }
            Transfer::Base64 => {
                let mut compact = raw.bytes.to_vec();
                compact.retain(|byte| !byte.is_ascii_whitespace());
                match base64::engine::general_purpose::STANDARD.decode(compact) {
                    Ok(decoded) => raw.bytes = Cow::Owned(decoded),
                    Err(_) => self.flaw(raw.line, FindingKind::BadBase64, &raw.bytes),
                }
            }
        }
        self.decoded(raw)
    }

    /// The text of a value; empty for now where the rest of the card has to tell what it is.
    pub(super) fn decoded(&mut self, raw: Raw<'a>) -> Cow<'a, str> {
        let (declared, line) = (raw.declared, raw.line);
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
                self.raws.push(raw);
                Cow::Borrowed("")
            }
        }
    }
}
