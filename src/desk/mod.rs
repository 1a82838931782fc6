//! Floor 6: the desk, where staff work. Pages are put together here from what each noun shows of itself; what may be
//! done is asked of the verbs. [`ways`] has every address on one page.

pub mod begin;
pub mod calendar;
pub mod checks;
pub mod conflict;
pub mod decide;
pub mod door;
pub mod edit;
pub mod fields;
pub mod form;
pub mod frame;
pub mod groups;
pub mod holidays;
pub mod kinds;
pub mod kinds_form;
pub mod lists;
pub mod log;
pub mod many;
pub mod me;
pub mod outcome;
pub mod over;
pub mod people;
pub mod person;
pub mod pointer;
pub mod posting_form;
pub mod press;
pub mod preview;
pub mod review;
pub mod rules;
pub mod settings;
pub mod sign_in;
pub mod texts;
pub mod told;
pub mod units;
pub mod unsaved;
mod urgent;
pub mod ways;
