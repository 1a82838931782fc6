//! Floor 4: a standing page tells what the portal is and how to reach it. It has a day on which somebody looks at
//! it again (Decree 224/2026/NĐ-CP, Art. 9.3: updated at once when something changes).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::edition::Kind;
use crate::edition::body::Body;
use crate::edition::compare::Said;
use crate::kit::calendar;
use crate::kit::front::{Front, Writer};

pub mod page;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    pub review: Option<NaiveDate>,
}

impl Body for Standing {
    const KIND: Kind = Kind::Page;
    const IS_FILED: bool = false;

    fn read(front: &Front) -> Standing {
        Standing { review: front.day("review") }
    }

    fn write_keys(&self, out: &mut Writer) {
        out.day("review", self.review);
    }

    fn write_tables(&self, _: &mut Writer) {}

    fn files(&self) -> Vec<(&str, bool)> {
        Vec::new()
    }

    fn said(&self) -> Vec<Said> {
        vec![("review", self.review.map(calendar::day).into_iter().collect())]
    }
}
