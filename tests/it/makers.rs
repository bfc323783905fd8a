//! Exports as each maker writes them, with everything in them known: every value has to be where it belongs, and the
//! mapping that `cardlift suggest` writes has to put it there as well.

pub mod file;

use cardlift::source::encoding::TextEncoding;
use file::{Export, Read, records};
use std::path::Path;

#[test]
fn outlook_in_english_keeps_every_value() {
    let read = Export::of("header_outlook_classic_en.csv", "outlook-en")
        .quoted()
        .encoded(TextEncoding::WINDOWS_1252)
        .row(&[
            ("Title", "Dr."),
            ("First Name", "Zoë"),
            ("Middle Name", "Q."),
            ("Last Name", "Müller"),
            ("Suffix", "Jr."),
            ("Company", "Example & Söhne"),
            ("Department", "Sales"),
            ("Job Title", "Head of Sales"),
            ("Business Street", "Examplestraße 1"),
            ("Business Street 2", "Building B"),
            ("Business City", "Berlin"),
            ("Business State", "Berlin"),
            ("Business Postal Code", "10115"),
            ("Business Country/Region", "Germany"),
            ("Home Street", "Gartenweg 2"),
            ("Home City", "Potsdam"),
            ("Home Postal Code", "14467"),
            ("Other Address PO Box", "PO Box 12"),
            ("Other City", "Köln"),
            ("Assistant's Phone", "+49 30 5550100"),
            ("Business Fax", "+49 30 5550101"),
            ("Business Phone", "+49 30 5550102"),
            ("Business Phone 2", "+49 30 5550103"),
            ("Callback", "+49 30 5550104"),
            ("Car Phone", "+49 30 5550105"),
            ("Company Main Phone", "+49 30 5550106"),
            ("Home Fax", "+49 30 5550107"),
            ("Home Phone", "+49 30 5550108"),
            ("Mobile Phone", "+49 151 5550109"),
            ("Other Fax", "+49 30 5550110"),
            ("Other Phone", "+49 30 5550111"),
            ("Pager", "5550112"),
            ("Primary Phone", "+49 30 5550113"),
            ("Telex", "5550114"),
            ("TTY/TDD Phone", "5550115"),
            ("Anniversary", "2015-06-20"),
            ("Birthday", "1980-04-23"),
            ("Categories", "Customers;Fair 2024"),
            ("Children", "Max"),
            ("E-mail Address", "zoe@example.com"),
            ("E-mail Type", "SMTP"),
            ("E-mail Display Name", "Zoë Q. Müller (zoe@example.com)"),
            ("E-mail 2 Address", "zoe.private@example.com"),
            ("E-mail 2 Type", "SMTP"),
            ("E-mail 2 Display Name", "Zoë at home"),
            ("Gender", "Unspecified"),
            ("Initials", "Z.M."),
            ("Notes", "First line\r\nSecond, \"quoted\" line"),
            ("Priority", "Normal"),
            ("Private", "False"),
            ("Sensitivity", "Normal"),
            ("Spouse", "Jan"),
            ("User 1", "4711"),
            ("Web Page", "https://www.example.com/zoe"),
        ])
        .row(&[
            ("First Name", "Ann"),
            ("E-mail Address", "ann@example.com"),
            ("Anniversary", "0/0/00"),
            ("Birthday", "0/0/00"),
            ("Gender", "Unspecified"),
        ])
        .read();
    assert_read(&read, "Outlook CSV (English)", "windows-1252");
    assert_record(
        &read,
        0,
        &[
            "firstName=Zoë",
            "lastName=Müller",
            "prefix=Dr.",
            "suffix=Jr.",
            "middleName=Q.",
            "email=*zoe@example.com",
            "email=zoe.private@example.com",
            "telephone=CELLPHONE +49 151 5550109",
            "telephone=WORK +49 30 5550102",
            "telephone=WORK +49 30 5550103",
            "telephone=WORK +49 30 5550106",
            "telephone=HOME +49 30 5550108",
            "telephone=WORK_FAX +49 30 5550101",
            "telephone=HOME_FAX +49 30 5550107",
            "telephone=OTHER +49 30 5550111",
            "telephone=*Primary Phone +49 30 5550113",
            "telephone=Other Fax +49 30 5550110",
            "telephone=Pager 5550112",
            "telephone=Car Phone +49 30 5550105",
            "telephone=Callback +49 30 5550104",
            "telephone=Telex 5550114",
            "telephone=TTY/TDD Phone 5550115",
            "telephone=Assistant's Phone +49 30 5550100",
            "organization=Example & Söhne/Sales/Head of Sales",
            "event=*BIRTHDAY 1980-04-23",
            "event=ANNIVERSARY 2015-06-20",
            "location=*WORK (10115) Examplestraße 1, Building B, Berlin, Berlin, Germany",
            "location=HOME (14467) Gartenweg 2, Potsdam",
            "location=OTHER PO Box 12, Köln",
            "website=https://www.example.com/zoe",
            "memo=First line\r\nSecond, \"quoted\" line",
        ],
        &[
            "Categories=Customers",
            "Categories=Fair 2024",
            "Children=Max",
            "E-mail 2 Display Name=Zoë at home",
            "Initials=Z.M.",
            "Spouse=Jan",
            "User 1=4711",
        ],
    );
    assert_record(&read, 1, &["firstName=Ann", "email=ann@example.com"], &[]);
}

