//! The files beside a text, as its form speaks of them; and how a file that somebody sends becomes one that a text may
//! name: looked at before anything is kept, by the rule of every other door (`kit::filetype`).

use std::sync::Mutex;

use serde::Serialize;

use crate::article::{self, Article};
use crate::edition::Kind;
use crate::edition::body::parse;
use crate::edition::written::{Facts, issue};
use crate::kit::digest::sha256;
use crate::kit::filetype::{self, Fault};
use crate::kit::fold::{nfc, plain, slug};
use crate::kit::picture::{self, Picture, RECIPE};
use crate::kit::refusal::Refusal;
use crate::kit::words::Phrase;
use crate::phrase;
use crate::posting::{Attachment, Posting};
use crate::report::Report;
use crate::standing::Standing;
use crate::store::Conn;
use crate::store::shelf::{self, Medium, Shelf};
use crate::web::form::Part;

/// Beside one text.
pub const MOST_FILES: usize = 30;
pub const MAX_TITLE: usize = 300;
/// Names tried before a file with so common a one is refused.
const MOST_ALIKE: usize = 500;
/// In letters, of a file's own name, so that there is room for the number.
const MAX_STEM: usize = 80;
/// A picture takes a core and much memory while it is decoded: one at a time, whoever sends them.
static PICTURE: Mutex<()> = Mutex::new(());

pub fn listed(kind: Kind, facts: &str) -> Result<Vec<Attachment>, Refusal> {
    Ok(match kind {
        Kind::Posting => parse::<Posting>(facts)?.attachments,
        Kind::Article => {
            let all = parse::<Article>(facts)?.attachments.into_iter();
            all.map(|one| Attachment { file: one.file, title: one.title, ..Attachment::default() }).collect()
        }
        // A report's files are its figures: they come in a way of their own.
        Kind::Page | Kind::Report => Vec::new(),
    })
}

/// The same facts with other files.
pub fn with(kind: Kind, facts: &str, files: Vec<Attachment>) -> Result<Box<dyn Facts>, Refusal> {
    Ok(match kind {
        Kind::Posting => Box::new(Posting { attachments: files, ..parse(facts)? }),
        Kind::Article => {
            let attachments = files.into_iter().map(|one| article::Attachment { file: one.file, title: one.title }).collect();
            Box::new(Article { attachments, ..parse(facts)? })
        }
        Kind::Page => Box::new(parse::<Standing>(facts)?),
        Kind::Report => Box::new(parse::<Report>(facts)?),
    })
}

/// A file that stands on the shelf and has no name there yet.
#[derive(Debug, Serialize)]
pub struct Taken {
    #[serde(skip)]
    pub medium: Medium,
    /// As its sender calls it, without its ending.
    pub title: String,
    stem: String,
    ending: String,
}

impl Taken {
    /// What the program itself made, under a name for people.
    pub fn made(stem: &str, ending: &str, medium: Medium) -> Taken {
        Taken { medium, title: stem.to_owned(), stem: stem.to_owned(), ending: ending.to_owned() }
    }
}

