//! The press: a template and plain data become a PDF, tagged for screen readers (PDF/UA-1) and fit for archives
//! (PDF/A-2a).
//!
//! What people wrote reaches the typesetter as data and never as its language, and the typesetter reaches nothing but
//! the templates of the program, its fonts and that data: no file, no network, no clock. The same data at the same moment
//! gives the same bytes.

pub mod fit;

use std::collections::{BTreeSet, HashMap};
use std::thread;

use chrono::{Datelike, Timelike};
use rust_embed::RustEmbed;
use serde::Serialize;
use serde_json::Value;
use skrifa::{FontRef, MetadataProvider};
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::calendar::local;
use super::clock::Moment;
use super::refusal::Refusal;
use super::words::Phrase;
use crate::phrase;

#[derive(RustEmbed)]
#[folder = "templates/paper/"]
struct Templates;

const REGULAR: &[u8] = include_bytes!("fonts/tinos-400.ttf");
const ITALIC: &[u8] = include_bytes!("fonts/tinos-400-italic.ttf");
const BOLD: &[u8] = include_bytes!("fonts/tinos-700.ttf");
const BOLD_ITALIC: &[u8] = include_bytes!("fonts/tinos-700-italic.ttf");

/// Of data, as JSON. Setting takes time in step with it, and cannot be interrupted.
const MOST_BYTES: usize = 1 << 20;
const MOST_PAGES: usize = 300;
/// Setting goes down as deep as a text is nested; what a worker's thread has is not enough in a debug build.
const STACK: usize = 32 << 20;
/// Documents after which what nothing has asked for again is forgotten.
const KEPT: usize = 5;
/// The templates find it there.
const DATA: &str = "data.json";
const MAKER: &str = "Bảng Tin";

/// Fonts and templates, read once. One is enough for a process; printing takes a core for tens of milliseconds, so
/// whoever answers readers gives out turns.
pub struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    sources: HashMap<FileId, Source>,
    data: FileId,
    regular: FontRef<'static>,
    bold: FontRef<'static>,
}

#[derive(Debug)]
pub struct Printed {
    pub pdf: Vec<u8>,
    pub pages: usize,
    /// It is not all that it should be, and what its author can do about it.
    pub warning: Option<Phrase>,
}

