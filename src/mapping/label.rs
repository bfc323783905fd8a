//! Labels of telephones, dates, addresses and messengers, as exports write them, and the service's types.
//!
//! A label is read word by word (`Work Fax`, `WORK;FAX`, `회사팩스`, `勤務先FAX`), with no regard for case, width, blanks and
//! punctuation. Only a label that is made of known words alone gives a type; any other one is kept as the custom type.

use super::trimmed;
use std::sync::LazyLock;

/// What a label says about the type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// This type of the service.
    Type(&'static str),
    /// None of the service's types: `CUSTOM`, with the label as `customType`.
    Custom,
    /// Nothing: there is no label, or it only says what is known anyway (`VOICE`, `전화`).
    None,
}

/// The label without what exports put around it, and whether Google marked the value as the preferred one (`* Work`).
///
/// Apple writes its own labels as `_$!<Work>!$_`.
pub fn marked(label: &str) -> (&str, bool) {
    let label = trimmed(label);
    let (label, preferred) = match label.strip_prefix('*') {
        Some("") => ("", true),
        Some(rest) if rest.starts_with(' ') => (rest.trim_start(), true),
        _ => (label, false),
    };
    (without_apple_marks(label), preferred)
}

/// The type of a telephone.
///
/// A fax of which it is not said whether it is at home or at work stays a custom type, and so does `Main`. A mobile is a
/// mobile, also where it is that of the work.
pub fn telephone(label: &str) -> Kind {
    // The labels of most telephones, without taking them apart.
    match label {
        "Mobile" | "CELL" | "휴대폰" | "휴대전화" | "携帯" | "携帯電話" => {
            return Kind::Type("CELLPHONE");
        }
        "Work" | "WORK" | "회사" | "직장" | "勤務先" | "会社" => {
            return Kind::Type("WORK");
        }
        "Home" | "HOME" | "집" | "自宅" => return Kind::Type("HOME"),
        "Work Fax" => return Kind::Type("WORK_FAX"),
        "Home Fax" => return Kind::Type("HOME_FAX"),
        "" => return Kind::None,
        _ => {}
    }
    let Some(said) = Said::read(label, &TELEPHONE_WORDS) else {
        return Kind::Custom;
    };
    if said.has(FAX) {
        return match (said.has(WORK), said.has(HOME)) {
            _ if said.has(CELL | OTHER) => Kind::Custom,
            (true, false) => Kind::Type("WORK_FAX"),
            (false, true) => Kind::Type("HOME_FAX"),
            _ => Kind::Custom,
        };
    }
    if said.has(CELL) && !said.has(OTHER) {
        return Kind::Type("CELLPHONE");
    }
    said.place()
}

/// The type of an address.
pub fn location(label: &str) -> Kind {
    // The commonest, without taking them apart.
    match label {
        "Work" | "WORK" => return Kind::Type("WORK"),
        "Home" | "HOME" => return Kind::Type("HOME"),
        "" => return Kind::None,
        _ => {}
    }
    Said::read(label, &LOCATION_WORDS).map_or(Kind::Custom, Said::place)
}

/// The type of a date. Whether it is counted by the moon is `date::is_lunar`'s question.
pub fn event(label: &str) -> Kind {
    match label {
        "Birthday" => return Kind::Type("BIRTHDAY"),
        "Anniversary" => return Kind::Type("ANNIVERSARY"),
        _ => {}
    }
    let Some(said) = Said::read(label, &EVENT_WORDS) else {
        return Kind::Custom;
    };
    match said.0 {
        0 => Kind::None,
        BIRTHDAY => Kind::Type("BIRTHDAY"),
        ANNIVERSARY => Kind::Type("ANNIVERSARY"),
        OTHER => Kind::Type("OTHER"),
        _ => Kind::Custom,
    }
}

