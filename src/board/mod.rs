//! Floor 5: a board is a machine in front of which people stand. It mirrors a unit's bulletin into a folder, line or no line, and
//! never shows what it cannot answer for.

pub mod alarms;
mod files;
pub mod folder;
pub mod health;
pub mod held;
pub mod history;
pub mod hours;
mod lasting;
pub mod mirror;
pub mod record;
pub mod report;
pub mod roll;
pub mod state;
pub mod time;
pub mod tree;
pub mod watch;
pub mod witness;
