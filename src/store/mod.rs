//! Floor 1: what lasts. One writer and many readers over SQLite, or a PostgreSQL chosen by its address.
//!
//! Every write goes through [`Store::write`], which begins immediately: a deferred transaction that reads first
//! and writes later loses to its neighbours on SQLite. On PostgreSQL the same call takes one advisory lock, so
//! that log positions are dense there too.
//!
//! Whoever reads more than one row reads from a [`Snapshot`]: two questions outside one may see two states.

pub mod fault;
pub mod log;
pub mod log_file;
pub mod log_find;
pub mod migrate;
pub mod reaches;
pub mod ring;
pub mod schema;
pub mod schema_out;
pub mod settings;
pub mod shelf;
mod snapshot;
pub mod topic;

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::r2d2::{ManageConnection, Pool, PooledConnection};
use diesel::sqlite::SqliteConnection;

use crate::kit::refusal::Refusal;
use crate::phrase;
pub use snapshot::Snapshot;

#[derive(diesel::MultiConnection)]
pub enum Conn {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// Runs one expression on whichever connection is inside: for what the enum cannot do (upserts, batches).
#[macro_export]
macro_rules! on_conn {
    ($conn:expr, |$c:ident| $query:expr) => {
        match $conn {
            $crate::store::Conn::Sqlite($c) => $query,
            $crate::store::Conn::Postgres($c) => $query,
        }
    };
}

const SQLITE_READERS: u32 = 4;
const POSTGRES_READERS: u32 = 8;
/// How long a writer waits for another process before it says that the database is busy.
const BUSY: Duration = Duration::from_secs(5);
/// Held by whoever writes on PostgreSQL. Any constant serves, so long as every node of one portal uses the same.
const WRITERS_LOCK: i64 = 7_310_042_026;

pub type Reader = PooledConnection<Opener>;

/// All that a portal keeps.
pub struct Lasting {
    pub store: Store,
    pub shelf: shelf::Shelf,
    pub ring: ring::Ring,
}

pub struct Store {
    readers: Pool<Opener>,
    writer: Pool<Opener>,
    /// The last log position that this process knows.
    position: Arc<AtomicI64>,
}

impl Store {
    /// Opens, brings the schema up to date, and refuses a database that is newer than this program.
    pub fn open(address: &Address) -> Result<Store, Refusal> {
        let alone = alone(address);
        let mut first = Opener { address: address.clone(), reads_only: false }.connect().map_err(|error| fault::opening(address, error))?;
        migrate::bring_up(&mut first).map_err(|refusal| fault::described(address, refusal))?;
        drop(alone);
        let store = Store { readers: pool(address, true)?, writer: pool(address, false)?, position: Arc::default() };
        store.refresh_position()?;
        Ok(store)
    }

    pub fn read(&self) -> Result<Reader, Refusal> {
        self.readers.get().map_err(fault::pool)
    }

    /// One transaction: everything `act` did, or nothing.
    pub fn write<T>(&self, act: impl FnOnce(&mut Conn) -> Result<T, Refusal>) -> Result<T, Refusal> {
        let mut conn = self.writer.get().map_err(fault::pool)?;
        match begin(&mut conn).and_then(|()| act(&mut conn)) {
            Ok(value) => {
                let position = log::position(&mut conn)?;
                on_conn!(&mut *conn, |c| AnsiTransactionManager::commit_transaction(c))?;
                self.position.fetch_max(position, Ordering::SeqCst);
                Ok(value)
            }
            Err(refusal) => {
                // The first error is the one to tell; a failed rollback closes the connection below.
                let _ = on_conn!(&mut *conn, |c| AnsiTransactionManager::rollback_transaction(c));
                Err(refusal)
            }
        }
    }

    /// After many new rows: SQLite chooses among indexes by what it knows of them, and does not learn by itself.
    pub fn learn(&self) -> Result<(), Refusal> {
        if let Conn::Sqlite(c) = &mut *self.writer.get().map_err(fault::pool)? {
            c.batch_execute("PRAGMA analysis_limit = 1000; ANALYZE")?;
        }
        Ok(())
    }

    /// The position known so far, without asking the database.
    pub fn known_position(&self) -> i64 {
        self.position.load(Ordering::SeqCst)
    }

