//! The API: everything that its description says is there and answers so, to those whose token and roles allow it.

use std::cell::RefCell;
use std::collections::BTreeSet;

use bangtin::api::ask::Ask;
use bangtin::api::problem::Fault;
use bangtin::api::rate::OF_TOKEN;
use bangtin::api::ways::{WAYS, paths};
use bangtin::kit::refusal::Refusal;
use bangtin::kit::words::Lang;
use bangtin::person::access::{Role, Verb};
use bangtin::person::token::{self, SCOPE};
use bangtin::person::{Act, Who, keep, roll};
use chrono::Duration;
use serde_json::{Value, json};

use crate::folder::Folder;
use crate::people::{Browser, COMMAND, added, done, limits, role, unit, who};
use crate::portal::{Portal, Reply, at};
use crate::store::postgres;

const JSON: (&str, &str) = ("content-type", "application/json");

/// The portal with its people: each with his roles in Đông Kiều.
fn office(database: Option<String>) -> Portal {
    let portal = Portal::on(database);
    let folder = Folder::new();
    folder.file("site.toml", format!("{}\n[desk]\nsecond_factor = []\n", crate::folder::SITE));
    folder.picture("pictures/cau.png", 700, 400);
    folder.article(
        "cho-phien",
        "title = \"Chợ phiên Bến Gạo\"\nunit = \"99002\"\n\n[picture]\nfile = \"pictures/cau.png\"\nalt = \"Cầu\"",
        "Chợ họp.",
    );
    folder.rules();
    folder.file("places.csv", "unit,slug,kind,name,location,keeper,phone,opened,closed\nxa-dong-kieu,tru-so,seat,Trụ sở,,,,2025-07-01,\n");
    folder.posting("ngan-sach", "kind = \"ngan-sach-xa\"", "Công khai.");
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    assert_eq!(portal.get("/").status, 200);
    let here = Some(unit(&portal, "Đông Kiều"));
    added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, here)]);
    added(&portal, "duyet.pham", "Phạm Văn Duyệt", &[role(Role::Reviewer, here)]);
    added(&portal, "dang.vu", "Vũ Hải Đăng", &[role(Role::Publisher, here)]);
    added(&portal, "khan.do", "Đỗ Minh Khan", &[role(Role::UrgentPublisher, here)]);
    added(&portal, "son.do", "Đỗ Văn Sơn", &[role(Role::Editor, Some(unit(&portal, "Bến Gạo")))]);
    added(&portal, "lan.pham", "Phạm Thị Lan", &[role(Role::Keeper, None)]);
    portal
}

/// Made when its owner had more roles than now: what it opens is what is left of them.
fn token_of(portal: &Portal, login: &str, scope: &[Verb]) -> String {
    let Who::Person(mut owner) = who(portal, login) else { panic!("a person") };
    owner.grants.extend([Role::Editor, Role::Reviewer, Role::Publisher].map(|name| role(name, None)));
    let who = Who::Person(owner);
    done(portal, &who, |c, act| token::create(c, act, &format!("máy {}", scope.len()), scope, 30)).expect("a token")
}

/// The description as the server gives it, every operation that was called by it, and what it says of each answer.
struct Contract {
    document: Value,
    called: RefCell<BTreeSet<String>>,
}

impl Contract {
    fn of(portal: &Portal) -> Contract {
        let reply = portal.get("/api/v1/openapi.json");
        assert_eq!((reply.status, reply.header("content-type")), (200, "application/json"));
        Contract { document: serde_json::from_str(&reply.body).expect("JSON"), called: RefCell::default() }
    }

    /// The operation at a path, and its place in the document.
    fn operation(&self, method: &str, path: &str) -> (String, &Value) {
        let asked: Vec<&str> = path.split('?').next().unwrap_or_default().split('/').collect();
        let fits = |template: &str| {
            let parts: Vec<&str> = template.split('/').collect();
            parts.len() == asked.len() && parts.iter().zip(&asked).all(|(part, asked)| part.starts_with('{') || part == asked)
        };
        let paths = self.document["paths"].as_object().expect("paths");
        let (template, operations) = paths.iter().find(|(template, _)| fits(template)).unwrap_or_else(|| panic!("{path} is not described"));
        let place = format!("/paths/{}/{}", template.replace('~', "~0").replace('/', "~1"), method.to_lowercase());
        (place, &operations[method.to_lowercase()])
    }

