//! Made-up address books in every encoding, and what is found out about them.

use super::*;
use crate::input::said::because;
use proptest::prelude::*;

const KOREAN: &[&str] = &[
    "김철수",
    "이영희",
    "박지훈",
    "최수진",
    "정민호",
    "강은지",
    "조현우",
    "윤서연",
    "장동건",
    "임하늘",
    "한가람",
    "오세훈",
    "서지수",
    "남궁민",
    "황보관",
    "제갈량",
    "안나래",
    "송다은",
    "유재석",
    "홍길동",
];

const JAPANESE: &[&str] = &[
    "山田 太郎",
    "佐藤 花子",
    "鈴木 一郎",
    "高橋 健太",
    "田中 美咲",
    "伊藤 さくら",
    "渡辺 ケン",
    "中村 優子",
    "小林 大輔",
    "加藤 恵",
    "吉田 拓海",
    "林 真理",
    "髙﨑 翔",
    "長谷川 舞",
];

const CHINESE: &[&str] = &[
    "王小明",
    "李娜",
    "张伟",
    "刘洋",
    "陈静",
    "杨帆",
    "赵丽颖",
    "黄晓明",
    "周杰",
    "吴京",
    "徐静蕾",
    "孙红雷",
    "欧阳娜娜",
    "诸葛亮",
];

const TAIWANESE: &[&str] = &[
    "陳美玲",
    "林志明",
    "黃淑芬",
    "張惠美",
    "李宗翰",
    "王雅婷",
    "劉俊傑",
    "蔡依玲",
    "楊承恩",
    "許瑋甯",
];

const WESTERN: &[&str] = &[
    "José Núñez",
    "Jürgen Müller",
    "François Lefèvre",
    "Søren Kjær",
    "Åsa Öberg",
    "Inês Gonçalves",
    "Zoë Straße",
];

const POLISH: &[&str] = &[
    "Łukasz Wałęsa",
    "Żaneta Gąsior",
    "Paweł Śliwiński",
    "Małgorzata Dąbrowska",
    "Jiří Dvořák",
    "Zdeněk Šťastný",
];

const RUSSIAN: &[&str] = &[
    "Иван Петров",
    "Мария Смирнова",
    "Алексей Кузнецов",
    "Ольга Соколова",
];

const GREEK: &[&str] = &["Γιώργος Παπαδόπουλος", "Μαρία Νικολάου", "Ελένη Δημητρίου"];

const TURKISH: &[&str] = &[
    "Ayşe Yılmaz",
    "Mehmet Şahin",
    "Gülşah Doğan",
    "İbrahim Çelik",
];

/// A CSV with these names, encoded.
fn file(header: &str, names: &[&str], label: &str) -> Vec<u8> {
    let rows = names
        .iter()
        .enumerate()
        .map(|(i, name)| format!("{name},person{i}@example.com,010-0000-{i:04}\r\n"));
    let text = format!("{header}\r\n{}", rows.collect::<String>());
    let (bytes, complete) = encoding(label).encode(&text);
    assert!(complete, "{label} lacks a character of {text}");
    bytes
}

fn encoding(label: &str) -> TextEncoding {
    TextEncoding::from_label(label).expect("a known label")
}

fn detect(file: &[u8]) -> Detection {
    let mut detector = Detector::default();
    detector.feed(file);
    detector.finish()
}

fn found(file: &[u8]) -> Detected {
    match detect(file) {
        Detection::Found(found) => found,
        other => panic!("{other:?}"),
    }
}

#[test]
fn address_books_of_ten_people_are_recognised_without_a_telling_header() {
    let table = [
        (KOREAN, "CP949"),
        (KOREAN, "UTF-8"),
        (JAPANESE, "Shift_JIS"),
        (&JAPANESE[..12], "EUC-JP"),
        (&JAPANESE[..12], "ISO-2022-JP"),
        (JAPANESE, "UTF-8"),
        (CHINESE, "GB18030"),
        (CHINESE, "UTF-8"),
        (TAIWANESE, "Big5"),
        (WESTERN, "windows-1252"),
        (WESTERN, "macintosh"),
        (POLISH, "windows-1250"),
        (RUSSIAN, "windows-1251"),
        (GREEK, "windows-1253"),
        (TURKISH, "windows-1254"),
        (KOREAN, "UTF-16LE"),
        (JAPANESE, "UTF-16BE"),
    ];
    for (names, label) in table {
        let found = found(&file("Name,Email,Phone", names, label));
        assert_eq!(found.encoding, encoding(label), "{found:?}");
        assert!(found.double_encoded.is_none(), "{found:?}");
    }
}

