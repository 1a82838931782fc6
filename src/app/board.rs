//! `bangtin board`: what keeps a mirror up to date, and the doors through which the screen on this machine reads it. It needs no
//! database, and whatever stops in it leaves the last good bulletin on the screen.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use actix_web::dev::{Server, ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{Data, Json, JsonConfig, Path, get, head, post, resource};
use actix_web::{App, Error, HttpResponse, HttpServer, body::MessageBody, error::ErrorForbidden};
use rand::RngExt;

use super::routes::on;
use crate::board::folder::Folder;
use crate::board::mirror::{Mirror, Outcome};
use crate::board::record::Seen;
use crate::board::state::Settings;
use crate::board::time::Host;
use crate::board::witness::Witness;
use crate::bulletin::line::{DEAF, pause};
use crate::bulletin::pin;
use crate::kit::refusal::Refusal;
use crate::kit::words::Words;
use crate::phrase;
use crate::web::answer::HTML;
use crate::web::screen::{self, LIMIT_HOURS, Shell};
use crate::web::view::View;
use crate::web::{Face, asset};

pub const LISTEN: &str = "127.0.0.1:8181";
/// How often a board asks that has no stream.
const ASK_EVERY: Duration = Duration::from_secs(10);
/// How often one asks that has, so that what it holds stays vouched for, which lasts half an hour; drawn at random between the two.
const VOUCH_EVERY: (u64, u64) = (20 * 60, 26 * 60);
/// How often a paired board says how it is that has nothing else to say.
const TELL_EVERY: (u64, u64) = (22 * 60, 29 * 60);
/// How often what is over is looked for, and what time it is.
const TICK: Duration = Duration::from_secs(1);
/// Of what a screen says, in bytes.
const MOST_SEEN: usize = 64 * 1024;
const NOTE_TIME_EVERY: Duration = Duration::from_secs(10 * 60);
/// How often what left the screen is looked for, and how often what is on it is written down.
const LOOK_EVERY: Duration = Duration::from_secs(10);
const KEEP_EVERY: Duration = Duration::from_secs(2 * 60);
/// Between two reports: what follows close is told together.
const BREATH: Duration = Duration::from_secs(5);
/// How long after its start an unpaired board asks often whether it is paired, and how often it asks later.
const EAGER: Duration = Duration::from_secs(30 * 60);
const ASK_RARELY: Duration = Duration::from_secs(29 * 60);
const FETCH_AGAIN: Duration = Duration::from_secs(60);

/// What was asked for on the command line.
#[derive(Clone, Debug)]
pub struct Asked {
    pub from: String,
    pub unit: String,
    pub folder: PathBuf,
    pub listen: String,
    pub key: Option<String>,
}

/// Wakes whoever keeps the mirror up to date.
#[derive(Default)]
struct Bell {
    rung: Mutex<bool>,
    heard: Condvar,
}

impl Bell {
    fn ring(&self) {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.heard.notify_all();
    }

    /// Until it rings, or so long; whether it rang.
    fn wait(&self, most: Duration) -> bool {
        let rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut rung, _) = self.heard.wait_timeout_while(rung, most, |rung| !*rung).unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *rung)
    }
}

/// The stream of events: when anything was heard on it last.
#[derive(Default)]
struct Stream(Mutex<Option<Instant>>);

impl Stream {
    fn heard(&self, at: Option<Instant>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }

    fn is_alive(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_some_and(|heard| heard.elapsed() < DEAF)
    }
}

/// A mirror, and its word for what was on its screen.
#[derive(Clone)]
pub struct Board {
    pub mirror: Arc<Mirror>,
    pub witness: Arc<Witness>,
    /// Rings when there is something to tell the portal.
    news: Arc<Bell>,
}

pub fn open(asked: &Asked, host: Host) -> Result<Board, Refusal> {
    let settings = Settings { portal: pin::portal(&asked.from)?, code: asked.unit.clone(), key: asked.key.clone() };
    let mirror = Arc::new(Mirror::open(settings, Folder::open(&asked.folder)?, host)?);
    let witness = Arc::new(Witness::open(&mirror));
    Ok(Board { mirror, witness, news: Arc::default() })
}