    /// That an answer is as the description says.
    fn holds(&self, method: &str, path: &str, reply: &Reply) {
        let (place, operation) = self.operation(method, path);
        let name = operation["operationId"].as_str().unwrap_or_else(|| panic!("{method} {path} is not described")).to_owned();
        let status = reply.status.to_string();
        let body: Value = serde_json::from_str(&reply.body).unwrap_or_else(|_| panic!("{method} {path}: {}", reply.body));
        let schema = match operation["responses"].get(&status) {
            Some(said) => {
                assert_eq!(reply.header("content-type"), "application/json", "{name}");
                assert_eq!(said.get("headers").is_some(), !reply.header("etag").is_empty(), "{name}");
                self.called.borrow_mut().insert(name.clone());
                format!("{place}/responses/{status}/content/application~1json/schema")
            }
            None => {
                assert!(reply.status >= 400, "{name} answers {status}: {}", reply.body);
                assert_eq!(reply.header("content-type"), "application/problem+json", "{name}");
                assert_eq!(body["status"], reply.status, "{name}");
                "/components/schemas/Problem".to_owned()
            }
        };
        if let Some(fault) = self.fault(&schema, &body) {
            panic!("{method} {path}: {fault}\n{body:#}");
        }
    }

    fn fault(&self, place: &str, body: &Value) -> Option<String> {
        let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
        compiler.enable_format_assertions();
        compiler.add_resource("openapi.json", self.document.clone()).expect("a document");
        let index = compiler.compile(&format!("openapi.json#{place}"), &mut schemas).unwrap_or_else(|error| panic!("{place}: {error}"));
        schemas.validate(body, index).err().map(|fault| format!("{fault:#}"))
    }
}

struct Program<'p> {
    portal: &'p Portal,
    contract: &'p Contract,
    token: String,
}

impl Program<'_> {
    fn ask(&self, method: &str, path: &str, seal: &str, body: Value) -> (Reply, Value) {
        let bearer = format!("Bearer {}", self.token);
        let mut headers = vec![("authorization", bearer.as_str())];
        let quoted = format!("\"{seal}\"");
        if !seal.is_empty() {
            headers.push(("if-match", &quoted));
        }
        let text = if body.is_null() { String::new() } else { body.to_string() };
        if !text.is_empty() {
            headers.push(JSON);
        }
        let reply = self.portal.send(method, &format!("/api/v1{path}"), &headers, &text);
        self.contract.holds(method, path, &reply);
        assert_eq!(reply.header("cache-control"), "no-store");
        let body: Value = serde_json::from_str(&reply.body).expect("JSON");
        if let Some(seal) = body.get("seal") {
            assert_eq!(format!("\"{}\"", seal.as_str().expect("a seal")), reply.header("etag"), "{method} {path}");
        }
        (reply, body)
    }

    fn get(&self, path: &str) -> Value {
        let (reply, body) = self.ask("GET", path, "", Value::Null);
        assert_eq!(reply.status, 200, "{path}: {body:#}");
        body
    }

    /// An act on an edition that was just read; gives it as it is then.
    fn act(&self, edition: &Value, verb: &str, body: Value) -> Value {
        let (reply, after) = self.ask("POST", &format!("/editions/{}/{verb}", edition["id"]), seal(edition), body);
        assert_eq!(reply.status, 200, "{verb}: {after:#}");
        after
    }

    fn refused(&self, method: &str, path: &str, seal: &str, body: Value) -> (u16, String) {
        let (reply, body) = self.ask(method, path, seal, body);
        (reply.status, body["type"].as_str().unwrap_or_default().trim_start_matches("urn:bangtin:problem:").to_owned())
    }
}

fn seal(edition: &Value) -> &str {
    edition["seal"].as_str().expect("an edition has a seal")
}

fn bridge(body: &str) -> Value {
    json!({
        "title": "Thông xe cầu Bến Gạo",
        "lead": "Cầu dài 318 m.",
        "body": body,
        "article": { "byline": "Trần Thị Thắm", "picture": { "file": "pictures/cau.png", "alt": "Cây cầu" } },
    })
}

fn here() -> Value {
    json!({ "unit": "99001", "section": "tin-dia-phuong" })
}