#[test]
fn the_outlook_csv_of_google_keeps_every_value() {
    let read = Export::of("header_google_outlook_csv_export.csv", "google-outlook")
        .row(&[
            ("First Name", "Gildong"),
            ("Last Name", "Hong"),
            ("Title", "Mr."),
            ("Birthday", "1990-01-02"),
            ("Notes", "one\ntwo"),
            ("E-mail Address", "hong@example.com"),
            ("E-mail 2 Address", "gildong@example.com"),
            ("Home Phone", "02-0000-0001"),
            ("Mobile Phone", "010-0000-0001"),
            (
                "Home Address",
                "1 Example-ro\nMapo-gu, Seoul 04000\nSouth Korea",
            ),
            ("Home Street", "1 Example-ro"),
            ("Home City", "Mapo-gu"),
            ("Home State", "Seoul"),
            ("Home Postal Code", "04000"),
            ("Home Country", "South Korea"),
            ("Business Address", "서울특별시 중구 예시로 2"),
            ("Company", "Example Corp."),
            ("Job Title", "Engineer"),
            ("Categories", "My Contacts;동호회"),
        ])
        .read();
    assert_read(&read, "Google Contacts, Outlook CSV", "UTF-8");
    assert_record(
        &read,
        0,
        &[
            "firstName=Gildong",
            "lastName=Hong",
            "prefix=Mr.",
            "email=*hong@example.com",
            "email=gildong@example.com",
            "telephone=*CELLPHONE 010-0000-0001",
            "telephone=HOME 02-0000-0001",
            "organization=Example Corp.//Engineer",
            "event=BIRTHDAY 1990-01-02",
            "location=*WORK 서울특별시 중구 예시로 2",
            "location=HOME (04000) 1 Example-ro, Mapo-gu, Seoul, South Korea",
            "memo=one\ntwo",
            "tag=tag-1",
        ],
        &[],
    );
}

#[test]
fn outlook_com_keeps_every_value() {
    let read = Export::of("header_outlook_com_web.csv", "outlook-com")
        .marked()
        .row(&[
            ("First Name", "太郎"),
            ("Last Name", "見本"),
            ("Given Yomi", "タロウ"),
            ("Surname Yomi", "ミホン"),
            ("Nickname", "たろ"),
            ("E-mail Address", "taro@example.com"),
            ("Mobile Phone", "090-0000-0001"),
            ("Business Phone", "03-0000-0001"),
            ("IMAddress", "taro@chat.example.com"),
            ("Company", "見本株式会社"),
            ("Company Yomi", "ミホン"),
            ("Business Street", "見本町1-2-3"),
            ("Business City", "千代田区"),
            ("Business State", "東京都"),
            ("Business Postal Code", "100-0000"),
            ("Business Country/Region", "日本"),
            ("Personal Web Page", "https://taro.example.com"),
            ("Web Page", "https://example.com"),
            ("Birthday", "1985-12-31"),
            ("Schools", "見本大学"),
        ])
        .read();
    assert_read(&read, "Outlook.com CSV", "UTF-8");
    assert_record(
        &read,
        0,
        &[
            "firstName=太郎",
            "lastName=見本",
            "phoneticFirstName=タロウ",
            "phoneticLastName=ミホン",
            "nickName=たろ",
            "email=taro@example.com",
            "telephone=*CELLPHONE 090-0000-0001",
            "telephone=WORK 03-0000-0001",
            "organization=見本株式会社//",
            "event=BIRTHDAY 1985-12-31",
            "location=WORK (100-0000) 日本 東京都千代田区見本町1-2-3",
            "messenger=IM taro@chat.example.com",
            "website=*https://example.com",
            "website=https://taro.example.com",
        ],
        &["Company Yomi=ミホン", "Schools=見本大学"],
    );
}

