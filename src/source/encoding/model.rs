//! How likely a line is in an encoding, in bits; which of the encodings explains some lines best, and whether that is clear.
//!
//! Each model gives the characters of its languages a probability: much to those that names, companies and addresses are
//! made of, little to the rest. The logarithms add up over a file, so that two readings of the same bytes can be compared:
//! ten bits more are a thousand to one. A model may be crude, because nearly all wrong readings of a name consist of
//! characters that no name has.

use super::TextEncoding;
use super::verdict::{Detected, Detection, KeptLine, LineReading, Reason, Tie};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What `evidence.toml` says: the characters and words that address books are made of, and what encodings are called.
#[derive(Deserialize)]
pub(super) struct Evidence {
    /// The names that encoding_rs knows, and those that people use.
    pub labels: Vec<(String, String)>,
    header_words: HashMap<String, HashSet<String>>,
    scripts: Vec<ScriptEvidence>,
}

/// Characters, and the encodings in which they are looked for.
#[derive(Deserialize)]
struct ScriptEvidence {
    /// Their labels, and how much rarer their files are than those of Korean Windows, in bits.
    encodings: Vec<(String, f32)>,
    /// Which share of a text the characters make up; without it they are the letters of a code page.
    #[serde(default)]
    share: f32,
    /// The commonest first.
    characters: String,
    /// For two characters beyond ASCII in a row, in bits.
    #[serde(default)]
    in_a_row: f32,
    /// For a letter beside an ASCII letter, in bits. Letters of Latin scripts stand among these.
    #[serde(default)]
    beside_ascii: f32,
}

pub(super) static EVIDENCE: LazyLock<Evidence> = LazyLock::new(|| {
    toml::from_str(include_str!("evidence.toml")).expect("evidence.toml is as it is read here")
});

/// Whether a cell says what cells of headers say, in any language.
pub(crate) fn is_header_word(cell: &str) -> bool {
    let small = cell.to_lowercase();
    let mut lists = EVIDENCE.header_words.values();
    lists.any(|words| words.contains(cell) || words.contains(&small))
}

/// What an encoding makes of some lines.
struct Model {
    encoding: TextEncoding,
    script: &'static ScriptEvidence,
    /// What each character costs that is listed or was met.
    costs: HashMap<char, f32>,
    /// The logarithm of its probability.
    bits: f32,
    /// How many characters beyond ASCII it has.
    beyond: u32,
    /// How many of them are usual ones.
    usual: u32,
    /// How many bytes the encoding does not define.
    malformed: u32,
    /// Known words of the header.
    words: Vec<String>,
}

/// In how many lines header words are looked for.
const HEADER_LINES: u64 = 20;

/// The cost of any ASCII character, so that an encoding does not win by reading them as parts of others.
const ASCII_BITS: f32 = -5.0;

/// The cost of a byte that an encoding does not define.
const MALFORMED_BITS: f32 = -30.0;

/// Bits above which a character counts as a usual one.
const USUAL_BITS: f32 = -12.5;

/// For a capital letter behind a small one, or a letter that stands before the wrong kind of letter.
const ODD_BITS: f32 = -6.0;

/// How much less common a capital letter is.
const CAPITAL_BITS: f32 = -2.0;

/// What each of the encodings makes of the lines between which bytes above 0x7F leave a choice.
fn models(lines: &[KeptLine]) -> Vec<Model> {
    let of_script = |script: &'static ScriptEvidence| {
        let encodings = script.encodings.iter();
        encodings.map(move |(label, prior)| {
            let mut model = Model::new(script, label, *prior);
            lines.iter().for_each(|line| model.weigh(line));
            model
        })
    };
    EVIDENCE.scripts.iter().flat_map(of_script).collect()
}

/// The cells of a line, as far as they can be told before anything is known of the file.
fn cells(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', '\t', '|'])
        .map(|cell| cell.trim_matches(['"', ' ', '\'']))
}

impl Model {
    fn new(script: &'static ScriptEvidence, label: &str, prior: f32) -> Model {
        let encoding = TextEncoding::from_label(label).expect("evidence.toml has known labels");
        let count = script.characters.chars().count() as f32;
        let even = count / 10.0;
        let sum = ((count + even) / even).ln();
        let mut costs = HashMap::new();
        for c in script.characters.chars() {
            let rank = costs.len() as f32;
            let cost = match encoding.inner().is_single_byte() {
                // Letters that all languages of a code page share are common in none: the rank says less.
                true if script.beside_ascii == 0.0 => -6.0 - 3.5 * rank / count,
                true => -4.0 - 5.0 * rank / count,
                false => (script.share / (sum * (rank + even))).log2(),
            };
            costs.entry(c).or_insert(cost);
        }
        for (c, cost) in costs.clone() {
            let capitals = c.to_uppercase().filter(|capital| *capital != c);
            costs.extend(capitals.map(|capital| (capital, cost + CAPITAL_BITS)));
        }
        if encoding == TextEncoding::SHIFT_JIS || encoding == TextEncoding::EUC_JP {
            costs.extend(('ぁ'..='ん').chain('ァ'..='ヶ').map(|kana| (kana, -9.5)));
            costs.extend(('｡'..='ﾟ').map(|kana| (kana, -7.3)));
            costs.extend("ー・々　（）".chars().map(|mark| (mark, -12.0)));
        }
        Model {
            encoding,
            script,
            costs,
            bits: prior,
            beyond: 0,
            usual: 0,
            malformed: 0,
            words: Vec::new(),
        }
    }

