//! The program itself, as an office runs it: started in a folder, asked by its verbs, stopped by a signal.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use bangtin::kit::words::Lang;
use serde_json::Value;
use tempfile::TempDir;

use crate::folder::Folder;
use crate::portal::PHONE;

/// How long anything may take before the test says that it never came.
pub const PATIENCE: Duration = Duration::from_secs(90);

/// An office's folder: `content/` beside `var/`, and whoever starts the program stands in it.
pub struct Office {
    root: TempDir,
    pub settings: Vec<(String, String)>,
}

/// What a verb that has ended said.
pub struct Said {
    pub ended: ExitStatus,
    pub out: String,
    pub err: String,
}

impl Office {
    pub fn empty() -> Office {
        Office { root: TempDir::new().expect("a temporary folder"), settings: Vec::new() }.with("BANGTIN_LISTEN", "127.0.0.1:0")
    }

    /// With two articles, a page and a picture in `content/`.
    pub fn new() -> Office {
        let office = Office::empty();
        let folder = Folder::new();
        folder.picture("pictures/cho.png", 700, 400).page("gioi-thieu", "Giới thiệu");
        folder.article("cho-phien", "[picture]\nfile = \"pictures/cho.png\"\nalt = \"Chợ buổi sớm\"\n", "Chợ họp từ tinh mơ.");
        folder.article("duong-hoa", "", "Đường hoa dài một cây số.");
        office.take(&folder);
        office
    }

