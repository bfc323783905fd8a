//! vCards as phones, address books and people with text editors leave them: what arrives in the service, and what is said.

use crate::world::{Ran, World};
use cardlift::sandbox::Operation;
use cardlift::source::encoding::TextEncoding;
use serde_json::Value;

/// What becomes of a file.
struct Imported {
    ran: Ran,
    /// The contacts in the order of the file, as [`shown`].
    contacts: Vec<String>,
    /// The outcome of each record.
    outcomes: Vec<String>,
    /// Everything that the reports hold.
    reports: String,
}

impl Imported {
    fn says(&self, text: &str) -> bool {
        let said = self
            .ran
            .said
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        said.contains(text)
    }

    fn names(&self, text: &str) -> bool {
        self.reports.contains(text) || self.ran.said.contains(text)
    }
}

fn import(file: impl AsRef<[u8]>) -> Imported {
    import_with(file, "", &[])
}

fn import_with(file: impl AsRef<[u8]>, config: &str, args: &[&str]) -> Imported {
    let world = World::new();
    world.configure(config);
    world.write("a.vcf", file);
    let args: Vec<&str> = ["import", "a.vcf"]
        .into_iter()
        .chain(args.iter().copied())
        .collect();
    let ran = world.report(&args);
    assert!(![1, 101].contains(&ran.code), "{}", ran.said);
    let rows = match world.path("report/results.csv").exists() {
        true => world.results(),
        false => Vec::new(),
    };
    let mut reports = String::new();
    for name in ["results.csv", "results.jsonl", "summary.json"] {
        if world.path("report").join(name).exists() {
            reports += &world.read(&format!("report/{name}"));
        }
    }
    let mut contacts = world.contacts();
    contacts.sort_by_key(|contact| rows.iter().position(|row| row["contact_id"] == contact.id));
    Imported {
        ran,
        contacts: contacts
            .iter()
            .map(|contact| shown(&contact.request))
            .collect(),
        outcomes: rows.iter().map(|row| row["outcome"].clone()).collect(),
        reports,
    }
}

/// A contact in one line: `last=… first=… tel:CELLPHONE=… memo=…`, each part behind `; `.
fn shown(contact: &Value) -> String {
    let mut parts = Vec::new();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    for (short, field) in [
        ("last", "lastName"),
        ("first", "firstName"),
        ("middle", "middleName"),
        ("nick", "nickName"),
        ("prefix", "prefix"),
        ("suffix", "suffix"),
        ("phl", "phoneticLastName"),
        ("phf", "phoneticFirstName"),
    ] {
        let value = text(&contact["contactName"][field]);
        if !value.is_empty() {
            parts.push(format!("{short}={value}"));
        }
    }
    for (short, list, field) in [
        ("email", "emails", "email"),
        ("tel", "telephones", "telephone"),
        ("addr", "locations", "address"),
        ("date", "events", "date"),
        ("url", "websites", "url"),
        ("msg", "messengers", "id"),
    ] {
        for item in contact[list].as_array().into_iter().flatten() {
            let kind = match item["customType"].as_str() {
                Some(custom) => custom.to_owned(),
                None => text(&item["type"]),
            };
            let kind = if kind.is_empty() {
                kind
            } else {
                format!(":{kind}")
            };
            parts.push(format!("{short}{kind}={}", text(&item[field])));
        }
    }
    for item in contact["organizations"].as_array().into_iter().flatten() {
        let fields = ["name", "department", "title"].map(|field| text(&item[field]));
        parts.push(format!("org={}", fields.join("/").trim_end_matches('/')));
    }
    let memo = text(&contact["memo"]);
    if !memo.is_empty() {
        parts.push(format!("memo={memo}"));
    }
    parts.join("; ")
}

fn card(version: &str, lines: &str) -> String {
    format!(
        "BEGIN:VCARD\r\nVERSION:{version}\r\n{}\r\nEND:VCARD\r\n",
        lines.replace('\n', "\r\n")
    )
}

/// What becomes of a card that has a telephone besides its lines; the telephone is not shown.
fn of_card(version: &str, lines: &str) -> Imported {
    let mut imported = import(card(version, &format!("{lines}\nTEL:02-000-0000")));
    for contact in &mut imported.contacts {
        *contact = contact.replace("; tel:OTHER=02-000-0000", "");
    }
    imported
}

#[test]
fn each_person_of_a_file_arrives_however_its_cards_are_marked() {
    let ann = "last=Ash; first=Ann; tel:OTHER=02-000-0001";
    let bob = "last=Birch; first=Bob; tel:OTHER=02-000-0002";
    let (a, b) = (
        "VERSION:3.0\nN:Ash;Ann;;;\nTEL:02-000-0001\n",
        "VERSION:3.0\nN:Birch;Bob;;;\nTEL:02-000-0002\n",
    );
    for file in [
        format!("BEGIN:VCARD\n{a}END:VCARDBEGIN:VCARD\n{b}END:VCARD"),
        format!("begin:vcard\n{a}end:vcardbegin:vcard\n{b}end:vcard"),
        format!("\u{feff}BEGIN:VCARD\n{a}END:VCARD\u{feff}BEGIN:VCARD\n{b}END:VCARD\n"),
        format!("BEGIN:VCARD\n{a}END:VCARD \t BEGIN:VCARD\n{b}END:VCARD\n"),
        format!(
            "BEGIN:VCARD\n{}END:VCARD\nBEGIN:VCARD\n{b}END:VCARD\n",
            a.trim_end()
        ),
        format!("BEGIN:VCARD\n{a}BEGIN:VCARD\n{b}END:VCARD\n"),
        format!("BEGIN:VCARD\n{a}END:VCARD\nBEGIN:VCAD\n{b}END:VCARD\n"),
        format!("BEGIN:VCARD\n{a}BEGIN;VCARD\n{b}END:VCARD\n"),
        format!("BEGIN:VCARD\n{a}END:VCRD\nBEGIN:VCARD\n{b}END:VCARD\n"),
        format!("BEGIN:VCARD\n{a}END:VCARD\n{b}END:VCARD\n"),
        format!("{a}END:VCARD\nBEGIN:VCARD\n{b}END:VCARD\n"),
        format!("BEGIN:VCARD\0\n{a}END:VCARD\0\n\0BEGIN:VCARD\n{b}END:VCARD\x1a"),
        format!(
            "BEGIN:VCARD VERSION:3.0\n{}END:VCARD\nBEGIN:VCARD\n{b}END:VCARD\n",
            &a[12..]
        ),
        format!(
            "BEGIN:VCARD\n{a}END:VCARD\nBEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\nBEGIN:VCARD\n{b}END:VCARD\n"
        ),
        format!("BEGIN:VCARD\n{a}BEGIN:VNOTE\nBODY:x\nEND:VNOTE\nBEGIN:VCARD\n{b}END:VCARD\n"),
        format!(
            "BEGIN:VADDRESSBOOK\nBEGIN:VCARD\n{a}END:VCARD\nBEGIN:VCARD\n{b}END:VCARD\nEND:VADDRESSBOOK\n"
        ),
    ] {
        let imported = import(&file);
        assert_eq!(
            imported.contacts,
            [ann, bob],
            "{file}\n{}",
            imported.ran.said
        );
        assert_eq!(imported.ran.code, 0, "{file}");
    }
}

