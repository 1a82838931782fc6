//! The road of a text from draft to page, as persons walk it: who may do what, what is refused in which words, and what
//! the public sees after each step.

use std::collections::BTreeSet;

use bangtin::app::verify::verify;
use bangtin::approval::publish::{Timing, approve_and_publish, confirm, publish, reschedule, unschedule, urge};
use bangtin::approval::review::{approve, send_back, submit, take_back};
use bangtin::approval::trash::{discard, restore};
use bangtin::approval::undo::{Undone, undo};
use bangtin::approval::withdraw::withdraw;
use bangtin::approval::write::{Filed, Saved, begin, begin_next, readdress, save};
use bangtin::approval::{Text, bulk, held, past, presence, share, text};
use bangtin::article::{Article, Picture};
use bangtin::desk::press::press;
use bangtin::edition::compare::compare;
use bangtin::edition::state::State;
use bangtin::edition::written::{Press, Written};
use bangtin::edition::{Edition, Kind, find_desk, find_history};
use bangtin::kit::refusal::Refusal;
use bangtin::person::access::{Grant, Reach, Role, Verb};
use bangtin::person::{Act, Actor, Door, Who};
use bangtin::store::Conn;
use bangtin::store::schema::units;
use chrono::Duration;
use diesel::prelude::*;

use crate::folder::Folder;
use crate::portal::{Portal, at};
use crate::store::postgres;

/// The same people in every test: an author, a second author, an editor, a reviewer, a publisher, an urgent publisher.
pub const PEOPLE: [(&str, &[Role]); 7] = [
    ("man.le", &[Role::Author]),
    ("hoa.nguyen", &[Role::Author]),
    ("tham.tran", &[Role::Editor]),
    ("duyet.pham", &[Role::Reviewer]),
    ("dang.vu", &[Role::Publisher]),
    ("khan.do", &[Role::UrgentPublisher]),
    ("ca.bui", &[Role::Author, Role::Reviewer, Role::Publisher]),
];

pub struct Desk {
    pub portal: Portal,
    pub dong_kieu: i64,
    pub ben_gao: i64,
}

pub fn person(login: &str, grants: Vec<Grant>) -> Who {
    let id = login.bytes().fold(7i64, |id, byte| id * 31 % 1_000_003 + i64::from(byte));
    Who::Person(Actor { id, login: login.into(), name: login.into(), grants, from: None, door: Door::Desk })
}

pub fn written(title: &str, body: &str) -> Written {
    Written { title: title.into(), lead: "Tóm tắt.".into(), body: body.into(), facts: Box::new(Article::default()) }
}

impl Desk {
    pub fn open(database: Option<String>) -> Desk {
        let portal = Portal::on(database);
        portal.import(&Folder::new()).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
        let unit = |label: &str| -> i64 {
            let mut c = portal.app.web.store.read().expect("a connection");
            units::table.filter(units::label.eq(label)).select(units::id).first(&mut *c).expect("the unit is listed")
        };
        let (dong_kieu, ben_gao) = (unit("xa-dong-kieu"), unit("xa-ben-gao"));
        Desk { portal, dong_kieu, ben_gao }
    }

    pub fn unit(&self, label: &str) -> i64 {
        let mut c = self.portal.app.web.store.read().expect("a connection");
        units::table.filter(units::label.eq(label)).select(units::id).first(&mut *c).expect("the unit is listed")
    }

    /// One of the people, with his roles in Đông Kiều.
    pub fn who(&self, login: &str) -> Who {
        let roles = PEOPLE.iter().find(|(known, _)| *known == login).expect("one of the people").1;
        person(login, roles.iter().map(|role| Grant { role: *role, unit_id: Some(self.dong_kieu) }).collect())
    }

    pub fn press(&self) -> Press<'_> {
        press(&self.portal.words)
    }

    /// One act of somebody, in one transaction.
    pub fn act<T>(&self, login: &str, act: impl FnOnce(&mut Conn, Act) -> Result<T, Refusal>) -> Result<T, Refusal> {
        self.act_as(&self.who(login), act)
    }

    pub fn act_as<T>(&self, who: &Who, act: impl FnOnce(&mut Conn, Act) -> Result<T, Refusal>) -> Result<T, Refusal> {
        self.portal.app.web.store.write(|c| act(c, Act { now: self.portal.clock.now(), who }))
    }

    pub fn filed(&self) -> Filed {
        Filed { unit_id: Some(self.dong_kieu), section: "tin-dia-phuong".into(), ..Filed::default() }
    }

    pub fn begin(&self, login: &str, title: &str, body: &str) -> Edition {
        self.must(self.act(login, |c, act| begin(c, act, &self.press(), Kind::Article, None, &self.filed(), &written(title, body))))
    }

    pub fn text(&self, edition: i64) -> Text {
        let who = Who::Machine("command");
        self.must(self.act_as(&who, |c, act| text(c, act, edition)))
    }

    pub fn seal(&self, edition: i64) -> String {
        self.text(edition).seal()
    }

    pub fn submit(&self, login: &str, edition: i64) -> Result<Edition, Refusal> {
        let seal = self.seal(edition);
        self.act(login, |c, act| submit(c, act, &self.press(), edition, &seal))
    }

    pub fn approve(&self, login: &str, edition: i64) -> Result<Edition, Refusal> {
        let text = self.text(edition);
        self.act(login, |c, act| approve(c, act, edition, text.revision.id, &text.seal()))
    }

    pub fn publish(&self, login: &str, edition: i64, timing: Timing) -> Result<Edition, Refusal> {
        let seal = self.seal(edition);
        self.act(login, |c, act| publish(c, act, &self.press(), edition, &seal, timing))
    }

    pub fn withdraw(&self, login: &str, edition: i64) -> Result<Edition, Refusal> {
        let seal = self.seal(edition);
        self.act(login, |c, act| withdraw(c, act, edition, &seal, "Số liệu chưa đúng", ""))
    }

    /// Saves over whatever stands now.
    pub fn save(&self, login: &str, edition: i64, written: &Written, filed: &Filed) -> Result<Saved, Refusal> {
        let base = self.text(edition).revision.id;
        self.act(login, |c, act| save(c, act, &self.press(), edition, base, written, filed))
    }

    /// All the way to the page.
    pub fn published(&self, title: &str, body: &str) -> Edition {
        let draft = self.begin("man.le", title, body);
        self.must(self.submit("man.le", draft.id));
        self.must(self.approve("duyet.pham", draft.id));
        self.must(self.publish("dang.vu", draft.id, Timing::default()))
    }

    pub fn must<T>(&self, outcome: Result<T, Refusal>) -> T {
        outcome.unwrap_or_else(|refusal| panic!("{}", self.portal.told(&refusal)))
    }

    pub fn state(&self, edition: i64) -> State {
        self.text(edition).edition.state()
    }

    pub fn pass(&self, seconds: i64) {
        self.portal.clock.set(self.portal.clock.now() + Duration::seconds(seconds));
    }

    pub fn verified(&self) {
        let found = verify(&self.portal.app.web.store, &self.portal.app.web.shelf).expect("it can be read");
        assert!(found.faults.is_empty(), "{:?}", found.faults);
    }
}

