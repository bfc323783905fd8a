//! How a person can be reached: the e-mails and telephones by which the page finds a record.

use serde::Deserialize;
use std::borrow::Cow;

/// Digits from which on a word of a text is taken for a telephone.
const DIGITS: usize = 7;

/// The part of a request body that has them.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Payload<'p> {
    #[serde(borrow)]
    emails: Vec<Email<'p>>,
    #[serde(borrow)]
    telephones: Vec<Telephone<'p>>,
}

#[derive(Deserialize)]
struct Email<'p> {
    #[serde(borrow)]
    email: Cow<'p, str>,
}

#[derive(Deserialize)]
struct Telephone<'p> {
    #[serde(borrow)]
    telephone: Cow<'p, str>,
}

/// Those of a request body, with blanks between.
pub fn of_payload(payload: &str) -> String {
    let payload: Payload<'_> = serde_json::from_str(payload).unwrap_or_default();
    let emails = payload.emails.into_iter().map(|one| one.email);
    let telephones = payload.telephones.into_iter().map(|one| one.telephone);
    emails.chain(telephones).collect::<Vec<_>>().join(" ")
}

/// What looks like them in a record of a file that never became a contact. It is for finding only.
pub fn of_text(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw);
    let words =
        text.split(|c: char| c.is_control() || c.is_whitespace() || ",;\"'<>:=".contains(c));
    let digits = |word: &str| word.bytes().filter(u8::is_ascii_digit).count();
    let found = words.filter(|word| word.contains('@') || digits(word) >= DIGITS);
    found.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e_mails_and_telephones_are_found_in_a_body_and_in_a_row() {
        let payload = r#"{"emails":[{"email":"a@example.com"}],"telephones":[{"telephone":"010-0000-0001"}]}"#;
        assert_eq!(of_payload(payload), "a@example.com 010-0000-0001");
        let row = "Ann,\"a@example.com\",010-0000-0001,12\r\n";
        assert_eq!(of_text(row.as_bytes()), "a@example.com 010-0000-0001");
    }
}