#[test]
fn what_belongs_to_no_card_is_named_with_its_place() {
    let ann = card("3.0", "N:Ash;Ann;;;\nTEL:02-000-0001");
    for (file, said, named) in [
        (
            format!("{ann}EMAIL:ann@example.com\r\nNOTE:lost\r\n"),
            "a.vcf:6",
            "ann@example.com | NOTE:lost",
        ),
        (
            format!("X-Mailer: pigeon\r\n\r\n{ann}"),
            "a.vcf:1",
            "pigeon",
        ),
        (
            format!("{ann}BEGIN:VNOTE\r\nBODY:milk\r\nEND:VNOTE\r\n"),
            "a.vcf:6: a VNOTE (3 lines)",
            "VNOTE",
        ),
        (format!("END:VCARD\r\n{ann}"), "a.vcf:1", "END:VCARD"),
    ] {
        let imported = import(&file);
        assert_eq!(
            imported.contacts,
            ["last=Ash; first=Ann; tel:OTHER=02-000-0001"]
        );
        assert!(
            imported.says(said) && imported.names(named),
            "{said}: {}",
            imported.ran.said
        );
        let world = World::new();
        world.write("a.vcf", &file);
        world.report(&["check", "a.vcf"]);
        let warnings = world.summary()["sources"][0]["warnings"].to_string();
        assert!(warnings.contains(named), "{warnings}");
    }
}

#[test]
fn a_card_on_one_line_is_an_invalid_record_and_its_text_is_named() {
    let ann = card("3.0", "N:Ash;Ann;;;\nTEL:02-000-0001");
    for line in [
        "BEGIN:VCARD VERSION:3.0 N:Birch;Bob;;; TEL:02-000-0002 END:VCARD",
        "BEGIN:VCARD\\nVERSION:3.0\\nN:Birch;Bob\\nTEL:02-000-0002\\nEND:VCARD",
        "begin:vcard;version:2.1;n:Birch;Bob;tel:02-000-0002;end:vcard",
    ] {
        let imported = import(format!("{ann}{line}\r\n"));
        assert_eq!(imported.outcomes, ["created", "invalid"], "{line}");
        assert!(
            imported.names("Birch") && imported.ran.code == 3,
            "{}",
            imported.reports
        );
    }
    let imported = import("BEGIN:VCARD N:Ash;Ann END:VCARD BEGIN:VCARD N:Birch;Bob END:VCARD");
    assert_eq!(imported.outcomes, ["invalid", "invalid"]);
}

#[test]
fn a_file_without_cards_says_what_it_is() {
    for (file, words) in [
        (
            "BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n",
            "holds a VCALENDAR, not a vCard",
        ),
        (
            "<!DOCTYPE html><html><body>Sign in</body></html>",
            "export the address book again as vCard",
        ),
        (
            "<?xml version=\"1.0\"?><vcards><vcard/></vcards>",
            "perhaps xCard",
        ),
    ] {
        let imported = import(file);
        assert_eq!(imported.ran.code, 65, "{}", imported.ran.said);
        assert!(imported.says(words), "{}", imported.ran.said);
    }
}

/// Two people in a language, with text enough to know its encoding by.
const PEOPLE: [(&str, [[&str; 4]; 2]); 8] = [
    (
        "cp949",
        [
            [
                "강",
                "하늘",
                "푸른솔건설;자재구매팀",
                "지난달 박람회에서 만난 분, 전화는 저녁에만",
            ],
            [
                "조",
                "은별",
                "새벽빛인쇄소;영업부",
                "견적 요청서를 우편으로 보내기로 함",
            ],
        ],
    ),
    (
        "shift_jis",
        [
            [
                "小林",
                "真由美",
                "さくら運輸株式会社;経理部",
                "先月の見本市でお会いしました。夕方に電話すること。",
            ],
            [
                "渡辺",
                "健一",
                "北星電機工業株式会社;営業部",
                "カタログを郵送する約束です。",
            ],
        ],
    ),
    (
        "gbk",
        [
            [
                "陈",
                "建国",
                "东方机械制造有限公司;采购部",
                "上个月在展览会上认识，下午再打电话联系",
            ],
            [
                "刘",
                "晓燕",
                "华南食品贸易公司;销售部",
                "报价单请用电子邮件发送给她",
            ],
        ],
    ),
    (
        "big5",
        [
            [
                "陳",
                "美玲",
                "台灣精密工業股份有限公司;業務部",
                "上個月在展覽會認識，下午再打電話聯絡",
            ],
            [
                "林",
                "志明",
                "大同印刷有限公司;總務部",
                "報價單請以電子郵件寄給他",
            ],
        ],
    ),
    (
        "koi8-r",
        [
            [
                "Кузнецова",
                "Ольга",
                "Зелёный берег;Отдел закупок",
                "Познакомились на ярмарке, звонить только вечером",
            ],
            [
                "Волков",
                "Дмитрий",
                "Северный ветер;Склад",
                "Прислать каталог по почте до конца месяца",
            ],
        ],
    ),
    (
        "windows-1251",
        [
            [
                "Морозова",
                "Елена",
                "Белые ночи;Бухгалтерия",
                "Встретились на конференции, перезвонить во вторник",
            ],
            [
                "Лебедев",
                "Игорь",
                "Каменный мост;Отдел продаж",
                "Договор отправить курьером на следующей неделе",
            ],
        ],
    ),
    (
        "windows-1253",
        [
            [
                "Παπαδόπουλος",
                "Γιώργος",
                "Γαλάζια Θάλασσα;Τμήμα πωλήσεων",
                "Γνωριστήκαμε στην έκθεση, τηλέφωνο μόνο το απόγευμα",
            ],
            [
                "Νικολάου",
                "Ελένη",
                "Λευκός Πύργος;Λογιστήριο",
                "Να σταλεί η προσφορά με το ταχυδρομείο",
            ],
        ],
    ),
    (
        "euc-jp",
        [
            [
                "中村",
                "和子",
                "みなと水産株式会社;総務部",
                "昨年の展示会で名刺をいただきました。",
            ],
            [
                "伊藤",
                "大輔",
                "あおば工務店;設計課",
                "図面はメールで送ってください。",
            ],
        ],
    ),
];

