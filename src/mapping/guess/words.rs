//! The names that people give to the columns of an address book, in six languages.

use super::Field;
use crate::contact::NamePart;
use crate::mapping::columns::fold;
use crate::mapping::label::{self, Kind};
use crate::mapping::spec::AddressPart;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a column's name says it holds, and the number at its end: 2 for `E-mail 2`, else 1. `None` if it says nothing that
/// is known.
pub(super) fn read(name: &str) -> Option<(Field, u32)> {
    let whole = bare(name);
    if let Some(field) = WORDS.get(&whole) {
        return Some((*field, 1));
    }
    let name = whole.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = whole[name.len()..].parse().unwrap_or(1);
    let field = WORDS.get(name).copied();
    let field = field
        .or_else(|| telephone(name))
        .or_else(|| part_of_an_address(name))
        .or_else(|| event(name))
        .or_else(|| messenger(name))?;
    Some((field, number))
}

/// Whether a name is nothing but one of the words for a telephone, so that it does not say which one.
pub(super) fn is_any_telephone(name: &str) -> bool {
    let bare = bare(name);
    let name = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    TELEPHONES.contains(&name) || OTHER_TELEPHONES.contains(&name)
}

/// The name, folded, without what forms put around it: `이름(필수)`, `* Email`, `[Phone]`.
fn bare(name: &str) -> String {
    let mut bare = fold(name);
    for mark in [
        "(필수)",
        "(선택)",
        "(必須)",
        "(任意)",
        "(required)",
        "(optional)",
        "(pflichtfeld)",
    ] {
        bare = bare.replace(mark, "");
    }
    let wanted = |c: &char| !matches!(c, '*' | ':' | '[' | ']' | '"' | '#');
    bare.chars().filter(wanted).collect()
}

/// Words for a telephone that may stand beside others in a column's name.
const TELEPHONES: &[&str] = &[
    "phone",
    "phonenumber",
    "phoneno",
    "telephone",
    "telephonenumber",
    "telephoneno",
    "tel",
    "telno",
    "telnumber",
    "전화",
    "전화번호",
    "연락처",
    "연락처번호",
    "電話",
    "電話番号",
    "tel番号",
    "电话",
    "电话号码",
    "联系电话",
    "聯絡電話",
    "電話號碼",
    "telefon",
    "telefonnummer",
    "rufnummer",
    "téléphone",
    "numérodetéléphone",
    "tél",
];

/// Names of telephones that the words of labels don't make up, without a type of their own.
const OTHER_TELEPHONES: &[&str] = &[
    "contactnumber",
    "contactno",
    "contactphone",
    "連絡先",
    "連絡先電話番号",
];

fn telephone(name: &str) -> Option<Field> {
    let of_type = |kind| Some(Field::Telephone(kind));
    if TELEPHONES.contains(&name) || OTHER_TELEPHONES.contains(&name) {
        return of_type("OTHER");
    }
    let names_one = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let is_telephone = names_one(&[
        "phone",
        "tel",
        "mobile",
        "cell",
        "fax",
        "전화",
        "휴대",
        "핸드폰",
        "팩스",
        "번호",
        "電話",
        "携帯",
        "ファックス",
        "电话",
        "手机",
        "手機",
        "传真",
        "傳真",
        "号码",
    ]);
    match label::telephone(name) {
        Kind::Type(kind) if is_telephone => of_type(kind),
        _ => None,
    }
}

fn event(name: &str) -> Option<Field> {
    match label::event(name) {
        Kind::Type(kind @ ("BIRTHDAY" | "ANNIVERSARY")) => Some(Field::Event(kind)),
        _ => None,
    }
}

fn messenger(name: &str) -> Option<Field> {
    let service = ["id", "아이디", "username", "handle"]
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or(name);
    match label::messenger(service) {
        // `X` alone may be any column.
        Kind::Type(kind) if service.len() > 1 => Some(Field::Messenger(kind)),
        _ => None,
    }
}

/// `Home City`, `회사 우편번호`, `会社住所`: a place, and a part of its address.
fn part_of_an_address(name: &str) -> Option<Field> {
    // `City (Home)`
    let name = name.replace(['(', ')'], "");
    PLACES.iter().find_map(|(place, words)| {
        let rest = words.iter().find_map(|word| {
            let rest = name
                .strip_prefix(word)
                .or_else(|| name.strip_suffix(word))?;
            Some(rest).filter(|rest| !rest.is_empty())
        })?;
        match WORDS.get(rest)? {
            Field::Address(_, part) => Some(Field::Address(place, *part)),
            Field::Zip(_) => Some(Field::Zip(place)),
            Field::Email => Some(Field::Email),
            Field::Website => Some(Field::Website),
            _ => None,
        }
    })
}

