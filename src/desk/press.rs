//! What words are set with, whatever their kind.

use crate::channel::{facts, rule};
use crate::edition::written::Press;
use crate::kit::words::Words;

pub fn press(words: &Words) -> Press<'_> {
    Press { words, facts, rule }
}
