//! Which contact is whose, where several records could claim one.

/// Gives each record one contact at most and each contact to one record at most, so that as many records as possible get
/// one. `claims[record]` are the contacts that it could have. Earlier records come first: one that can get a contact gets
/// one, whatever the later ones need.
pub(super) fn assign(claims: &[Vec<usize>]) -> Vec<Option<usize>> {
    let contacts = claims.iter().flatten().max().map_or(0, |most| most + 1);
    let mut owners = vec![None; contacts];
    for record in 0..claims.len() {
        augment(record, claims, &mut owners, &mut vec![false; contacts]);
    }
    let mut given = vec![None; claims.len()];
    for (contact, owner) in owners.into_iter().enumerate() {
        if let Some(record) = owner {
            given[record] = Some(contact);
        }
    }
    given
}

/// Finds a contact for a record, asking others to move to another of theirs if need be.
fn augment(
    record: usize,
    claims: &[Vec<usize>],
    owners: &mut [Option<usize>],
    asked: &mut [bool],
) -> bool {
    for &contact in &claims[record] {
        if std::mem::replace(&mut asked[contact], true) {
            continue;
        }
        let is_free = match owners[contact] {
            None => true,
            Some(owner) => augment(owner, claims, owners, asked),
        };
        if is_free {
            owners[contact] = Some(record);
            return true;
        }
    }
    false
}

/// The claims that nobody can dispute: to contacts that only records with equal payloads could have.
pub(super) fn undisputed(claims: &[Vec<usize>], payloads: &[&str]) -> Vec<Vec<usize>> {
    let contacts = claims.iter().flatten().max().map_or(0, |most| most + 1);
    let mut wanted_for: Vec<Option<&str>> = vec![None; contacts];
    let mut disputed = vec![false; contacts];
    for (claims, payload) in claims.iter().zip(payloads) {
        for &contact in claims {
            disputed[contact] |= wanted_for[contact].is_some_and(|other| other != *payload);
            wanted_for[contact] = Some(payload);
        }
    }
    let keep = |claims: &Vec<usize>| {
        claims
            .iter()
            .copied()
            .filter(|&contact| !disputed[contact])
            .collect()
    };
    claims.iter().map(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twins_get_one_contact_each() {
        let mut given = assign(&[vec![0, 1], vec![0, 1]]);
        given.sort_unstable();
        assert_eq!(given, [Some(0), Some(1)]);
    }

    #[test]
    fn one_contact_for_two_leaves_one_without() {
        assert_eq!(assign(&[vec![0], vec![0]]), [Some(0), None]);
    }

    #[test]
    fn a_record_moves_to_its_other_contact_so_that_both_get_one() {
        assert_eq!(assign(&[vec![0, 1], vec![0]]), [Some(1), Some(0)]);
    }

    #[test]
    fn a_contact_wanted_for_different_payloads_is_disputed() {
        let claims = [vec![0, 1], vec![1], vec![2], vec![2]];
        let open = undisputed(&claims, &["a", "b", "c", "c"]);
        assert_eq!(open, [vec![0], vec![], vec![2], vec![2]]);
    }
}