    fn is_latin(&self) -> bool {
        self.script.beside_ascii == 0.0 && self.encoding != TextEncoding::UTF_8
    }

    fn read<'l>(&self, line: &'l KeptLine) -> Cow<'l, str> {
        self.encoding.decode(&line.bytes).0
    }

    fn weigh(&mut self, line: &KeptLine) {
        let text = self.read(line);
        if line.number <= HEADER_LINES {
            let is_central = self.encoding.name() == "windows-1250";
            let is_foreign =
                |cell: &str| is_central && EVIDENCE.header_words["western"].contains(cell);
            let known = |cell: &&str| !cell.is_ascii() && is_header_word(cell) && !is_foreign(cell);
            for word in cells(&text).filter(known) {
                self.bits += word_bits(word);
                self.words.push(word.to_owned());
            }
        }
        let mut last = ',';
        for c in text.chars() {
            self.bits += self.beside(last, c);
            last = c;
            if c.is_ascii() {
                self.bits += ASCII_BITS;
                continue;
            }
            self.beyond += 1;
            if c == char::REPLACEMENT_CHARACTER || c.is_control() {
                self.bits += MALFORMED_BITS;
                self.malformed += 1;
                continue;
            }
            let cost = *self
                .costs
                .entry(c)
                .or_insert_with(|| unlisted(self.encoding, c));
            self.bits += cost;
            self.usual += u32::from(cost > USUAL_BITS);
        }
    }

    /// What it costs that two characters stand side by side.
    fn beside(&self, last: char, now: char) -> f32 {
        let is_vowel = |c: char| "aeiouáéíóúàèäöüyAEIOUY".contains(c);
        let is_odd = match last {
            // One byte in two code pages: nearly always a vowel follows, or nearly never.
            'ñ' | 'õ' => !is_vowel(now),
            'ń' => is_vowel(now),
            // `2º` and `1ª` of Spanish, Portuguese and Italian; other letters stand behind a digit by chance.
            '0'..='9' => self.is_latin() && now.is_lowercase() && !matches!(now, 'º' | 'ª'),
            _ => last.is_lowercase() && now.is_uppercase(),
        };
        let is_tone = matches!(now, '\u{300}'..='\u{36F}');
        let odd = match is_odd || is_tone && !is_toned(last) {
            true => ODD_BITS,
            false => 0.0,
        };
        match (last.is_ascii(), now.is_ascii()) {
            (true, true) => 0.0,
            (false, false) => odd + self.script.in_a_row,
            _ if last.is_alphabetic() && now.is_alphabetic() => odd + self.script.beside_ascii,
            _ => odd,
        }
    }
}

/// Whether a letter of Vietnamese takes the tone that stands behind it.
fn is_toned(letter: char) -> bool {
    "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY".contains(letter)
}

/// What a known word in a header is worth: more than its characters are, because it stands there as a whole cell.
fn word_bits(word: &str) -> f32 {
    match word.chars().count() {
        1 => 6.0,
        length => 8.0 + 4.0 * length.min(4) as f32,
    }
}

/// The cost of a character that is not listed, by its place in the tables of the encoding.
fn unlisted(encoding: TextEncoding, c: char) -> f32 {
    let bytes = encoding.encode(c.encode_utf8(&mut [0; 4])).0;
    let (first, second) = match bytes[..] {
        _ if encoding == TextEncoding::UTF_8 => {
            return match c {
                'À'..='ž' | 'Ά'..='ώ' | 'А'..='ё' => -9.0,
                ..'\u{800}' => -15.0,
                _ => -5.0 - 2.0 * bytes.len() as f32,
            };
        }
        [_] if encoding.inner().is_single_byte() => {
            return match c {
                'ˆ' | '˜' | '¨' | '¯' | '¸' | '´' => -18.0,
                _ if c.is_alphabetic() => -12.0,
                _ if "’‘“”–—…€«»°·®™\u{A0}".contains(c) => -10.0,
                _ => -14.0,
            };
        }
        [first, second] if !matches!(c, '\u{E000}'..='\u{F8FF}') => (first, second),
        // A private area, or a character of three or four bytes.
        _ => return -25.0,
    };
    let (symbols, common, rare) = match encoding.name() {
        "Shift_JIS" => (0x81..=0x81, 0x88..=0x97, 0x98..=0xEA),
        "Big5" => (0xA1..=0xA3, 0xA4..=0xC6, 0xC9..=0xF9),
        "CP949" => (0xA1..=0xA3, 0xB0..=0xC8, 0xCA..=0xFD),
        "EUC-JP" => (0xA1..=0xA3, 0xB0..=0xCF, 0xD0..=0xF4),
        _ => (0xA1..=0xA3, 0xB0..=0xD7, 0xD8..=0xF7),
    };
    match first {
        // What Windows has added to the tables of EUC.
        _ if second < 0xA1 && matches!(encoding.name(), "CP949" | "GB18030") => -22.0,
        _ if symbols.contains(&first) => -15.0,
        _ if common.contains(&first) => -15.3,
        _ if rare.contains(&first) => -18.5,
        _ => -21.0,
    }
}

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