#[test]
fn one_person_is_mostly_enough_and_never_read_wrongly() {
    let mut ties = Vec::new();
    let (mut right, mut all) = (0, 0);
    for (names, label) in [
        (KOREAN, "CP949"),
        (JAPANESE, "Shift_JIS"),
        (&JAPANESE[..12], "EUC-JP"),
        (CHINESE, "GB18030"),
        (TAIWANESE, "Big5"),
        (WESTERN, "windows-1252"),
        (POLISH, "windows-1250"),
        (RUSSIAN, "windows-1251"),
        (GREEK, "windows-1253"),
    ] {
        for name in names {
            all += 1;
            match detect(&file("Name,Email,Phone", &[name], label)) {
                Detection::Found(found) => {
                    let read = found
                        .encoding
                        .decode(&file("Name,Email,Phone", &[name], label))
                        .0
                        .into_owned();
                    assert!(read.contains(name), "{name} in {label}: {found:?}");
                    right += 1;
                }
                Detection::Tie(tie) => ties.push(format!("{label}: {} {}", tie.a.text, tie.b.text)),
                other => panic!("{name}: {other:?}"),
            }
        }
    }
    println!("{right} of {all}\n{}", ties.join("\n"));
    assert!(right * 10 >= all * 8, "{right} of {all}: {ties:#?}");
}

#[test]
fn a_header_in_its_language_settles_it_at_once() {
    let table = [
        ("이름,이메일,휴대폰", "제갈량", "CP949"),
        ("성,이름,회사", "부장", "CP949"),
        ("氏名,メール,携帯電話", "林", "Shift_JIS"),
        ("氏名,メール,携帯電話", "林", "EUC-JP"),
        ("姓,名,ﾌﾘｶﾞﾅ", "ﾊﾔｼ", "Shift_JIS"),
        ("姓名,电子邮件,手机", "李娜", "GB18030"),
        ("姓名,電子郵件,手機", "許瑋甯", "Big5"),
        ("Prénom,Société,Téléphone", "Zoé", "windows-1252"),
        ("Jméno,Příjmení,Společnost", "Jiří", "windows-1250"),
        ("Имя,Почта,Телефон", "Ян", "windows-1251"),
    ];
    for (header, name, label) in table {
        let found = found(&file(header, &[name], label));
        assert_eq!(found.encoding, encoding(label), "{header}: {found:?}");
        assert!(
            because(&found.reason).starts_with("its header says `"),
            "{:?}",
            found.reason
        );
    }
}

#[test]
fn real_ties_are_told_with_both_readings() {
    let table = [
        ("제갈량", "CP949", "GB18030"),
        ("李娜", "GB18030", "EUC-JP"),
        ("陈静", "GB18030", "CP949"),
        ("蔡依玲", "Big5", "Shift_JIS"),
        ("Mélanie Brûlé", "windows-1252", "windows-1250"),
        ("Søren Kjær", "windows-1252", "windows-1250"),
    ];
    for (name, label, other) in table {
        let Detection::Tie(tie) = detect(&file("Name,Email,Phone", &[name], label)) else {
            panic!("{name} in {label} is no tie any more");
        };
        let encodings = [tie.a.encoding, tie.b.encoding];
        assert!(encodings.contains(&encoding(label)), "{tie:?}");
        assert!(encodings.contains(&encoding(other)), "{tie:?}");
        assert!([&tie.a.text, &tie.b.text].iter().any(|text| *text == name));
        assert_eq!(tie.line, 2);
    }
}

#[test]
fn code_pages_that_read_a_file_alike_are_no_tie() {
    for name in ["José", "Jörg Weiß", "Łódź"] {
        let label = if name == "Łódź" {
            "windows-1250"
        } else {
            "windows-1252"
        };
        let found = found(&file("Name,Email,Phone", &[name], label));
        assert_eq!(found.encoding, encoding(label), "{name}: {found:?}");
    }
}

#[test]
fn some_bad_bytes_do_not_make_another_encoding_of_it() {
    for (names, label, bad) in [
        (KOREAN, "UTF-8", &b"Broken \xEA\xB9,a,b\n\xFF,c,d\n"[..]),
        (KOREAN, "CP949", b"Broken \xFF,a,b\n\xB0"),
        (JAPANESE, "Shift_JIS", b"\xFD\xFE,a,b\n"),
    ] {
        let bytes = [file("Name,Email,Phone", names, label), bad.to_vec()].concat();
        let found = found(&bytes);
        assert_eq!(found.encoding, encoding(label), "{found:?}");
        assert!(
            because(&found.reason).contains("although"),
            "{:?}",
            found.reason
        );
    }
}

#[test]
fn text_of_languages_that_are_not_weighed_is_not_guessed() {
    let table: [(&str, &[&str]); 4] = [
        ("windows-874", &["สมชาย ใจดี", "สมหญิง รักไทย", "ประเสริฐ ศรีสุข"]),
        ("windows-1255", &["דוד כהן", "שרה לוי", "משה מזרחי"]),
        ("windows-1256", &["محمد علي", "فاطمة حسن", "أحمد خالد"]),
        ("KOI8-U", &["Иван Петров", "Мария Смирнова"]),
    ];
    for (label, names) in table {
        for names in [names, &names[..1]] {
            let verdict = detect(&file("Name,Email,Phone", names, label));
            let likely = encoding(label);
            assert_eq!(verdict, Detection::Unknown { line: 2, likely });
        }
    }
}

