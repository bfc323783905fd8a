//! The README can't rot: what it promises of the samples and the configuration is what the program does.

use crate::world::World;
use std::path::Path;

fn repository(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn the_samples_give_what_the_readme_says() {
    let world = World::new();
    std::fs::create_dir(world.path("samples")).unwrap();
    let (csv, vcf) = ("samples/google-contacts.csv", "samples/icloud.vcf");
    for name in [csv, vcf] {
        world.write(name, repository(name));
    }
    for (lang, readme) in READMES {
        let ran = world.report(&["import", csv, vcf, "--sandbox", "--lang", lang]);
        assert_eq!(ran.code, 3, "{}", ran.said);
        let blocks = blocks(&repository(readme));
        let promised = blocks.iter().find_map(|block| block.strip_prefix("text\n"));
        let promised = promised.expect("the README shows what the samples give");
        assert!(ran.said.contains(promised), "{}", ran.said);
    }
    assert!(world.read("report/rejects.csv").lines().count() == 5);
    assert_eq!(
        world
            .read("report/rejects.vcf")
            .matches("BEGIN:VCARD")
            .count(),
        1
    );
    assert!(
        world.contacts().is_empty(),
        "nothing left for the configured service"
    );
}

/// The READMEs by language.
const READMES: [(&str, &str); 3] = [
    ("en", "README.md"),
    ("ko", "README.ko.md"),
    ("ja", "README.ja.md"),
];

/// The fenced blocks of a page, each with its kind on the first line.
fn blocks(page: &str) -> Vec<String> {
    page.split("```")
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// What stands between single backticks outside the fenced blocks, and looks like a command, option, file or key.
fn spans(page: &str) -> std::collections::BTreeSet<String> {
    let prose: String = page.split("```").step_by(2).collect();
    let spans = prose.split('`').skip(1).step_by(2);
    spans
        .map(|span| span.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

#[test]
fn the_readmes_say_the_same_in_every_language() {
    let english = repository("README.md");
    for (_, name) in &READMES[1..] {
        let other = repository(name);
        let headings = |page: &str| {
            let prose: String = page.split("```").step_by(2).collect();
            let level = |line: &str| line.find(' ').filter(|_| line.starts_with('#'));
            prose.lines().filter_map(level).collect::<Vec<_>>()
        };
        assert_eq!(headings(&english), headings(&other), "headings of {name}");
        let rows = |page: &str| {
            page.lines()
                .filter(|line| line.trim_start().starts_with('|'))
                .count()
        };
        assert_eq!(rows(&english), rows(&other), "rows of tables in {name}");
        let scripts = |page: &str| {
            let mut blocks = blocks(page);
            blocks.retain(|block| !block.starts_with("text"));
            blocks
        };
        assert_eq!(scripts(&english), scripts(&other), "blocks of {name}");
        let (these, those) = (spans(&english), spans(&other));
        let missing: Vec<_> = these.symmetric_difference(&those).collect();
        assert!(
            missing.is_empty(),
            "not in both README.md and {name}: {missing:?}"
        );
    }
}

#[test]
fn the_pages_of_the_docs_say_the_same_in_every_language() {
    for page in ["every-night", "login"] {
        let english = repository(&format!("docs/{page}.md"));
        for language in ["ko", "ja"] {
            let other = repository(&format!("docs/{page}.{language}.md"));
            assert_eq!(blocks(&english), blocks(&other), "{page} {language}");
            assert_eq!(spans(&english), spans(&other), "{page} {language}");
            let readme = repository(&format!("README.{language}.md"));
            let link = format!("(docs/{page}.{language}.md)");
            assert!(readme.contains(&link), "{page} {language}");
        }
    }
}

#[test]
fn the_mapping_of_the_readme_can_be_used() {
    let world = World::new();
    let readme = repository("README.md");
    let mapping = readme
        .split("```toml\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    world.write("mapping.toml", mapping.expect("the README shows a mapping"));
    world.write(
        "liste.csv",
        "Nachname;Vorname;E-Mail;E-Mail 2;Mobil;Telefon;Art;Firma;Abteilung;Titel;Strasse;Ort;PLZ;Geboren;Kundennummer;Notiz\n\
         Muster;Erika;erika@example.com;;030 0000;030 0001;Durchwahl;;;;Weg 1;Berlin;10000;1980-01-02;7;gut\n",
    );
    let ran = world.report(&["check", "liste.csv", "--mapping", "mapping.toml"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
}

#[test]
fn init_writes_the_commented_example_once() {
    let world = World::new();
    std::fs::remove_file(world.path("cardlift.toml")).unwrap();
    assert_eq!(world.run(&["init"]).code, 0);
    assert_eq!(
        world.read("cardlift.toml"),
        repository("config.example.toml")
    );
    let again = world.run(&["init"]);
    assert_eq!(again.code, 78);
    assert!(again.said.contains("already exists"), "{}", again.said);
}

#[test]
fn every_command_is_in_the_readme_and_explains_itself() {
    let world = World::new();
    let help = world.run(&["--help"]);
    let commands = help
        .data
        .split("Commands:")
        .nth(1)
        .and_then(|rest| rest.split("Options:").next());
    let readme = repository("README.md");
    for line in commands.expect("the help lists commands").lines() {
        let Some(command) = line
            .split_whitespace()
            .next()
            .filter(|_| line.starts_with("  ") && !line.starts_with("   "))
        else {
            continue;
        };
        assert!(
            readme.contains(&format!("`cardlift {command}")),
            "{command} is not in the README"
        );
        let explains = match command {
            "help" => world.run(&["help", "import"]),
            _ => world.run(&[command, "--help"]),
        };
        assert_eq!(explains.code, 0, "{}", explains.said);
        assert!(explains.data.contains("Examples:"), "{}", explains.data);
    }
}

#[test]
fn presets_completions_and_the_manual_page_are_written_to_stdout() {
    let world = World::new();
    assert!(world.run(&["presets"]).data.contains("google-2024"));
    assert!(
        world
            .run(&["presets", "google-2024"])
            .data
            .contains("[mapping.contactName]")
    );
    let unknown = world.run(&["presets", "gogle-2024"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.said.contains("`google-2024`"), "{}", unknown.said);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(world.run(&["completions", shell]).data.contains("cardlift"));
    }
    assert!(world.run(&["man"]).data.contains(".TH cardlift"));
}

/// The cargo features that a page or script asks for, of `--features a,b` and `features=a,b`.
fn features_in(text: &str) -> Vec<&str> {
    let lists = text.split(['\n', '`']).flat_map(|line| {
        let after = ["--features ", "features=", "features+=,"];
        after.map(|option| line.split_once(option).map(|(_, rest)| rest))
    });
    let lists = lists
        .flatten()
        .flat_map(|rest| rest.split([' ', ')', ';', '"']).next());
    let names = lists.flat_map(|list| list.split(','));
    names
        .filter(|name| !name.is_empty() && !name.starts_with('$'))
        .collect()
}

#[test]
fn test_commands_name_features_that_exist_and_ci_switches_on_all_but_the_long_ones() {
    let manifest: toml::Table = repository("Cargo.toml").parse().unwrap();
    let declared: Vec<&str> = manifest["features"]
        .as_table()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    for page in [
        "README.md",
        "README.ko.md",
        "README.ja.md",
        "CONTRIBUTING.md",
    ] {
        let page = repository(page);
        assert!(
            page.contains("\ncargo test\n"),
            "the plain command needs no feature"
        );
        for name in features_in(&page) {
            assert!(declared.contains(&name), "`{name}` is no feature");
        }
    }
    let ci = repository(".ci/run");
    let switched_on = features_in(&ci);
    let is_for_tests = |name: &&str| *name != "soak";
    for name in declared.into_iter().filter(is_for_tests) {
        assert!(
            switched_on.contains(&name),
            ".ci/run does not test `{name}`: {switched_on:?}"
        );
    }
}

#[test]
fn the_sample_of_a_crm_gives_each_contact_its_owner() {
    let world = World::new();
    std::fs::create_dir(world.path("samples")).unwrap();
    let (csv, mapping) = ("samples/crm.csv", "samples/crm.toml");
    for name in [csv, mapping] {
        world.write(name, repository(name));
    }
    let ran = world.report(&["import", csv, "--mapping", mapping]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert!(ran.said.contains("[mapping.permission]"), "{}", ran.said);
    let mut owners: Vec<(String, String)> = (world.contacts().iter())
        .map(|one| {
            let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            let email = text(&one.request["emails"][0]["email"]);
            (email, text(&one.request["permission"]["masterUserId"]))
        })
        .collect();
    owners.sort();
    let expected = [
        ("erika@example.com", "sales@example.com"),
        ("gildong@example.com", "minsu.kim@example.com"),
        ("taro@example.com", "hanako.sato@example.com"),
    ];
    let expected = expected.map(|(email, owner)| (email.to_owned(), owner.to_owned()));
    assert_eq!(owners, expected);
}