    /// Asks the database: another process (an import, another node) may have written.
    pub fn refresh_position(&self) -> Result<i64, Refusal> {
        let position = log::position(&mut *self.read()?)?;
        self.position.fetch_max(position, Ordering::SeqCst);
        Ok(position)
    }
}

/// Errors: `Trouble` when another process has been writing for longer than anybody should wait.
fn begin(conn: &mut Conn) -> Result<(), Refusal> {
    match conn {
        Conn::Sqlite(c) => Ok(AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE")?),
        Conn::Postgres(c) => {
            // Whatever the server's default is: a state fixed at the first question would be that from before the lock.
            AnsiTransactionManager::begin_transaction_sql(c, "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")?;
            let began = Instant::now();
            let lock = format!("SET LOCAL lock_timeout = {}; SELECT pg_advisory_xact_lock({WRITERS_LOCK})", BUSY.as_millis());
            // The server says this in its own language, and diesel hides its code: the wait itself tells.
            c.batch_execute(&lock).map_err(|error| if began.elapsed() < BUSY { error.into() } else { fault::busy() })
        }
    }
}

/// One process at a time makes or changes the file: two that start together would both create its tables, and a
/// file that is becoming a write-ahead log refuses its neighbours without waiting. The system lets go of the lock
/// when the process ends, however it ends.
fn alone(address: &Address) -> Option<File> {
    let Address::Sqlite(path) = address else { return None };
    let mut name = path.clone().into_os_string();
    name.push(".lock");
    // Where no file can be made or locked, opening the database says what is wrong, and says it better.
    let file = OpenOptions::new().create(true).append(true).open(PathBuf::from(name)).ok()?;
    file.lock().ok()?;
    Some(file)
}

fn pool(address: &Address, reads_only: bool) -> Result<Pool<Opener>, Refusal> {
    let size = match (reads_only, address) {
        (false, _) => 1,
        (true, Address::Sqlite(_)) => SQLITE_READERS,
        (true, Address::Postgres(_)) => POSTGRES_READERS,
    };
    Pool::builder()
        .max_size(size)
        .min_idle(Some(1))
        .test_on_check_out(matches!(address, Address::Postgres(_)))
        .connection_timeout(BUSY * 2)
        .build(Opener { address: address.clone(), reads_only })
        .map_err(fault::pool)
}

/// Where the database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    Sqlite(PathBuf),
    Postgres(String),
}

impl Address {
    /// `postgres://…`, or nothing for the file in the `var` folder.
    pub fn of(url: Option<&str>, var: &Path) -> Result<Address, Refusal> {
        match url {
            None => Ok(Address::Sqlite(var.join("bangtin.sqlite"))),
            Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => Ok(Address::Postgres(url.to_owned())),
            Some(_) => Err(Refusal::Trouble(phrase!("trouble-database-url"))),
        }
    }
}

/// The derived `establish` would try SQLite first and hide the real error, so the scheme decides here.
pub struct Opener {
    address: Address,
    reads_only: bool,
}

impl ManageConnection for Opener {
    type Connection = Conn;
    type Error = OpenError;

    fn connect(&self) -> Result<Conn, OpenError> {
        match &self.address {
            Address::Sqlite(path) => {
                let mut conn = SqliteConnection::establish(&path.to_string_lossy())?;
                conn.batch_execute(&format!(
                    "PRAGMA busy_timeout = {}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                     PRAGMA cache_size = -4096; PRAGMA query_only = {};",
                    BUSY.as_millis(),
                    if self.reads_only { "ON" } else { "OFF" }
                ))?;
                Ok(Conn::Sqlite(conn))
            }
            Address::Postgres(url) => {
                let mut conn = PgConnection::establish(url)?;
                conn.batch_execute(if self.reads_only {
                    "SET default_transaction_read_only = on; SET timezone = 'UTC'"
                } else {
                    "SET timezone = 'UTC'"
                })?;
                Ok(Conn::Postgres(conn))
            }
        }
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), OpenError> {
        Ok(on_conn!(conn, |c| c.batch_execute("SELECT 1"))?)
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        // A panic may have left a transaction open; such a connection is not used again.
        std::thread::panicking() || on_conn!(conn, |c| AnsiTransactionManager::is_broken_transaction_manager(c))
    }
}

#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(transparent)]
    Connect(#[from] diesel::ConnectionError),
    #[error(transparent)]
    Query(#[from] diesel::result::Error),
}
