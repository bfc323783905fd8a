//! Tables that anybody may have written: what their columns, rows and cells become.

use crate::makers::file::Export;
use crate::world::World;
use serde_json::Value;

/// What becomes of the records of a file: the exit code, what was said, and each contact as JSON.
fn imported(content: &str, config: &str) -> (i32, String, Vec<Value>, World) {
    let world = World::new();
    world.write("people.csv", content);
    if !config.is_empty() {
        world.configure(config);
    }
    let ran = world.report(&["import", "people.csv"]);
    let contacts = world.contacts().into_iter().map(|one| one.request);
    let mut contacts: Vec<Value> = contacts.collect();
    contacts.sort_by_key(|one| one["contactName"].to_string());
    (ran.code, ran.said, contacts, world)
}

fn outcomes(world: &World) -> Vec<(String, String, String)> {
    let of = |row: &std::collections::HashMap<String, String>, name: &str| row[name].clone();
    let rows = world.results();
    rows.iter()
        .map(|row| (of(row, "line"), of(row, "outcome"), of(row, "code")))
        .collect()
}

fn texts(contact: &Value, list: &str, part: &str) -> Vec<String> {
    let items = contact[list].as_array().cloned().unwrap_or_default();
    let text = |item: &Value| item[part].as_str().unwrap_or_default().to_owned();
    items.iter().map(text).collect()
}

#[test]
fn a_column_that_a_preset_does_not_know_is_mapped_beside_it_and_what_has_no_place_is_named() {
    let read = Export::new(&[
        "Record ID",
        "First Name",
        "Last Name",
        "Email",
        "Phone Number",
        "Lead Status",
        "Contact owner",
        "Private Email",
        "Fax",
        "Town",
        "Shoe size",
    ])
    .row(&[
        ("Record ID", "7"),
        ("First Name", "Ann"),
        ("Last Name", "Example"),
        ("Email", "ann@example.com"),
        ("Phone Number", "+44 1632 960001"),
        ("Private Email", "ann.home@example.com"),
        ("Fax", "+44 1632 960002"),
        ("Town", "Sampleton"),
        ("Shoe size", "38"),
    ])
    .read();
    assert!(read.read_as.starts_with("HubSpot"), "{}", read.read_as);
    let contact = &read.records[0].contact;
    for fact in ["email=ann.home@example.com", "Sampleton"] {
        assert!(
            contact.iter().any(|one| one.contains(fact)),
            "{fact} in {contact:?}"
        );
    }
}

#[test]
fn exports_of_other_makers_are_recognised_by_the_columns_that_are_published() {
    for (header, row, maker, facts) in [
        (
            "Person - Name,Person - Organization,Person - Email - Work,Person - Phone - Mobile,Person - Owner,Person - ID",
            "Ann Example,Sample Ltd,ann@example.com,+44 7700 900001,Kim Owner,7",
            "Pipedrive people",
            [
                "lastName=Example",
                "email=ann@example.com",
                "telephone=CELLPHONE +44 7700 900001",
            ],
        ),
        (
            "Record Id,Contact Owner.id,Contact Owner,First Name,Last Name,Account Name.id,Account Name,Email,Title,Mobile",
            "1,2,Kim Owner,Ann,Example,3,Sample Ltd,ann@example.com,CFO,+44 7700 900001",
            "Zoho CRM",
            [
                "lastName=Example",
                "firstName=Ann",
                "organization=Sample Ltd//CFO",
            ],
        ),
        (
            "名前（姓）,名前（名）,よみ（姓）,よみ（名）,役職,Tel,E-mail,メモ,会社コード,会社名,部課,会社よみ,郵便番号,住所,担当者",
            "例,花子,れい,はなこ,部長,03-0000-0001,hanako@example.com,,1,例商事,営業部,れいしょうじ,100-0001,東京都千代田区1-1,加藤",
            "Cybozu Office address book",
            [
                "lastName=例",
                "organization=例商事/営業部/部長",
                "telephone=WORK 03-0000-0001",
            ],
        ),
        (
            "レコードID,名,姓,Eメール,電話番号,会社名,コンタクト担当者,ライフサイクルステージ",
            "1,花子,例,hanako@example.com,03-0000-0001,例商事,加藤 大輔,リード",
            "HubSpot contacts, in Japanese",
            [
                "lastName=例",
                "firstName=花子",
                "telephone=OTHER 03-0000-0001",
            ],
        ),
    ] {
        let (header, row): (Vec<&str>, Vec<&str>) =
            (header.split(',').collect(), row.split(',').collect());
        let cells: Vec<(&str, &str)> = header.iter().copied().zip(row).collect();
        let read = Export::new(&header).row(&cells).read();
        assert!(read.read_as.starts_with(maker), "{}", read.read_as);
        let contact = &read.records[0].contact;
        for fact in facts {
            assert!(
                contact.iter().any(|one| one == fact),
                "{fact} in {contact:?}"
            );
        }
    }
}

