//! Front matter: TOML between two lines of `+++`, read with the line of everything that is wrong, and
//! written back in one canonical form.

mod writer;

pub use writer::Writer;

use std::cell::RefCell;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use toml::de::{DeTable, DeValue};
use toml::{Spanned, value::Datetime};

use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::fold::nfc;
use crate::kit::refusal::Issue;
use crate::kit::words::Phrase;
use crate::phrase;

const FENCE: &str = "+++";

/// A moment as a person wrote it: with the hour, or the day alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    pub at: Moment,
    pub day_only: bool,
}

/// A file cut in two: the TOML and the text below it.
pub struct Parts<'t> {
    pub front: &'t str,
    pub body: &'t str,
    /// The line on which the body begins, from 1.
    pub body_line: usize,
}

/// Errors: no opening or no closing `+++`.
pub fn split<'t>(file: &str, text: &'t str) -> Result<Parts<'t>, Issue> {
    let missing = |line| Issue { file: file.to_owned(), line, phrase: phrase!("front-no-fence") };
    let rest = text.strip_prefix(FENCE).and_then(|rest| rest.strip_prefix('\n')).ok_or_else(|| missing(1))?;
    let mut offset = 0;
    for (index, line) in rest.split_inclusive('\n').enumerate() {
        if line.trim_end() == FENCE {
            let body = rest[offset + line.len()..].trim_start_matches('\n');
            let skipped = rest[offset + line.len()..].len() - body.len();
            return Ok(Parts { front: &rest[..offset], body, body_line: index + 3 + skipped });
        }
        offset += line.len();
    }
    Err(missing(text.lines().count().max(1)))
}

/// A TOML text being read; gathers every issue instead of stopping at the first.
pub struct Sheet<'t> {
    file: String,
    text: &'t str,
    first_line: usize,
    root: Spanned<DeTable<'t>>,
    /// With whether a draft is forgiven for it.
    issues: RefCell<Vec<(Issue, bool)>>,
}

impl<'t> Sheet<'t> {
    /// `first_line` is the line of the file on which `text` begins.
    pub fn read(file: &str, text: &'t str, first_line: usize) -> Sheet<'t> {
        let (root, errors) = DeTable::parse_recoverable(text);
        let sheet = Sheet { file: file.to_owned(), text, first_line, root, issues: RefCell::default() };
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            sheet.object(sheet.line(at), phrase!("front-bad-toml", reason = error.message()));
        }
        sheet
    }

    pub fn root(&self) -> Front<'_> {
        Front { sheet: self, table: self.root.get_ref(), line: self.first_line, taken: RefCell::default() }
    }

    pub fn object(&self, line: usize, phrase: Phrase) {
        self.issues.borrow_mut().push((Issue { file: self.file.clone(), line, phrase }, false));
    }

    /// What only a draft may leave as it is.
    pub fn want(&self, line: usize, phrase: Phrase) {
        self.issues.borrow_mut().push((Issue { file: self.file.clone(), line, phrase }, true));
    }

    pub fn into_issues(self) -> Vec<Issue> {
        self.issues.into_inner().into_iter().map(|(issue, _)| issue).collect()
    }

    /// Those that even a draft must not have.
    pub fn into_draft_issues(self) -> Vec<Issue> {
        self.issues.into_inner().into_iter().filter(|(_, is_forgiven)| !is_forgiven).map(|(issue, _)| issue).collect()
    }

    fn line(&self, at: usize) -> usize {
        self.first_line + self.text.as_bytes()[..at.min(self.text.len())].iter().filter(|b| **b == b'\n').count()
    }
}

/// One table of a sheet. What is never asked for is reported as unknown by `finish`.
pub struct Front<'s> {
    sheet: &'s Sheet<'s>,
    table: &'s DeTable<'s>,
    line: usize,
    taken: RefCell<BTreeSet<String>>,
}

