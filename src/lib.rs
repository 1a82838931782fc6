#[macro_use]
pub mod kit;
pub mod app;
pub mod article;
pub mod channel;
pub mod edition;
pub mod standing;
pub mod store;
pub mod unit;
pub mod web;
