//! Names split and compared, and laws over any text.

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
    } = split(full);
    format!(
        "{}{prefix}|{last}|{first}|{middle}|{suffix}",
        if last.is_empty() && !first.is_empty() {
            "="
        } else {
            ""
        }
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
        ("Mr. Doe, John", "Mr.|Doe|John||"),
        ("Mr. Doe Jr., John", "Mr.|Doe|John||Jr."),
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
        (", Jr.", "=||, Jr.||"),
        ("Jr.", "=||Jr.||"),
        (",", "=||,||"),
        ("-", "=||-||"),
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
    let same = ["가"; 10];
    assert!(!same_name("가가가가가가가가가나", &same));
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
        "",
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
        "",
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
