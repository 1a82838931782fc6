//! The portal as citizens, clerks and their machines meet it: through real HTTP, on a fresh database each time.

mod folder;
mod portal;

mod article;
mod cards;
mod checks;
mod editions;
mod errors;
mod feeds;
mod files;
mod import;
mod import_export;
mod import_faults;
mod import_lists;
mod kept;
mod laws;
mod lists;
mod log;
mod look;
mod machines;
mod meta;
mod people;
mod pictures;
mod process;
mod process_stop;
mod process_trouble;
mod schema;
mod sitemaps;
mod state;
mod store;
mod tools;
mod unit;
mod useful;
mod ways;
mod words;
