//! Which of the encodings explains a sample best, and whether that is clear.

use super::TextEncoding;
use super::evidence::is_header_word;
use super::sample::{Line, Sample};
use super::verdict::{Detected, Detection, Reading, Reason, Tie};
use super::weight::{Model, Weight, models};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use std::borrow::Cow;

/// By how many bits the best reading must win: a thousand to one.
const CLEAR_BITS: f32 = 10.0;

/// The same between code pages of the Latin alphabet, whose single letters say less.
const CLEAR_LATIN_BITS: f32 = 4.5;

/// In how many lines header words are looked for.
const HEADER_LINES: u64 = 20;

/// How many cells of a line a tie shows.
const TELLING_CELLS: usize = 4;

/// How many characters of a cell a tie shows.
const TELLING_CHARS: usize = 40;

struct Entrant {
    encoding: TextEncoding,
    latin: bool,
    asked: bool,
    weight: Weight,
    words: Vec<String>,
}

/// The encoding of a sample with characters beyond ASCII.
pub(super) fn choose(sample: &Sample) -> Detection {
    let mut entrants: Vec<_> = models()
        .into_iter()
        .map(|model| enter(model, sample))
        .collect();
    entrants.sort_by(|a, b| b.weight.bits.total_cmp(&a.weight.bits));
    let best = &entrants[0];
    if best.words.is_empty()
        && let Some(unknown) = unknown(sample)
    {
        return unknown;
    }
    let rival = entrants[1..]
        .iter()
        .find_map(|rival| Some((rival, telling_line(sample, best, rival)?)));
    let Some((rival, line)) = rival else {
        return Detection::Found(verdict(best, None));
    };
    let margin = best.weight.bits - rival.weight.bits;
    let clear = if best.latin && rival.latin {
        CLEAR_LATIN_BITS
    } else {
        CLEAR_BITS
    };
    match margin >= clear {
        true if best.asked => Detection::Unknown {
            line: line.number,
            likely: best.encoding,
        },
        true => Detection::Found(verdict(best, Some((rival, margin)))),
        false => Detection::Tie(Box::new(tie(line, best, rival))),
    }
}

/// Encodings that are not weighed here. chardetng knows their languages, but not how sure it is.
const UNWEIGHED: [&str; 7] = [
    "windows-874",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "KOI8-U",
    "IBM866",
];

/// The verdict on text that is rather in one of the encodings that are not weighed.
fn unknown(sample: &Sample) -> Option<Detection> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    for line in sample.lines() {
        detector.feed(&line.bytes, false);
        detector.feed(b"\n", false);
    }
    let likely = detector.guess(None, Utf8Detection::Allow);
    let line = sample.lines().next()?.number;
    UNWEIGHED
        .contains(&likely.name())
        .then_some(Detection::Unknown {
            line,
            likely: TextEncoding(likely),
        })
}

fn enter(mut model: Model, sample: &Sample) -> Entrant {
    let mut weight = Weight {
        bits: model.prior,
        ..Weight::default()
    };
    let mut words = Vec::new();
    for line in sample.lines() {
        weight += model.weigh(&line.bytes);
        if line.number <= HEADER_LINES {
            words.extend(known_words(&model, line));
        }
    }
    weight.bits += words.iter().map(|word| word_bits(word)).sum::<f32>();
    Entrant {
        encoding: model.encoding,
        latin: model.is_latin(),
        asked: model.is_asked(),
        weight,
        words,
    }
}

/// What a known word in a header is worth: more than its characters are, because it stands there as a whole cell.
fn word_bits(word: &str) -> f32 {
    match word.chars().count() {
        1 => 6.0,
        length => 8.0 + 4.0 * length.min(4) as f32,
    }
}

fn known_words(model: &Model, line: &Line) -> Vec<String> {
    let (text, _) = model.encoding.decode(&line.bytes);
    let known = |cell: &&str| !cell.is_ascii() && is_header_word(cell);
    cells(&text).filter(known).map(str::to_owned).collect()
}

fn cells(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', '\t', '|'])
        .map(|cell| cell.trim_matches(['"', ' ', '\'']))
}

/// The first line that two encodings read differently.
fn telling_line<'s>(sample: &'s Sample, a: &Entrant, b: &Entrant) -> Option<&'s Line> {
    sample.lines().find(|line| read(a, line) != read(b, line))
}

fn read<'l>(entrant: &Entrant, line: &'l Line) -> Cow<'l, str> {
    entrant.encoding.decode(&line.bytes).0
}

fn tie(line: &Line, a: &Entrant, b: &Entrant) -> Tie {
    let (text_a, text_b) = (read(a, line), read(b, line));
    let differing: Vec<_> = cells(&text_a)
        .zip(cells(&text_b))
        .filter(|(a, b)| a != b)
        .take(TELLING_CELLS)
        .collect();
    let shown = |cells: Vec<&str>| {
        cells
            .into_iter()
            .map(shortened)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let reading = |entrant: &Entrant, cells| Reading {
        encoding: entrant.encoding,
        text: shown(cells),
    };
    let (of_a, of_b) = differing.into_iter().unzip();
    Tie {
        line: line.number,
        a: reading(a, of_a),
        b: reading(b, of_b),
    }
}

fn shortened(cell: &str) -> String {
    match cell.char_indices().nth(TELLING_CHARS) {
        Some((end, _)) => format!("{}…", &cell[..end]),
        None => cell.to_owned(),
    }
}

fn verdict(best: &Entrant, rival: Option<(&Entrant, f32)>) -> Detected {
    let plausible = 1.0 - best.weight.malformed as f32 / best.weight.units.max(1) as f32;
    let clear = rival.map_or(1.0, |(_, margin)| 1.0 - (-margin / 2.0).exp2());
    Detected {
        encoding: best.encoding,
        reason: Reason::Seen {
            words: best.words.iter().take(3).cloned().collect(),
            count: best.weight.usual,
            of: best.weight.units,
            malformed: best.weight.malformed,
        },
        confidence: plausible * clear,
        double_encoded: None,
    }
}
