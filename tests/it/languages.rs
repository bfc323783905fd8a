//! What the program says, in three languages, to a terminal and to a file.

use crate::world::{Ran, World, google, ran};

const LANGUAGES: [&str; 3] = ["en", "ko", "ja"];

/// Three rows: a telephone with letters after Korean text, an e-mail that is too long, and no way to reach a person.
fn mistakes() -> String {
    let long = format!("{}@example.com", "a".repeat(300));
    google(&[
        &[
            ("Last Name", "홍"),
            ("First Name", "길동"),
            ("Phone 1 - Label", "Mobile"),
            ("Phone 1 - Value", "내선１２ 010-0000-0001"),
        ],
        &[("First Name", "Erika"), ("E-mail 1 - Value", &long)],
        &[("First Name", "Max")],
    ])
}

fn with_locale(world: &World, args: &[&str], variables: &[(&str, &str)]) -> Ran {
    let mut command = world.command(args);
    command.env_remove("LANG");
    for (name, value) in variables {
        command.env(name, value);
    }
    ran(command)
}

#[test]
fn the_summary_is_said_in_each_language() {
    let world = World::new();
    world.write("contacts.csv", mistakes());
    for lang in LANGUAGES {
        let ran = world.report(&["check", "contacts.csv", "--lang", lang]);
        assert_eq!(ran.code, 3, "{}", ran.said);
        insta::assert_snapshot!(format!("summary_{lang}"), ran.said);
    }
}

#[test]
fn reasons_are_translated_and_codes_are_not() {
    let world = World::new();
    world.write("contacts.csv", mistakes());
    world.report(&["check", "contacts.csv", "--lang", "ko"]);
    let rows = world.results();
    assert_eq!(rows[0]["outcome"], "invalid");
    assert_eq!(rows[0]["code"], "PHONE_PATTERN");
    assert_eq!(rows[0]["field"], "telephones[0].telephone");
    assert!(
        rows[0]["message"].contains("전화번호에 쓸 수 없는 문자입니다"),
        "{}",
        rows[0]["message"]
    );
    assert!(
        world
            .read("report/rejects.csv")
            .contains("메일 주소나 전화번호를 입력하세요")
    );
    let again = world.run(&[
        "check",
        "report/rejects.csv",
        "--report",
        "again",
        "--lang",
        "ja",
    ]);
    assert_eq!(again.code, 3, "{}", again.said);
}

#[test]
fn the_locale_chooses_the_language_and_the_option_wins() {
    let world = World::new();
    world.write("contacts.csv", mistakes());
    let check = ["check", "contacts.csv", "--report", "report"];
    let in_korean = with_locale(&world, &check, &[("LANG", "ko_KR.UTF-8")]);
    assert!(in_korean.said.contains("레코드 3건"), "{}", in_korean.said);
    let japanese = [("LANG", "ko_KR.UTF-8"), ("LC_ALL", "ja_JP.UTF-8")];
    let in_japanese = with_locale(&world, &check, &japanese);
    assert!(
        in_japanese.said.contains("レコード 3 件"),
        "{}",
        in_japanese.said
    );
    let plain = [("LANG", "ko_KR.UTF-8"), ("LC_ALL", "C")];
    let in_english = with_locale(&world, &check, &plain);
    assert!(in_english.said.contains("3 records"), "{}", in_english.said);
    let asked = [&check[..], &["--lang", "en"]].concat();
    let in_english = with_locale(&world, &asked, &japanese);
    assert!(in_english.said.contains("3 records"), "{}", in_english.said);
}

