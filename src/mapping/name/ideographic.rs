//! Japanese and Chinese names: only a space says where the family name ends.

use super::{Split, Words, parted, titles_at, whole, words};
use std::sync::LazyLock;

pub(super) fn split(full: &str) -> Split<'_> {
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
