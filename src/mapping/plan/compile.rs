//! From a mapping as it is written to one for the columns of a file.

mod value;

use super::{
    PermissionRule, Plan, PrimaryRule, PropertyRule, PropertyValue, Rule, Source, TypeRule,
};
use crate::contact::NamePart;
use crate::document::{ColumnOr, ConfigError, ValuesOr};
use crate::mapping::columns::{self, Columns};
use crate::mapping::date;
use crate::mapping::label::{self, Kind};
use crate::mapping::spec::{
    From, Item, List, NameKey, NameOrder, PermissionSpec, Primary, PropertySpec, Spec, TypeSpec,
    Value,
};
use std::collections::{BTreeMap, HashSet};
use std::path::Path;

/// What to do about a column that the mapping names and the file lacks.
#[derive(Clone, Copy, Debug)]
pub enum Missing<'p> {
    /// A preset's: exports of one maker differ, so it is left out.
    LeaveOut,
    /// The user's own mapping: an error that names the mapping and the input file.
    Refuse { mapping: &'p Path, input: &'p str },
}

impl Plan {
    pub fn compile(
        spec: &Spec,
        columns: Columns,
        missing: Missing<'_>,
    ) -> Result<Plan, ConfigError> {
        let mut compiler = Compiler {
            columns: &columns,
            missing,
            used: HashSet::new(),
            conditional: HashSet::new(),
        };
        let name = compiler.named(&spec.name)?;
        let full_name = compiler.optional(spec.name.get(&NameKey::FullName))?;
        let phonetic_full_name = compiler.optional(spec.name.get(&NameKey::PhoneticFullName))?;
        let mut items = Vec::new();
        for item in spec.items() {
            compiler.item(item, &mut items)?;
        }
        let memo = compiler.all(&spec.memo)?;
        let tags = compiler.all(&spec.tags)?;
        let contact_tag_ids = compiler.all(&spec.contact_tag_ids)?;
        let custom_properties = compiler.properties(&spec.custom_properties)?;
        let permission = compiler.permission(&spec.permission)?;
        let Compiler {
            used, conditional, ..
        } = compiler;
        let unmapped = (0..columns.names().len())
            .filter(|index| !used.contains(index) && columns.reason() != Some(*index))
            .collect();
        let mut placeholders = vec![Vec::new(); columns.names().len()];
        for (name, values) in &spec.placeholders {
            if let Some(index) = columns.find(name) {
                placeholders[index].clone_from(values);
            }
        }
        let watched = placeholders
            .iter()
            .enumerate()
            .map(|(index, values)| !values.is_empty() || conditional.contains(&index))
            .collect();
        let mut plan = Plan {
            watched,
            fields: Vec::new(),
            paths: Vec::new(),
            name,
            full_name,
            phonetic_full_name,
            items,
            memo,
            tags,
            contact_tag_ids,
            custom_properties,
            permission,
            unmapped,
            conditional: conditional.into_iter().collect(),
            placeholders,
            split: spec.split.clone().unwrap_or_else(|| " ::: ".into()),
            cell_prefix: spec.cell_prefix.clone(),
            family_first: spec.name_order == Some(NameOrder::FamilyFirst),
            columns,
        };
        (plan.fields, plan.paths) = plan.fields_and_paths();
        Ok(plan)
    }
}

struct Compiler<'c> {
    columns: &'c Columns,
    missing: Missing<'c>,
    used: HashSet<usize>,
    conditional: HashSet<usize>,
}

type Compiled<T> = Result<T, ConfigError>;

