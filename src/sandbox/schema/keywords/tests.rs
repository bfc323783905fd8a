//! What each keyword means, where `schema.json` has no case for it, and which schemas are refused.

use serde_json::{Value, json};

use super::{Reason, Schema};

fn places(schema: Value, value: &Value) -> Vec<String> {
    let schema = Schema::compile(&schema).unwrap();
    let mistakes = schema.mistakes(value);
    mistakes.into_iter().map(|mistake| mistake.place).collect()
}

#[track_caller]
fn takes(schema: &Value, value: &Value, taken: bool) {
    let found = places(schema.clone(), value);
    assert_eq!(found.is_empty(), taken, "{schema} {value} {found:?}");
    assert_eq!(
        jsonschema::draft202012::is_valid(schema, value),
        taken,
        "{schema} {value}"
    );
}

#[test]
fn no_keyword_is_passed_over() {
    for (schema, named) in [
        (json!({"minimum": 1}), "`minimum`"),
        (json!({"properties": {"a": {"format": "date"}}}), "`format`"),
        (json!({"items": {"$defs": {}}}), "`$defs`"),
        (json!({"then": {}}), "`then`"),
        (json!({"maxContains": 1}), "`maxContains`"),
        (
            json!({"$ref": "#/$defs/a", "$defs": {"b": {}}}),
            "#/$defs/a",
        ),
        (
            json!({"items": {"not": {"$ref": "#/$defs/a"}}, "$defs": {}}),
            "#/$defs/a",
        ),
        (json!({"$ref": "other.json"}), "`$ref`"),
        (json!({"type": "integer"}), "`type`"),
        (json!({"maxLength": -1}), "`maxLength`"),
        (json!({"contains": {}, "minContains": "1"}), "`contains`"),
        (json!({"uniqueItems": false}), "`uniqueItems`"),
        (json!({"pattern": "("}), "`pattern`"),
        (json!({"required": [1]}), "`required`"),
        (json!({"items": true}), "a schema is an object"),
        (json!({"$defs": []}), "`$defs`"),
        (json!({"properties": []}), "`properties`"),
        (json!(true), "a schema is an object"),
    ] {
        let refusal = Schema::compile(&schema).err();
        let refusal = refusal.unwrap_or_else(|| panic!("taken: {schema}"));
        assert!(refusal.contains(named), "{schema}: {refusal}");
    }
}

#[test]
fn a_place_is_a_json_pointer() {
    let schema = json!({"additionalProperties": {"items": {"type": "string"}}});
    let value = json!({"a/b~c": ["x", 1], "": [2]});
    assert_eq!(places(schema, &value), ["//0", "/a~1b~0c/1"]);
}

#[test]
fn each_missing_property_is_a_mistake() {
    let schema = Schema::compile(&json!({"required": ["a", "b", "c"]})).unwrap();
    let value = json!({"b": null});
    let mistakes = schema.mistakes(&value);
    let missing: Vec<&str> = mistakes
        .iter()
        .filter_map(|mistake| match mistake.reason {
            Reason::Missing(name) => Some(name),
            Reason::Broken(_) => None,
        })
        .collect();
    assert_eq!(missing, ["a", "c"]);
}

#[test]
fn numbers_are_equal_by_their_value() {
    let big = 9_007_199_254_740_993_u64;
    for (one, other, equal) in [
        (json!(1), json!(1.0), true),
        (json!(0), json!(-0.0), true),
        (json!(-3), json!(-3.0), true),
        (json!(0.5), json!(0.5), true),
        (json!(1), json!(1.5), false),
        (json!(1), json!("1"), false),
        (json!(1), json!(true), false),
        (json!(big), json!(9_007_199_254_740_992.0), false),
        (json!(u64::MAX), json!(18_446_744_073_709_551_616.0), false),
        (json!(1u64 << 63), json!(9_223_372_036_854_775_808.0), true),
        (json!(i64::MIN), json!(-9_223_372_036_854_775_808.0), true),
        (json!(1e300), json!(1e300), true),
        (json!([1, {"a": 2.0}]), json!([1.0, {"a": 2}]), true),
        (json!({"a": 1, "b": 2}), json!({"b": 2.0, "a": 1.0}), true),
    ] {
        takes(&json!({"const": one}), &other, equal);
        takes(&json!({"enum": ["x", other]}), &one, equal);
        takes(&json!({"uniqueItems": true}), &json!([one, other]), !equal);
    }
}