fn cards_of(people: &[[&str; 4]; 2], charset: &str) -> String {
    let line = |name: &str, value: &str| format!("{name}{charset}:{value}");
    let of = |[last, first, company, note]: &[&str; 4]| {
        let lines = [
            line("N", &format!("{last};{first}")),
            line("ORG", company),
            line("NOTE", note),
            "TEL;CELL:010-000-0001".to_owned(),
        ];
        card("2.1", &lines.join("\n"))
    };
    people.iter().map(of).collect()
}

#[test]
fn raw_text_is_read_by_the_evidence_of_its_file() {
    for (label, people) in PEOPLE {
        let encoding = TextEncoding::from_label(label).unwrap();
        let names = people.map(|[last, first, company, note]| {
            let company = company.replace(';', "/");
            format!(
                "last={last}; first={first}; tel:CELLPHONE=010-000-0001; org={company}; memo={note}"
            )
        });
        for charset in ["", ";CHARSET=UTF-8", ";CHARSET=US-ASCII"] {
            let file = encoding.encode(&cards_of(&people, charset)).0;
            let imported = import(&file);
            assert_eq!(
                imported.contacts, names,
                "{label}{charset} {}",
                imported.ran.said
            );
            assert!(
                imported.says(encoding.name()),
                "{label} {}",
                imported.ran.said
            );
        }
        // A charset that is named wins against what the bytes look like; one that is false for UTF-8 does not.
        let file = encoding
            .encode(&cards_of(&people, &format!(";CHARSET={label}")))
            .0;
        assert_eq!(import(&file).contacts, names, "{label}");
        let file = cards_of(&people, &format!(";CHARSET={label}"));
        assert_eq!(import(&file).contacts, names, "UTF-8 as {label}");
    }
}

#[test]
fn what_is_too_little_to_tell_is_invalid_until_the_user_names_the_encoding() {
    for (label, last, first) in [
        ("cp949", "주", "희"),
        ("gbk", "林", "锐"),
        ("windows-1254", "Boğa", "Ana"),
        ("windows-1250", "Bođa", "Ana"),
        ("koi8-r", "Юй", "Ян"),
    ] {
        let encoding = TextEncoding::from_label(label).unwrap();
        let file = encoding
            .encode(&card(
                "2.1",
                &format!("N:{last};{first}\nTEL;CELL:010-000-0001"),
            ))
            .0;
        let imported = import(&file);
        assert_eq!(
            imported.outcomes,
            ["invalid"],
            "{label} {:?}",
            imported.contacts
        );
        assert!(imported.says("--encoding"), "{}", imported.ran.said);
        let wanted = format!("last={last}; first={first}; tel:CELLPHONE=010-000-0001");
        let imported = import_with(&file, "", &["--encoding", label]);
        assert_eq!(imported.contacts, [wanted.as_str()], "{label}");
        let quoted: String = encoding
            .encode(last)
            .0
            .iter()
            .map(|byte| format!("={byte:02X}"))
            .collect();
        let file = card(
            "2.1",
            &format!("N;ENCODING=QUOTED-PRINTABLE:{quoted}\nTEL;CELL:010-000-0001"),
        );
        let imported = import_with(&file, "", &["--encoding", label]);
        assert_eq!(
            imported.contacts,
            [format!("last={last}; tel:CELLPHONE=010-000-0001")],
            "{label}"
        );
    }
    for label in [
        "cp949",
        "euc-kr",
        "ms949",
        "uhc",
        "ks_c_5601-1987",
        "EUC_KR",
    ] {
        let file = TextEncoding::CP949
            .encode(&card("2.1", "N:주;희\nTEL;CELL:010-000-0001"))
            .0;
        let imported = import_with(&file, "", &["--encoding", label]);
        assert_eq!(
            imported.contacts,
            ["last=주; first=희; tel:CELLPHONE=010-000-0001"],
            "{label}"
        );
    }
}

#[test]
fn a_card_of_few_bytes_is_read_as_the_rest_of_its_file_and_another_one_by_itself() {
    let of = |label: &str, people: &[[&str; 4]; 2]| {
        TextEncoding::from_label(label)
            .unwrap()
            .encode(&cards_of(people, ""))
            .0
    };
    let small = TextEncoding::CP949
        .encode(&card("2.1", "N:주;희\nTEL;CELL:010-000-0009"))
        .0;
    let imported = import([of("cp949", &PEOPLE[0].1), small].concat());
    assert_eq!(
        imported.contacts[2],
        "last=주; first=희; tel:CELLPHONE=010-000-0009"
    );
    // Files of several makers, joined.
    let imported = import([of("cp949", &PEOPLE[0].1), of("windows-1251", &PEOPLE[5].1)].concat());
    let lasts = ["강", "조", "Морозова", "Лебедев"];
    for (contact, last) in imported.contacts.iter().zip(lasts) {
        assert!(contact.starts_with(&format!("last={last};")), "{contact}");
    }
    assert_eq!(imported.contacts.len(), 4);
}