/// From the first word to a withdrawal, by programs alone; every operation is called once at least.
fn story(portal: &Portal) {
    let contract = Contract::of(portal);
    let program = |login: &str| Program { portal, contract: &contract, token: token_of(portal, login, &SCOPE) };
    let (author, reviewer, publisher, keeper) = (program("tham.tran"), program("duyet.pham"), program("dang.vu"), program("lan.pham"));

    let me = author.get("/me");
    assert_eq!((&me["login"], &me["roles"]), (&json!("tham.tran"), &json!([{ "role": "author", "unit": "99001" }])));

    let (reply, draft) = author.ask("POST", "/documents", "", json!({ "words": bridge("Bản một."), "place": here() }));
    assert_eq!(reply.status, 201, "{draft:#}");
    assert_eq!(reply.header("location"), format!("/api/v1/editions/{}", draft["id"]));
    assert_eq!((&draft["slug"], &draft["state"], &draft["unit"]), (&json!("thong-xe-cau-ben-gao"), &json!("draft"), &json!("99001")));
    assert_eq!(draft["article"]["picture"]["alt"], "Cây cầu");
    let document = format!("/documents/{}", draft["document"]);
    let edition = format!("/editions/{}", draft["id"]);

    let saved = author.ask("PUT", &edition, seal(&draft), json!({ "words": bridge("Bản hai."), "place": here() })).1;
    assert_eq!(saved["body"], "Bản hai.");
    let sent = author.act(&saved, "submit", Value::Null);
    let sent = author.act(&sent, "take-back", Value::Null);
    let sent = author.act(&sent, "submit", Value::Null);
    let waiting = reviewer.get("/queue");
    assert_eq!(
        (waiting["review"][0]["edition"]["id"].clone(), waiting["review"][0]["is_own"].clone()),
        (draft["id"].clone(), json!(false))
    );
    let back = reviewer.act(&sent, "send-back", json!({ "reason": "Thiếu số liệu." }));
    assert_eq!(back["state"], "draft");
    assert_eq!(portal.get("/tin/thong-xe-cau-ben-gao").status, 404);
    let sent = author.act(&back, "submit", Value::Null);
    let approved = reviewer.act(&sent, "approve", Value::Null);
    assert_eq!(publisher.get("/queue")["publish"][0]["by"], "duyet.pham");

    // First at a time, then taken back, then now.
    let planned = publisher.act(&approved, "publish", json!({ "starts": "2026-11-21T10:00:00+07:00" }));
    let planned = publisher.act(&planned, "reschedule", json!({ "starts": "2026-11-21T11:00:00+07:00" }));
    assert_eq!((&planned["state"], &planned["starts"]), (&json!("published"), &json!("2026-11-21T11:00:00+07:00")));
    let draft = publisher.act(&planned, "unschedule", Value::Null);
    assert_eq!(draft["state"], "draft");
    let sent = author.act(&draft, "submit", Value::Null);
    let approved = reviewer.act(&sent, "approve", Value::Null);
    let shows = publisher.act(&approved, "publish", json!({}));
    assert_eq!(portal.get("/tin/thong-xe-cau-ben-gao").text(".prose"), "Bản hai.");
    // It is that publication which is taken back, and no other act.
    let undo = format!("{document}/undo");
    assert_eq!(publisher.refused("POST", &undo, seal(&approved), Value::Null), (412, "stale".to_owned()));
    let undone = publisher.ask("POST", &undo, seal(&shows), Value::Null);
    portal.clock.set(portal.clock.now() + Duration::seconds(1));
    assert_eq!((undone.0.status, portal.get("/tin/thong-xe-cau-ben-gao").status), (200, 410), "{:#}", undone.1);
    // The public saw it, however shortly.
    let place = json!({ "unit": "99001", "section": "tin-dia-phuong", "minor": true });
    let again = format!("/editions/{}", undone.1["id"]);
    let mended = author.ask("PUT", &again, seal(&undone.1), json!({ "words": bridge("Bản hai."), "place": place })).1;
    let sent = author.act(&mended, "submit", Value::Null);
    let approved = reviewer.act(&sent, "approve", Value::Null);
    let published = publisher.act(&approved, "publish", json!({}));

    // A correction: thrown away, restored, its words taken from the past.
    portal.clock.set(portal.clock.now() + Duration::minutes(5));
    let stale = (412, "stale".to_owned());
    assert_eq!(author.refused("POST", &format!("{document}/editions"), seal(&approved), Value::Null), stale);
    let (reply, next) = author.ask("POST", &format!("{document}/editions"), seal(&published), Value::Null);
    assert_eq!((reply.status, &next["state"]), (201, &json!("draft")));
    let gone = author.act(&next, "discard", Value::Null);
    assert_eq!(gone["state"], "discarded");
    let next = author.act(&gone, "restore", Value::Null);
    let told = author.get(&format!("{document}/history"));
    let first = told["editions"].as_array().expect("editions").last().expect("the first")["revisions"][0]["id"].clone();
    assert_eq!(author.get(&format!("{document}/revisions/{first}"))["body"], "Bản một.");
    let restore = format!("{document}/revisions/{first}/restore");
    assert_eq!(author.refused("POST", &restore, seal(&gone), Value::Null), stale);
    let (reply, again) = author.ask("POST", &restore, seal(&next), Value::Null);
    assert_eq!((reply.status, &again["body"], &again["id"]), (200, &json!("Bản một."), &next["id"]));

    let whole = author.get(&document);
    assert_eq!((&whole["shows"], &whole["open"], &whole["path"]), (&published["id"], &next["id"], &json!("/tin/thong-xe-cau-ben-gao")));
    let listed = author.get("/documents?text=thong+xe&kind=article&unit=99001&sort=title&page=1");
    assert_eq!((listed["count"].clone(), listed["documents"][0]["document"].clone()), (json!(1), draft["document"].clone()));
    assert_eq!(author.get(&edition)["id"].to_string(), edition.trim_start_matches("/editions/"));

    // What somebody published on his own word is confirmed by a program, too.
    let urgent = author.ask("POST", "/documents", "", json!({ "words": bridge("Khẩn."), "place": here() })).1;
    let id = urgent["id"].as_i64().expect("an id");
    let khan = who(portal, "khan.do");
    done(portal, &khan, |c, act: Act| {
        let press = bangtin::desk::press::press(&portal.words);
        bangtin::approval::publish::urge(c, act, &press, id, seal(&urgent), "Nước lên nhanh.", None)
    })
    .expect("he may");
    let urgent = reviewer.get(&format!("/editions/{id}"));
    assert_eq!((&urgent["unconfirmed"], &reviewer.get("/queue")["confirm"][0]["by"]), (&json!(true), &json!("khan.do")));
    assert_eq!(reviewer.act(&urgent, "confirm", Value::Null)["unconfirmed"], false);

    let last = publisher.get(&format!("/editions/{}", published["id"]));
    let withdrawn = publisher.act(&last, "withdraw", json!({ "reason": "Số liệu chưa đúng." }));
    assert_eq!((&withdrawn["state"], portal.get("/tin/thong-xe-cau-ben-gao").status), (&json!("withdrawn"), 410));

    let covered = publisher.get(&format!("/documents/{}/coverage", crate::placements::id(portal, "ngan-sach")));
    assert_eq!(
        (&covered["places"], &covered["current"], &covered["units"][0]["places"][0]["state"]),
        (&json!(1), &json!(0), &json!("silent"))
    );

    let log = keeper.get("/log?act=withdrawn");
    assert_eq!((log["rows"].as_array().map(Vec::len), &log["rows"][0]["actor"]), (Some(2), &json!("dang.vu")));
    assert!(log["rows"][0]["facts"].as_str().is_some_and(|facts| facts.contains("\"token\":\"máy 8\"")), "{log:#}");

    let described: BTreeSet<String> = WAYS.iter().map(|way| way.name.to_owned()).collect();
    assert_eq!(*contract.called.borrow(), described);
}

