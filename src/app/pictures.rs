//! Renditions made in the background: for pictures of a database from before there were so many, after the recipe
//! has changed, and when a file was lost. What an import brings has its renditions before anybody sees it, so nothing
//! a reader asks for ever waits here.
//!
//! One process at a time is at it among those that share the shelf ([`Shelf::alone`]), one picture at a time, so
//! that readers keep the machine. Each picture is recorded when its files stand: whatever ends the process in
//! between, the next round begins where this one was.

use std::collections::{HashSet, VecDeque};
use std::fs::File;
use std::time::Duration;

use actix_web::web::{Data, block};

use super::App;
use crate::kit::digest::sha256;
use crate::kit::picture::{Picture, Rendition};
use crate::kit::refusal::Refusal;
use crate::store::shelf::{self, Medium, Shelf};
use crate::store::{Store, fault};
use crate::web::Web;

const LOOK_EVERY: Duration = Duration::from_secs(60);
/// Every so many looks each file is looked for on the disk too, and not only in the database.
const THOROUGH_EVERY: u64 = 60;
/// Between two words of progress.
const STEP: usize = 10;

pub struct Maker {
    web: Data<Web>,
    /// Originals that cannot be read. They are reported once, and tried again after the next start.
    given_up: HashSet<String>,
}

/// What one look has found to do.
pub struct Round {
    left: VecDeque<Medium>,
    count: usize,
    pub made: usize,
    _alone: File,
}

impl Maker {
    pub fn new(app: &App) -> Maker {
        Maker { web: app.web.clone(), given_up: HashSet::new() }
    }

    /// `None` when there is nothing to do, or another process is doing it.
    pub fn look(&self, is_thorough: bool) -> Result<Option<Round>, Refusal> {
        let Some(alone) = self.web.shelf.alone() else { return Ok(None) };
        let pictures = shelf::pictures(&mut *self.web.store.snapshot()?, is_thorough)?;
        let left: VecDeque<Medium> =
            pictures.into_iter().filter(|medium| medium.lacks(&self.web.shelf) && !self.given_up.contains(&medium.digest)).collect();
        let round = Round { count: left.len(), left, made: 0, _alone: alone };
        Ok(Some(round).filter(|round| round.count > 0))
    }

    /// Makes what the next picture lacks. `false` when none is left.
    pub fn step(&mut self, round: &mut Round) -> bool {
        let Some(medium) = round.left.pop_front() else { return false };
        match make(&self.web.store, &self.web.shelf, &medium.digest) {
            Ok(_) => {
                round.made += 1;
                self.web.kept.touch(vec![shelf::topic(&medium.digest)]);
            }
            Err(refusal) if fault::is_busy(&refusal) => tracing::warn!("picture {} waits: {refusal}", medium.digest),
            Err(refusal) => {
                tracing::error!("nothing can be made of picture {}: {refusal}", medium.digest);
                self.given_up.insert(medium.digest);
            }
        }
        let done = round.count - round.left.len();
        if done.is_multiple_of(STEP) || round.left.is_empty() {
            tracing::info!("pictures made in the background: {done} of {}", round.count);
        }
        !round.left.is_empty()
    }
}

/// Looked up again: an import may have made it since.
fn make(store: &Store, shelf: &Shelf, digest: &str) -> Result<Vec<Rendition>, Refusal> {
    let Some(medium) = shelf::find(&mut *store.read()?, digest)?.filter(|medium| medium.lacks(shelf)) else { return Ok(Vec::new()) };
    let original = shelf.take(&medium.digest, "")?;
    if sha256(&original) != medium.digest {
        return Err(Refusal::broken("the original is not what it was"));
    }
    let renditions = Picture::decode(&original)
        .and_then(|picture| picture.renditions(original.len()))
        .map_err(|fault| Refusal::broken(format!("{fault:?}")))?;
    let mut made = Vec::with_capacity(renditions.len());
    for (rendition, bytes) in renditions {
        shelf.put(&medium.digest, &rendition.to_string(), &bytes)?;
        made.push(rendition);
    }
    store.write(|c| shelf::made(c, shelf, &medium.digest, &made))?;
    Ok(made)
}

/// Runs until the runtime stops; a stop waits for one picture at most.
pub async fn run(mut maker: Maker) {
    let web = maker.web.clone();
    match block(move || web.shelf.sweep()).await {
        Ok(Ok(0)) => {}
        Ok(Ok(swept)) => tracing::info!("{swept} files of interrupted writers thrown away"),
        Ok(Err(error)) => tracing::warn!("the shelf was not swept: {error}"),
        Err(cancelled) => tracing::warn!("the shelf was not swept: {cancelled}"),
    }
    let mut every = tokio::time::interval(LOOK_EVERY);
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut turn: u64 = 0;
    loop {
        every.tick().await;
        let is_thorough = turn.is_multiple_of(THOROUGH_EVERY);
        turn += 1;
        let Ok((returned, looked)) = block(move || (maker.look(is_thorough), maker)).await.map(|(looked, maker)| (maker, looked)) else {
            return;
        };
        maker = returned;
        let mut round = match looked {
            Ok(Some(round)) => round,
            Ok(None) => continue,
            Err(refusal) => {
                tracing::warn!("pictures wait: {refusal}");
                continue;
            }
        };
        loop {
            let Ok((returned, at, is_more)) = block(move || {
                let is_more = maker.step(&mut round);
                (maker, round, is_more)
            })
            .await
            else {
                return;
            };
            (maker, round) = (returned, at);
            if !is_more {
                break;
            }
        }
    }
}
