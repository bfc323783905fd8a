//! The keywords of JSON Schema 2020-12 that `schema.json` uses, and no others.
//!
//! A crate for all of JSON Schema was 2 MB of the program, for a rehearsal's twenty-odd keywords. That crate is the tests'
//! now: `agreement.rs` holds this to what it says of the same file, mistake by mistake. A keyword that is not known here is
//! refused and never passed over, so a schema that compiles is one that is kept to. A definition that referred to itself
//! would never end; `schema.json` has none.

mod compile;

use std::collections::{BTreeMap, HashSet};

use regex_lite::Regex;
use serde_json::Value;

/// A schema that is ready to be held to values.
pub(super) struct Schema {
    root: Node,
    definitions: BTreeMap<String, Node>,
}

/// One thing that a schema has against a value.
pub(super) struct Mistake<'s> {
    /// Where, as a JSON pointer.
    pub(super) place: String,
    pub(super) reason: Reason<'s>,
}

#[derive(Clone, Copy)]
pub(super) enum Reason<'s> {
    /// A required property is not there.
    Missing(&'s str),
    /// Any other keyword is not kept to. A name that `propertyNames` refuses is a mistake of the object.
    Broken(&'s Keyword),
}

/// The keywords of one schema, in the order in which they are held to a value.
type Node = Vec<Keyword>;

/// A keyword and what it asks for. It says nothing of values that it is not for: no length of a number.
pub(super) enum Keyword {
    Type(Vec<String>),
    Const(Value),
    Enum(Vec<Value>),
    MinLength(usize),
    MaxLength(usize),
    MinItems(usize),
    MaxItems(usize),
    MaxProperties(usize),
    Required(Vec<String>),
    Pattern(Regex),
    UniqueItems,
    Properties(BTreeMap<String, Node>),
    /// The names beside it, and what holds for all others.
    AdditionalProperties(Vec<String>, Node),
    PropertyNames(Node),
    Items(Node),
    /// With `minContains` and `maxContains`.
    Contains(Node, usize, usize),
    AnyOf(Vec<Node>),
    Not(Node),
    /// With `then` and `else`.
    If(Node, Node, Node),
    Ref(String),
}

impl Schema {
    /// Compiles a schema; `$ref` may name a member of its `$defs`.
    ///
    /// # Errors
    ///
    /// The keyword that is unknown, out of place or of a value that it can't have.
    pub(super) fn compile(schema: &Value) -> Result<Self, String> {
        compile::compile(schema)
    }

    /// All that is wrong with a value.
    pub(super) fn mistakes(&self, value: &Value) -> Vec<Mistake<'_>> {
        let mut mistakes = Vec::new();
        self.hold(&self.root, value, "", &mut mistakes);
        mistakes
    }

    fn takes(&self, node: &Node, value: &Value) -> bool {
        let mut mistakes = Vec::new();
        self.hold(node, value, "", &mut mistakes);
        mistakes.is_empty()
    }

    fn hold<'s>(
        &'s self,
        node: &'s Node,
        value: &Value,
        place: &str,
        mistakes: &mut Vec<Mistake<'s>>,
    ) {
        for keyword in node {
            if let Some(kept) = keyword.kept(value) {
                if !kept {
                    mistakes.push(Mistake::new(place, Reason::Broken(keyword)));
                }
            } else {
                self.hold_within(keyword, value, place, mistakes);
            }
        }
    }

    /// The keywords that hold schemas, and `required`, which may be broken more than once.
    fn hold_within<'s>(
        &'s self,
        keyword: &'s Keyword,
        value: &Value,
        place: &str,
        mistakes: &mut Vec<Mistake<'s>>,
    ) {
        use Keyword as K;
        let broken = || Mistake::new(place, Reason::Broken(keyword));
        match (keyword, value) {
            (K::Required(names), Value::Object(object)) => {
                let missing = names.iter().filter(|name| !object.contains_key(*name));
                mistakes.extend(missing.map(|name| Mistake::new(place, Reason::Missing(name))));
            }
            (K::Properties(nodes), Value::Object(object)) => {
                for (name, value) in object {
                    if let Some(node) = nodes.get(name) {
                        self.hold(node, value, &below(place, name), mistakes);
                    }
                }
            }
            (K::AdditionalProperties(known, node), Value::Object(object)) => {
                for (name, value) in object.iter().filter(|(name, _)| !known.contains(name)) {
                    self.hold(node, value, &below(place, name), mistakes);
                }
            }
            (K::PropertyNames(node), Value::Object(object)) => {
                for name in object.keys() {
                    let mut of_name = Vec::new();
                    self.hold(node, &Value::from(name.as_str()), "", &mut of_name);
                    mistakes.extend(of_name.iter().map(|_| broken()));
                }
            }
            (K::Items(node), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.hold(node, item, &below(place, &index.to_string()), mistakes);
                }
            }
            (K::Contains(node, least, most), Value::Array(items)) => {
                let count = items.iter().filter(|item| self.takes(node, item)).count();
                if !(*least..=*most).contains(&count) {
                    mistakes.push(broken());
                }
            }
            (K::AnyOf(nodes), _) if !nodes.iter().any(|node| self.takes(node, value)) => {
                mistakes.push(broken());
            }
            (K::Not(node), _) if self.takes(node, value) => mistakes.push(broken()),
            (K::If(condition, then, otherwise), _) => {
                let branch = if self.takes(condition, value) {
                    then
                } else {
                    otherwise
                };
                self.hold(branch, value, place, mistakes);
            }
            (K::Ref(name), _) => self.hold(&self.definitions[name], value, place, mistakes),
            _ => {}
        }
    }
}

