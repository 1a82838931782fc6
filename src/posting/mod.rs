//! A posting (niêm yết): a notice as a legal act with a clock, places and a record. So far the rules that it obeys, as data
//! that an office keeps and a keeper may change: which days are off, and what the law says of each kind of posting.

pub mod holidays;
pub mod kinds;
mod kinds_file;
pub mod placements;
pub mod placements_note;
pub mod places;
pub mod places_file;
pub mod rules;
pub mod told;
