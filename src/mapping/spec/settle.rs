//! Settling which columns of a file the names in a mapping mean.

use super::{ColumnRef, Expression, Rule, Spec, TypeRule};
use crate::document::{ColumnOr, ValuesOr};

/// Settles which column of a file is meant. Tells whether the file has it.
pub type Settle<'s, E> = dyn FnMut(&mut ColumnRef) -> Result<bool, E> + 's;

/// The same of a column whose name may have `{n}`, which stands for this number.
pub type SettleNumbered<'s, E> = dyn FnMut(&mut ColumnRef, Option<u32>) -> Result<bool, E> + 's;

impl Spec {
    /// Settles all columns for a file; see [`Expression::settle`]. Of an item or a value in a list, there is one for each of the
    /// `numbers` that `{n}` stands for in the columns of its values.
    pub fn settle<E>(
        &mut self,
        numbers: &dyn Fn(&[&Expression]) -> Vec<Option<u32>>,
        column: &mut SettleNumbered<'_, E>,
    ) -> Result<(), E> {
        let mut items = Vec::new();
        let mut names = Vec::from_iter(std::mem::take(&mut self.name));
        settle_each(&mut names, |(_, name)| name, &mut |one| column(one, None))?;
        self.name = names.into_iter().collect();
        for rule in self.items() {
            let parts: Vec<&Expression> = rule.parts.iter().flatten().collect();
            for number in numbers(&parts) {
                let mut rule = rule.clone();
                rule.settle(&mut |one| column(one, number))?;
                items.push(rule);
            }
        }
        items.retain(|rule| rule.parts.iter().any(Option::is_some));
        self.set_items(items);
        let mut expand = |values: &mut Vec<Expression>| {
            for value in std::mem::take(values) {
                for number in numbers(&[&value]) {
                    let mut value = value.clone();
                    if value.settle(&mut |one| column(one, number))? {
                        values.push(value);
                    }
                }
            }
            Ok(())
        };
        expand(&mut self.memo)?;
        expand(&mut self.tags)?;
        expand(&mut self.contact_tag_ids)?;
        for ValuesOr(property) in self.custom_properties.values_mut() {
            expand(&mut property.content)?;
            expand(&mut property.link)?;
        }
        let column = &mut |one: &mut ColumnRef| column(one, None);
        for ValuesOr(property) in self.custom_properties.values_mut() {
            settle_optional(&mut property.text, column)?;
        }
        let permission = &mut self.permission;
        let members = &mut permission.accessible_members;
        settle_each(members, |ColumnOr(member)| &mut member.id, column)?;
        settle_optional(&mut permission.accessible_range, column)?;
        settle_optional(&mut permission.master_user_id, column)?;
        settle_optional(&mut permission.is_co_editing, column)
    }
}

impl Rule {
    /// Settles its columns; see [`Expression::settle`].
    pub fn settle<E>(&mut self, column: &mut Settle<'_, E>) -> Result<(), E> {
        for part in &mut self.parts {
            settle_optional(part, column)?;
        }
        let has_type = self.kind.is_some();
        settle_type(&mut self.kind, column)?;
        settle_optional(&mut self.custom, column)?;
        if has_type && self.custom.is_some() {
            let default = TypeRule::Constant(self.list.default_type());
            self.kind.get_or_insert(default);
        }
        settle_type(&mut self.day_type, column)?;
        settle_optional(&mut self.primary, column)
    }
}

impl Expression {
    /// Settles the columns for a file, and leaves out what needs those that it lacks. Tells whether anything is left.
    ///
    /// A date needs all of its columns. Of parts that are put together, those that are left count.
    pub fn settle<E>(&mut self, column: &mut Settle<'_, E>) -> Result<bool, E> {
        Ok(match self {
            Self::Column(names) => column(names)?,
            Self::Constant(_) => true,
            Self::Join(parts, _) | Self::First(parts) => {
                settle_each(parts, |part| part, column)?;
                !parts.is_empty()
            }
            Self::Template(parts) => {
                settle_each(parts, |part| part, column)?;
                true
            }
            Self::Address(parts) => {
                settle_each(parts, |(_, part)| part, column)?;
                !parts.is_empty()
            }
            Self::Date(parts) => {
                let mut is_whole = true;
                for part in parts.iter_mut() {
                    is_whole &= part.settle(column)?;
                }
                is_whole
            }
            Self::Default(value, default) => {
                if !value.settle(column)? {
                    *self = Self::Constant(std::mem::take(default));
                }
                true
            }
            Self::If(value, condition, filled) => match column(condition)? {
                true => value.settle(column)?,
                // A column that the file lacks is empty.
                false if *filled => false,
                false => {
                    *self = value.take();
                    self.settle(column)?
                }
            },
            Self::Cut(value, ..) | Self::Labels(value, _) | Self::Split(value, _) => {
                value.settle(column)?
            }
            Self::Link(link) => {
                settle_optional(&mut link.1, column)?;
                link.0.settle(column)?
            }
            Self::Represent(both) => {
                let (is_there, has_flag) = (both.0.settle(column)?, both.1.settle(column)?);
                if !has_flag {
                    *self = both.0.take();
                }
                is_there
            }
        })
    }

    fn take(&mut self) -> Expression {
        std::mem::replace(self, Expression::Constant(String::new()))
    }
}

fn settle_type<E>(kind: &mut Option<TypeRule>, column: &mut Settle<'_, E>) -> Result<(), E> {
    if let Some(TypeRule::Label { label, default, .. }) = kind
        && !label.settle(column)?
    {
        *kind = default.map(TypeRule::Constant);
    }
    Ok(())
}

fn settle_optional<E>(value: &mut Option<Expression>, column: &mut Settle<'_, E>) -> Result<(), E> {
    if let Some(there) = value
        && !there.settle(column)?
    {
        *value = None;
    }
    Ok(())
}

/// Settles the value of each item, and leaves out the items that have none.
fn settle_each<T, E>(
    items: &mut Vec<T>,
    value: fn(&mut T) -> &mut Expression,
    column: &mut Settle<'_, E>,
) -> Result<(), E> {
    for mut item in std::mem::take(items) {
        if value(&mut item).settle(column)? {
            items.push(item);
        }
    }
    Ok(())
}
