//! Any bytes may be a vCard file: none of them may stop the reader, and its cards follow one another in the file.
#![no_main]

use cardlift::source::vcard::{Charsets, Chunk, Cutter, cards, is_vcard, opinions, survey};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    let _ = (is_vcard(file), survey(file).expect("memory does not fail"));
    let (mut cutter, mut chunk) = (Cutter::new(file), Chunk::default());
    let (mut end, mut line) = (0, 0);
    while cutter.next_chunk(&mut chunk).expect("memory does not fail") {
        for card in cards(&chunk, Charsets::default()) {
            assert!(
                end <= card.span.start
                    && card.span.start < card.span.end
                    && card.span.end <= file.len() as u64
            );
            // Cards may be glued to each other.
            assert!(line <= card.line);
            (end, line) = (card.span.end, card.line);
            let mut last = line;
            for property in &card.properties {
                assert!(
                    last <= property.line,
                    "properties come in the order of their lines"
                );
                last = property.line;
                let lists = property.component_lists().flatten().count() + property.list().count();
                let params = property.params.iter().map(|param| param.value().len());
                assert!(lists > 0 && params.sum::<usize>() < usize::MAX);
                let _ = (
                    property.text(),
                    property.label(&card),
                    property.preference(),
                    property.types().count(),
                );
            }
            let _ = opinions(&card);
        }
    }
});