#[test]
fn outlook_in_japanese_keeps_every_value() {
    let read = Export::of("header_outlook_classic_ja.csv", "outlook-ja")
        .quoted()
        .encoded(TextEncoding::SHIFT_JIS)
        .row(&[
            ("名", "花子"),
            ("姓", "見本"),
            ("名前フリガナ", "ハナコ"),
            ("姓フリガナ", "ミホン"),
            ("敬称", "様"),
            ("会社名", "見本商事㈱"),
            ("会社名フリガナ", "ミホンショウジ"),
            ("部署", "営業部"),
            ("役職", "部長"),
            ("番地 (会社)", "見本町1-2-3"),
            ("住所 2 (会社)", "見本ビル 5階"),
            ("市町村 (会社)", "中央区"),
            ("都道府県 (会社)", "東京都"),
            ("郵便番号 (会社)", "104-0000"),
            ("国 (会社)/地域", "日本"),
            ("会社 FAX", "03-0000-0003"),
            ("会社電話", "03-0000-0001"),
            ("会社代表電話", "03-0000-0002"),
            ("携帯電話", "090-0000-0002"),
            ("自宅電話", "045-000-0001"),
            ("その他の FAX", "03-0000-0004"),
            ("ポケットベル", "020-0000-0001"),
            ("通常の電話", "090-0000-0003"),
            ("秘書の電話", "03-0000-0005"),
            ("Web ページ", "https://www.example.com"),
            ("プライベート", "False"),
            ("メモ", "一行目\r\n二行目"),
            ("記念日", "00/0/0"),
            ("誕生日", "1975/3/9"),
            ("性別", "指定なし"),
            ("電子メール アドレス", "hanako@example.com"),
            ("電子メールの種類", "SMTP"),
            ("電子メール表示名", "見本 花子 (hanako@example.com)"),
            ("配偶者", "一郎"),
            ("秘密度", "標準"),
            ("優先度", "標準"),
            ("分類", "取引先;動物園"),
        ])
        .read();
    assert_read(&read, "Outlook CSV (Japanese)", "Shift_JIS");
    assert_record(
        &read,
        0,
        &[
            "firstName=花子",
            "lastName=見本",
            "phoneticFirstName=ハナコ",
            "phoneticLastName=ミホン",
            "suffix=様",
            "email=hanako@example.com",
            "telephone=CELLPHONE 090-0000-0002",
            "telephone=WORK 03-0000-0001",
            "telephone=WORK 03-0000-0002",
            "telephone=HOME 045-000-0001",
            "telephone=WORK_FAX 03-0000-0003",
            "telephone=*通常の電話 090-0000-0003",
            "telephone=その他の FAX 03-0000-0004",
            "telephone=ポケットベル 020-0000-0001",
            "telephone=秘書の電話 03-0000-0005",
            "organization=見本商事㈱/営業部/部長",
            "event=BIRTHDAY 1975-03-09",
            "location=WORK (104-0000) 日本 東京都中央区見本町1-2-3 見本ビル 5階",
            "website=https://www.example.com",
            "memo=一行目\r\n二行目",
        ],
        &[
            "会社名フリガナ=ミホンショウジ",
            "分類=取引先",
            "分類=動物園",
            "配偶者=一郎",
        ],
    );
}

#[test]
fn outlook_in_korean_keeps_every_value() {
    let read = Export::of("header_outlook_classic_ko.csv", "outlook-ko")
        .quoted()
        .encoded(TextEncoding::CP949)
        .row(&[
            ("이름", "길동"),
            ("성", "홍"),
            ("호칭(한글)", "귀하"),
            ("회사", "예시상사"),
            ("부서", "영업부"),
            ("직함", "차장"),
            ("근무지 주소 번지", "예시로 1"),
            ("근무지 번지 2", "3층"),
            ("근무지 구/군/시", "강남구"),
            ("근무지 시/도", "서울특별시"),
            ("근무지 우편 번호", "06000"),
            ("근무지 국가/지역", "대한민국"),
            ("집 번지", "보기길 2"),
            ("집 주소 구/군/시", "수원시"),
            ("집 주소 시/도", "경기도"),
            ("집 주소 우편 번호", "16200"),
            ("비서 전화 번호", "02-000-0005"),
            ("근무지 팩스", "02-000-0002"),
            ("근무처 전화", "02-000-0001"),
            ("집 전화 번호", "031-000-0001"),
            ("휴대폰", "010-0000-0001"),
            ("기본 전화", "010-0000-0002"),
            ("호출기", "012-000-0001"),
            ("결혼 기념일", "0/0/00"),
            ("메모", "첫 줄\r\n둘째 줄"),
            ("범주 항목", "거래처;동호회"),
            ("생일", "1980-05-05"),
            ("성별", "지정 안 됨"),
            ("웹 페이지", "http://www.example.com"),
            ("전자 메일 주소", "hong@example.com"),
            ("전자 메일 유형", "SMTP"),
            ("전자 메일 표시 이름", "홍길동(hong@example.com)"),
            ("전자 메일 2 주소", "gildong@example.com"),
            ("배우자", "춘향"),
        ])
        .read();
    assert_read(&read, "Outlook CSV (Korean)", "CP949");
    assert_record(
        &read,
        0,
        &[
            "firstName=길동",
            "lastName=홍",
            "suffix=귀하",
            "email=*hong@example.com",
            "email=gildong@example.com",
            "telephone=CELLPHONE 010-0000-0001",
            "telephone=WORK 02-000-0001",
            "telephone=HOME 031-000-0001",
            "telephone=WORK_FAX 02-000-0002",
            "telephone=*기본 전화 010-0000-0002",
            "telephone=호출기 012-000-0001",
            "telephone=비서 전화 번호 02-000-0005",
            "organization=예시상사/영업부/차장",
            "event=BIRTHDAY 1980-05-05",
            "location=*WORK (06000) 대한민국 서울특별시 강남구 예시로 1 3층",
            "location=HOME (16200) 경기도 수원시 보기길 2",
            "website=http://www.example.com",
            "memo=첫 줄\r\n둘째 줄",
            "tag=tag-1",
        ],
        &["범주 항목=거래처", "배우자=춘향"],
    );
}

