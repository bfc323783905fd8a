//! Names: a full name split into the parts that the service has, where a rule says how, and names compared.

use super::label::narrow;
use std::collections::HashSet;
use std::str::CharIndices;
use std::sync::LazyLock;

/// A full name in parts. Together they hold every character of it but white space and the commas between them.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Split<'a> {
    /// `lastName`: the family name
    pub last: &'a str,
    /// `firstName`; the whole name where nothing says how to split it
    pub first: &'a str,
    /// `middleName`
    pub middle: &'a str,
    /// `prefix`: `Dr.`
    pub prefix: &'a str,
    /// `suffix`: `Jr.`, `부장님`, `様`
    pub suffix: &'a str,
    /// Whether the name was kept whole, apart from a prefix and a suffix.
    pub whole: bool,
}

/// Splits a full name, if its writing has a rule for that.
///
/// - Hangul: two to four syllables that begin with a Korean family name (one of two syllables first, if one or more are
///   left for the given name), or a family name and the rest at a space. Titles behind the name (`부장`, `님`) are a suffix.
/// - Han and Kana: only at a space, the family name first. Titles behind (`様`) are a suffix.
/// - Latin and Greek: `Last, First Middle` and `First Middle Last`, with the usual particles (`van der Berg`), prefixes and
///   suffixes.
/// - Anything else, and what looks like no person's name (digits, brackets, `Ltd`), is kept whole.
pub fn split(full: &str) -> Split<'_> {
    let full = full.trim();
    match script(full) {
        Some(Script::Hangul) => korean(full),
        Some(Script::Ideographic) => family_first(full),
        Some(Script::Alphabetic) => western(full),
        None => mixed(full),
    }
}

/// Replaces `out` with what is equal in two writings of one name: family, given and middle name without white space and
/// punctuation, in lower case and narrow, and Hangul in syllables where it was in single letters (NFD, as from a Mac).
///
/// It is the same for a name in parts and for a Korean, Japanese or Chinese one kept whole in the given name. Latin letters
/// with separate accents are not the same as those with accents; and a name of signs alone is empty.
pub fn comparable(last: &str, first: &str, middle: &str, out: &mut String) {
    out.clear();
    for part in [last, first, middle] {
        out.extend(Folded::new(part));
    }
}

/// Whether a full name says nothing that the parts (at most sixteen) don't say: whether it consists of them, or of some, in
/// any order, apart from spaces, punctuation, case and width. An empty one says nothing.
pub fn same_name(full: &str, parts: &[&str]) -> bool {
    consists_of(Folded::new(full), parts, 0)
}

fn consists_of(full: Folded<'_>, parts: &[&str], used: u16) -> bool {
    if full.clone().next().is_none() {
        return true;
    }
    parts.iter().take(16).enumerate().any(|(index, part)| {
        let bit = 1 << index;
        used & bit == 0
            && after(full.clone(), Folded::new(part))
                .is_some_and(|rest| consists_of(rest, parts, used | bit))
    })
}

/// What follows a part in a name, if the name begins with it and it is not empty.
fn after<'a>(mut full: Folded<'a>, part: Folded<'_>) -> Option<Folded<'a>> {
    let mut any = false;
    for c in part {
        if full.next() != Some(c) {
            return None;
        }
        any = true;
    }
    any.then_some(full)
}

/// The writing that all letters of a name belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Hangul,
    Ideographic,
    Alphabetic,
}

/// The one writing of a text of names. Nothing if there are several, or anything that no name has.
fn script(text: &str) -> Option<Script> {
    let mut script = None;
    for (_, c) in Composed::new(text) {
        let of_char = match c {
            _ if c.is_whitespace() || matches!(c, ',' | '，') => continue,
            'A'..='Z' | 'a'..='z' | '.' | '\'' | '-' => Script::Alphabetic,
            '가'..='힣' => Script::Hangul,
            '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}' => {
                Script::Ideographic
            }
            '々'
            | '〆'
            | '〇'
            | '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}' => Script::Ideographic,
            '\u{20000}'..='\u{3FFFF}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => {
                Script::Ideographic
            }
            '\u{C0}'..='\u{24F}' | '\u{370}'..='\u{3FF}' | '\u{1E00}'..='\u{1FFF}'
                if c.is_alphabetic() =>
            {
                Script::Alphabetic
            }
            '\u{300}'..='\u{36F}' | '’' | '‘' | 'ʼ' | '‐' | '‑' => Script::Alphabetic,
            _ => return None,
        };
        if *script.get_or_insert(of_char) != of_char {
            return None;
        }
    }
    script
}