#[test]
fn a_list_of_members_is_said_to_be_one_of_colleagues() {
    let (code, said, contacts, _) = imported(
        "姓,名,ID,External Key,個人メールアドレス,組織\n例,花子,hanako,k1,hanako@example.com,営業部\n",
        "",
    );
    assert_eq!((code, contacts.len()), (0, 1), "{said}");
    assert!(
        said.contains("people.csv: these are members of your company"),
        "{said}"
    );
}

#[test]
fn groupware_without_a_preset_is_read_by_the_names_of_its_columns() {
    for (header, row, telephones) in [
        (
            "顧客グループ,顧客コード,顧客名,顧客よみ,メールアドレス,電話番号(顧客),会社コード,会社名,電話番号(会社),担当(会社)",
            "東京,12,例 花子,れい はなこ,hanako@example.com,03-0000-0001,5,例商事,03-0000-0002,加藤",
            2,
        ),
        (
            "姓\t名\t会社名\t部署\t電話番号1\tメールアドレス1\tBIG_IMAGE",
            "例\t花子\t例商事\t営業部\t0300000001\thanako@example.com\t1.jpg",
            1,
        ),
    ] {
        let (code, said, contacts, _) = imported(&format!("{header}\n{row}\n"), "");
        assert_eq!((code, contacts.len()), (0, 1), "{header}: {said}");
        let contact = &contacts[0];
        assert_eq!(contact["contactName"]["lastName"], "例");
        assert_eq!(texts(contact, "organizations", "name"), ["例商事"]);
        assert_eq!(texts(contact, "telephones", "telephone").len(), telephones);
    }
}

#[test]
fn a_header_that_anybody_types_is_no_export_of_a_maker() {
    for (header, row) in [
        (
            "성명,소속,직급,연락처,전자메일,그룹",
            "홍보기,예시상사,차장,010-0000-0011,hong@example.com,거래처",
        ),
        (
            "ご担当者名,得意先名,所属部署,電話,Eメール,名刺交換日",
            "見本 花子,例商事,営業部,03-0000-0012,hanako@example.com,2024/01/02",
        ),
        (
            "Name,Employer,Mobile Number,E-mail,Labels",
            "Ann Example,Sample Ltd,+44 7700 900012,ann@example.com,VIP",
        ),
        (
            "Nom complet,Entreprise,Portable,Courriel,Étiquettes",
            "Zoé Exemple,Essai SA,06 39 98 00 13,zoe@example.com,Presse",
        ),
    ] {
        let (code, said, contacts, _) = imported(&format!("{header}\n{row}\n"), "");
        assert_eq!((code, contacts.len()), (0, 1), "{header}: {said}");
        let contact = &contacts[0];
        assert_eq!(texts(contact, "emails", "email").len(), 1, "{header}");
        assert_eq!(
            texts(contact, "telephones", "telephone").len(),
            1,
            "{header}"
        );
        assert_eq!(texts(contact, "organizations", "name").len(), 1, "{header}");
        assert!(
            said.contains("Not imported: ") && said.contains(" → emails"),
            "{said}"
        );
        let last = header.rsplit(',').next().unwrap_or_default();
        assert!(said.contains(last), "{last} in {said}");
    }
}

