//! A text as a file: TOML front matter and Markdown. Read with every fault by line, written in one canonical form.

use chrono::Duration;

use super::Kind;
use super::body::Body;
use super::written::{MAX_LEAD, MAX_TITLE, canonical};
use crate::kit::clock::Moment;
use crate::kit::fold::{is_slug, nfc, plain};
use crate::kit::front::{self, Front, Sheet, When, Writer};
use crate::kit::markdown::{self, ImageFault};
use crate::kit::refusal::Issue;
use crate::phrase;

/// The largest text file accepted, in bytes. A thousand printed pages fit.
pub const MAX_BYTES: u64 = 2 * 1024 * 1024;

/// What any kind of text says of itself in its file.
#[derive(Clone, Debug)]
pub struct Plain<B> {
    pub title: String,
    pub lead: String,
    pub section: String,
    /// The unit's code as valid on the day of publication; empty when the text belongs to the whole portal.
    pub unit: String,
    pub published: When,
    pub until: Option<When>,
    pub is_draft: bool,
    /// A draft that was thrown away; it stands in a folder only so that later editions keep their numbers.
    pub is_discarded: bool,
    pub former: Vec<String>,
    pub change_note: String,
    pub minor: bool,
    pub withdrawn: Option<Withdrawn>,
    pub facts: B,
    pub body: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawn {
    pub at: When,
    pub reason: String,
    pub replaced_by: String,
}

/// A file that was read and holds no fault of its own.
#[derive(Clone, Debug)]
pub struct Incoming<B> {
    pub file: String,
    pub slug: String,
    /// `Some(2)` for `slug@2.md`.
    pub number: Option<i32>,
    pub plain: Plain<B>,
    pub files: Vec<Named>,
    pub lines: Lines,
    /// Where each key stands.
    pub keys: Vec<(String, usize)>,
    /// The canonical words: what makes this edition this edition. Terms and the note on what changed are not among them.
    pub words: String,
}

/// A file that a text shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub name: String,
    pub line: usize,
    pub is_picture: bool,
}

/// Where the keys stand that only the whole import can judge.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lines {
    pub section: usize,
    pub unit: usize,
    pub former: usize,
    pub withdrawn: usize,
    pub change_note: usize,
    pub state: usize,
    pub published: usize,
}

/// `file` is the name for messages, relative to the content folder.
pub fn read<B: Body>(file: &str, text: &str) -> Result<Incoming<B>, Vec<Issue>> {
    let text = plain(text);
    let parts = front::split(file, &text).map_err(|issue| vec![issue])?;
    let sheet = Sheet::read(file, parts.front, 2);
    let root = sheet.root();
    let (slug, number) = name_of(file, &sheet);
    if B::KIND.own_pages().contains(&slug.as_str()) {
        sheet.object(0, phrase!("front-own-page", slug = slug));
    }

    let title = root.required("title");
    too_long(&root, "title", &title, MAX_TITLE);
    let lead = root.text("lead").unwrap_or_default();
    too_long(&root, "lead", &lead, MAX_LEAD);
    let (section, unit) = match B::IS_FILED {
        true => (root.required(B::FILED_UNDER), root.required("unit")),
        false => (root.text(B::FILED_UNDER).unwrap_or_default(), root.text("unit").unwrap_or_default()),
    };
    if root.lacks("published") {
        root.object("published", phrase!("front-missing", key = "published"));
    }
    let published = root.when("published");
    let until = root.when("until");
    if let (Some(published), Some(until)) = (published, until)
        && end_of(until) <= published.at
    {
        root.want("until", phrase!("front-until-before-published"));
    }
    let (is_draft, is_discarded) = match root.text("state").as_deref() {
        None | Some("published") => (false, false),
        Some("draft") => (true, false),
        Some("discarded") => (true, true),
        Some(other) => {
            root.object("state", phrase!("front-bad-state", state = other));
            (false, false)
        }
    };
    let facts = B::read(&root);
    let former = root.texts("former");
    for former in &former {
        if !is_slug(former) {
            root.object("former", phrase!("front-bad-slug", slug = former));
        } else if B::KIND.own_pages().contains(&former.as_str()) {
            root.object("former", phrase!("front-own-page", slug = former));
        }
    }
    let change_note = root.text("change_note").unwrap_or_default();
    let minor = root.flag("minor");
    let withdrawn = root.table("withdrawn").and_then(|front| withdrawn(&front, &root, is_draft));

    let mut lines = Lines::default();
    for (key, line) in [
        (B::FILED_UNDER, &mut lines.section),
        ("unit", &mut lines.unit),
        ("former", &mut lines.former),
        ("withdrawn", &mut lines.withdrawn),
        ("change_note", &mut lines.change_note),
        ("state", &mut lines.state),
        ("published", &mut lines.published),
    ] {
        *line = root.line_of(key);
    }
    let mut files: Vec<Named> = facts
        .files()
        .into_iter()
        .map(|(name, is_picture)| Named {
            name: name.to_owned(),
            line: root.line_of(if is_picture { "picture" } else { "attachments" }),
            is_picture,
        })
        .collect();
    let keys = root.lines();
    root.finish();
    // Only now: composing the whole file would join an escape's last letter with a mark that follows it.
    let body = nfc(parts.body.trim_end());
    if body.contains('\0') {
        sheet.object(parts.body_line, phrase!("front-null", key = "body"));
    }
    match markdown::images(&body) {
        Ok(images) => {
            for image in images {
                let line = parts.body_line + image.line - 1;
                match image.fault {
                    None => files.push(Named { name: image.name, line, is_picture: true }),
                    Some(ImageFault::Undescribed) => sheet.want(line, phrase!("image-undescribed", name = image.name)),
                    Some(ImageFault::DescribedDecoration) => sheet.want(line, phrase!("image-described-decoration", name = image.name)),
                    Some(ImageFault::Unread) => sheet.want(line, phrase!("image-unread", name = image.name)),
                }
            }
        }
        Err(line) => sheet.object(parts.body_line + line - 1, phrase!("import-tangled")),
    }
    for named in files.iter().filter(|named| !is_clean(&named.name)) {
        sheet.want(named.line, phrase!("import-bad-file-name", name = named.name));
    }
    // A draft may name it, and nobody looks for it.
    files.retain(|named| is_clean(&named.name));

    let issues = if is_draft { sheet.into_draft_issues() } else { sheet.into_issues() };
    let Some(published) = published.filter(|_| issues.is_empty()) else { return Err(issues) };
    let plain =
        Plain { title, lead, section, unit, published, until, is_draft, is_discarded, former, change_note, minor, withdrawn, facts, body };
    let words = canonical(&plain.title, &plain.lead, &plain.section, &plain.unit, &plain.facts, &plain.body);
    Ok(Incoming { file: file.to_owned(), slug, number, plain, files, lines, keys, words })
}

