//! Problems and notes of a record as reports have them: with the source field's name, and with what is said of a problem.

use super::message;
use crate::contact::{Problem, head};
use crate::mapping::LabelOf;
use crate::note::{Note, NoteKind};
use serde::Deserialize;
use smol_str::SmolStr;
use std::borrow::Cow;
use std::fmt;

/// How much of a value that is not imported the page shows, in characters.
pub const SHOWN_VALUE: usize = 120;

/// A problem of a record.
#[derive(Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct RecordProblem {
    /// One of cardlift's codes, or the service's.
    pub code: Cow<'static, str>,
    /// The contact's field.
    pub field: Cow<'static, str>,
    /// The value; empty where one is missing.
    pub value: String,
    /// The place of the mistake in the value, in characters from 0; nothing where the whole value is wrong.
    pub at: Option<usize>,
    /// The column or property.
    pub source_field: Option<String>,
    /// What is wrong and how to fix it, in one line.
    pub message: String,
    /// How to fix it, alone.
    pub mend: String,
    /// Whether the service has found it; it names no value then.
    #[serde(skip)]
    pub from_service: bool,
}

impl RecordProblem {
    /// A problem that the check has found, in the chosen language.
    pub fn new(problem: Problem, label_of: LabelOf<'_>) -> RecordProblem {
        let label = problem.origin.index().map(|_| label_of(problem.origin));
        let said = message::said(&problem, label.as_deref());
        RecordProblem {
            code: problem.kind.code().as_str().into(),
            at: message::at(&problem),
            field: problem.field,
            value: problem.value,
            source_field: label.map(Cow::into_owned),
            message: said.message,
            mend: said.mend,
            from_service: false,
        }
    }
}

/// A note on a record.
#[derive(Clone, PartialEq)]
pub struct RecordNote {
    /// What was changed or is not imported.
    pub kind: NoteKind,
    /// The column or property; nothing where the note is on the record as a whole.
    pub source_field: Option<SmolStr>,
    /// The value as the source has it; may be empty.
    pub value: SmolStr,
    /// What it became; may be empty.
    pub detail: SmolStr,
}

impl RecordNote {
    /// A note of the mapping; of the value, so many characters at most.
    pub fn new(note: &Note<'_>, label_of: LabelOf<'_>, characters: usize) -> RecordNote {
        let label = note.origin.index().map(|_| label_of(note.origin));
        RecordNote {
            kind: note.kind,
            source_field: label.map(SmolStr::from),
            value: head(&note.value, characters).into(),
            detail: SmolStr::new(&note.detail),
        }
    }

    /// Another record has the same e-mail or telephone.
    pub fn shared(place: String) -> RecordNote {
        RecordNote {
            kind: NoteKind::Shared,
            source_field: None,
            value: SmolStr::default(),
            detail: place.into(),
        }
    }
}

/// Personal data stays out of debug output.
impl fmt::Debug for RecordProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.code, self.field)
    }
}

/// Personal data stays out of debug output.
impl fmt::Debug for RecordNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.kind)
    }
}
