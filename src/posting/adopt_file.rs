//! What units do with postings of others as a file, `adoptions.csv`: every row with who and when, so that an export is whole
//! and an import adds what is not there yet.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use super::adopt::{IN, LEAST_REASON, LINE, Line, MOST_LINE, MOST_REASON, OUT, append, lines};
use crate::edition::Kind as TextKind;
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::fold::is_slug;
use crate::kit::refusal::{Issue, Refusal};
use crate::person::Act;
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::documents;
use crate::unit::UNRECORDED;
use crate::unit::book::{self, Key};

pub const FILE: &str = "adoptions.csv";
const COLUMNS: [&str; 7] = ["posting", "unit", "unit_valid_from", "act", "text", "by", "at"];
/// Of a login.
const MOST_NAME: usize = 100;

/// Each with its line. Errors: every fault of the file.
pub fn read(text: &str, now: Moment) -> Result<Vec<(usize, Line)>, Vec<Issue>> {
    let mut issues = Vec::new();
    let mut found = Vec::new();
    for (line, row) in book::rows(FILE, text, &COLUMNS, &mut issues) {
        let mut object = |phrase| issues.push(Issue { file: FILE.into(), line, phrase });
        let [posting, unit, since, act, text, by, at] = row.as_slice() else { continue };
        if !is_slug(posting) {
            object(phrase!("front-bad-slug", slug = posting));
        }
        let length = text.chars().count();
        match act.as_str() {
            LINE if length > MOST_LINE => object(phrase!("adopt-line-too-long", most = MOST_LINE)),
            OUT if !(LEAST_REASON..=MOST_REASON).contains(&length) => {
                object(phrase!("adopt-bad-reason", least = LEAST_REASON, most = MOST_REASON));
            }
            IN if length > 0 => object(phrase!("adopt-idle-text")),
            LINE | OUT | IN => {}
            _ => object(phrase!("kinds-unknown-word", named = act, known = [LINE, OUT, IN].join(", "))),
        }
        if by.is_empty() || by.chars().count() > MOST_NAME {
            object(phrase!("adopt-bad-name", most = MOST_NAME));
        }
        let since = if since.is_empty() { Some(UNRECORDED) } else { since.parse().ok() };
        let at = chrono::DateTime::parse_from_rfc3339(at).ok().map(|at| at.naive_utc());
        let at = at.filter(|at| *at <= now && at.and_utc().timestamp_subsec_nanos() == 0);
        let (Some(since), Some(at)) = (since, at) else {
            object(phrase!("adopt-bad-moment"));
            continue;
        };
        let unit = (unit.clone(), since);
        found.push((line, Line { posting: posting.clone(), unit, act: act.clone(), text: text.clone(), by: by.clone(), at }));
    }
    if issues.is_empty() { Ok(found) } else { Err(issues) }
}

pub fn written(lines: &[Line]) -> String {
    let mut out = book::writer(&COLUMNS);
    for line in lines {
        let (code, since) = (line.unit.0.clone(), book::recorded(line.unit.1));
        let at = calendar::rfc3339(line.at);
        book::write(&mut out, &[line.posting.clone(), code, since, line.act.clone(), line.text.clone(), line.by.clone(), at]);
    }
    book::text(out)
}

/// What is wrong with rows that speak of what is not there.
pub fn judge(rows: &[(usize, Line)], is_posting: impl Fn(&str) -> bool, is_unit: impl Fn(&Key) -> bool) -> Vec<Issue> {
    let mut issues = Vec::new();
    for (line, row) in rows {
        let mut object = |phrase| issues.push(Issue { file: FILE.into(), line: *line, phrase });
        if !is_posting(&row.posting) {
            object(phrase!("posting-unknown-posting", slug = row.posting));
        }
        if !is_unit(&row.unit) {
            object(phrase!("import-unknown-unit", unit = row.unit.0));
        }
    }
    issues
}

/// Adds what is not there yet.
pub fn keep(c: &mut Conn, act: Act, rows: &[(usize, Line)]) -> Result<(), Refusal> {
    if rows.is_empty() {
        return Ok(());
    }
    let known: BTreeSet<Line> = lines(c)?.into_iter().map(|(_, line)| line).collect();
    let units = book::ids(c)?;
    let mut documents: BTreeMap<&str, i64> = BTreeMap::new();
    let mut rows: Vec<&Line> = rows.iter().map(|(_, row)| row).filter(|row| !known.contains(*row)).collect();
    rows.sort_by_key(|row| row.at);
    for row in rows {
        let document = match documents.get(row.posting.as_str()) {
            Some(document) => *document,
            None => {
                let of = documents::table.filter(documents::kind.eq(TextKind::Posting.name()).and(documents::slug.eq(&row.posting)));
                let document: i64 = of.select(documents::id).first(c)?;
                documents.insert(&row.posting, document);
                document
            }
        };
        let unit = units.get(&row.unit).copied().ok_or(Refusal::Missing)?;
        append(c, act, row, document, unit)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "posting,unit,unit_valid_from,act,text,by,at\n";

    fn now() -> Moment {
        calendar::midnight(chrono::NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day"))
    }

    #[test]
    fn what_goes_out_comes_in_again_and_every_fault_is_named_by_its_line() {
        let sound = format!("{HEAD}thong-bao,99001,2025-07-01,line_kept,\"Phòng 2, sáng thứ Hai\",tham.tran,2026-11-21T08:00:00+07:00\n");
        let read_again = read(&sound, now()).expect("it is sound");
        assert_eq!(written(&read_again.iter().map(|(_, line)| line.clone()).collect::<Vec<_>>()), sound);
        for (from, to, key) in [
            ("thong-bao", "Thông báo", "front-bad-slug"),
            ("line_kept", "kept", "kinds-unknown-word"),
            ("line_kept", "opted_in", "adopt-idle-text"),
            ("\"Phòng 2, sáng thứ Hai\"", &"a".repeat(501), "adopt-line-too-long"),
            ("line_kept,\"Phòng 2, sáng thứ Hai\"", "opted_out,bận", "adopt-bad-reason"),
            ("tham.tran", "", "adopt-bad-name"),
            ("2026-11-21T08", "2026-11-23T08", "adopt-bad-moment"),
            ("2025-07-01", "hôm qua", "adopt-bad-moment"),
        ] {
            let found = read(&sound.replacen(from, to, 1), now()).expect_err(to);
            assert_eq!(found.iter().map(|issue| (issue.line, issue.phrase.key)).collect::<Vec<_>>(), [(2, key)], "{to}");
        }
        let told = judge(&read_again, |_| false, |_| false);
        assert_eq!(told.iter().map(|issue| issue.phrase.key).collect::<Vec<_>>(), ["posting-unknown-posting", "import-unknown-unit"]);
    }
}
