//! Every kind's facts, for setting words whatever their kind.

use crate::article::Article;
use crate::edition::Kind;
use crate::edition::body::parse;
use crate::edition::written::{Facts, Press};
use crate::kit::refusal::Refusal;
use crate::kit::words::Words;
use crate::standing::Standing;

pub fn press(words: &Words) -> Press<'_> {
    Press { words, facts }
}

/// Facts as they are stored.
pub fn facts(kind: Kind, json: &str) -> Result<Box<dyn Facts>, Refusal> {
    Ok(match kind {
        Kind::Article => Box::new(parse::<Article>(json)?),
        Kind::Page => Box::new(parse::<Standing>(json)?),
    })
}
