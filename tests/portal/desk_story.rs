//! Several people at the desk's own pages, in any order, through restarts and sessions that run out: no sentence that was
//! taken is lost, no state outside the table is reached, and every public page is what the store says at that instant.

use std::collections::{BTreeMap, BTreeSet};

use bangtin::app::verify::verify;
use bangtin::edition::state::State;
use bangtin::edition::step::{NAMES, Step};
use bangtin::edition::terms::{readable, visible};
use bangtin::edition::{Edition, UNCONFIRMED};
use bangtin::kit::calendar;
use bangtin::person::access::Role;
use bangtin::store::schema::{documents, editions, held, revisions, steps};
use chrono::Duration;
use diesel::prelude::*;
use proptest::prelude::*;

use crate::desk_walls::{TEXTS, mark_of};
use crate::folder::{Folder, SITE};
use crate::people::{Browser, PASSWORD, added, role, unit};
use crate::portal::{Portal, Reply};
use crate::road_story::walks;
use crate::store::postgres;

const PEOPLE: [(&str, &[Role]); 5] = [
    ("man.le", &[Role::Author]),
    ("tham.tran", &[Role::Editor]),
    ("dang.vu", &[Role::Reviewer, Role::Publisher]),
    ("ca.bui", &[Role::Author, Role::Reviewer, Role::Publisher]),
    ("khan.do", &[Role::UrgentPublisher]),
];
const KINDS: usize = 47;

#[derive(Clone, Debug)]
struct Deed {
    who: usize,
    what: usize,
    on: usize,
    /// What a tab was opened on: the text as it is, or as it was.
    tab: usize,
    passes: i64,
    is_stray: bool,
}

fn deeds(most: usize) -> impl Strategy<Value = Vec<Deed>> {
    let passes = prop_oneof![4 => Just(0i64), 4 => 0..70i64, 1 => Just(400)];
    let deed = (0..PEOPLE.len(), 0..KINDS, 0usize..40, 0usize..6, passes, prop::bool::weighted(0.15));
    prop::collection::vec(deed.prop_map(|(who, what, on, tab, passes, is_stray)| Deed { who, what, on, tab, passes, is_stray }), 20..most)
}

struct Story {
    portal: Option<Portal>,
    database: Option<String>,
    cookies: BTreeMap<&'static str, String>,
    /// Every sentence that an answer took.
    taken: BTreeSet<String>,
    /// Forms as somebody once opened them: the text and the revision it stood on.
    tabs: Vec<(i64, i64)>,
}

impl Story {
    fn open(database: Option<String>) -> Story {
        let portal = Portal::on(database.clone());
        let folder = Folder::new();
        folder.file("site.toml", format!("{SITE}\n[desk]\nsecond_factor = []\n"));
        portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
        portal.get("/");
        let here = unit(&portal, "Đông Kiều");
        for (login, roles) in PEOPLE {
            added(&portal, login, login, &roles.iter().map(|one| role(*one, Some(here))).collect::<Vec<_>>());
        }
        Story { portal: Some(portal), database, cookies: BTreeMap::new(), taken: BTreeSet::new(), tabs: Vec::new() }
    }

    fn portal(&self) -> &Portal {
        self.portal.as_ref().expect("it runs")
    }

    /// The same data folder, and nothing else of what the server knew.
    fn restart(&mut self) {
        let portal = self.portal.take().expect("it runs");
        let now = portal.clock.now();
        let again = Portal::reopen(portal.stop(), self.database.clone(), &[]);
        again.clock.set(now);
        self.portal = Some(again);
    }

    fn cookie(&mut self, login: &'static str) -> String {
        if let Some(cookie) = self.cookies.get(login) {
            return cookie.clone();
        }
        let cookie = {
            let mut browser = Browser::new(self.portal());
            let reply = browser.sign_in(login, PASSWORD);
            assert_eq!(reply.status, 303, "{}", reply.text(".issues"));
            browser.cookie
        };
        self.cookies.insert(login, cookie.clone());
        cookie
    }

    fn get(&mut self, login: &'static str, path: &str) -> Reply {
        let cookie = self.cookie(login);
        let reply = self.portal().ask("GET", path, &[("cookie", &cookie)]);
        if is_out(&reply) {
            self.cookies.remove(login);
            return self.get(login, path);
        }
        assert!(reply.status < 500, "{login} asks for {path}: {}", reply.body);
        reply
    }