#[test]
fn the_charset_that_a_card_names_holds_for_all_of_it() {
    let encode = |text: &str| {
        TextEncoding::from_label("windows-1251")
            .unwrap()
            .encode(text)
            .0
    };
    for lines in [
        "N;CHARSET=windows-1251:Орлов;Павел\nORG:Га",
        "ORG:Га\nN;CHARSET=cp1251:Орлов;Павел",
    ] {
        let imported = import(encode(&card("2.1", &format!("{lines}\nTEL:02-000-0000"))));
        assert_eq!(
            imported.contacts,
            ["last=Орлов; first=Павел; tel:OTHER=02-000-0000; org=Га"]
        );
    }
}

#[test]
fn text_that_was_encoded_twice_is_named() {
    for (name, through) in [("Núñez", "windows-1252"), ("김철수", "windows-1252")] {
        let latin = |byte: &u8| TextEncoding::WINDOWS_1252.decode(&[*byte]).0.into_owned();
        let ruined: String = name.bytes().map(|byte| latin(&byte)).collect();
        let imported = import(card("3.0", &format!("N:{ruined};;;;\nTEL:02-000-0000")));
        assert!(
            imported.says(&format!("probably `{name}`")),
            "{through} {}",
            imported.ran.said
        );
        assert!(imported.says("a.vcf:3"), "{}", imported.ran.said);
    }
}

#[test]
fn an_escape_for_html_divides_no_value_and_is_named() {
    let imported = of_card(
        "3.0",
        "N:M&uuml;ller;J&#246;rg;;;\nORG:Salt &amp; Sons;Sales",
    );
    let shown = "last=M&uuml;ller; first=J&#246;rg; org=Salt &amp; Sons/Sales";
    assert_eq!(imported.contacts, [shown]);
    assert!(imported.says("probably") || imported.names("it may have been Müller"));
}

#[test]
fn what_cannot_be_seen_is_no_part_of_a_line_or_value() {
    let imported = of_card(
        "3.0",
        "\u{feff}N:Ash;Ann\u{200b};;;\nEMAIL:\u{200e}ann@example.com",
    );
    assert_eq!(
        imported.contacts,
        ["last=Ash; first=Ann; email=ann@example.com"]
    );
}

#[test]
fn quoted_printable_is_decoded_under_any_name_and_under_none() {
    for header in [
        "N;ENCODING=QUOTED;CHARSET=UTF-8",
        "N;ENCODING=QP",
        "N;ENCODING=quoted_printable",
        "N;ENCODING=Quoted-Printable;CHARSET=utf-8",
        "N;QP",
        "N;CHARSET=UTF-8",
        "N;ENCODING=UTF-8",
        "N",
    ] {
        let imported = of_card("2.1", &format!("{header}:=EC=9D=B4;=EC=84=9C=\n=EC=A4=80"));
        assert_eq!(imported.contacts, ["last=이; first=서준"], "{header}");
    }
    for (line, memo) in [
        ("NOTE:a=b and c=20", "a=b and c=20"),
        ("NOTE;ENCODING=QP:1+1=2", "1+1=2"),
        ("NOTE;ENCODING=8BIT:=41", "=41"),
        ("NOTE;ENCODING=UUENCODE:%1F5L", "%1F5L"),
    ] {
        let imported = of_card("2.1", &format!("N:Ash;Ann\n{line}"));
        assert_eq!(
            imported.contacts,
            [format!("last=Ash; first=Ann; memo={memo}")],
            "{line}"
        );
        assert_eq!(
            imported.names("ENCODING=UUENCODE"),
            line.contains("UUENCODE"),
            "{line}"
        );
    }
}

#[test]
fn readings_go_to_the_part_of_the_name_that_they_are_of() {
    for (version, lines, wanted) in [
        (
            "3.0",
            "N:鈴木;一郎;;;\nSORT-STRING:すずき",
            "last=鈴木; first=一郎; phl=すずき",
        ),
        (
            "3.0",
            "N:鈴木;一郎;;;\nSORT-STRING:スズキ イチロウ",
            "last=鈴木; first=一郎; phl=スズキ; phf=イチロウ",
        ),
        (
            "3.0",
            "N:鈴木;一郎;;;\nSORT-STRING:すずき,いちろう",
            "last=鈴木; first=一郎; phl=すずき; phf=いちろう",
        ),
        (
            "4.0",
            "N;SORT-AS=\"すずき,いちろう\":鈴木;一郎;;;",
            "last=鈴木; first=一郎; phl=すずき; phf=いちろう",
        ),
        (
            "4.0",
            "N;SORT-AS=すずき:鈴木;一郎;;;",
            "last=鈴木; first=一郎; phl=すずき",
        ),
        (
            "2.1",
            "N:鈴木商店\nSOUND;X-IRMC-N:ｽｽﾞｷｼｮｳﾃﾝ",
            "last=鈴木商店; phl=ｽｽﾞｷｼｮｳﾃﾝ",
        ),
        (
            "2.1",
            "N:鈴木;一郎\nSOUND;X-IRMC-N:ｽｽﾞｷ;ｲﾁﾛｳ;;;",
            "last=鈴木; first=一郎; phl=ｽｽﾞｷ; phf=ｲﾁﾛｳ",
        ),
        (
            "2.1",
            "N:;一郎\nSOUND;X-IRMC-N:;ｲﾁﾛｳ;;;",
            "first=一郎; phf=ｲﾁﾛｳ",
        ),
        (
            "3.0",
            "N:李;英愛;;;\nSORT-STRING:이",
            "last=李; first=英愛; phl=이",
        ),
        (
            "3.0",
            "N:de la Cruz;Ana;;;\nSORT-STRING:Cruz",
            "last=de la Cruz; first=Ana",
        ),
    ] {
        assert_eq!(of_card(version, lines).contacts, [wanted], "{lines}");
    }
}

