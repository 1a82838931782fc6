//! A portal of one's own for each test: a free port, a fresh database, a driven clock, and no background task.

use std::sync::Arc;

use bangtin::app::config::Config;
use bangtin::app::exchange::{self, Porter, Report};
use bangtin::app::{App, server, words};
use bangtin::kit::calendar;
use bangtin::kit::clock::{Clock, Moment};
use bangtin::kit::refusal::Refusal;
use bangtin::kit::words::{Lang, Words};
use tempfile::TempDir;

use crate::folder::Folder;

/// A phone of 2018, as the counter should see it.
pub const PHONE: &str = "Mozilla/5.0 (Linux; Android 9; SM-J400F) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36";

pub struct Portal {
    pub app: App,
    pub clock: Clock,
    pub words: Arc<Words>,
    pub address: String,
    pub var: TempDir,
    agent: ureq::Agent,
    handle: actix_web::dev::ServerHandle,
    thread: Option<std::thread::JoinHandle<()>>,
}

#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub body: String,
    pub bytes: Vec<u8>,
    headers: Vec<(String, String)>,
}

impl Reply {
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }

    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    pub fn html(&self) -> scraper::Html {
        scraper::Html::parse_document(&self.body)
    }

    /// The text of the first element that a selector finds.
    pub fn text(&self, selector: &str) -> String {
        self.texts(selector).into_iter().next().unwrap_or_default()
    }

    pub fn texts(&self, selector: &str) -> Vec<String> {
        let selector = scraper::Selector::parse(selector).expect("a sound selector");
        self.html()
            .select(&selector)
            .map(|found| found.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" "))
            .collect()
    }

    pub fn attributes(&self, selector: &str, attribute: &str) -> Vec<String> {
        let selector = scraper::Selector::parse(selector).expect("a sound selector");
        self.html().select(&selector).filter_map(|found| found.attr(attribute).map(str::to_owned)).collect()
    }
}

/// Eight in the morning of Saturday 21 November 2026 in Viet Nam, unless a test says otherwise.
pub fn morning() -> Moment {
    at("2026-11-21T08:00:00")
}

/// A wall clock's time in Viet Nam.
pub fn at(local: &str) -> Moment {
    calendar::utc(local.parse().expect("a local date and time"))
}

impl Portal {
    pub fn open() -> Portal {
        Portal::on(None)
    }

    pub fn on(database_url: Option<String>) -> Portal {
        Portal::reopen(TempDir::new().expect("a temporary folder"), database_url, &[])
    }

