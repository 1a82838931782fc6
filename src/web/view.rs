//! Templates, words and style: how an answer gets its face.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use fluent_bundle::FluentArgs;
use rust_embed::RustEmbed;
use serde::Serialize;
use tera::{Kwargs, State, Tera};

use super::Face;
use super::asset;
use super::meta::Meta;
use super::site::Site;
use crate::kit::digest;
use crate::kit::fold::capitalised;
use crate::kit::qr;
use crate::kit::refusal::Refusal;
use crate::kit::words::{Lang, Words};

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Templates;

/// In the order of the cascade, each with the kinds of page that need it; none named: all of them.
const SHEETS: [(&str, &[&str]); 27] = [
    ("tokens", &[]),
    ("base", &[]),
    ("site", &[]),
    ("strip", &[]),
    ("card", &["home", "section", "unit", "archive", "article", "postings"]),
    ("picture", &["home", "section", "unit", "archive", "article", "edition"]),
    ("places", &["home", "unit"]),
    ("home", &["home"]),
    ("head", &["section", "postings", "reports", "series", "register", "board", "unit", "units", "archive", "site-map"]),
    ("text", &["article", "posting", "edition", "standing", "protocol", "site-map", "thanks", "desk", "report"]),
    ("article", &["article", "posting", "edition", "report"]),
    ("posting", &["posting", "edition", "report"]),
    ("notices", &["postings", "register", "reports", "series"]),
    ("listing", &["register", "report", "series", "edition"]),
    ("report", &["report", "reports", "series", "edition", "desk"]),
    ("unit_board", &["board"]),
    ("posted_at", &["board", "unit"]),
    ("edition", &["edition", "desk"]),
    ("unit", &["unit", "postings"]),
    ("choice", &["home", "unit", "units", "archive", "site-map"]),
    ("standing", &["standing", "site-map", "thanks"]),
    ("board", &["verdict"]),
    ("error", &["error"]),
    ("tools", &[]),
    ("desk", &["desk"]),
    ("screen", &[SCREEN]),
    ("design", &[]),
];
/// The page that shows every part, in every sheet.
const DESIGN: &str = "design";
const TOKENS: &str = "tokens";
/// Its sheet is for plain elements too.
const DESK: &str = "desk";
/// It hangs on a wall and has nothing of the site's pages but its colours and its letters.
const SCREEN: &str = super::screen::KIND;

pub struct View {
    tera: Tera,
    /// By kind of page, before the site's colours.
    css: BTreeMap<&'static str, String>,
    /// The styles made last, and the colours they were made with: most changes of the log leave them as they are.
    styled: Mutex<Option<(String, Arc<Styles>)>>,
}

/// By kind of page. A page carries its style inside, and only what it needs of it.
pub type Styles = BTreeMap<&'static str, Style>;

#[derive(Debug)]
pub struct Style {
    pub css: String,
    /// The content security policy that allows exactly this style.
    pub policy: String,
}

/// What the layout needs to know of a page.
#[derive(Debug, Default, Serialize)]
pub struct Page {
    pub kind: &'static str,
    pub title: String,
    pub description: String,
    /// Absolute; empty for pages that have no address of their own.
    pub canonical: String,
    /// Absolute: where the same text is told of as it is now, if that is elsewhere.
    pub newest: String,
    pub path: String,
    pub other_lang: Option<OtherLang>,
    /// The feeds that a reader of this page may want to follow.
    pub feeds: Vec<FeedLink>,
    pub noindex: bool,
    pub crumbs: Vec<Link>,
    /// What the page tells machines of itself; none for pages that have no address of their own.
    pub meta: Option<Meta>,
    /// For paper: the way back to this page.
    pub qr: Option<qr::Code>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedFormat {
    Atom,
    Rss,
    Json,
}

impl FeedFormat {
    pub const ALL: [FeedFormat; 3] = [FeedFormat::Atom, FeedFormat::Rss, FeedFormat::Json];

    pub fn name(self) -> &'static str {
        match self {
            FeedFormat::Atom => "Atom",
            FeedFormat::Rss => "RSS",
            FeedFormat::Json => "JSON Feed",
        }
    }