fn whole(full: &str) -> Split<'_> {
    Split {
        first: full,
        whole: !full.is_empty(),
        ..Split::default()
    }
}

/// A name in two parts, or whole if they are not clear.
fn parted<'a>(full: &'a str, last: &'a str, first: &'a str, is_clear: bool) -> Split<'a> {
    let split = Split {
        last,
        first,
        ..Split::default()
    };
    if is_clear { split } else { whole(full) }
}

/// Two writings: only a Western prefix before a name of another one is clear.
fn mixed(full: &str) -> Split<'_> {
    match full.split_once(char::is_whitespace) {
        Some((prefix, name))
            if is_prefix(prefix)
                && matches!(script(name), Some(Script::Hangul | Script::Ideographic)) =>
        {
            Split {
                prefix,
                ..split(name)
            }
        }
        _ => whole(full),
    }
}

/// Korean family names of one syllable that more than a handful of people have.
const SHORT_SURNAMES: &str = "가간갈감강견경계고곡공곽교구국궁권근금기길김나남낭내노뇌단담당대도돈동두라란랑려로뢰류륙리마만매맹명모목묘묵문미민박반\
    방배백범변복봉부빈빙사삼상서석선설섭성소손송수순승시신심안애야양어엄여연염엽영예오옥온옹왕요용우운원위유육윤은음이인임자장전점정제조종좌주준증\
    지진차창채천초총최추춘탁탄탕태판팽편평포표풍피필하학한함해허현형호홍화환황후흥";

/// Those of two syllables.
const LONG_SURNAMES: &str =
    "남궁 황보 제갈 사공 선우 서문 독고 동방 망절 어금 장곡 강전 소봉 무본 황목 을지";

static SURNAMES: Words = LazyLock::new(|| {
    let words = SHORT_SURNAMES.split("").chain(LONG_SURNAMES.split(' '));
    words.filter(|word| !word.is_empty()).collect()
});

/// Words of two or three syllables that begin like a family name and stand where a name should.
static NO_NAMES: Words = LazyLock::new(|| {
    words(
        "엄마 어머니 이모 이모부 이모님 고모 고모부 고모님 장모 장모님 장인 장인어른 남편 형님 형수 \
    형수님 동생 여동생 남동생 여보 사장 사장님 원장 원장님 이사님 주임님 선생님 교수님 경비실 관리실 \
    고객센터 주식회사 유한회사 대표번호 대표전화 소방서 경찰서",
    )
});

/// What stands behind a Korean name, with or without `님`.
static TITLES: Words = LazyLock::new(|| {
    words(
        "님 씨 군 양 귀하 회장 부회장 사장 부사장 대표 대표이사 이사 이사장 상무 상무이사 전무 전무이사 \
    감사 고문 본부장 센터장 지점장 지사장 공장장 연구소장 소장 원장 부원장 국장 실장 팀장 파트장 \
    그룹장 부장 차장 과장 대리 계장 주임 반장 사원 인턴 수석 책임 선임 수석연구원 책임연구원 \
    선임연구원 연구원 매니저 프로 총무 비서 점장 교장 교감 총장 학장 교수 부교수 조교수 강사 조교 \
    박사 석사 선생 변호사 법무사 세무사 회계사 노무사 변리사 건축사 의사 약사 간호사 기사 기자 작가 \
    감독 코치 의원 위원 위원장 목사 전도사 장로 권사 집사 신부 수녀 스님",
    )
});

fn korean(full: &str) -> Split<'_> {
    if let Some((last, first)) = full.split_once([',', '，']) {
        let (last, first) = (last.trim(), first.trim());
        let is_clear = is_surname(last) && !first.is_empty() && !first.contains([',', '，']);
        return parted(full, last, first, is_clear);
    }
    let titles = titles_at(full, is_title);
    let (name, suffix) = full.split_at(titles);
    let (name, attached) = attached_title(name.trim_end());
    let suffix = if attached.is_empty() {
        suffix
    } else {
        full[name.len()..].trim_start()
    };
    let name_parts = match name.split_once(char::is_whitespace) {
        None => korean_word(name),
        // A family name alone with a title behind it has nothing to split, and any other word is no family name.
        Some((last, first)) if is_surname(last) && is_given_name(first.trim()) => {
            Some((last, first.trim_start()))
        }
        Some(_) => None,
    };
    match name_parts {
        Some((last, first)) => Split {
            last,
            first,
            suffix,
            ..Split::default()
        },
        None if !suffix.is_empty() && is_surname(name) => Split {
            last: name,
            suffix,
            ..Split::default()
        },
        None if attached.is_empty() && !name.contains(char::is_whitespace) => Split {
            suffix,
            ..whole(name)
        },
        None => whole(full),
    }
}

