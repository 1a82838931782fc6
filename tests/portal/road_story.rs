//! Several people, any acts in any order: no state outside the table is reached, nothing that was saved is lost, nobody
//! approves his own text, and every page is what the store says.

use std::collections::{BTreeMap, BTreeSet};

use bangtin::approval::publish::{Timing, confirm, publish, reschedule, unschedule, urge};
use bangtin::approval::review::{approve, send_back, submit, take_back};
use bangtin::approval::trash::{discard, restore};
use bangtin::approval::undo::undo;
use bangtin::approval::withdraw::withdraw;
use bangtin::approval::write::{Filed, attach, begin, begin_next, save};
use bangtin::approval::{current, past};
use bangtin::article::{Article, Attachment};
use bangtin::edition::body::parse;
use bangtin::edition::state::{Move, State};
use bangtin::edition::step::{NAMES, Step};
use bangtin::edition::{Edition, Kind, find_history};
use bangtin::kit::digest::sha256;
use bangtin::kit::refusal::Refusal;
use bangtin::person::access::Reach;
use bangtin::store::schema::{editions, revisions, steps};
use bangtin::store::shelf::{self, Medium};
use chrono::Duration;
use diesel::prelude::*;
use proptest::prelude::*;

use crate::portal::Portal;
use crate::road::{Desk, PEOPLE, written};
use crate::store::postgres;

const PAGES: [&str; 7] =
    ["/", "/tin/cho-phien", "/tin/cho-phien-2", "/tin/cho-phien/ban/2", "/chuyen-muc/tin-dia-phuong", "/atom.xml", "/don-vi/xa-dong-kieu"];

#[derive(Clone, Debug)]
struct Deed {
    who: usize,
    what: usize,
    /// Which edition, of those there are.
    on: usize,
    /// Which revision a tab was opened on: the one there is, or some other.
    tab: usize,
    passes: i64,
    /// Anybody on anything; else somebody who might, on something that waits for it.
    is_stray: bool,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = (
        0..PEOPLE.len(),
        0usize..30,
        0usize..40,
        0usize..6,
        prop_oneof![4 => Just(0i64), 4 => 0..70i64, 1 => Just(3_600)],
        prop::bool::weighted(0.2),
    );
    prop::collection::vec(deed.prop_map(|(who, what, on, tab, passes, is_stray)| Deed { who, what, on, tab, passes, is_stray }), 1..60)
}

fn all(desk: &Desk) -> Vec<Edition> {
    let mut c = desk.portal.app.web.store.read().expect("a connection");
    editions::table.order(editions::id.asc()).select(Edition::as_select()).load(&mut *c).expect("editions")
}

/// Who might do it, and to what.
fn fitting(deed: &Deed) -> (&'static [&'static str], &'static [State]) {
    match deed.what {
        3..=8 | 29 => (&["man.le", "tham.tran"], &[State::Draft]),
        9..=11 => (&["man.le", "tham.tran", "ca.bui"], &[State::Draft]),
        12 | 28 => (&["man.le", "tham.tran"], &[State::Submitted, State::Approved]),
        13 => (&["duyet.pham", "dang.vu"], &[State::Submitted, State::Approved]),
        14 | 15 => (&["duyet.pham", "ca.bui"], &[State::Submitted]),
        16 | 17 => (&["dang.vu", "ca.bui"], &[State::Approved]),
        18 => (&["khan.do"], &[State::Draft, State::Submitted]),
        19 => (&["duyet.pham", "dang.vu"], &[State::Published]),
        20..=22 => (&["dang.vu", "ca.bui"], &[State::Published]),
        23 | 26 | 27 => (&["dang.vu", "ca.bui"], &[State::Published, State::Withdrawn]),
        24 if deed.tab < 3 => (&["man.le", "tham.tran"], &[State::Draft]),
        24 => (&["man.le", "tham.tran"], &[State::Discarded]),
        _ => (&["man.le", "tham.tran", "ca.bui"], &[]),
    }
}

fn last_before_the_public(desk: &Desk) -> Option<Step> {
    let mut c = desk.portal.app.web.store.read().expect("a connection");
    let slips = steps::table.filter(steps::name.eq_any(["published", "withdrawn"])).order(steps::id.desc());
    slips.select(Step::as_select()).first(&mut *c).optional().expect("steps")
}

