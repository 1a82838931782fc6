//! Drawing a card: the template's SVG with lines measured by the very font that draws them, made into a PNG. No font of
//! the machine is looked at, so that every node draws the same.

use std::collections::HashMap;
use std::sync::Arc;

use resvg::tiny_skia::Pixmap;
use resvg::usvg::{Options, Transform, Tree, fontdb};
use serde::Serialize;
use skrifa::{FontRef, MetadataProvider};

use super::Card;
use super::lines::{Fitted, Step, fit, one_line};
use crate::kit::colour::contrast;
use crate::kit::letters::{BOLD, MEDIUM, Weight, edges, width};
use crate::kit::refusal::Refusal;
use crate::web::answer::Reading;
use crate::web::asset;
use crate::web::turn::Turns;

pub const WIDTH: u32 = 1200;
pub const HEIGHT: u32 = 630;

/// What all text stands within, in pixels.
const LEFT: f32 = 80.0;
const ROOM: f32 = 1040.0;
/// What title and lead are centred in, from top to bottom.
const FIELD: (f32, f32) = (132.0, 502.0);
const TITLE: [Step; 7] = [(104.0, 1), (92.0, 2), (80.0, 3), (70.0, 4), (62.0, 4), (54.0, 5), (48.0, 6)];
/// From baseline to baseline, in ems, where no marks ask for more.
const TITLE_LINE: f32 = 1.2;
/// Room below a last line in which nothing hangs, for what stands below it not to crowd it.
const LEAST_FALL: f32 = 0.22;
/// Between the lowest mark of a line and the highest of the next.
const AIR: f32 = 0.04;
/// Where capitals with marks above and below ask for more room than six lines leave.
const TITLE_LAST: Step = (48.0, 5);
const TITLE_TRACKING: f32 = -0.012;
const LEAD: Step = (32.0, 2);
const LEAD_LINE: f32 = 46.0;
const LEAD_GAP: f32 = 34.0;
const SMALL: f32 = 30.0;
/// White text on the ground must keep this contrast (WCAG 2.2, 1.4.3 and 1.4.6), whatever accent a site chooses.
const CONTRAST: f64 = 6.0;
/// Where a site has chosen none; the same as in `static/css/tokens.css`.
const ACCENT: &str = "#0b6444";

/// Cards drawn at once, and those that may wait. Drawing takes a core for tens of milliseconds and holds a connection
/// to the database meanwhile: pages must always find both.
const AT_ONCE: usize = 1;
const WAITING: usize = 64;

pub struct Painter {
    fonts: Arc<fontdb::Database>,
    /// Knows which letters there are.
    bold: FontRef<'static>,
    pub turns: Turns,
}

impl Painter {
    pub fn new() -> Result<Painter, Refusal> {
        let mut fonts = fontdb::Database::new();
        fonts.load_font_data(MEDIUM.to_vec());
        fonts.load_font_data(BOLD.to_vec());
        Ok(Painter { fonts: Arc::new(fonts), bold: FontRef::new(BOLD).map_err(Refusal::broken)?, turns: Turns::new(AT_ONCE, WAITING) })
    }

    /// PNG, as light as flat colours allow.
    pub fn draw(&self, reading: &Reading, card: &Card) -> Result<Vec<u8>, Refusal> {
        let svg = self.svg(reading, card)?;
        let options = Options { fontdb: self.fonts.clone(), ..Options::default() };
        let tree = Tree::from_str(&svg, &options).map_err(Refusal::broken)?;
        let mut picture = Pixmap::new(WIDTH, HEIGHT).ok_or_else(|| Refusal::broken("a card has no size"))?;
        resvg::render(&tree, Transform::identity(), &mut picture.as_mut());
        png(&picture)
    }

