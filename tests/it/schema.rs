//! The schemas that editors complete from.

use crate::world::World;
use serde_json::Value;

#[test]
fn the_schema_is_printed_and_what_init_writes_is_valid_by_it() {
    let world = World::new();
    let printed = world.run(&["schema"]);
    assert_eq!(printed.code, 0, "{}", printed.said);
    let schema: Value = serde_json::from_str(&printed.data).expect("it is JSON");
    let written = world.run(&["init", "new.toml"]);
    assert_eq!(written.code, 0, "{}", written.said);
    let file: Value = toml::from_str(&world.read("new.toml")).expect("it is TOML");
    assert!(jsonschema::draft202012::is_valid(&schema, &file));
    let rate = &schema["properties"]["send"]["properties"]["rate"];
    assert_eq!(rate["default"], 240);
    let description = rate["description"].as_str().expect("it is described");
    assert!(description.starts_with("Requests a minute, at most."));
}

#[test]
fn a_suggested_mapping_is_valid_by_the_schema_of_mappings() {
    let world = World::new();
    let printed = world.run(&["schema", "mapping"]);
    let schema: Value = serde_json::from_str(&printed.data).expect("it is JSON");
    world.write(
        "people.csv",
        "Name,Mobile,Colour\nAnn Example,+1 555 010 0001,blue\n",
    );
    let suggested = world.run(&["suggest", "people.csv"]);
    let file: Value = toml::from_str(&suggested.data).expect("it is TOML");
    assert!(jsonschema::draft202012::is_valid(&schema, &file), "{file}");
}