#[test]
fn every_operation_is_called_and_answers_as_it_is_described_on_both_databases() {
    for database in [None, Some(postgres())] {
        story(&office(database));
    }
}

#[test]
fn the_description_is_sound_and_leaves_no_route_out() {
    let portal = office(None);
    let contract = Contract::of(&portal);
    let document = &contract.document;
    let schema = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas/openapi-3.1.json"));
    let schema: Value = serde_json::from_str(&schema.expect("the schema is there")).expect("JSON");
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.add_resource("oas.json", schema).expect("a schema");
    let index = compiler.compile("oas.json", &mut schemas).expect("a sound schema");
    schemas.validate(document, index).unwrap_or_else(|fault| panic!("{fault:#}"));

    let described: usize =
        document["paths"].as_object().expect("paths").values().map(|path| path.as_object().expect("operations").len()).sum();
    assert_eq!(described, WAYS.len());
    let schemas = document["components"]["schemas"].as_object().expect("schemas");
    let text = document.to_string();
    for name in schemas.keys() {
        assert!(text.contains(&format!("\"#/components/schemas/{name}\"")), "{name} is named nowhere");
    }
    // Whatever the table does not know is no address of the API.
    for path in ["/api/v1", "/api/v1/", "/api/v1/people", "/api/v1/editions/1/urge", "/api/v2/me"] {
        assert_eq!(portal.get(path).status, 404, "{path}");
    }
    for (path, ways) in paths() {
        let path = format!("/api/v1{}", path.replace("{document}", "1").replace("{edition}", "1").replace("{revision}", "1"));
        let reply = portal.send("DELETE", &path, &[], "");
        assert_eq!((reply.status, reply.header("content-type")), (405, "application/problem+json"), "{path}");
        let allowed: BTreeSet<String> = reply.header("allow").split(", ").map(str::to_lowercase).collect();
        assert_eq!(allowed, ways.iter().map(|way| way.method.name().to_owned()).collect::<BTreeSet<_>>(), "{path}");
        for way in ways {
            let reply = portal.send(&way.method.name().to_uppercase(), &path, &[], "");
            assert_eq!((reply.status, reply.header("www-authenticate")), (401, "Bearer realm=\"bangtin\""), "{path}");
        }
    }
    let english = portal.ask("GET", "/api/v1/openapi.json", &[("accept-language", "en")]);
    assert!(english.body.contains("Find texts") && !contract.document.to_string().contains("Find texts"));
}

