//! The plan of an import on one screen: how the inputs are read, what will be done, who will see it, one contact as it will be,
//! and how long it takes.

use super::Job;
use super::work::{Group, NAMED};
use crate::api::compare::in_words;
use crate::commands::overview::{self, Line, Viewed};
use crate::config::Config;
use crate::exit::Failed;
use crate::lang::{self, tr};
use crate::ledger::{RecordId, State};
use crate::printable::{clipped, plain, shown};
use crate::terminal::{size, spoken, wrapped};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

/// Columns that are not imported of which more are only counted, where the screen is small.
const NOT_IMPORTED: usize = 5;

/// The columns that the example takes at most: three lines of a narrow terminal.
const EXAMPLE: usize = 230;

/// The columns that one property of the example takes at most.
const PROPERTY: usize = 60;

/// The properties that the example begins with.
const FIRST: [&str; 4] = ["contactName", "emails", "telephones", "organizations"];

/// The lines that a question takes below the plan.
const QUESTION: usize = 2;

/// The lines that a text takes on the screen.
fn height(line: &Line, columns: usize) -> usize {
    let text = match line {
        Line::Said(text) => text.clone(),
        Line::Warned(text) => format!("{} {text}", tr!("label-note")),
    };
    wrapped(&text, columns).lines().count()
}

fn each(mapping: &[(&str, &str)]) -> Vec<String> {
    let lines = mapping.iter();
    lines
        .map(|(column, field)| overview::mapped(&shown(column), field))
        .collect()
}

/// A line for each column if there is room for that, else for each property of a contact, else for the first of these.
fn fitted(mapping: &[(&str, &str)], columns: usize, room: usize) -> Vec<String> {
    let single = |line: String| clipped(&line, columns);
    let lines = each(mapping);
    if lines.len() <= room {
        return lines.into_iter().map(single).collect();
    }
    let mut properties: Vec<(&str, Vec<String>)> = Vec::new();
    for (column, field) in mapping {
        let property = field.split(['.', ',', ' ']).next().unwrap_or(field);
        match properties.iter_mut().find(|(name, _)| *name == property) {
            Some((_, columns)) => columns.push(plain(column)),
            None => properties.push((property, vec![plain(column)])),
        }
    }
    let all = properties.len();
    let shown = match all <= room {
        true => all,
        false => room.saturating_sub(1).max(1),
    };
    let lines = properties.iter().take(shown).map(|(property, names)| {
        let end = overview::mapped("", property);
        let room = columns.saturating_sub(end.width());
        overview::mapped(&clipped(&names.join(", "), room), property)
    });
    let more = (all > shown).then(|| tr!("plan-mapping-more", count = all - shown));
    lines.chain(more).map(single).collect()
}

/// Records that are treated alike: how many, what is said of them, and where the first of those are that are not simply new.
type Told = (u64, String, Vec<String>);