#[test]
fn numbered_lines_are_one_address_and_numbered_addresses_are_several() {
    for (header, row, addresses) in [
        (
            "氏名,TEL,〒,ご住所1,ご住所2",
            "例 花子,03-0000-0021,100-0002,東京都千代田区例町1,例荘3F",
            1,
        ),
        (
            "Name,Phone,Home Address 1,Home Address 2,Home City",
            "Ann Example,+44 1632 960021,1 High St,Flat 2,Sampleton",
            1,
        ),
        (
            "Vorname,Nachname,Telefon,Straße,Hausnr.,PLZ,Ort",
            "Ann,Beispiel,030 1234567,Weg,7,10115,Berlin",
            1,
        ),
        (
            "Name,Phone,Address 1 - Street,Address 1 - City,Address 2 - Street,Address 2 - City",
            "Ann Example,+44 1632 960021,1 High St,Sampleton,2 Low St,Probeton",
            2,
        ),
        (
            "이름,전화,우편번호,자택주소",
            "홍보기,02-0000-0021,04524,서울특별시 중구 보기로 1",
            1,
        ),
        (
            "氏名,電話,住所1(都道府県),住所2(市区町村),住所3(番地)",
            "例 花子,03-0000-0021,東京都,千代田区,例町1",
            1,
        ),
        ("이름,전화,우편번호", "홍보기,02-0000-0021,04524", 0),
        ("氏名,電話,部屋番号", "例 花子,03-0000-0021,101", 0),
    ] {
        let (code, said, contacts, _) = imported(&format!("{header}\n{row}\n"), "");
        assert_eq!((code, contacts.len()), (0, 1), "{header}: {said}");
        assert_eq!(
            texts(&contacts[0], "locations", "address").len(),
            addresses,
            "{header}: {}",
            contacts[0]
        );
    }
}

#[test]
fn a_house_number_goes_behind_an_address_that_has_none() {
    let (code, said, contacts, _) = imported(
        "Name,Telefon,Adresse,Hausnummer,PLZ,Ort\nAnn Beispiel,030 1234567,Probeweg,7,10115,Berlin\n",
        "",
    );
    assert_eq!((code, contacts.len()), (0, 1), "{said}");
    assert_eq!(
        texts(&contacts[0], "locations", "address"),
        ["Probeweg, 7, Berlin"]
    );
}

#[test]
fn a_value_that_was_escaped_for_html_is_kept_and_named() {
    let (code, said, contacts, world) = imported(
        "First Name,Last Name,Email,Notes\nRen&eacute;,Example,rene@example.com,R&D; all day\n",
        "",
    );
    assert_eq!((code, contacts.len()), (0, 1), "{said}");
    assert!(
        said.contains("people.csv:2, First Name: `Ren&eacute;`") && !said.contains("R&D"),
        "{said}"
    );
    let details = world.read("report/results.jsonl");
    assert!(details.contains("it may have been René"), "{details}");
}

#[test]
fn a_birthday_in_three_columns_is_one_and_addresses_of_two_places_are_two() {
    let header = "Vorname,Nachname,Geburtstag,Geburtsmonat,Geburtsjahr,Telefon,Rechnungsadresse Straße,Rechnungsadresse Ort,\
        Lieferadresse Straße,Lieferadresse Ort";
    let row = "Ann,Beispiel,3,7,1980,030 1234567,Hauptstr. 7,Berlin,Nebenweg 3,Hamburg";
    let (code, said, contacts, _) = imported(&format!("{header}\n{row}\n"), "");
    assert_eq!((code, contacts.len()), (0, 1), "{said}");
    assert_eq!(texts(&contacts[0], "events", "date"), ["1980-07-03"]);
    assert_eq!(
        texts(&contacts[0], "locations", "address"),
        ["Hauptstr. 7, Berlin", "Nebenweg 3, Hamburg"]
    );
}

#[test]
fn two_parts_of_an_organisation_in_one_column_are_told_apart() {
    let header = "이름,휴대폰,회사명/직책";
    let rows = "홍보기,010-0000-0021,예시상사/부장\n김예시,010-0000-0022,보기전자 / 팀장\n이보기,010-0000-0023,견본물산\n";
    let (code, said, contacts, world) = imported(&format!("{header}\n{rows}"), "");
    assert_eq!((code, contacts.len()), (0, 3), "{said}");
    let mut found: Vec<[Vec<String>; 2]> = contacts
        .iter()
        .map(|contact| ["name", "title"].map(|part| texts(contact, "organizations", part)))
        .collect();
    found.sort();
    let expected = [["견본물산", ""], ["보기전자", "팀장"], ["예시상사", "부장"]];
    assert_eq!(
        found,
        expected.map(|parts| parts.map(|part| vec![part.to_owned()]))
    );
    let suggested = world.run(&["suggest", "people.csv"]);
    let mapped = "title = { column = \"회사명/직책\", behind = \"/\" }";
    assert!(suggested.data.contains(mapped), "{}", suggested.data);
}