/// The type of a messenger, by the name of the service. Twitter is `X`: the vendor took `TWITTER` away.
pub fn messenger(service: &str) -> Kind {
    let Some(said) = Said::read(service, &MESSENGER_WORDS) else {
        return Kind::Custom;
    };
    match said.0 {
        0 => Kind::None,
        X => Kind::Type("X"),
        FACEBOOK => Kind::Type("FACEBOOK"),
        LINE => Kind::Type("LINE"),
        _ => Kind::Custom,
    }
}

/// The character that a full-width form of ASCII stands for; any other one as it is. The ideographic space is a space.
pub(super) fn narrow(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0)
            .expect("the full-width forms stand in the order of ASCII"),
        c => c,
    }
}

/// Whether a word is one of a list with blanks between, with no regard for the case of ASCII.
pub(super) fn is_listed(words: &str, word: &str) -> bool {
    words.split(' ').any(|one| one.eq_ignore_ascii_case(word))
}

/// What the words of a label say, one bit each.
#[derive(Clone, Copy)]
struct Said(u16);

const NOTHING: u16 = 0;
const WORK: u16 = 1;
const HOME: u16 = 1 << 1;
const OTHER: u16 = 1 << 2;
const CELL: u16 = 1 << 3;
const FAX: u16 = 1 << 4;
const MAIN: u16 = 1 << 5;
const PERSONAL: u16 = 1 << 6;
const BIRTHDAY: u16 = 1 << 7;
const ANNIVERSARY: u16 = 1 << 8;
const X: u16 = 1 << 9;
const FACEBOOK: u16 = 1 << 10;
const LINE: u16 = 1 << 11;

