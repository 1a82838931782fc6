//! How many days a posting hangs, as files and forms say it.

use serde::{Deserialize, Serialize};

use crate::kit::days::{MOST_DAYS, Measure};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    pub days: u16,
    pub working: bool,
}

impl Days {
    pub fn measure(self) -> Measure {
        if self.working { Measure::Working } else { Measure::Calendar }
    }

    /// `45 days`, `10 working days`.
    pub fn read(text: &str) -> Option<Days> {
        let (number, measure) = text.trim().split_once(' ')?;
        let days = number.parse().ok().filter(|days| (1..=MOST_DAYS).contains(days))?;
        match measure.trim() {
            "days" | "day" => Some(Days { days, working: false }),
            "working days" | "working day" => Some(Days { days, working: true }),
            _ => None,
        }
    }

    pub fn written(self) -> String {
        format!("{} {}", self.days, if self.working { "working days" } else { "days" })
    }
}