/// Keeps a mirror up to date until the process ends.
pub fn keep_up(board: &Board) {
    let mirror = &board.mirror;
    let (bell, stream) = (Arc::new(Bell::default()), Arc::new(Stream::default()));
    let (listening, rings, told) = (mirror.clone(), bell.clone(), stream.clone());
    std::thread::spawn(move || listen(&listening, &rings, &told));
    let files = Arc::new(Bell::default());
    let (fetching, wanted) = (mirror.clone(), files.clone());
    std::thread::spawn(move || fetch(&fetching, &wanted));
    let syncing = board.clone();
    std::thread::spawn(move || sync(&syncing, &bell, &stream, &files));
    let ticking = board.clone();
    std::thread::spawn(move || tick(&ticking));
    let telling = board.clone();
    std::thread::spawn(move || tell(&telling));
}

/// Files come on a thread of their own: an urgent posting does not wait for a large one on a slow line.
fn fetch(mirror: &Mirror, wanted: &Bell) {
    let mut tries = 0;
    loop {
        wanted.wait(if tries > 0 { pause(tries).min(FETCH_AGAIN) } else { FETCH_AGAIN });
        if mirror.failures() == 0 {
            tries = if mirror.fetch() > 0 { tries + 1 } else { 0 };
        }
    }
}

fn sync(Board { mirror, news, .. }: &Board, bell: &Bell, stream: &Stream, files: &Bell) {
    loop {
        let before = mirror.number();
        let outcome = mirror.hear(false);
        match outcome {
            Outcome::Refused(why) => tracing::warn!("nothing was taken from {}: {}", mirror.portal(), why.word()),
            _ => files.ring(),
        }
        if outcome == Outcome::Taken || mirror.number() != before {
            news.ring();
        }
        let wait = match outcome {
            Outcome::Refused(_) => pause(mirror.failures()),
            _ if stream.is_alive() => Duration::from_secs(rand::rng().random_range(VOUCH_EVERY.0..VOUCH_EVERY.1)),
            _ => ASK_EVERY.mul_f64(rand::rng().random_range(0.5..1.0)),
        };
        let until = Instant::now() + wait;
        // A stream that fell silent is no reason to wait as long as beside a living one.
        loop {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || bell.wait(left.min(DEAF)) {
                break;
            }
            if wait > ASK_EVERY && matches!(outcome, Outcome::Same | Outcome::Taken) && !stream.is_alive() {
                break;
            }
        }
    }
}

fn listen(mirror: &Mirror, bell: &Bell, stream: &Stream) {
    let mut failures = 0;
    loop {
        let address = format!("/bang-tin/{}/events", mirror.code());
        let began = Instant::now();
        let ended = mirror.line().events(&address, |content| {
            stream.heard(Some(Instant::now()));
            let held = mirror.shown().map(|shown| shown.content);
            // A line that is back for one is back for the other.
            if content.is_some_and(|content| held.as_deref() != Some(content) || mirror.failures() > 0) {
                bell.ring();
            }
        });
        stream.heard(None);
        // One that its portal ended is opened anew, and its first word says whether there is anything.
        if ended.is_err() {
            bell.ring();
        }
        // A stream that lasted is ended by its portal now and then.
        failures = if ended.is_ok() || began.elapsed() > DEAF { 1 } else { failures + 1 };
        std::thread::sleep(pause(failures));
    }
}

/// What goes by the clock alone.
fn tick(Board { mirror, witness, news }: &Board) {
    let (mut noted, mut looked, mut kept) = (Instant::now(), Instant::now(), Instant::now());
    loop {
        std::thread::sleep(TICK);
        let is_less = mirror.forget();
        if is_less || looked.elapsed() >= LOOK_EVERY {
            looked = Instant::now();
            if witness.pass(mirror) {
                news.ring();
            }
        }
        if witness.is_paired() && kept.elapsed() >= KEEP_EVERY {
            kept = Instant::now();
            witness.keep(mirror);
        }
        if noted.elapsed() >= NOTE_TIME_EVERY {
            noted = Instant::now();
            mirror.note_time();
        }
    }
}

/// Says how the board is and what was on its screen: soon after there is news, and now and then without any.
fn tell(Board { mirror, witness, news }: &Board) {
    let began = Instant::now();
    loop {
        let most = match (witness.is_paired(), began.elapsed() < EAGER) {
            (true, _) => Duration::from_secs(rand::rng().random_range(TELL_EVERY.0..TELL_EVERY.1)),
            // Somebody may be standing there with the code in his hand.
            (false, true) => BREATH,
            (false, false) => ASK_RARELY,
        };
        // Before it heard anything there is nobody to tell.
        if mirror.shown().is_none() || mirror.failures() > 0 {
            news.wait(BREATH);
            continue;
        }
        if let Err(why) = witness.report(mirror) {
            tracing::warn!("{} did not take what this board tells: {}", mirror.portal(), why.word());
        }
        std::thread::sleep(BREATH);
        news.wait(most);
    }
}