/// Splits a name without spaces: two to four syllables that begin with a family name.
fn korean_word(name: &str) -> Option<(&str, &str)> {
    let syllables = Composed::new(name).count();
    if !(2..=4).contains(&syllables) || NO_NAMES.contains(name) || is_title(name) {
        return None;
    }
    let end = |at| Composed::new(name).nth(at).map(|(start, _)| start);
    let long = end(2)
        .map(|at| name.split_at(at))
        .filter(|(last, _)| is_surname(last));
    long.or_else(|| {
        end(1)
            .map(|at| name.split_at(at))
            .filter(|(last, _)| is_surname(last))
    })
}

fn is_surname(name: &str) -> bool {
    let mut buffer = [0; 6];
    let mut length = 0;
    for (_, c) in Composed::new(name) {
        let end = length + c.len_utf8();
        match buffer.get_mut(length..end) {
            Some(place) => c.encode_utf8(place),
            None => return false,
        };
        length = end;
    }
    std::str::from_utf8(&buffer[..length]).is_ok_and(|name| SURNAMES.contains(name))
}

/// One word, or single syllables (`길 동`).
fn is_given_name(name: &str) -> bool {
    !name.contains(char::is_whitespace)
        || name
            .split_whitespace()
            .all(|word| Composed::new(word).count() == 1)
}

/// A title written on to a name: `홍길동님`, `홍길동부장`, `홍길동선생님`.
///
/// In four syllables or less only `님` is surely no part of the name.
fn attached_title(name: &str) -> (&str, &str) {
    let is_long = Composed::new(name).nth(4).is_some();
    if name.contains(char::is_whitespace) || !(is_long || name.ends_with('님')) {
        return (name, "");
    }
    let ends = Composed::new(name).map(|(at, _)| at).skip(2).take(3);
    let is_titled = |at: &usize| {
        let (person, title) = name.split_at(*at);
        (is_long || title == "님") && is_title(title) && korean_word(person).is_some()
    };
    name.split_at(ends.into_iter().find(is_titled).unwrap_or(name.len()))
}

fn is_title(word: &str) -> bool {
    TITLES.contains(word)
        || word
            .strip_suffix('님')
            .is_some_and(|title| TITLES.contains(title))
}

/// Where the titles behind a name begin, each a word; the length of the text if there are none. The first word is none.
fn titles_at(full: &str, is_title: fn(&str) -> bool) -> usize {
    let mut at = full.len();
    while let Some((before, word)) = full[..at].trim_end().rsplit_once(char::is_whitespace) {
        if !is_title(word) || before.trim().is_empty() {
            break;
        }
        at = before.trim_end().len();
    }
    full.len() - full[at..].trim_start().len()
}

/// What stands behind a Japanese or Chinese name, after a space.
static HONORIFICS: Words = LazyLock::new(|| {
    words(
        "様 さま さん 氏 殿 君 くん 先生 会長 社長 副社長 専務 常務 取締役 部長 次長 課長 係長 主任 店長 \
    所長 支店長 教授 博士 女士 小姐 经理 總經理 总经理 經理 老师 老師 主管",
    )
});

/// What the words of an organisation's name begin or end with.
static ORGANISATIONS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let words = "会社 會社 公司 財団 社団 協会 組合 銀行 病院 医院 クリニック 大学 学校 学院 事務所 センター 工場 商店 株式 有限";
    words.split(' ').collect()
});

fn is_organisation(word: &str) -> bool {
    ORGANISATIONS
        .iter()
        .any(|part| word.starts_with(part) || word.ends_with(part))
}

fn family_first(full: &str) -> Split<'_> {
    if full.split_whitespace().any(is_organisation) {
        return whole(full);
    }
    if let Some((last, first)) = full.split_once([',', '，']) {
        let (last, first) = (last.trim(), first.trim());
        let is_word = |text: &str| {
            !text.is_empty()
                && !text.contains(|c: char| c.is_whitespace() || matches!(c, ',' | '，'))
        };
        // More than a family name before the comma is rather a list of persons.
        let is_clear = is_word(last) && is_word(first) && last.chars().count() <= 3;
        return parted(full, last, first, is_clear);
    }
    let (name, suffix) = full.split_at(titles_at(full, |word| HONORIFICS.contains(word)));
    let name = name.trim_end();
    match name
        .split_once(char::is_whitespace)
        .map(|(last, first)| (last, first.trim_start()))
    {
        Some((last, first)) if !first.contains(char::is_whitespace) => Split {
            last,
            first,
            suffix,
            ..Split::default()
        },
        Some(_) => whole(full),
        None => Split {
            suffix,
            ..whole(name)
        },
    }
}