#[test]
fn without_a_token_that_holds_nobody_is_let_in() {
    let portal = office(None);
    let contract = Contract::of(&portal);
    let status = |headers: &[(&str, &str)]| portal.ask("GET", "/api/v1/me", headers).status;
    let token = token_of(&portal, "tham.tran", &SCOPE);
    let bearer = format!("Bearer {token}");
    assert_eq!(status(&[("authorization", &bearer)]), 200);
    let last = token.chars().last().expect("a letter");
    let wrong = format!("Bearer {}", token.replace(last, if last == '0' { "1" } else { "0" }));
    let basic = format!("Basic {token}");
    for said in ["", "Bearer", "Bearer ", "Bearer bangtin_", token.as_str(), wrong.as_str(), basic.as_str()] {
        assert_eq!(status(&[("authorization", said)]), 401, "{said}");
    }
    // A session of the desk opens nothing here, so that no page can act in somebody's name.
    let browser = Browser::of(&portal, "tham.tran");
    assert_eq!(status(&[("cookie", &browser.cookie)]), 401);
    assert_eq!(portal.get("/api/v1/me?access_token=x").status, 401);

    let program = Program { portal: &portal, contract: &contract, token: token.clone() };
    let (reply, problem) = program.ask("GET", "/log", "", Value::Null);
    assert_eq!((reply.status, problem["title"].as_str()), (403, Some("Chưa được giao việc này")));
    let narrow = Program { portal: &portal, contract: &contract, token: token_of(&portal, "lan.pham", &[Verb::Look]) };
    assert_eq!(narrow.refused("GET", "/log", "", Value::Null), (403, "scope".to_owned()));
    assert_eq!(narrow.refused("POST", "/documents", "", json!({})), (403, "scope".to_owned()));

    let actor = who(&portal, "tham.tran");
    let id = {
        let mut c = portal.app.web.store.read().expect("it answers");
        let person = roll::at_login(&mut c, "tham.tran").expect("she is there");
        token::open(&mut c, person.id, portal.clock.now()).expect("it can be read")[0].id
    };
    let from_then = Ask {
        web: portal.app.web.clone(),
        now: portal.clock.now(),
        lang: Lang::Vi,
        who: actor.clone(),
        token: token.clone(),
        limits: limits(&portal),
        query: String::new(),
        body: Default::default(),
        if_match: None,
        parts: Vec::new(),
    };
    assert!(from_then.write(|_, _| Ok(())).is_ok());
    done(&portal, &actor, |c, act| token::revoke(c, act, "tham.tran", id)).expect("it is her own");
    assert!(matches!(from_then.write(|_, _| Ok(())), Err(Fault::Refused(Refusal::Forbidden))), "what was on its way is not done");
    assert_eq!(status(&[("authorization", &bearer)]), 401);
    let other = format!("Bearer {}", token_of(&portal, "duyet.pham", &SCOPE));
    done(&portal, &COMMAND, |c, act| keep::disable(c, act, "duyet.pham")).expect("he is there");
    assert_eq!(status(&[("authorization", &other)]), 401);
    let over = format!("Bearer {}", token_of(&portal, "dang.vu", &SCOPE));
    portal.clock.set(portal.clock.now() + Duration::days(31));
    assert_eq!(status(&[("authorization", &over)]), 401);
}