#[test]
fn parameters_and_groups_mean_the_same_however_they_are_written() {
    for (line, wanted) in [
        ("TEL;CELL=;VOICE=:02-1", "tel:CELLPHONE=02-1"),
        ("TEL;HOME=;FAX=;PREF=:02-1", "tel:HOME_FAX=02-1"),
        ("TEL;TYPE:02-1", "tel:OTHER=02-1"),
        ("TEL;TYPE=:02-1", "tel:OTHER=02-1"),
        ("TEL;TYPE=arbeit:02-1", "tel:WORK=02-1"),
        ("TEL;TYPE=privat:02-1", "tel:HOME=02-1"),
        ("TEL;TYPE=travail:02-1", "tel:WORK=02-1"),
        ("TEL;TYPE=casa:02-1", "tel:HOME=02-1"),
        ("TEL;LABEL=\"Boat house\":02-1", "tel:Boat house=02-1"),
        ("TEL;X-LABEL=별장:02-1", "tel:별장=02-1"),
        ("Item2.TEL:02-1\nITEM2.X-ABLABEL:Attic", "tel:Attic=02-1"),
    ] {
        let imported = import(card("3.0", &format!("N:Ash;Ann;;;\n{line}")));
        assert_eq!(
            imported.contacts,
            [format!("last=Ash; first=Ann; {wanted}")],
            "{line}"
        );
        assert!(
            !imported.says("source field"),
            "{line} {}",
            imported.ran.said
        );
    }
    let imported = import(card(
        "3.0",
        "N:Ash;Ann;;;\nTEL;waid=82100000001:+82 10 000 0001\nTEL;WAID=1:02-2",
    ));
    assert!(
        imported.names("82100000001") && imported.names("WAID=1"),
        "{}",
        imported.reports
    );
    let lines = "N:Ash;Ann;;;\nW.ORG:Kiln\nv.ORG:Mill\nTITLE:Buyer\nV.TITLE:Head of Mill\nw.TITLE:Head of Kiln";
    let imported = of_card("3.0", lines);
    assert_eq!(
        imported.contacts,
        ["last=Ash; first=Ann; org=Kiln//Head of Kiln; org=Mill//Head of Mill"]
    );
    assert!(imported.names("Buyer"));
}

#[test]
fn a_company_is_never_split_into_a_persons_name() {
    for (version, lines, wanted) in [
        (
            "4.0",
            "KIND:org\nFN:Golden Oak",
            "first=Golden Oak; org=Golden Oak",
        ),
        (
            "4.0",
            "KIND:ORG\nFN:한강물산",
            "first=한강물산; org=한강물산",
        ),
        (
            "3.0",
            "N:;;;;\nFN:Stone Bridge\nX-ABShowAs:COMPANY",
            "first=Stone Bridge; org=Stone Bridge",
        ),
        (
            "3.0",
            "FN:Stone Bridge\nORG:Stone Bridge",
            "first=Stone Bridge; org=Stone Bridge",
        ),
        (
            "4.0",
            "KIND:org\nN:Bridge;Stone;;;\nFN:Stone Bridge\nORG:Stone Bridge;",
            "first=Stone Bridge; org=Stone Bridge",
        ),
        ("4.0", "KIND:location\nFN:Room Nine", "first=Room Nine"),
        // A person who works there, or trades under an own name, stays one.
        (
            "3.0",
            "N:Ash;Ann;;;\nFN:Ann Ash\nORG:Stone Bridge\nX-ABShowAs:COMPANY",
            "last=Ash; first=Ann; org=Stone Bridge",
        ),
        (
            "3.0",
            "N:Ash;Ann;;;\nFN:Ann Ash\nORG:Ann Ash",
            "last=Ash; first=Ann; org=Ann Ash",
        ),
    ] {
        assert_eq!(of_card(version, lines).contacts, [wanted], "{lines}");
    }
}

#[test]
fn a_group_is_skipped_and_its_members_named() {
    for lines in [
        "KIND:group\nFN:Choir\nMEMBER:mailto:ann@example.com\nMEMBER:urn:uuid:b",
        "N:Choir;;;;\nFN:Choir\nX-ADDRESSBOOKSERVER-KIND:group\nX-ADDRESSBOOKSERVER-MEMBER:urn:uuid:b\nX-ADDRESSBOOKSERVER-MEMBER:mailto:ann@example.com",
        "FN:Choir\nX-EVOLUTION-LIST:TRUE\nEMAIL;X-EVOLUTION-DEST-NAME=Ann:ann@example.com\nEMAIL:bob@example.com",
    ] {
        let imported = import(card("3.0", lines));
        assert_eq!(
            (imported.outcomes.as_slice(), imported.ran.code),
            (&["skipped".to_owned()][..], 0),
            "{lines}"
        );
        assert!(imported.contacts.is_empty());
        for named in ["Choir", "GROUP_CARD", "ann@example.com", "members: 2"] {
            assert!(imported.names(named), "{named} {}", imported.reports);
        }
        let world = World::new();
        world.write("a.vcf", card("3.0", lines));
        let ran = world.report(&["check", "a.vcf"]);
        assert_eq!(
            (ran.code, world.summary()["outcomes"]["skipped"].as_u64()),
            (0, Some(1)),
            "{}",
            ran.said
        );
        assert!(!world.path("report/rejects.vcf").exists());
    }
}

#[test]
fn dates_with_times_and_zones_are_days() {
    for (value, wanted) in [
        ("1985-03-09T101500+09:00", "1985-03-09"),
        ("19850309T000000+0900", "1985-03-09"),
        ("1985-03-09Z", "1985-03-09"),
        ("1985-03-09T00:00:00+09:00[Asia/Seoul]", "1985-03-09"),
        ("1985-03-09 00:00:00.000", "1985-03-09"),
        ("19850309T", "1985-03-09"),
        ("1985-03-09+09:00", "1985-03-09"),
    ] {
        let imported = of_card("3.0", &format!("N:Ash;Ann;;;\nBDAY:{value}"));
        assert_eq!(
            imported.contacts,
            [format!("last=Ash; first=Ann; date:BIRTHDAY={wanted}")],
            "{value}"
        );
    }
    let config = "[normalize]\ncarry_over = \"memo\"";
    for (event, wanted) in [
        ("--03-09;3", "BDAY: --03-09"),
        ("--12-24;1", "ANNIVERSARY: --12-24"),
    ] {
        let lines = format!(
            "N:Ash;Ann\nTEL:02-1\nX-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;{event};;;"
        );
        let imported = import_with(card("2.1", &lines), config, &[]);
        assert_eq!(
            imported.contacts,
            [format!(
                "last=Ash; first=Ann; tel:OTHER=02-1; memo={wanted}"
            )]
        );
    }
}

