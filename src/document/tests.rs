use super::*;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Top {
    send: Send,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Send {
    name: Option<String>,
    concurrency: Option<u64>,
}

fn read(text: &str) -> Result<Option<u64>, String> {
    Document::new("c.toml", text)
        .read()
        .map(|top: Top| top.send.concurrency)
        .map_err(|error| error.to_string())
}

#[test]
fn an_unknown_key_is_named_with_its_line_and_the_nearest_known_one() {
    assert_eq!(read("[send]\nconcurrency = 4"), Ok(Some(4)));
    assert_eq!(
        read("[send]\n\nconcurency = 4"),
        Err("c.toml:3: unknown key `concurency` in [send]; did you mean `concurrency`?".into())
    );
    assert_eq!(
        read("[sned]\nx = 1"),
        Err("c.toml:1: unknown key `sned`; did you mean `send`?".into())
    );
}

#[test]
fn a_value_of_the_wrong_type_is_named_with_its_line() {
    assert_eq!(
        read("[send]\nconcurrency = \"many\""),
        Err(
            "c.toml:2: `send.concurrency` is a TOML string; it must be a whole number, 0 or more"
                .into()
        )
    );
    assert!(
        read("[send")
            .unwrap_err()
            .starts_with("c.toml:1: not valid TOML: ")
    );
}