impl Job<'_> {
    /// Says the plan, and gives the lines that a question needs. At a terminal the mapping is shortened to what there is room for.
    pub(super) fn say_plan(&self, viewed: &Viewed) -> Result<Vec<String>, Failed> {
        let terminal = self.terminal;
        let groups = self.groups()?;
        let needed = self.needed(&groups);
        if terminal.is_quiet() {
            return Ok(needed);
        }
        let screen = size();
        let Viewed { sources, seen, .. } = viewed;
        let inputs = &self.opened.inputs;
        let most = match screen {
            Some(_) => NOT_IMPORTED,
            None => overview::COLUMNS,
        };
        let mut below = overview::not_imported(inputs, seen, most);
        below.extend(overview::damaged(seen));
        let lines = self.lines(&needed, groups, screen.is_some())?;
        below.extend(lines.into_iter().map(Line::Said));
        let mapping = overview::mapping(inputs);
        let mapping = match screen {
            Some((columns, lines)) => {
                let taken: usize = below.iter().map(|line| height(line, columns)).sum();
                let room = lines.saturating_sub(taken + sources.len() + QUESTION);
                fitted(&mapping, columns, room)
            }
            None => each(&mapping),
        };
        terminal.sources(sources);
        mapping.iter().for_each(|line| terminal.say(line));
        below.iter().for_each(|line| line.say(terminal));
        Ok(needed)
    }

    /// What will be done, and who will see it.
    fn needed(&self, groups: &[Told]) -> Vec<String> {
        let creates = self.work.creates() > 0;
        let seen_by =
            creates.then(|| visibility(&self.opened.config, self.opened.maps_permission()));
        let states = self.states(groups);
        [states].into_iter().chain(seen_by).collect()
    }

    /// `may_name` says whether somebody's data may be shown: not where it would go into a file.
    fn lines(
        &self,
        needed: &[String],
        groups: Vec<Told>,
        may_name: bool,
    ) -> Result<Vec<String>, Failed> {
        let mut lines = vec![needed[0].clone()];
        lines.extend(groups.into_iter().filter_map(places_line));
        lines.extend_from_slice(&needed[1..]);
        if self.work.creates() > 0 && may_name {
            lines.extend(self.example()?);
        }
        lines.extend(self.pace());
        Ok(lines)
    }

    /// What will be done with how many records.
    fn groups(&self) -> Result<Vec<Told>, Failed> {
        let (work, counts, names) = (&self.work, &self.work.counts, self.names()?);
        let told = |key: &str, count: u64| (count, tr!(key, count), Vec::new());
        let places = |group: &Group| -> Result<Vec<String>, Failed> {
            let first = group.first.iter();
            first.map(|one| self.place(*one, &names)).collect()
        };
        let group = |key: &str, group: &Group| -> Result<Told, Failed> {
            Ok((group.count, tr!(key, count = group.count), places(group)?))
        };
        // With their codes.
        let state = |key: &str, state, count: u64| -> Result<Told, Failed> {
            let first = match count {
                0 => Vec::new(),
                _ => self.ledger.first(self.run.id, state, NAMED)?,
            };
            let first = first.into_iter().map(|one| {
                let code = one.code.map(|code| format!(" {}", plain(&code)));
                place_in(&names, one.source, one.line) + &code.unwrap_or_default()
            });
            Ok((count, tr!(key, count), first.collect()))
        };
        let (deletes, gone) = work.left();
        let (count, fields) = (work.updates.count, work.fields());
        let updated = tr!("plan-updates", count, fields);
        let duplicates = counts.of(State::Duplicate);
        let mut groups = vec![
            told("plan-planned", work.creates()),
            (count, updated, places(&work.updates)?),
            group("plan-adopted", &work.adoptions)?,
            group("plan-differ", &work.differ)?,
            group("plan-not-unique", &work.not_unique)?,
            told("plan-deletes", deletes),
            told("plan-gone", gone),
            told("plan-exists", counts.of(State::Exists)),
            told("plan-changed", counts.changed),
            state("plan-duplicate", State::Duplicate, duplicates)?,
            state("plan-invalid", State::Invalid, work.invalid())?,
            told("plan-skipped", counts.skipped),
            told("plan-held", counts.of(State::Held)),
        ];
        groups.retain(|(count, ..)| *count > 0);
        Ok(groups)
    }

    fn states(&self, groups: &[Told]) -> String {
        let states = lang::joined(groups.iter().map(|(_, said, _)| said.clone()));
        let states = states.unwrap_or_else(|| tr!("plan-empty"));
        let is_sandbox = self.target.is_sandbox();
        let target = match is_sandbox {
            true => tr!("target-sandbox"),
            false => self.target.called(&self.opened.config).to_owned(),
        };
        match &self.opened.config.auth.service_account {
            Some(account) if !is_sandbox => tr!("plan-as", states, target, account),
            _ => tr!("plan", states, target),
        }
    }

    fn names(&self) -> Result<Vec<String>, Failed> {
        let sources = self.ledger.sources(self.run.id)?.into_iter();
        let names = sources.map(|source| plain(&source.path.display().to_string()));
        Ok(names.collect())
    }

    fn place(&self, record: RecordId, names: &[String]) -> Result<String, Failed> {
        let row = self.ledger.record(self.run.id, record.seq())?;
        let place = row.map(|row| place_in(names, row.source, row.line));
        Ok(place.unwrap_or_default())
    }

    /// The first contact that will be made.
    fn example(&self) -> Result<Option<String>, Failed> {
        let first = self.ledger.pending(self.run.id, None, 1)?;
        let Some(first) = first.into_iter().next() else {
            return Ok(None);
        };
        let place = self.place(first.id, &self.names()?)?;
        let payload: Value = serde_json::from_str(&first.payload).unwrap_or_default();
        let properties = payload.as_object().into_iter().flatten();
        let properties = properties.filter(|(name, _)| *name != "permission");
        let mut properties: Vec<(&String, &Value)> = properties.collect();
        let rank = |name: &str| FIRST.iter().position(|first| *first == name);
        properties.sort_by_key(|(name, _)| rank(name).unwrap_or(FIRST.len()));
        let said = properties.into_iter().map(|(name, value)| {
            let value = match value {
                Value::Object(parts) if name == "contactName" => named_parts(parts),
                value => in_words(value),
            };
            clipped(&plain(&format!("{name} {value}")), PROPERTY)
        });
        let said: Vec<String> = said.collect();
        let text = tr!("plan-example", place, contact = said.join("; "));
        Ok(Some(clipped(&text, EXAMPLE)))
    }

    /// How long creating will take.
    fn pace(&self) -> Option<String> {
        let rate = self.rate();
        let per_minute = rate.per_minute.filter(|_| self.work.creates() > 0)?;
        let finish =
            jiff::Zoned::now() + jiff::SignedDuration::try_from(rate.expected).unwrap_or_default();
        let finish = finish.strftime("%Y-%m-%d %H:%M").to_string();
        let time = spoken(rate.expected);
        Some(match (rate.halved, self.import.rate.is_some()) {
            (true, _) => tr!("pace-halved", rate = per_minute, time, finish),
            (false, true) => tr!("pace-asked", rate = per_minute, time, finish),
            (false, false) => tr!("pace", rate = per_minute, time, finish),
        })
    }
}