/// What words say, and the words, folded, with blanks between.
type Vocabulary = [(u16, &'static str)];

const PLACES: &Vocabulary = &[
    (
        WORK,
        "work business office company 회사 직장 근무처 근무지 사무실 업무 업무용",
    ),
    (
        WORK,
        "勤務先 会社 職場 仕事 オフィス 单位 單位 公司 工作 办公室 辦公室",
    ),
    (
        WORK,
        "arbeit geschäftlich geschaeftlich dienstlich büro buero firma travail bureau professionnel pro trabajo oficina lavoro ufficio trabalho escritório praca werk",
    ),
    (
        HOME,
        "privat zuhause domicile maison casa domicilio hogar dom thuis",
    ),
    (HOME, "home house 집 자택 가정 自宅 家 家庭 住宅 住家"),
    (OTHER, "other 기타 その他 その他の 其他 其它"),
    (PERSONAL, "personal private 개인 個人"),
    (NOTHING, "pref preferred primary の"),
];

const TELEPHONES: &Vocabulary = &[
    (
        CELL,
        "mobile cell cellular cellphone iphone pcs 휴대폰 휴대전화 핸드폰 모바일 아이폰",
    ),
    (
        CELL,
        "携帯 携帯電話 ケータイ スマホ モバイル 手机 手機 移动 行動",
    ),
    (
        CELL,
        "handy mobil mobiltelefon portable móvil movil celular cellulare telemóvel komórka komorka",
    ),
    (FAX, "telefax fax 팩스 ファックス ファクス 传真 傳真"),
    (MAIN, "main 대표 代表"),
    (
        NOTHING,
        "voice msg text video phone telephone telefon téléphone telefono teléfono tel number 전화 전화번호 번호",
    ),
    (NOTHING, "電話 電話番号 番号 电话 号码 號碼"),
];

const ADDRESSES: &Vocabulary = &[(NOTHING, "address dom intl postal parcel 주소 住所 地址")];

const EVENTS: &Vocabulary = &[
    (
        BIRTHDAY,
        "birthday bday birthdate dateofbirth 생일 생년월일 誕生日 生年月日 生日 出生日期",
    ),
    (
        ANNIVERSARY,
        "anniversary weddinganniversary 기념일 결혼기념일 記念日 結婚記念日",
    ),
    (
        ANNIVERSARY,
        "纪念日 结婚纪念日 周年纪念日 紀念日 結婚紀念日",
    ),
    (OTHER, "other 기타 その他 其他 其它"),
    (
        NOTHING,
        "lunar solar 음력 양력 旧暦 陰暦 新暦 农历 阴历 农曆 農曆 陰曆 公历 阳历",
    ),
];

const MESSENGERS: &Vocabulary = &[
    (X, "x twitter xtwitter 트위터 ツイッター 推特"),
    (
        FACEBOOK,
        "facebook fb facebookmessenger messenger 페이스북 페이스북메신저 フェイスブック 脸书 臉書",
    ),
    (LINE, "line 라인 ライン"),
];

/// Words with what they say, longer ones before shorter ones.
type Words = LazyLock<Vec<(&'static str, u16)>>;

static TELEPHONE_WORDS: Words = LazyLock::new(|| words(&[PLACES, TELEPHONES]));
static LOCATION_WORDS: Words = LazyLock::new(|| words(&[PLACES, ADDRESSES]));
static EVENT_WORDS: Words = LazyLock::new(|| words(&[EVENTS]));
static MESSENGER_WORDS: Words = LazyLock::new(|| words(&[MESSENGERS]));

fn words(vocabularies: &[&Vocabulary]) -> Vec<(&'static str, u16)> {
    let groups = vocabularies.iter().copied().flatten();
    let mut words: Vec<_> = groups
        .flat_map(|(says, words)| words.split(' ').map(|word| (word, *says)))
        .collect();
    words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    words
}

impl Said {
    /// What a label says, if it is made of these words and numbers alone. At every place the longest word is taken.
    fn read(label: &str, words: &[(&str, u16)]) -> Option<Said> {
        let mut buffer = [0; LONGEST];
        let folded = fold(marked(label).0, &mut buffer)?;
        let mut rest = folded.trim_start_matches(|c: char| c.is_ascii_digit());
        if rest.is_empty() && !folded.is_empty() {
            return None;
        }
        let mut said = 0;
        while !rest.is_empty() {
            let (word, says) = words.iter().find(|(word, _)| rest.starts_with(word))?;
            said |= says;
            rest = rest[word.len()..].trim_start_matches(|c: char| c.is_ascii_digit());
        }
        Some(Said(said))
    }

    fn has(self, bits: u16) -> bool {
        self.0 & bits != 0
    }

    /// Work, home or other, where one alone is named.
    fn place(self) -> Kind {
        match self.0 & !PERSONAL {
            0 if self.0 == 0 => Kind::None,
            WORK => Kind::Type("WORK"),
            HOME => Kind::Type("HOME"),
            OTHER => Kind::Type("OTHER"),
            // The main number of a company is one at work; whose main number `Main` alone is, nobody says.
            said if said == WORK | MAIN => Kind::Type("WORK"),
            _ => Kind::Custom,
        }
    }
}

/// The bytes of the longest label that can be made of known words.
const LONGEST: usize = 64;

/// The label's letters and digits alone, in lower case and narrow. Nothing if it is longer than any known one.
fn fold<'b>(label: &str, buffer: &'b mut [u8; LONGEST]) -> Option<&'b str> {
    let mut length = 0;
    for c in label.chars().map(narrow) {
        if is_punctuation(c) {
            continue;
        }
        let c = c.to_lowercase().next().unwrap_or(c);
        let end = length + c.len_utf8();
        c.encode_utf8(buffer.get_mut(length..end)?);
        length = end;
    }
    std::str::from_utf8(&buffer[..length]).ok()
}

fn is_punctuation(c: char) -> bool {
    c.is_whitespace()
        || c.is_ascii_punctuation()
        || matches!(c, '・' | '·' | '［' | '］' | '【' | '】')
}

/// `_$!<Work>!$_` → `Work`; some programs lose the underscores.
fn without_apple_marks(label: &str) -> &str {
    let inner = label.strip_prefix('_').unwrap_or(label).strip_prefix("$!<");
    let inner =
        inner.and_then(|inner| inner.strip_suffix('_').unwrap_or(inner).strip_suffix(">!$"));
    inner.unwrap_or(label)
}

#[cfg(test)]
mod tests;
