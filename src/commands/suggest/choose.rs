//! Choosing a field: from numbered lists, or by its name.

use super::talk::{Key, Talk, cell, key, number};
use crate::lang::{self, tr};
use crate::mapping::guess::{Field, gloss};
use crate::names::list_of;
use std::io;

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// This field.
    Field(Field),
    /// None: back to the question before.
    Back,
    /// Nobody wants to go on.
    Quit,
}

/// What an answer that is no key amounts to.
pub(super) enum Answer {
    /// These fields, at least one.
    Fields(Vec<Field>),
    /// Nothing that is known; what is said of it.
    Unknown(String),
}

/// The fields that a typed name may mean.
pub(super) fn named(answer: &str) -> Answer {
    let shown = crate::printable::shown(answer);
    let below = below(answer);
    if !below.is_empty() {
        return Answer::Fields(below);
    }
    match Field::named(answer) {
        Ok(fields) => Answer::Fields(fields),
        Err(near) if near.is_empty() => Answer::Unknown(tr!("choose-unknown", name = shown)),
        Err(near) => Answer::Unknown(tr!("choose-near", name = shown, near = list_of(&near))),
    }
}

/// The fields whose names begin with a part that lists show, such as `organizations.…`.
fn below(answer: &str) -> Vec<Field> {
    let begin = answer.trim_end_matches(['.', '…']);
    let starts_so = |field: &Field| {
        let path = field.path();
        let part = path.split_once('.').map_or("", |(part, _)| part);
        part.eq_ignore_ascii_case(begin)
    };
    let mut fields = Field::all();
    fields.retain(|field| !begin.is_empty() && starts_so(field));
    fields
}

/// Lets a person choose among fields: by numbers, level by level of their names, or by a name.
pub(super) fn choose(talk: &mut Talk<'_>, fields: &[Field]) -> io::Result<Choice> {
    let mut among = fields.to_vec();
    let mut depth = 0;
    loop {
        let branches = branches(&among, &mut depth);
        if let [(_, only)] = branches.as_slice()
            && let [field] = only.as_slice()
        {
            return Ok(Choice::Field(*field));
        }
        list(talk, &branches, depth)?;
        let Some(answer) = talk.ask(&tr!("choose-field"))? else {
            return Ok(Choice::Quit);
        };
        match key(&answer) {
            Some(Key::Quit) => return Ok(Choice::Quit),
            Some(Key::Enter | Key::Back) if depth == 0 || among.len() == fields.len() => {
                return Ok(Choice::Back);
            }
            Some(Key::Enter | Key::Back) => {
                among = fields.to_vec();
                depth = 0;
                continue;
            }
            _ => {}
        }
        let picked = number(&answer).and_then(|number| branches.get(number.checked_sub(1)?));
        match (picked, number(&answer)) {
            (Some((_, below)), _) => {
                among.clone_from(below);
                depth += 1;
            }
            (None, Some(_)) => talk.say(&tr!("choose-number", count = branches.len()))?,
            (None, None) => match named(&answer) {
                Answer::Fields(meant) => {
                    among = meant;
                    depth = 0;
                }
                Answer::Unknown(said) => talk.say(&said)?,
            },
        }
    }
}

/// A field as it is shown: its name, and what that means.
pub(super) fn called(field: Field) -> String {
    let path = field.path();
    if path.is_empty() {
        return tr!("choose-carried");
    }
    match glosses(path.split('.')) {
        Some(gloss) => tr!("choose-gloss", name = path, gloss = gloss),
        None => path,
    }
}

/// What the parts of a name mean.
fn glosses<'p>(parts: impl Iterator<Item = &'p str>) -> Option<String> {
    lang::joined(parts.filter_map(gloss))
}

type Branches = Vec<(String, Vec<Field>)>;

/// The fields by the part of their names at this depth. Levels on which there is nothing to choose are gone down.
fn branches(among: &[Field], depth: &mut usize) -> Branches {
    loop {
        let mut branches: Branches = Vec::new();
        for field in among {
            let path = field.path();
            let part = path.split('.').nth(*depth).unwrap_or("").to_owned();
            match branches.iter_mut().find(|(one, _)| *one == part) {
                Some((_, fields)) => fields.push(*field),
                None => branches.push((part, vec![*field])),
            }
        }
        match branches.as_slice() {
            [(_, only)] if only.len() > 1 => *depth += 1,
            _ => return branches,
        }
    }
}

fn list(talk: &mut Talk<'_>, branches: &Branches, depth: usize) -> io::Result<()> {
    let mut lines = Vec::new();
    for (index, (part, fields)) in branches.iter().enumerate() {
        // Of names that go on, only what they begin with is shown.
        let path = fields[0].path();
        let (shown, gloss) = match fields.len() {
            1 => (path.clone(), glosses(path.split('.').skip(depth))),
            _ => {
                let begin: Vec<&str> = path.split('.').take(depth + 1).collect();
                (format!("{}.…", begin.join(".")), gloss(part))
            }
        };
        let (name, gloss) = (cell(&shown, 32), gloss.unwrap_or_default());
        lines.push(format!("{:>4}  {name} {gloss}", index + 1));
    }
    talk.lines(&lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_list_shows_can_be_typed() {
        for (typed, how_many) in [("organizations", 3), ("Organizations.…", 3), ("memo", 1)] {
            match named(typed) {
                Answer::Fields(fields) => assert_eq!(fields.len(), how_many, "{typed}"),
                Answer::Unknown(said) => panic!("{said}"),
            }
        }
        assert!(matches!(named("."), Answer::Unknown(_)));
    }
}
