//! Floor 6: the desk, where staff work. Pages are put together here from what each noun shows of itself; what may be
//! done is asked of the verbs. [`ways`] has every address on one page.

pub mod door;
pub mod edit;
pub mod fields;
pub mod form;
pub mod frame;
pub mod press;
pub mod preview;
pub mod settings;
pub mod told;
pub mod units;
pub mod ways;