/// The words of a Western name, as places in it.
struct Line<'a> {
    text: &'a str,
    at: [(usize, usize); MOST_WORDS],
    count: usize,
}

/// More words than any name has that a rule should split.
const MOST_WORDS: usize = 10;

impl<'a> Line<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let mut words = Line {
            text,
            at: [(0, 0); MOST_WORDS],
            count: 0,
        };
        let mut end = 0;
        for word in text.split_whitespace() {
            let start = end + text[end..].find(word)?;
            end = start + word.len();
            *words.at.get_mut(words.count)? = (start, end);
            words.count += 1;
        }
        Some(words)
    }

    fn word(&self, index: usize) -> &'a str {
        self.slice(index, index + 1)
    }

    /// The text of some words in a row.
    fn slice(&self, from: usize, to: usize) -> &'a str {
        if from >= to {
            ""
        } else {
            &self.text[self.at[from].0..self.at[to - 1].1]
        }
    }

    /// How many prefixes stand at the beginning, one word being left.
    fn prefixes(&self) -> usize {
        (0..self.count.saturating_sub(1))
            .take_while(|at| is_prefix(self.word(*at)))
            .count()
    }

    /// Where the suffixes at the end begin, one word after `from` being left.
    fn suffixes(&self, from: usize) -> usize {
        let count = (from + 1..self.count)
            .rev()
            .take_while(|at| is_suffix(self.word(*at)))
            .count();
        self.count - count
    }
}

fn western(full: &str) -> Split<'_> {
    let split = match full.split_once([',', '，']) {
        Some((before, after)) => with_comma(before.trim(), after.trim()),
        None => given_first(full),
    };
    match split {
        Some(split) if !full.split([' ', ',']).any(is_no_person) => split,
        _ => whole(full),
    }
}

/// `First Middle Last`.
fn given_first(full: &str) -> Option<Split<'_>> {
    let words = Line::of(full)?;
    let start = words.prefixes();
    let end = words.suffixes(start);
    let prefix = words.slice(0, start);
    let suffix = words.slice(end, words.count);
    if end - start == 1 {
        return Some(Split {
            prefix,
            suffix,
            ..whole(words.word(start))
        });
    }
    let family = family_at(&words, start, end);
    let first_end = (start + 1).min(family);
    Some(Split {
        last: words.slice(family, end),
        first: words.slice(start, first_end),
        middle: words.slice(first_end, family),
        prefix,
        suffix,
        whole: false,
    })
}

/// Where the family name begins: at the first particle, else at the last word.
fn family_at(words: &Line<'_>, start: usize, end: usize) -> usize {
    let shouted = !words.text.contains(|c: char| c.is_lowercase());
    let first = words.word(start);
    if is_particle(first) && !shouted && !first.starts_with(char::is_uppercase) {
        return start;
    }
    let particle = (start + 1..end - 1).find(|at| is_particle(words.word(*at)));
    particle.unwrap_or_else(|| match end - start {
        4.. if words.word(end - 2) == "y" => end - 3,
        _ => end - 1,
    })
}

/// `Last, First Middle`, or `First Last, Jr.`
fn with_comma<'a>(before: &'a str, after: &'a str) -> Option<Split<'a>> {
    if are_suffixes(after) {
        let split = given_first(before).filter(|split| split.suffix.is_empty() && !split.whole)?;
        return Some(Split {
            suffix: after,
            ..split
        });
    }
    let (given, suffix) = match after.split_once([',', '，']) {
        Some((given, suffix)) if are_suffixes(suffix) => (given.trim(), suffix.trim()),
        Some(_) => return None,
        None => (after, ""),
    };
    let (family, given) = (Line::of(before)?, Line::of(given)?);
    if family.count == 0 || given.count == 0 {
        return None;
    }
    // The suffix stands in one of three places; where it is found first, the others keep what they have.
    let (mut family_end, mut end) = (family.count, given.count);
    let start = given.prefixes();
    if suffix.is_empty() {
        family_end = family.suffixes(0);
    }
    if suffix.is_empty() && family_end == family.count {
        end = given.suffixes(start);
    }
    let behind_family = family.slice(family_end, family.count);
    let behind_given = given.slice(end, given.count);
    let suffix = [suffix, behind_family, behind_given]
        .into_iter()
        .find(|suffix| !suffix.is_empty());
    Some(Split {
        last: family.slice(0, family_end),
        first: given.word(start),
        middle: given.slice(start + 1, end),
        prefix: given.slice(0, start),
        suffix: suffix.unwrap_or_default(),
        whole: false,
    })
}

