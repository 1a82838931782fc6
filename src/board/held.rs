//! What a board holds of a bulletin: the words as the screen is given them, and what they come to.

use std::sync::Arc;

use serde_json::Value;

use crate::bulletin::judge;
use crate::bulletin::shape::{Bulletin, File};
use crate::kit::clock::Moment;

/// What the screen is given.
#[derive(Clone)]
pub struct Shown {
    /// The bulletin, less what is over.
    pub text: Arc<str>,
    pub content: String,
}

pub(super) struct Held {
    pub shown: Shown,
    pub bulletin: Bulletin,
    /// When the first of it is over.
    ends: Option<Moment>,
}

impl Held {
    /// `None`: it is no text, which nothing that was judged can be.
    pub fn of(bulletin: Bulletin, bytes: &[u8]) -> Option<Held> {
        let text = std::str::from_utf8(bytes).ok()?;
        Some(Held::new(Shown { text: text.into(), content: bulletin.content.clone() }, bulletin))
    }

    fn new(shown: Shown, bulletin: Bulletin) -> Held {
        let news = bulletin.articles.iter().map(|article| &article.until).chain(bulletin.figures.iter().map(|figure| &figure.until));
        let untils = bulletin.items.iter().map(|item| &item.until).chain(news);
        let ends = untils.filter_map(|until| judge::instant(until.as_ref()?)).min();
        Held { shown, bulletin, ends }
    }

    pub fn files(&self) -> impl Iterator<Item = &File> {
        let of_articles = self.bulletin.articles.iter().flat_map(|article| article.files.iter().chain(&article.picture));
        self.bulletin.items.iter().flat_map(|item| &item.files).chain(of_articles)
    }

    /// The same without what was over by then; `None` where nothing is.
    pub fn without(&self, now: Moment) -> Option<Held> {
        self.ends.filter(|ends| *ends <= now)?;
        let is_over = |until: &Value| until.as_str().and_then(judge::instant).is_some_and(|until| until <= now);
        let mut document: Value = serde_json::from_str(&self.shown.text).ok()?;
        let mut gone = 0;
        for list in ["items", "articles", "figures"] {
            let Some(all) = document.get_mut(list).and_then(Value::as_array_mut) else { continue };
            let before = all.len();
            all.retain(|one| !is_over(&one["until"]));
            gone += before - all.len();
        }
        if gone == 0 {
            return None;
        }
        let text = document.to_string();
        let content = format!("{}-{gone}", self.shown.content);
        let bulletin: Bulletin = serde_json::from_value(document).ok()?;
        Some(Held::new(Shown { text: text.into(), content }, bulletin))
    }
}
