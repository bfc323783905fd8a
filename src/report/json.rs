//! Problems and notes as JSON, written straight into a buffer that is used again.

use crate::contact::Problem;
use crate::mapping::LabelOf;
use crate::note::Note;

/// `{"code","field","value","source_field","message"}`
pub fn problem(text: &mut String, problem: &Problem, label: Option<&str>, message: &str) {
    text.push_str("{\"code\":\"");
    text.push_str(problem.kind.code().as_str());
    text.push_str("\",\"field\":");
    string(text, &problem.field);
    text.push_str(",\"value\":");
    string(text, &problem.value);
    if let Some(label) = label {
        text.push_str(",\"source_field\":");
        string(text, label);
    }
    text.push_str(",\"message\":");
    string(text, message);
    text.push('}');
}

/// `{"kind","source_field","value","detail","reason","carried_over"}`
pub fn note(text: &mut String, note: &Note<'_>, label_of: LabelOf<'_>) {
    text.push_str("{\"kind\":\"");
    text.push_str(note.kind.as_str());
    text.push('"');
    if note.origin.index().is_some() {
        text.push_str(",\"source_field\":");
        string(text, &label_of(note.origin));
    }
    if !note.value.is_empty() {
        text.push_str(",\"value\":");
        string(text, &note.value);
    }
    if !note.detail.is_empty() {
        text.push_str(",\"detail\":");
        string(text, &note.detail);
    }
    if note.kind.is_carried_over() {
        text.push_str(",\"carried_over\":true");
    }
    text.push_str(",\"reason\":\"");
    text.push_str(note.kind.reason());
    text.push_str("\"}");
}

/// A JSON string (RFC 8259, section 7).
pub fn string(text: &mut String, value: &str) {
    text.push('"');
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

#[cfg(test)]
mod tests {
    #[test]
    fn strings_are_read_back_as_they_were() {
        for value in ["", "plain", "\"q\\ \n\r\t\u{1}\u{1f} 홍😀"] {
            let mut text = String::new();
            super::string(&mut text, value);
            assert_eq!(serde_json::from_str::<String>(&text).unwrap(), value);
        }
    }
}