    /// Sent with the mark of the page that it stood on; whoever is out by now is told so.
    fn post(&mut self, login: &'static str, path: &str, fields: &[(&str, &str)]) -> Reply {
        let cookie = self.cookie(login);
        let mark = mark_of(cookie.trim_start_matches("bangtin="));
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).append_pair("mark", &mark).finish();
        let reply = self.portal().post(path, &[("cookie", &cookie)], &body);
        assert!(reply.status < 500, "{login} sends {path}: {}", reply.body);
        if is_out(&reply) {
            self.cookies.remove(login);
        }
        reply
    }

    fn all(&self) -> Vec<Edition> {
        let mut c = self.portal().app.web.store.read().expect("a connection");
        editions::table.order(editions::id.asc()).select(Edition::as_select()).load(&mut *c).expect("editions")
    }

    fn last_before_the_public(&self) -> Option<(String, i64, String)> {
        let mut c = self.portal().app.web.store.read().expect("a connection");
        let slips = steps::table.inner_join(editions::table).filter(steps::name.eq_any(["published", "withdrawn"]));
        slips.order(steps::id.desc()).select((steps::actor, editions::document_id, steps::name)).first(&mut *c).optional().expect("steps")
    }

    /// What a save was answered with counts as taken, if it was.
    fn takes(&mut self, sentence: &str, reply: &Reply) {
        let is_beside = reply.status == 409 && !reply.attributes("input[name=theirs]", "value").is_empty();
        if reply.status < 400 || is_beside {
            self.taken.insert(sentence.to_owned());
        }
    }
}

/// To the page where one signs in.
fn is_out(reply: &Reply) -> bool {
    reply.status == 303 && reply.header("location").starts_with("/ban-bien-tap/dang-nhap")
}

/// Who might do it, and to what.
fn fitting(what: usize, tab: usize) -> (&'static [&'static str], &'static [State]) {
    match what {
        3..=10 => (&["man.le", "tham.tran", "ca.bui"], &[State::Draft]),
        11..=14 => (&["man.le", "tham.tran", "ca.bui"], &[State::Draft]),
        15 => (&["man.le", "tham.tran"], &[State::Submitted, State::Approved]),
        16 => (&["dang.vu", "ca.bui"], &[State::Submitted, State::Approved]),
        17..=20 => (&["dang.vu", "ca.bui"], &[State::Submitted]),
        21..=23 => (&["dang.vu", "ca.bui"], &[State::Approved]),
        24 => (&["khan.do"], &[State::Draft, State::Submitted]),
        25 => (&["dang.vu"], &[State::Published]),
        26 | 27 => (&["man.le", "tham.tran"], &[State::Published, State::Withdrawn]),
        28..=30 | 43 => (&["dang.vu", "ca.bui"], &[State::Published]),
        31 | 32 => (&["dang.vu", "ca.bui", "khan.do"], &[State::Published, State::Withdrawn]),
        33 if tab < 3 => (&["man.le", "tham.tran"], &[State::Draft]),
        33 => (&["man.le", "tham.tran"], &[State::Discarded]),
        34 => (&["man.le", "tham.tran"], &[State::Draft, State::Published]),
        _ => (&["man.le", "tham.tran", "ca.bui"], &[]),
    }
}