    fn svg(&self, reading: &Reading, card: &Card) -> Result<String, Refusal> {
        let site = &reading.face.site;
        let bold = |text: &str| width(Weight::Bold, text);
        let medium = |text: &str| width(Weight::Medium, text);
        // A title that the font has no letter of, and an empty one, leave the site's name.
        let title = Some(self.drawable(&card.title)).filter(|title| !title.is_empty()).unwrap_or_else(|| self.drawable(&site.name));
        let (title, setting) = self.title(&title);
        let title_height = setting.height;
        let lead = fit(&self.drawable(&card.lead), &medium, ROOM, &[LEAD]).lines;
        let lead_height = LEAD_GAP + LEAD_LINE * lead.len() as f32;
        let lead = if !lead.is_empty() && title_height + lead_height <= FIELD.1 - FIELD.0 { lead } else { Vec::new() };
        let height = title_height + if lead.is_empty() { 0.0 } else { lead_height };
        let top = FIELD.0 + (FIELD.1 - FIELD.0 - height) / 2.0;
        let line = |(index, text): (usize, String), first: f32, step: f32| Line { y: first + step * index as f32, text };
        let kicker = one_line(&self.drawable(&card.kicker), &bold, ROOM, SMALL);
        let beside = if kicker.is_empty() { 0.0 } else { bold(&kicker) * SMALL + PLACE_GAP };
        let date = self.drawable(&card.date);
        let tag = if card.sample { reading.word("site-sample") } else { String::new() };
        let tag_width = if tag.is_empty() { 0.0 } else { (medium(&tag) * TAG_SIZE + 2.0 * TAG_SIDE).ceil() };
        let date_width = medium(&date) * SMALL;
        let right = date_width + tag_width + if tag.is_empty() { 0.0 } else { 28.0 };
        let name_room = ROOM - NAME_INDENT - right - 40.0;
        let parts = Parts {
            ground: ground(if site.accent.is_empty() { ACCENT } else { &site.accent }),
            mark: mark(),
            place_x: LEFT + beside,
            place: one_line(&self.drawable(&card.place), &medium, ROOM - beside, SMALL),
            kicker,
            size: title.size,
            tracking: title.size * TITLE_TRACKING,
            // Round letters begin a little right of their origin, the more so the larger they are.
            title_x: LEFT - title.size * 0.03,
            lead: lead.into_iter().enumerate().map(|entry| line(entry, top + title_height + LEAD_GAP + 20.0, LEAD_LINE)).collect(),
            title: title.lines.into_iter().enumerate().map(|entry| line(entry, top + setting.rise, setting.step)).collect(),
            name: one_line(&self.drawable(&site.name), &bold, name_room, SMALL),
            tag_x: LEFT + ROOM - date_width - if date.is_empty() { 0.0 } else { 28.0 } - tag_width,
            tag,
            tag_width,
            date,
        };
        reading.web.view.render(TEMPLATE, &tera::Context::from_serialize(&parts).map_err(Refusal::broken)?)
    }

    /// At the largest size at which its lines and their marks find room.
    fn title(&self, text: &str) -> (Fitted, Setting) {
        let tracked = |text: &str| width(Weight::Bold, text) + TITLE_TRACKING * text.chars().count() as f32;
        let set = |steps: &[Step]| {
            let title = fit(text, &tracked, ROOM, steps);
            let setting = self.setting(&title);
            (title, setting)
        };
        let fits = |(_, setting): &(Fitted, Setting)| setting.height <= FIELD.1 - FIELD.0;
        (0..TITLE.len()).map(|first| set(&TITLE[first..])).find(fits).unwrap_or_else(|| set(&[TITLE_LAST]))
    }

    /// How the lines of a title stand above one another: roomy enough for stacked marks such as Ấ, Ễ, Ự, and no roomier.
    fn setting(&self, title: &Fitted) -> Setting {
        let edges: Vec<(f32, f32)> = title.lines.iter().map(|line| edges(Weight::Bold, line)).collect();
        let (rise, fall) = (edges.first().map_or(0.0, |edge| edge.0), edges.last().map_or(0.0, |edge| edge.1.max(LEAST_FALL)));
        let wanted = edges.windows(2).map(|pair| pair[0].1 + pair[1].0 + AIR).fold(TITLE_LINE, f32::max);
        let gaps = title.lines.len().saturating_sub(1) as f32;
        Setting { rise: rise * title.size, step: wanted * title.size, height: (rise + fall + wanted * gaps) * title.size }
    }

    /// What the font can draw of a text: no control characters, no pictographs, no scripts that it lacks.
    fn drawable(&self, text: &str) -> String {
        let letters = self.bold.charmap();
        let known = |c: char| c.is_whitespace() || (!c.is_control() && letters.map(c).is_some());
        text.chars().filter(|c| known(*c)).collect::<String>().split_ascii_whitespace().collect::<Vec<_>>().join(" ")
    }
}

const TEMPLATE: &str = "card/card.svg";
const PLACE_GAP: f32 = 18.0;
const NAME_INDENT: f32 = 92.0;
const TAG_SIZE: f32 = 24.0;
const TAG_SIDE: f32 = 22.0;

#[derive(Serialize)]
struct Parts {
    ground: String,
    mark: String,
    kicker: String,
    place: String,
    place_x: f32,
    title: Vec<Line>,
    title_x: f32,
    size: f32,
    tracking: f32,
    lead: Vec<Line>,
    name: String,
    date: String,
    tag: String,
    tag_x: f32,
    tag_width: f32,
}

/// In pixels.
#[derive(Debug)]
struct Setting {
    /// From the top of the highest mark to the first baseline.
    rise: f32,
    step: f32,
    height: f32,
}

#[derive(Serialize)]
struct Line {
    y: f32,
    text: String,
}

