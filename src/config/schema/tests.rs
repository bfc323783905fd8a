//! The schemas and the readers know the same keys, and judge the same files alike.

use super::*;
use crate::config::{Config, EXAMPLE};
use crate::document::{ConfigError, Document};
use crate::mapping::preset;
use crate::mapping::spec::MappingFile;

use std::collections::BTreeSet;

/// A key that nothing is called, nor nearly called.
const STRANGER: &str = "☃";

fn read_config(value: &Value) -> Result<(), ConfigError> {
    let text = toml::to_string(value).unwrap();
    let config = Document::new("cardlift.toml", text).read_over::<Config>(EXAMPLE);
    config.map(|_| ())
}

fn read_mapping(value: &Value) -> Result<(), ConfigError> {
    let text = toml::to_string(value).unwrap();
    let file = Document::new("mapping.toml", text).read::<MappingFile>();
    file.map(|_| ())
}

fn is_valid(schema: &Value, value: &Value) -> bool {
    jsonschema::draft202012::is_valid(schema, value)
}

/// A table of the schema, and how to come to it.
struct Table<'s> {
    schema: &'s Value,
    /// Wraps what stands in the table into a whole file.
    path: Vec<Step>,
}

#[derive(Clone, Debug)]
enum Step {
    Key(String),
    Item,
}

/// Every table of the schema that refuses other keys, each by the first way to it.
fn tables(root: &Value) -> Vec<Table<'_>> {
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    let mut open = vec![(root, Vec::new())];
    while let Some((node, path)) = open.pop() {
        if let Some(name) = node["$ref"].as_str() {
            if seen.insert(name) {
                let at = name.trim_start_matches("#/$defs/");
                open.push((&root["$defs"][at], path.clone()));
            }
            continue;
        }
        let below = |step: Step| [path.clone(), vec![step]].concat();
        for (key, schema) in node["properties"].as_object().into_iter().flatten() {
            open.push((schema, below(Step::Key(key.clone()))));
        }
        if node["items"].is_object() {
            open.push((&node["items"], below(Step::Item)));
        }
        if node["additionalProperties"].is_object() {
            open.push((
                &node["additionalProperties"],
                below(Step::Key("any".into())),
            ));
        }
        for one in node["anyOf"].as_array().into_iter().flatten() {
            open.push((one, path.clone()));
        }
        if node["additionalProperties"] == false {
            found.push(Table { schema: node, path });
        }
    }
    found
}

impl Table<'_> {
    fn keys(&self) -> BTreeSet<String> {
        self.schema["properties"]
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect()
    }

    /// Files in which a stranger stands in this table: one for each way to have all that the table needs.
    fn with_stranger(&self) -> Vec<Value> {
        let mut needs: Vec<&Value> = self.schema["oneOf"]
            .as_array()
            .into_iter()
            .flatten()
            .collect();
        needs.push(self.schema);
        let keys = |need: &Value| {
            let keys = need["required"].as_array().cloned().unwrap_or_default();
            keys.into_iter()
                .map(|key| (key.as_str().unwrap().to_owned(), json!("A")))
                .collect()
        };
        needs
            .into_iter()
            .map(|need| self.file(keys(need)))
            .collect()
    }

    fn file(&self, mut table: Map<String, Value>) -> Value {
        table.insert(STRANGER.into(), json!(1));
        let wrap = |inner: Value, step: &Step| match step {
            Step::Key(key) => json!({ key: inner }),
            Step::Item => json!([inner]),
        };
        self.path.iter().rev().fold(Value::Object(table), wrap)
    }
}

/// The keys that the reader names when it meets a stranger; nothing where it complains of something else.
fn named(error: &ConfigError) -> Option<BTreeSet<String>> {
    let (stranger, known) = error.message.split_once("known keys are ")?;
    assert!(stranger.contains(STRANGER), "{error}");
    Some(
        known
            .split(", ")
            .map(|key| key.trim_matches('`').to_owned())
            .collect(),
    )
}

#[test]
fn the_reader_and_the_schema_know_the_same_keys_in_every_table() {
    let schema = config();
    let tables = tables(&schema);
    assert!(tables.len() > 20, "{}", tables.len());
    for table in tables {
        let mut known = BTreeSet::new();
        for file in table.with_stranger() {
            let error = read_config(&file).expect_err("the reader refuses a stranger");
            known.extend(named(&error).into_iter().flatten());
            assert!(!is_valid(&schema, &file), "{file}");
        }
        assert_eq!(known, table.keys(), "{:?}", table.path);
    }
}