#[test]
fn nothing_is_done_to_what_was_not_seen() {
    let portal = office(None);
    let contract = Contract::of(&portal);
    let author = Program { portal: &portal, contract: &contract, token: token_of(&portal, "tham.tran", &SCOPE) };
    let draft = author.ask("POST", "/documents", "", json!({ "words": bridge("Bản một."), "place": here() })).1;
    let path = format!("/editions/{}", draft["id"]);
    let saved = author.ask("PUT", &path, seal(&draft), json!({ "words": bridge("Bản hai."), "place": here() })).1;
    let stale = (412, "stale".to_owned());
    assert_eq!(author.refused("PUT", &path, seal(&draft), json!({ "words": bridge("Bản ba."), "place": here() })), stale);
    for verb in ["submit", "discard"] {
        assert_eq!(author.refused("POST", &format!("{path}/{verb}"), seal(&draft), Value::Null), stale, "{verb}");
    }
    let conditional = (428, "condition".to_owned());
    for way in WAYS.iter().filter(|way| way.is_conditional && way.scope.iter().all(|verb| SCOPE.contains(verb))) {
        let path = way.path.replace("{edition}", &draft["id"].to_string()).replace("{document}", &draft["document"].to_string());
        let path = path.replace("{revision}", &draft["revision"].to_string());
        assert_eq!(author.refused(&way.method.name().to_uppercase(), &path, "", Value::Null), conditional, "{}", way.name);
    }
    let bearer = format!("Bearer {}", author.token);
    for said in ["*", "", "W/\"x\"", seal(&saved)] {
        let reply = portal.send("POST", &format!("/api/v1{path}/submit"), &[("authorization", &bearer), ("if-match", said)], "");
        assert!([412, 428].contains(&reply.status), "{said}: {}", reply.status);
    }
    assert_eq!((&author.get(&path)["body"], &author.get(&path)["state"]), (&json!("Bản hai."), &json!("draft")));
    // One of several that are named is enough.
    let both = format!("\"abc\", \"{}\"", seal(&saved));
    let reply = portal.send("POST", &format!("/api/v1{path}/submit"), &[("authorization", &bearer), ("if-match", &both)], "");
    assert_eq!(reply.status, 200, "{}", reply.body);
    // What is on its way is not written to, whatever was seen.
    let sent = author.get(&path);
    assert_eq!(
        author.refused("PUT", &path, seal(&sent), json!({ "words": bridge("Bản ba."), "place": here() })),
        (409, "state".to_owned())
    );
}

#[test]
fn only_reading_and_beginning_a_text_name_nothing_that_was_seen() {
    let free: Vec<&str> = WAYS.iter().filter(|way| !way.is_conditional && way.method.name() != "get").map(|way| way.name).collect();
    assert_eq!(free, ["begin"]);
}

#[test]
fn what_must_be_mended_is_not_submitted_by_a_program() {
    let portal = office(None);
    let contract = Contract::of(&portal);
    let author = Program { portal: &portal, contract: &contract, token: token_of(&portal, "tham.tran", &SCOPE) };
    let begin = |body: &str| author.ask("POST", "/documents", "", json!({ "words": bridge(body), "place": here() })).1;
    let draft = begin("Chợ họp.\n\nXem [lịch chợ](/tin/khong-co) và [mục]().");
    let submit = format!("/editions/{}/submit", draft["id"]);
    let (reply, told) = author.ask("POST", &submit, seal(&draft), Value::Null);
    let issues = told["issues"].as_array().expect("issues");
    let at: Vec<_> = issues.iter().map(|issue| (issue["field"].as_str(), issue["line"].as_i64())).collect();
    assert_eq!((reply.status, at), (422, vec![(Some("body"), Some(3)), (Some("body"), Some(3))]), "{told:#}");
    // To what stands, and to what is merely badly said, it may lead.
    let draft = begin("Xem [tại đây](/tin/cho-phien).");
    assert_eq!(author.act(&draft, "submit", Value::Null)["state"], "submitted");
}

