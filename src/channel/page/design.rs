//! The living design system: every part that pages are made of, in light and in dark, from the same templates. It is
//! opened in development only. The articles are the portal's newest; whatever is not built yet is shown by example.

use serde::Serialize;

use super::figures::Figure;
use super::{Pager, Year, past, years};
use crate::article::page::{AttachmentShown, Card, cards};
use crate::edition::Kind;
use crate::edition::find::{self, Filter};
use crate::edition::page::EditionShown;
use crate::kit::refusal::Refusal;
use crate::kit::{calendar, colour, compare, markdown};
use crate::phrase;
use crate::unit::page::{Choice, Group};
use crate::web::answer::{Answer, Reading};
use crate::web::error;
use crate::web::view::{Date, Link};
use crate::web::{asset, site::Site};

const PROSE: &str = include_str!("design.md");
/// Stacked marks, high and low, at every size.
const SPECIMEN: &str = "Ấ Ễ Ự Ỗ Ẫ Ằ Ỵ Ợ: Nguyễn Thị Ấn kể chuyện đồng lúa chín";
const CAPITALS: &str = "Ấm no – Ễnh ương – Ỗng bụng – Ự hự – Ẵm em – Ỷ lại";
/// Tokens that are colours, and whether text is set in them.
const COLOURS: [(&str, bool); 12] = [
    ("accent", true),
    ("ink", true),
    ("quiet", true),
    ("gold", true),
    ("edge", false),
    ("focus", false),
    ("ground", false),
    ("soft", false),
    ("tint", false),
    ("line", false),
    ("mark-line", false),
    ("mark-grain", false),
];
const CARDS: usize = 4;

#[derive(Serialize)]
struct Parts {
    sides: Vec<Side>,
    specimen: &'static str,
    capitals: &'static str,
    ways: Vec<Link>,
    choice: Choice,
    years: Vec<Year>,
    here: &'static str,
    crumbs: Vec<Link>,
    pager: Pager,
    cards: Vec<Card>,
    postings: Vec<Posting>,
    figures: Vec<Figure>,
    facts: Facts,
    attachments: Vec<AttachmentShown>,
    editions: Vec<EditionShown>,
    past: past::Shown,
    error: error::Shown,
}

#[derive(Serialize)]
struct Side {
    class: &'static str,
    name: String,
    crumbs: String,
    pager: String,
    swatches: Vec<Swatch>,
    prose: String,
}

#[derive(Serialize)]
struct Swatch {
    name: &'static str,
    colour: String,
    text: bool,
    on_ground: String,
    on_soft: String,
}

#[derive(Serialize)]
struct Posting {
    title: &'static str,
    number: &'static str,
    path: &'static str,
    until: String,
    status: Status,
    unit: Option<Link>,
    drill: bool,
    sample: bool,
}

#[derive(Serialize)]
struct Status {
    name: &'static str,
    word: String,
}

#[derive(Serialize)]
struct Facts {
    date: Date,
    updated: Option<Date>,
    byline: &'static str,
    views: &'static str,
}

