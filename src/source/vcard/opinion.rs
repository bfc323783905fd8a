//! vcard_parser's opinion.
use super::card::Card;
use super::finding::Finding;
/// opinions
pub fn opinions(_card: &Card<'_>) -> Vec<Finding> {
    Vec::new()
}
