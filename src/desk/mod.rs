//! Floor 6: the desk, where staff work. Pages are put together here from what each noun shows of itself; what may be
//! done is asked of the verbs. [`ways`] has every address on one page.

pub mod door;
pub mod fields;
pub mod frame;
pub mod me;
pub mod people;
pub mod person;
pub mod sign_in;
pub mod told;
pub mod units;
pub mod ways;