#[test]
fn a_birthday_is_lunar_where_its_cell_or_its_column_says_so() {
    for (column, cell, day_type) in [
        ("생년월일(음/양)", "1980-01-02(음)", "LUNAR"),
        ("생년월일(음/양)", "1980.1.2 (양)", "SOLAR"),
        ("생년월일(음/양)", "음력 1980년 1월 2일", "LUNAR"),
        ("생일(음력)", "1980-01-02", "LUNAR"),
        ("음력생일", "1980-01-02", "LUNAR"),
        ("음력생일", "1980-01-02(양력)", "SOLAR"),
        ("誕生日（旧暦）", "1980/1/2", "LUNAR"),
        ("생일", "1980-01-02/음", "LUNAR"),
        ("생일(양력)", "1980-01-02", ""),
    ] {
        let content = format!("이름,휴대폰,{column}\n홍보기,010-0000-0021,{cell}\n");
        let (code, said, contacts, _) = imported(&content, "");
        assert_eq!((code, contacts.len()), (0, 1), "{column}: {said}");
        let days = ["date", "dayType"].map(|part| texts(&contacts[0], "events", part));
        assert_eq!(days, [["1980-01-02"], [day_type]], "{column} {cell}");
    }
}

#[test]
fn a_title_beside_a_salutation_and_a_second_family_name_go_on_with_the_first() {
    for (header, row, prefix, last) in [
        (
            "Anrede,Titel,Vorname,Nachname,E-Mail",
            "Frau,Dr.,Eva,Sommer,eva@example.com",
            "Frau Dr.",
            "Sommer",
        ),
        (
            "Nombre,Primer apellido,Segundo apellido,Correo",
            "Eva,Ejemplo,Muestra,eva@example.com",
            "",
            "Ejemplo Muestra",
        ),
    ] {
        let (code, said, contacts, _) = imported(&format!("{header}\n{row}\n"), "");
        assert_eq!((code, contacts.len()), (0, 1), "{header}: {said}");
        let name = &contacts[0]["contactName"];
        assert_eq!(name["prefix"].as_str().unwrap_or_default(), prefix);
        assert_eq!(name["lastName"], last);
    }
}

#[test]
fn a_full_name_begins_with_the_part_that_its_column_names_first() {
    for (header, name, first, last) in [
        (
            "Nom Prénom",
            "DE LA RUE Jean-Pierre",
            "Jean-Pierre",
            "DE LA RUE",
        ),
        ("Name, Vorname", "Muster Eva", "Eva", "Muster"),
        ("Cognome e Nome", "De Esempio Anna", "Anna", "De Esempio"),
        (
            "Apellidos y nombre",
            "Ejemplo Muestra Eva",
            "Ejemplo Muestra Eva",
            "",
        ),
        ("Vorname Name", "Eva Muster", "Eva", "Muster"),
    ] {
        let content = format!("\"{header}\",E-Mail\n{name},eva@example.com\n");
        let (code, said, contacts, _) = imported(&content, "");
        assert_eq!((code, contacts.len()), (0, 1), "{header}: {said}");
        let of = |part: &str| {
            contacts[0]["contactName"][part]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        };
        assert_eq!(
            (of("firstName").as_str(), of("lastName").as_str()),
            (first, last),
            "{header}"
        );
    }
}

#[test]
fn who_receives_an_order_is_not_taken_for_who_has_placed_it() {
    let (code, said, contacts, _) = imported(
        "주문번호,주문자명,주문자 휴대폰,주문자 이메일,수령인,수령인 연락처,배송지 주소\n1,홍보기,010-0000-0001,hong@example.com,김예시,010-0000-0002,서울 예시로 1\n",
        "",
    );
    assert_eq!((code, contacts.len()), (0, 1), "{said}");
    assert_eq!(contacts[0]["contactName"]["lastName"], "홍");
    assert_eq!(
        texts(&contacts[0], "telephones", "customType"),
        ["", "수령인 연락처"]
    );
}