#[test]
fn a_mapping_file_takes_the_keys_of_a_preset_beside_the_mapping() {
    let schema = mapping_file();
    let names: Vec<&str> = preset::names().collect();
    for name in names {
        let text = preset::text(name).unwrap();
        let value: Value = toml::from_str(text).unwrap();
        let errors = jsonschema::draft202012::new(&schema).unwrap();
        let errors: Vec<String> = errors
            .iter_errors(&value)
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
    assert!(!is_valid(&schema, &json!({ "mapping": {}, STRANGER: 1 })));
    assert!(!is_valid(&schema, &json!({})));
}

#[test]
fn the_commented_example_is_valid_and_every_key_of_it_is_described() {
    let schema = config();
    let example: Value = toml::from_str(EXAMPLE).unwrap();
    assert!(is_valid(&schema, &example));
    for (section, table) in example.as_object().unwrap() {
        for key in table.as_object().unwrap().keys() {
            let described = &schema["properties"][section]["properties"][key]["description"];
            assert_ne!(
                described.as_str().unwrap_or_default(),
                "",
                "{section}.{key}"
            );
        }
    }
    for section in example.as_object().unwrap().keys() {
        let mut strange = example.clone();
        strange[section][STRANGER] = json!(1);
        assert!(!is_valid(&schema, &strange), "{section}");
        assert!(read_config(&strange).is_err(), "{section}");
    }
}

#[test]
fn enumerations_and_ranges_are_those_of_the_reader() {
    let schema = config();
    for (section, table) in schema["properties"].as_object().unwrap() {
        for (key, of) in table["properties"].as_object().into_iter().flatten() {
            let with = |value: Value| json!({ section: { key: value } });
            let says_so = |value: Value| {
                let error = read_config(&with(value)).unwrap_err();
                assert!(error.message.contains(key.as_str()), "{error}");
                error.message
            };
            if let Some(allowed) = of["enum"].as_array() {
                let said = says_so(json!(STRANGER));
                let names: Vec<&str> = allowed.iter().map(|one| one.as_str().unwrap()).collect();
                assert!(said.ends_with(&crate::names::list_of(&names)), "{said}");
            }
            match of["minimum"].as_u64() {
                Some(1) => assert!(says_so(json!(0)).contains("1 or more")),
                Some(_) => assert!(read_config(&with(json!(0))).is_ok(), "{section}.{key}"),
                None => {}
            }
        }
    }
}

#[test]
fn the_reader_and_the_schema_judge_mappings_alike() {
    let schema = mapping_file();
    let cases = [
        (r#"emails = "E-Mail""#, true),
        (
            r#"emails = ["A", { email = { column = ["B", "C"], split = ";" }, label = "D", primary = true }]"#,
            true,
        ),
        (r#"emails = { column = "A" }"#, false),
        (
            r#"telephones = [{ telephone = "A", type = "CELLPHONE" }]"#,
            true,
        ),
        (
            r#"telephones = [{ telephone = "A", type = "MOBILE" }]"#,
            false,
        ),
        (
            r#"telephones = [{ telephone = "A", type = { column = "B", labels = { x = "WORK" }, default = "OTHER" } }]"#,
            true,
        ),
        (
            r#"telephones = [{ telephone = "A", type = { labels = {} } }]"#,
            false,
        ),
        (r#"telephones = [{ type = "WORK" }]"#, false),
        (r#"organizations = [{ title = "A" }]"#, true),
        (
            r#"events = [{ date = { year = "A", month = "B", day = "C" }, type = "BIRTHDAY", dayType = "LUNAR", if_unreadable = "carry_over" }]"#,
            true,
        ),
        (r#"events = [{ date = { year = "A" } }]"#, false),
        (
            r#"locations = [{ address = { street = "A", city = { constant = "Y" } }, zipCode = "Z" }]"#,
            true,
        ),
        (r#"memo = { join = ["A", "B"], separator = "/" }"#, true),
        (r#"memo = { column = "A", separator = "/" }"#, false),
        (r#"memo = { column = "A", constant = "B" }"#, false),
        (
            r#"memo = { column = "A", if_filled = "B", if_empty = "C" }"#,
            false,
        ),
        (
            r#"memo = [{ template = "{A}" }, { first = ["A", "B"], default = "x" }]"#,
            true,
        ),
        (r#"memo = {}"#, false),
        (
            r#"key = ["emails", "contactName.lastName", "customProperties.number"]"#,
            true,
        ),
        (r#"key = "websites""#, false),
        (r#"on_change = "overwrite""#, false),
        (
            r#"customProperties = { number = "A", site = { text = "B", link = ["C"] } }"#,
            true,
        ),
        (
            r#"permission = { accessibleMembers = ["A", { id = "B", type = "GROUP" }] }"#,
            true,
        ),
        (
            r#"permission = { accessibleMembers = [{ type = "GROUP" }] }"#,
            false,
        ),
        (
            r#"placeholders = { "Birthday" = ["0000-00-00", "0"] }"#,
            true,
        ),
        (
            r#"contactName = { fullName = "A", lastName = { column = "B" } }"#,
            true,
        ),
        (r#"contactName = "A""#, false),
        (r#"ignore = "A""#, true),
        (r#"split = 3"#, false),
    ];
    for (text, wanted) in cases {
        let value: Value = toml::from_str(&format!("[mapping]\n{text}\n")).unwrap();
        assert_eq!(read_mapping(&value).is_ok(), wanted, "the reader: {text}");
        assert_eq!(is_valid(&schema, &value), wanted, "the schema: {text}");
    }
}

#[test]
fn the_reader_and_the_schema_judge_configurations_alike() {
    let schema = config();
    let cases = [
        ("[send]\ntimeout = \"2 min\"\nsettle = 5", true),
        ("[send]\ntimeout = \"soon\"", false),
        ("[send]\nrate = -1", false),
        ("[send]\nguard = \"yes\"", false),
        (
            "[permission]\nmembers = [{ id = \"a\", type = \"GROUP\" }, { id = \"b\" }]",
            true,
        ),
        ("[permission]\nmembers = [{ type = \"GROUP\" }]", false),
        ("[tags]\nnames = { \"a b\" = \"\" }", true),
        ("[tags]\nnames = { a = 1 }", false),
        (
            "[custom_properties.number]\ntype = \"LINK\"\nmulti = true",
            true,
        ),
        ("[custom_properties.number]\ntype = \"NUMBER\"", false),
        ("[mapping]\nemails = \"A\"\npreset = \"naver\"", true),
    ];
    for (text, wanted) in cases {
        let value: Value = toml::from_str(text).unwrap();
        assert_eq!(read_config(&value).is_ok(), wanted, "the reader: {text}");
        assert_eq!(is_valid(&schema, &value), wanted, "the schema: {text}");
    }
}