#[test]
fn the_naver_address_book_keeps_every_value() {
    let mut export = Export::of("header_naver_contacts_ko.csv", "naver").quoted();
    export.cell_prefix = "'";
    // Some exports end with a column that has no name.
    export.header.push(String::new());
    for name in &mut export.header {
        *name = name.replace("메신저타입", "메신저 타입").replace('·', ".");
    }
    let read = export
        .row(&[
            ("성", "홍"),
            ("이름", "길동"),
            ("경칭", "Dr."),
            ("호칭", "선생님"),
            ("닉네임", "길동이"),
            ("휴대폰번호", "010-0000-0001"),
            ("이메일", "hong@example.com"),
            ("그룹명", "동호회"),
            ("회사번호", "02-000-0001"),
            ("집번호", "031-000-0001"),
            ("회사Fax번호", "02-000-0002"),
            ("집Fax번호", "031-000-0002"),
            ("기타번호", "070-0000-0001"),
            ("전화번호직접입력(전화종류)", "별장"),
            ("전화번호직접입력(번호)", "033-000-0001"),
            ("생일", "1970-01-15"),
            ("생일(양력음력)", "음력"),
            ("기념일(이름)", "결혼기념일"),
            ("기념일(날짜)", "2001-05-20"),
            ("회사.소속명", "예시상사"),
            ("부서명", "영업부"),
            ("직책", "차장"),
            ("회사우편번호", "06000"),
            ("회사주소", "서울특별시 강남구 예시로 1"),
            ("집우편번호", "16200"),
            ("집주소", "경기도 수원시 보기길 2"),
            ("주소직접입력(주소이름)", "별장"),
            ("주소직접입력(우편번호)", "25000"),
            ("주소직접입력(주소정보)", "강원도 예시군 산길 3"),
            ("홈페이지", "http://blog.example.com"),
            ("메신저 타입", "라인"),
            ("메신저주소", "hong-line"),
            ("메모", "첫 줄\n둘째 줄"),
            ("추가휴대폰번호1", "010-0000-0002"),
            ("추가휴대폰번호3", "010-0000-0003"),
            ("추가회사Fax번호1", "02-000-0003"),
            ("추가이메일1", "gildong@example.com"),
            ("추가홈페이지2", "http://shop.example.com"),
            ("추가그룹명1", "거래처"),
        ])
        .row(&[
            ("이름", "남궁민"),
            ("휴대폰번호", "010-0000-0009"),
            ("생일", "1999-09-09"),
            ("생일(양력음력)", "양력"),
        ])
        .read();
    assert_read(&read, "NAVER address book", "UTF-8");
    assert_record(
        &read,
        0,
        &[
            "firstName=길동",
            "lastName=홍",
            "nickName=길동이",
            "prefix=Dr.",
            "suffix=선생님",
            "email=*hong@example.com",
            "email=gildong@example.com",
            "telephone=*CELLPHONE 010-0000-0001",
            "telephone=CELLPHONE 010-0000-0002",
            "telephone=CELLPHONE 010-0000-0003",
            "telephone=WORK 02-000-0001",
            "telephone=HOME 031-000-0001",
            "telephone=WORK_FAX 02-000-0002",
            "telephone=WORK_FAX 02-000-0003",
            "telephone=HOME_FAX 031-000-0002",
            "telephone=OTHER 070-0000-0001",
            "telephone=별장 033-000-0001",
            "organization=예시상사/영업부/차장",
            "event=*BIRTHDAY LUNAR 1970-01-15",
            "event=ANNIVERSARY 2001-05-20",
            "location=*WORK (06000) 서울특별시 강남구 예시로 1",
            "location=HOME (16200) 경기도 수원시 보기길 2",
            "location=별장 (25000) 강원도 예시군 산길 3",
            "messenger=LINE hong-line",
            "website=*http://blog.example.com",
            "website=http://shop.example.com",
            "memo=첫 줄\n둘째 줄",
            "tag=tag-1",
        ],
        &["추가그룹명1=거래처"],
    );
    assert_record(
        &read,
        1,
        &[
            "firstName=민",
            "lastName=남궁",
            "telephone=CELLPHONE 010-0000-0009",
            "event=BIRTHDAY 1999-09-09",
        ],
        &[],
    );
    let notes = &read.records[1].notes;
    assert_eq!(notes.len(), 1, "the apostrophes are not noted: {notes:?}");
}