    /// What stands at the end of its address.
    pub fn file(self) -> &'static str {
        match self {
            FeedFormat::Atom => "atom.xml",
            FeedFormat::Rss => "rss.xml",
            FeedFormat::Json => "feed.json",
        }
    }

    pub fn mime(self) -> &'static str {
        match self {
            FeedFormat::Atom => "application/atom+xml",
            FeedFormat::Rss => "application/rss+xml",
            FeedFormat::Json => "application/feed+json",
        }
    }
}

#[derive(Clone, Debug, Serialize)]
pub struct FeedLink {
    /// What is in it, and in which format: two feeds of one page must not bear one title.
    pub title: String,
    pub mime: &'static str,
    pub path: String,
}

impl FeedLink {
    /// The feeds of what stands at `path`; the site itself stands at the empty one.
    pub fn all(title: &str, path: &str) -> Vec<FeedLink> {
        let link = |format: FeedFormat| FeedLink {
            title: format!("{title} ({})", format.name()),
            mime: format.mime(),
            path: format!("{path}/{}", format.file()),
        };
        FeedFormat::ALL.into_iter().map(link).collect()
    }
}

#[derive(Debug, Serialize)]
pub struct OtherLang {
    pub lang: &'static str,
    pub name: String,
    pub href: String,
}

impl OtherLang {
    /// The same path for readers of the other language.
    pub fn of(words: &Words, lang: Lang, path: &str) -> OtherLang {
        let other = lang.other();
        // A language's own front page has no slash at its end.
        let href = if path == "/" && !other.base().is_empty() { other.base().to_owned() } else { format!("{}{path}", other.base()) };
        OtherLang { lang: other.tag(), name: words.text(other, "site-language-name"), href }
    }
}

/// A moment as machines, lists and pages write it.
#[derive(Clone, Debug, Serialize)]
pub struct Date {
    pub iso: String,
    pub text: String,
    /// Without the hour, for lists.
    pub day: String,
    pub long: String,
}

#[derive(Clone, Debug, Default, Serialize, PartialEq, Eq)]
pub struct Link {
    pub name: String,
    pub path: String,
}

impl Link {
    pub fn new(name: impl Into<String>, path: impl Into<String>) -> Link {
        Link { name: name.into(), path: path.into() }
    }
}

impl View {
    /// Every template is parsed here, so that a broken one stops the start and not a reader.
    pub fn load(words: Arc<Words>) -> Result<View, Refusal> {
        View::of(words, &[""], |_| true)
    }

    /// What a board's own page needs and no more: its machine is small.
    pub fn of_screen(words: Arc<Words>) -> Result<View, Refusal> {
        View::of(words, &["screen/", "parts/mark.html"], |kind| kind == SCREEN || kind == "error")
    }

    fn of(words: Arc<Words>, of: &[&str], is_kind: impl Fn(&str) -> bool) -> Result<View, Refusal> {
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".html", ".svg", ".xml"]);
        tera.register_filter("encoded", |text: &str, _: Kwargs, _: &State| encoded(text));
        tera.register_filter("capitalised", |text: &str, _: Kwargs, _: &State| capitalised(text));
        tera.register_function("t", move |args: Kwargs, state: &State| say(&words, &args, state));
        let mut templates = Vec::new();
        // Those of paper are of another language (`kit::paper`).
        for name in Templates::iter().filter(|name| !name.ends_with(".typ") && of.iter().any(|of| name.starts_with(of))) {
            let text = Templates::get(&name).map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default();
            templates.push((name.into_owned(), asset::versioned(&text)));
        }
        tera.add_raw_templates(templates).map_err(Refusal::broken)?;
        Ok(View { tera, css: sheets(is_kind)?, styled: Mutex::default() })
    }

    /// `position`: the state of the store that the site is read from.
    pub fn face(&self, site: Site, position: i64) -> Face {
        let mut colours = String::new();
        if !site.accent.is_empty() {
            colours = format!(":root{{--site-accent:{};--site-accent-dark:{}}}", site.accent, site.accent_dark);
        }
        let mut held = self.styled.lock().unwrap_or_else(PoisonError::into_inner);
        let styles = match &*held {
            Some((of, styles)) if *of == colours => styles.clone(),
            _ => Arc::new(self.css.iter().map(|(kind, css)| (*kind, style(format!("{colours}{css}")))).collect::<Styles>()),
        };
        *held = Some((colours, styles.clone()));
        Face { site, styles, position }
    }

    pub fn render(&self, template: &str, context: &tera::Context) -> Result<String, Refusal> {
        self.tera.render(template, context).map_err(|error| Refusal::broken(format!("{template}: {error}")))
    }

    #[doc(hidden)]
    pub fn template_texts() -> Vec<(String, String)> {
        Templates::iter()
            .filter_map(|name| Some((name.to_string(), String::from_utf8(Templates::get(&name)?.data.into_owned()).ok()?)))
            .collect()
    }
}