#[test]
fn what_a_card_says_twice_arrives_once_and_is_noted() {
    for (lines, wanted) in [
        (
            "X-SKYPE:ann.ash\nIMPP;X-SERVICE-TYPE=Skype:skype:ann.ash",
            "msg:Skype=ann.ash",
        ),
        (
            "IMPP:skype:Ann.Ash\nX-SKYPE-USERNAME:ann.ash",
            "msg:Skype=Ann.Ash",
        ),
        (
            "X-JABBER:ann@example.com\nIMPP:xmpp:ann@example.com",
            "msg:Jabber=ann@example.com",
        ),
        (
            "X-GOOGLE-TALK:ann\nIMPP;X-SERVICE-TYPE=GoogleTalk:gtalk:ann",
            "msg:Google Talk=ann",
        ),
        (
            "EMAIL:Ann@Example.com\nEMAIL;TYPE=INTERNET:ann@example.com",
            "email=Ann@Example.com",
        ),
    ] {
        let imported = of_card("3.0", &format!("N:Ash;Ann;;;\n{lines}"));
        assert_eq!(imported.contacts.len(), 1);
        assert_eq!(
            imported.contacts[0].replace("last=Ash; first=Ann; ", ""),
            wanted,
            "{lines}"
        );
        assert!(imported.names("repeated"), "{lines}");
    }
    for (lines, wanted) in [
        (
            "TEL;CELL:010-1234-5678\nTEL;CELL:01012345678",
            "tel:CELLPHONE=010-1234-5678",
        ),
        (
            "TEL;CELL:010-1234-5678\nTEL:+82 10 1234 5678",
            "tel:CELLPHONE=010-1234-5678",
        ),
        (
            "TEL:010 1234 5678\nTEL;CELL:010-1234-5678",
            "tel:CELLPHONE=010-1234-5678",
        ),
        (
            "TEL;HOME:02-123-4567\nTEL;WORK:02-1234567",
            "tel:HOME=02-123-4567; tel:WORK=02-1234567",
        ),
        ("TEL;WORK:119\nTEL;WORK:1-19", "tel:WORK=119; tel:WORK=1-19"),
    ] {
        let imported = import(card("2.1", &format!("N:Ash;Ann\n{lines}")));
        assert_eq!(
            imported.contacts,
            [format!("last=Ash; first=Ann; {wanted}")],
            "{lines}"
        );
    }
    let imported = of_card("4.0", "FN;PREF=3:이\nFN:최\nFN;PREF=1:이서연");
    assert_eq!(imported.contacts, ["last=이; first=서연"]);
    assert!(imported.names("최"));
}

#[test]
fn samsungs_address_fills_what_the_other_lacks() {
    for (lines, wanted) in [
        (
            "X-SAMSUNGADR:;;Elm St 1;Ashford;;10001;\nADR;HOME:;;;;;;",
            "addr:HOME=Elm St 1, Ashford",
        ),
        (
            "X-SAMSUNGADR:;;Elm St 1;Ashford;;10001;\nADR;HOME:;;Elm St 1;;;10001;",
            "addr:HOME=Elm St 1, Ashford",
        ),
        (
            "X-SAMSUNGADR:;;Elm St 1;Ashford;;10001;\nADR;HOME:;;Elm St 1 Ashford;;;10001;",
            "addr:HOME=Elm St 1 Ashford",
        ),
        (
            "X-SAMSUNGADR:;;Elm St 1;Ashford;;;",
            "addr:OTHER=Elm St 1, Ashford",
        ),
    ] {
        let imported = of_card("2.1", &format!("N:Ash;Ann\n{lines}"));
        let address = imported.contacts[0]
            .split("; ")
            .find(|part| part.starts_with("addr"));
        let address = address.map(|address| address.replace(" 10001", ""));
        assert_eq!(address.as_deref(), Some(wanted), "{lines}");
    }
}

#[test]
fn a_damaged_line_is_named_and_no_part_of_the_value_before_it() {
    for (line, value) in [
        ("LABEL,TYPE=HOME:Elm St 1", "Elm St 1"),
        ("EMAIL,x:ann@example.com", "ann@example.com"),
        ("TEL;WORK 02-9", "02-9"),
        ("item3.URL,a:example.com", "example.com"),
    ] {
        for before in ["ADR;HOME:;;Oak St 2;;;;", "NOTE:note", "X-ANY:a"] {
            let imported = of_card("3.0", &format!("N:Ash;Ann;;;\n{before}\n{line}"));
            assert_eq!(imported.contacts.len(), 1, "{before} {line}");
            assert!(
                !imported.contacts[0].contains(value),
                "{:?}",
                imported.contacts
            );
            assert!(imported.names(value), "{line} {}", imported.reports);
        }
    }
    for note in [
        "first\nTel: mornings only",
        "first\nps: bring a coat",
        "first\nre, the other thing: yes",
    ] {
        let imported = of_card("3.0", &format!("N:Ash;Ann;;;\nNOTE:{note}"));
        assert_eq!(
            imported.contacts,
            [format!("last=Ash; first=Ann; memo={note}")]
        );
    }
}

#[test]
fn values_of_one_line_have_no_line_breaks_or_control_characters() {
    let lines = "N:Ash\\nTree;Ann\u{1}a;;;\nORG:Mill\\nHouse;Floor\u{b}2\nTITLE:Head\\nof it\nURL:http://example.com/\\na\nNOTE:one\\ntwo\u{7}three";
    let imported = of_card("3.0", lines);
    assert_eq!(
        imported.contacts,
        [
            "last=Ash Tree; first=Ann a; url=http://example.com/ a; org=Mill House/Floor 2/Head of it; memo=one\ntwo three"
        ]
    );
    assert!(imported.names("control_removed"), "{}", imported.reports);
}

#[test]
fn addresses_of_other_networks_are_no_e_mails() {
    let lines = "N:Ash;Ann\nEMAIL;X400:c=de;a=x;s=ash\nEMAIL;TYPE=TLX:12345 ash d\nEMAIL;INTERNET:ann@example.com";
    let imported = of_card("2.1", lines);
    assert_eq!(
        imported.contacts,
        ["last=Ash; first=Ann; email=ann@example.com"]
    );
    assert!(imported.names("c=de;a=x;s=ash") && imported.names("12345 ash d"));
}