#[test]
fn remember_keeps_every_value_and_its_names_are_whole_ones() {
    for (file, encoding, marked) in [
        ("header_remember_kr_csv.csv", TextEncoding::UTF_8, true),
        ("header_remember_kr_xlsx.csv", TextEncoding::CP949, false),
        ("header_remember_kr_csv.csv", TextEncoding::UTF_16LE, true),
    ] {
        let mut export = Export::of(file, "remember").quoted().encoded(encoding);
        export = if marked { export.marked() } else { export };
        let read = export
            .row(&[
                ("이름", "홍길동"),
                ("휴대폰", "010-0000-0001"),
                ("회사", "예시상사"),
                ("부서", "영업부"),
                ("직함", "차장"),
                ("전자 메일 주소", "hong@example.com"),
                ("근무처 전화", "02-000-0001"),
                ("근무처 팩스", "02-000-0002"),
                ("근무지 주소 번지", "서울특별시 강남구 예시로 1, 3층"),
                ("명함 등록일", "2025년 01월 02일"),
                ("그룹", "동호회"),
                ("메모", "첫 줄\n둘째 줄"),
            ])
            .row(&[
                ("이름", "John Example"),
                ("전자 메일 주소", "john@example.com"),
                ("명함 등록일", "someday"),
            ])
            .read();
        assert_read(&read, "Remember business cards", encoding.name());
        assert_record(
            &read,
            0,
            &[
                "firstName=길동",
                "lastName=홍",
                "email=hong@example.com",
                "telephone=*CELLPHONE 010-0000-0001",
                "telephone=WORK 02-000-0001",
                "telephone=WORK_FAX 02-000-0002",
                "organization=예시상사/영업부/차장",
                "event=명함 등록일 2025-01-02",
                "location=WORK 서울특별시 강남구 예시로 1, 3층",
                "memo=첫 줄\n둘째 줄",
                "tag=tag-1",
            ],
            &[],
        );
        assert_record(
            &read,
            1,
            &[
                "firstName=John",
                "lastName=Example",
                "email=john@example.com",
            ],
            &["명함 등록일=someday"],
        );
    }
}

#[test]
fn eight_keeps_every_value_below_its_preamble() {
    let preamble = "このファイルはEightから出力されました。\r\n名刺データの見本です。\r\n,,\r\n出力日 2025/01/02\r\n取り扱いにご注意ください。\r\n\r\n\r\n";
    for (file, encoding) in [
        ("header_eight_jp.csv", TextEncoding::SHIFT_JIS),
        ("header_eight_jp_split_name.csv", TextEncoding::UTF_8),
    ] {
        let mut export = Export::of(file, "eight").encoded(encoding);
        export.preamble = preamble;
        let is_split = !export.header.iter().any(|name| name == "氏名");
        let mut cells = vec![
            ("会社名", "見本商事株式会社"),
            ("部署名", "営業部"),
            ("役職", "部長"),
            ("e-mail", "hanako@example.com"),
            ("郵便番号", "104-0000"),
            ("住所", "東京都中央区見本町1-2-3 見本ビル"),
            ("TEL会社", "03-0000-0001"),
            ("TEL部門", "03-0000-0002"),
            ("TEL直通", "03-0000-0003"),
            ("Fax", "03-0000-0004"),
            ("携帯電話", "090-0000-0001"),
            ("URL", "https://www.example.com"),
            ("名刺交換日", "2024/12/25"),
        ];
        cells.extend(match is_split {
            true => vec![("姓", "見本"), ("名", "花子")],
            false => vec![("氏名", "見本 花子")],
        });
        let read = export.row(&cells).read();
        assert_read(&read, "Eight business cards", encoding.name());
        assert_record(
            &read,
            0,
            &[
                "firstName=花子",
                "lastName=見本",
                "email=hanako@example.com",
                "telephone=*CELLPHONE 090-0000-0001",
                "telephone=WORK 03-0000-0001",
                "telephone=TEL部門 03-0000-0002",
                "telephone=TEL直通 03-0000-0003",
                "telephone=WORK_FAX 03-0000-0004",
                "organization=見本商事株式会社/営業部/部長",
                "event=名刺交換日 2024-12-25",
                "location=WORK (104-0000) 東京都中央区見本町1-2-3 見本ビル",
                "website=https://www.example.com",
            ],
            &[],
        );
    }
}

#[test]
fn thunderbird_keeps_every_value() {
    let file = "header_thunderbird_en_us.csv";
    thunderbird(file, "State", "ZipCode", "Organization");
}

#[cfg(feature = "shared")]
#[test]
fn thunderbird_in_british_english_keeps_every_value() {
    let file = "header_thunderbird_en_gb.csv";
    thunderbird(file, "County", "Post Code", "Organisation");
}

