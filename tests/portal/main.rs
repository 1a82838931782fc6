//! The portal as citizens, clerks and their machines meet it: through real HTTP, on a fresh database each time.

mod folder;
mod portal;

mod article;
mod laws;
mod lists;
mod machines;
mod store;
mod unit;
mod words;
