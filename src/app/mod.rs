//! Floor 7: the roof. It builds the house from its settings, opens the doors, and runs what recurs.

pub mod alarms;
pub mod board;
pub mod board_install;
mod boards;
mod bulletins;
pub mod config;
pub mod exchange;
pub mod feedback;
pub mod follow;
pub mod keys;
pub mod log;
pub mod people;
pub mod pictures;
mod registers;
mod reports;
pub mod routes;
pub mod server;
mod sheets;
pub mod verbs;
pub mod verify;
pub mod webhooks;
pub mod words;
pub mod worker;

use std::sync::Arc;

use actix_web::web::Data;

use crate::api::rate::Rate;
use crate::article::views::Counter;
use crate::bulletin::keys as signing;
use crate::channel::bulletin::Out;
use crate::channel::card::draw::Painter;
use crate::edition::{change, entry, reaching};
use crate::kit::clock::Clock;
use crate::kit::refusal::Refusal;
use crate::kit::words::Words;
use crate::posting::strip;
use crate::store::ring::Ring;
use crate::store::shelf::Shelf;
use crate::store::{Address, Lasting, Store};
use crate::unit;
use crate::web::guard::Guard;
use crate::web::limit::Limit;
use crate::web::view::View;
use crate::web::{Follow, Web};
use config::Config;

/// How kept answers learn what a change of the store means for them.
const FOLLOW: Follow = Follow { since: change::since, next_turn: change::next_turn, strip: strip::strip };

/// Folded at a time, so that nobody waits long for his turn to write.
const TITLES: i64 = 2_000;

/// Everything that serves, whichever door it is reached by.
#[derive(Clone)]
pub struct App {
    pub web: Data<Web>,
    pub counter: Data<Counter>,
    pub limit: Data<Limit>,
    pub rate: Data<Rate>,
    pub painter: Data<Painter>,
    pub out: Data<Out>,
    development: bool,
}

impl App {
    pub fn open(config: &Config, words: Arc<Words>, clock: Clock) -> Result<App, Refusal> {
        let shelf = Shelf::open(&config.var)?;
        let ring = Ring::open(&config.var, config.signing_key.as_deref())?;
        let store = Store::open(&Address::of(config.database_url.as_deref(), &config.var)?)?;
        // Once after an update: titles and names that the desk's search does not know yet.
        while entry::lacks_titles(&mut *store.read()?)? {
            store.write(|c| entry::fold_titles(c, TITLES))?;
        }
        if unit::find::lacks_names(&mut *store.read()?)? {
            store.write(unit::find::fold_names)?;
        }
        // Once: a log that was written before anybody asked whom its rows reach.
        if reaching::is_lacking(&mut *store.read()?)? {
            store.write(reaching::make)?;
        }
        let view = View::load(words.clone())?;
        let guard = Guard { proxies: config.proxies.clone(), tells_neighbours: config.webhooks_private };
        let web = Data::new(Web::new(Lasting { store, shelf, ring }, words, view, clock, guard, FOLLOW)?);
        let painter = Data::new(Painter::new()?);
        Ok(App {
            web,
            counter: Data::default(),
            limit: Data::default(),
            rate: Data::default(),
            painter,
            out: Data::default(),
            development: config.development,
        })
    }

    /// Makes the key that signs bulletins, once. Without it everything is served but those.
    pub fn begin_keys(&self) -> Result<(), Refusal> {
        signing::begin(&self.web.store, &self.web.ring, self.web.clock.now())
    }

    /// Writes the counted views. Forgets who answered.
    pub fn flush(&self) -> Result<(), Refusal> {
        self.limit.forget(self.web.clock.now());
        self.counter.flush(&self.web.store)
    }
}