fn is_prefix(word: &str) -> bool {
    static PREFIXES: Words = LazyLock::new(|| {
        words(
            "mr mrs ms miss mx dr prof professor sir madam herr frau mme mlle mr. mrs. ms. mx. dr. prof.",
        )
    });
    // These are names or words as well, unless they are written as abbreviations.
    static WITH_DOT: Words = LazyLock::new(|| {
        words(
            "rev. hon. capt. col. lt. maj. gen. sgt. ing. mag. fr. sr. sra. srta. dott. dipl.-ing. m.sc. b.sc. h.c. \
            med. jur. phil. nat. rer. habil.",
        )
    });
    has(&PREFIXES, word) || (word.ends_with('.') && has(&WITH_DOT, word))
}

fn is_suffix(word: &str) -> bool {
    static SUFFIXES: Words = LazyLock::new(|| {
        words(
            "jr jr. sr sr. esq esq. esquire phd ph.d ph.d. m.d. d.d.s. m.b.a. j.d. r.n. d.v.m. b.a. m.a. b.sc. m.sc.",
        )
    });
    // Names or words in another case.
    static EXACT: Words =
        LazyLock::new(|| words("II III IV MD DDS DVM JD MBA CPA OBE CBE MBE BSc MSc CFA"));
    EXACT.contains(word) || has(&SUFFIXES, word)
}

fn are_suffixes(text: &str) -> bool {
    let mut words = text
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .peekable();
    words.peek().is_some() && words.all(is_suffix)
}

/// Words that begin a family name. Those that are given names as well do so only in lower case.
fn is_particle(word: &str) -> bool {
    static ALWAYS: Words = LazyLock::new(|| {
        words("van von vom de del della dela di da du des dos la le der ter mac mc o' o’ d' d’")
    });
    static LOWER_CASE: Words = LazyLock::new(|| {
        words(
            "den do das los las el al bin ibn bint ben ten te zu zum zur af av auf op 't ’t dal dalla degli lo st.",
        )
    });
    let begins_with_article = || {
        matches!(
            word.split_once('-'),
            Some((
                "al" | "el" | "ul" | "ad" | "as" | "ash" | "an" | "ar" | "at",
                _
            ))
        )
    };
    has(&ALWAYS, word) || LOWER_CASE.contains(word) || begins_with_article()
}

/// Words that only organisations and couples have in their names.
fn is_no_person(word: &str) -> bool {
    static WORDS: Words =
        LazyLock::new(|| words("inc ltd llc llp gmbh corp co plc and und the team k.k b.v s.a"));
    has(&WORDS, word.strip_suffix('.').unwrap_or(word))
}

/// Words that a rule knows. Looked up, since names are split by the million.
type Words = LazyLock<HashSet<&'static str>>;

fn words(list: &'static str) -> HashSet<&'static str> {
    list.split(' ').collect()
}

/// Whether a word is one of these, in any case of ASCII. None of them is longer than the buffer.
fn has(words: &Words, word: &str) -> bool {
    let mut buffer = [0; 16];
    let Some(lower) = buffer.get_mut(..word.len()) else {
        return false;
    };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).is_ok_and(|word| words.contains(word))
}

/// The characters of a text with their places; Hangul in single letters (conjoining Jamo) comes as the syllables they form.
#[derive(Clone)]
struct Composed<'a>(CharIndices<'a>);

impl<'a> Composed<'a> {
    fn new(text: &'a str) -> Self {
        Composed(text.char_indices())
    }
}