fn play(story: &mut Story, deed: &Deed, turn: usize) {
    let clock = story.portal().clock.clone();
    clock.set(clock.now() + Duration::seconds(deed.passes));
    let before = story.all();
    let is_approved = before.iter().any(|edition| edition.state() == State::Approved);
    // What comes up seldom by itself: something approved that nobody has published comes back.
    let what = match deed.what {
        42 if is_approved => 15 + deed.tab % 2,
        42 => 17,
        38 => 33,
        39 | 44.. if before.iter().any(|edition| edition.urgent == UNCONFIRMED && edition.state() == State::Published) => 25,
        39 | 44.. => 24,
        what => what,
    };
    let (people, states) = fitting(what, deed.tab);
    let mut login = if deed.is_stray { PEOPLE[deed.who].0 } else { people[deed.who % people.len()] };
    let is_worked_on = |document: i64| before.iter().any(|edition| edition.document_id == document && edition.state().is_open());
    let fits = |edition: &&Edition| {
        let is_free = !matches!(what, 25..=30 | 43) || !is_worked_on(edition.document_id);
        deed.is_stray || states.is_empty() || states.contains(&edition.state()) && is_free
    };
    let fit: Vec<&Edition> = before.iter().filter(fits).collect();
    let rarest = |edition: &&&Edition| match what {
        15 | 16 => edition.state() == State::Approved,
        25 => edition.urgent == UNCONFIRMED,
        _ => false,
    };
    let rare: Vec<i64> = fit.iter().filter(rarest).map(|edition| edition.document_id).collect();
    let chosen: Vec<i64> = if rare.is_empty() { fit.iter().map(|edition| edition.document_id).collect() } else { rare };
    let mut chosen = chosen.get(deed.on % chosen.len().max(1)).copied();
    // A slip is noticed by whoever made it.
    let slip = story.last_before_the_public().filter(|slip| !matches!(what, 40 | 41) || slip.2 == "withdrawn");
    if let (31 | 32 | 40 | 41, false, Some((actor, document, _))) = (what, deed.is_stray, slip) {
        login = PEOPLE.iter().find(|(known, _)| *known == actor).expect("one of the people").0;
        chosen = Some(document);
    }
    let local = |seconds: i64| calendar::local(clock.now() + Duration::seconds(seconds)).format("%Y-%m-%dT%H:%M").to_string();
    let sentence = format!("Câu {turn} của {}.", login.replace('.', " "));
    let texts = before.iter().map(|edition| edition.document_id).collect::<BTreeSet<_>>().len();
    match (what, chosen) {
        (35, _) => story.restart(),
        // Everybody goes to lunch: whoever was signed in is so no more, and sends what he has typed.
        (36 | 37, Some(document)) => {
            story.cookie(login);
            clock.set(clock.now() + Duration::minutes(61));
            write(story, login, document, deed, &sentence);
        }
        (0..=2, _) | (_, None) if texts < 9 => {
            let title = format!("Chợ phiên {turn}");
            let fields = [("title", title.as_str()), ("unit", "xa-dong-kieu"), ("section", "tin-dia-phuong")];
            story.post(login, &format!("{TEXTS}/moi"), &fields);
        }
        (10, Some(document)) => attach(story, login, document, turn),
        (0..=9, Some(document)) => write(story, login, document, deed, &sentence),
        (_, Some(document)) => {
            let text = format!("{TEXTS}/{document}");
            let page = story.get(login, &format!("{text}/bo"));
            let mut seal = page.attributes("input[name=seal]", "value").into_iter().next().unwrap_or_default();
            if deed.tab == 5 {
                seal = "cũ".to_owned();
            }
            let revision = story.get(login, &format!("{text}/duyet")).attributes("input[name=revision]", "value");
            let revision = revision.first().cloned().unwrap_or_default();
            let when = if deed.what == 42 { "none" } else { ["now", "later", "none", "none", "now", "none"][deed.tab] };
            let starts = if when == "later" { local(90) } else { String::new() };
            let ends = if deed.tab == 4 { local(200) } else { String::new() };
            let old = story.tabs.iter().filter(|tab| tab.0 == document).nth(deed.on % 3).map_or(String::new(), |tab| tab.1.to_string());
            let reason = format!("Lý do {turn} đủ dài.");
            let (end, fields): (&str, Vec<(&str, &str)>) = match what {
                11..=14 => ("gui", vec![]),
                15 => ("rut", vec![]),
                16 => ("tra-lai", vec![("reason", &reason)]),
                17..=20 => ("duyet", vec![("revision", &revision), ("when", when), ("starts", &starts)]),
                21..=23 => ("dang", vec![("when", if when == "none" { "now" } else { when }), ("starts", &starts), ("ends", &ends)]),
                24 => ("khan", vec![("reason", &reason), ("ends", &ends)]),
                25 => ("xac-nhan", vec![]),
                26 | 27 => ("ban-moi", vec![]),
                28 => ("thoi-gian", vec![("starts", &starts), ("ends", &ends)]),
                29 => ("huy-hen", vec![]),
                30 | 43 => ("go", vec![("reason", &reason), ("replaced_by", "")]),
                31 | 32 | 40 | 41 => ("hoan-tac", vec![]),
                33 if deed.tab < 3 => ("bo", vec![]),
                33 => ("khoi-phuc", vec![]),
                _ => ("phuc-hoi-ban", vec![("revision", &old)]),
            };
            let fields = [fields, vec![("seal", seal.as_str())]].concat();
            story.post(login, &format!("{text}/{end}"), &fields);
            if what == 43 {
                story.post(login, &format!("{text}/hoan-tac"), &[]);
            }
        }
        _ => {}
    }
    holds(story, &before);
}