impl Compiler<'_> {
    fn named(&mut self, name: &BTreeMap<NameKey, Value>) -> Compiled<Vec<(NamePart, Source)>> {
        let mut named = Vec::new();
        for (key, part) in NameKey::parts() {
            if let Some(source) = self.optional(name.get(&key))? {
                named.push((part, source));
            }
        }
        Ok(named)
    }

    fn optional(&mut self, value: Option<&Value>) -> Compiled<Option<Source>> {
        value.map_or(Ok(None), |value| self.value(value, None))
    }

    fn all(&mut self, values: &[Value]) -> Compiled<Vec<Source>> {
        let mut sources = Vec::new();
        for value in values {
            for number in self.expand([value]) {
                sources.extend(self.value(value, number)?);
            }
        }
        Ok(sources)
    }

    /// One rule for each number that `{n}` stands for, or one alone. Where the file has none of its columns, there is no rule.
    fn item(&mut self, item: &Item, rules: &mut Vec<Rule>) -> Compiled<()> {
        for number in self.expand(item.parts.iter().map(|(_, value)| value)) {
            let mut parts = Vec::new();
            for name in item.list.parts() {
                let value = item.parts.iter().find(|(part, _)| part == name);
                parts.push(match value {
                    Some((_, value)) => self.value(value, number)?,
                    None => None,
                });
            }
            if parts.iter().all(Option::is_none) {
                continue;
            }
            let table = table_of(item.list);
            let mut rule = Rule {
                list: item.list,
                kind: self.kind(
                    item.kind.as_ref(),
                    number,
                    table,
                    item.list.types(),
                    default_type(item.list),
                )?,
                day_type: match &item.day_type {
                    None => None,
                    Some(day) => {
                        let types = crate::contact::limits::DAY_TYPES;
                        Some(self.kind(Some(day), number, day_type, types, "")?)
                    }
                },
                primary: match &item.primary {
                    Primary::Always(always) => PrimaryRule::Always(*always),
                    Primary::Column(value) => match self.value(value, number)? {
                        Some(source) => PrimaryRule::Source(source),
                        None => PrimaryRule::Always(false),
                    },
                },
                carry_unreadable: item.carry_unreadable,
                parts,
                columns: None,
            };
            rule.columns = rule.columns();
            rules.push(rule);
        }
        Ok(())
    }

    fn kind(
        &mut self,
        spec: Option<&TypeSpec>,
        number: Option<u32>,
        table: fn(&str) -> Kind,
        types: &'static [&'static str],
        fallback: &'static str,
    ) -> Compiled<TypeRule> {
        Ok(match spec {
            None => TypeRule::Constant(fallback),
            Some(TypeSpec::Constant(kind)) => TypeRule::Constant(kind),
            Some(TypeSpec::Custom(value)) => match self.value(value, number)? {
                Some(source) => TypeRule::Custom(source),
                None => TypeRule::Constant(fallback),
            },
            Some(TypeSpec::CustomOr(value, other)) => {
                let other = self.kind(Some(other), number, table, types, fallback)?;
                match self.value(value, number)? {
                    Some(source) => TypeRule::CustomOr(source, Box::new(other)),
                    None => other,
                }
            }
            Some(TypeSpec::Label {
                label,
                labels,
                default,
            }) => TypeRule::Label {
                label: self.value(label, number)?,
                labels: labels
                    .iter()
                    .map(|(label, kind)| (columns::fold(label), kind.clone()))
                    .collect(),
                default: default.clone().unwrap_or_else(|| fallback.to_owned()),
                table,
                types,
            },
        })
    }

    fn properties(
        &mut self,
        specs: &BTreeMap<String, ValuesOr<PropertySpec>>,
    ) -> Compiled<Vec<(String, PropertyRule)>> {
        let mut rules = Vec::new();
        for (name, ValuesOr(spec)) in specs {
            let rule = PropertyRule {
                content: self.property_values(&spec.content, false)?,
                text: self.optional(spec.text.as_ref())?,
                link: {
                    let mut links = self.property_values(&spec.content, true)?;
                    links.append(&mut self.property_values(&spec.link, false)?);
                    links
                },
            };
            rules.push((name.clone(), rule));
        }
        Ok(rules)
    }

    /// The values of a custom property: those that are links with a text, or the others.
    fn property_values(&mut self, values: &[Value], links: bool) -> Compiled<Vec<PropertyValue>> {
        let mut found = Vec::new();
        for value in values {
            let (of, text) = match &value.from {
                From::Link(link) if links => (&link.0, link.1.as_ref()),
                From::Link(_) => continue,
                _ if links => continue,
                _ => (value, None),
            };
            for number in self.expand([of]) {
                let Some(source) = self.value(of, number)? else {
                    continue;
                };
                let mut optional = |value: Option<&Value>| {
                    value.map_or(Ok(None), |value| self.value(value, number))
                };
                found.push(PropertyValue {
                    value: source,
                    text: optional(text)?,
                    represent: optional(value.represent.as_deref())?,
                });
            }
        }
        Ok(found)
    }

    fn permission(&mut self, spec: &PermissionSpec) -> Compiled<Option<PermissionRule>> {
        let mut members = Vec::new();
        for ColumnOr(member) in &spec.accessible_members {
            let kind = member.kind.map_or("USER", |kind| kind.0);
            let source = self.value(&member.id, None)?;
            members.extend(source.map(|source| (source, kind)));
        }
        let rule = PermissionRule {
            accessible_range: self.optional(spec.accessible_range.as_ref())?,
            master_user_id: self.optional(spec.master_user_id.as_ref())?,
            is_co_editing: self.optional(spec.is_co_editing.as_ref())?,
            members,
        };
        let says_nothing = rule.accessible_range.is_none()
            && rule.master_user_id.is_none()
            && rule.is_co_editing.is_none()
            && rule.members.is_empty();
        Ok((!says_nothing).then_some(rule))
    }

    /// The numbers that `{n}` stands for in these values; without `{n}`, no number, once.
    fn expand<'v>(&self, values: impl IntoIterator<Item = &'v Value>) -> Vec<Option<u32>> {
        let mut patterns = Vec::new();
        for value in values {
            value.each_column(&mut |names| {
                patterns.extend(names.iter().filter(|name| name.contains("{n}")).cloned());
            });
        }
        if patterns.is_empty() {
            return vec![None];
        }
        let mut numbers: Vec<u32> = patterns
            .iter()
            .flat_map(|pattern| self.columns.numbers(pattern))
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().map(Some).collect()
    }
}

fn table_of(list: List) -> fn(&str) -> Kind {
    match list {
        List::Telephones => label::telephone,
        List::Events => label::event,
        List::Locations => label::location,
        List::Messengers => label::messenger,
        List::Emails | List::Organizations | List::Websites => |_| Kind::None,
    }
}

/// The type of an item that nothing gives one.
fn default_type(list: List) -> &'static str {
    match list {
        List::Messengers => "CUSTOM",
        _ => "OTHER",
    }
}

fn day_type(flag: &str) -> Kind {
    match date::is_lunar(flag) {
        Some(true) => Kind::Type("LUNAR"),
        Some(false) => Kind::Type("SOLAR"),
        None => Kind::None,
    }
}