impl Iterator for Composed<'_> {
    type Item = (usize, char);

    fn next(&mut self) -> Option<(usize, char)> {
        let (at, c) = self.0.next()?;
        let Some(lead) = jamo(c, 0x1100, 19) else {
            return Some((at, c));
        };
        let mut ahead = self.0.clone();
        let Some(vowel) = ahead.next().and_then(|(_, c)| jamo(c, 0x1161, 21)) else {
            return Some((at, c));
        };
        self.0 = ahead.clone();
        let mut tail = 0;
        if let Some(index) = ahead.next().and_then(|(_, c)| jamo(c, 0x11A8, 27)) {
            tail = index + 1;
            self.0 = ahead;
        }
        let syllable = char::from_u32(0xAC00 + (lead * 21 + vowel) * 28 + tail);
        Some((at, syllable.expect("19 × 21 × 28 syllables follow U+AC00")))
    }
}

fn jamo(c: char, first: u32, count: u32) -> Option<u32> {
    u32::from(c)
        .checked_sub(first)
        .filter(|index| *index < count)
}

/// The characters that two writings of a name have in common.
#[derive(Clone)]
struct Folded<'a> {
    chars: Composed<'a>,
    /// What is left of a letter whose lower case has several.
    lower: Option<std::char::ToLowercase>,
}

impl<'a> Folded<'a> {
    fn new(text: &'a str) -> Self {
        Folded {
            chars: Composed::new(text),
            lower: None,
        }
    }
}

impl Iterator for Folded<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        if let Some(c) = self.lower.as_mut().and_then(Iterator::next) {
            return Some(c);
        }
        let c = self
            .chars
            .by_ref()
            .map(|(_, c)| narrow(c))
            .find(|c| !is_left_out(*c))?;
        if c.is_ascii() || ('\u{1100}'..='\u{1DFF}').contains(&c) || c >= '\u{2E80}' {
            return Some(c.to_ascii_lowercase());
        }
        let lower = self.lower.insert(c.to_lowercase());
        lower.next()
    }
}

