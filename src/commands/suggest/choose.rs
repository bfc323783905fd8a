//! Choosing a field: from numbered lists, or by its name.

use super::talk::{Reply, Talk, cell, number};
use crate::exit::Failed;
use crate::lang::{self, tr};
use crate::mapping::guess::{Field, gloss};
use crate::names::list_of;
use std::io;

/// The fields that a typed name may mean, at least one; else what is said of it.
pub(super) fn named(name: &str) -> Result<Vec<Field>, String> {
    let shown = crate::printable::shown(name);
    match Field::named(name) {
        _ if !below(name).is_empty() => Ok(below(name)),
        Ok(fields) => Ok(fields),
        Err(near) if near.is_empty() => Err(tr!("choose-unknown", name = shown)),
        Err(near) => Err(tr!("choose-near", name = shown, near = list_of(&near))),
    }
}

/// The fields whose names begin with a part that lists show, such as `organizations.…`.
fn below(answer: &str) -> Vec<Field> {
    let begin = answer.trim_end_matches(['.', '…']);
    let starts_so = |field: &Field| {
        let path = field.path();
        let part = path.split_once('.');
        part.is_some_and(|(part, _)| part.eq_ignore_ascii_case(begin))
    };
    Field::all().into_iter().filter(starts_so).collect()
}

/// Lets a person choose among fields: by numbers, level by level of their names, or by a name. `None` is back to the question
/// before.
pub(super) fn choose(talk: &mut Talk<'_>, fields: &[Field]) -> Result<Option<Field>, Failed> {
    let mut among = fields.to_vec();
    let mut depth = 0;
    loop {
        let branches = branches(&among, &mut depth);
        if let [(_, only)] = branches.as_slice()
            && let [field] = only.as_slice()
        {
            return Ok(Some(*field));
        }
        list(talk, &branches, depth)?;
        match talk.ask(&tr!("choose-field"))? {
            Reply::Enter | Reply::Back if depth == 0 || among.len() == fields.len() => {
                return Ok(None);
            }
            Reply::Enter | Reply::Back => (among, depth) = (fields.to_vec(), 0),
            Reply::Text(text) => match number(&text) {
                Some(number) => match branches.get(number.wrapping_sub(1)) {
                    Some((_, below)) => (among, depth) = (below.clone(), depth + 1),
                    None => talk.say(&tr!("choose-number", count = branches.len()))?,
                },
                None => match named(&text) {
                    Ok(meant) => (among, depth) = (meant, 0),
                    Err(said) => talk.say(&said)?,
                },
            },
            _ => {}
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
        Some(gloss) => tr!("choose-gloss", name = path, gloss),
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
            assert_eq!(named(typed).unwrap().len(), how_many, "{typed}");
        }
        assert!(named(".").is_err());
    }
}