    /// With these files already imported.
    pub fn with(folder: &Folder) -> Portal {
        let portal = Portal::open();
        portal.import(folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
        portal
    }

    /// With what only those who build the portal see.
    pub fn in_development() -> Portal {
        Portal::set(TempDir::new().expect("a temporary folder"), &[("BANGTIN_DEVELOPMENT", "true".to_owned())])
    }

    /// One that may tell whoever listens on this machine, with these files imported.
    pub fn telling(folder: &Folder, database_url: Option<String>) -> Portal {
        let mut settings = vec![("BANGTIN_WEBHOOKS_PRIVATE", "true".to_owned())];
        settings.extend(database_url.map(|url| ("DATABASE_URL", url)));
        let portal = Portal::set(TempDir::new().expect("a temporary folder"), &settings);
        portal.import(folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
        portal
    }

    /// On a data folder that another portal has left.
    pub fn reopen(var: TempDir, database_url: Option<String>, proxies: &[&str]) -> Portal {
        let mut settings = vec![("BANGTIN_PROXIES", proxies.join(","))];
        settings.extend(database_url.map(|url| ("DATABASE_URL", url)));
        Portal::set(var, &settings)
    }

    fn set(var: TempDir, settings: &[(&str, String)]) -> Portal {
        let environment =
            [("BANGTIN_VAR".to_owned(), var.path().display().to_string()), ("BANGTIN_LISTEN".to_owned(), "127.0.0.1:0".to_owned())];
        let environment = environment.into_iter().chain(settings.iter().map(|(name, value)| (name.to_string(), value.clone()))).collect();
        let config = Config::read("", "", &environment).expect("sound settings");
        let words = Arc::new(words::load(std::path::Path::new("/nowhere")).expect("the words inside the program"));
        let clock = Clock::driven(morning());
        let app = App::open(&config, words.clone(), clock.clone()).expect("a fresh database");
        let (send, receive) = std::sync::mpsc::channel();
        let shared = app.clone();
        // No worker runs: whatever holds here holds with every background task stopped.
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let doors = server::open(shared, &config.listen, Some(1)).expect("a free port");
                send.send((doors.addresses[0], doors.handle())).expect("the test is waiting");
                doors.serve().await.expect("the server stops when told");
            });
        });
        let (address, handle) = receive.recv().expect("the server has opened");
        let agent = ureq::Agent::new_with_config(
            ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).user_agent(PHONE).build(),
        );
        Portal { app, clock, words, address: format!("http://{address}"), var, agent, handle, thread: Some(thread) }
    }

    pub fn import(&self, folder: &Folder) -> Result<Report, Refusal> {
        self.porter().import(folder.path())
    }

    pub fn export(&self) -> Folder {
        let folder = Folder::empty();
        exchange::export(&self.porter(), folder.path()).expect("an empty folder takes everything");
        folder
    }

    pub fn porter(&self) -> Porter<'_> {
        Porter { store: &self.app.web.store, shelf: &self.app.web.shelf, words: &self.words, now: self.clock.now(), tell: &|_| {} }
    }

    /// What a clerk is told of a refusal.
    pub fn told(&self, refusal: &Refusal) -> String {
        bangtin::web::error::told(&self.words, Lang::Vi, refusal)
    }

    pub fn get(&self, path: &str) -> Reply {
        self.ask("GET", path, &[])
    }

    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
        self.send(method, path, headers, "")
    }

    /// As a browser sends a form; a header given here stands for its own.
    pub fn post(&self, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let form = ("content-type", "application/x-www-form-urlencoded");
        let own = if headers.iter().any(|(name, _)| *name == form.0) { Vec::new() } else { vec![form] };
        self.send("POST", path, &[headers, &own].concat(), body)
    }

    /// As a browser sends a form with a file.
    pub fn post_parts(&self, path: &str, headers: &[(&str, &str)], parts: &[(&str, &[u8])]) -> Reply {
        let mut body = Vec::new();
        for (name, bytes) in parts {
            body.extend(format!("--ranh\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n").bytes());
            body.extend_from_slice(bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--ranh--\r\n");
        self.send("POST", path, &[headers, &[("content-type", "multipart/form-data; boundary=ranh")]].concat(), body)
    }

    /// As it is given, whatever it is.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Reply {
        let body = body.as_ref();
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answered = match body.is_empty() {
            true => self.agent.run(request.body(()).expect("a sound request")),
            false => self.agent.run(request.body(body).expect("a sound request")),
        };
        let mut response = answered.expect("the server answers");
        let bytes = response.body_mut().with_config().limit(64 * 1024 * 1024).read_to_vec().expect("the whole body");
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        Reply { status: response.status().as_u16(), body: String::from_utf8_lossy(&bytes).into_owned(), bytes, headers }
    }

    /// Stops the server as SIGTERM would, and gives back its data folder.
    pub fn stop(mut self) -> TempDir {
        self.close();
        std::mem::replace(&mut self.var, TempDir::new().expect("a temporary folder"))
    }

    fn close(&mut self) {
        if let Some(thread) = self.thread.take() {
            order(self.handle.stop(true));
            thread.join().expect("the server ended well");
        }
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.close();
        }
    }
}

/// The stop is ordered when the future is made; its end is the end of the server's thread.
fn order(stopping: impl Future<Output = ()>) {
    drop(stopping);
}