#[track_caller]
fn thunderbird(file: &str, region: &str, zip: &str, organization: &str) {
    let of = |place: &str, what: &str| format!("{place} {what}");
    let (home_region, home_zip) = (of("Home", region), of("Home", zip));
    let (work_region, work_zip) = (of("Work", region), of("Work", zip));
    let read = Export::of(file, "thunderbird")
        .row(&[
            ("First Name", "Ann"),
            ("Last Name", "Example"),
            ("Display Name", "Ann Example"),
            ("Nickname", "Annie"),
            ("Primary Email", "ann@example.com"),
            ("Secondary Email", "annie@example.com"),
            ("Screen Name", "annie99"),
            ("Work Phone", "+44 20 7946 0001"),
            ("Home Phone", "+44 20 7946 0002"),
            ("Fax Number", "+44 20 7946 0003"),
            ("Pager Number", "+44 20 7946 0004"),
            ("Mobile Number", "+44 7700 900001"),
            ("Home Address", "1 Example Street"),
            ("Home Address 2", "Flat 2"),
            ("Home City", "Exampleton"),
            (&home_region, "Exshire"),
            (&home_zip, "EX1 1EX"),
            ("Home Country", "United Kingdom"),
            ("Work Address", "2 Sample Road"),
            ("Work City", "Sampleby"),
            (&work_region, "Samshire"),
            (&work_zip, "SA1 1SA"),
            ("Job Title", "Engineer"),
            ("Department", "Works"),
            (organization, "Example Ltd"),
            ("Web Page 1", "https://www.example.com"),
            ("Web Page 2", "https://ann.example.com"),
            ("Birth Year", "1988"),
            ("Birth Month", "2"),
            ("Birth Day", "9"),
            ("Custom 1", "blue"),
            ("Notes", "one\ntwo"),
        ])
        .row(&[
            ("Display Name", "Bob van der Example"),
            ("Primary Email", "bob@example.com"),
            ("Birth Month", "3"),
            ("Birth Day", "4"),
        ])
        .read();
    assert_read(&read, "Thunderbird CSV", "UTF-8");
    assert_record(
        &read,
        0,
        &[
            "firstName=Ann",
            "lastName=Example",
            "nickName=Annie",
            "email=*ann@example.com",
            "email=annie@example.com",
            "telephone=*CELLPHONE +44 7700 900001",
            "telephone=WORK +44 20 7946 0001",
            "telephone=HOME +44 20 7946 0002",
            "telephone=Fax Number +44 20 7946 0003",
            "telephone=Pager Number +44 20 7946 0004",
            "organization=Example Ltd/Works/Engineer",
            "event=BIRTHDAY 1988-02-09",
            "location=*WORK (SA1 1SA) 2 Sample Road, Sampleby, Samshire",
            "location=HOME (EX1 1EX) 1 Example Street, Flat 2, Exampleton, Exshire, United Kingdom",
            "messenger=Screen Name annie99",
            "website=*https://www.example.com",
            "website=https://ann.example.com",
            "memo=one\ntwo",
        ],
        &["Custom 1=blue"],
    );
    assert_record(
        &read,
        1,
        &[
            "firstName=Bob",
            "lastName=van der Example",
            "email=bob@example.com",
        ],
        &["Birth Month=3", "Birth Day=4"],
    );
}

#[test]
fn hubspot_keeps_every_value_whatever_the_view_shows() {
    let columns = [
        "Record ID",
        "First Name",
        "Last Name",
        "Email",
        "Mobile Phone Number",
        "Phone Number",
        "Job Title",
        "Company Name",
        "Street Address",
        "City",
        "State/Region",
        "Postal Code",
        "Country/Region",
        "Website URL",
        "Lead Status",
        "Lifecycle Stage",
        "Associated Company",
        "Create Date",
    ];
    let read = Export::new(&columns)
        .marked()
        .row(&[
            ("Record ID", "1001"),
            ("First Name", "Ann"),
            ("Last Name", "Example"),
            ("Email", "ann@example.com"),
            ("Mobile Phone Number", "+1 555 010 0001"),
            ("Phone Number", "+1 555 010 0002"),
            ("Job Title", "Buyer"),
            ("Company Name", "Example Inc."),
            ("Street Address", "1 Example Ave"),
            ("City", "Springfield"),
            ("State/Region", "IL"),
            ("Postal Code", "62701"),
            ("Country/Region", "United States"),
            ("Website URL", "example.com"),
            ("Lifecycle Stage", "Lead"),
            ("Associated Company", "Example Inc."),
            ("Create Date", "2024-01-02 10:20"),
        ])
        .read();
    assert_read(&read, "HubSpot contacts", "UTF-8");
    assert_record(
        &read,
        0,
        &[
            "firstName=Ann",
            "lastName=Example",
            "email=ann@example.com",
            "telephone=*CELLPHONE +1 555 010 0001",
            "telephone=OTHER +1 555 010 0002",
            "organization=Example Inc.//Buyer",
            "location=OTHER (62701) 1 Example Ave, Springfield, IL, United States",
            "website=example.com",
        ],
        &[
            "Record ID=1001",
            "Lifecycle Stage=Lead",
            "Create Date=2024-01-02 10:20",
        ],
    );
}

