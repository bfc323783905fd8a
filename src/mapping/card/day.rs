//! Birthdays and other dates.

use super::{Mapper, origin};
use crate::contact::Text;
use crate::contact::date::is_calendar_date;
use crate::mapping::build::ItemType;
use crate::mapping::date::{self, Date};
use crate::mapping::label;
use crate::note::NoteKind;
use crate::source::vcard::Property;

impl<'a> Mapper<'a, '_> {
    /// A date whose type is known, or else is what its label says.
    pub(super) fn event(&mut self, property: &'a Property<'a>, kind: Option<&'static str>) {
        let Some(text) = self.line(property, property.text()) else {
            return;
        };
        let label = property.label(self.card);
        let by_label = label.and_then(|label| date::is_lunar(&label));
        let mut item = match kind {
            Some(_) => ItemType::default().preferred(self.is_preferred(property)),
            None => self.kind(property, label::event),
        };
        if item.kind.is_none() {
            let kind = kind.unwrap_or("OTHER");
            item.kind = Some(Text::from_field(kind, origin(property)));
        }
        let before = self.build.draft.events.len();
        match lunar(property) {
            Some(own) => self.dated(property, text, item, own.or(by_label)),
            None => self.build.note(NoteKind::DateUnreadable, &text),
        }
        // What the date is of, must be said of one that has no place too. Other types have their names for that.
        if kind.is_none() && self.build.draft.events.len() == before {
            self.carry_label(property);
        }
    }

    /// Apple's birthday in another calendar. Its years are counted in cycles of sixty, mostly, so only a year that can be
    /// none of these is taken.
    pub(super) fn other_calendar(&mut self, property: &'a Property<'a>) {
        let Some(text) = self.line(property, property.text()) else {
            return;
        };
        let is_whole = matches!(date::read(text.as_str(), None), Date::Iso(_));
        if is_whole && lunar(property) == Some(Some(true)) {
            let kind = ItemType::constant("BIRTHDAY");
            self.build.event(text, kind, Some(true), false);
        } else {
            self.build.note(NoteKind::DateUnreadable, &text);
        }
    }

    /// The date alone of one with a time or a zone, or a semicolon behind it.
    fn without_time(&mut self, text: Text<'a>) -> Text<'a> {
        let date = date_before_time(text.as_str());
        let date = date.or_else(|| Some(text.value.strip_suffix(';')?.to_owned()));
        let Some(date) = date.filter(|date| matches!(date::read(date, None), Date::Iso(_))) else {
            return text;
        };
        self.build.changed(NoteKind::DateNormalized, text, date)
    }

    /// A date, unless the card says itself that it is not a whole one.
    pub(super) fn dated(
        &mut self,
        property: &'a Property<'a>,
        text: Text<'a>,
        kind: ItemType<'a>,
        lunar: Option<bool>,
    ) {
        let text = self.without_time(text);
        let date = date::read(text.as_str(), None);
        if date != Date::Placeholder && has_no_year(property, text.as_str()) {
            return self.build.note(NoteKind::DateWithoutYear, &text);
        }
        let is_read = date != Date::NotADate;
        let is_text = || {
            let value = property.param("VALUE").map(|value| value.value());
            value.is_some_and(|value| value.eq_ignore_ascii_case("text"))
        };
        if !is_read && (is_text() || is_partial(text.as_str())) {
            return self.build.note(NoteKind::DateUnreadable, &text);
        }
        self.build.event(text, kind, lunar, false);
    }
}

/// The date before a time or a zone, in any of the forms that writers make of ISO 8601, as `YYYY-MM-DD`; nothing if there
/// is no time, or anything else stands behind the date.
fn date_before_time(text: &str) -> Option<String> {
    let is_extended = text.as_bytes().get(4) == Some(&b'-');
    let (date, rest) = text.split_at_checked(if is_extended { 10 } else { 8 })?;
    let date = match is_extended {
        true => date.to_owned(),
        false => format!("{}-{}-{}", date.get(..4)?, date.get(4..6)?, date.get(6..)?),
    };
    let (time, zone) = rest.split_at(rest.find('[').unwrap_or(rest.len()));
    let is_zone = zone.is_empty() || zone.ends_with(']');
    let is_of_time = |c: char| c.is_ascii_digit() || ":.,+-Z z".contains(c);
    let is_time = match time.split_at_checked(1)? {
        ("T" | "t" | " ", time) => time.chars().all(is_of_time),
        ("Z" | "z", "") => true,
        ("+" | "-", zone) => zone.len() >= 4 && zone.chars().all(is_of_time),
        _ => false,
    };
    (is_zone && is_time && is_calendar_date(&date)).then_some(date)
}

/// Whether a date is lunar, if it says so; nothing if it is of a calendar that is not known.
fn lunar(property: &Property<'_>) -> Option<Option<bool>> {
    let Some(scale) = property.param("CALSCALE") else {
        return Some(property.has_type("LUNAR").then_some(true));
    };
    match scale.value().trim().to_ascii_lowercase().as_str() {
        "" | "gregorian" | "iso8601" => Some(None),
        "solar" => Some(Some(false)),
        "chinese" | "dangi" | "lunar" => Some(Some(true)),
        _ => None,
    }
}

/// Apple writes a date without a year as one of the year 1604, and mostly says so; others, as one of the year 0 or 1.
fn has_no_year(property: &Property<'_>, text: &str) -> bool {
    let omitted = property.param("X-APPLE-OMIT-YEAR").map(|year| year.value());
    let is_in = |year: &str| {
        !year.is_empty()
            && text
                .strip_prefix(year)
                .is_some_and(|rest| rest.starts_with('-') || rest.len() == 4)
    };
    ["0000", "0001", "1604"].into_iter().any(is_in)
        || omitted.is_some_and(|year| is_in(year.trim()))
}

/// The truncated and reduced dates of RFC 6350: `1985`, `1985-04`, `---12`, `--04`, `T102200`. Some write too few dashes: `-0412`,
/// `04-12`.
fn is_partial(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |bytes: &[u8]| !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit);
    match bytes {
        [b'-', b'-', b'-', day @ ..] => day.len() == 2 && digits(day),
        [b'-', b'-', month @ ..] => month.len() == 2 && digits(month),
        [b'-', m1, m2, d1, d2] | [b'-', m1, m2, b'-', d1, d2] | [m1, m2, b'-', d1, d2] => {
            digits(&[*m1, *m2, *d1, *d2])
        }
        [b'T' | b't', time @ ..] => time.first().is_some_and(u8::is_ascii_digit),
        [_, _, _, _] => digits(bytes),
        [year @ .., b'-', m1, m2] => year.len() == 4 && digits(year) && digits(&[*m1, *m2]),
        _ => false,
    }
}
