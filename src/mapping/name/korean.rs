//! Korean names: a family name of one syllable, or of two, and a given name, mostly without a space between.

use super::fold::Composed;
use super::{Split, Words, parted, titles_at, whole, words};
use std::sync::LazyLock;

pub(super) fn split(full: &str) -> Split<'_> {
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

/// Korean family names of one syllable that more than a handful of people have.
const SHORT_SURNAMES: &str = "가간갈감강견경계고곡공곽교구국궁권근금기길김나남낭내노뇌단담당대도돈동두라란랑려로뢰류륙리마만매맹명모목묘묵문미민박반\
    방배백범변복봉부빈빙사삼상서석선설섭성소손송수순승시신심안애야양어엄여연염엽영예오옥온옹왕요용우운원위유육윤은음이인임자장전점정제조종좌주준증\
    지진차창채천초총최추춘탁탄탕태판팽편평포표풍피필하학한함해허현형호홍화환황후흥";

/// Those of two syllables.
const LONG_SURNAMES: &str = "남궁 황보 제갈 사공 선우 서문 독고 동방 망절 어금 장곡 강전 을지";

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