#[test]
fn a_keyword_says_nothing_of_values_that_it_is_not_for() {
    let keywords = json!({
        "minLength": 2, "maxLength": 0, "minItems": 2, "maxItems": 0, "maxProperties": 0, "required": ["a"],
        "pattern": "x", "uniqueItems": true, "properties": {"a": {"type": "null"}},
        "additionalProperties": {"type": "null"}, "propertyNames": {"pattern": "x"}, "items": {"type": "null"},
        "contains": {"type": "null"},
    });
    for value in [json!(null), json!(true), json!(1)] {
        takes(&keywords, &value, true);
    }
    for value in [json!("a"), json!([1]), json!({"b": 1})] {
        takes(&keywords, &value, false);
    }
}

#[test]
fn what_stands_beside_a_reference_holds_too() {
    let schema =
        json!({"$ref": "#/$defs/text", "maxLength": 2, "$defs": {"text": {"type": "string"}}});
    takes(&schema, &json!("ab"), true);
    takes(&schema, &json!("abc"), false);
    takes(&schema, &json!(1), false);
}

#[test]
fn additional_properties_are_those_that_no_sibling_names() {
    let schema = json!({"properties": {"a": {}}, "additionalProperties": {"type": "string"}});
    takes(&schema, &json!({"a": 1, "b": "x"}), true);
    takes(&schema, &json!({"a": 1, "b": 1}), false);
}

#[test]
fn contains_counts_between_its_bounds() {
    for (bounds, taken) in [
        (json!({}), [false, true, true, true]),
        (json!({"minContains": 0}), [true, true, true, true]),
        (json!({"minContains": 2}), [false, false, true, true]),
        (json!({"maxContains": 1}), [false, true, false, false]),
        (
            json!({"minContains": 1, "maxContains": 2}),
            [false, true, true, false],
        ),
    ] {
        for (count, taken) in taken.into_iter().enumerate() {
            let mut schema = bounds.clone();
            schema["contains"] = json!({"const": 1});
            let mut items = vec![json!(1); count];
            items.push(json!(2));
            takes(&schema, &json!(items), taken);
        }
    }
}

#[test]
fn a_condition_chooses_a_branch_that_may_be_absent() {
    for (branches, of_text, of_number) in [
        (json!({"then": {"minLength": 1}}), false, true),
        (json!({"else": {"const": 2}}), true, false),
        (
            json!({"then": {"minLength": 1}, "else": {"const": 1}}),
            false,
            true,
        ),
        (json!({}), true, true),
    ] {
        let mut schema = branches;
        schema["if"] = json!({"type": "string"});
        takes(&schema, &json!(""), of_text);
        takes(&schema, &json!(1), of_number);
    }
}

#[test]
fn a_pattern_is_searched_for_and_its_end_is_the_end_of_the_text() {
    takes(&json!({"pattern": "b"}), &json!("abc"), true);
    takes(&json!({"pattern": "^b"}), &json!("a\nb"), false);
    takes(&json!({"pattern": "^a$"}), &json!("a"), true);
    takes(&json!({"pattern": "^a$"}), &json!("a\n"), false);
    takes(&json!({"pattern": "^a$"}), &json!("a\nb"), false);
    takes(&json!({"pattern": "^[^a]$"}), &json!("\n"), true);
    takes(&json!({"pattern": "^[^a]$"}), &json!("😀"), true);
}

#[test]
fn lengths_are_counted_in_code_points() {
    takes(
        &json!({"maxLength": 2, "minLength": 2}),
        &json!("😀e"),
        true,
    );
    takes(&json!({"maxLength": 1}), &json!("e\u{301}"), false);
}