#[test]
fn an_address_that_somebody_chose_stays() {
    let portal = office(None);
    let contract = Contract::of(&portal);
    let author = Program { portal: &portal, contract: &contract, token: token_of(&portal, "tham.tran", &SCOPE) };
    let untitled = |slug: &str| json!({ "slug": slug, "words": { "title": "", "body": "Chữ." }, "place": here() });
    let titled = |edition: &Value| {
        let path = format!("/editions/{}", edition["id"]);
        author.ask("PUT", &path, seal(edition), json!({ "words": bridge("Chữ."), "place": here() })).1["slug"].clone()
    };
    let chosen = author.ask("POST", "/documents", "", untitled("ban-nhap-ke-hoach")).1;
    assert_eq!(titled(&chosen), "ban-nhap-ke-hoach");
    // One that looks as if the program had given it is not to be had, and that is said at once.
    let (reply, told) = author.ask("POST", "/documents", "", untitled("ban-nhap-2026"));
    assert_eq!((reply.status, &told["issues"][0]["field"]), (422, &json!("slug")), "{told:#}");
    let given = author.ask("POST", "/documents", "", json!({ "words": { "title": "", "body": "Chữ." }, "place": here() })).1;
    assert_eq!((&given["slug"], titled(&given)), (&json!("ban-nhap"), json!("thong-xe-cau-ben-gao")));
}

#[test]
fn a_token_does_no_more_than_its_owner_may_and_sees_no_further() {
    let portal = office(None);
    let contract = Contract::of(&portal);
    let program = |login: &str| Program { portal: &portal, contract: &contract, token: token_of(&portal, login, &SCOPE) };
    let (author, beside, reviewer) = (program("tham.tran"), program("son.do"), program("duyet.pham"));
    let draft = author.ask("POST", "/documents", "", json!({ "words": bridge("Bản một."), "place": here() })).1;
    let (path, document) = (format!("/editions/{}", draft["id"]), format!("/documents/{}", draft["document"]));
    let missing = (404, "missing".to_owned());
    // Of another unit there is nothing to know, by whatever address or number it is asked for.
    for at in [path.clone(), document.clone(), format!("{document}/history"), format!("{document}/revisions/{}", draft["revision"])] {
        assert_eq!(beside.refused("GET", &at, "", Value::Null), missing, "{at}");
    }
    for verb in ["submit", "discard", "approve", "publish"] {
        let (status, _) = beside.refused("POST", &format!("{path}/{verb}"), seal(&draft), Value::Null);
        assert_eq!(status, 404, "{verb}");
    }
    assert_eq!(beside.refused("POST", &format!("{document}/editions"), seal(&draft), Value::Null), missing);
    assert_eq!(beside.refused("POST", &format!("{document}/undo"), seal(&draft), Value::Null), missing);
    let restore = format!("{document}/revisions/{}/restore", draft["revision"]);
    assert_eq!(beside.refused("POST", &restore, seal(&draft), Value::Null), missing);
    assert_eq!(beside.get("/documents")["count"], 1, "the text of his own unit");
    assert_eq!(beside.get("/documents?unit=99001")["count"], 0);
    for id in ["0", "-1", "01", "abc", "9999999", "99999999999999999999"] {
        assert_eq!(
            author.portal.ask("GET", &format!("/api/v1/editions/{id}"), &[("authorization", &format!("Bearer {}", author.token))]).status,
            404,
            "{id}"
        );
    }
    // In his own unit he is told that it is not his to do.
    assert_eq!(
        reviewer.refused("PUT", &path, seal(&draft), json!({ "words": bridge("x"), "place": here() })),
        (403, "forbidden".to_owned())
    );
    assert_eq!(author.refused("POST", &format!("{path}/approve"), seal(&draft), Value::Null), (403, "forbidden".to_owned()));
    let elsewhere = json!({ "words": bridge("x"), "place": { "unit": "99002", "section": "tin-dia-phuong" } });
    assert_eq!(author.refused("POST", "/documents", "", elsewhere), missing);
    // What the shape does not have is not written.
    for sent in [
        json!({ "words": bridge("x"), "place": here(), "state": "published" }),
        json!({ "words": { "title": "x", "html": "<script>" }, "place": here() }),
        json!({ "words": { "title": "x", "article": { "views": 9 } }, "place": here() }),
        json!({ "words": { "title": 7 }, "place": here() }),
        json!([]),
    ] {
        assert_eq!(author.refused("PUT", &path, seal(&draft), sent.clone()), (400, "json".to_owned()), "{sent}");
    }
    assert_eq!(author.get(&path)["body"], "Bản một.");
}

