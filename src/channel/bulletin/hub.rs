//! Whoever listens to a unit's bulletin. One watcher a unit that is listened to, whoever many listen; it holds only what is
//! newest, so that a slow reader costs nothing and misses nothing that still counts. When nobody listens, nobody watches.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use actix_web::web::Data;
use tokio::sync::watch;

use super::entry;
use crate::web::Web;

/// A change is heard of within so long: readers are answered meanwhile.
const EVERY: Duration = Duration::from_millis(100);
/// After a failure.
const AGAIN: Duration = Duration::from_secs(2);
const MOST_LISTENERS: usize = 20_000;
/// From one address, behind which there may be a whole office.
const MOST_OF_ONE: usize = 1_000;

/// What there is to hear.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    pub number: i64,
    pub content: String,
}

#[derive(Default)]
pub struct Hub {
    rooms: Mutex<HashMap<String, watch::Sender<State>>>,
    listeners: Mutex<HashMap<Option<IpAddr>, usize>>,
    is_closed: AtomicBool,
}

/// Somebody who listens; counted until he leaves, by whatever way.
pub struct Listener {
    hub: Arc<Hub>,
    from: Option<IpAddr>,
    pub states: watch::Receiver<State>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        let mut listeners = self.hub.listeners.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = listeners.get_mut(&self.from) {
            *count -= 1;
            if *count == 0 {
                listeners.remove(&self.from);
            }
        }
    }
}

impl Hub {
    /// `None` when there are too many already, or the server stops.
    pub fn listen(hub: &Arc<Hub>, web: &Data<Web>, code: &str, from: Option<IpAddr>, now: State) -> Option<Listener> {
        if hub.is_closed.load(Ordering::Acquire) {
            return None;
        }
        let mut listeners = hub.listeners.lock().unwrap_or_else(PoisonError::into_inner);
        let of_one = listeners.get(&from).copied().unwrap_or(0);
        if listeners.values().sum::<usize>() >= MOST_LISTENERS || of_one >= MOST_OF_ONE {
            return None;
        }
        *listeners.entry(from).or_default() += 1;
        drop(listeners);
        let mut rooms = hub.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        let states = match rooms.get(code) {
            Some(room) => room.subscribe(),
            None => {
                let (room, states) = watch::channel(now);
                rooms.insert(code.to_owned(), room);
                actix_web::rt::spawn(watch_over(hub.clone(), web.clone(), code.to_owned()));
                states
            }
        };
        Some(Listener { hub: hub.clone(), from, states })
    }

    pub fn count(&self) -> usize {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner).values().sum()
    }

    /// Lets everybody go, so that the server can stop.
    pub fn close(&self) {
        self.is_closed.store(true, Ordering::Release);
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Tells it where it is news; false when nobody listens any more, and the room is gone.
    fn tell(&self, code: &str, state: Option<State>) -> bool {
        let mut rooms = self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(room) = rooms.get(code) else { return false };
        if room.receiver_count() == 0 {
            rooms.remove(code);
            return false;
        }
        if let Some(state) = state {
            room.send_if_modified(|known| {
                let is_news = *known != state;
                *known = state;
                is_news
            });
        }
        true
    }
}

async fn watch_over(hub: Arc<Hub>, web: Data<Web>, code: String) {
    let mut seen: Option<std::sync::Weak<crate::web::kept::Entry>> = None;
    loop {
        let state = match entry(&web, &code).await {
            // What was told is not told again, nor looked at.
            Ok(entry) if seen.as_ref().and_then(std::sync::Weak::upgrade).is_some_and(|seen| Arc::ptr_eq(&seen, &entry)) => None,
            Ok(entry) => {
                seen = Some(Arc::downgrade(&entry));
                entry.answer.signed.as_ref().map(|signed| State { number: signed.number, content: signed.content.clone() })
            }
            Err(refusal) => {
                tracing::warn!("the bulletin of {code} could not be made for those who listen: {refusal}");
                tokio::time::sleep(AGAIN).await;
                None
            }
        };
        if !hub.tell(&code, state) {
            return;
        }
        tokio::time::sleep(EVERY).await;
    }
}
