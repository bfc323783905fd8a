//! Problems and notes as JSON, in `results.jsonl` and in the ledger.

use super::{RecordNote, RecordProblem};
use crate::note::NoteKind;
use serde::Deserialize;
use std::borrow::Cow;
use std::io;

/// The problems of a record for the ledger.
pub fn problems(problems: &[RecordProblem]) -> String {
    serde_json::to_string(problems).expect("it has text keys")
}

/// An array; an empty text if there are no notes.
pub fn notes(notes: &[RecordNote]) -> String {
    let mut json = String::new();
    add_notes(&mut json, notes);
    json
}

/// Adds notes to what [`notes`] has written.
pub fn add_notes(json: &mut String, notes: &[RecordNote]) {
    for note in notes {
        let field = note.source_field.as_deref().unwrap_or_default();
        add_note(json, note.kind, field, &note.value, &note.detail);
    }
}

/// Adds a note to what [`notes`] has written: `{"note","reason","source_field","value","detail"}`, without what is empty; `note`
/// is `carried_over` or `changed`, and `reason` the kind's name.
pub fn add_note(json: &mut String, kind: NoteKind, field: &str, value: &str, detail: &str) {
    let begins = json.pop().is_none();
    json.push(if begins { '[' } else { ',' });
    json.push_str(match kind.is_carried_over() {
        true => r#"{"note":"carried_over""#,
        false => r#"{"note":"changed""#,
    });
    add_text(json, r#","reason":"#, kind.as_str());
    add_text(json, r#","source_field":"#, field);
    add_text(json, r#","value":"#, value);
    add_text(json, r#","detail":"#, detail);
    json.push_str("}]");
}

/// Adds a key and its text to an object that is being written, unless the text is empty. The key has its quotes and what stands
/// around it.
///
/// serde_json looks at each byte of each key and value by itself. In few of them anything has to be escaped, and of a check
/// with details they are most of what is written.
pub(super) fn add_text(json: &mut String, key: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    json.push_str(key);
    let is_escaped = |byte: u8| (byte < b' ') | (byte == b'"') | (byte == b'\\');
    // Many bytes are looked at at once, since it does not end early.
    match text.bytes().fold(false, |any, byte| any | is_escaped(byte)) {
        true => json.push_str(&serde_json::to_string(text).expect("a text is JSON")),
        false => {
            json.push('"');
            json.push_str(text);
            json.push('"');
        }
    }
}

/// Reads the text of [`problems`], or an empty one.
pub fn read_problems(text: &str) -> io::Result<Vec<RecordProblem>> {
    match text {
        "" => Ok(Vec::new()),
        text => Ok(serde_json::from_str(text)?),
    }
}

/// Reads the text of [`notes`]. Kinds that this version does not know are left out; there are none so far.
pub fn read_notes(text: &str) -> io::Result<Vec<RecordNote>> {
    #[derive(Deserialize)]
    struct StoredNote<'a> {
        #[serde(borrow)]
        reason: Cow<'a, str>,
        #[serde(borrow)]
        source_field: Option<Cow<'a, str>>,
        #[serde(borrow, default)]
        value: Cow<'a, str>,
        #[serde(borrow, default)]
        detail: Cow<'a, str>,
    }
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let stored: Vec<StoredNote<'_>> = serde_json::from_str(text)?;
    let note = |stored: StoredNote<'_>| {
        let mut kinds = NoteKind::ALL.iter().copied();
        Some(RecordNote {
            kind: kinds.find(|kind| kind.as_str() == stored.reason)?,
            source_field: stored.source_field.map(Into::into),
            value: stored.value.into(),
            detail: stored.detail.into(),
        })
    };
    Ok(stored.into_iter().filter_map(note).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Phrase;

    #[test]
    fn problems_and_notes_are_read_back_as_they_were() {
        let problem = RecordProblem {
            code: "TOO_LONG".into(),
            field: "memo".into(),
            value: "\"가\n".into(),
            at: Some(3),
            source_field: Some("Notes".into()),
            wrong: Phrase::new(
                "wrong-PRIMARY_COUNT",
                [("count", Phrase::Number(3)), ("field", "emails".into())],
            ),
            mend: Phrase::new("mend-TOO_LONG", []),
            from_service: false,
        };
        let all = [problem, RecordProblem::default()];
        assert_eq!(read_problems(&problems(&all)).unwrap(), all);
        let old = r#"[{"code":"TOO_LONG","field":"memo","value":"x","message":"too long; cut it","mend":"cut it"}]"#;
        let old = &read_problems(old).unwrap()[0];
        assert_eq!(old.message(), "too long; cut it");
        assert_eq!(old.mend, "cut it".into());
        let note = |kind, field: &str, value: &str, detail: &str| RecordNote {
            kind,
            source_field: (!field.is_empty()).then(|| field.into()),
            value: value.into(),
            detail: detail.into(),
        };
        let all = [
            note(NoteKind::Unmapped, "a \"column\"", "v\n", ""),
            note(NoteKind::Shared, "", "", "a.csv:2"),
        ];
        assert_eq!(read_notes(&notes(&all)).unwrap(), all);
        assert_eq!(read_notes("").unwrap(), []);
        assert!(read_notes("[{").is_err());
    }
}