#[test]
fn salesforce_keeps_every_value_of_a_report_and_of_a_data_export() {
    let report = [
        "Salutation",
        "First Name",
        "Last Name",
        "Title",
        "Account Name",
        "Mailing Street",
        "Mailing City",
        "Mailing State/Province",
        "Mailing Zip/Postal Code",
        "Mailing Country",
        "Phone",
        "Fax",
        "Mobile",
        "Email",
        "Contact ID",
    ];
    let read = Export::new(&report)
        .quoted()
        .encoded(TextEncoding::UTF_8)
        .row(&[
            ("Salutation", "Ms."),
            ("First Name", "Ann"),
            ("Last Name", "Example"),
            ("Title", "CFO"),
            ("Account Name", "Example Inc."),
            ("Mailing Street", "1 Example Ave\r\nSuite 2"),
            ("Mailing City", "Springfield"),
            ("Mailing State/Province", "IL"),
            ("Mailing Zip/Postal Code", "62701"),
            ("Mailing Country", "USA"),
            ("Phone", "(555) 010-0001"),
            ("Fax", "(555) 010-0002"),
            ("Mobile", "(555) 010-0003"),
            ("Email", "ann@example.com"),
            ("Contact ID", "003000000000001"),
        ])
        .read();
    assert_read(&read, "Salesforce report", "UTF-8");
    let contact = [
        "firstName=Ann",
        "lastName=Example",
        "prefix=Ms.",
        "email=ann@example.com",
        "telephone=*CELLPHONE (555) 010-0003",
        "telephone=WORK (555) 010-0001",
        "telephone=WORK_FAX (555) 010-0002",
        "organization=Example Inc.//CFO",
        "location=Mailing (62701) 1 Example Ave, Suite 2, Springfield, IL, USA",
    ];
    assert_record(&read, 0, &contact, &["Contact ID=003000000000001"]);

    let file = "header_salesforce_data_export_contact_standard.csv";
    let read = Export::of(file, "salesforce-export")
        .quoted()
        .row(&[
            ("Id", "003000000000001AAA"),
            ("IsDeleted", "0"),
            ("MasterRecordId", "000000000000000AAA"),
            ("AccountId", "001000000000001AAA"),
            ("LastName", "Example"),
            ("FirstName", "Ann"),
            ("Salutation", "Ms."),
            ("Name", "Ann Example"),
            ("MailingStreet", "1 Example Ave\nSuite 2"),
            ("MailingCity", "Springfield"),
            ("MailingState", "IL"),
            ("MailingPostalCode", "62701"),
            ("MailingCountry", "USA"),
            ("OtherCity", "Shelbyville"),
            ("Phone", "(555) 010-0001"),
            ("Fax", "(555) 010-0002"),
            ("MobilePhone", "(555) 010-0003"),
            ("AssistantPhone", "(555) 010-0004"),
            ("Email", "ann@example.com"),
            ("Title", "CFO"),
            ("Birthdate", "1970-05-06"),
            ("Description", "one\ntwo"),
            ("CreatedDate", "2024-01-02 03:04:05"),
        ])
        .read();
    assert_read(&read, "Salesforce data export", "UTF-8");
    assert_record(
        &read,
        0,
        &[
            "firstName=Ann",
            "lastName=Example",
            "prefix=Ms.",
            "email=ann@example.com",
            "telephone=*CELLPHONE (555) 010-0003",
            "telephone=WORK (555) 010-0001",
            "telephone=WORK_FAX (555) 010-0002",
            "telephone=Assistant Phone (555) 010-0004",
            "organization=//CFO",
            "event=BIRTHDAY 1970-05-06",
            "location=*Mailing (62701) 1 Example Ave, Suite 2, Springfield, IL, USA",
            "location=OTHER Shelbyville",
            "memo=one\ntwo",
        ],
        &[
            "Id=003000000000001AAA",
            "AccountId=001000000000001AAA",
            "CreatedDate=2024-01-02 03:04:05",
        ],
    );
}