/// Sends a file.
fn attach(story: &mut Story, login: &'static str, document: i64, turn: usize) {
    let cookie = story.cookie(login);
    let mark = mark_of(cookie.trim_start_matches("bangtin="));
    let part = |head: &str, text: &str| format!("--ranh\r\nContent-Disposition: form-data; {head}\r\n\r\n{text}\r\n");
    let file = part(&format!("name=\"file\"; filename=\"tep {turn}.txt\""), &format!("Tệp số {turn}."));
    let body = [part("name=\"mark\"", &mark), part("name=\"do\"", "add"), file, "--ranh--\r\n".to_owned()].concat();
    let headers = [("cookie", cookie.as_str()), ("content-type", "multipart/form-data; boundary=ranh")];
    let reply = story.portal().send("POST", &format!("{TEXTS}/{document}/tep"), &headers, body);
    assert!(reply.status < 500, "{} {}", reply.status, reply.text("main"));
    if is_out(&reply) {
        story.cookies.remove(login);
    }
}

/// Opens the form, or an old tab with it, saves a sentence, and answers to a conflict.
fn write(story: &mut Story, login: &'static str, document: i64, deed: &Deed, sentence: &str) {
    let path = format!("{TEXTS}/{document}/sua");
    let own = story.tabs.iter().filter(|tab| tab.0 == document).nth(deed.on % 4).copied();
    let base = match own.filter(|_| deed.tab > 2) {
        Some((_, base)) => base,
        None if matches!(deed.what, 36 | 37) => 0,
        None => {
            let opened = story.get(login, &path).attributes("input[name=base]", "value");
            let Some(base) = opened.first().and_then(|base| base.parse().ok()) else { return };
            story.tabs.push((document, base));
            base
        }
    };
    let base = base.to_string();
    let note = format!("Sửa: {sentence}");
    let fields = [
        ("base", base.as_str()),
        ("title", "Chợ phiên"),
        ("lead", "Tóm tắt."),
        ("body", sentence),
        ("unit", "xa-dong-kieu"),
        ("section", "tin-dia-phuong"),
        ("change_note", &note),
        ("then", ["stay", "preview", "submit"][deed.tab % 3]),
    ];
    let reply = story.post(login, &path, &fields);
    story.takes(sentence, &reply);
    if reply.status != 409 || deed.on.is_multiple_of(3) {
        return;
    }
    let mut hidden: Vec<(String, String)> = ["theirs", "base", "title", "lead", "body", "unit", "section", "change_note"]
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), reply.attributes(&format!("input[name={name}]"), "value").first()?.clone())))
        .collect();
    if hidden.is_empty() {
        return;
    }
    hidden.push(("merged".into(), reply.texts("textarea[name=merged]").first().cloned().unwrap_or_default()));
    hidden.push(("take".into(), ["merged", "mine"][deed.on % 2].into()));
    let hidden: Vec<(&str, &str)> = hidden.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    story.post(login, &path, &hidden);
}

