//! Problems, notes and rows as JSON: in `results.jsonl` and in the ledger.

use super::{RecordNote, RecordProblem, Row};
use crate::note::NoteKind;
use serde::Deserialize;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io;

pub fn problems(problems: &[RecordProblem]) -> String {
    let mut text = String::new();
    array(&mut text, problems, problem);
    text
}

/// An array; an empty text if there are no notes.
pub fn notes(notes: &[RecordNote]) -> String {
    let mut text = String::new();
    if !notes.is_empty() {
        array(&mut text, notes, note);
    }
    text
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
    struct Stored<'a> {
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
    let stored: Vec<Stored<'_>> = serde_json::from_str(text)?;
    let note = |stored: Stored<'_>| {
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

/// A line of `results.jsonl`.
pub(super) fn row(text: &mut String, row: &Row<'_>) {
    text.push_str("{\"source\":");
    string(text, row.source);
    let (line, record, attempts) = (row.line, row.record, row.attempts);
    let outcome = row.outcome.as_str();
    let _ = write!(
        text,
        ",\"line\":{line},\"record\":{record},\"attempts\":{attempts},\"outcome\":\"{outcome}\""
    );
    for (key, value) in [
        (",\"contact_id\":", row.contact_id),
        (",\"name\":", row.name),
        (",\"code\":", row.code),
        (",\"field\":", row.field),
        (",\"message\":", row.message),
    ] {
        if !value.is_empty() {
            text.push_str(key);
            string(text, value);
        }
    }
    if let Some(fingerprint) = row.fingerprint {
        let fingerprint = u128::from_be_bytes(*fingerprint);
        let _ = write!(text, ",\"fingerprint\":\"{fingerprint:032x}\"");
    }
    text.push_str(",\"problems\":");
    array(text, row.problems, problem);
    text.push_str(",\"notes\":");
    array(text, row.notes, note);
    text.push_str("}\n");
}

fn array<T>(text: &mut String, items: &[T], write: fn(&mut String, &T)) {
    text.push('[');
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        write(text, item);
    }
    text.push(']');
}

/// `{"code","field","value","at","source_field","message","mend"}`, or `{"code","field","message","from":"service"}`.
fn problem(text: &mut String, problem: &RecordProblem) {
    text.push_str("{\"code\":");
    string(text, &problem.code);
    text.push_str(",\"field\":");
    string(text, &problem.field);
    if problem.from_service {
        text.push_str(",\"message\":");
        string(text, &problem.message);
        return text.push_str(",\"from\":\"service\"}");
    }
    text.push_str(",\"value\":");
    string(text, &problem.value);
    if let Some(at) = problem.at {
        let _ = write!(text, ",\"at\":{at}");
    }
    if let Some(label) = &problem.source_field {
        text.push_str(",\"source_field\":");
        string(text, label);
    }
    text.push_str(",\"message\":");
    string(text, &problem.message);
    text.push_str(",\"mend\":");
    string(text, &problem.mend);
    text.push('}');
}

/// `{"note","reason","source_field","value","detail"}`; `note` is `carried_over` or `changed`, and `reason` the kind's name.
fn note(text: &mut String, note: &RecordNote) {
    text.push_str(if note.kind.is_carried_over() {
        "{\"note\":\"carried_over\",\"reason\":\""
    } else {
        "{\"note\":\"changed\",\"reason\":\""
    });
    text.push_str(note.kind.as_str());
    text.push('"');
    if let Some(label) = &note.source_field {
        text.push_str(",\"source_field\":");
        string(text, label);
    }
    for (key, value) in [(",\"value\":", &note.value), (",\"detail\":", &note.detail)] {
        if !value.is_empty() {
            text.push_str(key);
            string(text, value);
        }
    }
    text.push('}');
}

/// RFC 8259, section 7.
pub(super) fn string(text: &mut String, value: &str) {
    text.push('"');
    if !needs_escapes(value) {
        text.push_str(value);
        text.push('"');
        return;
    }
    let mut from = 0;
    for (at, byte) in value.bytes().enumerate() {
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0..=0x1f => "",
            _ => continue,
        };
        text.push_str(&value[from..at]);
        if escape.is_empty() {
            text.push_str(&format!("\\u{byte:04x}"));
        } else {
            text.push_str(escape);
        }
        from = at + 1;
    }
    text.push_str(&value[from..]);
    text.push('"');
}

fn needs_escapes(value: &str) -> bool {
    // Sixteen bytes at a time without an early end, so that they are looked at in one step.
    let needs = |bytes: &[u8]| {
        bytes.iter().fold(0, |needs, byte| {
            needs | u8::from(*byte < b' ') | u8::from(*byte == b'"') | u8::from(*byte == b'\\')
        }) > 0
    };
    let (pieces, rest) = value.as_bytes().as_chunks::<16>();
    pieces.iter().any(|piece| needs(piece)) || needs(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_read_back_as_they_were() {
        for value in ["", "plain", "\"q\\ \n\r\t\u{1}\u{1f} 홍😀"] {
            let mut text = String::new();
            string(&mut text, value);
            assert_eq!(serde_json::from_str::<String>(&text).unwrap(), value);
        }
    }

    #[test]
    fn problems_and_notes_are_read_back_as_they_were() {
        let problem = RecordProblem {
            code: "TOO_LONG".into(),
            field: "memo".into(),
            value: "\"가\n".into(),
            at: Some(3),
            source_field: Some("Notes".into()),
            message: "too long; shorten it".into(),
            mend: "shorten it".into(),
            from_service: false,
        };
        let all = [problem, RecordProblem::default()];
        assert_eq!(read_problems(&problems(&all)).unwrap(), all);
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