#[test]
fn a_name_in_letters_of_the_baltic_vietnam_or_hungary_alone_is_not_taken_for_western() {
    for (name, label) in [
        ("Jānis Bērziņš", "windows-1257"),
        ("Rasa Šimkutė", "windows-1257"),
        ("Šarūnas Žukauskas", "windows-1257"),
        ("Szűcs György", "windows-1250"),
        ("Nguyê\u{303}n Va\u{306}n An", "windows-1258"),
        ("Trâ\u{300}n Ho\u{300}ng Đa\u{300}o", "windows-1258"),
    ] {
        let name = name.replace("a\u{306}", "ă");
        let verdict = detect(&file("Name,Phone", &[&name], label));
        let is_asked = matches!(verdict, Detection::Tie(_) | Detection::Unknown { .. });
        assert!(is_asked, "{name}: {verdict:?}");
    }
    for (name, label) in [
        ("Jörg Müller", "windows-1252"),
        ("Íñigo Muñoz", "windows-1252"),
        ("Jiří Dvořák", "windows-1250"),
    ] {
        let verdict = detect(&file("Name,Phone", &[name], label));
        let expected = encoding(label);
        assert!(
            matches!(&verdict, Detection::Found(found) if found.encoding == expected),
            "{name}: {verdict:?}"
        );
    }
}

#[test]
fn a_sample_that_ends_inside_a_character_makes_none_invalid() {
    for label in ["CP949", "Shift_JIS", "GB18030", "EUC-JP"] {
        let people = match label {
            "CP949" => KOREAN,
            "GB18030" => CHINESE,
            _ => &JAPANESE[..12],
        };
        for shift in 0..4 {
            let note = " ".repeat(shift) + &people.join(" ").repeat(400).replace('\n', " ");
            let bytes = encoding(label)
                .encode(&format!("Name,Note\nAda,{note}\n"))
                .0;
            assert!(bytes.len() > 2 * 8192, "{label}: {}", bytes.len());
            let found = found(&bytes);
            assert_eq!(found.encoding.name(), label);
            assert!(
                matches!(found.reason, Reason::Seen { malformed: 0, .. }),
                "{label}: {:?}",
                found.reason
            );
        }
    }
}

#[test]
fn reasons_say_what_was_seen() {
    let table: [(&[u8], &str); 6] = [
        (b"Name\nAda\n", "it has only ASCII characters"),
        ("Name\n김철수\n".as_bytes(), "it is valid UTF-8"),
        (
            b"\xEF\xBB\xBFName\nAda\n",
            "the file begins with its byte order mark",
        ),
        (
            b"N\0a\0m\0e\0\n\0A\0d\0a\0",
            "every second byte of its ASCII characters is zero",
        ),
        (
            b"Name\n\x1b$B;3ED\x1b(B\n",
            "1 of its escape sequences, and no byte above 0x7F",
        ),
        (
            &TextEncoding::CP949.encode("Name\n김철수\n이영희\n").0,
            "6 of the 6 non-ASCII characters examined are common in it",
        ),
    ];
    for (file, reason) in table {
        assert_eq!(because(&found(file).reason), reason);
    }
}

#[test]
fn zero_bytes_that_are_no_utf_16_are_no_text() {
    assert_eq!(
        detect(b"\x7fELF\0\0\0\x01\0\0\0\xFF\xFF\0\0"),
        Detection::Binary
    );
    assert_eq!(detect(&[0; 1000]), Detection::Binary);
}

#[test]
fn a_foreign_line_late_in_a_large_file_is_seen() {
    let mut text = "Name,Email\n".repeat(100_000).into_bytes();
    text.extend(TextEncoding::CP949.encode("김철수,a\n이영희,b\n").0);
    text.extend("Name,Email\n".repeat(100_000).into_bytes());
    assert_eq!(found(&text).encoding, TextEncoding::CP949);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pieces_of_any_size_give_the_same_verdict(
        names in prop::collection::vec("[김이박철수영희山田éłñ ]{1,4}|[a-z]{1,6}", 1..20),
        label in prop::sample::select(vec!["UTF-8", "CP949", "Shift_JIS", "GB18030", "UTF-16LE", "windows-1252"]),
        size in 1_usize..200,
        bad in any::<bool>(),
    ) {
        let mut bytes = encoding(label).encode(&format!("Name\n{}\n", names.join("\n"))).0;
        if bad {
            bytes.push(0xE0);
        }
        let mut detector = Detector::default();
        for piece in bytes.chunks(size) {
            detector.feed(piece);
        }
        prop_assert_eq!(detector.finish(), detect(&bytes));
    }

    #[test]
    fn any_bytes_get_a_verdict(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _verdict = detect(&bytes);
    }
}