/// Does it, or is refused; whatever is refused is refused in words and not by a fault of ours.
fn play(desk: &Desk, deed: &Deed, turn: usize, saved: &mut BTreeSet<String>) {
    desk.pass(deed.passes);
    let before = all(desk);
    let (people, states) = fitting(deed);
    let fits = |edition: &&Edition| deed.is_stray || states.is_empty() || states.contains(&edition.state());
    let fitting: Vec<&Edition> = before.iter().filter(fits).collect();
    let mut login = if deed.is_stray || people.is_empty() { PEOPLE[deed.who].0 } else { people[deed.who % people.len()] };
    let mut chosen = fitting.get(deed.on % fitting.len().max(1)).copied();
    // A slip is noticed by whoever made it.
    if let (23 | 26 | 27, false, Some(slip)) = (deed.what, deed.is_stray, last_before_the_public(desk)) {
        login = PEOPLE.iter().find(|(known, _)| *known == slip.actor).expect("one of the people").0;
        chosen = before.iter().find(|edition| edition.id == slip.edition_id);
    }
    let outcome: Result<(), Refusal> = match chosen {
        Some(edition) if deed.what > 2 => {
            let (id, text) = (edition.id, desk.text(edition.id));
            let (seal, revision) = (text.seal(), text.revision.id);
            let seal = if deed.tab == 5 { "cũ".to_owned() } else { seal };
            desk.act(login, |c, act| {
                let later = act.now + Duration::seconds(40);
                match deed.what {
                    3..=8 => {
                        let body = format!("Câu số {turn} của {login}.");
                        let base = if deed.tab < 3 { revision } else { revision - deed.tab as i64 };
                        let filed = Filed { change_note: format!("Sửa lần {turn}."), minor: deed.tab == 1, ..desk.filed() };
                        save(c, act, &desk.press(), id, base, &written("Chợ phiên", &body), &filed)?;
                        saved.insert(body);
                        Ok(())
                    }
                    29 => {
                        let (name, bytes) = (format!("attachments/{turn}.txt"), format!("Tệp số {turn}."));
                        let shelf = &desk.portal.app.web.shelf;
                        let digest = sha256(bytes.as_bytes());
                        shelf.put(&digest, "", bytes.as_bytes())?;
                        let (mime, bytes) = ("text/plain; charset=utf-8".to_owned(), bytes.len() as i64);
                        let medium = Medium { digest, mime, bytes, width: 0, height: 0, renditions: String::new(), recipe: 0 };
                        shelf::record(c, shelf, &name, &medium)?;
                        let mut article: Article = parse(&text.revision.facts)?;
                        article.attachments.push(Attachment { file: name, title: format!("Tệp {turn}") });
                        attach(c, act, &desk.press(), id, Box::new(article)).map(drop)
                    }
                    9..=11 => submit(c, act, &desk.press(), id, &seal).map(drop),
                    12 | 28 => take_back(c, act, id).map(drop),
                    13 => send_back(c, act, id, &seal, "Viết lại cho rõ.").map(drop),
                    14 | 15 => approve(c, act, id, revision, &seal).map(drop),
                    16 | 17 => {
                        let starts = [None, Some(later)][deed.tab % 2];
                        let ends = [None, Some(later + Duration::seconds(60))][deed.tab / 2 % 2];
                        publish(c, act, &desk.press(), id, &seal, Timing { starts, ends }).map(drop)
                    }
                    18 => urge(c, act, &desk.press(), id, &seal, "Việc gấp.", None).map(drop),
                    19 => confirm(c, act, id, &seal).map(drop),
                    20 => reschedule(c, act, &desk.press(), id, &seal, Timing { starts: Some(later), ends: None }).map(drop),
                    21 => unschedule(c, act, &desk.press(), id, &seal).map(drop),
                    22 => withdraw(c, act, id, &seal, "Đăng nhầm.", "").map(drop),
                    23 | 26 | 27 => undo(c, act, &desk.press(), edition.document_id).map(drop),
                    24 if deed.tab < 3 => discard(c, act, id, &seal).map(drop),
                    24 => restore(c, act, id).map(drop),
                    _ => {
                        let seen = current(c, act, edition.document_id)?.seal();
                        past::restore_revision(c, act, &desk.press(), edition.document_id, revision - deed.tab as i64, &seen).map(drop)
                    }
                }
            })
        }
        Some(edition) if deed.what > 0 => desk.act(login, |c, act| begin_next(c, act, edition.document_id).map(drop)),
        _ => desk.act(login, |c, act| {
            let body = format!("Câu đầu {turn} của {login}.");
            begin(c, act, &desk.press(), Kind::Article, None, &desk.filed(), &written("Chợ phiên", &body))?;
            saved.insert(body);
            Ok(())
        }),
    };
    if let Err(refusal @ (Refusal::Broken(_) | Refusal::Trouble(_))) = outcome {
        panic!("{deed:?}: {refusal}");
    }
    holds(desk, &before);
    // Kept from now on: what comes must change it.
    PAGES.iter().for_each(|path| drop(desk.portal.get(path)));
}

