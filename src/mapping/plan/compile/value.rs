//! A value of the mapping, as what it is in the columns of the file.

use super::super::Source;
use super::{Compiled, Compiler, Missing};
use crate::document::ConfigError;
use crate::lang::tr;
use crate::mapping::spec::{Condition, From, Piece, Value};
use crate::names::list_of;

impl Compiler<'_> {
    pub(super) fn value(&mut self, value: &Value, number: Option<u32>) -> Compiled<Option<Source>> {
        let source = match &value.condition {
            None => self.unconditional(value, number)?,
            Some(condition) => self.conditional(value, condition, number)?,
        };
        let source = match (source, &value.default) {
            (Some(source), Some(default)) => {
                Some(Source::Default(Box::new(source), default.clone()))
            }
            (None, Some(default)) => Some(Source::Constant(default.clone())),
            (source, None) => source,
        };
        let source = source.map(|source| match value.labels.is_empty() {
            true => source,
            false => {
                let labels = value.labels.iter();
                let labels =
                    labels.map(|(label, text)| (label.trim().to_lowercase(), text.clone()));
                Source::Labels(Box::new(source), labels.collect())
            }
        });
        Ok(match (source, &value.split) {
            (Some(source), Some(split)) => Some(Source::Split(Box::new(source), split.clone())),
            (source, _) => source,
        })
    }

    fn conditional(
        &mut self,
        value: &Value,
        condition: &Condition,
        number: Option<u32>,
    ) -> Compiled<Option<Source>> {
        let names = &condition.columns;
        let Some(index) = names.iter().find_map(|name| self.columns.find(name)) else {
            self.absent(names, None, value.line)?;
            // A column that the file lacks is empty.
            return match condition.filled {
                true => Ok(None),
                false => self.unconditional(value, number),
            };
        };
        let source = self.unconditional(value, number)?;
        Ok(source.map(|source| {
            source.columns(&mut |index| {
                self.conditional.insert(index);
            });
            Source::If(Box::new(source), index, condition.filled)
        }))
    }

    fn unconditional(&mut self, value: &Value, number: Option<u32>) -> Compiled<Option<Source>> {
        Ok(match &value.from {
            From::Column(names) => self.column(names, number, value.line)?.map(Source::Column),
            From::Constant(text) => Some(Source::Constant(text.clone())),
            From::Join(values, separator) => {
                let sources = self.nested(values, number)?;
                (!sources.is_empty()).then(|| Source::Join(sources, separator.clone()))
            }
            From::First(values) => {
                let sources = self.nested(values, number)?;
                (!sources.is_empty()).then_some(Source::First(sources))
            }
            From::Template(pieces) => {
                Some(Source::Template(self.template(pieces, number, value.line)?))
            }
            From::Address(parts) => {
                let mut sources = Vec::new();
                for (part, value) in parts {
                    sources.extend(self.value(value, number)?.map(|source| (*part, source)));
                }
                (!sources.is_empty()).then_some(Source::Address(sources))
            }
            From::Date(parts) => self.date(parts, number)?,
            // Elsewhere than in a custom property, a link is a value like any other.
            From::Link(link) => self.value(&link.0, number)?,
        })
    }

    /// A date without all of its columns is none; its other columns are then mapped from nowhere.
    fn date(&mut self, parts: &[Value; 3], number: Option<u32>) -> Compiled<Option<Source>> {
        let used = self.used.clone();
        let [year, month, day] = parts;
        let sources = (
            self.value(year, number)?,
            self.value(month, number)?,
            self.value(day, number)?,
        );
        Ok(match sources {
            (Some(year), Some(month), Some(day)) => {
                Some(Source::Date(Box::new([year, month, day])))
            }
            _ => {
                self.used = used;
                None
            }
        })
    }

    fn nested(&mut self, values: &[Value], number: Option<u32>) -> Compiled<Vec<Source>> {
        let mut sources = Vec::new();
        for value in values {
            sources.extend(self.value(value, number)?);
        }
        Ok(sources)
    }

    fn template(
        &mut self,
        pieces: &[Piece],
        number: Option<u32>,
        line: usize,
    ) -> Compiled<Vec<Source>> {
        let mut parts = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Text(text) => parts.push(Source::Constant(text.clone())),
                Piece::Column(name) => {
                    let index = self.column(std::slice::from_ref(name), number, line)?;
                    parts.extend(index.map(Source::Column));
                }
            }
        }
        Ok(parts)
    }

    /// The column by the first of its names that the file has.
    fn column(
        &mut self,
        names: &[String],
        number: Option<u32>,
        line: usize,
    ) -> Compiled<Option<usize>> {
        let numbered = |name: &String| match number {
            Some(number) => name.replace("{n}", &number.to_string()),
            None => name.clone(),
        };
        let found = names
            .iter()
            .find_map(|name| self.columns.find(&numbered(name)));
        let Some(index) = found else {
            return self.absent(names, number, line).map(|()| None);
        };
        if !names.iter().any(|name| name.contains('#')) {
            self.refuse_ambiguous(index, line)?;
        }
        self.used.insert(index);
        Ok(Some(index))
    }

    fn absent(&self, names: &[String], number: Option<u32>, line: usize) -> Compiled<()> {
        // Of a numbered group, a file may lack some columns; that the group exists at all was checked by `expand`.
        let (Missing::Refuse { mapping, input }, None) = (self.missing, number) else {
            return Ok(());
        };
        let name = names.first().map_or("", String::as_str);
        let near = self.columns.nearest(name);
        let message = if near.is_empty() {
            let has = list_of(self.columns.names());
            tr!(
                "mapping-column-missing",
                column = name,
                input = input,
                has = has
            )
        } else {
            let near = list_of(&near);
            tr!(
                "mapping-column-missing-near",
                column = name,
                input = input,
                near = near
            )
        };
        Err(ConfigError {
            path: mapping.to_owned(),
            line: (line > 0).then_some(line),
            message,
        })
    }

    fn refuse_ambiguous(&self, index: usize, line: usize) -> Compiled<()> {
        let Missing::Refuse { mapping, input } = self.missing else {
            return Ok(());
        };
        let Some(later) = self.columns.twice().get(&index) else {
            return Ok(());
        };
        let name = &self.columns.names()[index];
        Err(ConfigError {
            path: mapping.to_owned(),
            line: (line > 0).then_some(line),
            message: tr!(
                "mapping-column-twice",
                column = name.as_str(),
                input = input,
                first = index + 1,
                second = later[0] + 1
            ),
        })
    }
}
