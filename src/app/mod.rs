//! Floor 7: the roof. It builds the house from its settings, opens the doors, and runs what recurs.

pub mod config;
pub mod exchange;
pub mod log;
pub mod routes;
pub mod server;
pub mod verify;
pub mod words;
pub mod worker;

use std::sync::Arc;

use actix_web::web::Data;

use crate::article::views::Counter;
use crate::kit::clock::Clock;
use crate::kit::refusal::Refusal;
use crate::kit::words::Words;
use crate::store::shelf::Shelf;
use crate::store::{Address, Store};
use crate::web::Web;
use crate::web::guard::Guard;
use crate::web::view::View;
use config::Config;

/// Everything that serves, whichever door it is reached by.
#[derive(Clone)]
pub struct App {
    pub web: Data<Web>,
    pub counter: Data<Counter>,
    development: bool,
}

impl App {
    pub fn open(config: &Config, words: Arc<Words>, clock: Clock) -> Result<App, Refusal> {
        let shelf = Shelf::open(&config.var)?;
        let store = Store::open(&Address::of(config.database_url.as_deref(), &config.var)?)?;
        let view = View::load(words.clone())?;
        let guard = Guard { proxies: config.proxies.clone() };
        Ok(App {
            web: Data::new(Web::new(store, shelf, words, view, clock, guard)?),
            counter: Data::default(),
            development: config.development,
        })
    }

    /// Writes the counted views; the pages that show them are made anew when next asked for.
    pub fn flush(&self) -> Result<(), Refusal> {
        let documents = self.counter.flush(&self.web.store)?;
        if !documents.is_empty() {
            self.web.kept.forget(|answer| answer.counts.is_some_and(|document| documents.contains(&document)));
        }
        Ok(())
    }
}