impl<'s> Mistake<'s> {
    fn new(place: &str, reason: Reason<'s>) -> Self {
        let place = place.to_owned();
        Self { place, reason }
    }
}

impl Keyword {
    /// Whether the value keeps to it, if that can be said without another schema.
    fn kept(&self, value: &Value) -> Option<bool> {
        let length = |holds: fn(&usize, &usize) -> bool, limit: &usize| {
            value
                .as_str()
                .is_none_or(|text| holds(&text.chars().count(), limit))
        };
        let items = |holds: fn(&usize, &usize) -> bool, limit: &usize| {
            value
                .as_array()
                .is_none_or(|items| holds(&items.len(), limit))
        };
        Some(match self {
            Self::Type(kinds) => kinds.iter().any(|kind| kind == kind_of(value)),
            Self::Const(expected) => *expected == canonical(value),
            Self::Enum(allowed) => allowed.contains(&canonical(value)),
            Self::MinLength(limit) => length(usize::ge, limit),
            Self::MaxLength(limit) => length(usize::le, limit),
            Self::MinItems(limit) => items(usize::ge, limit),
            Self::MaxItems(limit) => items(usize::le, limit),
            Self::MaxProperties(limit) => value
                .as_object()
                .is_none_or(|object| object.len() <= *limit),
            Self::Pattern(regex) => value.as_str().is_none_or(|text| regex.is_match(text)),
            Self::UniqueItems => value.as_array().is_none_or(|items| are_unique(items)),
            _ => return None,
        })
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// The same for all values that JSON Schema says are equal: 1.0 is 1.
fn canonical(value: &Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() && float.fract() == 0.0 => whole(float),
            _ => value.clone(),
        },
        Value::Array(items) => items.iter().map(canonical).collect(),
        Value::Object(object) => {
            let members = object.iter();
            Value::Object(
                members
                    .map(|(name, value)| (name.clone(), canonical(value)))
                    .collect(),
            )
        }
        other => other.clone(),
    }
}

/// A number without a fraction, as an integer if there is one in JSON as it is read here.
fn whole(float: f64) -> Value {
    const TWO_TO_THE_63: f64 = 9_223_372_036_854_775_808.0;
    if (-TWO_TO_THE_63..TWO_TO_THE_63).contains(&float) {
        Value::from(float as i64)
    } else if (0.0..2.0 * TWO_TO_THE_63).contains(&float) {
        Value::from(float as u64)
    } else {
        Value::from(float)
    }
}

fn are_unique(items: &[Value]) -> bool {
    let mut seen = HashSet::new();
    items.iter().all(|item| seen.insert(canonical(item)))
}

/// A pointer to a part of what is at a place.
fn below(place: &str, name: &str) -> String {
    format!("{place}/{}", name.replace('~', "~0").replace('/', "~1"))
}

#[cfg(test)]
mod tests;