impl Face {
    /// A kind that no sheet names looks like an error: it has the frame of every page and no more.
    pub fn style(&self, kind: &str) -> &Style {
        self.styles.get(kind).unwrap_or(&self.styles["error"])
    }
}

fn style(css: String) -> Style {
    let policy = format!(
        "default-src 'none'; style-src 'self' {}; script-src 'self'; connect-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        digest::csp_source(&css)
    );
    Style { css, policy }
}

/// Every sheet is read here, so that a missing one stops the start and not a reader.
fn sheets(is_kind: impl Fn(&str) -> bool) -> Result<BTreeMap<&'static str, String>, Refusal> {
    let mut css: BTreeMap<&'static str, String> = BTreeMap::from([(DESIGN, String::new())]);
    css.extend(SHEETS.iter().flat_map(|(_, kinds)| kinds.iter().map(|kind| (*kind, String::new()))));
    css.retain(|kind, _| is_kind(kind));
    for (sheet, kinds) in SHEETS {
        let text = asset::text(&format!("css/{sheet}.css")).ok_or_else(|| Refusal::broken(format!("static/css/{sheet}.css is missing")))?;
        let text = asset::versioned(&tight(&text));
        let only_design = sheet == DESIGN;
        // It shows what readers see; the desk's own pages show the desk.
        let is_shown = sheet != DESK && sheet != SCREEN;
        for (_, css) in css.iter_mut().filter(|(kind, _)| {
            (**kind == DESIGN && is_shown)
                || (!only_design && (kinds.contains(kind) || kinds.is_empty() && (**kind != SCREEN || sheet == TOKENS)))
        }) {
            css.push_str(&text);
        }
    }
    css.into_iter()
        .map(|(kind, css)| {
            let chosen = choices(&css).ok_or_else(|| Refusal::broken("static/css/tokens.css: light or dark is not where it was"))?;
            Ok((kind, chosen))
        })
        .collect()
}

/// `@light` and `@dark` stand for the tokens of either: each is written once, and copied to where it is asked for.
fn choices(css: &str) -> Option<String> {
    let block = |opening: &str| css.split_once(opening)?.1.split_once('}').map(|(tokens, _)| tokens.trim().to_owned());
    let light = block("\n:root {")?;
    let dark = block("@media (prefers-color-scheme: dark) {\n:root {")?;
    Some(css.replace("@light", &light).replace("@dark", &dark))
}

/// `{{ t(key="article-views", count=article.views) }}`, in the language of the page.
fn say(words: &Words, args: &Kwargs, state: &State) -> tera::TeraResult<String> {
    let key: String = args.must_get("key")?;
    let lang = match state.get::<String>("lang")?.as_deref() {
        Some("en") => Lang::En,
        _ => Lang::Vi,
    };
    let mut given = FluentArgs::new();
    for (name, value) in args.iter() {
        let name = name.to_string();
        if name != "key" {
            match value.as_i64() {
                Some(number) => given.set(name, number),
                None => given.set(name, value.to_string()),
            }
        }
    }
    words.find(lang, &key, &given).ok_or_else(|| tera::Error::message(format!("no word for `{key}` in {}", lang.tag())))
}

/// A part of an address (RFC 3986, §2.1).
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// Comments and indentation go; nothing that could change a meaning does.
fn tight(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("/*") {
        out.push_str(&rest[..start]);
        rest = rest[start..].find("*/").map_or("", |end| &rest[start + end + 2..]);
    }
    out.push_str(rest);
    let mut tight = String::with_capacity(out.len());
    for line in out.lines().map(str::trim).filter(|line| !line.is_empty()) {
        tight.push_str(line);
        tight.push('\n');
    }
    tight
}
