//! Finding the columns that a mapping names in the header of a file.

use super::label::narrow;
use crate::contact::Origin;
use smol_str::{SmolStr, format_smolstr};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The last column of `rejects.csv`, which holds the reason; an import leaves it alone.
pub const REASON_COLUMN: &str = "cardlift_reason";

#[derive(Clone, Debug)]
pub struct Columns {
    names: Vec<String>,
    /// What people call each of them.
    labels: Vec<SmolStr>,
    exact: HashMap<String, usize>,
    folded: HashMap<String, usize>,
    twice: BTreeMap<usize, Vec<usize>>,
    reason: Option<usize>,
}

impl Columns {
    pub fn new(names: Vec<String>) -> Self {
        let label = |(index, name): (usize, &String)| match name.trim() {
            "" => unnamed(index),
            name => name.into(),
        };
        let mut columns = Columns {
            labels: names.iter().enumerate().map(label).collect(),
            names,
            exact: HashMap::new(),
            folded: HashMap::new(),
            twice: BTreeMap::new(),
            reason: None,
        };
        for (index, name) in columns.names.iter().enumerate() {
            let name = name.trim();
            match columns.exact.get(name) {
                _ if name.is_empty() => {}
                _ if name == REASON_COLUMN => columns.reason = Some(index),
                Some(first) => columns.twice.entry(*first).or_default().push(index),
                None => {
                    columns.exact.insert(name.to_owned(), index);
                    columns.folded.entry(fold(name)).or_insert(index);
                }
            }
        }
        columns
    }

    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// What people call the column that a value came from.
    pub fn label(&self, origin: Origin) -> SmolStr {
        match origin.index() {
            None => SmolStr::new_static("configuration"),
            Some(index) => match self.labels.get(index) {
                Some(label) => label.clone(),
                None => unnamed(index),
            },
        }
    }

    /// The column with this name: to the letter, else without regard to case, white space and punctuation.
    /// `name#2` is the second column of that name.
    pub fn find(&self, name: &str) -> Option<usize> {
        let name = name.trim();
        if let Some(index) = self.exact.get(name) {
            return Some(*index);
        }
        if let Some((name, nth)) = name.rsplit_once('#')
            && let Ok(nth @ 1..) = nth.parse::<usize>()
        {
            return self.called(name).nth(nth - 1);
        }
        self.folded.get(&fold(name)).copied()
    }

    /// How a mapping names the column with this index so that no other one is meant. Nothing for one without a name, and for
    /// that of the reasons.
    pub fn unique_name(&self, index: usize) -> Option<String> {
        let name = self.names.get(index)?.trim();
        if name.is_empty() || self.reason == Some(index) {
            return None;
        }
        let place = self.called(name).position(|other| other == index)?;
        match self.called(name).count() {
            1 => Some(name.to_owned()),
            _ => Some(format!("{name}#{}", place + 1)),
        }
    }

    fn called(&self, name: &str) -> impl Iterator<Item = usize> {
        (0..self.names.len()).filter(move |index| self.names[*index].trim() == name)
    }

    /// The first of several columns that bear the same name, with the later ones.
    pub fn twice(&self) -> &BTreeMap<usize, Vec<usize>> {
        &self.twice
    }

    /// Where an earlier run's reason stands, if this file is its `rejects.csv`.
    pub fn reason(&self) -> Option<usize> {
        self.reason
    }

    /// The numbers that stand for `{n}` in this name, ascending.
    pub fn numbers(&self, pattern: &str) -> Vec<u32> {
        let Some((before, behind)) = pattern.split_once("{n}") else {
            return Vec::new();
        };
        let (before, behind) = (fold(before), fold(behind));
        let number = |name: &String| {
            let name = fold(name);
            let rest = name.strip_prefix(before.as_str())?;
            let digits = rest.strip_suffix(behind.as_str())?;
            let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
            digits.parse().ok().filter(|_| is_number)
        };
        let numbers: BTreeSet<u32> = self.names.iter().filter_map(number).collect();
        Vec::from_iter(numbers)
    }
}

/// A column without a name, or beyond the header.
fn unnamed(index: usize) -> SmolStr {
    format_smolstr!("column {}", index + 1)
}

/// A name without what exports of one maker differ in: case, width, white space, and the punctuation between words.
pub fn fold(name: &str) -> String {
    let counts = |c: &char| !(c.is_whitespace() || ".·・‧_-/'’\u{feff}".contains(*c));
    let counting = name.chars().map(narrow).filter(counts);
    counting.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(names: &[&str]) -> Columns {
        Columns::new(names.iter().map(|name| name.to_string()).collect())
    }

    #[test]
    fn a_column_is_found_without_regard_to_case_blanks_and_punctuation() {
        let columns = columns(&["E-mail Address", "회사·소속명", "Phone", "Phone"]);
        assert_eq!(columns.find("e-mail address"), Some(0));
        assert_eq!(columns.find("회사.소속명"), Some(1));
        assert_eq!(columns.find("Phone#2"), Some(3));
        assert_eq!(columns.find("Telephone"), None);
        assert_eq!(columns.twice(), &BTreeMap::from([(2, vec![3])]));
        assert_eq!(columns.unique_name(0).as_deref(), Some("E-mail Address"));
        assert_eq!(columns.unique_name(3).as_deref(), Some("Phone#2"));
    }

    #[test]
    fn tens_of_thousands_of_columns_are_not_compared_with_each_other() {
        let mut names: Vec<String> = (0..30_000).map(|at| format!("c{at:x}")).collect();
        names.extend(["c1".into(), "c0".into()]);
        let twice = BTreeMap::from([(0, vec![30_001]), (1, vec![30_000])]);
        assert_eq!(Columns::new(names).twice(), &twice);
    }

    #[test]
    fn numbered_columns_are_counted_by_what_the_file_has() {
        let columns = columns(&[
            "Phone 1 - Value",
            "Phone 3 - Value",
            "Phone 10 - Value",
            "Phone - Value",
        ]);
        assert_eq!(columns.numbers("Phone {n} - Value"), [1, 3, 10]);
    }
}