fn place_in(names: &[String], source: u32, line: u64) -> String {
    let name = names.get(source as usize).map_or("", String::as_str);
    format!("{name}:{line}")
}

/// `  2 duplicate: people.csv:3, people.csv:8`
fn places_line((count, what, mut places): Told) -> Option<String> {
    if !places.is_empty() && count > places.len() as u64 {
        places.push("…".to_owned());
    }
    let places = lang::joined(places)?;
    Some(tr!("plan-places", what, places))
}

/// The parts of a name, each with what it is: taken one for the other, they look right together.
fn named_parts(parts: &serde_json::Map<String, Value>) -> String {
    let parts = parts.iter();
    let parts = parts.map(|(part, value)| format!("{part} {}", in_words(value)));
    parts.collect::<Vec<_>>().join(", ")
}

/// Who will see the contacts that are made, and who owns them.
fn visibility(config: &Config, maps_permission: bool) -> String {
    let permission = &config.permission;
    let seen_by = match permission.accessible_range.0 == "ALL" {
        true => tr!("seen-by-all"),
        false => tr!("seen-by-members", count = permission.members.len()),
    };
    let owner = match &permission.master_user_id {
        Some(owner) => owner.clone(),
        None => tr!("owner-unset"),
    };
    match maps_permission {
        true => tr!("plan-visible-mapped", who = seen_by, owner),
        false => tr!("plan-visible", who = seen_by, owner),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_that_is_too_long_is_shown_by_property_and_then_in_part() {
        let mapping = [
            ("First Name", "contactName.firstName"),
            ("Last Name", "contactName.lastName"),
            ("E-mail 1 - Value", "emails"),
            ("Phone 1 - Label", "telephones.type"),
            ("Phone 1 - Value", "telephones"),
        ];
        assert_eq!(fitted(&mapping, 80, 5), each(&mapping));
        assert_eq!(
            fitted(&mapping, 80, 4),
            [
                "  First Name, Last Name → contactName",
                "  E-mail 1 - Value → emails",
                "  Phone 1 - Label, Phone 1 - Value → telephones",
            ]
        );
        let [first, more] = fitted(&mapping, 80, 2).try_into().expect("two lines");
        assert!(first.ends_with("contactName"), "{first}");
        assert!(more.contains('2'), "{more}");
        let narrow = fitted(&mapping, 40, 3);
        assert!(narrow.iter().all(|line| line.width() <= 40), "{narrow:?}");
        assert_eq!(narrow[2], "  Phone 1 - Label, Phone 1… → telephones");
    }
}
