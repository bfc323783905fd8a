//! Writes a mapping as TOML, with comments above the columns.

use super::spec::{AddressPart, ColumnRef, Expression, NameOrder, Rule, Spec, TypeRule};
use crate::document::ValuesOr;
use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};

/// Writes a mapping so that it can be read back. `comment` gives the lines to put above a value for each column in it; they
/// must not contain line breaks.
///
/// `permission` is not written, and of `customProperties` only the content: presets and proposals have no more.
pub fn write(spec: &Spec, comment: &dyn Fn(&str) -> Vec<String>) -> String {
    let mut writer = Writer {
        text: String::from("[mapping]\n"),
        comment,
    };
    writer.settings(spec);
    writer.section("contactName", spec.name.is_empty());
    for (key, value) in &spec.name {
        writer.value(key.as_str(), value);
    }
    writer.section("customProperties", spec.custom_properties.is_empty());
    for (name, ValuesOr(property)) in &spec.custom_properties {
        let values = property.content.iter();
        values.for_each(|value| writer.value(&quoted(name), value));
    }
    for item in spec.items() {
        writer.item(item);
    }
    writer.text
}

struct Writer<'c> {
    text: String,
    comment: &'c dyn Fn(&str) -> Vec<String>,
}

impl Writer<'_> {
    fn settings(&mut self, spec: &Spec) {
        for (key, text) in [("split", &spec.split), ("cell_prefix", &spec.cell_prefix)] {
            if let Some(text) = text {
                self.line(key, &quoted(text));
            }
        }
        if spec.name_order == Some(NameOrder::FamilyFirst) {
            self.line("name_order", &quoted("family_first"));
        }
        self.list("memo", &spec.memo);
        self.list("tags", &spec.tags);
        self.list("contactTagIds", &spec.contact_tag_ids);
        if !spec.ignore.is_empty() {
            self.text.push_str("ignore = [\n");
            for name in &spec.ignore {
                self.comments(name, "    ");
                let _ = writeln!(self.text, "    {},", quoted(name));
            }
            self.text.push_str("]\n");
        }
        self.section("placeholders", spec.placeholders.is_empty());
        for (name, values) in &spec.placeholders {
            self.line(&quoted(name), &list(values, |value| quoted(value)));
        }
    }

    fn section(&mut self, name: &str, is_empty: bool) {
        if !is_empty {
            let _ = writeln!(self.text, "\n[mapping.{name}]");
        }
    }

    fn item(&mut self, rule: &Rule) {
        let _ = writeln!(self.text, "\n[[mapping.{}]]", rule.list.as_str());
        for (name, value) in rule.parts() {
            self.value(name, value);
        }
        self.kind("type", rule.kind.as_ref());
        if let Some(custom) = &rule.custom {
            self.value("customType", custom);
        }
        self.kind("dayType", rule.day_type.as_ref());
        match &rule.primary {
            None => {}
            Some(Expression::Constant(_)) => self.line("primary", "true"),
            Some(value) => self.value("primary", value),
        }
        if rule.carry_unreadable {
            self.line("if_unreadable", "\"carry_over\"");
        }
    }

    fn kind(&mut self, key: &str, kind: Option<&TypeRule>) {
        match kind {
            None => {}
            Some(TypeRule::Constant(kind)) => self.line(key, &quoted(kind)),
            Some(TypeRule::Label {
                label,
                labels,
                default,
            }) => {
                self.comments_of(label);
                let mut pairs = pairs(label);
                if !labels.is_empty() {
                    pairs.push(("labels", texts(labels)));
                }
                pairs.extend(default.iter().map(|kind| ("default", quoted(kind))));
                self.line(key, &inline_table(pairs));
            }
        }
    }

    fn value(&mut self, key: &str, value: &Expression) {
        self.comments_of(value);
        self.line(key, &value_text(value));
    }

    fn list(&mut self, key: &str, values: &[Expression]) {
        if values.is_empty() {
            return;
        }
        values.iter().for_each(|value| self.comments_of(value));
        self.line(key, &list(values, value_text));
    }

    fn comments_of(&mut self, value: &Expression) {
        for name in value.columns().into_iter().flat_map(|column| &column.names) {
            self.comments(name, "");
        }
    }

    fn comments(&mut self, name: &str, indent: &str) {
        for line in (self.comment)(name) {
            let _ = writeln!(self.text, "{indent}# {line}");
        }
    }

    fn line(&mut self, key: &str, text: &str) {
        let _ = writeln!(self.text, "{key} = {text}");
    }
}

