//! The log as files to take along. JSON lines hold every row exactly as its digest seals it, so that a stranger can
//! check the chain with nothing of ours: `digest` is the SHA-256, in lower-case hexadecimal, of seven texts one after
//! another, each preceded by its length in bytes as eight bytes, most significant first: `position` (in decimal), `at`,
//! `actor`, `act`, `subject`, `facts` (the text as it stands in the line, not what it means) and `previous`. `previous` is
//! the digest of the row before; of the first row it is empty. Instants are UTC.
//!
//! CSV is for people and their tables: no cell of it is taken for a formula (OWASP, CSV injection).

use serde_json::json;

use super::log::Row;

/// `\u{feff}`: without it Excel takes the file for another alphabet.
pub const MARK: &str = "\u{feff}";

/// One line, with its end.
pub fn json_line(row: &Row) -> String {
    let mut line = json!({
        "position": row.position,
        "at": row.at.to_string(),
        "actor": row.actor,
        "act": row.act,
        "subject": row.subject,
        "facts": row.facts,
        "previous": row.previous,
        "digest": row.digest,
    })
    .to_string();
    line.push('\n');
    line
}

/// One line, with its end (RFC 4180).
pub fn csv_line(cells: &[&str]) -> String {
    let quoted: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    quoted.join(",") + "\r\n"
}

fn quoted(cell: &str) -> String {
    let is_formula = cell.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r']) || cell.starts_with(['\t', '\r', '\n']);
    // A number stays one.
    let is_number = !cell.is_empty() && cell.strip_prefix('-').unwrap_or(cell).bytes().all(|byte| byte.is_ascii_digit());
    let safe = if is_formula && !is_number { format!("'{cell}") } else { cell.to_owned() };
    format!("\"{}\"", safe.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_taken_for_a_formula() {
        assert_eq!(csv_line(&["a", "một \"hai\"", ""]), "\"a\",\"một \"\"hai\"\"\",\"\"\r\n");
        for formula in ["=1+1", "+84", "-1+2", "@SUM(A1)", "\t=1", "  =1", "\r=1"] {
            assert_eq!(csv_line(&[formula]), format!("\"'{formula}\"\r\n"));
        }
        assert_eq!(csv_line(&["-12"]), "\"-12\"\r\n");
    }
}
