//! Problems and notes of a record as reports show them, with the name of the source field.

use super::message;
use crate::contact::{Problem, Text, head};
use crate::lang::Phrase;
use crate::mapping::LabelOf;
use crate::note::{Note, NoteKind};
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};
use smol_str::SmolStr;
use std::borrow::Cow;
use std::fmt;

/// How much of a value that is not imported the page shows, in characters.
pub const SHOWN_VALUE: usize = 120;

#[derive(Clone, Default, PartialEq, Deserialize)]
#[serde(from = "StoredProblem")]
pub struct RecordProblem {
    /// One of cardlift's codes, or the service's.
    pub code: Cow<'static, str>,
    pub field: Cow<'static, str>,
    /// The value; empty where one is missing.
    pub value: String,
    /// The position of the mistake in the value, in characters from 0; `None` if the whole value is wrong.
    pub at: Option<usize>,
    /// The column or property.
    pub source_field: Option<SmolStr>,
    /// What is wrong; where the service or an older version said it, all that it said.
    pub wrong: Phrase,
    /// How to fix it.
    pub mend: Phrase,
    /// Whether the service found it. It has no value then.
    pub from_service: bool,
}

/// A problem in the ledger.
#[derive(Default, Deserialize)]
#[serde(default)]
struct StoredProblem {
    code: String,
    field: String,
    value: String,
    at: Option<usize>,
    source_field: Option<String>,
    message: String,
    mend: String,
    /// What is wrong and how to fix it; older versions have it as texts only.
    said: Option<(Phrase, Phrase)>,
}

impl From<StoredProblem> for RecordProblem {
    fn from(stored: StoredProblem) -> RecordProblem {
        let texts = (stored.message.into(), stored.mend.into());
        let (wrong, mend) = stored.said.unwrap_or(texts);
        RecordProblem {
            code: stored.code.into(),
            field: stored.field.into(),
            value: stored.value,
            at: stored.at,
            source_field: stored.source_field.map(Into::into),
            wrong,
            mend,
            from_service: false,
        }
    }
}

impl RecordProblem {
    pub fn new(problem: Problem, label_of: LabelOf<'_>) -> RecordProblem {
        let label = problem.origin.index().map(|_| label_of(problem.origin));
        RecordProblem {
            code: problem.kind.code().as_str().into(),
            wrong: message::wrong(&problem, label.as_deref()),
            mend: message::mend(&problem),
            at: message::at(&problem),
            field: problem.field,
            value: problem.value,
            source_field: label,
            from_service: false,
        }
    }

    /// What is wrong and how to fix it, in one line.
    pub fn message(&self) -> String {
        self.phrase().text()
    }

    pub fn phrase(&self) -> Phrase {
        message::whole(&self.wrong, &self.mend)
    }
}

#[derive(Clone, PartialEq)]
pub struct RecordNote {
    pub kind: NoteKind,
    /// The column or property; `None` if the note is about the whole record.
    pub source_field: Option<SmolStr>,
    /// The value in the source; may be empty.
    pub value: SmolStr,
    /// What it became; may be empty.
    pub detail: SmolStr,
}

impl RecordNote {
    /// Keeps at most `characters` of the value.
    pub fn new(note: &Note<'_>, label_of: LabelOf<'_>, characters: usize) -> RecordNote {
        let label = note.origin.index().map(|_| label_of(note.origin));
        RecordNote {
            kind: note.kind,
            source_field: label,
            value: head(&note.value, characters).into(),
            detail: SmolStr::new(&note.detail),
        }
    }

    /// A value of a duplicate that the first record lacks.
    pub fn of_duplicate(kind: NoteKind, text: &Text<'_>, label_of: LabelOf<'_>) -> RecordNote {
        let value = text.as_str();
        let note = Note::new(kind, text.origin, value);
        RecordNote::new(&note, label_of, usize::MAX)
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

/// `{"code","field","value","at","source_field","message","mend","said"}`, or `{"code","field","message","from":"service"}`.
/// `said` has the keys and values of the message, for other languages.
impl Serialize for RecordProblem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", &self.code)?;
        map.serialize_entry("field", &self.field)?;
        if !self.from_service {
            map.serialize_entry("value", &self.value)?;
        }
        if let Some(at) = self.at {
            map.serialize_entry("at", &at)?;
        }
        if let Some(label) = &self.source_field {
            map.serialize_entry("source_field", label.as_str())?;
        }
        map.serialize_entry("message", &self.message())?;
        match self.from_service {
            true => map.serialize_entry("from", "service")?,
            false => map.serialize_entry("mend", &self.mend.text())?,
        }
        if let Phrase::Keyed(..) = self.wrong {
            map.serialize_entry("said", &(&self.wrong, &self.mend))?;
        }
        map.end()
    }
}

impl fmt::Debug for RecordProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.code, self.field)
    }
}

impl fmt::Debug for RecordNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.kind)
    }
}