#[test]
fn rows_that_are_no_records_are_invalid_or_skipped_and_never_sent() {
    let (code, said, contacts, world) = imported(
        "Name,Email,City\nAnn Example,ann@example.com,Sampleton\nBo Sample,bo@example.com,Flat 2, Probeton\nName,Email,City\n ,,\nTotal,2,\nNAME,EMAIL,CITY\n",
        "",
    );
    assert_eq!((code, contacts.len()), (3, 1), "{said}");
    let expected = [
        ("2", "created", ""),
        ("3", "invalid", "ROW_TOO_LONG"),
        ("4", "skipped", "HEADER_REPEATED"),
        ("6", "invalid", "TOTAL_ROW"),
        ("7", "skipped", "HEADER_REPEATED"),
    ];
    let expected = expected
        .map(|(line, outcome, code)| (line.to_owned(), outcome.to_owned(), code.to_owned()));
    assert_eq!(outcomes(&world), expected);
    let ran = world.run(&["import", "report/rejects.csv", "--report", "again"]);
    assert!(ran.said.contains("TOTAL_ROW"), "as before: {}", ran.said);
}

#[test]
fn titles_and_lines_of_a_table_are_no_records() {
    for (table, lines) in [
        (
            "Customers;;\nName;Email;Phone\nAnn Example;ann@example.com;+44 1632 960061\n",
            ["3"],
        ),
        (
            "| Name | Email | Phone |\n|------|:---:|---|\n| Ann Example | ann@example.com | |\n",
            ["3"],
        ),
        (
            "+------+-------+\n| Name | Email |\n+------+-------+\n| Ann Example | ann@example.com |\n+------+-------+\n",
            ["4"],
        ),
        (
            "Name,Email\nAnn Example,ann@example.com\n\u{200b},\u{a0}\n\u{1a}",
            ["2"],
        ),
    ] {
        let (code, said, contacts, world) = imported(table, "");
        assert_eq!((code, contacts.len()), (0, 1), "{table}: {said}");
        let outcomes = outcomes(&world).into_iter();
        assert!(outcomes.map(|one| one.0).eq(lines), "{table}");
    }
}

#[test]
fn a_dash_or_a_word_for_nothing_is_no_name_company_or_address() {
    let (code, said, contacts, world) = imported(
        "First Name,Last Name,Company,Address,Zip,Phone\nAnn,-,NULL,N/A,62701.0,+44 1632 960071\nBo,Null,없음 Ltd,1 High St,62701.0,+44 1632 960072\n",
        "",
    );
    assert_eq!((code, contacts.len()), (0, 2), "{said}");
    let name = serde_json::json!({"firstName": "Ann"});
    assert_eq!(contacts[0]["contactName"], name);
    assert!(contacts[0].get("organizations").is_none() && contacts[0].get("locations").is_none());
    assert_eq!(contacts[1]["contactName"]["lastName"], "Null");
    assert_eq!(contacts[1]["organizations"][0]["name"], "없음 Ltd");
    assert_eq!(contacts[1]["locations"][0]["zipCode"], "62701");
    let details = world.read("report/results.jsonl");
    assert_eq!(details.matches("\"placeholder\"").count(), 3, "{details}");
}

#[test]
fn a_cell_with_several_addresses_or_numbers_gives_each_of_them() {
    let (code, said, contacts, _) = imported(
        "Name,Email,Phone\nAnn Example,\"Ann <ann@example.com>; a2＠example.com\",+44 1632 960031 / +44 1632 960032\nBo Sample,n/a,\"030/1234567\"\nCy Probe,'cy@example.com',T. 02-0000-0031 M. 010-0000-0032\n",
        "",
    );
    assert_eq!((code, contacts.len()), (0, 3), "{said}");
    assert_eq!(
        texts(&contacts[2], "telephones", "telephone"),
        ["02-0000-0031", "010-0000-0032"]
    );
    assert_eq!(texts(&contacts[2], "emails", "email"), ["cy@example.com"]);
    assert_eq!(
        texts(&contacts[0], "emails", "email"),
        ["ann@example.com", "a2@example.com"]
    );
    assert_eq!(texts(&contacts[0], "telephones", "telephone").len(), 2);
    assert_eq!(
        texts(&contacts[1], "telephones", "telephone"),
        ["030-1234567"]
    );
}

