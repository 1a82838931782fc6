//! What Vietnamese office prose is made of: dates, abbreviations, and the wreckage of old alphabets.

pub mod abbreviations;
pub mod dates;
pub mod garbled;
