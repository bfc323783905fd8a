//! A look at a whole file of vCards before any of them is mapped: in which encoding its text is, and what stands outside of
//! cards.

use std::io::{self, Read};

use super::charset::judge;
use super::chunk::{Chunk, Outside};
use super::cut::Cutter;
use super::parse::read;
use crate::source::encoding::{Ruined, TextEncoding, suspected_double_encoding};

#[derive(Debug, Default)]
pub struct Survey {
    pub cards: u64,
    /// What belongs to no card; the first [`MOST_OUTSIDE`].
    pub outside: Vec<Outside>,
    pub more_outside: u64,
    /// The encoding of text that is not UTF-8 and names none or a false one, if all of it together is certain.
    pub encoding: Option<TextEncoding>,
    /// The first text that was ruined before it was saved, and how many values are.
    pub ruined: Option<(Ruined, u64)>,
}

/// How many stretches of lines outside of cards are kept.
pub const MOST_OUTSIDE: usize = 100;

/// Looks at all cards of a file, in bounded memory.
pub fn survey(reader: impl Read) -> io::Result<Survey> {
    let (mut cutter, mut chunk) = (Cutter::new(reader), Chunk::default());
    let mut survey = Survey::default();
    let mut sample = Uncertain::default();
    while cutter.next_chunk(&mut chunk)? {
        survey.cards += chunk.len() as u64;
        survey.add_outside(&mut chunk.outside);
        for card in read(&chunk) {
            let values = card.properties.iter().filter(|one| !one.value.is_ascii());
            for property in values {
                let parts = property.components();
                parts.for_each(|part| survey.look_for_ruined(property.line, part.trim()));
            }
            for raw in &card.raws {
                match std::str::from_utf8(&raw.bytes) {
                    Ok(text) => {
                        let parts = text.split(';');
                        parts.for_each(|part| survey.look_for_ruined(raw.line, part.trim()));
                    }
                    Err(_) => sample.add(&raw.bytes),
                }
            }
        }
    }
    survey.encoding = sample.encoding();
    Ok(survey)
}

/// Values whose encoding is not certain: the first ones, and every n-th of the others, as many as fit.
#[derive(Default)]
struct Uncertain {
    values: Vec<Vec<u8>>,
    size: usize,
    seen: usize,
    stride: usize,
}

impl Uncertain {
    fn add(&mut self, value: &[u8]) {
        const ROOM: usize = 128 * 1024;
        const LONGEST: usize = 4 * 1024;
        self.seen += 1;
        if !self.seen.is_multiple_of(self.stride.max(1)) {
            return;
        }
        let value = &value[..value.len().min(LONGEST)];
        self.size += value.len();
        self.values.push(value.to_vec());
        if self.size > ROOM {
            self.stride = 2 * self.stride.max(1);
            let values = std::mem::take(&mut self.values);
            self.values = values.into_iter().step_by(2).collect();
            self.size = self.values.iter().map(Vec::len).sum();
        }
    }

    /// The encoding, if it is certain.
    fn encoding(&self) -> Option<TextEncoding> {
        let values = self.values.iter().map(Vec::as_slice);
        judge(values).ok().filter(|_| !self.values.is_empty())
    }
}

impl Survey {
    fn add_outside(&mut self, outside: &mut Vec<Outside>) {
        let room = MOST_OUTSIDE - self.outside.len();
        self.more_outside += outside.len().saturating_sub(room) as u64;
        self.outside.extend(outside.drain(..).take(room));
    }

    fn look_for_ruined(&mut self, line: u64, text: &str) {
        let Some(should_be) = suspected_double_encoding(text) else {
            return;
        };
        let text = text.to_owned();
        let ruined = Ruined {
            line,
            text,
            should_be,
        };
        self.ruined.get_or_insert((ruined, 0)).1 += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_a_whole_file_tells_what_one_card_does_not() {
        let people = [
            (
                "Соколова;Марина",
                "Северные мельницы",
                "Познакомились на выставке, звонить после обеда",
            ),
            (
                "Берёзкин;Антон",
                "Речной транспорт",
                "Договор прислать по почте до конца недели",
            ),
        ];
        let file: String = people
            .map(|(name, company, note)| {
                format!(
                    "BEGIN:VCARD\nVERSION:2.1\nN:{name}\nORG:{company}\nNOTE:{note}\nEND:VCARD\n"
                )
            })
            .concat();
        for label in ["windows-1251", "KOI8-R"] {
            let encoding = TextEncoding::from_label(label).expect("it is known");
            let survey = survey(&*encoding.encode(&file).0).expect("memory does not fail");
            let found = survey.encoding.map(TextEncoding::name);
            assert_eq!((survey.cards, found), (2, Some(label)));
        }
    }

    #[test]
    fn lines_outside_of_cards_and_ruined_text_are_found() {
        let file = "a: b\nBEGIN:VCARD\nN:MÃ¼ller;JÃ¶rg\nEND:VCARD\nTEL:1\nNOTE:x\nBEGIN:VNOTE\nBODY:y\nEND:VNOTE\n";
        let survey = survey(file.as_bytes()).expect("memory does not fail");
        let outside: Vec<_> = survey
            .outside
            .iter()
            .map(|one| (one.line, one.lines, one.text.as_str()))
            .collect();
        assert_eq!(
            outside,
            [
                (1, 1, "a: b"),
                (5, 2, "TEL:1 | NOTE:x"),
                (7, 3, "BEGIN:VNOTE | BODY:y | END:VNOTE")
            ]
        );
        assert_eq!(survey.outside[2].component.as_deref(), Some("VNOTE"));
        let (ruined, count) = survey.ruined.expect("two names are");
        assert_eq!(
            (ruined.line, &*ruined.should_be.would_read, count),
            (3, "Müller", 2)
        );
    }
}
