//! The site's description, `site.toml`: its name, address, colours, contact and sections.

use serde::Serialize;

use crate::kit::colour::contrast;
use crate::kit::fold::is_slug;
use crate::kit::front::{Front, Sheet, Writer};
use crate::kit::refusal::Issue;
use crate::kit::words::Lang;
use crate::phrase;

#[derive(Clone, Debug, Default, Serialize, PartialEq, Eq)]
pub struct Site {
    pub name: String,
    pub tagline: String,
    /// Absolute, without a slash at the end.
    pub address: String,
    /// The address under which the portal began: what feeds know its texts by, so that nobody is told everything
    /// anew when the portal moves to another domain.
    #[serde(skip)]
    pub first_address: String,
    pub owner: String,
    /// For pages in English; empty where nobody has translated it.
    pub tagline_en: String,
    pub owner_en: String,
    /// The code of the administrative unit whose portal this is; empty where it is none's.
    #[serde(skip)]
    pub unit: String,
    #[serde(skip)]
    pub unit_line: usize,
    /// The whole site is a demonstration.
    pub sample: bool,
    pub contact: Contact,
    #[serde(skip)]
    pub accent: String,
    #[serde(skip)]
    pub accent_dark: String,
    #[serde(skip)]
    pub sections: Vec<Section>,
    #[serde(skip)]
    pub desk: Desk,
    #[serde(skip)]
    pub bulletin: Ahead,
    #[serde(skip)]
    pub boards: Boards,
}

/// How electronic boards are looked after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boards {
    /// So long after it was published an urgent posting is on every screen, or somebody is told.
    pub urgent_minutes: i64,
}

impl Default for Boards {
    fn default() -> Boards {
        Boards { urgent_minutes: 5 }
    }
}

const URGENT_MINUTES: std::ops::RangeInclusive<i64> = 1..=240;

/// How long before a posting begins those who mirror a board are given it, in hours, so that they need no line to begin in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ahead {
    pub hours: i64,
}

impl Default for Ahead {
    fn default() -> Ahead {
        Ahead { hours: 24 }
    }
}

const AHEAD_HOURS: std::ops::RangeInclusive<i64> = 0..=336;

/// How staff sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    /// After so long without a page, whoever sits there signs in anew.
    pub idle_minutes: i64,
    /// And after so long in any case.
    pub absolute_hours: i64,
    /// Names of roles that nobody uses without a second factor.
    pub second_factor: Vec<String>,
}

impl Default for Desk {
    fn default() -> Desk {
        Desk { idle_minutes: 60, absolute_hours: 12, second_factor: vec!["keeper".to_owned(), "publisher".to_owned()] }
    }
}

const IDLE_MINUTES: std::ops::RangeInclusive<i64> = 5..=1440;
const ABSOLUTE_HOURS: std::ops::RangeInclusive<i64> = 1..=72;
/// As the floor above names them.
pub const ROLES: [&str; 8] = ["author", "editor", "reviewer", "publisher", "urgent_publisher", "board_keeper", "statistician", "keeper"];

impl Desk {
    fn read(front: &Front) -> Desk {
        let mut desk = Desk::default();
        if let Some(minutes) = front.count("idle_minutes") {
            if !IDLE_MINUTES.contains(&minutes) {
                front.object(
                    "idle_minutes",
                    phrase!("site-bad-span", key = "idle_minutes", least = IDLE_MINUTES.start(), most = IDLE_MINUTES.end()),
                );
            }
            desk.idle_minutes = minutes;
        }
        if let Some(hours) = front.count("absolute_hours") {
            if !ABSOLUTE_HOURS.contains(&hours) {
                front.object(
                    "absolute_hours",
                    phrase!("site-bad-span", key = "absolute_hours", least = ABSOLUTE_HOURS.start(), most = ABSOLUTE_HOURS.end()),
                );
            }
            desk.absolute_hours = hours;
        }
        if !front.lacks("second_factor") {
            desk.second_factor = front.texts("second_factor");
            for name in desk.second_factor.iter().filter(|name| !ROLES.contains(&name.as_str())) {
                front.object("second_factor", phrase!("site-unknown-role", role = name, roles = ROLES.join(", ")));
            }
        }
        desk
    }
}

