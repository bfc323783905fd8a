//! A mapping cut down to the columns that a file has, so that it names each by its own name and nothing that is not there.

use super::columns::Columns;
use super::spec::{From, Item, List, Piece, Spec, TypeSpec, Value};
use std::collections::HashSet;

/// The mapping for this file alone. Columns that it does not map are added to `ignore`, so that a person sees them.
///
/// `customProperties` and `permission` are left as they are: presets and proposals have none.
pub fn fit(spec: &Spec, columns: &Columns) -> Spec {
    let mut fitted = Spec {
        preset: None,
        name: (spec.name.iter())
            .filter_map(|(key, value)| Some((*key, fit_value(value, columns)?)))
            .collect(),
        memo: kept(&spec.memo, |value| fit_value(value, columns)),
        tags: kept(&spec.tags, |value| fit_value(value, columns)),
        contact_tag_ids: kept(&spec.contact_tag_ids, |value| fit_value(value, columns)),
        ignore: Vec::new(),
        ..spec.clone()
    };
    fitted.set_items(
        spec.items()
            .filter_map(|item| fit_item(item, columns))
            .collect(),
    );
    fitted
        .placeholders
        .retain(|name, _| columns.find(name).is_some());
    let mapped: HashSet<usize> = fitted
        .columns()
        .iter()
        .flatten()
        .flat_map(|name| meant(name, columns))
        .collect();
    fitted.ignore = (0..columns.names().len())
        .filter(|index| !mapped.contains(index))
        .filter_map(|index| columns.unique_name(index))
        .collect();
    fitted
}

/// The columns of a file that a name of a mapping means; several where it holds `{n}`.
pub fn meant(name: &str, columns: &Columns) -> Vec<usize> {
    let numbers = columns.numbers(name);
    let numbered = numbers
        .iter()
        .map(|number| name.replace("{n}", &number.to_string()));
    let names = numbered.chain([name.to_owned()]);
    names.filter_map(|name| columns.find(&name)).collect()
}

fn kept<T, U>(all: &[T], fit: impl Fn(&T) -> Option<U>) -> Vec<U> {
    all.iter().filter_map(fit).collect()
}

fn fit_item(item: &Item, columns: &Columns) -> Option<Item> {
    let parts = kept(&item.parts, |(name, value)| {
        Some((*name, fit_value(value, columns)?))
    });
    let first = item.list.parts()[0];
    if !parts.iter().any(|(name, _)| *name == first) && item.list != List::Organizations {
        return None;
    }
    (!parts.is_empty()).then(|| Item {
        parts,
        kind: item.kind.as_ref().and_then(|kind| fit_type(kind, columns)),
        day_type: item
            .day_type
            .as_ref()
            .and_then(|kind| fit_type(kind, columns)),
        ..item.clone()
    })
}

fn fit_type(kind: &TypeSpec, columns: &Columns) -> Option<TypeSpec> {
    match kind {
        TypeSpec::Constant(_) => Some(kind.clone()),
        TypeSpec::Custom(value) => fit_value(value, columns).map(TypeSpec::Custom),
        TypeSpec::CustomOr(value, other) => {
            match (fit_value(value, columns), fit_type(other, columns)) {
                (Some(value), Some(other)) => Some(TypeSpec::CustomOr(value, Box::new(other))),
                (value, other) => value.map(TypeSpec::Custom).or(other),
            }
        }
        TypeSpec::Label {
            label,
            labels,
            default,
        } => fit_value(label, columns).map(|label| TypeSpec::Label {
            label,
            labels: labels.clone(),
            default: default.clone(),
        }),
    }
}

fn fit_value(value: &Value, columns: &Columns) -> Option<Value> {
    let mut fitted = value.clone();
    if let Some(condition) = &mut fitted.condition {
        match condition
            .columns
            .iter()
            .find_map(|name| own_name(name, columns))
        {
            Some(name) => condition.columns = vec![name],
            // A column that the file lacks is empty.
            None if condition.filled => return None,
            None => fitted.condition = None,
        }
    }
    fitted.from = match &value.from {
        From::Column(names) => {
            From::Column(vec![names.iter().find_map(|name| own_name(name, columns))?])
        }
        From::Constant(_) => value.from.clone(),
        From::Join(values, separator) => From::Join(all(values, columns)?, separator.clone()),
        From::First(values) => From::First(all(values, columns)?),
        From::Template(pieces) => {
            let there = |piece: &Piece| match piece {
                Piece::Text(_) => true,
                Piece::Column(name) => columns.find(name).is_some(),
            };
            pieces.iter().all(there).then(|| value.from.clone())?
        }
        From::Address(parts) => {
            let parts = kept(parts, |(part, value)| {
                Some((*part, fit_value(value, columns)?))
            });
            (!parts.is_empty()).then_some(From::Address(parts))?
        }
        From::Link(link) => {
            let text = link.1.as_ref().and_then(|text| fit_value(text, columns));
            From::Link(Box::new((fit_value(&link.0, columns)?, text)))
        }
        From::Date(parts) => {
            let [year, month, day] = parts.as_ref();
            From::Date(Box::new([
                fit_value(year, columns)?,
                fit_value(month, columns)?,
                fit_value(day, columns)?,
            ]))
        }
    };
    Some(fitted)
}

fn all(values: &[Value], columns: &Columns) -> Option<Vec<Value>> {
    let values = kept(values, |value| fit_value(value, columns));
    (!values.is_empty()).then_some(values)
}

/// The name of the column as the file has it; a name with `{n}` as it stands, if the file has any of these columns.
fn own_name(name: &str, columns: &Columns) -> Option<String> {
    if name.contains("{n}") && !columns.numbers(name).is_empty() {
        return Some(name.to_owned());
    }
    columns
        .find(name)
        .and_then(|index| columns.unique_name(index))
}
