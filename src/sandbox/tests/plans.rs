//! Plans of faults, and the numbers by which they are drawn.

use crate::rig::{Draws, Fault, FaultPlan, Faults, Wait, below, unit};
use crate::sandbox::Operation;

fn draws(plan: FaultPlan, operation: Operation, calls: usize) -> Vec<Option<Fault>> {
    let mut fate = Draws::default();
    let calls = 0..calls;
    calls.map(|_| fate.draw(&plan, operation)).collect()
}

fn creates(faults: Faults, seed: u64) -> FaultPlan {
    FaultPlan {
        seed,
        creates: faults,
        ..FaultPlan::default()
    }
}

#[test]
fn a_plan_repeats_itself_and_another_seed_gives_another() {
    let faults = Faults::by_chance(0.25, Fault::UNCERTAIN);
    let draw = |seed| {
        draws(
            creates(faults.clone(), seed),
            Operation::CreateContact,
            1000,
        )
    };
    assert_eq!(draw(1), draw(1));
    assert_ne!(draw(1), draw(2));
    let faulty = draw(1).iter().flatten().count();
    assert!((200..300).contains(&faulty), "{faulty} of 1000");
    for kind in Fault::UNCERTAIN {
        assert!(draw(1).contains(&Some(kind)), "{kind:?} never happened");
    }
}

#[test]
fn the_nth_call_goes_wrong_whatever_the_chance() {
    let plan = creates(Faults::at([(2, Fault::DropAfter)]), 0);
    assert_eq!(
        draws(plan, Operation::CreateContact, 3),
        [None, Some(Fault::DropAfter), None]
    );
}

#[test]
fn a_storm_goes_on_for_as_many_answers_as_it_says() {
    let storm = Fault::TooMany {
        answers: 3,
        wait: Wait::Unsaid,
    };
    let drawn = draws(
        creates(Faults::at([(1, storm)]), 0),
        Operation::CreateContact,
        5,
    );
    let kinds: Vec<bool> = drawn.iter().map(Option::is_some).collect();
    assert_eq!(kinds, [true, true, true, false, false]);
}

#[test]
fn creates_looks_and_changes_have_plans_of_their_own() {
    let failure = Some(Fault::ErrorBefore(503));
    let plan = FaultPlan {
        looks: Faults::always(Fault::ErrorBefore(503)),
        ..FaultPlan::default()
    };
    let mut fate = Draws::default();
    let mut draw = |operation| fate.draw(&plan, operation);
    assert_eq!(draw(Operation::CreateContact), None);
    assert_eq!(draw(Operation::DeleteContact), None);
    assert_eq!(draw(Operation::Elsewhere), None);
    assert_eq!(draw(Operation::ListContacts), failure);
    assert_eq!(draw(Operation::GetContact), failure);
}

#[test]
fn the_same_seed_gives_the_same_numbers_and_another_seed_others() {
    let draw = |seed| (0..100).map(|n| unit(seed, 1, n)).collect::<Vec<_>>();
    assert_eq!(draw(7), draw(7));
    assert_ne!(draw(7), draw(8));
}

#[test]
fn numbers_are_spread_over_their_range() {
    let mut seen = [0_u32; 4];
    for n in 0..4000 {
        seen[below(4, 1, 2, n)] += 1;
    }
    assert!(
        seen.iter().all(|count| (850..1150).contains(count)),
        "{seen:?}"
    );
}