impl Press {
    /// Every template is parsed here, so that a broken one stops the start and not a reader.
    pub fn new() -> Result<Press, Refusal> {
        let fonts: Vec<Font> =
            [REGULAR, ITALIC, BOLD, BOLD_ITALIC].into_iter().filter_map(|bytes| Font::new(Bytes::new(bytes), 0)).collect();
        if fonts.len() != 4 {
            return Err(Refusal::broken("a font of paper cannot be read"));
        }
        let mut sources = HashMap::new();
        for name in Templates::iter() {
            let text = Templates::get(&name).map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default();
            let id = file_id(&name)?;
            let source = Source::new(id, text);
            if let Some(error) = source.root().errors_and_warnings().0.first() {
                return Err(Refusal::broken(format!("templates/paper/{name}: {}", error.message)));
            }
            sources.insert(id, source);
        }
        let features = [Feature::A11yExtras].into_iter().collect();
        Ok(Press {
            library: LazyHash::new(Library::builder().with_features(features).build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            sources,
            data: file_id(DATA)?,
            regular: FontRef::new(REGULAR).map_err(Refusal::broken)?,
            bold: FontRef::new(BOLD).map_err(Refusal::broken)?,
        })
    }

    /// `template`: a file of `templates/paper/`. `made`: when the paper says it was made. Errors: too long for paper, or a
    /// fault of ours. Blocks the thread.
    pub fn print(&self, template: &str, data: &impl Serialize, made: Moment) -> Result<Printed, Refusal> {
        let main = file_id(template)?;
        let mut data = serde_json::to_value(data).map_err(Refusal::broken)?;
        let mut unknown = BTreeSet::new();
        self.clean(&mut data, &mut unknown);
        let data = serde_json::to_vec(&data).map_err(Refusal::broken)?;
        if data.len() > MOST_BYTES {
            return Err(Refusal::Trouble(phrase!("paper-too-long", pages = MOST_PAGES)));
        }
        let job = Job { press: self, main, data: Bytes::new(data) };
        let printed = thread::scope(|scope| {
            let worker = thread::Builder::new().name("paper".to_owned()).stack_size(STACK);
            let setting = worker.spawn_scoped(scope, || job.run(made)).map_err(Refusal::broken)?;
            setting.join().map_err(|_| Refusal::broken(format!("{template}: the typesetter gave up")))?
        })?;
        if unknown.is_empty() {
            return Ok(printed);
        }
        let letters: Vec<String> = unknown.iter().take(10).map(char::to_string).collect();
        Ok(Printed { warning: Some(phrase!("paper-letters", letters = letters.join(" "))), ..printed })
    }

    /// Signs that no printer knows go; letters that the fonts lack are noted.
    fn clean(&self, data: &mut Value, unknown: &mut BTreeSet<char>) {
        match data {
            Value::String(text) => {
                if text.contains(is_unprintable) {
                    text.retain(|c| !is_unprintable(c));
                }
                let letters = self.regular.charmap();
                let lacks = |c: &char| !c.is_ascii() && !c.is_whitespace() && !is_unseen(*c) && letters.map(*c).is_none();
                unknown.extend(text.chars().filter(lacks));
            }
            Value::Array(all) => all.iter_mut().for_each(|one| self.clean(one, unknown)),
            Value::Object(all) => all.values_mut().for_each(|one| self.clean(one, unknown)),
            _ => {}
        }
    }
}

fn is_unprintable(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
}

/// Joiners, marks of direction and the like: no font draws them.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

fn file_id(name: &str) -> Result<FileId, Refusal> {
    let path = VirtualPath::new(name).map_err(|error| Refusal::broken(format!("{name}: {error}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// One document on its way: all that the typesetter can see.
struct Job<'p> {
    press: &'p Press,
    main: FileId,
    data: Bytes,
}

impl Job<'_> {
    fn run(&self, made: Moment) -> Result<Printed, Refusal> {
        let printed = self.set(made);
        // On every way out: else each document leaves its memory behind.
        comemo::evict(KEPT);
        printed
    }

    fn set(&self, made: Moment) -> Result<Printed, Refusal> {
        let document: PagedDocument = typst::compile(self).output.map_err(|faults| self.fault(&faults))?;
        let pages = document.pages().len();
        if pages > MOST_PAGES {
            return Err(Refusal::Trouble(phrase!("paper-too-long", pages = MOST_PAGES)));
        }
        let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a]).map_err(|error| Refusal::broken(error.message()))?;
        let options = |standards| PdfOptions {
            creator: typst::foundations::Smart::Custom(Some(MAKER.to_owned())),
            timestamp: timestamp(made),
            standards,
            ..PdfOptions::default()
        };
        match typst_pdf::pdf(&document, &options(standards)) {
            Ok(pdf) => Ok(Printed { pdf, pages, warning: None }),
            Err(strict) => {
                // The same paper, tagged all the same, without the promise of the standards.
                let pdf = typst_pdf::pdf(&document, &options(PdfStandards::default())).map_err(|faults| self.fault(&faults))?;
                tracing::info!(reason = %self.fault(&strict), "a paper is short of PDF/UA-1");
                Ok(Printed { pdf, pages, warning: Some(phrase!("paper-plain")) })
            }
        }
    }

    fn fault(&self, faults: &[SourceDiagnostic]) -> Refusal {
        let told = faults.iter().take(3).map(|fault| {
            let line = self.range(fault.span).zip(fault.span.id()).and_then(|(range, id)| {
                let source = self.source(id).ok()?;
                Some(format!("{}:{}: ", id.vpath().get_without_slash(), 1 + source.text()[..range.start].matches('\n').count()))
            });
            format!("{}{}", line.unwrap_or_default(), fault.message)
        });
        Refusal::broken(told.collect::<Vec<_>>().join("; "))
    }
}

fn timestamp(made: Moment) -> Option<Timestamp> {
    let at = local(made);
    let part = |number: u32| u8::try_from(number).ok();
    let (month, day, hour, minute, second) = (part(at.month())?, part(at.day())?, part(at.hour())?, part(at.minute())?, part(at.second())?);
    Timestamp::new_local(Datetime::from_ymd_hms(at.year(), month, day, hour, minute, second)?, 7 * 60)
}

impl World for Job<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.press.sources.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.press.data { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }

    /// Paper knows no day but those it is given.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
