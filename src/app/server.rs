//! Opening the doors, and closing them without dropping anybody's request or count.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use actix_web::dev::{Server, ServerHandle};
use actix_web::middleware::from_fn;
use actix_web::{App as Service, HttpServer};

use tokio::signal::unix::{Signal, SignalKind, signal};

use super::App;
use super::routes::{development, routes};
use crate::article::views;
use crate::channel::page::{home, postings};
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::phrase;
use crate::store::fault;
use crate::web::guard;

/// How long a stop waits for requests under way, and then for whoever else is writing, in seconds.
const STOP_SECONDS: u64 = 20;
/// The exit code of a program that was interrupted, as shells give it.
const FORCED: i32 = 130;
const CLIENT_SECONDS: u64 = 10;
/// Longer than followers wait between two questions (`bulletin::keys::ASK_EVERY`), who would otherwise connect anew each time.
const KEEP_ALIVE: Duration = Duration::from_secs(30);
const MOST_FILES: u64 = 65_536;
/// How long somebody may take none of what was sent to them.
const DEAF: Duration = Duration::from_secs(30);

pub struct Open {
    pub addresses: Vec<SocketAddr>,
    server: Server,
    app: App,
}

/// Binds every address, or none. Port 0 takes a free one.
pub fn open(app: App, listen: &[String], workers: Option<usize>) -> Result<Open, Refusal> {
    // Connections are files, and systems start programs with a thousand at most. Fewer than wished for will do.
    let _ = rlimit::increase_nofile_limit(MOST_FILES);
    let shared = app.clone();
    let mut server = HttpServer::new(move || {
        Service::new()
            .app_data(shared.web.clone())
            .app_data(shared.counter.clone())
            .app_data(shared.limit.clone())
            .app_data(shared.rate.clone())
            .app_data(shared.painter.clone())
            .app_data(shared.out.clone())
            .wrap(from_fn(guard::stand))
            .wrap(from_fn(views::watch))
            .configure(|urls| {
                if shared.development {
                    development(urls)
                }
            })
            .configure(routes)
    })
    .on_connect(|connection, _| {
        let Some(stream) = connection.downcast_ref::<actix_web::rt::net::TcpStream>() else { return };
        // An answer in two pieces must not wait for the first to be acknowledged: that takes 40 ms.
        let _ = stream.set_nodelay(true);
        // Whoever asks and never reads would hold an answer's memory for ever. Only Linux lets us say so.
        #[cfg(target_os = "linux")]
        let _ = socket2::SockRef::from(stream).set_tcp_user_timeout(Some(DEAF));
        #[cfg(not(target_os = "linux"))]
        let _ = DEAF;
    })
    .keep_alive(KEEP_ALIVE)
    .client_request_timeout(Duration::from_secs(CLIENT_SECONDS))
    .shutdown_timeout(STOP_SECONDS)
    .disable_signals();
    if let Some(workers) = workers {
        server = server.workers(workers);
    }
    for address in listen {
        server = server.bind(address.as_str()).map_err(|error| refused(address, &error))?;
    }
    let addresses = server.addrs();
    warm(&app);
    Ok(Open { addresses, server: server.run(), app })
}

/// What the first answer of all makes for itself (templates, words, a connection's first questions) is made before anybody
/// asks: it takes longer than the answer.
fn warm(app: &App) {
    for lang in [Lang::Vi, Lang::En] {
        let made = app.web.reading(lang, app.web.clock.now()).and_then(|mut reading| {
            home::home(&mut reading, 1)?;
            postings::postings(&mut reading, &postings::Asked::of("", 1))
        });
        // A portal without a description of itself says so to whoever comes.
        if let Err(refusal) = made {
            tracing::debug!("nothing was made before the doors were opened: {refusal}");
        }
    }
}

impl Open {
    /// A handle that stops it from elsewhere.
    pub fn handle(&self) -> ServerHandle {
        self.server.handle()
    }

    /// Until SIGTERM or Ctrl+C: then what is under way is finished, and the counted views are written. A second time
    /// means now.
    pub async fn serve(self) -> Result<(), Refusal> {
        let stop = Stop::listen()?;
        actix_web::rt::spawn(stop.order(self.server.handle(), self.app.clone()));
        let served = self.server.await.map_err(Refusal::broken);
        served.and(write_the_last(&self.app))
    }
}

/// The two ways in which people and services end a program. The server's own handling would cut everybody off at
/// Ctrl+C.
struct Stop {
    term: Signal,
    interrupt: Signal,
}

impl Stop {
    fn listen() -> Result<Stop, Refusal> {
        let listen = |kind| signal(kind).map_err(Refusal::broken);
        Ok(Stop { term: listen(SignalKind::terminate())?, interrupt: listen(SignalKind::interrupt())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.term.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }

    async fn order(mut self, server: ServerHandle, app: App) {
        self.next().await;
        app.out.hub.close();
        // The order is given when it is made; its end is the end of `serve`.
        drop(server.stop(true));
        self.next().await;
        if let Err(refusal) = app.flush() {
            tracing::error!("the last views are lost: {refusal}");
        }
        std::process::exit(FORCED);
    }
}

/// Each try waits as long as the database lets a writer wait (`store::BUSY`), so nothing spins here.
fn write_the_last(app: &App) -> Result<(), Refusal> {
    let began = Instant::now();
    loop {
        match app.flush() {
            Err(refusal) if fault::is_busy(&refusal) && began.elapsed().as_secs() < STOP_SECONDS => {
                tracing::warn!("the last views wait: {refusal}");
            }
            outcome => return outcome,
        }
    }
}

fn refused(address: &str, error: &std::io::Error) -> Refusal {
    Refusal::Trouble(match error.kind() {
        std::io::ErrorKind::AddrInUse => phrase!("trouble-port-in-use", address = address),
        std::io::ErrorKind::PermissionDenied => phrase!("trouble-port-forbidden", address = address),
        _ => phrase!("trouble-port", address = address, reason = error),
    })
}
