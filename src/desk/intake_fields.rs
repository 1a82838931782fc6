//! What a clerk sends of a sheet, as answers. What a form does not send stays as it was.

use super::fields::Fields;
use crate::report::intake::{Answers, Column, Place, ROLES, Role};

/// Labels and cells that one form asks about.
pub const MOST: usize = 300;

pub fn answers(fields: &Fields, before: &Answers, keys: &[String]) -> Answers {
    let mut answers = before.clone();
    let number = |name: &str, before: u32| fields.line(name).parse::<u32>().ok().and_then(|row| row.checked_sub(1)).unwrap_or(before);
    answers.first = number("first", before.first);
    answers.last = number("last", before.last).max(answers.first);
    answers.label = fields.line("label").parse().unwrap_or(before.label);
    let axis = fields.line("axis");
    if !axis.is_empty() && axis != answers.axis {
        // Codes of another axis mean nothing on this one.
        answers.axis = axis;
        answers.rows.clear();
    } else {
        for at in 0..MOST {
            let (Some(label), Some(code)) = (fields.find(&format!("label-{at}")), fields.find(&format!("row-{at}"))) else { continue };
            match code {
                ASK => answers.rows.remove(label),
                WHOLE => answers.rows.insert(label.to_owned(), String::new()),
                code => answers.rows.insert(label.to_owned(), code.to_owned()),
            };
        }
    }
    answers.all = Place { indicator: fields.line("indicator"), period: fields.line("period"), measure: fields.line("measure") };
    for (at, key) in keys.iter().enumerate() {
        let of = |name: &str| fields.line(&format!("{name}-{at}"));
        let Some(role) = ROLES.iter().find(|(word, _)| *word == of("role")).map(|(_, role)| *role) else { continue };
        let column = Column { role, indicator: of("indicator"), period: of("period"), measure: of("measure"), part: of("part") };
        answers.columns.insert(key.clone(), if role == Role::Figures { column } else { Column { role, ..Column::default() } });
    }
    answers.way = fields.line("way");
    for at in 0..MOST {
        let (Some(cell), Some(value)) = (fields.find(&format!("cell-{at}")), fields.find(&format!("value-{at}"))) else { continue };
        match value {
            "" => answers.cells.remove(cell),
            value => answers.cells.insert(cell.to_owned(), value.to_owned()),
        };
    }
    answers.with_hidden = fields.has("hidden");
    answers.is_preliminary = fields.has("preliminary");
    answers
}

/// Of a row: nobody has said yet; it is the whole.
pub const ASK: &str = "?";
pub const WHOLE: &str = "=";