/// Letters and digits: how words are set is not asked here.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn holds(story: &Story, before: &[Edition]) {
    let portal = story.portal();
    let mut c = portal.app.web.store.read().expect("a connection");
    let mut kept: Vec<String> = revisions::table.select(revisions::body).load(&mut *c).expect("revisions");
    for text in held::table.select(held::text).load::<String>(&mut *c).expect("what is held") {
        kept.extend(form_urlencoded::parse(text.as_bytes()).map(|(_, text)| text.into_owned()));
    }
    let kept = kept.join("\n");
    for sentence in &story.taken {
        assert!(kept.contains(sentence.as_str()), "lost: {sentence}");
    }
    let slugs: BTreeMap<i64, String> =
        documents::table.select((documents::id, documents::slug)).load::<(i64, String)>(&mut *c).expect("texts").into_iter().collect();
    let bodies: BTreeMap<i64, String> =
        revisions::table.select((revisions::id, revisions::body)).load::<(i64, String)>(&mut *c).expect("revisions").into_iter().collect();
    drop(c);
    let after = story.all();
    for edition in &after {
        assert_eq!(edition.terms().span(), (edition.shown_from, edition.shown_until));
        match before.iter().find(|was| was.id == edition.id) {
            None => assert!(matches!(edition.state(), State::Draft | State::Submitted)),
            Some(was) => {
                assert!(!was.state().was_published() || was.revision_id == edition.revision_id, "{edition:?}");
            }
        }
        let open = after.iter().filter(|other| other.document_id == edition.document_id && other.state().is_open()).count();
        assert!(open <= 1, "two drafts of one text");
    }
    walks(portal, &after);
    let now = portal.clock.now();
    let mut visibles = BTreeSet::new();
    for (document, slug) in &slugs {
        let own: Vec<&Edition> = after.iter().filter(|edition| edition.document_id == *document).collect();
        let shown = own.iter().find(|edition| visible(&edition.terms(), now));
        let reply = portal.get(&format!("/tin/{slug}"));
        match shown {
            Some(edition) => {
                visibles.insert(slug.clone());
                assert_eq!((reply.status, bare(&reply.text(".prose"))), (200, bare(&bodies[&edition.revision_id])), "{slug}");
            }
            None if own.iter().any(|edition| edition.has_begun(now)) => assert_eq!(reply.status, 410, "{slug}"),
            None => assert_eq!(reply.status, 404, "{slug}"),
        }
        for edition in &own {
            let path = format!("/tin/{slug}/ban/{}", edition.number);
            let status = portal.get(&path).status;
            let is_read = shown.is_some() && readable(&edition.terms(), now);
            assert_eq!(status == 200, is_read, "{path}: {status} {edition:?}");
            assert!(edition.has_begun(now) || status == 404, "{path}: {status}: nobody has seen it");
        }
    }
    let listed = |path: &str, css: &str| -> BTreeSet<String> {
        let links = portal.get(path).attributes(css, "href");
        links.iter().filter_map(|link| Some(link.split_once("/tin/")?.1.split(['/', '#', '?']).next()?.to_owned())).collect()
    };
    for path in ["/", "/chuyen-muc/tin-dia-phuong", "/don-vi/xa-dong-kieu"] {
        assert_eq!(listed(path, "main a"), visibles, "{path}");
    }
    let feed: serde_json::Value = serde_json::from_str(&portal.get("/feed.json").body).expect("a feed");
    let items = feed["items"].as_array().expect("items");
    let told = items.iter().filter_map(|item| item["url"].as_str()?.rsplit('/').next().map(str::to_owned));
    assert_eq!(told.collect::<BTreeSet<String>>(), visibles, "the feed");
}

fn ends_well(mut story: Story) -> BTreeSet<String> {
    let before = story.all();
    story.restart();
    holds(&story, &before);
    let portal = story.portal();
    let mut c = portal.app.web.store.read().expect("a connection");
    let told: Vec<Step> = steps::table.order(steps::id.asc()).select(Step::as_select()).load(&mut *c).expect("steps");
    drop(c);
    let found = verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read");
    assert!(found.faults.is_empty(), "{:?}", found.faults);
    come_to(&told)
}

/// Each step by its name, and with the one before it on the same edition.
fn come_to(told: &[Step]) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = told.iter().map(|step| step.name.clone()).collect();
    for (place, step) in told.iter().enumerate() {
        let before = told[..place].iter().rev().find(|before| before.edition_id == step.edition_id);
        names.extend(before.map(|before| format!("{} {}", before.name, step.name)));
    }
    names
}

fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(4)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, max_shrink_iters: 60, ..ProptestConfig::default() })]
    #[test]
    fn whatever_they_send_nothing_is_lost_and_the_public_sees_what_stands(deeds in deeds(45)) {
        let mut story = Story::open(None);
        for (turn, deed) in deeds.iter().enumerate() {
            play(&mut story, deed, turn);
        }
        ends_well(story);
    }
}

