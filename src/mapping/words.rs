//! Words that are built in, from `words/*.toml`.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// `words/names.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Names {
    pub surnames: HashSet<String>,
    pub korean_no_names: HashSet<String>,
    pub korean_titles: HashSet<String>,
    pub honorifics: HashSet<String>,
    pub organisations: Vec<String>,
    pub prefixes: HashSet<String>,
    pub prefixes_with_dot: HashSet<String>,
    pub suffixes: HashSet<String>,
    pub exact_suffixes: HashSet<String>,
    pub particles: HashSet<String>,
    pub lower_case_particles: HashSet<String>,
    pub no_persons: HashSet<String>,
    pub japan: Vec<String>,
    pub east_asia: Vec<String>,
}

/// `words/cards.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cards {
    pub say_nothing: HashSet<String>,
    pub relations: HashSet<String>,
    pub android_relations: Vec<String>,
    pub usual: HashMap<String, String>,
    pub services: HashMap<String, String>,
    pub schemes: HashMap<String, String>,
}

pub(super) static NAMES: LazyLock<Names> =
    LazyLock::new(|| read(include_str!("../../words/names.toml")));

pub(super) static CARDS: LazyLock<Cards> =
    LazyLock::new(|| read(include_str!("../../words/cards.toml")));

pub(super) fn read<T: DeserializeOwned>(text: &str) -> T {
    toml::from_str(text).expect("tests read the words that are built in")
}