impl<'s> Front<'s> {
    fn find(&self, key: &str) -> Option<&'s Spanned<DeValue<'s>>> {
        self.taken.borrow_mut().insert(key.to_owned());
        self.table.get(key)
    }

    pub fn lacks(&self, key: &str) -> bool {
        self.table.get(key).is_none()
    }

    /// Where a key stands, or where its table begins when it is missing.
    pub fn line_of(&self, key: &str) -> usize {
        self.table.get(key).map_or(self.line, |value| self.sheet.line(value.span().start))
    }

    /// Every key that stands here, with its line.
    pub fn lines(&self) -> Vec<(String, usize)> {
        self.table.keys().map(|key| (key.get_ref().to_string(), self.line_of(key.get_ref()))).collect()
    }

    pub fn object(&self, key: &str, phrase: Phrase) {
        self.sheet.object(self.line_of(key), phrase);
    }

    pub fn want(&self, key: &str, phrase: Phrase) {
        self.sheet.want(self.line_of(key), phrase);
    }

    fn mistyped(&self, key: &str, wanted: &'static str) {
        self.object(key, phrase!("front-mistyped", key = key, wanted = wanted));
    }

    /// Text in NFC, without surrounding space. U+0000 is refused: PostgreSQL cannot hold it.
    pub fn text(&self, key: &str) -> Option<String> {
        let value = self.find(key)?;
        match value.get_ref().as_str() {
            Some(text) if text.contains('\0') => {
                self.object(key, phrase!("front-null", key = key));
                None
            }
            Some(text) => Some(nfc(text.trim())),
            None => {
                self.mistyped(key, "text");
                None
            }
        }
    }

    /// Text that must be there and not be empty, but for a draft's.
    pub fn required(&self, key: &str) -> String {
        match self.text(key) {
            Some(text) if !text.is_empty() => text,
            Some(_) => {
                self.want(key, phrase!("front-empty", key = key));
                String::new()
            }
            None => {
                if self.table.get(key).is_none() {
                    self.want(key, phrase!("front-missing", key = key));
                }
                String::new()
            }
        }
    }

    pub fn texts(&self, key: &str) -> Vec<String> {
        let Some(value) = self.find(key) else { return Vec::new() };
        let list: Option<Vec<String>> = value
            .get_ref()
            .as_array()
            .and_then(|items| items.iter().map(|item| item.get_ref().as_str().map(|text| nfc(text.trim()))).collect());
        list.unwrap_or_else(|| {
            self.mistyped(key, "texts");
            Vec::new()
        })
    }

    pub fn flag(&self, key: &str) -> bool {
        let Some(value) = self.find(key) else { return false };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.mistyped(key, "flag");
            false
        })
    }

    /// A whole number, zero or more.
    pub fn count(&self, key: &str) -> Option<i64> {
        let value = self.find(key)?;
        let number = value.get_ref().as_integer().and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok());
        match number {
            Some(number) if number >= 0 => Some(number),
            _ => {
                self.mistyped(key, "count");
                None
            }
        }
    }

    /// Whole numbers, each zero or more.
    pub fn counts(&self, key: &str) -> Vec<i64> {
        let Some(value) = self.find(key) else { return Vec::new() };
        let one = |item: &Spanned<DeValue>| {
            let number = item.get_ref().as_integer().and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok());
            number.filter(|number| *number >= 0)
        };
        let list: Option<Vec<i64>> = value.get_ref().as_array().and_then(|items| items.iter().map(one).collect());
        list.unwrap_or_else(|| {
            self.mistyped(key, "counts");
            Vec::new()
        })
    }

    pub fn when(&self, key: &str) -> Option<When> {
        let value = self.find(key)?;
        let when = value.get_ref().as_datetime().and_then(moment);
        if when.is_none() {
            self.mistyped(key, "when");
        }
        when
    }

    pub fn day(&self, key: &str) -> Option<NaiveDate> {
        let when = self.when(key)?;
        if !when.day_only {
            self.mistyped(key, "day");
        }
        Some(calendar::local(when.at).date())
    }

    pub fn table(&self, key: &str) -> Option<Front<'s>> {
        let value = self.find(key)?;
        match value.get_ref().as_table() {
            Some(table) => Some(self.inner(table, value.span().start)),
            None => {
                self.mistyped(key, "table");
                None
            }
        }
    }

    pub fn tables(&self, key: &str) -> Vec<Front<'s>> {
        let Some(value) = self.find(key) else { return Vec::new() };
        let items = value
            .get_ref()
            .as_array()
            .and_then(|items| items.iter().map(|item| Some(self.inner(item.get_ref().as_table()?, item.span().start))).collect());
        items.unwrap_or_else(|| {
            self.mistyped(key, "tables");
            Vec::new()
        })
    }

    fn inner(&self, table: &'s DeTable<'s>, at: usize) -> Front<'s> {
        Front { sheet: self.sheet, table, line: self.sheet.line(at), taken: RefCell::default() }
    }

    /// Names every key that nobody asked for: a misspelt key must not be lost in silence.
    pub fn finish(self) {
        let taken = self.taken.into_inner();
        for key in self.table.keys() {
            if !taken.contains(key.get_ref().as_ref()) {
                let line = self.sheet.line(key.span().start);
                self.sheet.object(line, phrase!("front-unknown-key", key = key.get_ref()));
            }
        }
    }
}