/// Which phrase a refusal says, or what it is.
pub fn said<T: std::fmt::Debug>(outcome: Result<T, Refusal>) -> String {
    match outcome.expect_err("it is refused") {
        Refusal::WrongState(phrase) | Refusal::Trouble(phrase) => phrase.key.to_owned(),
        Refusal::Issues(issues) => issues.iter().map(|issue| format!("{}:{}", issue.file, issue.phrase.key)).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

fn kept(saved: Saved) -> Edition {
    match saved {
        Saved::Kept(edition) => *edition,
        Saved::Beside(beside) => panic!("kept beside: {beside:?}"),
    }
}

fn both() -> [Desk; 2] {
    [Desk::open(None), Desk::open(Some(postgres()))]
}

#[test]
fn a_text_goes_from_draft_to_page_and_back() {
    for desk in both() {
        let path = "/tin/cho-phien-som-hon";
        let draft = desk.begin("man.le", "Chợ phiên sớm hơn", "Chợ họp lúc năm giờ.");
        assert_eq!((draft.state(), draft.drafted_by.as_str()), (State::Draft, "man.le"));
        assert_eq!(desk.portal.get(path).status, 404);
        desk.must(desk.submit("man.le", draft.id));
        let seal = desk.seal(draft.id);
        desk.must(desk.act("duyet.pham", |c, act| send_back(c, act, draft.id, &seal, "Ghi rõ ngày họp chợ.")));
        let mine = desk.must(desk.act("man.le", |c, _| find_desk::mine(c, &Reach::Everywhere, "man.le")));
        assert_eq!(mine[0].last.as_ref().map(|step| (step.name.as_str(), step.note.as_str())), Some(("sent_back", "Ghi rõ ngày họp chợ.")));
        kept(desk.must(desk.save("man.le", draft.id, &written("Chợ phiên sớm hơn", "Chợ họp lúc năm giờ, ngày 24."), &desk.filed())));
        desk.must(desk.submit("man.le", draft.id));
        desk.must(desk.approve("duyet.pham", draft.id));
        assert_eq!(desk.portal.get(path).status, 404);
        let seven = at("2026-11-21T19:00:00");
        desk.must(desk.publish("dang.vu", draft.id, Timing { starts: Some(seven), ends: None }));
        desk.portal.clock.set(seven - Duration::seconds(1));
        assert_eq!(desk.portal.get(path).status, 404);
        desk.portal.clock.set(seven);
        assert_eq!(desk.portal.get(path).text(".prose"), "Chợ họp lúc năm giờ, ngày 24.");

        desk.pass(3_600);
        let next = desk.must(desk.act("man.le", |c, act| begin_next(c, act, draft.document_id)));
        assert_eq!((next.number, next.dated_at, desk.text(next.id).revision.body.as_str()), (2, seven, "Chợ họp lúc năm giờ, ngày 24."));
        let again = desk.act("tham.tran", |c, act| begin_next(c, act, draft.document_id));
        assert_eq!(said(again), "road-open-already");
        let words = written("Chợ phiên sớm hơn", "Chợ họp lúc bốn giờ, ngày 24.");
        kept(desk.must(desk.save("man.le", next.id, &words, &desk.filed())));
        assert_eq!(said(desk.submit("man.le", next.id)), "change_note:road-no-note");
        let noted = Filed { change_note: "Sửa giờ họp.".into(), ..desk.filed() };
        kept(desk.must(desk.save("man.le", next.id, &words, &noted)));
        desk.must(desk.submit("man.le", next.id));
        let text = desk.text(next.id);
        let both =
            |c: &mut Conn, act: Act| approve_and_publish(c, act, &desk.press(), next.id, text.revision.id, &text.seal(), Timing::default());
        assert_eq!(said(desk.act("dang.vu", both)), "forbidden");
        assert_eq!(said(desk.act("duyet.pham", both)), "forbidden");
        desk.must(desk.act("ca.bui", both));
        let page = desk.portal.get(path);
        assert!(page.text(".prose").contains("bốn giờ") && page.text("main").contains("Sửa giờ họp."), "{}", page.body);

        // In the second of its publication: it was published, so what it replaced does not come back.
        desk.must(desk.withdraw("dang.vu", next.id));
        desk.pass(1);
        let gone = desk.portal.get(path);
        assert!(gone.status == 410 && gone.text("main").contains("Số liệu chưa đúng"), "{}", gone.body);
        let told = desk.must(desk.act("man.le", |c, _| find_history::history(c, &Reach::Everywhere, draft.document_id)));
        let names = |place: usize| told[place].steps.iter().map(|step| step.name.as_str()).collect::<Vec<_>>();
        assert_eq!(names(0), ["drafted", "revised", "revised", "submitted", "approved", "published", "withdrawn"]);
        assert_eq!(names(1), ["drafted", "submitted", "sent_back", "revised", "submitted", "approved", "published"]);
        let (old, new) = (desk.text(draft.id).revision, desk.text(next.id).revision);
        let compared = compare(&old, &new, Vec::new(), Vec::new(), "Ảnh:").expect("short texts");
        assert_eq!(compared.iter().map(|part| part.name).collect::<Vec<_>>(), ["body"]);
        desk.verified();
    }
}

#[test]
fn nobody_approves_what_he_had_a_hand_in() {
    let desk = Desk::open(None);
    let draft = desk.begin("ca.bui", "Một", "Chữ.");
    desk.must(desk.submit("ca.bui", draft.id));
    assert_eq!(said(desk.approve("ca.bui", draft.id)), "road-own-text");
    let seal = desk.seal(draft.id);
    desk.must(desk.act("duyet.pham", |c, act| send_back(c, act, draft.id, &seal, "Viết thêm.")));
    // Somebody else's submission does not make it somebody else's text.
    desk.must(desk.submit("tham.tran", draft.id));
    assert_eq!(said(desk.approve("ca.bui", draft.id)), "road-own-text");
    desk.must(desk.approve("duyet.pham", draft.id));
    let out = desk.must(desk.publish("ca.bui", draft.id, Timing::default()));
    // Nor does an undone publication wash his hands of it.
    let undone = desk.must(desk.act("ca.bui", |c, act| undo(c, act, &desk.press(), out.document_id)));
    let Undone::Publication { draft } = undone else { panic!("{undone:?}") };
    let minor = Filed { minor: true, ..desk.filed() };
    kept(desk.must(desk.save("tham.tran", draft.id, &written("Một", "Chữ khác."), &minor)));
    desk.must(desk.submit("tham.tran", draft.id));
    assert_eq!(said(desk.approve("ca.bui", draft.id)), "road-own-text");
    desk.must(desk.approve("duyet.pham", draft.id));
}

#[test]
fn an_approval_is_of_what_was_seen_and_of_nothing_else() {
    let desk = Desk::open(None);
    let draft = desk.begin("man.le", "Một", "Chữ.");
    let first = desk.text(draft.id);
    kept(desk.must(desk.save("man.le", draft.id, &written("Một", "Chữ khác."), &desk.filed())));
    let before = desk.text(draft.id);
    assert_eq!(said(desk.act("man.le", |c, act| submit(c, act, &desk.press(), draft.id, &first.seal()))), "stale");
    desk.must(desk.submit("man.le", draft.id));
    let seen = desk.text(draft.id);
    for (revision, seal) in [(first.revision.id, seen.seal()), (seen.revision.id, before.seal())] {
        assert_eq!(said(desk.act("duyet.pham", |c, act| approve(c, act, draft.id, revision, &seal))), "stale");
    }
    desk.must(desk.approve("duyet.pham", draft.id));
    // Behind the program's back: other words under the approval.
    let other = desk.begin("man.le", "Hai", "Lời không ai duyệt.");
    let raw = format!("UPDATE editions SET revision_id = {} WHERE id = {}", other.revision_id, draft.id);
    desk.portal.app.web.store.write(|c| Ok(diesel::sql_query(raw).execute(c)?)).expect("it is written");
    assert_eq!(said(desk.publish("dang.vu", draft.id, Timing::default())), "stale");
}

#[test]
fn whoever_has_no_right_is_refused_in_every_verb() {
    let desk = Desk::open(None);
    let draft = desk.begin("man.le", "Một", "Chữ.");
    let seal = desk.seal(draft.id);
    let stranger = person("la.mat", vec![Grant { role: Role::Editor, unit_id: Some(desk.ben_gao) }]);
    // Another author of the unit sees it, and mends only his own.
    let words = written("Một", "Chữ của người khác.");
    assert_eq!(said(desk.save("hoa.nguyen", draft.id, &words, &desk.filed())), "forbidden");
    assert_eq!(said(desk.submit("hoa.nguyen", draft.id)), "forbidden");
    assert_eq!(said(desk.act("hoa.nguyen", |c, act| discard(c, act, draft.id, &seal))), "forbidden");
    assert_eq!(said(desk.act("man.le", |c, act| urge(c, act, &desk.press(), draft.id, &seal, "Lũ về.", None))), "forbidden");
    assert_eq!(said(desk.act_as(&stranger, |c, act| text(c, act, draft.id))), "missing");
    assert_eq!(
        said(desk.act_as(&stranger, |c, act| save(c, act, &desk.press(), draft.id, draft.revision_id, &words, &desk.filed()))),
        "missing"
    );
    assert_eq!(
        said(desk.act_as(&stranger, |c, act| share::share(c, act, draft.id, &"k".repeat(43), act.now + Duration::days(1)))),
        "missing"
    );
    assert_eq!(said(desk.act_as(&stranger, |c, act| begin_next(c, act, draft.document_id))), "missing");
    assert_eq!(
        said(desk.act_as(&stranger, |c, act| past::restore_revision(c, act, &desk.press(), draft.document_id, draft.revision_id, &seal))),
        "missing"
    );
    // Into another unit only where he may write there, too.
    let away = Filed { unit_id: Some(desk.ben_gao), ..desk.filed() };
    assert_eq!(said(desk.save("man.le", draft.id, &words, &away)), "missing");
    assert_eq!(said(desk.act("man.le", |c, act| begin(c, act, &desk.press(), Kind::Article, None, &away, &words))), "missing");
    assert_eq!(said(desk.approve("man.le", draft.id)), "forbidden");
    desk.must(desk.submit("man.le", draft.id));
    assert_eq!(said(desk.approve("man.le", draft.id)), "forbidden");
    assert_eq!(said(desk.act("hoa.nguyen", |c, act| take_back(c, act, draft.id))), "forbidden");
    desk.must(desk.act("man.le", |c, act| take_back(c, act, draft.id)));
    assert_eq!(desk.state(draft.id), State::Draft);
    // A token opens only what it names.
    let mut who = desk.who("man.le");
    if let Who::Person(actor) = &mut who {
        actor.door = Door::Token { name: "máy đọc".into(), scope: vec![Verb::Look] };
    }
    assert_eq!(said(desk.act_as(&who, |c, act| submit(c, act, &desk.press(), draft.id, &seal))), "forbidden");
    assert_eq!(desk.state(draft.id), State::Draft);
}

#[test]
fn a_stale_tab_overwrites_nothing_and_loses_nothing() {
    for desk in both() {
        let draft = desk.begin("man.le", "Một", "Gốc.");
        let base = draft.revision_id;
        kept(desk.must(desk.save("tham.tran", draft.id, &written("Một", "Của biên tập viên."), &desk.filed())));
        let typed = written("Một", "Của tác giả, gõ mãi mới xong.");
        let filed = Filed { change_note: "Ghi chú gõ dở.".into(), ..desk.filed() };
        let tab = |c: &mut Conn, act: Act| save(c, act, &desk.press(), draft.id, base, &typed, &filed);
        let Saved::Beside(beside) = desk.must(desk.act("man.le", tab)) else { panic!("it was overwritten") };
        assert_eq!((beside.theirs.body.as_str(), beside.by.as_str()), ("Của biên tập viên.", "tham.tran"));
        assert_eq!(beside.base.map(|base| base.body), Some("Gốc.".to_owned()));
        assert_eq!(desk.text(draft.id).revision.body, "Của biên tập viên.");
        let told = desk.must(desk.act("man.le", |c, _| find_history::history(c, &Reach::Everywhere, draft.document_id)));
        let aside = told[0].steps.last().expect("a step");
        assert_eq!((aside.name.as_str(), aside.revision_id, aside.note.as_str()), ("set_aside", beside.mine, "Ghi chú gõ dở."));
        // Sent twice: kept once.
        let Saved::Beside(again) = desk.must(desk.act("man.le", tab)) else { panic!("it was overwritten") };
        assert_eq!(again.mine, beside.mine);
        // What was kept beside is taken up.
        let seal = desk.seal(draft.id);
        let restore = |c: &mut Conn, act: Act| past::restore_revision(c, act, &desk.press(), draft.document_id, beside.mine, &seal);
        let back = desk.must(desk.act("man.le", restore));
        assert_eq!(desk.text(back.id).revision.body, "Của tác giả, gõ mãi mới xong.");
        // It has gone on its way meanwhile: what is typed is kept all the same.
        desk.must(desk.submit("man.le", draft.id));
        let late = written("Một", "Gõ sau khi trình.");
        let saved = desk.must(desk.save("man.le", draft.id, &late, &desk.filed()));
        assert!(matches!(saved, Saved::Beside(_)), "{saved:?}");
        assert_eq!((desk.text(draft.id).revision.body.as_str(), desk.state(draft.id)), ("Của tác giả, gõ mãi mới xong.", State::Submitted));
        desk.verified();
    }
}

#[test]
fn nothing_changed_is_nothing_saved() {
    let desk = Desk::open(None);
    let draft = desk.begin("man.le", "Một", "Chữ.");
    let position = desk.portal.app.web.store.known_position();
    let typed = Written { title: "  Một ".into(), body: "Chữ.\r\n\r\n".into(), ..written("", "") };
    assert_eq!(kept(desk.must(desk.save("man.le", draft.id, &typed, &desk.filed()))).revision_id, draft.revision_id);
    assert_eq!(desk.portal.app.web.store.known_position(), position);
    kept(desk.must(desk.save("man.le", draft.id, &written("Một", "Chữ."), &Filed { section: "van-hoa".into(), ..desk.filed() })));
    assert!(desk.portal.app.web.store.known_position() > position);
}

#[test]
fn a_draft_may_lack_anything_and_a_submitted_text_nothing() {
    let desk = Desk::open(None);
    let former = desk.unit("huyen-ben-gao");
    let everywhere = person("ca.tinh", vec![Grant { role: Role::Author, unit_id: None }]);
    let facts = Article {
        source_url: "khong-phai".into(),
        picture: Some(Picture { file: "pictures/chua-co.png".into(), undescribed: true, ..Picture::default() }),
        ..Article::default()
    };
    let empty = Written { title: String::new(), lead: String::new(), body: String::new(), facts: Box::new(facts.clone()) };
    let draft = desk.must(desk.act_as(&everywhere, |c, act| begin(c, act, &desk.press(), Kind::Article, None, &Filed::default(), &empty)));
    assert_eq!(desk.text(draft.id).slug, "ban-nhap");
    let seal = desk.seal(draft.id);
    let refused = desk.act_as(&everywhere, |c, act| submit(c, act, &desk.press(), draft.id, &seal));
    assert_eq!(
        said(refused),
        "title:road-no-title body:road-no-body section:road-no-section unit:road-no-unit source_url:article-bad-source \
         picture_alt:road-picture-undescribed picture:road-no-file"
    );
    // It is called by its title as soon as it has one, while the public knows no address of it.
    let filed = Filed { unit_id: Some(former), section: "khong-co".into(), ends: Some(at("2026-11-20T08:00:00")), ..Filed::default() };
    let words = Written { body: "![](anh.png)\n".into(), ..written("Lễ hội", "") };
    let saved = desk.act_as(&everywhere, |c, act| save(c, act, &desk.press(), draft.id, draft.revision_id, &words, &filed));
    kept(desk.must(saved));
    assert_eq!(desk.text(draft.id).slug, "le-hoi");
    let seal = desk.seal(draft.id);
    assert_eq!(
        said(desk.act_as(&everywhere, |c, act| submit(c, act, &desk.press(), draft.id, &seal))),
        "section:road-section-unknown unit:road-unit-former body:image-undescribed body:road-no-file ends:road-ends-too-early"
    );
    desk.must(desk.act_as(&everywhere, |c, act| readdress(c, act, draft.id, "le-hoi-lang")));
    desk.verified();
    // What not even a draft may be.
    let endless = Written { title: "d".repeat(301), lead: "a\0b".into(), body: ">".repeat(60), ..written("", "") };
    let refused = desk.act_as(&everywhere, |c, act| save(c, act, &desk.press(), draft.id, draft.revision_id, &endless, &filed));
    assert_eq!(said(refused), "title:road-too-long lead:road-null body:import-tangled");
    let taken =
        desk.act_as(&everywhere, |c, act| begin(c, act, &desk.press(), Kind::Article, Some("le-hoi-lang"), &Filed::default(), &words));
    assert_eq!(said(taken), "slug:road-slug-taken");
    let second = desk
        .act_as(&everywhere, |c, act| begin(c, act, &desk.press(), Kind::Article, None, &Filed::default(), &written("Lễ hội làng", "")));
    assert_eq!(desk.text(desk.must(second).id).slug, "le-hoi-lang-2");
}

#[test]
fn an_urgent_text_shows_at_once_and_hangs_on_one_word_until_a_second_person_confirms() {
    for desk in both() {
        let draft = desk.begin("man.le", "Lũ về", "Di dời ngay.");
        let seal = desk.seal(draft.id);
        let short = desk.act("khan.do", |c, act| urge(c, act, &desk.press(), draft.id, &seal, "Lũ", None));
        assert_eq!(said(short), "reason:road-reason-short");
        let out = desk.must(desk.act("khan.do", |c, act| urge(c, act, &desk.press(), draft.id, &seal, "Lũ về trong một giờ.", None)));
        assert_eq!((out.state(), out.urgent.as_str(), desk.portal.get("/tin/lu-ve").status), (State::Published, "unconfirmed", 200));
        let waiting = desk.must(desk.act("dang.vu", |c, _| find_desk::unconfirmed(c, &Reach::Everywhere, "dang.vu")));
        let told = waiting[0].last.as_ref().map(|step| (step.actor.as_str(), step.note.as_str()));
        assert_eq!(told, Some(("khan.do", "Lũ về trong một giờ.")));
        // Neither who published it nor who wrote it is asked to confirm it.
        for login in ["khan.do", "man.le"] {
            assert!(desk.must(desk.act(login, |c, _| find_desk::unconfirmed(c, &Reach::Everywhere, login))).is_empty(), "{login}");
        }
        let seal = desk.seal(out.id);
        assert_eq!(said(desk.act("khan.do", |c, act| confirm(c, act, out.id, &seal))), "forbidden");
        // Also with the right: neither who published it nor who wrote it.
        let all = |login: &str| person(login, [Role::UrgentPublisher, Role::Reviewer].map(|role| Grant { role, unit_id: None }).into());
        assert_eq!(said(desk.act_as(&all("khan.do"), |c, act| confirm(c, act, out.id, &seal))), "road-own-urge");
        assert_eq!(said(desk.act_as(&all("man.le"), |c, act| confirm(c, act, out.id, &seal))), "road-own-text");
        assert_eq!(desk.must(desk.act("dang.vu", |c, act| confirm(c, act, out.id, &seal))).urgent, "confirmed");
        assert!(desk.must(desk.act("dang.vu", |c, _| find_desk::unconfirmed(c, &Reach::Everywhere, "dang.vu"))).is_empty());
        desk.verified();
    }
}

#[test]
fn a_slip_is_undone_within_a_minute_by_whoever_made_it() {
    for desk in both() {
        let first = desk.published("Một", "Bản một.");
        desk.pass(3_600);
        let next = desk.must(desk.act("man.le", |c, act| begin_next(c, act, first.document_id)));
        let minor = Filed { minor: true, ..desk.filed() };
        kept(desk.must(desk.save("man.le", next.id, &written("Một", "Bản hai."), &minor)));
        desk.must(desk.submit("man.le", next.id));
        desk.must(desk.approve("duyet.pham", next.id));
        desk.must(desk.publish("dang.vu", next.id, Timing::default()));
        let page = desk.portal.get("/tin/mot");
        assert!(page.text(".prose") == "Bản hai." && page.text("main").contains("Sửa nhỏ"), "{}", page.body);
        desk.pass(60);
        let undo = |login: &str| desk.act(login, |c, act| undo(c, act, &desk.press(), first.document_id));
        assert_eq!(said(undo("ca.bui")), "road-undo-late");
        let undone = desk.must(undo("dang.vu"));
        let Undone::Publication { draft } = undone else { panic!("{undone:?}") };
        // What stood before stands again, and nobody is told of an edition that nobody was to see.
        let page = desk.portal.get("/tin/mot");
        assert!(page.text(".prose") == "Bản một." && !page.body.contains("Sửa nhỏ"), "{}", page.body);
        assert_eq!(desk.portal.get("/tin/mot/ban/2").status, 404);
        assert_eq!((draft.number, draft.drafted_by.as_str(), desk.text(draft.id).revision.body.as_str()), (3, "man.le", "Bản hai."));
        assert_eq!(said(undo("dang.vu")), "road-undo-late");

        desk.must(desk.withdraw("dang.vu", first.id));
        assert_eq!(desk.portal.get("/tin/mot").status, 410);
        desk.pass(30);
        assert!(matches!(desk.must(undo("dang.vu")), Undone::Withdrawal { .. }));
        assert_eq!(desk.portal.get("/tin/mot").text(".prose"), "Bản một.");
        desk.must(desk.withdraw("dang.vu", first.id));
        desk.pass(61);
        assert_eq!(said(undo("dang.vu")), "road-undo-late");
        assert_eq!(desk.portal.get("/tin/mot").status, 410);
        desk.verified();
    }
}

#[test]
fn what_waits_for_its_hour_can_be_moved_or_taken_back_unseen() {
    let desk = Desk::open(None);
    let draft = desk.begin("man.le", "Hẹn giờ", "Chữ.");
    desk.must(desk.submit("man.le", draft.id));
    desk.must(desk.approve("duyet.pham", draft.id));
    let (nine, ten) = (at("2026-11-21T09:00:00"), at("2026-11-21T10:00:00"));
    let past = Timing { starts: Some(at("2026-11-21T07:59:59")), ends: None };
    assert_eq!(said(desk.publish("dang.vu", draft.id, past)), "starts:road-starts-past");
    assert_eq!(said(desk.publish("dang.vu", draft.id, Timing { starts: Some(ten), ends: Some(nine) })), "ends:road-ends-too-early");
    desk.must(desk.publish("dang.vu", draft.id, Timing { starts: Some(nine), ends: None }));
    let seal = desk.seal(draft.id);
    let moved = desk
        .must(desk.act("dang.vu", |c, act| reschedule(c, act, &desk.press(), draft.id, &seal, Timing { starts: Some(ten), ends: None })));
    assert_eq!((moved.starts_at, moved.dated_at), (ten, ten));
    desk.portal.clock.set(nine);
    assert_eq!(desk.portal.get("/tin/hen-gio").status, 404);
    let seal = desk.seal(draft.id);
    let back = desk.must(desk.act("dang.vu", |c, act| unschedule(c, act, &desk.press(), draft.id, &seal)));
    assert_eq!((back.number, back.state(), back.starts_at), (2, State::Draft, ten));
    desk.portal.clock.set(ten);
    assert_eq!(desk.portal.get("/tin/hen-gio").status, 404);
    // The public has seen nothing yet, so nothing has to be told of a change.
    desk.must(desk.submit("man.le", back.id));
    desk.must(desk.approve("duyet.pham", back.id));
    desk.must(desk.publish("dang.vu", back.id, Timing { starts: None, ends: Some(at("2026-11-21T11:00:00")) }));
    assert_eq!(desk.portal.get("/tin/hen-gio").status, 200);
    let seal = desk.seal(back.id);
    let begun = desk.act("dang.vu", |c, act| unschedule(c, act, &desk.press(), back.id, &seal));
    assert_eq!(said(begun), "road-begun-already");
    let past = Timing { starts: None, ends: Some(nine) };
    assert_eq!(said(desk.act("dang.vu", |c, act| reschedule(c, act, &desk.press(), back.id, &seal, past))), "ends:road-ends-too-early");
    desk.verified();
}

#[test]
fn the_trash_gives_back_what_was_thrown_away_and_its_links_stay_dead() {
    let desk = Desk::open(None);
    let draft = desk.begin("man.le", "Một", "Chữ.");
    let secret = "b".repeat(43);
    let opens = || desk.act("man.le", |c, act| share::shared(c, &secret, act.now).map(|text| text.revision.title));
    let long = desk.act("man.le", |c, act| share::share(c, act, draft.id, &secret, act.now + Duration::days(15)));
    assert_eq!(said(long), "ends:road-share-term");
    desk.must(desk.act("man.le", |c, act| share::share(c, act, draft.id, &secret, act.now + Duration::days(2))));
    assert_eq!(desk.must(opens()), "Một");
    let seal = desk.seal(draft.id);
    desk.must(desk.act("man.le", |c, act| discard(c, act, draft.id, &seal)));
    assert_eq!(said(opens()), "missing");
    desk.must(desk.act("man.le", |c, act| restore(c, act, draft.id)));
    assert_eq!((desk.state(draft.id), said(opens())), (State::Draft, "missing".to_owned()));
    desk.must(desk.act("man.le", |c, act| share::share(c, act, draft.id, &secret, act.now + Duration::days(2))));
    desk.must(desk.submit("man.le", draft.id));
    desk.must(desk.approve("duyet.pham", draft.id));
    assert_eq!(desk.must(opens()), "Một");
    desk.must(desk.publish("dang.vu", draft.id, Timing::default()));
    assert_eq!(said(opens()), "missing");
    let late = desk.act("man.le", |c, act| share::share(c, act, draft.id, &"c".repeat(43), act.now + Duration::days(2)));
    assert_eq!(said(late), "road-share-open");
    desk.verified();
}

#[test]
fn many_at_once_are_told_beforehand_and_done_all_or_none() {
    let desk = Desk::open(None);
    let drafts: Vec<Edition> = (1..=3).map(|number| desk.begin("man.le", &format!("Bài {number}"), "Chữ.")).collect();
    let bare = desk.begin("man.le", "Thiếu chữ", "");
    let mut ids: Vec<i64> = drafts.iter().map(|draft| draft.id).collect();
    ids.push(bare.id);
    let position = desk.portal.app.web.store.refresh_position().expect("a position");
    let (man, now) = (desk.who("man.le"), desk.portal.clock.now());
    let act = Act { now, who: &man };
    let lines = bulk::summary(&desk.portal.app.web.store, act, &desk.press(), &ids, &bulk::Bulk::Submit).expect("it is told");
    assert_eq!(lines.iter().map(|line| line.against.len()).collect::<Vec<_>>(), [0, 0, 0, 1]);
    assert_eq!(desk.portal.app.web.store.refresh_position().expect("a position"), position);
    let sealed = |ids: &[i64]| ids.iter().map(|id| (*id, desk.seal(*id))).collect::<Vec<_>>();
    let all = sealed(&ids);
    let refused = desk.act("man.le", |c, act| bulk::bulk(c, act, &desk.press(), &all, &bulk::Bulk::Submit));
    assert_eq!(said(refused), "thieu-chu:road-no-body");
    assert_eq!(desk.state(ids[0]), State::Draft);
    let moved = bulk::Bulk::Refile { section: "van-hoa".into() };
    assert_eq!(desk.must(desk.act("man.le", |c, act| bulk::bulk(c, act, &desk.press(), &all, &moved))), 4);
    assert_eq!(desk.text(ids[2]).edition.section, "van-hoa");
    let stale = desk.act("man.le", |c, act| bulk::bulk(c, act, &desk.press(), &all[..3], &bulk::Bulk::Submit));
    assert_eq!(said(stale), "bai-1:road-bulk-stale bai-2:road-bulk-stale bai-3:road-bulk-stale");
    let three = sealed(&ids[..3]);
    assert_eq!(desk.must(desk.act("man.le", |c, act| bulk::bulk(c, act, &desk.press(), &three, &bulk::Bulk::Submit))), 3);
    let three = sealed(&ids[..3]);
    desk.must(desk.act("duyet.pham", |c, act| bulk::bulk(c, act, &desk.press(), &three, &bulk::Bulk::Approve)));
    assert_eq!(ids.iter().map(|id| desk.state(*id).name()).collect::<Vec<_>>(), ["approved", "approved", "approved", "draft"]);
    desk.verified();
}

#[test]
fn what_is_one_too_many_to_be_held_is_refused_and_pushes_nothing_out() {
    for desk in both() {
        let now = desk.portal.clock.now();
        let hold = |person: i64, address: &str, text: &str| desk.portal.app.web.store.write(|c| held::hold(c, person, address, text, now));
        let count = |person: i64| desk.must(desk.portal.app.web.store.write(|c| Ok(held::all(c, person, now)?.len())));
        for number in 0..held::MOST {
            desk.must(hold(7, &format!("/ban-bien-tap/bai/{number}"), "a=1"));
        }
        let most = held::MOST as usize;
        assert_eq!((said(hold(7, "/ban-bien-tap/bai/khac", "a=2")), count(7)), ("road-held-full".to_owned(), most));
        desk.must(hold(7, "/ban-bien-tap/bai/0", "a=3"));
        // What would have to be put beside is not written over either.
        desk.must(desk.portal.app.web.store.write(|c| {
            held::let_go(c, 7, "/ban-bien-tap/bai/1")?;
            held::hold_over(c, 7, "/ban-bien-tap/bai/1", "a=4", None, now)
        }));
        assert_eq!(said(hold(7, "/ban-bien-tap/bai/1", "a=5")), "road-held-full");
        let stands = desk.must(desk.portal.app.web.store.write(|c| held::find(c, 7, "/ban-bien-tap/bai/1")));
        assert_eq!(stands.map(|held| held.text), Some("a=4&het-phien=1".to_owned()));
        assert_eq!(count(7), most);
        // And by their size together.
        let large = "a".repeat(held::MOST_BYTES);
        for number in 0..held::MOST_TOGETHER / held::MOST_BYTES {
            desk.must(hold(8, &format!("/ban-bien-tap/bai/{number}"), &large));
        }
        assert_eq!(said(hold(8, "/ban-bien-tap/bai/khac", &large)), "road-held-full");
        desk.must(hold(8, "/ban-bien-tap/bai/0", &large[1..]));
        desk.must(hold(8, "/ban-bien-tap/bai/khac", &"a".repeat(held::MOST_TOGETHER % held::MOST_BYTES)));
        assert_eq!(said(hold(8, "/ban-bien-tap/bai/them", "ab")), "road-held-full");
        desk.must(hold(9, "/ban-bien-tap/bai/them", "ab"));
    }
}

#[test]
fn what_waits_beside_keeps_its_place_when_another_has_gone() {
    for desk in both() {
        let now = desk.portal.clock.now();
        let path = "/ban-bien-tap/van-ban/1/khan";
        let act = |act: &dyn Fn(&mut Conn) -> Result<(), Refusal>| desk.must(desk.portal.app.web.store.write(|c| act(c)));
        let texts = |desk: &Desk| -> BTreeSet<String> {
            let all = desk.portal.app.web.store.write(|c| {
                let all = held::all(c, 7, now)?;
                all.iter().map(|(address, _)| Ok(held::find(c, 7, address)?.map(|held| held.text).unwrap_or_default())).collect()
            });
            desk.must(all)
        };
        for text in ["a=1", "a=2", "a=3"] {
            act(&|c| held::hold_over(c, 7, path, text, None, now));
        }
        act(&|c| held::hold_over(c, 7, path, "a=3", None, now));
        assert_eq!(texts(&desk).len(), 3, "the same is held once");
        act(&|c| held::let_go(c, 7, &format!("{path}?2")));
        act(&|c| held::hold_over(c, 7, path, "a=4", None, now));
        let over = |all: &[&str]| all.iter().map(|text| format!("{text}&het-phien=1")).collect::<BTreeSet<String>>();
        assert_eq!(texts(&desk), over(&["a=2", "a=3", "a=4"]));
        // Brought forward, it changes places.
        act(&|c| held::bring_forward(c, 7, &format!("{path}?3")));
        assert_eq!(
            desk.must(desk.portal.app.web.store.write(|c| held::find(c, 7, path))).map(|held| held.text),
            Some("a=2&het-phien=1".into())
        );
        assert_eq!(texts(&desk), over(&["a=2", "a=3", "a=4"]));
        // While one types on, what a session's end has left is not written over, and what was typed before is.
        act(&|c| held::hold(c, 7, path, "a=5", now));
        act(&|c| held::hold(c, 7, path, "a=56", now));
        assert_eq!(texts(&desk), &over(&["a=2", "a=3", "a=4"]) | &BTreeSet::from(["a=56".to_owned()]));
        // Two pages whose sessions are over go on sending what is typed there, each in its own place.
        for number in ["1", "12", "123"] {
            for (field, page) in [("b", "1a2b3c4d"), ("c", "5e6f7a8b")] {
                act(&|c| held::hold_over(c, 7, path, &format!("{field}={number}"), Some(page), now));
            }
        }
        act(&|c| held::hold(c, 7, path, "a=567", now));
        act(&|c| held::hold_over(c, 7, path, "b=1234", Some("1a2b3c4d"), now));
        let pages = ["a=56", "a=567", "b=1234&het-phien=1a2b3c4d", "c=123&het-phien=5e6f7a8b"].map(str::to_owned);
        assert_eq!(texts(&desk), &over(&["a=2", "a=3", "a=4"]) | &BTreeSet::from(pages));
    }
}

#[test]
fn what_was_typed_waits_for_whoever_typed_it() {
    for desk in both() {
        let now = desk.portal.clock.now();
        let act = |act: &dyn Fn(&mut Conn) -> Result<(), Refusal>| desk.must(desk.portal.app.web.store.write(|c| act(c)));
        for number in 0..25 {
            let later = now + Duration::seconds(number);
            act(&|c| held::hold(c, 7, &format!("/ban-bien-tap/bai/{number}"), "Gõ dở.", later));
        }
        act(&|c| held::hold(c, 7, "/ban-bien-tap/bai/24", "Gõ tiếp.", now + Duration::minutes(1)));
        act(&|c| {
            assert_eq!(held::all(c, 7, now)?.len(), 25, "nothing gives way to what is newer");
            assert_eq!(held::find(c, 7, "/ban-bien-tap/bai/24")?.map(|held| held.text), Some("Gõ tiếp.".to_owned()));
            assert_eq!(held::find(c, 8, "/ban-bien-tap/bai/24")?, None);
            assert_eq!(held::find(c, 7, "/ban-bien-tap/bai/0")?.map(|held| held.text), Some("Gõ dở.".to_owned()));
            held::let_go(c, 7, "/ban-bien-tap/bai/24")?;
            assert_eq!(held::find(c, 7, "/ban-bien-tap/bai/24")?, None);
            assert_eq!(held::all(c, 7, now + Duration::days(31))?.len(), 0, "its day has come");
            held::hold(c, 9, "/ban-bien-tap/bai/1", "Của người khác.", now + Duration::days(31))?;
            assert_eq!(held::all(c, 7, now)?.len(), 0);
            Ok(())
        });
        let draft = desk.begin("man.le", "Một", "Chữ.");
        act(&|c| {
            presence::note(c, draft.id, 7, now)?;
            presence::note(c, draft.id, 8, now + Duration::seconds(60))?;
            presence::note(c, draft.id, 7, now + Duration::seconds(70))?;
            let seen = |c: &mut Conn, person, seconds| -> Result<BTreeSet<i64>, Refusal> {
                let others = presence::others(c, draft.id, person, now + Duration::seconds(seconds))?;
                Ok(others.into_iter().map(|(person, _)| person).collect())
            };
            assert_eq!(seen(c, 7, 80)?, BTreeSet::from([8]));
            assert_eq!(seen(c, 9, 80)?, BTreeSet::from([7, 8]));
            assert_eq!(seen(c, 9, 215)?, BTreeSet::from([7]));
            assert!(presence::is_fresh(c, draft.id, 7, now + Duration::seconds(80))?);
            Ok(())
        });
    }
}