#[test]
fn google_keeps_every_value_in_both_of_its_headers() {
    let read = Export::of("header_google_2024plus.csv", "google-2024")
        .row(&[
            ("First Name", "길동"),
            ("Last Name", "홍"),
            ("Phonetic First Name", "Gildong"),
            ("Phonetic Last Name", "Hong"),
            ("Nickname", "길동이"),
            ("File As", "홍길동"),
            ("Organization Name", "예시상사"),
            ("Organization Title", "차장"),
            ("Birthday", " --04-12"),
            ("Notes", "첫 줄\n둘째 줄"),
            ("Labels", "동호회 ::: * myContacts"),
            ("E-mail 1 - Label", "* Work"),
            (
                "E-mail 1 - Value",
                "hong@example.com ::: gildong@example.com",
            ),
            ("Phone 1 - Label", "Mobile"),
            ("Phone 1 - Value", "010-0000-0001 ::: 010-0000-0002"),
            ("Phone 2 - Label", "본사 2층"),
            ("Phone 2 - Value", "02-000-0001"),
            ("Address 1 - Label", "Work"),
            (
                "Address 1 - Formatted",
                "예시로 1\n강남구\n서울특별시\n06000\n대한민국",
            ),
            ("Address 1 - Street", "예시로 1"),
            ("Address 1 - City", "강남구"),
            ("Address 1 - Region", "서울특별시"),
            ("Address 1 - Postal Code", "06000"),
            ("Address 1 - Country", "대한민국"),
            ("Website 1 - Label", "Blog"),
            ("Website 1 - Value", "https://blog.example.com"),
            ("Event 1 - Label", "Anniversary"),
            ("Event 1 - Value", "2001-05-20"),
            ("Event 2 - Label", "음력 생일"),
            ("Event 2 - Value", "1970-01-15"),
        ])
        .read();
    assert_read(&read, "Google Contacts CSV (since 2024)", "UTF-8");
    assert_record(
        &read,
        0,
        &[
            "firstName=길동",
            "lastName=홍",
            "phoneticFirstName=Gildong",
            "phoneticLastName=Hong",
            "nickName=길동이",
            "email=*hong@example.com",
            "email=gildong@example.com",
            "telephone=*CELLPHONE 010-0000-0001",
            "telephone=CELLPHONE 010-0000-0002",
            "telephone=본사 2층 02-000-0001",
            "organization=예시상사//차장",
            "event=*ANNIVERSARY 2001-05-20",
            "event=BIRTHDAY LUNAR 1970-01-15",
            "location=WORK (06000) 대한민국 서울특별시 강남구 예시로 1",
            "website=https://blog.example.com",
            "memo=첫 줄\n둘째 줄",
            "tag=tag-1",
        ],
        &[
            "File As=홍길동",
            "Birthday=--04-12",
            "E-mail 1 - Label=* Work",
            "Website 1 - Label=Blog",
        ],
    );

    let read = Export::of("header_google_legacy.csv", "google-legacy")
        .encoded(TextEncoding::UTF_16LE)
        .marked()
        .row(&[
            ("Name", "花子 見本"),
            ("Given Name", "花子"),
            ("Family Name", "見本"),
            ("Given Name Yomi", "ハナコ"),
            ("Family Name Yomi", "ミホン"),
            ("Birthday", "1980-01-02"),
            ("Group Membership", "* myContacts ::: 取引先"),
            ("E-mail 1 - Type", "* "),
            ("E-mail 1 - Value", "hanako@example.com"),
            ("Phone 1 - Type", "Work Fax"),
            ("Phone 1 - Value", "03-0000-0001"),
            ("Organization 1 - Name", "見本商事"),
            ("Organization 1 - Title", "部長"),
        ])
        .read();
    assert_read(&read, "Google Contacts CSV (before 2024)", "UTF-16LE");
    assert_record(
        &read,
        0,
        &[
            "firstName=花子",
            "lastName=見本",
            "phoneticFirstName=ハナコ",
            "phoneticLastName=ミホン",
            "email=hanako@example.com",
            "telephone=WORK_FAX 03-0000-0001",
            "organization=見本商事//部長",
            "event=BIRTHDAY 1980-01-02",
        ],
        &["Group Membership=取引先"],
    );
}

fn assert_read(read: &Read, title: &str, encoding: &str) {
    let as_expected = read.read_as.starts_with(title) && read.read_as.contains(encoding);
    assert!(as_expected, "{}", read.read_as);
    let folder = read.path.parent().expect("the file is in a folder");
    run(folder, &["check", "export.csv"]);
    let mapping = folder.join("mapping.toml");
    let suggested = run(folder, &["suggest", "export.csv"]);
    std::fs::write(&mapping, &suggested).expect("the folder can be written");
    run(
        folder,
        &["check", "export.csv", "--mapping", "mapping.toml"],
    );
    let again = records(&read.path, Some(&mapping));
    for (one, other) in read.records.iter().zip(&again) {
        assert_eq!(one.contact, other.contact, "{suggested}");
        assert_eq!(one.lost, other.lost, "{suggested}");
    }
}

/// Runs the program in a folder; it must end well. Gives what it wrote to stdout.
fn run(folder: &Path, args: &[&str]) -> String {
    let output = assert_cmd::Command::cargo_bin("cardlift")
        .expect("the program is built beside its tests")
        .args(args)
        .current_dir(folder)
        .output()
        .expect("the program can be run");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {said}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn assert_record(read: &Read, index: usize, contact: &[&str], lost: &[&str]) {
    let record = &read.records[index];
    assert_eq!(record.problems, "");
    assert_eq!(record.contact, contact, "record {index}");
    let mut found = record.lost.clone();
    let mut expected: Vec<_> = lost.iter().map(|one| (*one).to_owned()).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected, "record {index}");
}