#[test]
fn an_invalid_address_is_left_out_and_named_where_the_contact_can_be_reached_otherwise() {
    let (code, said, contacts, world) = imported(
        "Name,E-mail,Phone\nAnn Example,ann at example.com,+44 1632 960041\nBo Sample,bo@@example.com,\n",
        "",
    );
    assert_eq!((code, contacts.len()), (3, 1), "{said}");
    assert!(
        said.contains("people.csv:2, E-mail: `ann at example.com`"),
        "{said}"
    );
    assert_eq!(outcomes(&world)[1].2, "EMAIL_INVALID");
}

#[test]
fn guards_and_control_characters_go_and_lost_letters_are_named() {
    let (code, said, contacts, _) = imported(
        "Name,Phone,Email\nAnn\u{1}\u{200b} Example,\"=\"\"+44 1632 960051\"\"\",ann@example.com\nB\u{fffd} Sample,'+44 1632 960052,bo@example.com\nCy Sample,’01632 960053,cy@example.com\n",
        "",
    );
    assert_eq!((code, contacts.len()), (0, 3), "{said}");
    assert_eq!(
        texts(&contacts[2], "telephones", "telephone"),
        ["01632 960053"]
    );
    assert_eq!(
        texts(&contacts[0], "telephones", "telephone"),
        ["+44 1632 960051"]
    );
    assert_eq!(
        texts(&contacts[1], "telephones", "telephone"),
        ["+44 1632 960052"]
    );
    assert!(
        said.contains("people.csv:2, Name") && said.contains("people.csv:3, Name"),
        "{said}"
    );
}

#[test]
fn a_mapping_takes_answers_flags_and_labels_from_columns() {
    let config = "[mapping]\nemails = [{ email = \"a\" }, { email = \"b\", primary = \"b first\" }]\n\
        telephones = [{ telephone = \"t\", type = { column = \"kind\" }, customType = \"own\" }]\n\
        permission = { isCoEditing = \"edit\", masterUserId = { column = \"owner\", labels = { \"Kim@example.com\" = \"member-1\" } } }\n\
        [mapping.contactName]\nlastName = \"n\"\n";
    let (code, said, contacts, world) = imported(
        "n,a,b,b first,t,kind,own,edit,owner\nA,a1@example.com,a2@example.com,はい,+44 1632 960061,CUSTOM,hot line,아니요,kim@example.com\nB,b1@example.com,,,+44 1632 960062,mobile,,vielleicht,kim@example.com\n",
        config,
    );
    assert_eq!((code, contacts.len()), (3, 1), "{said}");
    let contact = &contacts[0];
    assert_eq!(contact["emails"][1]["primary"], true);
    assert_eq!(contact["telephones"][0]["customType"], "hot line");
    assert_eq!(contact["permission"]["isCoEditing"], false);
    assert_eq!(contact["permission"]["masterUserId"], "member-1");
    assert_eq!(outcomes(&world)[1].2, "NOT_ALLOWED");
}

#[test]
fn columns_of_a_file_without_a_header_are_named_by_the_mapping() {
    let config = "[mapping]\ncolumns = [\"Name\", \"Phone\", \"Email\"]\n";
    for first in ["", "Name,Phone,Email\n"] {
        let content = format!(
            "{first}Ann Example,+44 1632 960071,ann@example.com\nBo Sample,+44 1632 960072,bo@example.com\n"
        );
        let (code, said, contacts, _) = imported(&content, config);
        assert_eq!((code, contacts.len()), (0, 2), "{said}");
    }
}

#[test]
fn a_property_that_is_declared_a_string_takes_no_link() {
    let config = "[custom_properties.page]\ntype = \"STRING\"\n[mapping]\ntelephones = [\"t\"]\ncustomProperties = { page = { link = \"u\" } }\n\
        [mapping.contactName]\nlastName = \"n\"\n";
    let world = World::new();
    world.write(
        "people.csv",
        "n,t,u\nA,+44 1632 960081,https://example.com\n",
    );
    world.configure(config);
    let checked = world.run(&["check", "people.csv"]);
    assert_eq!(checked.code, 78, "{}", checked.said);
    assert!(
        checked.said.contains("custom_properties.page"),
        "{}",
        checked.said
    );
}
