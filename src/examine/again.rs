//! Reading a record again.

use crate::contact::{ContactDraft, Origin};
use crate::input::{Input, Reader};
use crate::lang::tr;
use crate::mapping::{self, Findings, LabelOf};
use crate::note::Note;
use crate::source::{csv, vcard};
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::ops::Range;

/// Reads a record again and hands its draft to `then`.
pub(super) fn read_again<T>(
    input: &Input,
    span: &Range<u64>,
    then: impl FnOnce(&ContactDraft<'_>, LabelOf<'_>) -> T,
) -> io::Result<T> {
    read_fields(input, span, |draft, _, label_of, _| then(draft, label_of))
}

/// Reads a record again and hands its draft, the notes on it and the values of its fields to `then`.
pub fn read_fields<T>(
    input: &Input,
    span: &Range<u64>,
    then: impl FnOnce(&ContactDraft<'_>, &[Note<'_>], LabelOf<'_>, &mut dyn Iterator<Item = &str>) -> T,
) -> io::Result<T> {
    let changed = || io::Error::other(tr!("file-changed"));
    let (mut draft, mut findings) = (ContactDraft::default(), Findings::default());
    match &input.reader {
        Reader::Csv {
            layout,
            plan,
            rules,
        } => {
            let mut cutter = csv::Cutter::at(&input.file, layout.clone(), span)?;
            let mut chunk = csv::Chunk::default();
            cutter.next_chunk(&mut chunk)?;
            let row = csv::rows(&chunk).next().ok_or_else(changed)?;
            mapping::map_row(plan, rules, &row, &mut draft, &mut findings);
            let label_of = |origin: Origin| plan.columns().label(origin);
            Ok(then(&draft, &findings.notes, &label_of, &mut row.iter()))
        }
        Reader::Vcard { charsets, rules } => {
            let mut file = &input.file;
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
            let mut values = card.properties.iter().map(|property| &*property.value);
            Ok(then(&draft, &findings.notes, &label_of, &mut values))
        }
    }
}