/// The site's icon without its frame: its disc is of the ground's colour, or would be a blot on it.
fn mark() -> String {
    let icon = asset::text("icon.svg").unwrap_or_default();
    let inside = icon.split_once('>').and_then(|(_, rest)| rest.rsplit_once("</svg>")).map_or("", |(inside, _)| inside);
    // The first shape is the disc.
    inside.trim_start().split_once("/>").map_or("", |(_, drawing)| drawing).to_owned()
}

/// The accent, darkened as far as white text on it needs.
fn ground(accent: &str) -> String {
    let channel = |at: usize| accent.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or(0);
    let mut rgb = [channel(1), channel(3), channel(5)].map(f32::from);
    loop {
        let ground = format!("#{:02x}{:02x}{:02x}", rgb[0] as u8, rgb[1] as u8, rgb[2] as u8);
        if contrast("#ffffff", &ground).is_none_or(|contrast| contrast >= CONTRAST) {
            return ground;
        }
        rgb = rgb.map(|c| c * 0.96);
    }
}

/// A card has a few colours and the steps between them at edges: the commonest 256 are the palette, every other one
/// (a handful of pixels) becomes its nearest. That is a third of the bytes of a PNG in full colour.
fn png(picture: &Pixmap) -> Result<Vec<u8>, Refusal> {
    let mut counts: HashMap<[u8; 3], usize> = HashMap::new();
    // Without alpha: the ground covers everything.
    let colour = |pixel: &[u8]| [pixel[0], pixel[1], pixel[2]];
    for pixel in picture.data().chunks_exact(4) {
        *counts.entry(colour(pixel)).or_default() += 1;
    }
    let mut colours: Vec<([u8; 3], usize)> = counts.into_iter().collect();
    colours.sort_unstable_by_key(|(colour, count)| (std::cmp::Reverse(*count), *colour));
    let palette: Vec<[u8; 3]> = colours.iter().take(256).map(|(colour, _)| *colour).collect();
    let distance = |a: &[u8; 3], b: &[u8; 3]| a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(*b)).pow(2)).sum::<u32>();
    let nearest =
        |colour: &[u8; 3]| palette.iter().enumerate().min_by_key(|(_, known)| distance(known, colour)).map_or(0, |(at, _)| at as u8);
    let places: HashMap<[u8; 3], u8> =
        colours.iter().enumerate().map(|(at, (colour, _))| (*colour, u8::try_from(at).unwrap_or_else(|_| nearest(colour)))).collect();
    let pixels: Vec<u8> = picture.data().chunks_exact(4).map(|pixel| places.get(&colour(pixel)).copied().unwrap_or(0)).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.write_header().and_then(|mut writer| writer.write_image_data(&pixels)).map_err(Refusal::broken)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Poll, Waker};

    use super::*;

    #[test]
    fn white_text_is_legible_on_any_accent() {
        assert_eq!(ground("#14613f"), "#14613f", "a dark accent stays");
        for light in ["#ffff00", "#ffffff", "#ff8800", "#7fcf9f"] {
            assert_ne!(ground(light), light);
        }
        assert_eq!(ground("#000000"), "#000000");
    }

    #[test]
    fn stacked_marks_touch_neither_the_line_above_nor_the_edges() {
        let painter = Painter::new().expect("our fonts");
        for syllables in 1..60 {
            let text = ["ẬỆỘỢỰ", "ẤẦẨẪẮ", "ỀỂỄỔỖ"].iter().cycle().take(syllables).copied().collect::<Vec<_>>().join(" ");
            let (title, setting) = painter.title(&text);
            assert!(setting.height <= FIELD.1 - FIELD.0, "{syllables}: {title:?} {setting:?}");
            for pair in title.lines.windows(2) {
                let needed = edges(Weight::Bold, &pair[0]).1 + edges(Weight::Bold, &pair[1]).0;
                assert!(setting.step >= needed * title.size, "{syllables}: {title:?} {setting:?} for {needed}");
            }
        }
    }

    #[test]
    fn who_cannot_be_drawn_for_soon_is_told_so() {
        let painter = Painter::new().expect("our fonts");
        let mut waker = Context::from_waker(Waker::noop());
        let mut turns: Vec<_> = (0..AT_ONCE + WAITING).map(|_| Box::pin(painter.turns.turn())).collect();
        let ready: Vec<crate::web::turn::Turn> = turns
            .iter_mut()
            .filter_map(|turn| match turn.as_mut().poll(&mut waker) {
                Poll::Ready(turn) => Some(turn.expect("there is a place")),
                Poll::Pending => None,
            })
            .collect();
        assert_eq!(ready.len(), AT_ONCE);
        let mut late = Box::pin(painter.turns.turn());
        assert!(matches!(late.as_mut().poll(&mut waker), Poll::Ready(Err(Refusal::Trouble(_)))));
        drop((ready, turns));
        assert!(matches!(Box::pin(painter.turns.turn()).as_mut().poll(&mut waker), Poll::Ready(Ok(_))), "places come free again");
    }
}