/// Puts on the shelf what was sent. Without a text to name it, it is seen by nobody. Errors: `Issues` at `field`.
pub fn take(shelf: &Shelf, sent: Option<&Part>, field: &str, is_picture: bool) -> Result<Taken, Refusal> {
    let wrong = |phrase: Phrase| Refusal::Issues(vec![issue(field, 0, phrase)]);
    let part = sent.ok_or_else(|| wrong(phrase!("files-none")))?;
    // A path is of somebody's own disk.
    let name = part.file.as_deref().unwrap_or_default().rsplit(['/', '\\']).next().unwrap_or_default();
    let name = nfc(&plain(name)).chars().filter(|c| !c.is_control()).take(200).collect::<String>();
    let bytes = &part.bytes[..];
    if part.is_cut || bytes.len() as u64 > filetype::MAX_BYTES {
        return Err(wrong(phrase!("files-too-large", name = name, most = filetype::MAX_BYTES / 1024 / 1024)));
    }
    if bytes.is_empty() {
        return Err(wrong(phrase!("files-empty", name = name)));
    }
    let digest = sha256(bytes);
    let ending = filetype::ending(&name);
    let (medium, ending) = if is_picture || filetype::PICTURES.contains(&ending.as_str()) {
        pictured(shelf, digest, bytes, &name).map_err(|fault| fault.map_or_else(|refusal| refusal, &wrong))?
    } else {
        let mime = filetype::judge(&name, bytes).map_err(|fault| wrong(unfit(fault, &name)))?;
        shelf.put(&digest, "", bytes)?;
        let mime = mime.to_owned();
        (Medium { digest, mime, bytes: bytes.len() as i64, width: 0, height: 0, renditions: String::new(), recipe: 0 }, ending)
    };
    let title = name.rsplit_once('.').map_or(&name[..], |(title, _)| title).replace('_', " ");
    let mut stem = slug(&title);
    stem.truncate(MAX_STEM);
    let stem = stem.trim_matches('-').to_owned();
    Ok(Taken { medium, title: title.trim().to_owned(), stem: if stem.is_empty() { "tep".to_owned() } else { stem }, ending })
}

/// With all that pages will show of it.
fn pictured(shelf: &Shelf, digest: String, bytes: &[u8], name: &str) -> Result<(Medium, String), Result<Phrase, Refusal>> {
    let told = |fault| {
        Ok(match fault {
            picture::Fault::NotAPicture => phrase!("files-no-picture", name = name),
            picture::Fault::TooLarge => phrase!("import-picture-too-large", name = name),
            picture::Fault::CutOff => phrase!("import-picture-cut-off", name = name),
            picture::Fault::Disguised => phrase!("import-picture-disguised", name = name),
            picture::Fault::Damaged => phrase!("import-picture-damaged", name = name),
        })
    };
    let one_at_a_time = PICTURE.lock();
    let picture = Picture::decode(bytes).map_err(told)?;
    let (width, height, mime) = (picture.width() as i32, picture.height() as i32, picture.mime.to_owned());
    let mut made = Vec::new();
    for (rendition, bytes) in picture.renditions(bytes.len()).map_err(told)? {
        shelf.put(&digest, &rendition.to_string(), &bytes).map_err(Err)?;
        made.push(rendition);
    }
    drop(one_at_a_time);
    shelf.put(&digest, "", bytes).map_err(Err)?;
    let ending = mime.rsplit('/').next().unwrap_or_default().replace("jpeg", "jpg");
    let (renditions, bytes) = (picture::names(&made), bytes.len() as i64);
    Ok((Medium { digest, mime, bytes, width, height, renditions, recipe: RECIPE }, ending))
}

fn unfit(fault: Fault, name: &str) -> Phrase {
    match fault {
        Fault::Unknown => phrase!("files-bad-type", name = name),
        Fault::NotSo => phrase!("files-not-so", name = name),
        Fault::Locked => phrase!("files-locked", name = name),
        Fault::Macros => phrase!("files-macros", name = name),
        Fault::Carries(inner) => phrase!("files-carries", name = name, inner = inner),
        Fault::Crowded => phrase!("files-crowded", name = name),
    }
}

/// A name under which nothing else stands, or under which this very file does.
pub fn free_name(c: &mut Conn, folder: &str, taken: &Taken, field: &str) -> Result<String, Refusal> {
    let Taken { stem, ending, medium, .. } = taken;
    for number in 1..=MOST_ALIKE {
        let name = if number == 1 { format!("{folder}/{stem}.{ending}") } else { format!("{folder}/{stem}-{number}.{ending}") };
        if shelf::named(c, &name)?.is_none_or(|known| known.digest == medium.digest) {
            return Ok(name);
        }
    }
    Err(Refusal::Issues(vec![issue(field, 0, phrase!("files-name-common"))]))
}
