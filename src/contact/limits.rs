//! The limits of the vendor's document of `POST /contacts`. Lengths count characters (Unicode scalar values).

/// Items of each list of a contact (`maxItems : 100`).
pub const LIST_ITEMS: usize = 100;
/// `permission.accessibleMembers` (`maxItems : 500`).
pub const MEMBERS: usize = 500;
/// Values of a custom property with several (`maxItems : 10`).
pub const PROPERTY_VALUES: usize = 10;
/// Custom properties of a domain, and so of a contact.
pub const PROPERTIES: usize = 5;
/// `propertyName`, when it is added.
pub const PROPERTY_NAME: usize = 120;
/// Every text without a limit of its own.
pub const TEXT: usize = 100;
/// `emails[].email`.
pub const EMAIL: usize = 256;
/// `memo`.
pub const MEMO: usize = 4000;
/// `customProperties.*.link`.
pub const PROPERTY_LINK: usize = 300;

/// `permission.accessibleRange`.
pub const RANGES: &[&str] = &["ALL", "MEMBER"];
/// `permission.accessibleMembers[].type`.
pub const MEMBER_TYPES: &[&str] = &["USER", "ORGUNIT", "GROUP"];
/// `telephones[].type`.
pub const TELEPHONE_TYPES: &[&str] = &[
    "CELLPHONE",
    "WORK",
    "HOME",
    "WORK_FAX",
    "HOME_FAX",
    "OTHER",
    "CUSTOM",
];
/// `events[].type`.
pub const EVENT_TYPES: &[&str] = &["BIRTHDAY", "ANNIVERSARY", "OTHER", "CUSTOM"];
/// `events[].dayType`.
pub const DAY_TYPES: &[&str] = &["SOLAR", "LUNAR"];
/// `locations[].type`.
pub const LOCATION_TYPES: &[&str] = &["WORK", "HOME", "OTHER", "CUSTOM"];
/// `messengers[].type`. The vendor replaced `TWITTER` by `X` in mid-November 2026.
pub const MESSENGER_TYPES: &[&str] = &["FACEBOOK", "LINE", "X", "CUSTOM"];
/// The type for which `customType` is sent, in every list that has types.
pub const CUSTOM: &str = "CUSTOM";

/// Whether `telephones[].telephone` accepts every character of a text.
pub fn is_telephone(text: &str) -> bool {
    const TAKEN: [bool; 256] = {
        let mut taken = [false; 256];
        let mut byte = 0;
        while byte < 128 {
            taken[byte] = is_telephone_char(byte as u8 as char);
            byte += 1;
        }
        taken
    };
    text.bytes().all(|byte| TAKEN[usize::from(byte)]) || text.chars().all(is_telephone_char)
}

/// Whether `telephones[].telephone` accepts the character (`pattern : [0-9\+\-*#PTpt()\u3000 ]+`).
pub const fn is_telephone_char(c: char) -> bool {
    matches!(
        c,
        '0'..='9' | '+' | '-' | '*' | '#' | 'P' | 'T' | 'p' | 't' | '(' | ')' | '\u{3000}' | ' '
    )
}

/// `propertyName`: `[A-Za-z_][A-Za-z0-9_]*`, at most 120 characters.
pub(super) fn is_property_name(name: &str) -> bool {
    name.len() <= PROPERTY_NAME
        && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Whether a text can be the link of a LINK property. The document only says "a valid URL"; this accepts an `http` or `https`
/// URL with a host, without white space, control characters and the characters that RFC 3986 (section 2) excludes.
pub(super) fn is_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else {
        return false;
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
        && has_host(&rest[..end])
        && !text
            .contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c))
}

/// Whether there is a host among `user@host:port`: an IPv6 address in brackets, or anything without `@` and `:`.
fn has_host(authority: &str) -> bool {
    let host = authority.split_once('@');
    let host = host.map_or(authority, |(_, host)| host);
    let is_ipv6 = |host: &str| {
        let mut bytes = host.bytes();
        !host.is_empty() && bytes.all(|b| b.is_ascii_hexdigit() || b":.".contains(&b))
    };
    let (host, port) = match host.strip_prefix('[').and_then(|host| host.split_once(']')) {
        Some((host, port)) if is_ipv6(host) => (host, port),
        _ => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    (port.is_empty() || port.strip_prefix(':').is_some_and(is_number))
        && !host.is_empty()
        && !host.contains('@')
}