#[derive(Clone, Debug, Default, Serialize, PartialEq, Eq)]
pub struct Contact {
    pub address: String,
    pub phone: String,
    pub email: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub slug: String,
    pub name: String,
    pub name_en: String,
    pub about: String,
    pub about_en: String,
}

impl Section {
    /// Empty in a language into which nobody has translated it.
    pub fn about(&self, lang: Lang) -> &str {
        if lang == Lang::En { &self.about_en } else { &self.about }
    }

    pub fn name(&self, lang: Lang) -> &str {
        if lang == Lang::En && !self.name_en.is_empty() { &self.name_en } else { &self.name }
    }

    pub fn path(&self) -> String {
        format!("/chuyen-muc/{}", self.slug)
    }
}

impl Site {
    pub fn tagline(&self, lang: Lang) -> &str {
        if lang == Lang::En && !self.tagline_en.is_empty() { &self.tagline_en } else { &self.tagline }
    }

    /// Every fault of the file at once.
    pub fn read(file: &str, text: &str) -> Result<Site, Vec<Issue>> {
        let sheet = Sheet::read(file, text, 1);
        let front = sheet.root();
        let mut site = Site {
            name: front.required("name"),
            tagline: front.text("tagline").unwrap_or_default(),
            address: front.required("address"),
            owner: front.text("owner").unwrap_or_default(),
            tagline_en: front.text("tagline_en").unwrap_or_default(),
            owner_en: front.text("owner_en").unwrap_or_default(),
            unit: front.text("unit").unwrap_or_default(),
            unit_line: front.line_of("unit"),
            sample: front.flag("sample"),
            ..Site::default()
        };
        if !site.address.is_empty() && !is_origin(&site.address) {
            front.object("address", phrase!("site-bad-address", address = site.address));
        }
        site.first_address = front.text("first_address").unwrap_or_else(|| site.address.clone());
        if site.first_address != site.address && !is_origin(&site.first_address) {
            front.object("first_address", phrase!("site-bad-address", address = site.first_address));
        }
        if let Some(colours) = front.table("colours") {
            site.accent = colour(&colours, "accent", GROUND);
            site.accent_dark = colour(&colours, "accent_dark", GROUND_DARK);
            colours.finish();
        }
        if let Some(desk) = front.table("desk") {
            site.desk = Desk::read(&desk);
            desk.finish();
        }
        if let Some(bulletin) = front.table("bulletin") {
            if let Some(hours) = bulletin.count("ahead_hours") {
                let (least, most) = (AHEAD_HOURS.start(), AHEAD_HOURS.end());
                if !AHEAD_HOURS.contains(&hours) {
                    bulletin.object("ahead_hours", phrase!("site-bad-span", key = "ahead_hours", least = least, most = most));
                }
                site.bulletin.hours = hours;
            }
            bulletin.finish();
        }
        if let Some(boards) = front.table("boards") {
            if let Some(minutes) = boards.count("urgent_minutes") {
                let (least, most) = (URGENT_MINUTES.start(), URGENT_MINUTES.end());
                if !URGENT_MINUTES.contains(&minutes) {
                    boards.object("urgent_minutes", phrase!("site-bad-span", key = "urgent_minutes", least = least, most = most));
                }
                site.boards.urgent_minutes = minutes;
            }
            boards.finish();
        }
        if let Some(contact) = front.table("contact") {
            site.contact = Contact {
                address: contact.text("address").unwrap_or_default(),
                phone: contact.text("phone").unwrap_or_default(),
                email: contact.text("email").unwrap_or_default(),
            };
            contact.finish();
        }
        for row in front.tables("sections") {
            let section = Section {
                slug: row.required("slug"),
                name: row.required("name"),
                name_en: row.text("name_en").unwrap_or_default(),
                about: row.text("about").unwrap_or_default(),
                about_en: row.text("about_en").unwrap_or_default(),
            };
            if !is_slug(&section.slug) {
                row.object("slug", phrase!("front-bad-slug", slug = section.slug));
            } else if site.section(&section.slug).is_some() {
                row.object("slug", phrase!("site-section-twice", slug = section.slug));
            }
            row.finish();
            site.sections.push(section);
        }
        if site.sections.is_empty() {
            front.object("sections", phrase!("site-no-sections"));
        }
        front.finish();
        let issues = sheet.into_issues();
        if issues.is_empty() { Ok(site) } else { Err(issues) }
    }