/// White space, punctuation, and what can't be seen.
fn is_left_out(c: char) -> bool {
    if c.is_ascii() {
        return !c.is_ascii_alphanumeric();
    }
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{A1}'..='\u{A9}' | '\u{AB}'..='\u{B4}' | '\u{B6}'..='\u{B8}' | '\u{BB}'..='\u{BF}' | 'ʼ')
        || matches!(c, '\u{200B}'..='\u{206F}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3020}' | '・' | '･' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A name as `prefix|last|first|middle|suffix`, with `=` before one kept whole.
    fn shown(full: &str) -> String {
        let Split {
            last,
            first,
            middle,
            prefix,
            suffix,
            whole,
        } = split(full);
        format!(
            "{}{prefix}|{last}|{first}|{middle}|{suffix}",
            if whole { "=" } else { "" }
        )
    }

    fn assert_all(table: &[(&str, &str)]) {
        for (full, parts) in table {
            assert_eq!(shown(full), *parts, "{full}");
        }
    }

    #[test]
    fn korean_names() {
        assert_all(&[
            ("홍길동", "|홍|길동||"),
            ("김구", "|김|구||"),
            ("남궁민", "|남궁|민||"),
            ("황보예시", "|황보|예시||"),
            ("제갈예시", "|제갈|예시||"),
            ("남궁", "|남|궁||"),
            ("김하늘별", "|김|하늘별||"),
            ("홍 길동", "|홍|길동||"),
            ("홍\u{3000}길동", "|홍|길동||"),
            ("남궁 민", "|남궁|민||"),
            ("홍 길 동", "|홍|길 동||"),
            ("홍, 길동", "|홍|길동||"),
            ("홍길동 부장", "|홍|길동||부장"),
            ("홍길동 부장님", "|홍|길동||부장님"),
            ("홍길동 영업팀장", "=||홍길동 영업팀장||"),
            ("홍길동 수석 연구원", "|홍|길동||수석 연구원"),
            ("홍길동님", "|홍|길동||님"),
            ("홍길동 님", "|홍|길동||님"),
            ("홍길동부장", "|홍|길동||부장"),
            ("남궁예시부장님", "|남궁|예시||부장님"),
            ("김 부장", "|김|||부장"),
            ("홍 길동 부장", "|홍|길동||부장"),
            ("엄마", "=||엄마||"),
            ("고객센터", "=||고객센터||"),
            ("치킨집", "=||치킨집||"),
            ("홍길동 김예시", "=||홍길동 김예시||"),
            ("홍길동, 김예시", "=||홍길동, 김예시||"),
            ("홍길동(예시)", "=||홍길동(예시)||"),
            ("예시 주식회사", "=||예시 주식회사||"),
            ("다섯글자이름", "=||다섯글자이름||"),
            ("홍", "=||홍||"),
            ("부장님", "=||부장님||"),
            ("Dr. 홍길동", "Dr.|홍|길동||"),
            ("홍 Gildong", "=||홍 Gildong||"),
            // The same as single letters, as a Mac writes file names.
            (
                "\u{1112}\u{1169}\u{11BC}\u{1100}\u{1175}\u{11AF}\u{1103}\u{1169}\u{11BC}",
                "|\u{1112}\u{1169}\u{11BC}|\u{1100}\u{1175}\u{11AF}\u{1103}\u{1169}\u{11BC}||",
            ),
        ]);
    }

    #[test]
    fn japanese_and_chinese_names() {
        assert_all(&[
            ("山田太郎", "=||山田太郎||"),
            ("山田 太郎", "|山田|太郎||"),
            ("山田　太郎", "|山田|太郎||"),
            ("佐々木 はなこ", "|佐々木|はなこ||"),
            ("ヤマダ タロウ", "|ヤマダ|タロウ||"),
            ("ﾔﾏﾀﾞ ﾀﾛｳ", "|ﾔﾏﾀﾞ|ﾀﾛｳ||"),
            ("山田 太郎 様", "|山田|太郎||様"),
            ("山田太郎 様", "=||山田太郎||様"),
            ("山田, 太郎", "|山田|太郎||"),
            ("山田太郎, 山田花子", "=||山田太郎, 山田花子||"),
            ("ジョン・スミス", "=||ジョン・スミス||"),
            ("株式会社 例示", "=||株式会社 例示||"),
            ("営業部 山田 太郎", "=||営業部 山田 太郎||"),
            ("王小明", "=||王小明||"),
            ("王 小明", "|王|小明||"),
            ("王小明 经理", "=||王小明||经理"),
        ]);
    }

    #[test]
    fn western_names() {
        assert_all(&[
            ("Jane Doe", "|Doe|Jane||"),
            ("Jane Mary Doe", "|Doe|Jane|Mary|"),
            ("Jan van der Berg", "|van der Berg|Jan||"),
            ("Jan Piet van der Berg", "|van der Berg|Jan|Piet|"),
            ("Ludwig von Beispiel", "|von Beispiel|Ludwig||"),
            ("Maria de la Cruz", "|de la Cruz|Maria||"),
            ("Maria De La Cruz", "|De La Cruz|Maria||"),
            ("JAN VAN DER BERG", "|VAN DER BERG|JAN||"),
            ("van der Berg", "|van der Berg|||"),
            ("Van Doe", "|Doe|Van||"),
            ("Ben Doe", "|Doe|Ben||"),
            ("John Ben Doe", "|Doe|John|Ben|"),
            ("Omar ibn Sina", "|ibn Sina|Omar||"),
            ("Omar al-Beispiel", "|al-Beispiel|Omar||"),
            ("Ann O'Neill", "|O'Neill|Ann||"),
            ("Ann O' Neill", "|O' Neill|Ann||"),
            ("Ann Mac Example", "|Mac Example|Ann||"),
            ("José Ortega y Gasset", "|Ortega y Gasset|José||"),
            ("Doe, Jane", "|Doe|Jane||"),
            ("Doe, Jane Mary", "|Doe|Jane|Mary|"),
            ("Doe, Dr. Jane", "Dr.|Doe|Jane||"),
            ("van der Berg, Jan", "|van der Berg|Jan||"),
            ("Doe Jr., John", "|Doe|John||Jr."),
            ("Doe, John, Jr.", "|Doe|John||Jr."),
            ("John Doe, Jr.", "|Doe|John||Jr."),
            ("John Doe, MD, PhD", "|Doe|John||MD, PhD"),
            ("Dr. Jane Doe", "Dr.|Doe|Jane||"),
            ("Prof. Dr. Jane Doe PhD", "Prof. Dr.|Doe|Jane||PhD"),
            ("Mr John Q. Doe III", "Mr|Doe|John|Q.|III"),
            ("Frau Erika Beispiel", "Frau|Beispiel|Erika||"),
            ("Dr. Doe", "=Dr.||Doe||"),
            ("Jane", "=||Jane||"),
            ("John Doe & Jane Doe", "=||John Doe & Jane Doe||"),
            ("John and Jane Doe", "=||John and Jane Doe||"),
            ("Example, Inc.", "=||Example, Inc.||"),
            ("Example Trading Ltd", "=||Example Trading Ltd||"),
            ("Doe, ", "=||Doe,||"),
            (", Jane", "=||, Jane||"),
            ("Doe, Jane, Sales", "=||Doe, Jane, Sales||"),
            ("Jane Doe (Sales)", "=||Jane Doe (Sales)||"),
            ("jane@example.com", "=||jane@example.com||"),
            ("Room 12", "=||Room 12||"),
            ("Иван Примеров", "=||Иван Примеров||"),
            ("", "||||"),
            ("  ", "||||"),
        ]);
    }

    fn key(last: &str, first: &str, middle: &str) -> String {
        let mut out = "left over".to_owned();
        comparable(last, first, middle, &mut out);
        out
    }

    #[test]
    fn writings_of_one_name_are_equal() {
        assert_eq!(key("홍", "길동", ""), key("", "홍 길동", ""));
        assert_eq!(
            key("홍", "길동", ""),
            key(
                "",
                "\u{1112}\u{1169}\u{11BC}\u{1100}\u{1175}\u{11AF}\u{1103}\u{1169}\u{11BC}",
                ""
            )
        );
        assert_eq!(key("山田", "太郎", ""), key("山田　", "太郎", ""));
        assert_eq!(key("DOE", "JANE", "Q."), key("Doe", "Jane", "q"));
        assert_eq!(key("Ｄｏｅ", "Jane", ""), key("Doe", "Jane", ""));
        assert_eq!(key("O'Neill", "Ann", ""), key("O’Neill", "Ann", ""));
        assert_eq!(key("ÉXAMPLE", "", ""), key("éxample", "", ""));
        assert_ne!(key("홍", "길동", ""), key("홍", "길순", ""));
        assert_eq!(key(" ", "-", "()"), "");
    }

    #[test]
    fn a_full_name_may_only_repeat_its_parts() {
        assert!(same_name("홍길동", &["홍", "길동", ""]));
        assert!(same_name("길동 홍", &["홍", "길동"]));
        assert!(same_name(
            "Dr. Jan van der Berg",
            &["van der Berg", "Jan", "", "Dr.", ""]
        ));
        assert!(same_name("Berg, Jan", &["BERG", "jan", "Piet"]));
        assert!(same_name("", &["홍"]));
        assert!(!same_name("홍길동", &["홍", "길순"]));
        assert!(!same_name("홍길동", &[]));
        assert!(!same_name("홍홍", &["홍"]));
        assert!(!same_name("홍길동 (예시)", &["홍", "길동"]));
        // The second part has to be tried in the first place.
        assert!(same_name("안나 안", &["안", "안나"]));
    }

    fn sorted(text: &str) -> Vec<char> {
        let mut chars: Vec<char> = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, ',' | '，'))
            .collect();
        chars.sort_unstable();
        chars
    }

    fn assert_kept(full: &str) {
        let Split {
            last,
            first,
            middle,
            prefix,
            suffix,
            ..
        } = split(full);
        assert_eq!(
            sorted(&[last, first, middle, prefix, suffix].concat()),
            sorted(full),
            "{full}"
        );
    }

    fn like_a_name() -> impl Strategy<Value = String> {
        let words = vec![
            "홍",
            "길동",
            "남궁",
            "부장님",
            "님",
            "씨",
            "홍길동",
            "山田",
            "太郎",
            "様",
            "ヤマダ",
            "Jan",
            "van",
            "der",
            "Berg",
            "y",
            "Dr.",
            "Jr.",
            "PhD",
            "Mr",
            "Inc",
            "O'",
            "(",
            "\u{1112}\u{1169}\u{11BC}",
        ];
        let word = (
            proptest::sample::select(words),
            proptest::sample::select(vec![" ", "", ",", ", ", "\u{3000}", "，"]),
        );
        proptest::collection::vec(word, 0..8).prop_map(|words| {
            words
                .iter()
                .map(|(word, space)| format!("{word}{space}"))
                .collect()
        })
    }

    proptest! {
        #[test]
        fn every_character_of_a_name_is_kept(full in like_a_name(), any in any::<String>()) {
            assert_kept(&full);
            assert_kept(&any);
        }

        #[test]
        fn the_parts_of_a_name_make_it_up(full in like_a_name()) {
            let Split { last, first, middle, prefix, suffix, .. } = split(&full);
            prop_assert!(same_name(&full, &[last, first, middle, prefix, suffix]));
        }

        #[test]
        fn any_two_texts_are_compared_without_a_panic(one in any::<String>(), other in any::<String>()) {
            let _ = (key(&one, &other, ""), same_name(&one, &[&other, &one]));
        }
    }
}
