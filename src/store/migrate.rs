//! The schema's steps: two folders with equal names, embedded, run at start, each in a transaction.

use diesel::migration::{Migration, MigrationSource, MigrationVersion};
use diesel_migrations::{EmbeddedMigrations, HarnessWithOutput, MigrationHarness, embed_migrations};

use super::{Conn, fault};
use crate::kit::refusal::Refusal;
use crate::{on_conn, phrase};

pub const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
pub const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// On PostgreSQL, and not the writers': a verb that only looks whether anything is pending must not wait for an
/// import under way.
const SCHEMA_LOCK: i64 = 7_310_042_027;

/// Runs what is pending. On SQLite the caller sees to it that nobody else does the same (`store::Store::open`). Errors: a database that has steps this program does not know.
pub fn bring_up(conn: &mut Conn) -> Result<(), Refusal> {
    if let Conn::Postgres(c) = conn {
        use diesel::connection::SimpleConnection;
        // Two nodes starting together must not both create the tables.
        c.batch_execute(&format!("SELECT pg_advisory_lock({SCHEMA_LOCK})"))?;
    }
    let outcome = step_up(conn);
    if let Conn::Postgres(c) = conn {
        use diesel::connection::SimpleConnection;
        c.batch_execute(&format!("SELECT pg_advisory_unlock({SCHEMA_LOCK})"))?;
    }
    outcome
}

fn step_up(conn: &mut Conn) -> Result<(), Refusal> {
    let applied = on_conn!(conn, |c| c.applied_migrations()).map_err(said)?;
    let known = known(conn).map_err(said)?;
    if let Some(newer) = applied.iter().find(|version| !known.contains(version)) {
        return Err(Refusal::Trouble(phrase!("trouble-database-newer", version = newer)));
    }
    match conn {
        Conn::Sqlite(c) => c.run_pending_migrations(SQLITE).map(drop),
        Conn::Postgres(c) => c.run_pending_migrations(POSTGRES).map(drop),
    }
    .map_err(said)
}

/// All down again: for the test that every step can be undone.
pub fn take_down(conn: &mut Conn) -> Result<(), Refusal> {
    match conn {
        Conn::Sqlite(c) => HarnessWithOutput::new(c, std::io::sink()).revert_all_migrations(SQLITE).map(drop),
        Conn::Postgres(c) => HarnessWithOutput::new(c, std::io::sink()).revert_all_migrations(POSTGRES).map(drop),
    }
    .map_err(said)
}

fn known(conn: &Conn) -> diesel::migration::Result<Vec<MigrationVersion<'static>>> {
    Ok(match conn {
        Conn::Sqlite(_) => versions(MigrationSource::<diesel::sqlite::Sqlite>::migrations(&SQLITE)?),
        Conn::Postgres(_) => versions(MigrationSource::<diesel::pg::Pg>::migrations(&POSTGRES)?),
    })
}

fn versions<DB: diesel::backend::Backend>(steps: Vec<Box<dyn Migration<DB>>>) -> Vec<MigrationVersion<'static>> {
    steps.iter().map(|step| step.name().version().as_owned()).collect()
}

fn said(error: Box<dyn std::error::Error + Send + Sync>) -> Refusal {
    let message = error.to_string();
    fault::named(&message).unwrap_or_else(|| Refusal::broken(message))
}