fn withdrawn(front: &Front, root: &Front, is_draft: bool) -> Option<Withdrawn> {
    if is_draft {
        root.object("withdrawn", phrase!("front-draft-withdrawn"));
    }
    if front.lacks("at") {
        front.object("at", phrase!("front-missing", key = "at"));
    }
    Some(Withdrawn { at: front.when("at")?, reason: front.required("reason"), replaced_by: front.text("replaced_by").unwrap_or_default() })
}

fn too_long(front: &Front, key: &str, text: &str, most: usize) {
    let length = text.chars().count();
    if length > most {
        front.object(key, phrase!("front-too-long", key = key, length = length, most = most));
    }
}

/// A day given as an end is a whole day: it ends at 24:00.
pub fn end_of(when: When) -> Moment {
    if when.day_only { when.at + Duration::days(1) } else { when.at }
}

/// `articles/abc@2.md` is edition 2 of `abc`.
fn name_of(file: &str, sheet: &Sheet) -> (String, Option<i32>) {
    let stem = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".md");
    let (slug, number) = match stem.split_once('@') {
        None => (stem, None),
        Some((slug, number)) => {
            let number = number.parse().ok().filter(|read: &i32| (1..=9_999).contains(read) && read.to_string() == number);
            if number.is_none() {
                sheet.object(0, phrase!("import-bad-edition-name", name = stem));
            }
            (slug, number)
        }
    };
    if !is_slug(slug) {
        sheet.object(0, phrase!("front-bad-slug", slug = slug));
    }
    (slug.to_owned(), number)
}

/// Inside the content folder, with nothing that a path could climb out by.
fn is_clean(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 200
        && !name.starts_with('/')
        && !name.contains(['\\', ':', '?', '#', '%', '"'])
        && !name.chars().any(char::is_control)
        && name.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}

/// The canonical file: read again it gives the same, and written again the same bytes.
pub fn write<B: Body>(plain: &Plain<B>) -> String {
    let mut out = Writer::default();
    out.text("title", &plain.title)
        .text("lead", &plain.lead)
        .text(B::FILED_UNDER, &plain.section)
        .text("unit", &plain.unit)
        .when("published", plain.published);
    if let Some(until) = plain.until {
        out.when("until", until);
    }
    out.text(
        "state",
        if plain.is_discarded {
            "discarded"
        } else if plain.is_draft {
            "draft"
        } else {
            ""
        },
    );
    plain.facts.write_keys(&mut out);
    out.texts("former", &plain.former).text("change_note", &plain.change_note).flag("minor", plain.minor);
    plain.facts.write_tables(&mut out);
    if let Some(withdrawn) = &plain.withdrawn {
        out.heading("[withdrawn]").when("at", withdrawn.at).text("reason", &withdrawn.reason).text("replaced_by", &withdrawn.replaced_by);
    }
    out.file(&plain.body)
}

/// The folder and file name of an edition. The first has no number; later ones do.
pub fn name(kind: Kind, slug: &str, number: i32) -> String {
    if number == 1 { format!("{}/{slug}.md", kind.folder()) } else { format!("{}/{slug}@{number}.md", kind.folder()) }
}
