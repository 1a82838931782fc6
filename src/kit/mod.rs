//! Floor 0: pure tools. No noun of the house, no HTTP, no database, no clock of its own.

pub mod calendar;
pub mod clock;
pub mod colour;
pub mod compare;
pub mod days;
pub mod digest;
pub mod figure;
pub mod filetype;
pub mod fold;
pub mod front;
pub mod legacy;
pub mod markdown;
pub mod mask;
pub mod merge;
pub mod number;
pub mod paper;
pub mod period;
pub mod picture;
pub mod prose;
pub mod qr;
pub mod refusal;
pub mod secret;
pub mod sheet;
pub mod sign;
pub mod table;
pub mod words;