/// Every state that these steps can have led to, by the table and nothing else.
fn walked(steps: &[&Step]) -> BTreeSet<&'static str> {
    let named = |names: &BTreeSet<&'static str>| -> Vec<State> { names.iter().map(|name| State::named(name)).collect() };
    // Between two steps of its own an edition may be superseded, or stand again.
    let rest = |names: BTreeSet<&'static str>| -> BTreeSet<&'static str> {
        let mut all = names.clone();
        for state in named(&names) {
            all.extend((state == State::Published).then(|| state.after(Move::Supersede)).flatten().map(State::name));
            all.extend((state == State::Superseded).then(|| state.after(Move::Reinstate)).flatten().map(State::name));
        }
        all
    };
    let mut at: BTreeSet<&'static str> = [State::Draft.name()].into();
    for step in steps {
        let ways: &[&[Move]] = match step.name.as_str() {
            "submitted" => &[&[Move::Submit]],
            "taken_back" | "sent_back" => &[&[Move::SendBack]],
            "approved" => &[&[Move::Approve]],
            "published" => &[&[Move::Publish], &[Move::Waive, Move::Publish]],
            "withdrawn" => &[&[Move::Withdraw]],
            "undone" => &[&[Move::Withdraw], &[Move::Reinstate]],
            "discarded" => &[&[Move::Discard]],
            "restored" => &[&[Move::Restore]],
            _ => &[&[]],
        };
        let go = |from: State, way: &&[Move]| way.iter().try_fold(from, |state, mv| state.after(*mv));
        at = named(&at).into_iter().flat_map(|from| ways.iter().filter_map(move |way| go(from, way))).map(State::name).collect();
        assert!(!at.is_empty(), "no way of the table leads over {step:?}");
        at = rest(at);
    }
    at
}

/// That the table leads to every edition's state, over its own steps and no others.
pub fn walks(portal: &Portal, editions: &[Edition]) {
    let mut c = portal.app.web.store.read().expect("a connection");
    let told: Vec<Step> = steps::table.order(steps::id.asc()).select(Step::as_select()).load(&mut *c).expect("steps");
    for edition in editions {
        let own: Vec<&Step> = told.iter().filter(|step| step.edition_id == edition.id).collect();
        assert!(walked(&own).contains(edition.state().name()), "{edition:?} after {own:?}");
    }
}

/// What one act may have changed.
fn holds(desk: &Desk, before: &[Edition]) {
    let after = all(desk);
    let was: BTreeMap<i64, &Edition> = before.iter().map(|edition| (edition.id, edition)).collect();
    let mut open: BTreeMap<i64, usize> = BTreeMap::new();
    for edition in &after {
        assert!(State::ALL.iter().any(|state| state.name() == edition.state_name), "{}", edition.state_name);
        if edition.state().is_open() {
            *open.entry(edition.document_id).or_default() += 1;
        }
        assert_eq!(edition.terms().span(), (edition.shown_from, edition.shown_until));
        let Some(was) = was.get(&edition.id) else {
            assert_eq!(edition.state(), State::Draft);
            continue;
        };
        if was.state().was_published() {
            assert!(edition.state().was_published() && edition.revision_id == was.revision_id, "{edition:?}");
        }
    }
    assert!(open.values().all(|count| *count == 1), "two drafts of one text: {open:?}");
    assert!(after.len() >= before.len());
    walks(&desk.portal, &after);
}

