//! Front matter written back.

use chrono::NaiveDate;

use super::{FENCE, When};
use crate::kit::calendar;

/// Writes the canonical form: keys in the order given, one line each, nothing for what is absent.
#[derive(Default)]
pub struct Writer {
    text: String,
}

impl Writer {
    pub fn text(&mut self, key: &str, value: &str) -> &mut Self {
        if !value.is_empty() {
            self.always(key, value);
        }
        self
    }

    /// Also when empty: an empty `alt` says "decorative".
    pub fn always(&mut self, key: &str, value: &str) -> &mut Self {
        self.raw(key, &quoted(value))
    }

    pub fn texts(&mut self, key: &str, values: &[String]) -> &mut Self {
        if values.is_empty() { self } else { self.list(key, values) }
    }

    /// Also when empty: none at all is not the same as not said.
    pub fn list(&mut self, key: &str, values: &[String]) -> &mut Self {
        let list: Vec<String> = values.iter().map(|value| quoted(value)).collect();
        self.raw(key, &format!("[{}]", list.join(", ")))
    }

    pub fn flag(&mut self, key: &str, value: bool) -> &mut Self {
        if value {
            self.raw(key, "true");
        }
        self
    }

    pub fn count(&mut self, key: &str, value: i64) -> &mut Self {
        if value != 0 {
            self.raw(key, &value.to_string());
        }
        self
    }

    pub fn counts(&mut self, key: &str, values: impl IntoIterator<Item = i64>) -> &mut Self {
        let list: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
        if list.is_empty() { self } else { self.raw(key, &format!("[{}]", list.join(", "))) }
    }

    pub fn when(&mut self, key: &str, when: When) -> &mut Self {
        let local = calendar::local(when.at);
        let format = if when.day_only { "%Y-%m-%d" } else { "%Y-%m-%dT%H:%M:%S" };
        self.raw(key, &local.format(format).to_string())
    }

    pub fn day(&mut self, key: &str, day: Option<NaiveDate>) -> &mut Self {
        if let Some(day) = day {
            self.raw(key, &day.format("%Y-%m-%d").to_string());
        }
        self
    }

    pub fn heading(&mut self, line: &str) -> &mut Self {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(line);
        self.text.push('\n');
        self
    }

    fn raw(&mut self, key: &str, value: &str) -> &mut Self {
        self.text.push_str(key);
        self.text.push_str(" = ");
        self.text.push_str(value);
        self.text.push('\n');
        self
    }

    pub fn toml(&self) -> &str {
        &self.text
    }

    /// The whole file: front matter, a blank line, the body, one final newline.
    pub fn file(&self, body: &str) -> String {
        let body = body.trim_end();
        if body.is_empty() { format!("{FENCE}\n{}{FENCE}\n", self.text) } else { format!("{FENCE}\n{}{FENCE}\n\n{body}\n", self.text) }
    }
}

/// A TOML basic string (TOML 1.0, "String").
fn quoted(value: &str) -> String {
    let mut text = String::with_capacity(value.len() + 2);
    text.push('"');
    for c in value.chars() {
        match c {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            c if c.is_control() => text.push_str(&format!("\\u{:04X}", c as u32)),
            c => text.push(c),
        }
    }
    text.push('"');
    text
}