#[test]
fn what_init_writes_is_explained_in_each_language_and_has_the_same_settings() {
    let world = World::new();
    let settings = |text: &str| -> Vec<String> {
        let lines = text
            .lines()
            .map(|line| line.split("# ").next().unwrap_or(line));
        lines
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let mut written = LANGUAGES.iter().map(|lang| {
        let name = format!("{lang}.toml");
        assert_eq!(world.run(&["init", &name, "--lang", lang]).code, 0);
        world.read(&name)
    });
    let english = written.next().expect("English is the first");
    let read = |text: &str| toml::from_str::<toml::Table>(text).expect("it is TOML");
    for text in written {
        assert_eq!(read(&text), read(&english));
        assert_eq!(settings(&text), settings(&english), "{text}");
        // Lines that are commented out are the same; every comment has letters of the language.
        let comments = text
            .lines()
            .filter_map(|line| Some(line.split_once("# ")?.1));
        let is_line = |text: &&str| text.starts_with('[') || text.contains(" = ");
        for comment in comments.filter(|text| !is_line(text)) {
            let is_translated = comment.chars().any(|c| c > '\u{3000}');
            assert!(
                is_translated || comment.starts_with("postgres:"),
                "{comment}"
            );
        }
        assert!(!text.contains("example.toml"), "{text}");
    }
}

#[test]
fn presets_have_titles_in_each_language() {
    let world = World::new();
    let title = |lang| {
        let list = world.run(&["presets", "--lang", lang]).data;
        let line = list.lines().find(|line| line.starts_with("google-2024 "));
        line.expect("it is listed")[28..].trim().to_owned()
    };
    assert_eq!(
        LANGUAGES.map(title),
        [
            "Google Contacts CSV (since 2024)",
            "Google 주소록 CSV(2024년 이후)",
            "Google コンタクト CSV(2024 年以降)"
        ]
    );
    world.write("people.csv", mistakes());
    let ran = world.report(&["check", "people.csv", "--lang", "ko"]);
    assert!(
        ran.said.contains("Google 주소록 CSV(2024년 이후)"),
        "{}",
        ran.said
    );
}

#[test]
fn an_import_speaks_the_language_from_the_plan_to_the_next_command() {
    let world = World::new();
    let good: &[(&str, &str)] = &[
        ("First Name", "Anna"),
        ("E-mail 1 - Value", "anna@example.com"),
    ];
    world.write("주소록 1.csv", google(&[good, &[("First Name", "Max")]]));
    let ran = world.report(&["import", "주소록 1.csv", "--lang", "ko"]);
    assert_eq!(ran.code, 3, "{}", ran.said);
    for text in [
        "계획: 생성할 것 1건, 오류 1건 → http",
        "속도: 분당",
        "레코드 2건: 생성 1건, 오류 1건",
        "보고서: report",
        "  cardlift import report/rejects.csv\n",
    ] {
        assert!(ran.said.contains(text), "{text}: {}", ran.said);
    }
    let ran = world.report(&["check", "주소록 1.csv", "--lang", "ja"]);
    assert!(
        ran.said.contains("  cardlift check '주소록 1.csv'\n"),
        "{}",
        ran.said
    );
}

#[test]
fn a_report_from_the_ledger_shows_the_same_examples() {
    let world = World::new();
    world.write("contacts.csv", mistakes());
    let imported = world.report(&["import", "contacts.csv"]);
    let run = world.run(&["runs"]).data;
    let run = run.split_whitespace().next().expect("there is a run");
    let again = world.run(&["report", run, "--report", "again"]);
    let examples = |said: &str| {
        let lines = said.lines().filter(|line| line.starts_with("      "));
        lines.collect::<Vec<_>>().join("\n")
    };
    assert_eq!(examples(&imported.said), examples(&again.said));
    assert!(
        examples(&again.said).contains("\n      ^^\n"),
        "{}",
        again.said
    );
}

#[test]
fn nothing_is_animated_or_coloured_where_nobody_watches() {
    let world = World::new();
    world.write("contacts.csv", mistakes());
    let contacts = crate::world::people(30);
    world.write("people.csv", contacts);
    let ran = world.report(&["import", "contacts.csv", "people.csv", "--lang", "ja"]);
    assert!(!ran.said.contains(['\u{1b}', '\r']), "{}", ran.said);
    let asked = world.report(&["check", "contacts.csv", "--color", "always"]);
    assert!(asked.said.contains("\u{1b}[31m^"), "{}", asked.said);
}

#[test]
fn what_a_terminal_would_obey_never_reaches_it() {
    let world = World::new();
    let evil = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31mEve\u{202e}";
    let csv = google(&[&[
        ("First Name", evil),
        ("Birthday", evil),
        ("Phone 1 - Label", evil),
        ("Phone 1 - Value", evil),
        ("Notes", evil),
    ]])
    .replace("Notes", "Notes\u{1b}[31m");
    world.write("contacts.csv", csv);
    for lang in LANGUAGES {
        for args in [
            &["check", "contacts.csv", "--report", "report"][..],
            &["import", "contacts.csv", "--report", "report", "-vv"],
            &["explain", "contacts.csv:2"],
        ] {
            let ran = world.run(&[args, &["--lang", lang]].concat());
            assert_eq!(ran.code, 3, "{args:?}: {}", ran.said);
            let obeyed = ['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}'];
            assert!(!ran.said.contains(obeyed), "{args:?}: {:?}", ran.said);
            assert!(!ran.data.contains(obeyed), "{args:?}: {:?}", ran.data);
        }
    }
}

#[test]
fn a_code_is_explained_in_the_language_and_a_misspelt_one_leads_to_the_nearest() {
    let world = World::new();
    let page = world.run(&["explain-code", "phone_pattern", "--lang", "ko"]);
    assert_eq!(page.code, 0);
    assert!(
        page.data
            .starts_with("PHONE_PATTERN: 전화번호에 쓸 수 없는 문자\n"),
        "{}",
        page.data
    );
    let list = world.run(&["explain-code", "--lang", "ja"]).data;
    assert!(
        list.contains("DUPLICATE") && list.contains("not_attempted"),
        "{list}"
    );
    let unknown = world.run(&["explain-code", "PHONE_PATERN"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.said.contains("`PHONE_PATTERN`"), "{}", unknown.said);
}

#[cfg(unix)]
#[test]
fn a_terminal_gets_colours_unless_no_color_says_otherwise() {
    let world = World::new();
    world.write("contacts.csv", mistakes());
    let in_terminal = |variables: &[(&str, &str)]| {
        let mut command = std::process::Command::new(crate::world::binary());
        let check = "check contacts.csv --report report --lang ko";
        world.at_home(command.args(check.split(' ')));
        command.env("TERM", "xterm-256color").env_remove("NO_COLOR");
        crate::pty::typed(command.envs(variables.iter().copied()), "").data
    };
    let coloured = in_terminal(&[]);
    assert!(coloured.contains("\u{1b}[31m^^\u{1b}[0m"), "{coloured}");
    let plain = in_terminal(&[("NO_COLOR", "1")]);
    assert!(
        plain.contains("레코드 3건") && !plain.contains('\u{1b}'),
        "{plain}"
    );
}

/// What is said to whoever runs into it first, with the language of each.
#[test]
fn what_stops_a_run_before_it_begins_is_said_in_the_language_that_was_asked_for() {
    let world = World::new();
    world.write("people.csv", "Name,Colour\nAnn Example,blue\n");
    world.write("book.xlsx", "PK\u{3}\u{4} xl/workbook.xml");
    world.write("wrong.toml", "[send]\nconcurency = 4\n");
    world.write("many.toml", "[send]\nrate = \"many\"\n");
    let said = |args: &[&str]| {
        let ran = world.run(args);
        assert_ne!(ran.code, 0, "{args:?}");
        ran.said
    };
    for (args, korean, japanese) in [
        (
            &["check", "people.csv"][..],
            "열의 내용이 확실하지 않습니다(1개)",
            "列の内容を判別できません(1 列)",
        ),
        (
            &["check", "book.xlsx"],
            "통합 문서를 읽을 수 없습니다",
            "ブックを読み取れません",
        ),
        (
            &["check", "people.csv", "--config", "wrong.toml"],
            "오류: wrong.toml:2: [send]에 `concurency` 키는 없습니다. 혹시 `concurrency`인가요?",
            "エラー: wrong.toml:2: [send] に `concurency` というキーはありません。`concurrency`",
        ),
        (
            &["check", "people.csv", "--config", "many.toml"],
            "`send.rate` 값이 TOML string입니다. 필요한 값: 0 이상의 정수",
            "`send.rate` の値が TOML の string です。0 以上の整数",
        ),
        (
            &["report", "x"],
            "아직 원장이 없습니다",
            "まだ台帳がありません",
        ),
        (
            &["presets", "google"],
            "`google` 프리셋은 없습니다",
            "`google` というプリセットはありません",
        ),
    ] {
        let in_korean = said(&[args, &["--lang", "ko"]].concat());
        assert!(in_korean.contains(korean), "{in_korean}");
        let in_japanese = said(&[args, &["--lang", "ja"]].concat());
        assert!(in_japanese.contains(japanese), "{in_japanese}");
    }
}

#[test]
fn a_missing_token_and_a_service_that_works_are_said_in_the_language_that_was_asked_for() {
    let world = World::new();
    for (lang, missing, works) in [
        (
            "ko",
            "토큰이 없습니다. 환경 변수 `CARDLIFT_TOKEN`",
            "연락처를 읽을 수 있습니다",
        ),
        (
            "ja",
            "トークンがありません。環境変数 `CARDLIFT_TOKEN`",
            "連絡先を読み取れました",
        ),
    ] {
        let ran_without = |name: &str| {
            let mut command = world.command(&["auth", "--lang", lang]);
            command.env_remove(name);
            ran(command)
        };
        let without = ran_without("CARDLIFT_TOKEN");
        assert!(without.said.contains(missing), "{}", without.said);
        let with = ran_without("NOTHING");
        assert_eq!(with.code, 0, "{}", with.said);
        assert!(with.said.contains(works), "{}", with.said);
    }
}

#[test]
fn runs_are_listed_in_the_language_asked_for_and_none_at_all_is_no_failure() {
    let world = World::new();
    let listed = world.run(&["runs"]);
    assert_eq!(listed.code, 0, "{}", listed.said);
    assert!(listed.said.contains("no ledger yet"), "{}", listed.said);
    let missing = world.run(&["runs", "--ledger", "mistyped.sqlite3"]);
    assert_eq!(missing.code, 1, "{}", missing.said);
    world.write("contacts.csv", google(&[&[("First Name", "Nari")]]));
    world.report(&["import", "contacts.csv"]);
    for (lang, state) in [("en", "finished"), ("ko", "완료"), ("ja", "完了")] {
        let listed = world.run(&["runs", "--lang", lang]).data;
        assert!(listed.contains(state), "{listed}");
    }
}

#[test]
fn help_and_usage_errors_are_in_the_language_that_was_asked_for_and_fit_the_terminal() {
    let world = World::new();
    let help = |lang: &str| world.run(&["import", "--help", "--lang", lang]);
    for (lang, options) in [("ko", "옵션:"), ("ja", "オプション:")] {
        let ran = help(lang);
        assert_eq!(ran.code, 0);
        assert!(ran.data.contains(options), "{}", ran.data);
        for english in [
            "Usage:",
            "Options:",
            "Print help",
            "[default:",
            "[possible values:",
        ] {
            assert!(!ran.data.contains(english), "{english} in {}", ran.data);
        }
    }
    assert!(help("en").data.contains("Usage:"));
    let of_locale = std::process::Command::new(crate::world::binary())
        .args(["help", "check"])
        .env("LC_ALL", "ja_JP.UTF-8")
        .output()
        .expect("it starts");
    assert!(String::from_utf8_lossy(&of_locale.stdout).contains("使い方: cardlift check"));
    for (arguments, said) in [
        (&["--frob"][..], "오류: `--frob`"),
        (&["imprt"], "혹시 `import`인가요?"),
        (&["check"], "`cardlift check --help`"),
        (
            &["check", "x.csv", "--color", "sometimes"],
            "auto, always, never",
        ),
    ] {
        let ran = world.run(&[&["--lang", "ko"], arguments].concat());
        assert_eq!(ran.code, 2, "{}", ran.said);
        assert!(ran.said.contains(said), "{said} in {}", ran.said);
        assert!(!ran.said.contains("error:"), "{}", ran.said);
    }
}

#[test]
fn help_says_the_same_in_every_language() {
    let world = World::new();
    for lang in ["en", "ko", "ja"] {
        let ran = world.run(&["check", "--help", "--lang", lang]);
        insta::assert_snapshot!(format!("help_{lang}"), ran.data);
    }
}
