//! Floor 6: the same verbs for programs, as JSON under `/api/v1`. A token opens it; what may be done is asked of the
//! verbs, as everywhere. [`ways`] is the one table: what is answered and what is described both come from it.

pub mod ask;
pub mod coverage;
pub mod document;
pub mod door;
pub mod lists;
pub mod problem;
pub mod rate;
pub mod road;
pub mod shape;
mod shape_posting;
mod shape_report;
pub mod texts;
pub mod ways;
pub mod words;
