//! One state of the whole store, for as long as somebody looks at it: whatever is written meanwhile is not in it.

use std::ops::{Deref, DerefMut};
use std::sync::atomic::Ordering;

use diesel::connection::{AnsiTransactionManager, TransactionManager};

use super::topic::Look;
use super::{Conn, Reader, Store, fault, log};
use crate::kit::clock::{Moment, NEVER};
use crate::kit::refusal::Refusal;
use crate::on_conn;

/// A read transaction. It ends with its owner, by whatever way that ends, and changes nothing.
pub struct Snapshot {
    c: Reader,
    /// The log position of this state.
    pub position: i64,
    looks: Vec<Look>,
    stops_at: Moment,
}

impl Store {
    pub fn snapshot(&self) -> Result<Snapshot, Refusal> {
        self.snapshot_on(self.readers.get().map_err(fault::pool)?)
    }

    /// `None` when it would have to wait for a connection, or when the database does not answer.
    pub fn snapshot_at_once(&self) -> Option<Snapshot> {
        self.snapshot_on(self.readers.try_get()?).ok()
    }

    fn snapshot_on(&self, mut c: Reader) -> Result<Snapshot, Refusal> {
        match &mut *c {
            // SQLite fixes the state at the first question: the position, just below.
            Conn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN DEFERRED")?,
            Conn::Postgres(c) => {
                AnsiTransactionManager::begin_transaction_sql(c, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
            }
        }
        let mut snapshot = Snapshot { c, position: 0, looks: Vec::new(), stops_at: NEVER };
        snapshot.position = log::position(&mut snapshot)?;
        self.position.fetch_max(snapshot.position, Ordering::SeqCst);
        Ok(snapshot)
    }
}

impl Snapshot {
    /// Whoever finds something notes what would make the answer another one.
    pub fn look<L: Into<Look>>(&mut self, at: impl IntoIterator<Item = L>) {
        self.looks.extend(at.into_iter().map(L::into));
    }

    /// What was found changes by itself at this instant, which no topic's turns tell.
    pub fn until(&mut self, at: Moment) {
        self.stops_at = self.stops_at.min(at);
    }

    /// The first of those instants.
    pub fn stops_at(&self) -> Moment {
        self.stops_at
    }

    /// Begins to note anew; gives what was noted before.
    pub fn set_aside(&mut self) -> (Vec<Look>, Moment) {
        (std::mem::take(&mut self.looks), std::mem::replace(&mut self.stops_at, NEVER))
    }

    /// Everything looked at so far, in order of topics and each once.
    pub fn looked_at(&mut self) -> Box<[Look]> {
        Look::joined(self.looks.clone())
    }
}

impl Deref for Snapshot {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.c
    }
}

impl DerefMut for Snapshot {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.c
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        // The pool throws away a connection whose transaction could not be ended.
        let _ = on_conn!(&mut *self.c, |c| AnsiTransactionManager::rollback_transaction(c));
    }
}