    pub fn with(mut self, name: &str, value: &str) -> Office {
        self.settings.retain(|(known, _)| known != name);
        self.settings.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    pub fn database(&self) -> PathBuf {
        self.path("var/bangtin.sqlite")
    }

    /// Copies a folder's files over those in `content/`.
    pub fn take(&self, folder: &Folder) {
        for (name, bytes) in folder.contents() {
            let path = self.path("content").join(name);
            fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
            fs::write(path, bytes).expect("the file can be written");
        }
    }

    /// A program with no more of this machine's environment than it needs.
    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command.env_clear().current_dir(self.root.path()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        for name in ["PATH", "HOME"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Said {
        said(self.command(env!("CARGO_BIN_EXE_bangtin")).args(arguments))
    }

    /// A verb that must succeed.
    pub fn done(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert!(said.ended.success(), "{arguments:?}: {}{}", said.out, said.err);
        said.out
    }

    /// A verb that must not: says what a person reads then.
    pub fn refused(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert!(said.ended.code().is_some_and(|code| code != 0), "{arguments:?} ended well: {}{}", said.out, said.err);
        assert!(!said.err.contains("panicked"), "{}", said.err);
        said.err
    }

    pub fn serve(&self) -> Serving {
        Serving::started(self.command(env!("CARGO_BIN_EXE_bangtin")).arg("serve"))
    }
}

pub fn said(command: &mut Command) -> Said {
    let mut running = Serving::starting(command);
    let ended = running.ended();
    Said { ended, err: running.errors(), out: std::mem::take(&mut running.told) }
}

/// The program while it serves.
pub struct Serving {
    child: Child,
    lines: Receiver<String>,
    errors: Option<std::thread::JoinHandle<String>>,
    /// Where it said that it can be reached.
    pub addresses: Vec<String>,
    /// What it said until then.
    pub told: String,
}

impl Serving {
    fn started(command: &mut Command) -> Serving {
        let mut serving = Serving::starting(command);
        while serving.addresses.is_empty() {
            serving.hear();
        }
        serving
    }

    fn starting(command: &mut Command) -> Serving {
        let mut child = command.spawn().expect("the program starts");
        let out = BufReader::new(child.stdout.take().expect("it is piped"));
        let mut err = child.stderr.take().expect("it is piped");
        let (send, lines) = channel();
        std::thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
        let errors = std::thread::spawn(move || {
            let mut text = String::new();
            err.read_to_string(&mut text).expect("it speaks UTF-8");
            text
        });
        Serving { child, lines, errors: Some(errors), addresses: Vec::new(), told: String::new() }
    }

    /// The next line it says.
    pub fn hear(&mut self) -> String {
        let Ok(line) = self.lines.recv_timeout(PATIENCE) else {
            let _ = self.child.kill();
            let errors = self.errors();
            panic!("no more was said after\n{}\nand on standard error\n{errors}", self.told);
        };
        self.note(&line);
        line
    }

    fn note(&mut self, line: &str) {
        if let Some((_, address)) = line.split_once("http://") {
            self.addresses.push(format!("http://{}", address.trim()));
        }
        self.told.push_str(line);
        self.told.push('\n');
    }

    fn errors(&mut self) -> String {
        self.errors.take().map(|thread| thread.join().expect("it was read")).unwrap_or_default()
    }

    /// Status, request id and body.
    pub fn ask(&self, path: &str, headers: &[(&str, &str)]) -> (u16, String, String) {
        ask(&self.addresses[0], path, headers)
    }

    fn get(&self, path: &str) -> String {
        let (status, _, body) = self.ask(path, &[]);
        assert_eq!(status, 200, "{path}");
        body
    }

    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status();
        assert!(sent.expect("kill is there").success());
    }

    /// Until it ends by itself or by a signal that was sent.
    fn ended(&mut self) -> ExitStatus {
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) => self.note(&line),
                Err(RecvTimeoutError::Disconnected) => return self.child.wait().expect("it is our child"),
                Err(RecvTimeoutError::Timeout) => {
                    let _ = self.child.kill();
                    panic!("it did not end, and said\n{}", self.told);
                }
            }
        }
    }

    fn kill(mut self) {
        self.signal("KILL");
        self.ended();
    }

    /// Stops it as a service manager would. Says its exit code and everything it wrote to standard error.
    fn stop(self) -> (Option<i32>, String) {
        self.signal("TERM");
        self.ends()
    }

    /// Its exit code and its last words, once it has ended.
    pub fn ends(mut self) -> (Option<i32>, String) {
        (self.ended().code(), self.errors())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn ask(address: &str, path: &str, headers: &[(&str, &str)]) -> (u16, String, String) {
    let agent = ureq::Agent::new_with_config(ureq::Agent::config_builder().http_status_as_error(false).user_agent(PHONE).build());
    let mut request = agent.get(format!("{address}{path}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut response = request.call().unwrap_or_else(|error| panic!("{address}{path}: {error}"));
    let id = response.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default().to_owned();
    let body = response.body_mut().read_to_vec().expect("the whole body");
    (response.status().as_u16(), id, String::from_utf8_lossy(&body).into_owned())
}

#[test]
fn help_explains_every_verb_in_the_language_asked_for() {
    let words = bangtin::app::words::load(Path::new("/nowhere")).expect("the words inside the program");
    for (tag, lang) in [("vi", Lang::Vi), ("en", Lang::En)] {
        let office = Office::empty().with("BANGTIN_LANG", tag);
        let help = office.done(&["--help"]);
        for verb in ["serve", "import", "export", "verify", "feedback", "config"] {
            let line =
                help.lines().find(|line| line.trim_start().starts_with(&format!("{verb} "))).unwrap_or_else(|| panic!("{verb}: {help}"));
            assert!(line.contains(&words.text(lang, &format!("cli-{verb}"))), "{line}");
        }
        for setting in
            ["BANGTIN_LISTEN", "BANGTIN_VAR", "BANGTIN_CONTENT", "DATABASE_URL", "BANGTIN_PROXIES", "BANGTIN_LOG", "BANGTIN_LANG"]
        {
            assert!(help.contains(setting), "{setting}: {help}");
        }
        // Vietnamese for the interface: all of it.
        let is_english = ["Usage", "Commands", "Options", "Print"].iter().any(|word| help.contains(word));
        assert_eq!(is_english, lang == Lang::En, "{help}");
    }
    // Without a word about the language it is Vietnamese, and a broken setting does not take the help away.
    let help = Office::empty().with("BANGTIN_LISEN", "x").done(&["--help"]);
    assert!(help.contains(&words.text(Lang::Vi, "cli-import")), "{help}");
}

#[test]
fn a_setting_that_nobody_knows_is_refused_by_its_name_before_anything_is_made() {
    let office = Office::new().with("BANGTIN_LISEN", "127.0.0.1:0");
    assert!(office.refused(&["serve"]).contains("BANGTIN_LISEN"));
    assert!(!office.path("var").exists());
    let office = Office::new();
    fs::write(office.path("bangtin.toml"), "var = \"var\"\nlisen = \"127.0.0.1:0\"\n").expect("the file can be written");
    for verb in [&["serve"][..], &["import", "content"], &["verify"], &["config"]] {
        let told = office.refused(verb);
        assert!(told.contains("lisen") && told.contains("bangtin.toml"), "{told}");
    }
    assert!(!office.path("var").exists());
    let named = Office::new().with("BANGTIN_CONFIG", "rieng.toml");
    assert!(named.refused(&["config"]).contains("rieng.toml"));
}

#[test]
fn config_says_what_is_in_force_and_where_it_was_said_and_no_secret() {
    let office = Office::empty().with("DATABASE_URL", "postgres://thu-ky:bi-mat@db.example:5432/bangtin?password=bi-mat");
    fs::write(office.path("bangtin.toml"), "var = \"du-lieu\"\nlisten = \"127.0.0.1:1\"\n").expect("the file can be written");
    let shown = office.done(&["config"]);
    let table: toml::Table = shown.parse().expect("it could be used as a settings file");
    assert_eq!(table["var"].as_str(), Some("du-lieu"));
    assert_eq!(table["listen"].as_str(), Some("127.0.0.1:0"));
    assert_eq!(table["database_url"].as_str(), Some("postgres://***@db.example:5432/bangtin"));
    let line = |name: &str| shown.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{name}: {shown}"));
    assert!(line("var").ends_with("# bangtin.toml") && line("listen").ends_with("# BANGTIN_LISTEN"), "{shown}");
    assert!(!line("content").contains('#'), "a default comes from nowhere: {shown}");
    assert!(!shown.contains("bi-mat") && !shown.contains("thu-ky"), "{shown}");
}

#[test]
fn a_first_start_makes_everything_and_a_second_imports_nothing() {
    let office = Office::new();
    let first = office.serve();
    assert!(first.addresses[0].starts_with("http://127.0.0.1:"), "{}", first.told);
    assert!(office.database().is_file());
    assert!(fs::read_dir(office.path("var/media")).expect("the shelf is there").count() > 0);
    let page = first.get("/tin/cho-phien");
    assert!(page.contains("Chợ họp từ tinh mơ."));
    let picture = scraper::Html::parse_document(&page);
    let picture = picture.select(&scraper::Selector::parse("article img").expect("a sound selector")).next().expect("it has a picture");
    assert_eq!(first.ask(picture.attr("src").expect("it has an address"), &[]).0, 200);
    assert_eq!(first.ask("/readyz", &[]).0, 200);
    let told = first.told.clone();
    assert_eq!(first.stop().0, Some(0));

    let folder = Folder::empty();
    folder.article("le-hoi", "", "Hội mở từ sáng.");
    office.take(&folder);
    let second = office.serve();
    assert_eq!(second.ask("/tin/le-hoi", &[]).0, 404);
    assert!(second.get("/tin/cho-phien").contains("Chợ họp từ tinh mơ."));
    assert!(second.told.lines().count() < told.lines().count(), "it has less to say than the first: {}", second.told);
}

#[test]
fn a_program_asked_for_nothing_serves() {
    let office = Office::new();
    let serving = Serving::started(&mut office.command(env!("CARGO_BIN_EXE_bangtin")));
    assert!(serving.get("/").contains("cho-phien"));
}

#[test]
fn views_counted_just_before_a_stop_survive_it() {
    let office = Office::new();
    let serving = office.serve();
    for _ in 0..7 {
        serving.get("/tin/cho-phien");
    }
    let (code, errors) = serving.stop();
    assert_eq!(code, Some(0), "{errors}");
    let page = office.serve().get("/tin/cho-phien");
    let html = scraper::Html::parse_document(&page);
    let facts = scraper::Selector::parse(".article-facts > div").expect("a sound selector");
    let facts: Vec<String> = html.select(&facts).map(|fact| fact.text().collect()).collect();
    assert!(facts.iter().any(|fact| fact.contains("Lượt xem") && fact.ends_with('7')), "{facts:?}");
}

#[test]
fn what_an_import_acknowledged_survives_a_kill() {
    let office = Office::new();
    // The report is the acknowledgement; nothing is asked of the program after it.
    let mut importing = Serving::starting(office.command(env!("CARGO_BIN_EXE_bangtin")).args(["import", "content"]));
    while !importing.hear().starts_with("Xong") {}
    importing.kill();
    assert!(office.done(&["verify"]).contains("nguyên vẹn"));
    let serving = office.serve();
    assert!(serving.get("/tin/cho-phien").contains("Chợ họp từ tinh mơ."));
    assert!(serving.get("/tin/duong-hoa").contains("một cây số"));
    serving.kill();
    let report = office.done(&["import", "content"]);
    assert!(report.contains("0 bản đăng mới") && report.contains("3 giữ nguyên"), "{report}");
}

#[test]
fn a_first_start_killed_at_its_acknowledgement_does_not_begin_again() {
    let office = Office::new();
    let mut first = Serving::starting(office.command(env!("CARGO_BIN_EXE_bangtin")).arg("serve"));
    while !first.hear().starts_with("Xong") {}
    first.kill();
    let second = office.serve();
    assert!(!second.told.contains("Xong"), "{}", second.told);
    assert!(second.get("/tin/cho-phien").contains("Chợ họp từ tinh mơ."));
}

#[test]
fn both_protocols_are_served_at_once() {
    std::net::TcpListener::bind("[::1]:0").expect("this test needs an IPv6 loopback address, ::1, on this machine");
    let office = Office::new().with("BANGTIN_LISTEN", "127.0.0.1:0, [::1]:0");
    let mut serving = office.serve();
    while serving.addresses.len() < 2 {
        serving.hear();
    }
    assert!(serving.addresses.iter().any(|address| address.starts_with("http://127.0.0.1:")), "{:?}", serving.addresses);
    assert!(serving.addresses.iter().any(|address| address.starts_with("http://[::1]:")), "{:?}", serving.addresses);
    for address in &serving.addresses {
        let (status, _, body) = ask(address, "/tin/cho-phien", &[]);
        assert!(status == 200 && body.contains("Chợ họp từ tinh mơ."), "{address}");
    }
}

#[test]
fn logs_for_machines_are_json_and_name_the_request_and_hide_the_person() {
    for (proxies, client) in [("", "127.0.0.0"), ("127.0.0.0/8", "203.0.113.0"), ("10.0.0.0/8", "127.0.0.0")] {
        let office = Office::new().with("BANGTIN_LOG", "json").with("BANGTIN_PROXIES", proxies);
        let serving = office.serve();
        let (_, id, _) = serving.ask("/tin/cho-phien", &[("X-Forwarded-For", "203.0.113.77")]);
        assert!(id.len() > 20, "{id}");
        let (_, other, _) = serving.ask("/tin/khong-co", &[("X-Request-Id", &id)]);
        assert_ne!(id, other, "nobody but us gives a request its id");
        let (_, errors) = serving.stop();
        assert!(!errors.contains("203.0.113.77"), "{errors}");
        let lines: Vec<Value> =
            errors.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect();
        let of = |id: &str| lines.iter().find(|line| line["request"] == id).unwrap_or_else(|| panic!("{id}: {errors}"));
        let answered = of(&id);
        assert_eq!((&answered["client"], &answered["status"], &answered["path"]), (&client.into(), &200.into(), &"/tin/cho-phien".into()));
        assert_eq!((&of(&other)["client"], &of(&other)["status"]), (&"127.0.0.0".into(), &404.into()));
    }
}
