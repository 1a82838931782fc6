//! The press on which papers are printed: one for the whole server, made when the first paper is asked for.

use std::sync::OnceLock;

use super::turn::Turns;
use crate::kit::paper::Press;
use crate::kit::refusal::Refusal;

/// Papers printed at once, and those that may wait.
const AT_ONCE: usize = 1;
const WAITING: usize = 32;

pub struct Paper {
    press: OnceLock<Press>,
    pub turns: Turns,
}

impl Default for Paper {
    fn default() -> Paper {
        Paper { press: OnceLock::new(), turns: Turns::new(AT_ONCE, WAITING) }
    }
}

impl Paper {
    pub fn press(&self) -> Result<&Press, Refusal> {
        if let Some(press) = self.press.get() {
            return Ok(press);
        }
        // Two who come first together make two, and one of them is kept.
        let press = Press::new()?;
        Ok(self.press.get_or_init(|| press))
    }
}
