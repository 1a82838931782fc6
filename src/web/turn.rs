//! Turns for what takes a core for tens of milliseconds: so many at once, so many that may wait, and a plain word to
//! whoever comes beyond them. A page must always find a core and a connection to the database.

use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::kit::refusal::Refusal;
use crate::phrase;

pub struct Turns {
    at_once: usize,
    most: usize,
    queue: Arc<Semaphore>,
    turns: Arc<Semaphore>,
}

/// The right to work, until it is dropped.
pub struct Turn {
    _place: OwnedSemaphorePermit,
    _turn: OwnedSemaphorePermit,
}

impl Turns {
    pub fn new(at_once: usize, waiting: usize) -> Turns {
        let most = at_once + waiting;
        Turns { at_once, most, queue: Arc::new(Semaphore::new(most)), turns: Arc::new(Semaphore::new(at_once)) }
    }

    /// Waits for a turn, and takes it along: a reader who leaves does not make room while the work goes on.
    pub async fn turn(&self) -> Result<Turn, Refusal> {
        let busy = |_| Refusal::Trouble(phrase!("trouble-cards-busy"));
        let place = self.queue.clone().try_acquire_owned().map_err(busy)?;
        let turn = self.turns.clone().acquire_owned().await.map_err(Refusal::broken)?;
        Ok(Turn { _place: place, _turn: turn })
    }

    /// The same on a thread that may wait; it is to hold nothing that others need.
    pub fn turn_here(&self) -> Result<Turn, Refusal> {
        Handle::try_current().map_err(Refusal::broken)?.block_on(self.turn())
    }

    /// How many wait for a turn.
    pub fn waiting(&self) -> usize {
        self.most.saturating_sub(self.queue.available_permits()).saturating_sub(self.at_once)
    }
}
