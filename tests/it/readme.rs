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
    let ran = world.report(&["import", csv, vcf, "--sandbox"]);
    assert_eq!(ran.code, 3, "{}", ran.said);
    let readme = repository("README.md");
    let promised = readme
        .split("```text\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    let promised = promised.expect("the README shows what the samples give");
    assert!(ran.said.contains(promised), "{}", ran.said);
    assert!(world.read("report/rejects.csv").lines().count() == 4);
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
    assert!(again.said.contains("is there already"), "{}", again.said);
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
        assert_eq!(world.run(&[command, "--help"]).code, 0);
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