pub fn design(reading: &mut Reading) -> Result<Answer, Refusal> {
    let listed = find::list(&mut reading.c, Kind::Article, &Filter::All, reading.now, CARDS)?;
    let cards = cards(reading, &listed)?;
    let today = reading.date(reading.now, false);
    let day = reading.date(reading.now, true);
    let until = reading.say(&phrase!("posting-row-until", until = day.text));
    let page = reading.page("design", reading.word("design-title"), "/he-thong-giao-dien");
    let parts = Parts {
        sides: vec![side(reading, "light", reading.word("design-light")), side(reading, "dark", reading.word("design-dark"))],
        specimen: SPECIMEN,
        capitals: CAPITALS,
        ways: error::ways(&reading.web.words, reading.lang),
        choice: Choice {
            tally: "3 xã".into(),
            is_long: false,
            groups: vec![Group {
                letter: ' ',
                id: String::new(),
                units: ["xã Ví Dụ Một", "xã Ví Dụ Hai", "xã Ví Dụ Ba"].map(|name| Link::new(name, "/")).into(),
            }],
        },
        years: years(reading, &[202611, 202610, 202609, 202512]),
        here: "/luu-tru/2026/10",
        crumbs: page
            .crumbs
            .iter()
            .cloned()
            .chain(reading.face.site.sections.first().map(|section| Link::new(section.name(reading.lang), section.path())))
            .collect(),
        pager: Pager { number: 2, count: Some(9), previous: Some("/".into()), next: Some("/?trang=3".into()) },
        cards,
        postings: vec![
            Posting {
                title: "Ví dụ: Quyết định giao đất tại thửa 214, thôn Hạ",
                number: "12/QĐ-UBND",
                path: "/",
                until: until.clone(),
                status: Status { name: "not-yet", word: reading.word("posting-status-not-yet") },
                unit: Some(Link::new("Xã Ví Dụ", "/")),
                drill: false,
                sample: true,
            },
            Posting {
                title: "Ví dụ: Danh sách hộ được hỗ trợ sau bão",
                number: "",
                path: "/",
                until,
                status: Status { name: "in-force", word: String::new() },
                unit: None,
                drill: false,
                sample: false,
            },
        ],
        figures: [("Ví dụ: dư nợ", "61.582", "triệu đồng", "đến 30/09/2026"), ("Ví dụ: tỷ lệ giải ngân", "97,5", "%", "quý III năm 2026")]
            .map(|(name, value, measure, period)| Figure {
                name: name.into(),
                value: value.into(),
                measure: measure.into(),
                period: period.into(),
                preliminary: measure == "%",
                sample: measure == "%",
                path: "/".into(),
            })
            .into(),
        facts: Facts { date: today.clone(), updated: Some(today.clone()), byline: "Lê Thị Mẫu", views: "1.234" },
        attachments: vec![AttachmentShown {
            title: "Ví dụ: số liệu theo xã".into(),
            path: "/".into(),
            kind: "CSV".into(),
            size: "12 KB".into(),
        }],
        past: past::Shown {
            number: 1,
            from: day.clone(),
            until: Some(today.clone()),
            successor: 2,
            minor: false,
            note: "Ví dụ: sửa giờ họp chợ.".into(),
            text: Link::new("Ví dụ: chợ phiên", "/"),
            newest: 2,
            compared: 2,
            changes: vec![past::Change {
                part: reading.word("edition-part-body"),
                paragraphs: compare::paragraphs(&["Chợ họp từ 6 giờ sáng.".into()], &["Chợ họp từ 5 giờ 30 sáng.".into()])
                    .unwrap_or_default(),
            }],
            is_too_long: false,
            absent: String::new(),
        },
        editions: vec![
            EditionShown {
                number: 2,
                date: today,
                note: "Ví dụ: sửa giờ họp chợ.".into(),
                here: true,
                path: String::new(),
                minor: false,
                withdrawn: String::new(),
            },
            EditionShown {
                number: 1,
                date: day,
                note: String::new(),
                here: false,
                path: "/".into(),
                withdrawn: String::new(),
                minor: false,
            },
        ],
        error: error::Shown {
            status: 404,
            key: "missing",
            title: reading.word("http-missing-title"),
            text: reading.word("http-missing-text"),
            date: calendar::long(reading.now, false, &reading.web.words, reading.lang),
            reason: "Ví dụ: bài đăng nhầm ngày.".into(),
            ..error::Shown::default()
        },
    };
    reading.html("design/page.html", &page, &parts)
}

fn side(reading: &Reading, class: &'static str, name: String) -> Side {
    let labels = markdown::Labels {
        table: format!("{}, {name}", reading.word("text-table")),
        footnotes: format!("{}, {name}", reading.word("text-footnotes")),
        back: reading.word("text-footnote-back"),
    };
    let prose = markdown::render(PROSE, &labels, &|_| None);
    // The same text stands on the page twice, and an id only once.
    let prose = prose.replace(" id=\"", &format!(" id=\"{class}-")).replace("href=\"#", &format!("href=\"#{class}-"));
    let named = |word: &str| format!("{}, {name}", reading.word(word));
    let (crumbs, pager) = (named("site-crumbs"), named("site-pager"));
    Side { class, crumbs, pager, name, swatches: swatches(&reading.face.site, class == "dark"), prose }
}

fn swatches(site: &Site, dark: bool) -> Vec<Swatch> {
    let sheet = asset::text("css/tokens.css").unwrap_or_default();
    let token = |name: &str| token(&sheet, site, name, dark);
    let (ground, soft) = (token("ground"), token("soft"));
    COLOURS
        .iter()
        .map(|(name, text)| {
            let colour = token(name);
            let on = |other: &str| colour::contrast(&colour, other).map(|ratio| format!("{ratio:.1}")).unwrap_or_default();
            Swatch { name, text: *text, on_ground: on(&ground), on_soft: on(&soft), colour }
        })
        .collect()
}

/// A token's colour: what the dark block says, or else the light one; the site's own accent above both.
fn token(sheet: &str, site: &Site, name: &str, dark: bool) -> String {
    let own = if dark { &site.accent_dark } else { &site.accent };
    if name == "accent" && !own.is_empty() {
        return own.clone();
    }
    let (light, rest) = sheet.split_once("@media (prefers-color-scheme: dark)").unwrap_or((sheet, ""));
    let find = |block: &str| {
        let rest = block.split_once(&format!("--{name}: "))?.1;
        let value = rest.split(';').next()?;
        value.find('#').map(|at| value[at..].trim_end_matches(')').to_owned())
    };
    let block = rest.split('}').next().unwrap_or_default();
    if dark { find(block).or_else(|| find(light)) } else { find(light) }.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2, 1.4.3 and 1.4.11: 4.5 for text, 3 for what must be made out.
    #[test]
    fn every_colour_can_be_read_on_every_ground_in_light_and_in_dark() {
        let sheet = asset::text("css/tokens.css").expect("the tokens are there");
        for dark in [false, true] {
            let token = |name: &str| token(&sheet, &Site::default(), name, dark);
            for (name, text) in COLOURS.iter().take(6) {
                for ground in ["ground", "soft", "tint"] {
                    let ratio = colour::contrast(&token(name), &token(ground)).expect("both are colours");
                    let least = if *text { 4.5 } else { 3.0 };
                    assert!(ratio >= least, "--{name} on --{ground} is {ratio:.2} (dark: {dark})");
                }
            }
        }
    }
}