    /// The description as a file: read again it gives the same.
    pub fn written(&self) -> String {
        let mut out = Writer::default();
        out.text("name", &self.name).text("tagline", &self.tagline).text("address", &self.address);
        if self.first_address != self.address {
            out.text("first_address", &self.first_address);
        }
        out.text("owner", &self.owner).text("tagline_en", &self.tagline_en).text("owner_en", &self.owner_en);
        out.text("unit", &self.unit).flag("sample", self.sample);
        if !self.accent.is_empty() || !self.accent_dark.is_empty() {
            out.heading("[colours]").text("accent", &self.accent).text("accent_dark", &self.accent_dark);
        }
        let Contact { address, phone, email } = &self.contact;
        if self.contact != Contact::default() {
            out.heading("[contact]").text("address", address).text("phone", phone).text("email", email);
        }
        if self.desk != Desk::default() {
            let Desk { idle_minutes, absolute_hours, second_factor } = &self.desk;
            out.heading("[desk]").count("idle_minutes", *idle_minutes).count("absolute_hours", *absolute_hours);
            out.list("second_factor", second_factor);
        }
        if self.bulletin != Ahead::default() {
            out.heading("[bulletin]").count("ahead_hours", self.bulletin.hours);
        }
        if self.boards != Boards::default() {
            out.heading("[boards]").count("urgent_minutes", self.boards.urgent_minutes);
        }
        for section in &self.sections {
            out.heading("[[sections]]").text("slug", &section.slug).text("name", &section.name).text("name_en", &section.name_en);
            out.text("about", &section.about).text("about_en", &section.about_en);
        }
        out.toml().to_owned()
    }

    pub fn section(&self, slug: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.slug == slug)
    }

    pub fn is_https(&self) -> bool {
        self.address.starts_with("https://")
    }
}

/// What stands behind the site's colour and, on buttons, before it: `--ground` in `static/css/tokens.css`.
const GROUND: &str = "#ffffff";
const GROUND_DARK: &str = "#101613";
/// WCAG 2.2, 1.4.3: for text of any size.
const LEAST_CONTRAST: f64 = 4.5;

/// `#rrggbb`: the value goes into a style, so nothing else may pass; and nobody could read what stands out too little.
fn colour(front: &Front, key: &str, ground: &str) -> String {
    let written = front.required(key);
    let sound = written.len() == 7 && written.starts_with('#') && written[1..].bytes().all(|b| b.is_ascii_hexdigit());
    if !sound && !written.is_empty() {
        front.object(key, phrase!("site-bad-colour", colour = written));
    }
    if let Some(ratio) = contrast(&written, ground).filter(|ratio| *ratio < LEAST_CONTRAST) {
        let least = decimal(LEAST_CONTRAST);
        front.object(key, phrase!("site-weak-colour", colour = written, ground = ground, ratio = decimal(ratio), least = least));
    }
    written
}

/// With one decimal, never rounded up to what it is not; in the language of such files.
fn decimal(ratio: f64) -> String {
    format!("{:.1}", (ratio * 10.0).floor() / 10.0).replace('.', ",")
}

/// Scheme and host, perhaps a port; no path (RFC 6454, §4).
fn is_origin(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| {
        !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']'))
    })
}