const PLACES: &[(&str, &[&str])] = &[
    (
        "WORK",
        &[
            "work",
            "business",
            "company",
            "office",
            "회사",
            "직장",
            "근무지",
            "근무처",
            "사무실",
            "업무",
            "会社",
            "勤務先",
            "公司",
            "单位",
            "geschäftlich",
            "firma",
            "arbeit",
            "firmen",
            "professionnel",
            "professionnelle",
            "travail",
        ],
    ),
    (
        "HOME",
        &[
            "home",
            "private",
            "personal",
            "집",
            "자택",
            "개인",
            "自宅",
            "個人",
            "家庭",
            "privat",
            "private",
            "personnel",
            "personnelle",
            "domicile",
        ],
    ),
    (
        "OTHER",
        &[
            "other",
            "mailing",
            "postal",
            "contact",
            "기타",
            "その他",
            "其他",
            "andere",
            "weitere",
            "autre",
        ],
    ),
];

static WORDS: LazyLock<HashMap<String, Field>> = LazyLock::new(|| {
    let words = VOCABULARY.iter();
    words
        .flat_map(|(field, names)| names.split(' ').map(|name| (fold(name), *field)))
        .collect()
});

use Field::{
    Address, DayType, Email, Event, FullName, Memo, Messenger, Name, Nothing, Organization,
    PhoneticFullName, Tags, Telephone, Website, Zip,
};