#[test]
fn vcards_that_version_0_1_read_otherwise_are_created_and_patched_no_more() {
    let keyed = "[mapping]\nkey = [\"emails\"]\non_change = \"update\"";
    for (name, config) in [("cards", ""), ("cards-keyed", keyed)] {
        let world = crate::upgrades::upgraded(name, &["cards.vcf"]);
        world.configure(config);
        let ran = world.report(&["import", "cards.vcf"]);
        let exists = world.summary()["outcomes"]["exists"].as_u64();
        assert_eq!((ran.code, exists), (0, Some(9)), "{name}: {}", ran.said);
        for operation in [Operation::CreateContact, Operation::PatchContact] {
            assert_eq!(world.arrived(operation), 0, "{name}: {operation:?}");
        }
    }
}

#[test]
fn a_duplicate_names_the_values_that_only_it_has() {
    let card = |lines: &str| {
        card(
            "3.0",
            &format!("N:Ash;Ann;;;\nEMAIL:ann@example.com\n{lines}"),
        )
    };
    let first = card("TEL;CELL:010-000-0001");
    let imported = import(format!(
        "{first}{}{first}",
        card("TEL;CELL:010 000 0001\nNOTE:only here\nADR:;;Elm 2;Ashford;;;")
    ));
    assert_eq!(imported.outcomes, ["created", "duplicate", "duplicate"]);
    assert!(
        imported.says("1 duplicate has values that the first record lacks: a.vcf:7 "),
        "{}",
        imported.ran.said
    );
    assert!(
        imported.names("only here") && imported.names("Elm 2, Ashford"),
        "{}",
        imported.reports
    );
    assert!(!imported.names("010 000 0001"), "{}", imported.reports);
}

#[test]
fn a_value_with_several_telephones_or_with_none_rejects_no_card() {
    for (lines, wanted) in [
        (
            "TEL;TYPE=WORK:02-000-0001 / 02-000-0002",
            "tel:WORK=02-000-0001; tel:WORK=02-000-0002",
        ),
        (
            "TEL;TYPE=CELL:010-0000-0001\\, 010-0000-0002",
            "tel:CELLPHONE=010-0000-0001; tel:CELLPHONE=010-0000-0002",
        ),
        (
            "TEL;TYPE=CELL:010-0000-0001;",
            "tel:CELLPHONE=010-0000-0001",
        ),
        (
            "TEL;TYPE=CELL:010-0000-0001\nTEL;TYPE=WORK:없음",
            "tel:CELLPHONE=010-0000-0001",
        ),
        (
            "TEL;TYPE=CELL:010-0000-0001\nTEL;TYPE=FAX:undefined",
            "tel:CELLPHONE=010-0000-0001",
        ),
    ] {
        let imported = import(card("3.0", &format!("N:Ash;Ann;;;\n{lines}")));
        assert_eq!(
            imported.contacts,
            [format!("last=Ash; first=Ann; {wanted}")],
            "{lines}"
        );
        assert_eq!(imported.ran.code, 0, "{lines}: {}", imported.ran.said);
    }
}

#[test]
fn what_scripts_write_for_nothing_is_no_value_of_any_property() {
    let imported = of_card(
        "3.0",
        "N:undefined;Ann;;;\nADR;TYPE=WORK:;;undefined;null;;undefined;\nURL:undefined\nNOTE:null\nTITLE:(없음)",
    );
    assert_eq!(imported.contacts, ["first=Ann"]);
    let imported = of_card(
        "3.0",
        "N:Ash;Ann;None;;None\nORG:None\nBDAY:None\nNOTE:None",
    );
    assert_eq!(imported.contacts, ["last=Ash; first=Ann"]);
    let imported = of_card("3.0", "N:Null;Ann;;;\nURL:example.com/null");
    assert_eq!(
        imported.contacts,
        ["last=Null; first=Ann; url=example.com/null"]
    );
}

#[test]
fn a_card_that_is_indented_in_the_text_of_a_program_is_read() {
    let lines = [
        "VERSION:3.0",
        "N:Ash;Ann;;;",
        "NOTE:one",
        "  two",
        "TEL:02-000-0001",
    ];
    let ann = "last=Ash; first=Ann; tel:OTHER=02-000-0001; memo=one two";
    for (begin, each, end) in [
        ("", "    ", "    "),
        ("", "\t", ""),
        ("  ", "  ", "  "),
        ("  ", "    ", ""),
    ] {
        let lines = lines.map(|line| format!("{each}{line}\n")).concat();
        let one = format!("{begin}BEGIN:VCARD\n{lines}{end}END:VCARD\n");
        let imported = import(format!("{one}{}", one.replace("Ann", "Amy")));
        assert_eq!(
            imported.contacts,
            [ann, &ann.replace("Ann", "Amy")],
            "{one}"
        );
    }
    // A blank before a single line is no indentation.
    let imported = import(
        "BEGIN:VCARD\n VERSION:3.0\nN:Ash;Ann;;;\nNOTE:one\n  two\nTEL:02-000-0001\nEND:VCARD\n",
    );
    assert_eq!(imported.contacts, [ann]);
}

#[test]
fn quoted_printable_with_broken_lines_is_whole_and_takes_no_other_property_in() {
    let wanted = "last=하; first=늘봄";
    for lines in [
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=ED=95=98;=EB=8A=98=\n\n=EB=B4=84\n",
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=ED=95=98;=EB=8A=98\n=EB=B4=84",
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=ED=95=98;=EB=8A=98=EB=B4\n=84",
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=ED=95=98;=EB=8A=98=EB=B4=84=",
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=ED=95=98;=EB=8A=98=EB=B4=84=\n",
    ] {
        let imported = of_card("2.1", lines);
        assert_eq!(imported.contacts, [wanted], "{lines}");
    }
    // Lines that end with CR CR LF, as from a program that writes CRLF as text.
    let file = card(
        "2.1",
        "N;ENCODING=QUOTED-PRINTABLE:Ash;A=\n=6E=6E\nTEL:02-000-0001",
    );
    let imported = import(file.replace('\r', "\r\r"));
    assert_eq!(
        imported.contacts,
        ["last=Ash; first=Ann; tel:OTHER=02-000-0001"]
    );
    // A note may go on with what looks like a property.
    let imported = of_card(
        "2.1",
        "N:Ash;Ann\nNOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0A=\nNOTE: two",
    );
    assert_eq!(
        imported.contacts,
        ["last=Ash; first=Ann; memo=one\nNOTE: two"]
    );
}

