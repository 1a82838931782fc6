//! Staff who try more than is theirs: scripts typed into every field, numbers of another commune's things, fields that no
//! form has.

use std::collections::{BTreeMap, BTreeSet};

use bangtin::desk::door::{For, SIGN_IN};
use bangtin::desk::ways::WAYS;
use bangtin::store::schema::{documents, editions, grants, log, persons, revisions, settings, steps, tokens};
use diesel::prelude::*;

use crate::desk_walls::{Ids, TEXTS, Walls, all_roles, begun, mark_of, things};
use crate::people::{Browser, PASSWORD, added, role, unit};
use crate::portal::{Portal, Reply};
use bangtin::person::access::Role;

/// What a field is given; `zq` and the field's name tell where it came from.
fn evil(field: &str) -> String {
    format!("\"'><script>zq</script><i onclick=zq>{field}zq{{{{7*7}}}}")
}

/// Whether nothing of it would run, and which fields were seen on it.
fn clean(reply: &Reply, what: &str) -> BTreeSet<String> {
    assert!(reply.status < 500, "{what}: {}", reply.status);
    let kind = reply.header("content-type").to_owned();
    assert_eq!(reply.header("x-content-type-options"), "nosniff", "{what}");
    assert!(!reply.body.contains("zq49"), "{what}: a template was made of what was typed");
    if kind.starts_with("text/html") || kind.contains("xml") {
        for raw in ["<script>zq", "<i onclick", "zq</script>"] {
            assert!(!reply.body.contains(raw), "{what}: {raw} stands there as it was typed: {}", reply.body);
        }
    }
    if kind.starts_with("text/html") {
        let page = reply.html();
        let everything = scraper::Selector::parse("*").expect("a selector");
        for element in page.select(&everything) {
            for (name, value) in element.value().attrs() {
                assert!(!name.starts_with("on"), "{what}: {name}={value}");
                let start: String = value.trim().to_lowercase().chars().filter(|c| !c.is_whitespace()).take(11).collect();
                let is_address = matches!(name, "href" | "src" | "action" | "formaction" | "xlink:href" | "data" | "srcdoc");
                let is_bad = start.starts_with("javascript:") || start.starts_with("data:text") || start.starts_with("vbscript:");
                assert!(!(is_address && is_bad), "{what}: {name}={value}");
            }
            assert!(element.value().name() != "script" || !element.text().any(|text| text.trim() == "zq"), "{what}");
        }
    }
    reply
        .body
        .split("zq")
        .filter_map(|part| part.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').next())
        .map(str::to_owned)
        .collect()
}

pub struct Form {
    pub action: String,
    is_post: bool,
    /// Name, value as it stands, and whether somebody types it.
    pub fields: Vec<(String, String, bool)>,
}

fn forms(reply: &Reply) -> Vec<Form> {
    let page = reply.html();
    let selector = |css: &str| scraper::Selector::parse(css).expect("a selector");
    let one = |form: scraper::ElementRef| {
        let named = selector("input[name], textarea[name], select[name], button[name]");
        let fields = form.select(&named).filter_map(|field| {
            let name = field.attr("name").unwrap_or_default().to_owned();
            let kind = field.attr("type").unwrap_or_default();
            let value = field.attr("value").unwrap_or_default().to_owned();
            match (field.value().name(), kind) {
                ("input", "checkbox" | "radio") => field.attr("checked").map(|_| (name, value, false)),
                ("input", "hidden") => Some((name, value, false)),
                ("select", _) => {
                    let chosen = field.select(&selector("option[selected]")).next().or_else(|| field.select(&selector("option")).next());
                    Some((name, chosen.and_then(|option| option.attr("value")).unwrap_or_default().to_owned(), false))
                }
                ("button", _) => None,
                ("textarea", _) => Some((name, field.text().collect(), true)),
                _ => Some((name, value, true)),
            }
        });
        let action = form.attr("action").unwrap_or_default().to_owned();
        Form { action, is_post: form.attr("method") == Some("post"), fields: fields.collect() }
    };
    page.select(&selector("form")).map(one).collect()
}

impl Form {
    /// With a script in every field that is typed, but for these.
    fn filled(&self, but: &[&str]) -> Vec<(String, String)> {
        self.fields
            .iter()
            .map(|(name, value, is_typed)| {
                let value = if *is_typed && !but.contains(&name.as_str()) { evil(name) } else { value.clone() };
                (name.clone(), value)
            })
            .collect()
    }
}

fn sent(browser: &mut Browser, path: &str, fields: &[(String, String)]) -> Reply {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post_marked(path, &fields)
}

/// The form of a page that is sent to an address with this end.
pub fn form_of(browser: &Browser, page: &str, end: &str) -> Form {
    let reply = browser.get(page);
    let found = forms(&reply).into_iter().find(|form| form.is_post && form.action.ends_with(end));
    found.unwrap_or_else(|| panic!("{page} has no form for {end}: {} {}", reply.status, reply.text("main")))
}

/// Fills a page's form and sends it: the answer, which had better be what it says here.
fn play(browser: &mut Browser, page: &str, end: &str, but: &[&str], more: &[(&str, &str)]) -> Reply {
    let form = form_of(browser, page, end);
    let mut fields = form.filled(but);
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend(more.iter().map(|(name, value)| (name.to_string(), value.to_string())));
    let reply = sent(browser, &form.action, &fields);
    clean(&reply, &format!("{page} by {end}"));
    assert_eq!(reply.status, 303, "{page}{end}: {} {}", reply.text(".issues"), reply.text("main"));
    reply
}

/// Follows every link of the portal's own from here, and looks at each page.
fn crawl(browser: &Browser, starts: Vec<String>) -> BTreeMap<String, BTreeSet<String>> {
    let mut known: BTreeSet<String> = starts.iter().cloned().collect();
    let (mut waiting, mut seen) = (starts, BTreeMap::new());
    while let Some(path) = waiting.pop() {
        let reply = browser.get(&path);
        let shown = clean(&reply, &path);
        if reply.header("content-type").starts_with("text/html") {
            let links = [("a[href]", "href"), ("iframe[src]", "src"), ("link[rel=alternate]", "href")];
            for link in links.into_iter().flat_map(|(css, name)| reply.attributes(css, name)) {
                let link = link.split('#').next().unwrap_or_default().replace("https://thu.example", "");
                let is_own = link.starts_with('/') && !link.starts_with("//") && !link.starts_with("/static");
                if is_own
                    && !link.starts_with("/don-vi/")
                    && !link.contains("?thang=")
                    && !link.starts_with("/en/don-vi/")
                    && known.len() < 400
                    && known.insert(link.clone())
                {
                    waiting.push(link);
                }
            }
        }
        seen.insert(path, shown);
    }
    seen
}

#[test]
fn a_script_typed_into_any_field_runs_on_no_page() {
    let walls = Walls::open();
    let portal = &walls.portal;
    let (mut browser, ids) = walls.everything();
    added(portal, "duyet.pham", "Phạm Thị Duyệt", &all_roles(None));
    let mut second = Browser::of(portal, "duyet.pham");
    // A browser says of itself what it likes.
    let agent = evil("agent");
    let entry = form_urlencoded::Serializer::new(String::new())
        .append_pair("login", "ca.bui")
        .append_pair("password", crate::people::PASSWORD)
        .finish();
    assert_eq!(portal.post(SIGN_IN, &[("user-agent", &agent)], &entry).status, 303);
    // The site's own description first: it stands on every page.
    let words = ["address", "accent", "accent_dark", "idle_minutes", "absolute_hours", "section_slug", "contact_email"];
    let form = form_of(&browser, "/ban-bien-tap/cai-dat", "/cai-dat");
    let mut fields = form.filled(&words);
    let last = fields.iter().rposition(|(name, _)| name == "section_slug").expect("an empty row");
    fields[last].1 = "muc-moi".into();
    let kept = sent(&mut browser, &form.action, &fields);
    assert_eq!(kept.status, 303, "{}", kept.text(".issues"));
    // A text with a correction, sent back, approved, published, corrected, withdrawn.
    let begun = begun(&mut browser, "xa-dong-kieu", &evil("new"));
    let text = format!("{TEXTS}/{begun}");
    let body = format!(
        "{}\n\n[xem](javascript:alert(1)) [xem](JaVaScRiPt:alert(1)) <a href=\"javascript:alert(1)\">x</a>\n\n## {}\n",
        evil("body"),
        evil("heading")
    );
    let usual = [("ends", ""), ("source_url", ""), ("body", body.as_str())];
    let edit = |browser: &mut Browser, more: &[(&str, &str)]| {
        play(browser, &format!("{text}/sua"), "/sua", &[], &[&usual, more].concat());
    };
    edit(&mut browser, &[("picture", "pictures/a.png")]);
    let bad = form_of(&browser, &format!("{text}/sua"), "/sua");
    let mut fields = bad.filled(&["title", "ends"]);
    fields.iter_mut().filter(|(name, _)| name == "source_url").for_each(|(_, value)| *value = "javascript:alert(1)".into());
    clean(&sent(&mut browser, &bad.action, &fields), "an address that is a script");
    edit(&mut browser, &[("picture", "pictures/a.png")]);
    play(&mut browser, &text, "/gui", &[], &[]);
    play(&mut second, &format!("{text}/duyet"), "/tra-lai", &[], &[]);
    play(&mut browser, &text, "/gui", &[], &[]);
    play(&mut second, &format!("{text}/duyet"), "/duyet", &["starts"], &[("when", "now")]);
    crawl(&browser, vec!["/".into(), "/atom.xml".into(), "/rss.xml".into(), "/feed.json".into()]);
    // Half a minute: what was published in one second with its successor was never seen.
    portal.clock.set(portal.clock.now() + chrono::TimeDelta::seconds(30));
    play(&mut browser, &text, "/ban-moi", &[], &[]);
    edit(&mut browser, &[("title", &evil("later"))]);
    play(&mut browser, &text, "/gui", &[], &[]);
    play(&mut second, &format!("{text}/duyet"), "/duyet", &["starts"], &[("when", "now")]);
    // Another in a hurry, and one that is taken down.
    let urgent = self::begun(&mut second, "xa-dong-kieu", &evil("urgent"));
    play(&mut second, &format!("{TEXTS}/{urgent}/sua"), "/sua", &[], &usual);
    play(&mut second, &format!("{TEXTS}/{urgent}/khan"), "/khan", &["ends"], &[("reason", &evil("urge"))]);
    let gone = self::begun(&mut second, "xa-dong-kieu", &evil("gone"));
    play(&mut second, &format!("{TEXTS}/{gone}/sua"), "/sua", &[], &usual);
    play(&mut second, &format!("{TEXTS}/{gone}/khan"), "/khan", &["ends"], &[]);
    portal.clock.set(portal.clock.now() + chrono::TimeDelta::minutes(5));
    play(&mut second, &format!("{TEXTS}/{gone}/go"), "/go", &[], &[("reason", &evil("withdraw")), ("replaced_by", "")]);
    // People and tokens.
    play(&mut browser, "/ban-bien-tap/nguoi/tham.tran", "/ten", &[], &[]);
    let token = form_of(&browser, "/ban-bien-tap/toi", "/ma-truy-cap");
    let mut fields = token.filled(&[]);
    fields.retain(|(name, _)| name != "token_password");
    fields.extend([("scope".into(), "look".into()), ("token_password".into(), PASSWORD.into())]);
    fields.iter_mut().filter(|(name, _)| name == "token_name").for_each(|(_, name)| *name = "\"'><i onclick=zq>token_namezq".into());
    let made = sent(&mut browser, &token.action, &fields);
    clean(&made, "a token");
    assert_eq!(made.status, 200, "{}", made.text(".issues"));

    // What is stored, wherever it is shown.
    let mut starts: Vec<String> = WAYS
        .iter()
        .filter(|way| way.read.is_some() && !way.path.contains("khan") && way.path != SIGN_IN)
        .map(|way| ids.address(way.path))
        .collect();
    starts.extend(
        ["/", "/en", "/atom.xml", "/rss.xml", "/feed.json", "/sitemap.xml", "/don-vi/xa-dong-kieu", "/trang/lien-he"].map(String::from),
    );
    starts.push(format!("{text}/so-sanh?cu=1&moi=2"));
    let seen = crawl(&browser, starts);
    let public: BTreeSet<&String> =
        seen.iter().filter(|(path, _)| !path.starts_with("/ban-bien-tap")).flat_map(|(_, shown)| shown).collect();
    for field in [
        "later",
        "lead",
        "body",
        "byline",
        "source_credit",
        "alt",
        "caption",
        "credit",
        "change_note",
        "urgent",
        "name",
        "tagline",
        "owner",
        "contact_address",
        "contact_phone",
        "section_name",
    ] {
        assert!(public.contains(&field.to_owned()), "{field} is on none of {:?}", seen.keys().collect::<Vec<_>>());
    }
    let shown: BTreeSet<&String> = seen.values().flatten().collect();
    for field in ["new", "title", "reason", "urge", "withdraw", "token_name", "name", "section_about", "tagline_en", "owner_en"] {
        assert!(shown.contains(&field.to_owned()), "{field} is on no page at all");
    }
    assert!(portal.get(&format!("/tin/{}", slug(portal, gone))).text("main").contains("withdrawzq"));
    assert!(seen.len() > 60, "{}", seen.len());

    // And what comes straight back: every form of every page, and every question of every address.
    let mut fields_met = BTreeSet::new();
    for path in seen.keys().filter(|path| path.starts_with("/ban-bien-tap") && !path.contains('?')) {
        for form in forms(&browser.get(path)) {
            let is_end = ["/dang-xuat", "/khoa", "/phien", "/bo-vai-tro", "/dat-lai", "/bo"]
                .iter()
                .any(|end| form.action.ends_with(end) || form.action.contains("/phien"));
            if is_end {
                continue;
            }
            let fields = form.filled(&[]);
            fields_met.extend(form.fields.iter().filter(|(.., is_typed)| *is_typed).map(|(name, ..)| name.clone()));
            let reply = if form.is_post {
                sent(&mut browser, &form.action, &fields)
            } else {
                browser.get(&format!("{}?{}", form.action, form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish()))
            };
            clean(&reply, &format!("{} of {path}", form.action));
        }
        let all = [
            "tim",
            "nguoi",
            "viec",
            "loai",
            "tu-ngay",
            "den-ngay",
            "truoc",
            "trang",
            "trang-thai",
            "don-vi",
            "chuyen-muc",
            "sap-xep",
            "vai-tro",
            "thang",
            "ban",
            "cu",
            "moi",
            "da",
            "hoan-tac",
            "ma",
            "sau",
        ];
        for name in all {
            let query = form_urlencoded::Serializer::new(String::new()).append_pair(name, &evil(name)).finish();
            clean(&browser.get(&format!("{path}?{query}")), &format!("{path}?{name}"));
        }
    }
    let stranger = Browser::new(portal);
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("sau", &evil("sau")).append_pair("ma", &evil("ma")).finish();
    for path in [SIGN_IN, "/ban-bien-tap/lien-ket"] {
        clean(&stranger.get(&format!("{path}?{query}")), path);
        let typed: Vec<(String, String)> = ["login", "name", "password", "ma", "sau"].map(|name| (name.to_owned(), evil(name))).into();
        clean(&sent(&mut Browser::new(portal), path, &typed), path);
    }
    for name in ["title", "reason", "tim", "login", "name", "token_name", "owner", "replaced_by", "code", "old", "nguoi"] {
        assert!(fields_met.contains(name), "no form asked for {name}: {fields_met:?}");
    }
}

fn slug(portal: &Portal, document: i64) -> String {
    let mut c = portal.app.web.store.read().expect("it opens");
    documents::table.find(document).select(documents::slug).first(&mut *c).expect("it is there")
}

/// A status and everything of the answer that a guess could be read from, but for the guess itself.
fn told(reply: &Reply, guess: &str) -> (u16, Vec<(String, String)>, String) {
    let without = |text: &str| if guess.is_empty() { text.to_owned() } else { text.replace(guess, "…") };
    let headers = reply.headers().iter().filter(|(name, _)| !["date", "x-request-id", "content-length"].contains(&name.as_str()));
    (reply.status, headers.map(|(name, value)| (name.clone(), without(value))).collect(), without(&reply.body))
}

/// Whether two answers tell the same, and only the first line in which they do not.
fn alike(one: (u16, Vec<(String, String)>, String), other: (u16, Vec<(String, String)>, String), what: &str) {
    assert_eq!((one.0, one.1), (other.0, other.1), "{what}");
    let differs = one.2.lines().zip(other.2.lines()).find(|(one, other)| one != other);
    assert_eq!(differs, None, "{what}");
    assert_eq!(one.2.lines().count(), other.2.lines().count(), "{what}");
}

#[test]
fn a_commune_is_told_nothing_of_another_one_s_texts_and_people() {
    let walls = Walls::open();
    let portal = &walls.portal;
    let (here, there) = (unit(portal, "Đông Kiều"), unit(portal, "Bến Gạo"));
    added(portal, "an.do", "Đỗ Văn An", &all_roles(Some(here)));
    added(portal, "bac.ly", "Lý Thị Bắc", &all_roles(Some(there)));
    added(portal, "ben.tran", "Trần Văn Bến", &[role(Role::Author, Some(there))]);
    let mut other = Browser::of(portal, "bac.ly");
    let ids = things(&mut other, "xa-ben-gao", "ben.tran");
    let hidden = begun(&mut other, "xa-ben-gao", "Chuyện riêng của Bến Gạo");
    let text = format!("{TEXTS}/{hidden}");
    play(
        &mut other,
        &format!("{text}/sua"),
        "/sua",
        &["ends", "source_url"],
        &[("title", "Chuyện riêng của Bến Gạo"), ("body", "Lời kín.")],
    );
    let mut browser = Browser::of(portal, "an.do");
    let own = begun(&mut browser, "xa-dong-kieu", "Chuyện của ta");
    let revision = |document: i64| -> i64 {
        let mut c = portal.app.web.store.read().expect("it opens");
        let all = revisions::table.filter(revisions::document_id.eq(document)).order(revisions::id.desc());
        all.select(revisions::id).first(&mut *c).expect("it has one")
    };
    let edition = |document: i64| -> i64 {
        let mut c = portal.app.web.store.read().expect("it opens");
        editions::table.filter(editions::document_id.eq(document)).select(editions::id).first(&mut *c).expect("it has one")
    };
    let (mine, theirs) = (revision(own), revision(hidden));
    let mark = mark_of(browser.cookie.trim_start_matches("bangtin="));
    let before = walls.written();

    let nothing =
        Ids { document: 8_765, session: 8_766, token: 8_767, login: "ben.trin".into(), label: "xa-ben-trin".into(), ..ids.clone() };
    let there = Ids { document: hidden, label: "xa-ben-gao".into(), ..ids.clone() };
    let mut asked = 0;
    for way in WAYS.iter().filter(|way| way.kind == For::Staff && way.path.contains('{') && !way.path.contains("{name")) {
        let (guess, none) = (there.address(way.path), nothing.address(way.path));
        let fields =
            format!("mark={mark}&title=x&reason=Lý do dài&revision={theirs}&role=author&unit={here}&name=x&base={theirs}&then=stay");
        if way.read.is_some() {
            for query in ["", "?ban=1", &format!("?cu={theirs}&moi={theirs}")] {
                let (found, missing) = (browser.get(&format!("{guess}{query}")), browser.get(&format!("{none}{query}")));
                assert_eq!(found.status, 404, "{guess}{query}");
                alike(told(&found, &guess), told(&missing, &none), &format!("{guess}{query}"));
            }
        }
        if way.act.is_some() {
            let send = |path: &str| portal.post(path, &[("cookie", &browser.cookie)], &fields);
            let (found, missing) = (send(&guess), send(&none));
            assert_eq!(found.status, 404, "POST {guess}: {}", found.text("main"));
            alike(told(&found, &guess), told(&missing, &none), &format!("POST {guess}"));
        }
        asked += 1;
    }
    assert!(asked > 30, "{asked}");

    // Under an address of one's own.
    let (theirs_said, none_said) = (theirs.to_string(), "8765".to_owned());
    for path in [format!("{TEXTS}/{own}/so-sanh?cu={mine}&moi=#"), format!("{TEXTS}/{own}/so-sanh?cu=#&moi={mine}")] {
        let said = |number: &str| told(&browser.get(&path.replace('#', number)), "");
        assert_eq!(said(&theirs_said).0, 404, "{path}");
        alike(said(&theirs_said), said(&none_said), &path);
    }
    let mut send = |path: &str, fields: &[(&str, &str)], guess: &str| told(&browser.post(path, fields), guess);
    let restore = format!("{TEXTS}/{own}/phuc-hoi-ban");
    assert_eq!(send(&restore, &[("revision", &theirs_said)], "").0, 404);
    alike(send(&restore, &[("revision", &theirs_said)], ""), send(&restore, &[("revision", &none_said)], ""), "restoring");
    for act in ["submit", "discard", "withdraw"] {
        for confirmed in [None, Some(("lam", "1"))] {
            let mut said = |edition: i64| {
                let chosen = format!("{edition}.abc");
                let mut fields = vec![("viec", act), ("chosen", chosen.as_str()), ("reason", "Một lý do đủ dài")];
                fields.extend(confirmed);
                send(&format!("{TEXTS}/nhieu"), &fields, "")
            };
            alike(said(edition(hidden)), said(8_765), &format!("{act} {confirmed:?}"));
        }
    }
    // What he typed waits in his own drawer, whether there is such a text or not.
    assert_eq!(walls.written().1, before.1, "and nothing was done");
    // A text of one's own filed with a neighbour, or said to stand on a neighbour's words.
    let base = mine.to_string();
    let away = [("title", "Chuyện"), ("unit", "xa-ben-gao"), ("section", "tin-dia-phuong"), ("base", base.as_str())];
    assert_eq!(send(&format!("{TEXTS}/{own}/sua"), &away, "").0, 404);
    assert_eq!(send(&format!("{TEXTS}/moi"), &away, "").0, 404);
    let mut on = |base: &str| {
        let fields = [("title", "Chuyện"), ("unit", "xa-dong-kieu"), ("base", base)];
        send(&format!("{TEXTS}/{own}/sua"), &fields, &format!("name=\"base\" value=\"{base}\""))
    };
    assert_eq!(on(&theirs_said).0, 409);
    alike(on(&theirs_said), on(&none_said), "a base");
    // Nor do lists, the log or its files know of it.
    let mut starts: Vec<String> =
        WAYS.iter().filter(|way| way.read.is_some() && !way.path.contains('{')).map(|way| way.path.to_owned()).collect();
    starts.extend([
        format!("{TEXTS}?don-vi=xa-ben-gao"),
        format!("{TEXTS}?tim=rieng"),
        "/ban-bien-tap/nhat-ky?nguoi=bac.ly".into(),
        "/".into(),
    ]);
    for (path, _) in crawl(&browser, starts) {
        let page = browser.get(&path).body;
        for kept in ["Chuyện riêng", "chuyen-rieng", "Lời kín", "ben.tran", "Trần Văn Bến", "Lý Thị Bắc"] {
            assert!(!page.contains(kept), "{path} tells {kept}");
        }
    }
}

/// Fields that no form has, named as the house names what is behind them.
const MORE: [&str; 44] = [
    "id",
    "document_id",
    "edition_id",
    "revision_id",
    "state",
    "state_name",
    "urgent",
    "drafted_by",
    "number",
    "dated_at",
    "day_only",
    "views",
    "sample",
    "unit_id",
    "unit_ids",
    "slug",
    "kind",
    "shown_from",
    "shown_until",
    "starts_at",
    "ends_at",
    "superseded_at",
    "withdrawn_at",
    "replaced_by_id",
    "made_by",
    "actor",
    "who",
    "login",
    "role",
    "roles",
    "grants",
    "password_hash",
    "disabled_at",
    "totp_secret",
    "is_keeper",
    "person_id",
    "approval",
    "digest",
    "files",
    "attachments",
    "former",
    "first_slug",
    "first_address",
    "unit_code",
];

/// One life of a text and of a person, through the forms; with fields beside those that the forms have, or without.
fn life(more: bool) -> (Walls, Vec<String>) {
    let walls = Walls::open();
    let portal = &walls.portal;
    let there = unit(portal, "Bến Gạo").to_string();
    let here = unit(portal, "Đông Kiều").to_string();
    added(portal, "ca.bui", "Bùi Thị Ca", &all_roles(None));
    added(portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, Some(unit(portal, "Đông Kiều")))]);
    let (mut author, mut chief) = (Browser::of(portal, "tham.tran"), Browser::of(portal, "ca.bui"));
    let send = |browser: &mut Browser, path: &str, fields: &[(&str, &str)]| {
        let mut fields: Vec<(&str, &str)> = fields.to_vec();
        if more {
            for name in MORE {
                let value = match name {
                    "state" | "state_name" => "published",
                    "role" | "roles" => "keeper",
                    "unit_id" | "unit_ids" | "unit_code" => there.as_str(),
                    "drafted_by" | "actor" | "made_by" | "login" | "who" => "ca.bui",
                    "slug" | "former" | "first_slug" => "chiem-cho",
                    "dated_at" | "starts_at" | "shown_from" => "2020-01-01T00:00:00",
                    _ => "99",
                };
                // What the form does ask for is its own.
                let is_asked = fields.iter().any(|(known, _)| *known == name) || path.contains("nguoi") && matches!(name, "role" | "login");
                if !is_asked {
                    fields.push((name, value));
                }
            }
        }
        let reply = browser.post(path, &fields);
        assert!(matches!(reply.status, 200 | 303), "{path}: {} {}", reply.status, reply.text("main"));
        reply
    };
    let begun = send(
        &mut author,
        &format!("{TEXTS}/moi"),
        &[("kind", "article"), ("title", "Họp chợ"), ("unit", "xa-dong-kieu"), ("section", "tin-dia-phuong")],
    );
    let document: i64 = begun.header("location").split('/').nth(3).and_then(|id| id.parse().ok()).expect("a number");
    let text = format!("{TEXTS}/{document}");
    let saved = |browser: &mut Browser, body: &str, note: &str| {
        let base =
            form_of(browser, &format!("{text}/sua"), "/sua").fields.iter().find(|field| field.0 == "base").expect("a base").1.clone();
        let fields = [
            ("base", base.as_str()),
            ("title", "Họp chợ"),
            ("lead", "Sớm."),
            ("body", body),
            ("unit", "xa-dong-kieu"),
            ("section", "tin-dia-phuong"),
            ("change_note", note),
            ("then", "stay"),
        ];
        send(browser, &format!("{text}/sua"), &fields);
    };
    let seal = |browser: &Browser, page: &str| browser.get(&format!("{text}{page}")).attributes("input[name=seal]", "value")[0].clone();
    saved(&mut author, "Lúc năm giờ.", "");
    let seen = seal(&author, "");
    send(&mut author, &format!("{text}/gui"), &[("seal", &seen)]);
    let (seen, revision) =
        (seal(&chief, "/duyet"), chief.get(&format!("{text}/duyet")).attributes("input[name=revision]", "value")[0].clone());
    send(&mut chief, &format!("{text}/duyet"), &[("seal", &seen), ("revision", &revision)]);
    let seen = seal(&chief, "/dang");
    send(&mut chief, &format!("{text}/dang"), &[("seal", &seen), ("when", "now"), ("starts", ""), ("ends", "")]);
    send(&mut author, &format!("{text}/ban-moi"), &[]);
    saved(&mut author, "Lúc bốn giờ.", "Sửa giờ.");
    let seen = seal(&author, "/bo");
    send(&mut author, &format!("{text}/bo"), &[("seal", &seen)]);
    portal.clock.set(portal.clock.now() + chrono::TimeDelta::minutes(3));
    let seen = seal(&chief, "/go");
    send(&mut chief, &format!("{text}/go"), &[("seal", &seen), ("reason", "Số liệu chưa đúng"), ("replaced_by", "")]);
    send(&mut chief, "/ban-bien-tap/nguoi/tham.tran/ten", &[("name", "Trần Thu Thắm")]);
    send(&mut chief, "/ban-bien-tap/nguoi/tham.tran/giao-vai-tro", &[("role", "editor"), ("unit", &here)]);
    send(&mut chief, "/ban-bien-tap/them-nguoi", &[("login", "son.do"), ("name", "Đỗ Văn Sơn"), ("role", "author"), ("unit", &here)]);
    send(
        &mut author,
        "/ban-bien-tap/toi/ma-truy-cap",
        &[("token_name", "máy"), ("scope", "look"), ("days", "30"), ("token_password", PASSWORD)],
    );
    let settings_form = form_of(&chief, "/ban-bien-tap/cai-dat", "/cai-dat");
    let mut fields: Vec<(&str, &str)> = settings_form.fields.iter().map(|(name, value, _)| (name.as_str(), value.as_str())).collect();
    fields.iter_mut().filter(|(name, _)| *name == "owner").for_each(|(_, value)| *value = "UBND tỉnh (mẫu)");
    fields.extend([("number", "1"), ("unit_id", &there)].into_iter().filter(|_| more));
    let fields: Vec<(String, String)> = fields.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    assert_eq!(sent(&mut chief, "/ban-bien-tap/cai-dat", &fields).status, 303);

    let mut c = portal.app.web.store.read().expect("it opens");
    let mut rows: Vec<String> = Vec::new();
    macro_rules! told {
        ($table:ident: $($row:ty),+; $select:expr) => {
            let all: Vec<($($row,)+)> = $table::table.order($table::id.asc()).select($select).load(&mut *c).expect("rows");
            rows.extend(all.iter().map(|row| format!("{} {row:?}", stringify!($table))));
        };
    }
    use bangtin::kit::clock::Moment;
    told!(documents: i64, String, String, Moment; (documents::id, documents::kind, documents::slug, documents::created_at));
    let all: Vec<bangtin::edition::Edition> =
        editions::table.order(editions::id.asc()).select(bangtin::edition::Edition::as_select()).load(&mut *c).expect("rows");
    rows.extend(all.iter().map(|row| format!("{row:?}")));
    told!(revisions: i64, i64, String, String, String, String; (revisions::id, revisions::document_id, revisions::title, revisions::body, revisions::facts, revisions::source));
    told!(steps: i64, i64, String, String, String; (steps::id, steps::edition_id, steps::name, steps::actor, steps::note));
    told!(persons: i64, String, String, Option<Moment>, Option<String>; (persons::id, persons::login, persons::name, persons::disabled_at, persons::totp_secret));
    told!(grants: i64, i64, String, Option<i64>; (grants::id, grants::person_id, grants::role, grants::unit_id));
    told!(tokens: i64, i64, String, String, Moment; (tokens::id, tokens::person_id, tokens::name, tokens::scope, tokens::ends_at));
    let kept: Vec<(String, String)> =
        settings::table.order(settings::name.asc()).select((settings::name, settings::text)).load(&mut *c).expect("rows");
    rows.extend(kept.iter().filter(|(name, _)| name == bangtin::web::SITE_SETTING).map(|row| format!("{row:?}")));
    let acts: Vec<(i64, String, String, String)> =
        log::table.order(log::position.asc()).select((log::position, log::actor, log::act, log::subject)).load(&mut *c).expect("rows");
    rows.extend(acts.iter().map(|row| format!("{row:?}")));
    drop(c);
    (walls, rows)
}

#[test]
fn what_no_form_asks_for_changes_nothing() {
    let ((_plain, without), (_more, with)) = (life(false), life(true));
    assert!(without.len() > 40 && without.iter().any(|row| row.contains("withdrawn")), "{without:#?}");
    for (without, with) in without.iter().zip(&with) {
        assert_eq!(without, with);
    }
    assert_eq!(without.len(), with.len());
}
