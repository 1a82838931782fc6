//! The portal as citizens, clerks and their machines meet it: through real HTTP, on a fresh database each time.

mod folder;
mod portal;

mod article;
mod files;
mod import;
mod import_export;
mod import_faults;
mod import_lists;
mod laws;
mod lists;
mod look;
mod machines;
mod process;
mod process_stop;
mod process_trouble;
mod state;
mod store;
mod unit;
mod words;
