//! What a form sends, by name. A page takes out what it asked for; whatever else was sent is not looked at.

use crate::approval::held::Held;
use crate::kit::fold::plain;

/// So many fields, and no more, may one form have.
const MOST: usize = 2_000;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Text is kept as its author wrote it, in one form (NFC) and with one kind of line end. `None`: too many fields,
    /// or a byte that no text holds.
    pub fn read(body: &[u8]) -> Option<Fields> {
        let mut fields = Vec::new();
        for (name, text) in form_urlencoded::parse(body) {
            if fields.len() == MOST || text.contains('\0') {
                return None;
            }
            fields.push((name.into_owned(), plain(&text)));
        }
        Some(Fields(fields))
    }

    /// Those of a form that was sent in parts. `None` as above.
    pub fn typed<'f>(parts: impl IntoIterator<Item = (&'f str, &'f [u8])>) -> Option<Fields> {
        let read = parts.into_iter().map(|(name, bytes)| {
            let text = std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))?;
            Some((name.to_owned(), plain(text)))
        });
        read.collect::<Option<Vec<_>>>().filter(|fields| fields.len() <= MOST).map(Fields)
    }

    /// As if a form had sent them.
    pub fn of<N: Into<String>, T: Into<String>>(pairs: impl IntoIterator<Item = (N, T)>) -> Fields {
        Fields(pairs.into_iter().map(|(name, text)| (name.into(), text.into())).collect())
    }

    /// The same with others before them, which count where both bear one name.
    pub fn after(&self, others: Vec<(String, String)>) -> Fields {
        Fields([others, self.0.clone()].concat())
    }

    /// The first of that name; empty where there is none.
    pub fn text(&self, name: &str) -> String {
        self.find(name).unwrap_or_default().to_owned()
    }

    /// Without what stands around it: for everything but long texts.
    pub fn line(&self, name: &str) -> String {
        self.find(name).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub fn find(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    }

    pub fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, text)| text.as_str())
    }

    /// A ticked box, or a button that was pressed.
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    pub fn number(&self, name: &str) -> Option<i64> {
        self.find(name)?.trim().parse().ok()
    }

    /// Whether anything is said in a field that is none of these.
    pub fn has_other_than(&self, names: &[&str]) -> bool {
        self.0.iter().any(|(name, text)| !names.contains(&name.as_str()) && !text.trim().is_empty())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As it was held; nothing where that cannot be read.
    pub fn held(held: &Held) -> Fields {
        Fields::read(held.text.as_bytes()).unwrap_or_default()
    }

    /// As it could be sent again, but for the mark of a session that is over.
    pub fn encoded(&self) -> String {
        let kept = self.0.iter().filter(|(name, _)| name != "mark");
        form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_form_is_read_by_the_names_that_a_page_asks_for() {
        let fields =
            Fields::read("title=Th%C3%B4ng%20b%C3%A1o++m%E1%BB%9Bi+&body=m%E1%BB%99t%0D%0Ahai&box=1&box=2".as_bytes()).expect("sound");
        assert_eq!(fields.line("title"), "Thông báo mới");
        assert_eq!(fields.text("body"), "một\nhai");
        assert_eq!(fields.all("box").collect::<Vec<_>>(), ["1", "2"]);
        assert!(fields.has("box") && !fields.has("role"));
        assert_eq!(Fields::read(b"a=%00"), None);
        assert_eq!(Fields::read("a=1&".repeat(MOST + 1).as_bytes()), None);
    }

    proptest! {
        #[test]
        fn what_is_kept_comes_back_as_it_was(text in "[a-zA-Zạ-ỹ&=+% \n]{0,60}") {
            let body = form_urlencoded::Serializer::new(String::new()).append_pair("body", &text).append_pair("mark", "x").finish();
            let fields = Fields::read(body.as_bytes()).expect("sound");
            let again = Fields::read(fields.encoded().as_bytes()).expect("sound");
            prop_assert_eq!(again.text("body"), fields.text("body"));
            prop_assert!(!again.has("mark"));
        }
    }
}
