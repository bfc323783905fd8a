//! Labels in the languages of the exports, and laws over any label.

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
    assert_eq!(marked("*"), ("", true));
    assert_eq!(marked("_$!<Work"), ("_$!<Work", false));
}

#[test]
fn every_type_is_one_of_the_service() {
    use crate::contact::limits;
    let types = |read: fn(&str) -> Kind, words: &Words, allowed: &[&str]| {
        for (word, _) in words.iter() {
            if let Kind::Type(kind) = read(word) {
                assert!(allowed.contains(&kind), "{word} gives {kind}");
            }
        }
    };
    types(telephone, &TELEPHONE_WORDS, limits::TELEPHONE_TYPES);
    types(location, &LOCATION_WORDS, limits::LOCATION_TYPES);
    types(event, &EVENT_WORDS, limits::EVENT_TYPES);
    types(messenger, &MESSENGER_WORDS, limits::MESSENGER_TYPES);
}

proptest! {
    #[test]
    fn any_label_is_read_without_a_panic(label in any::<String>(), words in "(work|집|ＦＡＸ|自宅|[ ;,*_$!<>2]){0,20}") {
        for label in [&label, &words] {
            let _ = (telephone(label), location(label), event(label), messenger(label), marked(label));
        }
    }

    #[test]
    fn case_and_blanks_do_not_matter(at in 0..TELEPHONE_WORDS.len(), blanks in 0..3usize) {
        let word = &TELEPHONE_WORDS[at].0;
        let spaced = format!("{}{}", " ".repeat(blanks), word.to_uppercase());
        prop_assert_eq!(telephone(word), telephone(&spaced));
    }
}

#[test]
fn every_word_that_is_built_in_says_something_that_is_known() {
    let all = [
        &TELEPHONE_WORDS,
        &LOCATION_WORDS,
        &EVENT_WORDS,
        &MESSENGER_WORDS,
    ];
    for (word, _) in all.into_iter().flat_map(|words| words.iter()) {
        let mut buffer = [0; LONGEST];
        assert_eq!(fold(word, &mut buffer), Some(word.as_str()), "{word}");
    }
    assert!(is_beside_number("tel") && !extensions().is_empty());
}
