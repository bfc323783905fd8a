//! Which of the encodings explains some lines best, and whether that is clear.

use super::TextEncoding;
use super::detect::KeptLine;
use super::model::{Model, cells, models};
use super::verdict::{Detected, Detection, LineReading, Reason, Tie};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

/// By how many bits the best reading must win: a thousand to one.
const CLEAR_BITS: f32 = 10.0;

/// The same between code pages of the Latin alphabet, whose single letters say less.
const CLEAR_LATIN_BITS: f32 = 4.5;

/// How many cells of a line a tie shows.
const TELLING_CELLS: usize = 4;

/// How many characters of a cell a tie shows.
const TELLING_CHARS: usize = 40;

/// Encodings that are never taken for certain. chardetng knows their languages, but not how sure it is.
const UNSURE: [&str; 7] = [
    "windows-874",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "KOI8-U",
    "IBM866",
];

/// The encoding of lines with characters beyond ASCII, of which there is one at least.
pub(super) fn choose(lines: &[KeptLine]) -> Detection {
    let mut models = models(lines);
    models.sort_by(|a, b| b.bits.total_cmp(&a.bits));
    let best = &models[0];
    let second_opinion = second_opinion(lines);
    if best.words.is_empty() && UNSURE.contains(&second_opinion.name()) {
        return Detection::Unknown {
            line: lines[0].number,
            likely: second_opinion,
        };
    }
    let rival = models[1..].iter().find_map(|rival| {
        let differs = |line: &&KeptLine| best.read(line) != rival.read(line);
        Some((rival, lines.iter().find(differs)?))
    });
    if let Some((rival, line)) = rival {
        let clear = match best.is_latin() && rival.is_latin() {
            true => CLEAR_LATIN_BITS,
            false => CLEAR_BITS,
        };
        if best.bits - rival.bits < clear {
            return Detection::Tie(Box::new(tie(line, best, rival)));
        }
        if UNSURE.contains(&best.encoding.name()) {
            return Detection::Unknown {
                line: line.number,
                likely: best.encoding,
            };
        }
    }
    Detection::Found(Detected {
        encoding: best.encoding,
        reason: Reason::Seen {
            words: best.words.iter().take(3).cloned().collect(),
            count: best.usual,
            of: best.beyond,
            malformed: best.malformed,
        },
        double_encoded: None,
    })
}

fn second_opinion(lines: &[KeptLine]) -> TextEncoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    for line in lines {
        detector.feed(&line.bytes, false);
        detector.feed(b"\n", false);
    }
    TextEncoding(detector.guess(None, Utf8Detection::Allow))
}

fn tie(line: &KeptLine, a: &Model, b: &Model) -> Tie {
    let (text_a, text_b) = (a.read(line), b.read(line));
    let differing = cells(&text_a).zip(cells(&text_b)).filter(|(a, b)| a != b);
    let shown = differing.map(|(a, b)| (shortened(a), shortened(b)));
    let (of_a, of_b): (Vec<_>, Vec<_>) = shown.take(TELLING_CELLS).unzip();
    let reading = |model: &Model, cells: Vec<String>| LineReading {
        encoding: model.encoding,
        text: cells.join(", "),
    };
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