/// The doors: this machine's own browser and nobody else.
pub fn doors(board: Board, words: Arc<Words>, listen: &str) -> Result<(SocketAddr, Server), Refusal> {
    let bad = || Refusal::Trouble(phrase!("board-not-loopback", address = listen));
    let address: SocketAddr = listen.parse().map_err(|_| bad())?;
    if !address.ip().is_loopback() {
        return Err(bad());
    }
    let view = View::of_screen(words)?;
    let (face, mirror, board) = (Data::new(Face::bare(&view)), Data::from(board.mirror.clone()), Data::new(board));
    let view = Data::new(view);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(mirror.clone())
            .app_data(board.clone())
            .app_data(JsonConfig::default().limit(MOST_SEEN))
            .app_data(view.clone())
            .app_data(face.clone())
            .wrap(from_fn(stand))
            .service(on("/", get().to(screen), head().to(screen)))
            .service(on("/state.json", get().to(state), head().to(state)))
            .service(resource("/shown").route(post().to(seen)))
            .service(on("/bulletin.json", get().to(bulletin), head().to(bulletin)))
            .service(on("/tep/{sha256}", get().to(file), head().to(file)))
            .service(on("/static/{name:.*}", get().to(asset::serve), head().to(asset::serve)))
    });
    let server = server
        .workers(1)
        .bind(address)
        .map_err(|error| Refusal::Trouble(phrase!("board-listen-failed", address = listen, reason = error.to_string())))?;
    let address = server.addrs().first().copied().unwrap_or(address);
    Ok((address, server.run()))
}

/// A page from elsewhere that was led here by a name of its own reads nothing.
async fn stand(request: ServiceRequest, next: Next<impl MessageBody + 'static>) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    if !matches!(name, "127.0.0.1" | "localhost" | "[::1]") {
        return Err(ErrorForbidden("this board's own browser"));
    }
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, header::HeaderValue::from_static("nosniff"));
    Ok(response)
}

/// The same shell as the portal's, which finds everything here.
async fn screen(mirror: Data<Mirror>, view: Data<View>, face: Data<Face>) -> HttpResponse {
    let shell = Shell {
        code: mirror.code().to_owned(),
        unit: mirror.unit().unwrap_or_default(),
        portal: mirror.portal().to_owned(),
        board: format!("{}/bang-tin/{}", mirror.portal(), mirror.code()),
        bulletin: "/bulletin.json".to_owned(),
        state: "/state.json".to_owned(),
        files: "/tep/".to_owned(),
        shown: "/shown".to_owned(),
        limit_hours: LIMIT_HOURS,
        ..Shell::default()
    };
    match screen::page(&view, &face, &shell) {
        Ok((html, policy)) => HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, HTML))
            .insert_header((header::CONTENT_SECURITY_POLICY, policy))
            .insert_header((header::CACHE_CONTROL, "no-cache"))
            .insert_header(screen::MARKER)
            .body(html),
        Err(refusal) => {
            tracing::error!("the screen cannot be made: {refusal}");
            HttpResponse::InternalServerError().finish()
        }
    }
}

async fn state(board: Data<Board>) -> HttpResponse {
    let mut state = board.mirror.state();
    state.pairing = board.witness.code();
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(state)
}

/// The screen says what can be seen on it.
async fn seen(board: Data<Board>, seen: Json<Seen>) -> HttpResponse {
    if board.witness.seen(&board.mirror, seen.into_inner()) {
        board.news.ring();
    }
    HttpResponse::NoContent().finish()
}

async fn bulletin(mirror: Data<Mirror>) -> HttpResponse {
    match mirror.shown() {
        Some(shown) => HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, "application/json"))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .body(shown.text.to_string()),
        None => HttpResponse::NotFound().finish(),
    }
}

async fn file(mirror: Data<Mirror>, sha256: Path<String>) -> HttpResponse {
    let found = actix_web::web::block(move || mirror.file(&sha256)).await.ok().flatten();
    match found {
        Some((bytes, mime)) => HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, mime))
            .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
            .insert_header((header::CACHE_CONTROL, "private, max-age=31536000, immutable"))
            .body(bytes),
        None => HttpResponse::NotFound().finish(),
    }
}
