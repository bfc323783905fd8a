//! Made-up address books in every encoding, and what is found out about them.

use super::*;

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

fn found(file: &[u8]) -> Found {
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
        assert!(
            found.confidence > 0.9 && found.double_encoded.is_none(),
            "{found:?}"
        );
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
                Detection::Tie(tie) => ties.push(format!("{label}: {tie}")),
                Detection::Binary => panic!("{name}"),
            }
        }
    }
    println!("{right} of {all}\n{}", ties.join("\n"));
    assert!(right * 10 >= all * 8, "{right} of {all}: {ties:#?}");
}