fn ends_well(desk: &Desk, saved: &BTreeSet<String>) {
    let mut c = desk.portal.app.web.store.read().expect("a connection");
    let bodies: Vec<String> = revisions::table.select(revisions::body).load(&mut *c).expect("revisions");
    let bodies: BTreeSet<String> = bodies.into_iter().collect();
    assert!(saved.is_subset(&bodies), "lost: {:?}", saved.difference(&bodies).collect::<Vec<_>>());
    // What was kept is found again in the history of its text.
    let mut found = BTreeSet::new();
    let documents: BTreeSet<i64> = all(desk).into_iter().map(|edition| edition.document_id).collect();
    for document in documents {
        for told in find_history::history(&mut c, &Reach::Everywhere, document).expect("a history") {
            for head in told.revisions {
                let revision = find_history::revision(&mut c, &Reach::Everywhere, document, head.id).expect("it is of this text");
                found.insert(revision.body);
            }
        }
    }
    assert!(saved.is_subset(&found));
    let told: Vec<Step> = steps::table.order(steps::id.asc()).select(Step::as_select()).load(&mut *c).expect("steps");
    for approval in told.iter().filter(|step| matches!(step.name.as_str(), "approved" | "confirmed")) {
        let hands = told.iter().filter(|step| step.edition_id == approval.edition_id && step.id < approval.id);
        let own = hands
            .filter(|step| matches!(step.name.as_str(), "drafted" | "revised" | "attached" | "submitted"))
            .find(|step| step.actor == approval.actor);
        assert!(own.is_none(), "{approval:?} after {own:?}");
    }
    // Nothing shows that was neither approved nor urged.
    for edition in all(desk).into_iter().filter(|edition| edition.state().was_published()) {
        let own: Vec<&Step> = told.iter().filter(|step| step.edition_id == edition.id && step.name != "set_aside").collect();
        let place = own.iter().position(|step| step.name == "published").expect("a step published it");
        let before = own[place - 1];
        let is_approved = before.name == "approved" && before.revision_id == own[place].revision_id;
        assert_eq!(is_approved, edition.urgent.is_empty(), "{edition:?} after {before:?}");
    }
    drop(c);
    let now = desk.portal.clock.now();
    for edition in all(desk) {
        let text = desk.text(edition.id);
        let reply = desk.portal.get(&format!("/tin/{}", text.slug));
        let of_document = || all(desk).into_iter().filter(|other| other.document_id == edition.document_id);
        match of_document().find(|other| other.shown_from <= now && now < other.shown_until) {
            Some(shown) => assert_eq!((reply.status, reply.text(".prose")), (200, desk.text(shown.id).revision.body)),
            None if of_document().any(|other| other.has_begun(now)) => assert_eq!(reply.status, 410),
            None => assert_eq!(reply.status, 404),
        }
    }
    let all_pages = || PAGES.map(|path| desk.portal.get(path)).map(|reply| (reply.status, reply.body));
    let kept = all_pages();
    desk.portal.app.web.kept.forget();
    assert_eq!(kept, all_pages());
    desk.verified();
    let out = desk.portal.export();
    let report = desk.portal.import(&out).unwrap_or_else(|refusal| panic!("{}", desk.portal.told(&refusal)));
    assert_eq!((report.published, report.drafted, report.changed), (0, 0, 0));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() })]
    #[test]
    fn whatever_they_do_the_road_holds(deeds in deeds()) {
        let desk = Desk::open(None);
        let mut saved = BTreeSet::new();
        for (turn, deed) in deeds.iter().enumerate() {
            play(&desk, deed, turn, &mut saved);
        }
        ends_well(&desk, &saved);
    }
}

#[test]
fn the_road_holds_on_postgresql() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let desk = Desk::open(Some(postgres()));
    let mut saved = BTreeSet::new();
    for turn in 0..12 {
        let deeds = deeds().new_tree(&mut runner).expect("a strategy").current();
        for (place, deed) in deeds.iter().enumerate() {
            play(&desk, deed, turn * 100 + place, &mut saved);
        }
    }
    ends_well(&desk, &saved);
    // A story in which everybody is refused says nothing.
    let mut c = desk.portal.app.web.store.read().expect("a connection");
    let names: Vec<String> = steps::table.select(steps::name).distinct().load(&mut *c).expect("steps");
    let missing: Vec<_> = NAMES.iter().filter(|name| !names.iter().any(|known| known == *name)).collect();
    assert!(missing.is_empty(), "nobody ever came to {missing:?}");
}