/// Fields with the names of columns that can mean nothing else, blanks left out.
const VOCABULARY: &[(Field, &str)] = &[
    (
        Name(NamePart::First),
        "firstname givenname forename fname given 名 vorname prénom prenom 名(漢字)",
    ),
    (
        Name(NamePart::Last),
        "lastname familyname surname lname 성 姓 苗字 姓(漢字) nachname familienname nomdefamille",
    ),
    (
        FullName,
        "name fullname contactname displayname personname customername contactperson 이름 성명 성함 고객명 담당자 담당자명 직원명 \
         사원명 회원명 한글이름 이름(한글) 성명(한글) 국문이름 氏名 名前 お名前 氏名(漢字) 担当者 担当者名 顧客名 姓名 联系人 \
         联系人姓名 聯絡人 nomcomplet nometprénom vollständigername anzeigename ansprechpartner nom",
    ),
    (
        PhoneticFullName,
        "フリガナ ふりがな カナ かな 氏名フリガナ 氏名(フリガナ) 氏名カナ 氏名(カナ) 名前フリガナ お名前(フリガナ) よみがな 読み仮名 ヨミ \
         yomi phoneticname 拼音",
    ),
    (
        Name(NamePart::PhoneticFirst),
        "phoneticfirstname firstnameyomi givenyomi 名フリガナ 名(フリガナ) 名カナ 名(カナ) メイ フリガナ(名) フリガナ名",
    ),
    (
        Name(NamePart::PhoneticLast),
        "phoneticlastname lastnameyomi surnameyomi 姓フリガナ 姓(フリガナ) 姓カナ 姓(カナ) セイ フリガナ(姓) フリガナ姓",
    ),
    (
        Name(NamePart::Nick),
        "nickname nick alias 별명 닉네임 애칭 ニックネーム 愛称 昵称 暱稱 spitzname surnom",
    ),
    (
        Name(NamePart::Prefix),
        "prefix nameprefix salutation honorific anrede civilité 경칭",
    ),
    (Name(NamePart::Suffix), "suffix namesuffix 敬称 호칭"),
    (
        Name(NamePart::Middle),
        "middlename middle 중간이름 ミドルネーム zweitername deuxièmeprénom",
    ),
    (
        Email,
        "email emailaddress mail mailaddress emails 이메일 이메일주소 메일 메일주소 전자우편 전자메일 전자메일주소 eメール メール メールアドレス \
         電子メール 電子メールアドレス emailアドレス 邮箱 邮箱地址 电子邮件 电子邮箱 電子郵件 電子信箱 信箱 emailadresse mailadresse \
         courriel adressemail adresseemail primaryemail secondaryemail alternateemail",
    ),
    (
        Telephone("CELLPHONE"),
        "mobile mobileno mobilenumber mobilephone cell cellphone cellno handphone hp h.p 휴대폰 휴대폰번호 휴대전화 휴대전화번호 핸드폰 \
         핸드폰번호 모바일 携帯 携帯番号 携帯電話 携帯電話番号 手机 手机号 手机号码 手機 手機號碼 mobil mobiltelefon mobilnummer \
         handy handynummer portable téléphoneportable téléphonemobile",
    ),
    (
        Telephone("WORK"),
        "workphone businessphone officephone companyphone 회사전화 회사전화번호 사무실전화 직장전화 회사번호 직통번호 직통전화 대표번호 \
         대표전화 内線 会社電話番号 勤務先電話番号 办公电话 单位电话 公司电话 telefongeschäftlich geschäftlich telefonbüro \
         téléphoneprofessionnel téléphonebureau",
    ),
    (
        Telephone("HOME"),
        "homephone 집전화 집전화번호 자택전화 자택번호 自宅電話番号 家庭电话 住宅电话 telefonprivat privattelefon téléphonedomicile \
         téléphonepersonnel",
    ),
    (
        Telephone("CUSTOM"),
        "fax faxnumber faxno 팩스 팩스번호 ファックス fax番号 传真 傳真 faxnummer télécopie",
    ),
    (
        Organization("name"),
        "company companyname organization organisation organizationname organisationname employer 회사 회사명 상호 상호명 소속 \
         소속회사 업체 업체명 거래처 거래처명 직장 직장명 기관 기관명 会社 会社名 勤務先 勤務先名 企業名 法人名 団体名 組織 組織名 \
         公司 公司名称 单位 单位名称 單位 公司名稱 firma unternehmen société societe entreprise",
    ),
    (
        Organization("department"),
        "department dept division team 부서 부서명 소속부서 팀 팀명 部署 部署名 部門 部門名 所属部署 部门 abteilung",
    ),
    (
        Organization("title"),
        "jobtitle position jobposition designation 직급 직책 직위 직함 직급/직책 役職 役職名 肩書 肩書き 职位 职务 職位 職稱 職務 \
         funktion position poste fonction berufsbezeichnung",
    ),
    (
        Event("BIRTHDAY"),
        "birthday birthdate dateofbirth dob 생일 생년월일 誕生日 生年月日 生日 出生日期 geburtstag geburtsdatum datedenaissance \
         naissance",
    ),
    (
        Event("ANNIVERSARY"),
        "anniversary weddinganniversary 기념일 결혼기념일 記念日 結婚記念日 hochzeitstag jahrestag",
    ),
    (
        DayType,
        "양력음력 음력양력 음양력 양음력 생일(양력음력) 음력여부 양력음력구분",
    ),
    (
        Address("OTHER", AddressPart::Formatted),
        "address fulladdress addr postaladdress mailingaddress 주소 전체주소 도로명주소 지번주소 住所 ご住所 地址 联系地址 通讯地址 \
         adresse anschrift postanschrift adressecomplète",
    ),
    (
        Address("OTHER", AddressPart::Street),
        "street streetaddress addressline address1 addressline1 straße strasse straßeundhausnummer rue 番地 町名番地 街道",
    ),
    (
        Address("OTHER", AddressPart::Street2),
        "street2 streetaddress2 address2 addressline2 주소2",
    ),
    (
        Address("OTHER", AddressPart::Extended),
        "addressdetail detailaddress 상세주소 나머지주소 建物名 ビル名 マンション名 adresszusatz complémentdadresse",
    ),
    (
        Address("OTHER", AddressPart::City),
        "city town 시군구 구군 市区町村 市区郡 城市 stadt ort wohnort ville",
    ),
    (
        Address("OTHER", AddressPart::Region),
        "state province region county stateprovince prefecture 시도 도 都道府県 省份 bundesland kanton région",
    ),
    (
        Address("OTHER", AddressPart::Country),
        "country countryregion 국가 나라 国 国名 国家 國家 land pays",
    ),
    (
        Address("OTHER", AddressPart::PoBox),
        "pobox postbox 사서함 私書箱 postfach boîtepostale",
    ),
    (
        Zip("OTHER"),
        "zip zipcode postalcode postcode zippostalcode 우편번호 郵便番号 〒 邮编 邮政编码 郵遞區號 plz postleitzahl codepostal",
    ),
    (
        Messenger("CUSTOM"),
        "카톡 카톡id 카카오톡 카카오톡id kakaotalk kakaotalkid wechat 微信 微信号",
    ),
    (
        Website,
        "website web homepage url webpage webaddress 홈페이지 웹사이트 웹페이지 블로그 blog ホームページ ウェブサイト サイト hp(url) 网站 网址 \
         主页 網站 webseite internetseite siteweb siteinternet",
    ),
    (
        Memo,
        "memo note notes comment comments remark remarks 메모 비고 참고 참고사항 특이사항 メモ 備考 備考欄 ノート 备注 備註 bemerkung \
         bemerkungen notiz notizen kommentar anmerkung remarque remarques commentaire commentaires",
    ),
    (
        Tags,
        "group groups groupname tag tags label labels category categories 그룹 그룹명 태그 グループ グループ名 タグ カテゴリ カテゴリー 分组 标签 \
         gruppe gruppen kategorie kategorien groupe groupes catégorie",
    ),
    (
        Nothing,
        "no no. nr idx index seq sequence 순번 연번 no(순번) 序号 連番 통번호 gender sex 성별 性別 性别 geschlecht sexe age 나이 연령 年齢 \
         createdat createddate createdtime updatedat updateddate modifieddate lastmodified 등록일 등록일시 수정일 수정일시 생성일 登録日 \
         登録日時 更新日 更新日時 作成日 作成日時 photo 사진 写真 avatar",
    ),
];
