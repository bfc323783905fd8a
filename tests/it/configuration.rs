//! Where the configuration is found, and that those of earlier versions load.

use crate::world::{World, people};
use cardlift::config::Config;
use std::path::Path;

#[test]
fn the_working_folder_goes_before_the_users_folder_and_an_option_before_both() {
    let world = World::new();
    std::fs::create_dir_all(world.path("config/cardlift")).unwrap();
    world.write("config/cardlift/cardlift.toml", "[report]\nlang = \"ko\"\n");
    world.write("cardlift.toml", "[report]\nlang = \"ja\"\n");
    world.write("named.toml", "[report]\nlang = \"en\"\n");
    world.write("people.csv", people(1));
    let check = |more: &[&str]| {
        let ran = world.report(&[&["check", "people.csv", "-v"], more].concat());
        assert_eq!(ran.code, 0, "{}", ran.said);
        ran.said
    };
    let named = check(&["--config", "named.toml"]);
    assert!(
        named.contains("1 record: 1 valid") && named.contains("named.toml"),
        "{named}"
    );
    let working = check(&[]);
    assert!(working.contains("レコード 1 件"), "{working}");
    std::fs::remove_file(world.path("cardlift.toml")).unwrap();
    let of_user = check(&[]);
    assert!(of_user.contains("레코드 1건"), "{of_user}");
    assert!(
        of_user.contains("config/cardlift/cardlift.toml"),
        "{of_user}"
    );
}

#[test]
fn the_working_folder_comes_first_and_the_one_of_the_system_last() {
    let places = Config::places();
    assert_eq!(places[0], Path::new("cardlift.toml"));
    let last = places.last().expect("there are places");
    assert_eq!(last, Path::new("/etc/cardlift/cardlift.toml"));
}

#[test]
fn configurations_of_the_first_version_load_unchanged() {
    for fixture in ["whole", "service-account", "example"] {
        let world = World::new();
        let path = format!("tests/it/fixtures/v0.1/{fixture}.toml");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        world.write("people.csv", people(1));
        let config = path.to_str().expect("the path is UTF-8");
        let ran = world.report(&["check", "people.csv", "--config", config]);
        assert_eq!(ran.code, 0, "{fixture}: {}", ran.said);
        assert!(!ran.said.contains("note:"), "{fixture}: {}", ran.said);
    }
}
