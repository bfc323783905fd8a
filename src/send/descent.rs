//! Whether a list is seen to be in the order that it was asked for.

use jiff::Timestamp;

use crate::api::RemoteContact;

/// Whether a list is seen to descend in time. A service may ignore the order that it was asked for, or order by
/// modification.
#[derive(Debug, Default)]
pub(super) struct Descent {
    /// Whether it is not by creation.
    breaks_creation: bool,
    /// Whether it is not by modification.
    breaks_modification: bool,
    /// Contacts that were created earlier than the one before.
    steps: u32,
    last: Option<[Timestamp; 2]>,
}

/// A list in any other order does not descend so often by chance.
const STEPS_THAT_TELL: u32 = 10;

impl Descent {
    /// Takes the next contact, and says whether all that follow were created before `from`.
    pub(super) fn has_passed(&mut self, contact: &RemoteContact, from: Timestamp) -> bool {
        let Some(created) = contact.created_time else {
            self.breaks_creation = true;
            return false;
        };
        let modified = contact.modified_time.unwrap_or(created);
        if let Some([last_created, last_modified]) = self.last.replace([created, modified]) {
            self.breaks_creation |= created > last_created;
            self.breaks_modification |= modified > last_modified;
            self.steps += u32::from(created < last_created);
        }
        // As long as the list may as well be ordered by modification, that time has to be past as well.
        let is_past = created < from && (self.breaks_modification || modified < from);
        !self.breaks_creation && self.steps >= STEPS_THAT_TELL && is_past
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// At which contact of a list with these times of creation and modification it counts as past second 1000.
    fn passes(times: impl IntoIterator<Item = (i64, i64)>) -> Option<usize> {
        let second = |second| Timestamp::from_second(second).expect("it is a time");
        let mut descent = Descent::default();
        times.into_iter().position(|(created, modified)| {
            let contact = RemoteContact {
                contact_id: "c".to_owned(),
                created_time: Some(second(created)),
                modified_time: Some(second(modified)),
                external: false,
                body: json!({}),
            };
            descent.has_passed(&contact, second(1000))
        })
    }

    #[test]
    fn a_list_counts_as_past_only_if_nothing_but_its_order_explains_what_was_seen() {
        assert_eq!(
            passes((0..40).map(|n| (1005 - n, 1005 - n))),
            Some(10),
            "newest first"
        );
        assert_eq!(
            passes((0..40).map(|n| (900 - n, 900 - n))),
            Some(10),
            "all are older"
        );
        assert_eq!(
            passes((0..40).map(|n| (900 + n, 900 + n))),
            None,
            "oldest first"
        );
        assert_eq!(
            passes((0..40).map(|_| (900, 900))),
            None,
            "all of one second"
        );
        assert_eq!(
            passes((0..40).map(|n| (900 - n, 1100 - n))),
            None,
            "by modification, perhaps"
        );
        assert_eq!(
            passes((0..40).map(|n| (900 - n, 1100 + n))),
            Some(10),
            "by creation, for sure"
        );
        assert_eq!(
            passes((0..40).map(|n| (900 - n * 7 % 40, 900))),
            None,
            "in no order"
        );
    }
}