fn value_text(value: &Expression) -> String {
    match value {
        Expression::Column(ColumnRef { names, .. }) if names.len() == 1 => quoted(&names[0]),
        value => inline_table(pairs(value)),
    }
}

fn pairs(value: &Expression) -> Vec<(&'static str, String)> {
    let values = |values: &[Expression]| list(values, value_text);
    let and = |value: &Expression, key, text: String| {
        let mut pairs = pairs(value);
        pairs.push((key, text));
        pairs
    };
    match value {
        Expression::Column(column) => vec![("column", names_text(column))],
        Expression::Constant(text) => vec![("constant", quoted(text))],
        Expression::Join(all, separator) => {
            vec![("join", values(all)), ("separator", quoted(separator))]
        }
        Expression::First(all) => vec![("first", values(all))],
        Expression::Template(pieces) => vec![("template", quoted(&template(pieces)))],
        Expression::Address(parts) => {
            let pair = |(part, value): &(AddressPart, _)| (part.as_str(), value_text(value));
            parts.iter().map(pair).collect()
        }
        Expression::Date(parts) => {
            let parts = ["year", "month", "day"].into_iter().zip(parts.iter());
            parts
                .map(|(name, value)| (name, value_text(value)))
                .collect()
        }
        Expression::Default(value, default) => and(value, "default", quoted(default)),
        Expression::If(value, column, true) => and(value, "if_filled", names_text(column)),
        Expression::If(value, column, false) => and(value, "if_empty", names_text(column)),
        Expression::Cut(value, at, true) => and(value, "before", quoted(at)),
        Expression::Cut(value, at, false) => and(value, "behind", quoted(at)),
        Expression::Labels(value, labels) => and(value, "labels", texts(labels)),
        Expression::Split(value, separator) => and(value, "split", quoted(separator)),
        Expression::Link(link) => {
            let mut pairs = vec![("link", value_text(&link.0))];
            pairs.extend(link.1.as_ref().map(|text| ("text", value_text(text))));
            pairs
        }
        Expression::Represent(value) => and(&value.0, "represent", value_text(&value.1)),
    }
}

fn names_text(column: &ColumnRef) -> String {
    match column.names.as_slice() {
        [name] => quoted(name),
        names => list(names, |name| quoted(name)),
    }
}

fn list<T>(all: &[T], text: impl Fn(&T) -> String) -> String {
    let all: Vec<String> = all.iter().map(text).collect();
    format!("[{}]", all.join(", "))
}

fn inline_table<K: Display>(pairs: impl IntoIterator<Item = (K, String)>) -> String {
    let pairs = pairs.into_iter();
    let pairs: Vec<String> = pairs
        .map(|(key, value)| format!("{key} = {value}"))
        .collect();
    format!("{{ {} }}", pairs.join(", "))
}

fn texts(labels: &BTreeMap<String, String>) -> String {
    inline_table(
        labels
            .iter()
            .map(|(label, text)| (quoted(label), quoted(text))),
    )
}

fn template(pieces: &[Expression]) -> String {
    let piece = |piece: &Expression| match piece {
        Expression::Constant(text) => text.replace('{', "{{").replace('}', "}}"),
        value => {
            let names = value.columns().into_iter().flat_map(|column| &column.names);
            names.map(|name| format!("{{{name}}}")).collect()
        }
    };
    pieces.iter().map(piece).collect()
}

/// Returns a TOML basic string, which escapes as JSON does. Control characters are escaped, so that a terminal can show the text
/// as it is.
fn quoted(text: &str) -> String {
    crate::printable::harmless(&serde_json::Value::from(text).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::mapping::preset;
    use crate::mapping::spec::MappingFile;

    fn read_back(text: &str) -> Spec {
        let file: MappingFile = Document::new("mapping.toml", text)
            .read()
            .unwrap_or_else(|error| panic!("{error}\n{text}"));
        file.mapping
    }

    #[test]
    fn every_preset_is_read_back_as_it_was_written() {
        for preset in preset::names().filter_map(preset::get) {
            let text = write(&preset.file.mapping, &|_| Vec::new());
            let again = write(&read_back(&text), &|_| Vec::new());
            assert_eq!(text, again, "{}", preset.name);
            assert_eq!(
                read_back(&text).columns(),
                preset.file.mapping.columns(),
                "{}",
                preset.name
            );
        }
    }

    #[test]
    fn names_that_a_terminal_or_toml_would_obey_are_escaped() {
        assert_eq!(
            quoted("a\"b\\c\u{1b}[31m\u{7f}\u{202e}\n"),
            r#""a\"b\\c\u001b[31m\u007f\u202e\n""#
        );
    }
}