#[test]
fn and_on_postgresql() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut story = Story::open(Some(postgres()));
    let mut turn = 0;
    let lacks = |names: &BTreeSet<String>| -> Vec<&str> {
        let wanted = NAMES.iter().chain(&["withdrawn undone", "published undone"]);
        wanted.filter(|name| !names.contains(**name)).copied().collect()
    };
    // Long enough, and as long as it takes until everything has come up that can.
    for round in 0..40 {
        for deed in deeds(45).new_tree(&mut runner).expect("a strategy").current() {
            play(&mut story, &deed, turn);
            turn += 1;
        }
        let told: Vec<Step> = {
            let mut c = story.portal().app.web.store.read().expect("a connection");
            steps::table.order(steps::id.asc()).select(Step::as_select()).load(&mut *c).expect("steps")
        };
        if round >= 7 && lacks(&come_to(&told)).is_empty() {
            break;
        }
    }
    assert!(story.taken.len() > 30, "{}", story.taken.len());
    let names = ends_well(story);
    // A story in which everybody is refused says nothing.
    assert!(names.contains("approved sent_back") || names.contains("approved taken_back"));
    assert!(lacks(&names).is_empty(), "nobody ever came to {:?}", lacks(&names));
}

#[test]
fn what_was_typed_when_a_session_ran_out_comes_back_and_no_other_tab_writes_over_it() {
    let mut story = Story::open(None);
    story.post("man.le", &format!("{TEXTS}/moi"), &[("title", "Chợ phiên"), ("unit", "xa-dong-kieu"), ("section", "tin-dia-phuong")]);
    let document = story.all()[0].document_id;
    let path = format!("{TEXTS}/{document}/sua");
    let base = story.get("man.le", &path).attributes("input[name=base]", "value")[0].clone();
    let save = |story: &mut Story, body: &str| {
        let fields =
            [("base", base.as_str()), ("title", "Chợ phiên"), ("body", body), ("unit", "xa-dong-kieu"), ("section", "tin-dia-phuong")];
        story.post("man.le", &path, &fields)
    };
    let cookie = story.cookie("man.le");
    let clock = story.portal().clock.clone();
    clock.set(clock.now() + Duration::minutes(61));
    for body in ["Câu ở tab thứ nhất.", "Câu ở tab thứ hai."] {
        story.cookies.insert("man.le", cookie.clone());
        let reply = save(&mut story, body);
        assert_eq!(reply.header("location"), format!("/ban-bien-tap/dang-nhap?sau={path}"));
    }
    // A form whose address is no page leads back to its text; passwords are not kept.
    story.cookies.insert("man.le", cookie.clone());
    let sent = story.post("man.le", &format!("{TEXTS}/{document}/gui"), &[("seal", "x")]);
    assert_eq!(sent.header("location"), format!("/ban-bien-tap/dang-nhap?sau={TEXTS}/{document}"));
    story.cookies.insert("man.le", cookie);
    story.post("man.le", "/ban-bien-tap/toi/mat-khau", &[("old", PASSWORD), ("password", "một mật khẩu khác hẳn"), ("again", "x")]);
    let texts: Vec<String> = {
        let mut c = story.portal().app.web.store.read().expect("a connection");
        held::table.select(held::text).load(&mut *c).expect("what is held")
    };
    assert!(texts.len() == 2 && texts.iter().all(|text| !text.contains("password") && !text.contains("mark=")), "{texts:?}");
    assert_eq!(story.get("man.le", &path).text("textarea[name=body]").trim(), "Câu ở tab thứ hai.");
    assert_eq!(save(&mut story, "Câu ở tab thứ ba.").status, 303);
    let mut c = story.portal().app.web.store.read().expect("a connection");
    let bodies: Vec<String> = revisions::table.select(revisions::body).load(&mut *c).expect("revisions");
    for body in ["Câu ở tab thứ nhất.", "Câu ở tab thứ hai.", "Câu ở tab thứ ba."] {
        assert!(bodies.iter().any(|known| known == body), "{body} is not in {bodies:?}");
    }
    drop(c);
    assert_eq!(story.get("man.le", &path).text("textarea[name=body]").trim(), "Câu ở tab thứ ba.", "and what was saved last stands");
    // A reason comes back on its own page.
    story.post("tham.tran", &format!("{TEXTS}/moi"), &[("title", "Khác"), ("unit", "xa-dong-kieu"), ("section", "tin-dia-phuong")]);
    let urge = format!("{TEXTS}/{document}/khan");
    story.cookie("khan.do");
    clock.set(clock.now() + Duration::minutes(61));
    story.post("khan.do", &urge, &[("reason", "Bão vào trong đêm nay."), ("ends", "")]);
    assert_eq!(story.get("khan.do", &urge).text("textarea[name=reason]").trim(), "Bão vào trong đêm nay.");
}
