//! vcard_parser's second opinion on a vCard 4.0. It never decides a value, and never refuses a card.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use vcard_parser::traits::HasCardinality;
use vcard_parser::vcard::parameter::Parameter;
use vcard_parser::vcard::property::Property as Judged;

use super::card::{Card, Param, Property, Version};
use super::finding::{Finding, FindingKind};

/// What `vcard_parser` finds in a card against RFC 6350; nothing for other versions than 4.0.
///
/// Each property is put to it alone: it reads whole cards in quadratic time and drops what follows the first one that it
/// can't read. Values that were left out, and those of unusual size, are not put to it.
#[must_use]
pub fn opinions(card: &Card<'_>) -> Vec<Finding> {
    if card.version != Version::V40 {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let mut say = |line, name: &str, opinion: &str| {
        let text = format!("{name}: {opinion}");
        findings.push(Finding::new(line, FindingKind::Opinion, text));
    };
    let mut singles: Vec<&str> = Vec::new();
    let judged = card.properties.iter().filter(|one| is_judged(one));
    for property in judged.take(MOST_PROPERTIES) {
        let name = &*property.name;
        match judge(property) {
            Err(opinion) => say(property.line, name, &opinion),
            // Several alternatives of one property share an ALTID.
            Ok(true) if property.param("ALTID").is_none() => match singles.contains(&name) {
                true => say(property.line, name, "It may occur only once."),
                false => singles.push(name),
            },
            Ok(_) => {}
        }
    }
    if card.first("FN").is_none() {
        say(card.line, "FN", "It is missing.");
    }
    findings
}

/// A card that has more of them is not one of a person.
const MOST_PROPERTIES: usize = 1000;
/// Longer values cost more than an opinion is worth.
const LONGEST: usize = 16 * 1024;
/// vcard_parser copies all parameters for each one that it adds.
const MOST_PARAMS: usize = 32;

/// Characters that vcard_parser escapes wrongly. Private code points from [`STAND_INS`] on stand for them while it looks.
const PROTECTED: &str = "\\,;\n\t\r";
const STAND_INS: u32 = 0xF0000;

fn is_judged(property: &Property<'_>) -> bool {
    property.elided.is_none()
        && property.name != "AGENT"
        && property.value.len() <= LONGEST
        && property.params.len() <= MOST_PARAMS
        && property
            .params
            .iter()
            .all(|param| param.raw.len() <= LONGEST)
}

/// Whether the property may occur only once, or what is wrong with it.
fn judge(property: &Property<'_>) -> Result<bool, String> {
    let value = protected_value(property);
    let judged = || {
        let params = protected_params(property).collect::<Result<_, _>>()?;
        Judged::create((None, &property.name, params, &value)).map(|judged| judged.is_single())
    };
    // It is not known to panic. If it does, it has no opinion.
    let judged = catch_unwind(AssertUnwindSafe(judged)).unwrap_or(Ok(false));
    judged.map_err(|error| restored(&error.to_string()))
}

/// The value with its separators, and stand-ins for the same characters where they are text.
fn protected_value(property: &Property<'_>) -> String {
    fn joined<'t>(texts: impl Iterator<Item = Cow<'t, str>>, separator: &str) -> String {
        let texts: Vec<_> = texts.map(|text| protected(&text)).collect();
        texts.join(separator)
    }
    match &*property.name {
        "N" | "ADR" => {
            let lists = property.component_lists().map(|list| joined(list, ","));
            lists.collect::<Vec<_>>().join(";")
        }
        "ORG" | "GENDER" | "CLIENTPIDMAP" => joined(property.components(), ";"),
        "NICKNAME" | "CATEGORIES" => joined(property.list(), ","),
        _ => protected(&property.text()),
    }
}

/// The parameters without PID, which it reads wrongly. The value of a telephone or an address need not be a URI.
fn protected_params(
    property: &Property<'_>,
) -> impl Iterator<Item = Result<Parameter, vcard_parser::error::VcardError>> {
    let text = matches!(&*property.name, "TEL" | "EMAIL");
    let params = property.params.iter();
    let kept = params.filter(move |it| it.name != "PID" && !(text && it.name == "VALUE"));
    let read = |param: &Param<'_>| match &*param.name {
        "VALUE" => Parameter::try_from(("VALUE", param.value().to_ascii_uppercase().as_str())),
        name => Parameter::try_from((name, protected(&param.value()).as_str())),
    };
    kept.map(read)
        .chain(text.then(|| Parameter::try_from(("VALUE", "TEXT"))))
}

fn protected(text: &str) -> String {
    let stand_in = |c| char::from_u32(STAND_INS + PROTECTED.find(c)? as u32);
    text.chars().map(|c| stand_in(c).unwrap_or(c)).collect()
}

fn restored(text: &str) -> String {
    let place = |c| u32::from(c).checked_sub(STAND_INS);
    let stood_for = |c| PROTECTED.chars().nth(place(c)? as usize);
    text.chars().map(|c| stood_for(c).unwrap_or(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::vcard::{Charsets, Chunk, Cutter, cards};

    fn judged(version: &str, body: &str) -> Vec<String> {
        let file = format!("BEGIN:VCARD\nVERSION:{version}\n{body}\nEND:VCARD\n");
        let (mut cutter, mut chunk) = (Cutter::new(file.as_bytes()), Chunk::default());
        assert!(cutter.next_chunk(&mut chunk).expect("memory does not fail"));
        let card = cards(&chunk, Charsets::default())
            .next()
            .expect("there is a card");
        opinions(&card)
            .into_iter()
            .map(|finding| format!("{} {}", finding.line, finding.text))
            .collect()
    }

    #[test]
    fn what_is_right_raises_no_opinion() {
        let body = "FN:Kim\\, Minji\nN:Kim;Minji;;Dr.,Prof.;\nTEL;TYPE=\"work,voice\";PREF=1:010-0000-0001\n\
            TEL;VALUE=uri:tel:+82-10-0000-0001\nEMAIL;PID=4.1,5.2:a@example.com\nBDAY:--0203\nBDAY;ALTID=1;VALUE=text:circa\n\
            NOTE:a\\nb\\;c\\\\d\\, e\nORG:A\\;B;C\nGENDER:M;it's fine\nURL:http://example.com/\nX-MADE-UP;X-P=1:z\n\
            GEO:geo:37.3\\,-122.0\nREV:19951031T222710Z\nADR;LABEL=\"a, b\":;;Street 1\\, 2;City;;12345;Korea\nAGENT:x";
        assert_eq!(judged("4.0", body), Vec::<String>::new());
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line_and_its_own_text() {
        for (body, wanted) in [
            ("FN:a\nN:a\\,b;c", "4 N: Invalid value a,b;c for N."),
            ("FN:a\nGENDER:Q", "4 GENDER: Invalid value Q for GENDER."),
            ("FN:a\nKIND:robot", "4 KIND: Invalid value robot for KIND."),
            (
                "FN:a\nURL:www.example.com",
                "4 URL: Unable to parse value from www.example.com.",
            ),
            (
                "FN:a\nBDAY:19850412\nBDAY:19850413",
                "5 BDAY: It may occur only once.",
            ),
            ("TEL:1", "1 FN: It is missing."),
        ] {
            assert_eq!(judged("4.0", body), [wanted], "{body}");
        }
    }

    #[test]
    fn other_versions_are_not_judged() {
        assert!(judged("3.0", "N:a").is_empty());
        assert!(judged("2.1", "GENDER:Q").is_empty());
    }
}