fn moment(written: &Datetime) -> Option<When> {
    let date = written.date?;
    // A year outside these is a slip of the hand; and beyond 9999 text no longer sorts by time.
    if !(1900..3000).contains(&date.year) {
        return None;
    }
    let day = NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())?;
    let Some(time) = written.time else {
        return Some(When { at: calendar::midnight(day), day_only: true });
    };
    // A leap second is the next second's start to everyone who reads a clock.
    let wall = day.and_hms_opt(time.hour.into(), time.minute.into(), u32::from(time.second.unwrap_or(0)).min(59))?;
    let at = match written.offset {
        None => calendar::utc(wall),
        Some(toml::value::Offset::Z) => wall,
        Some(toml::value::Offset::Custom { minutes }) => wall.checked_sub_signed(chrono::Duration::minutes(minutes.into()))?,
    };
    Some(When { at, day_only: false })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_fault_is_named_with_its_line() {
        let text = "+++\ntitle = 3\nsectoin = \"x\"\npublished = 10:18:00\n+++\n\nBody\n";
        let parts = split("a.md", text).expect("it has both fences");
        assert_eq!((parts.body, parts.body_line), ("Body\n", 7));
        let sheet = Sheet::read("a.md", parts.front, 2);
        let front = sheet.root();
        assert!(front.text("title").is_none() && front.when("published").is_none());
        front.finish();
        let issues = sheet.into_issues();
        let found: Vec<_> = issues.iter().map(|issue| (issue.line, issue.phrase.key)).collect();
        assert_eq!(found, [(2, "front-mistyped"), (4, "front-mistyped"), (3, "front-unknown-key")]);
    }

    #[test]
    fn a_day_alone_is_not_midnight() {
        let sheet = Sheet::read("a.md", "a = 2024-03-08\nb = 2021-06-17T10:18:00\nc = 2021-06-17T03:18:00Z\n", 1);
        let front = sheet.root();
        let a = front.when("a").expect("a day");
        assert!(a.day_only);
        assert_eq!(a.at.to_string(), "2024-03-07 17:00:00");
        assert_eq!(front.when("b").map(|b| b.at), front.when("c").map(|c| c.at));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(text in "[^\u{0}]{0,80}") {
            let text = nfc(text.trim());
            let mut writer = Writer::default();
            writer.always("title", &text);
            let toml = writer.toml().to_owned();
            let sheet = Sheet::read("a.md", &toml, 1);
            prop_assert_eq!(sheet.root().text("title"), Some(text));
        }
    }
}