#[test]
fn what_cannot_be_read_is_refused_with_its_reason_in_the_readers_language() {
    let portal = office(None);
    let contract = Contract::of(&portal);
    let author = Program { portal: &portal, contract: &contract, token: token_of(&portal, "tham.tran", &SCOPE) };
    let bearer = format!("Bearer {}", author.token);
    let send = |headers: &[(&str, &str)], body: &str| {
        let reply = portal.send("POST", "/api/v1/documents", &[&[("authorization", bearer.as_str())], headers].concat(), body);
        contract.holds("POST", "/documents", &reply);
        reply
    };
    assert_eq!(send(&[JSON], "{\"words\": ").status, 400);
    assert_eq!(send(&[JSON], "{\"words\": {\"title\": \"a\\u0000b\"}}").status, 400);
    assert_eq!(send(&[JSON], &"[".repeat(100_000)).status, 400);
    assert_eq!(send(&[("content-type", "text/plain")], "{}").status, 415);
    let large = json!({ "words": { "body": "x".repeat(7 * 1024 * 1024) } }).to_string();
    assert_eq!(send(&[JSON], &large).status, 413);
    let long = json!({ "words": { "title": "x".repeat(301) }, "place": here() }).to_string();
    let vietnamese = send(&[JSON], &long);
    assert_eq!((vietnamese.status, vietnamese.header("content-language")), (422, "vi"));
    let english = send(&[JSON, ("accept-language", "vi;q=0.5, en-GB;q=0.8")], &long);
    let (vi, en): (Value, Value) =
        (serde_json::from_str(&vietnamese.body).expect("JSON"), serde_json::from_str(&english.body).expect("JSON"));
    assert_eq!((&vi["issues"][0]["field"], english.header("content-language")), (&json!("title"), "en"));
    assert_eq!((&vi["title"], &en["title"]), (&json!("Có chỗ cần sửa"), &json!("Something has to be mended")));
    assert_ne!(vi["issues"][0]["text"], en["issues"][0]["text"]);
    for (sent, field) in [
        (json!({ "words": { "title": "x" }, "place": { "unit": "khong" } }), "unit"),
        (json!({ "words": { "title": "x" }, "place": { "unit": "99001", "starts": "mai" } }), "starts"),
        (json!({ "words": { "title": "x" }, "place": { "unit": "99001", "ends": "9999-12-31T23:59:59Z" } }), "ends"),
        (json!({ "words": { "title": "x", "page": {} }, "place": { "unit": "99001" } }), "page"),
        (json!({ "kind": "page", "words": { "title": "x", "page": { "review": "mai" } }, "place": { "unit": "99001" } }), "page.review"),
        (json!({ "slug": "Không Được", "words": { "title": "x" }, "place": { "unit": "99001" } }), "slug"),
    ] {
        let (reply, problem) = author.ask("POST", "/documents", "", sent);
        assert_eq!((reply.status, &problem["issues"][0]["field"]), (422, &json!(field)), "{problem:#}");
        assert!(problem["issues"][0]["text"].as_str().unwrap_or_default().contains(' '), "{problem:#}");
    }
    for wrong in ["/documents?sort=loud", "/documents?owner=me", "/documents?page=x", "/log?before=x", "/documents?text=%00"] {
        let token = token_of(&portal, "lan.pham", &SCOPE);
        let keeper = Program { portal: &portal, contract: &contract, token };
        assert_eq!(keeper.refused("GET", wrong, "", Value::Null), (400, "query".to_owned()), "{wrong}");
    }
    assert_eq!(author.refused("GET", "/documents?page=999", "", Value::Null).0, 404);
}

#[test]
fn a_token_asks_so_often_in_a_minute_and_no_other_waits_for_it() {
    let portal = office(None);
    portal.clock.set(at("2026-11-21T08:00:10"));
    let (one, other) = (token_of(&portal, "tham.tran", &SCOPE), token_of(&portal, "dang.vu", &SCOPE));
    let ask = |token: &str| portal.ask("GET", "/api/v1/me", &[("authorization", &format!("Bearer {token}"))]);
    assert_eq!(ask(&one).header("ratelimit-remaining"), (OF_TOKEN - 1).to_string());
    for _ in 1..OF_TOKEN {
        assert_eq!(ask(&one).status, 200);
    }
    let refused = ask(&one);
    assert_eq!((refused.status, refused.header("retry-after"), refused.header("content-type")), (429, "50", "application/problem+json"));
    assert_eq!(ask(&other).status, 200);
    portal.clock.set(at("2026-11-21T08:01:00"));
    assert_eq!(ask(&one).status, 200);
    // Whoever tries tokens is soon not listened to.
    let tried = (0..100).map(|number| ask(&format!("bangtin_{number:064x}")).status).filter(|status| *status == 429).count();
    assert!(tried > 50, "{tried}");
}
