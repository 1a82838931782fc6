//! The table of who may do what where, read by another hand than the one that wrote it.

use bangtin::person::access::{Reach, Role, Verb};
use bangtin::person::{Act, Door, Who};
use bangtin::web::site;

use crate::people::{added, office, role, unit};

/// Roles in the order of `Role::ALL`: author, editor, reviewer, publisher, urgent publisher, board keeper,
/// statistician, keeper.
const TABLE: [(Verb, &str); 12] = [
    (Verb::Look, "xxxxxxxx"),
    (Verb::Write, "xx..x..."),
    (Verb::Edit, ".x..x..."),
    (Verb::Review, "..x....."),
    (Verb::Publish, "...x...."),
    (Verb::Urge, "....x..."),
    (Verb::Confirm, "..xx...."),
    (Verb::Withdraw, "...xx..."),
    (Verb::KeepPeople, ".......x"),
    (Verb::KeepSite, ".......x"),
    (Verb::ReadLog, "...x...x"),
    (Verb::KeepPlaces, ".x..xx.."),
];

#[test]
fn every_role_may_what_the_table_says_there_and_below_and_nowhere_else() {
    let portal = office();
    let (province, here, beside) = (unit(&portal, "Hương Lúa"), unit(&portal, "Đông Kiều"), unit(&portal, "Bến Gạo"));
    assert_eq!(TABLE.map(|(verb, _)| verb), Verb::ALL);
    assert_eq!(Role::ALL.map(Role::name), site::ROLES, "the site's description knows every role");
    for (at, one) in Role::ALL.into_iter().enumerate() {
        // Held in a commune, in its province, and in the whole portal; where it counts: own, below, above, beside, all.
        let homes = [
            (Some(here), [(Some(here), true), (Some(province), false), (Some(beside), false), (None, false)]),
            (Some(province), [(Some(province), true), (Some(here), true), (Some(beside), true), (None, false)]),
            (None, [(Some(province), true), (Some(here), true), (Some(beside), true), (None, true)]),
        ];
        for (number, (home, places)) in homes.into_iter().enumerate() {
            let who = added(&portal, &format!("{}.{number}", one.name().replace('_', "-")), "Người Thử", &[role(one, home)]);
            for (verb, row) in TABLE {
                let is_given = row.as_bytes()[at] == b'x';
                for (place, counts) in places {
                    let may = portal.app.web.store.write(|c| who.may(c, verb, place)).expect("it can be read");
                    assert_eq!(may, is_given && counts, "{one:?} of {home:?}: {verb:?} in {place:?}");
                    let reach = portal.app.web.store.write(|c| who.reach(c, verb)).expect("it can be read");
                    assert_eq!(reach.covers(place), may, "lists show what may be done, and no more");
                    let must = portal.app.web.store.write(|c| Act { now: portal.clock.now(), who: &who }.must(c, verb, place));
                    let refusal = must.err().map(|refusal| refusal.to_string());
                    let told = (!may).then_some(if counts { "forbidden" } else { "missing" });
                    assert_eq!(refusal.as_deref(), told, "{one:?} of {home:?}: {verb:?} in {place:?}");
                }
            }
        }
    }
}

#[test]
fn a_token_opens_no_verb_outside_its_scope_whatever_the_role() {
    let portal = office();
    let here = unit(&portal, "Đông Kiều");
    let all: Vec<_> = Role::ALL.map(|one| role(one, Some(here))).to_vec();
    let Who::Person(mut actor) = added(&portal, "tham.tran", "Trần Thị Thắm", &all) else { panic!("a person") };
    for scope in Verb::ALL {
        actor.door = Door::Token { name: "máy".to_owned(), scope: vec![scope] };
        let who = Who::Person(actor.clone());
        for verb in Verb::ALL {
            let may = portal.app.web.store.write(|c| who.may(c, verb, Some(here))).expect("it can be read");
            assert_eq!(may, verb == scope, "{scope:?} opens {verb:?}");
        }
    }
    let nobody = Who::Person(bangtin::person::Actor { grants: Vec::new(), door: Door::Desk, ..actor });
    let reach = portal.app.web.store.write(|c| nobody.reach(c, Verb::Look)).expect("it can be read");
    assert_eq!(reach, Reach::Units(Default::default()));
    assert!(reach.is_nowhere());
}
