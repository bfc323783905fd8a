//! Mappings for the exports that people have, recognised by their columns.
//!
//! A preset is a TOML file in `presets/`: a title, the columns without which it can't be this export, and a mapping in the
//! language that users write. Its known columns are those that the mapping names, `ignore` included.

use super::columns::Columns;
use super::spec::Spec;
use crate::config::read::{ConfigError, Document};

/// A built-in mapping.
#[derive(Clone, Debug)]
pub struct Preset {
    /// The name that `--mapping` takes.
    pub name: &'static str,
    /// What it is, for people.
    pub title: String,
    /// Columns that an export of this kind always has.
    pub required: Vec<String>,
    /// The mapping.
    pub spec: Spec,
}

/// A preset and how well a header fits it.
#[derive(Clone, Debug)]
pub struct Recognised {
    /// The preset.
    pub preset: Preset,
    /// From 0 to 1: how much of the header it knows, and how much of what it knows is there.
    pub confidence: f32,
}

/// Below this confidence a preset is not taken without being asked for.
pub const SURE: f32 = 0.6;

macro_rules! presets {
    ($($name:literal),* $(,)?) => {
        const FILES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../presets/", $name, ".toml")))),*];
    };
}

presets!["google-2024", "google-legacy"];

/// The names of all presets, as `--mapping` takes them.
pub fn names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, _)| *name)
}

/// The text of a preset, as `cardlift presets NAME` shows it.
pub fn text(name: &str) -> Option<&'static str> {
    FILES
        .iter()
        .find(|(one, _)| *one == name)
        .map(|(_, text)| *text)
}

/// A preset by its name.
pub fn get(name: &str) -> Option<Preset> {
    let (name, text) = FILES.iter().find(|(one, _)| *one == name)?;
    Some(read(name, text).expect("a test reads every preset that is built in"))
}

/// The presets that a header may be of, the best first.
pub fn recognise(columns: &Columns) -> Vec<Recognised> {
    let mut recognised: Vec<Recognised> = names()
        .filter_map(get)
        .filter(|preset| {
            preset
                .required
                .iter()
                .all(|name| columns.find(name).is_some())
        })
        .map(|preset| Recognised {
            confidence: confidence(&preset, columns),
            preset,
        })
        .collect();
    recognised.sort_by(|a, b| {
        let specific = |one: &Recognised| one.preset.required.len();
        b.confidence
            .total_cmp(&a.confidence)
            .then(specific(b).cmp(&specific(a)))
    });
    recognised
}

/// How much of the header a preset knows (seven tenths), and how much of what it knows is in the header (three).
fn confidence(preset: &Preset, columns: &Columns) -> f32 {
    let known = preset.spec.column_names();
    let mut of_header = vec![false; columns.names().len()];
    let mut found = 0usize;
    for name in &known {
        let mut hit = false;
        let numbers = columns.numbers(name);
        let numbered = numbers
            .iter()
            .map(|number| name.replace("{n}", &number.to_string()));
        for name in numbered.chain([name.clone()]) {
            if let Some(index) = columns.find(&name) {
                of_header[index] = true;
                hit = true;
            }
        }
        found += usize::from(hit);
    }
    let named = columns
        .names()
        .iter()
        .filter(|name| !name.trim().is_empty())
        .count();
    let share = |part: usize, whole: usize| part as f32 / whole.max(1) as f32;
    let of_header = of_header.iter().filter(|known| **known).count();
    0.7 * share(of_header, named) + 0.3 * share(found, known.len())
}

fn read(name: &'static str, text: &str) -> Result<Preset, ConfigError> {
    Document::new(format!("preset {name}"), text).read(|top| {
        Ok(Preset {
            name,
            title: top
                .string("title")?
                .ok_or_else(|| top.error("a preset needs `title`"))?,
            required: top.strings("required")?.unwrap_or_default(),
            spec: top
                .section("mapping", Spec::read)?
                .ok_or_else(|| top.error("a preset needs [mapping]"))?,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_can_be_read_and_is_recognised_by_its_own_columns() {
        for (name, text) in FILES {
            let preset = read(name, text).unwrap_or_else(|error| panic!("{error}"));
            let header = preset
                .spec
                .column_names()
                .into_iter()
                .map(|column| column.replace("{n}", "1"))
                .collect();
            let recognised = recognise(&Columns::new(header));
            assert_eq!(recognised[0].preset.name, *name);
            assert!(recognised[0].confidence > 0.99, "{name}");
        }
    }
}