#[test]
fn japanese_text_of_seven_bits_needs_no_charset() {
    let (kana, _, _) = encoding_rs::ISO_2022_JP.encode("N:山本;さくら\r\nORG:若葉商店;経理部");
    let file = [
        &b"BEGIN:VCARD\r\nVERSION:2.1\r\n"[..],
        &kana,
        b"\r\nTEL:03-000-0001\r\nEND:VCARD\r\n",
    ]
    .concat();
    let imported = import(file);
    assert_eq!(
        imported.contacts,
        ["last=山本; first=さくら; tel:OTHER=03-000-0001; org=若葉商店/経理部"]
    );
}

#[test]
fn a_character_that_is_cut_off_or_in_two_halves_rejects_no_card() {
    for (name, wanted) in [
        (
            "=ED=95=98;=EB=8A=98=EB=B4=84=F0=9F=98=80",
            "last=하; first=늘봄😀",
        ),
        (
            "=ED=95=98;=EB=8A=98=EB=B4=84=ED=A0=BD=ED=B8=80",
            "last=하; first=늘봄😀",
        ),
        ("=ED=95=98;=EB=8A=98=EB=B4", "last=하; first=늘\u{fffd}"),
        ("=ED=95=98;=EB=8A=98=EB=B", "last=하; first=늘\u{fffd}"),
    ] {
        let lines = format!("N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{name}");
        assert_eq!(of_card("2.1", &lines).contacts, [wanted], "{name}");
    }
}

#[test]
fn names_and_addresses_have_parts_though_their_semicolons_are_escaped_or_commas() {
    let town = "last=Ash; first=Ann; addr:WORK=Quay 4, Town, Norway";
    for lines in [
        "N:Ash\\;Ann\\;\\;\\;\nADR;TYPE=WORK:\\;\\;Quay 4\\;Town\\;\\;\\;Norway",
        "N:Ash,Ann,,,\nADR;TYPE=WORK:,,Quay 4,Town,,,Norway",
        "N:Ash,Ann\nADR;TYPE=WORK:Quay 4\\, Town\\, Norway",
    ] {
        assert_eq!(of_card("3.0", lines).contacts, [town], "{lines}");
    }
    for (version, name, wanted) in [
        ("3.0", "N:Mill\\, Harbour;;;;", "last=Mill, Harbour"),
        ("3.0", "N:Ash,Oak;Ann;;;", "last=Ash Oak; first=Ann"),
    ] {
        assert_eq!(of_card(version, name).contacts, [wanted], "{name}");
    }
}

#[test]
fn days_of_no_year_and_those_of_scripts_reject_no_card() {
    for day in [
        "0001-04-12",
        "00000412",
        "16040412",
        "04-12",
        "-0412",
        "-04-12",
        "--04-12",
    ] {
        let imported = of_card("3.0", &format!("N:Ash;Ann;;;\nBDAY:{day}"));
        assert_eq!(imported.contacts, ["last=Ash; first=Ann"], "{day}");
        assert!(imported.names(day), "{day}");
    }
    for day in [
        "1985-04-12;",
        "19850412;",
        "Fri Apr 12 1985 00:00:00 GMT+0900 (KST)",
        "Fri Apr 12 1985 00:00:00 GMT+0100 (Central European Time)",
    ] {
        let imported = of_card("3.0", &format!("N:Ash;Ann;;;\nBDAY:{day}"));
        assert_eq!(
            imported.contacts,
            ["last=Ash; first=Ann; date:BIRTHDAY=1985-04-12"],
            "{day}"
        );
    }
}

#[test]
fn properties_under_names_of_their_writers_own_are_read_as_what_they_mean() {
    let imported = import(card(
        "3.0",
        "N:Ash;Ann;;;\nMOBILE:010-0000-0001\nPHONE;TYPE=WORK:02-000-0001\nFAX;TYPE=HOME:02-000-0002\nE-MAIL:ann@example.com\n\
         BIRTHDAY:1985-04-12\nADDRESS:Quay 4\nWEBSITE:example.com\nCOMPANY:Mill\nDEPARTMENT:Flour\nJOBTITLE:Head\nMEMO:hello",
    ));
    assert_eq!(
        imported.contacts,
        [
            "last=Ash; first=Ann; email=ann@example.com; tel:CELLPHONE=010-0000-0001; tel:WORK=02-000-0001; \
          tel:HOME_FAX=02-000-0002; addr:OTHER=Quay 4; date:BIRTHDAY=1985-04-12; url=example.com; org=Mill/Flour/Head; memo=hello"
        ]
    );
    let imported = of_card(
        "3.0",
        "N:Ash;Ann;;;\nX-messaging/skype-All:ann.ash\nX-INSTAGRAM:annash",
    );
    assert_eq!(
        imported.contacts,
        ["last=Ash; first=Ann; msg:Skype=ann.ash; msg:Instagram=annash"]
    );
}

#[test]
fn a_reading_of_one_piece_before_empty_ones_is_that_of_the_whole_name() {
    let imported = of_card("2.1", "N:山本;さくら\nSOUND;X-IRMC-N:ﾔﾏﾓﾄ ｻｸﾗ;;;;");
    assert_eq!(
        imported.contacts,
        ["last=山本; first=さくら; phl=ﾔﾏﾓﾄ; phf=ｻｸﾗ"]
    );
}

#[test]
fn a_date_has_the_type_that_its_label_names_in_any_language() {
    for (label, wanted) in [
        ("Geburtstag", "BIRTHDAY"),
        ("Date de naissance", "BIRTHDAY"),
        ("Cumpleaños", "BIRTHDAY"),
        ("День рождения", "BIRTHDAY"),
        ("Doğum günü", "BIRTHDAY"),
        ("Hochzeitstag", "ANNIVERSARY"),
        ("Aniversario", "ANNIVERSARY"),
        ("Годовщина", "ANNIVERSARY"),
        ("Namenstag", "Namenstag"),
    ] {
        let lines = format!("N:Ash;Ann;;;\nitem1.X-ABDATE:1985-04-12\nitem1.X-ABLabel:{label}");
        let wanted = format!("last=Ash; first=Ann; date:{wanted}=1985-04-12");
        assert_eq!(of_card("3.0", &lines).contacts, [wanted], "{label}");
    }
}
