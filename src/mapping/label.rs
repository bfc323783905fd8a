//! Labels of telephones, dates, addresses and messengers, as exports write them, and the service's types.
//!
//! A label is read word by word (`Work Fax`, `WORK;FAX`, `회사팩스`, `勤務先FAX`), with no regard for case, width, blanks and
//! punctuation. Only a label that is made of known words alone gives a type; any other one is kept as the custom type.

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
    let label = label.trim();
    let (label, preferred) = match label.strip_prefix("* ") {
        Some(label) => (label.trim_start(), true),
        None => (label, false),
    };
    (without_apple_marks(label), preferred)
}

/// The type of a telephone.
///
/// A fax of which it is not said whether it is at home or at work stays a custom type, and so does `Main`. A mobile is a
/// mobile, also where it is that of the work.
pub fn telephone(label: &str) -> Kind {
    match label {
        "Mobile" | "CELL" => return Kind::Type("CELLPHONE"),
        "Work" | "WORK" => return Kind::Type("WORK"),
        "Home" | "HOME" => return Kind::Type("HOME"),
        "" => return Kind::None,
        _ => {}
    }
    let Some(said) = Said::read(label, &[PLACES, TELEPHONES]) else {
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
    Said::read(label, &[PLACES, ADDRESSES]).map_or(Kind::Custom, Said::place)
}

/// The type of a date. Whether it is counted by the moon is `date::is_lunar`'s question.
pub fn event(label: &str) -> Kind {
    let Some(said) = Said::read(label, &[EVENTS]) else {
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
    let Some(said) = Said::read(service, &[MESSENGERS]) else {
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

/// A word, folded, and what it says.
type Words = &'static [(&'static str, u16)];

const PLACES: Words = &[
    ("work", WORK),
    ("business", WORK),
    ("office", WORK),
    ("company", WORK),
    ("home", HOME),
    ("house", HOME),
    ("other", OTHER),
    ("personal", PERSONAL),
    ("private", PERSONAL),
    ("pref", NOTHING),
    ("preferred", NOTHING),
    ("primary", NOTHING),
    ("회사", WORK),
    ("직장", WORK),
    ("근무처", WORK),
    ("근무지", WORK),
    ("사무실", WORK),
    ("업무", WORK),
    ("업무용", WORK),
    ("자택", HOME),
    ("집", HOME),
    ("가정", HOME),
    ("기타", OTHER),
    ("개인", PERSONAL),
    ("勤務先", WORK),
    ("会社", WORK),
    ("職場", WORK),
    ("仕事", WORK),
    ("オフィス", WORK),
    ("自宅", HOME),
    ("家", HOME),
    ("その他の", OTHER),
    ("その他", OTHER),
    ("個人", PERSONAL),
    ("单位", WORK),
    ("單位", WORK),
    ("公司", WORK),
    ("工作", WORK),
    ("办公室", WORK),
    ("辦公室", WORK),
    ("家庭", HOME),
    ("住宅", HOME),
    ("住家", HOME),
    ("其他", OTHER),
    ("其它", OTHER),
    ("の", NOTHING),
];

const TELEPHONES: Words = &[
    ("mobile", CELL),
    ("cell", CELL),
    ("cellular", CELL),
    ("cellphone", CELL),
    ("iphone", CELL),
    ("pcs", CELL),
    ("fax", FAX),
    ("main", MAIN),
    ("voice", NOTHING),
    ("msg", NOTHING),
    ("text", NOTHING),
    ("video", NOTHING),
    ("phone", NOTHING),
    ("telephone", NOTHING),
    ("tel", NOTHING),
    ("number", NOTHING),
    ("휴대폰", CELL),
    ("휴대전화", CELL),
    ("핸드폰", CELL),
    ("모바일", CELL),
    ("아이폰", CELL),
    ("팩스", FAX),
    ("대표", MAIN),
    ("전화번호", NOTHING),
    ("전화", NOTHING),
    ("번호", NOTHING),
    ("携帯電話", CELL),
    ("携帯", CELL),
    ("ケータイ", CELL),
    ("スマホ", CELL),
    ("モバイル", CELL),
    ("ファックス", FAX),
    ("ファクス", FAX),
    ("代表", MAIN),
    ("電話番号", NOTHING),
    ("電話", NOTHING),
    ("番号", NOTHING),
    ("手机", CELL),
    ("手機", CELL),
    ("移动", CELL),
    ("行動", CELL),
    ("传真", FAX),
    ("傳真", FAX),
    ("电话", NOTHING),
    ("号码", NOTHING),
    ("號碼", NOTHING),
];

const ADDRESSES: Words = &[
    ("address", NOTHING),
    ("dom", NOTHING),
    ("intl", NOTHING),
    ("postal", NOTHING),
    ("parcel", NOTHING),
    ("주소", NOTHING),
    ("住所", NOTHING),
    ("地址", NOTHING),
];

const EVENTS: Words = &[
    ("birthday", BIRTHDAY),
    ("bday", BIRTHDAY),
    ("birthdate", BIRTHDAY),
    ("dateofbirth", BIRTHDAY),
    ("anniversary", ANNIVERSARY),
    ("weddinganniversary", ANNIVERSARY),
    ("other", OTHER),
    ("lunar", NOTHING),
    ("solar", NOTHING),
    ("생일", BIRTHDAY),
    ("생년월일", BIRTHDAY),
    ("결혼기념일", ANNIVERSARY),
    ("기념일", ANNIVERSARY),
    ("기타", OTHER),
    ("음력", NOTHING),
    ("양력", NOTHING),
    ("誕生日", BIRTHDAY),
    ("生年月日", BIRTHDAY),
    ("結婚記念日", ANNIVERSARY),
    ("記念日", ANNIVERSARY),
    ("その他", OTHER),
    ("旧暦", NOTHING),
    ("陰暦", NOTHING),
    ("新暦", NOTHING),
    ("生日", BIRTHDAY),
    ("出生日期", BIRTHDAY),
    ("结婚纪念日", ANNIVERSARY),
    ("結婚紀念日", ANNIVERSARY),
    ("纪念日", ANNIVERSARY),
    ("紀念日", ANNIVERSARY),
    ("周年纪念日", ANNIVERSARY),
    ("其他", OTHER),
    ("其它", OTHER),
    ("农历", NOTHING),
    ("阴历", NOTHING),
    ("農曆", NOTHING),
    ("陰曆", NOTHING),
    ("公历", NOTHING),
    ("阳历", NOTHING),
];

const MESSENGERS: Words = &[
    ("x", X),
    ("twitter", X),
    ("트위터", X),
    ("ツイッター", X),
    ("推特", X),
    ("facebook", FACEBOOK),
    ("fb", FACEBOOK),
    ("facebookmessenger", FACEBOOK),
    ("messenger", FACEBOOK),
    ("페이스북", FACEBOOK),
    ("페이스북메신저", FACEBOOK),
    ("フェイスブック", FACEBOOK),
    ("脸书", FACEBOOK),
    ("臉書", FACEBOOK),
    ("line", LINE),
    ("라인", LINE),
    ("ライン", LINE),
];

impl Said {
    /// What a label says, if it is made of these words and numbers alone.
    fn read(label: &str, vocabularies: &[Words]) -> Option<Said> {
        let mut buffer = [0; LONGEST];
        let folded = fold(marked(label).0, &mut buffer)?;
        let mut rest = folded.trim_start_matches(|c: char| c.is_ascii_digit());
        if rest.is_empty() && !folded.is_empty() {
            return None;
        }
        let mut said = 0;
        while !rest.is_empty() {
            let (word, meaning) = longest_word(rest, vocabularies)?;
            said |= meaning;
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

fn longest_word(rest: &str, vocabularies: &[Words]) -> Option<(&'static str, u16)> {
    let words = vocabularies.iter().flat_map(|words| words.iter());
    words
        .filter(|(word, _)| rest.starts_with(word))
        .max_by_key(|(word, _)| word.len())
        .copied()
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
        let c = c.to_ascii_lowercase();
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
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn assert_all(read: fn(&str) -> Kind, table: &[(Kind, &[&str])]) {
        for (kind, labels) in table {
            for label in *labels {
                assert_eq!(read(label), *kind, "{label}");
            }
        }
    }

    #[test]
    fn telephones_in_all_languages() {
        let table: &[(Kind, &[&str])] = &[
            (
                Kind::Type("CELLPHONE"),
                &[
                    "Mobile",
                    "mobile",
                    "ＭＯＢＩＬＥ",
                    "* Mobile",
                    "_$!<Mobile>!$_",
                    "$!<Mobile>!$",
                    "CELL",
                    "cell,voice",
                    "CELL;VOICE",
                    "CELL;PREF",
                    "iPhone",
                    "Mobile Phone",
                    "Mobile 2",
                    "휴대폰",
                    "핸드폰",
                    "휴대 전화",
                    "휴대폰번호",
                    "携帯",
                    "携帯電話",
                    "手机",
                    "手機",
                    "WORK,CELL",
                    "회사 휴대폰",
                    "개인 휴대폰",
                ],
            ),
            (
                Kind::Type("WORK"),
                &[
                    "Work",
                    "* Work",
                    "WORK",
                    "WORK;VOICE",
                    "work,voice,pref,msg",
                    "Business Phone 2",
                    "Company Main Phone",
                    "회사",
                    "직장",
                    "근무처",
                    "근무처 전화 2",
                    "회사 대표 전화",
                    "사무실",
                    "勤務先",
                    "会社",
                    "会社電話",
                    "会社代表電話",
                    "公司",
                    "单位",
                    "工作",
                    "办公室",
                ],
            ),
            (
                Kind::Type("HOME"),
                &[
                    "Home",
                    "_$!<Home>!$_",
                    "HOME,VOICE",
                    "Home Phone",
                    "집",
                    "자택",
                    "집 전화 번호",
                    "自宅",
                    "自宅電話",
                    "家庭",
                    "住宅",
                ],
            ),
            (
                Kind::Type("WORK_FAX"),
                &[
                    "Work Fax",
                    "WORK;FAX",
                    "FAX,WORK",
                    "_$!<WorkFAX>!$_",
                    "Business Fax",
                    "회사 팩스",
                    "회사팩스",
                    "근무지 팩스",
                    "회사Fax번호",
                    "勤務先FAX",
                    "勤務先ＦＡＸ",
                    "会社FAX",
                    "会社 FAX",
                    "单位传真",
                    "公司传真",
                ],
            ),
            (
                Kind::Type("HOME_FAX"),
                &[
                    "Home Fax",
                    "HOME;FAX",
                    "_$!<HomeFAX>!$_",
                    "집 팩스",
                    "자택팩스",
                    "自宅FAX",
                    "自宅ファックス",
                    "家庭传真",
                ],
            ),
            (
                Kind::Type("OTHER"),
                &[
                    "Other",
                    "_$!<Other>!$_",
                    "Other Phone",
                    "기타",
                    "기타 전화",
                    "その他",
                    "その他の電話",
                    "其他",
                ],
            ),
            (
                Kind::Custom,
                &[
                    "Fax",
                    "팩스",
                    "传真",
                    "FAX",
                    "Other Fax",
                    "기타 팩스",
                    "その他の FAX",
                    "Main",
                    "대표",
                    "Pager",
                    "호출기",
                    "Car Phone",
                    "Assistant's Phone",
                    "본사 2층",
                    "GRAND_CENTRAL",
                    "Work, Home",
                    "2",
                    "Personal",
                    "Homework helpers",
                    "A label that is much longer than any label that could be made of known words alone",
                ],
            ),
            (
                Kind::None,
                &["", "  ", "VOICE", "pref", "전화", "電話番号", "Phone"],
            ),
        ];
        assert_all(telephone, table);
    }

    #[test]
    fn locations_in_all_languages() {
        let table: &[(Kind, &[&str])] = &[
            (
                Kind::Type("WORK"),
                &[
                    "Work",
                    "WORK",
                    "Business Address",
                    "회사",
                    "근무지 주소",
                    "勤務先",
                    "会社住所",
                    "公司地址",
                ],
            ),
            (
                Kind::Type("HOME"),
                &[
                    "Home",
                    "dom,home,postal,parcel",
                    "집",
                    "자택",
                    "집 주소",
                    "自宅",
                    "家庭地址",
                ],
            ),
            (
                Kind::Type("OTHER"),
                &["Other", "기타", "기타 주소", "その他", "其他"],
            ),
            (
                Kind::Custom,
                &["별장", "Summer house by the sea", "Mobile", "WORK,HOME"],
            ),
            (Kind::None, &["", "주소", "Address", "INTL,POSTAL,PARCEL"]),
        ];
        assert_all(location, table);
    }

    #[test]
    fn events_in_all_languages() {
        let table: &[(Kind, &[&str])] = &[
            (
                Kind::Type("BIRTHDAY"),
                &[
                    "Birthday",
                    "BDAY",
                    "생일",
                    "생일(음력)",
                    "음력 생일",
                    "생년월일",
                    "誕生日",
                    "誕生日（旧暦）",
                    "生日",
                    "农历生日",
                ],
            ),
            (
                Kind::Type("ANNIVERSARY"),
                &[
                    "Anniversary",
                    "_$!<Anniversary>!$_",
                    "Wedding anniversary",
                    "기념일",
                    "결혼기념일",
                    "결혼 기념일",
                    "記念日",
                    "結婚記念日",
                    "结婚纪念日",
                    "纪念日",
                ],
            ),
            (
                Kind::Type("OTHER"),
                &["Other", "_$!<Other>!$_", "기타", "その他", "其他"],
            ),
            (
                Kind::Custom,
                &["입사일", "First day at work", "Birthday anniversary"],
            ),
            (Kind::None, &["", "음력"]),
        ];
        assert_all(event, table);
    }

    #[test]
    fn messengers_in_all_languages() {
        let table: &[(Kind, &[&str])] = &[
            (
                Kind::Type("X"),
                &[
                    "X",
                    "x",
                    "Twitter",
                    "TWITTER",
                    "트위터",
                    "ツイッター",
                    "X (Twitter)",
                    "推特",
                ],
            ),
            (
                Kind::Type("FACEBOOK"),
                &[
                    "Facebook",
                    "FACEBOOK",
                    "페이스북",
                    "フェイスブック",
                    "Messenger",
                    "Facebook Messenger",
                ],
            ),
            (
                Kind::Type("LINE"),
                &["LINE", "line", "라인", "ライン", "ＬＩＮＥ"],
            ),
            (
                Kind::Custom,
                &[
                    "KakaoTalk",
                    "카카오톡",
                    "Skype",
                    "WhatsApp",
                    "Windows Live Messenger",
                    "LINE/X",
                ],
            ),
            (Kind::None, &["", " "]),
        ];
        assert_all(messenger, table);
    }

    #[test]
    fn marks_are_taken_off_a_label() {
        assert_eq!(marked("* Work"), ("Work", true));
        assert_eq!(marked(" Work "), ("Work", false));
        assert_eq!(marked("_$!<Work>!$_"), ("Work", false));
        assert_eq!(marked("$!<Home>!$"), ("Home", false));
        assert_eq!(marked("*"), ("*", false));
        assert_eq!(marked("_$!<Work"), ("_$!<Work", false));
    }

    #[test]
    fn every_type_is_one_of_the_service() {
        use crate::contact::limits;
        let types = |read: fn(&str) -> Kind, words: &[Words], allowed: &[&str]| {
            for (word, _) in words.iter().flat_map(|words| words.iter()) {
                if let Kind::Type(kind) = read(word) {
                    assert!(allowed.contains(&kind), "{word} gives {kind}");
                }
            }
        };
        types(telephone, &[PLACES, TELEPHONES], limits::TELEPHONE_TYPES);
        types(location, &[PLACES, ADDRESSES], limits::LOCATION_TYPES);
        types(event, &[EVENTS], limits::EVENT_TYPES);
        types(messenger, &[MESSENGERS], limits::MESSENGER_TYPES);
    }

    proptest! {
        #[test]
        fn any_label_is_read_without_a_panic(label in any::<String>(), words in "(work|집|ＦＡＸ|自宅|[ ;,*_$!<>2]){0,20}") {
            for label in [&label, &words] {
                let _ = (telephone(label), location(label), event(label), messenger(label), marked(label));
            }
        }

        #[test]
        fn case_width_and_blanks_do_not_matter(at in 0..PLACES.len(), blanks in 0..3usize) {
            let word = PLACES[at].0;
            let spaced = format!("{}{}", " ".repeat(blanks), word.to_uppercase());
            prop_assert_eq!(telephone(word), telephone(&spaced));
        }
    }
}
