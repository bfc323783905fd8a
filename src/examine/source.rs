//! Inputs while their records are examined, and reading a record again.

use crate::contact::{ContactDraft, Origin};
use crate::input::{Input, Reader};
use crate::lang::tr;
use crate::mapping::{self, Findings, LabelOf};
use crate::report::RejectSource;
use crate::source::{csv, vcard};
use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::ops::Range;

pub struct Source {
    pub name: String,
    pub reject: RejectSource,
    /// For reading records again.
    pub file: File,
    pub(super) mapping: Mapping,
}

#[expect(
    clippy::large_enum_variant,
    reason = "there are a handful of inputs, and they are never moved around"
)]
pub(super) enum Mapping {
    Csv {
        layout: csv::Layout,
        plan: mapping::Plan,
        rules: mapping::Rules,
    },
    Vcard {
        charsets: vcard::Charsets,
        rules: mapping::Rules,
    },
}

#[expect(
    clippy::large_enum_variant,
    reason = "there are a handful of inputs, and they are never moved around"
)]
pub(super) enum Chunks {
    Csv(csv::Cutter<File>),
    Vcard(vcard::Cutter<File>),
}

impl Source {
    /// Splits an input into what workers share and the reader of its chunks.
    pub(super) fn of(input: Input) -> (Source, Chunks) {
        let (mapping, chunks) = match input.reader {
            Reader::Csv {
                cutter,
                plan,
                rules,
            } => {
                let layout = cutter.layout();
                let mapping = Mapping::Csv {
                    layout,
                    plan,
                    rules,
                };
                (mapping, Chunks::Csv(cutter))
            }
            Reader::Vcard {
                cutter,
                charsets,
                rules,
            } => (Mapping::Vcard { charsets, rules }, Chunks::Vcard(cutter)),
        };
        let source = Source {
            name: input.name,
            reject: input.reject,
            file: input.file,
            mapping,
        };
        (source, chunks)
    }

    /// Reads a record again and hands its draft to `then`.
    ///
    /// # Errors
    /// When the file can't be read or has changed.
    pub(super) fn read_again<T>(
        &self,
        span: &Range<u64>,
        then: impl FnOnce(&ContactDraft<'_>, LabelOf<'_>) -> T,
    ) -> io::Result<T> {
        let (mut draft, mut findings) = (ContactDraft::default(), Findings::default());
        match &self.mapping {
            Mapping::Csv {
                layout,
                plan,
                rules,
            } => {
                let mut cutter = csv::Cutter::at(&self.file, *layout, span.start)?;
                let mut chunk = csv::Chunk::default();
                cutter.next_chunk(&mut chunk)?;
                let row = csv::rows(&chunk).next().ok_or_else(changed)?;
                let cells = super::RowCells(&row);
                mapping::map_row(plan, rules, cells, &mut draft, &mut findings);
                let label_of = |origin: Origin| mapping::label_of(plan.columns().names(), origin);
                Ok(then(&draft, &label_of))
            }
            Mapping::Vcard { charsets, rules } => {
                let mut file = &self.file;
                file.rewind()?;
                let mut head = Vec::new();
                file.take(2).read_to_end(&mut head)?;
                if !matches!(head[..], [0xff, 0xfe] | [0xfe, 0xff]) || span.start == 0 {
                    head.clear();
                }
                file.seek(SeekFrom::Start(span.start))?;
                // Without the byte order mark of the file, UTF-16 is not recognised.
                let bytes = Cursor::new(head).chain(file.take(span.end - span.start));
                let mut chunk = vcard::Chunk::default();
                vcard::Cutter::new(bytes).next_chunk(&mut chunk)?;
                let card = vcard::cards(&chunk, *charsets).next().ok_or_else(changed)?;
                mapping::map_card(&card, rules, &mut draft, &mut findings);
                let label_of = |origin: Origin| mapping::property_label(&card, origin);
                Ok(then(&draft, &label_of))
            }
        }
    }
}

fn changed() -> io::Error {
    io::Error::other(tr!("file-changed"))
}
