//! The form of a text: what it asks, how it is filled from a draft, and how what comes back is read. Only what it asks
//! for is taken; what a text has beside that (attachments, counted views, the mark of a sample) stays as it was.

use std::collections::BTreeMap;

use serde::Serialize;

use super::checks::Shown as Check;
use super::fields::Fields;
use super::posting_form::{self, LINES, Lists, PostingForm};
use super::report_form::{self, ReportForm};
use super::told::{self, Choice};
use crate::approval::Text;
use crate::approval::write::Filed;
use crate::article::{Article, Picture};
use crate::edition::body::{FileRef, parse};
use crate::edition::written::{Facts, MAX_BODY, Written, issue, labels, shelved};
use crate::edition::{Edition, Kind, Revision};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::fold::{alphabetical, capitalised};
use crate::kit::markdown;
use crate::kit::mask::{self, Way};
use crate::kit::refusal::{Issue, Refusal};
use crate::person::access::{Reach, Verb};
use crate::person::{Actor, Who, fault};
use crate::phrase;
use crate::posting::Posting;
use crate::report::Report;
use crate::standing::Standing;
use crate::store::Conn;
use crate::store::shelf;
use crate::unit::{self, Unit};
use crate::web::answer::Reading;

/// Units in one list. Whoever works for more chooses among those of the site's own.
const MOST_UNITS: usize = 400;
const MOST_PICTURES: i64 = 500;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Form {
    pub base: i64,
    /// By which words and templates know its kind.
    pub kind: &'static str,
    pub needs_note: bool,
    pub title: String,
    pub lead: String,
    pub body: String,
    /// A unit's label; empty for the whole portal.
    pub unit: String,
    pub section: String,
    pub ends: String,
    pub change_note: String,
    pub minor: bool,
    pub byline: String,
    pub source_credit: String,
    pub source_url: String,
    /// The day on which somebody looks at a page again.
    pub review: String,
    pub picture: String,
    pub alt: String,
    pub decorative: bool,
    pub caption: String,
    pub credit: String,
    /// Of a posting; empty of anything else.
    pub posting: PostingForm,
    /// Of a report.
    pub report: ReportForm,
}

impl Form {
    pub fn of(c: &mut Conn, text: &Text) -> Result<Form, Refusal> {
        let (edition, revision) = (&text.edition, &text.revision);
        Ok(Form {
            needs_note: crate::approval::ready::follows_one(c, text)?,
            unit: label(c, edition.unit_id)?,
            section: edition.section.clone(),
            ends: edition.ends_at.map(told::for_field).unwrap_or_default(),
            change_note: edition.change_note.clone(),
            minor: edition.minor,
            ..Form::words(text.kind, revision)?
        })
    }

    /// What a revision says, without where it is filed.
    pub fn words(kind: Kind, revision: &Revision) -> Result<Form, Refusal> {
        let mut form = Form {
            base: revision.id,
            kind: kind.name(),
            title: revision.title.clone(),
            lead: revision.lead.clone(),
            body: revision.body.clone(),
            ..Form::default()
        };
        match kind {
            Kind::Posting => {
                let posting: Posting = parse(&revision.facts)?;
                form.review = posting.review.map(|day| day.to_string()).unwrap_or_default();
                form.posting = PostingForm::of(&posting);
            }
            Kind::Report => form.report = ReportForm::of(&parse::<Report>(&revision.facts)?),
            Kind::Page => form.review = parse::<Standing>(&revision.facts)?.review.map(|day| day.to_string()).unwrap_or_default(),
            Kind::Article => {
                let article: Article = parse(&revision.facts)?;
                form.byline = article.byline;
                form.source_credit = article.source_credit;
                form.source_url = article.source_url;
                if let Some(picture) = article.picture {
                    form.decorative = picture.alt.is_empty() && !picture.undescribed;
                    form.picture = picture.file;
                    form.alt = picture.alt;
                    form.caption = picture.caption;
                    form.credit = picture.credit;
                }
            }
        }
        Ok(form)
    }

    /// `as_was`: the form as it was filled, for what a form does not send.
    pub fn read(fields: &Fields, as_was: &Form) -> Form {
        Form::read_as(fields, "", as_was)
    }

    /// From fields whose names begin so: a page may carry two forms.
    pub fn read_as(fields: &Fields, prefix: &str, as_was: &Form) -> Form {
        let line = |name: &str| fields.line(&format!("{prefix}{name}"));
        let has = |name: &str| fields.has(&format!("{prefix}{name}"));
        Form {
            base: fields.number("base").unwrap_or(as_was.base),
            title: line("title"),
            lead: line("lead"),
            body: fields.text("body"),
            unit: line("unit"),
            section: line("section"),
            ends: line("ends"),
            change_note: line("change_note"),
            minor: has("minor"),
            byline: line("byline"),
            source_credit: line("source_credit"),
            source_url: line("source_url"),
            review: line("review"),
            picture: line("picture"),
            alt: line("alt"),
            decorative: has("decorative"),
            caption: line("caption"),
            credit: line("credit"),
            posting: if as_was.kind == Kind::Posting.name() { PostingForm::read(fields, prefix) } else { PostingForm::default() },
            report: if as_was.kind == Kind::Report.name() { ReportForm::read(fields, prefix) } else { ReportForm::default() },
            ..as_was.clone()
        }
    }

    /// Its lines by name, with the word for each, and whether they are words of the text or say where it is filed.
    pub fn lines(&self) -> Vec<(&'static str, &'static str, bool, &str)> {
        let own = [
            ("title", "edit-title", true, &self.title),
            ("lead", "edit-lead", true, &self.lead),
            ("unit", "edit-unit", false, &self.unit),
            ("section", "edit-section", false, &self.section),
            ("ends", "edit-ends", false, &self.ends),
            ("change_note", "edit-note", false, &self.change_note),
            ("byline", "edit-byline", true, &self.byline),
            ("source_credit", "edit-source", true, &self.source_credit),
            ("source_url", "edit-source-url", true, &self.source_url),
            ("review", "edit-review", true, &self.review),
            ("picture", "edit-picture-file", true, &self.picture),
            ("alt", "edit-alt", true, &self.alt),
            ("caption", "edit-caption", true, &self.caption),
            ("credit", "edit-credit", true, &self.credit),
        ];
        let own = own.map(|(name, word, is_words, text): (_, _, _, &String)| (name, word, is_words, text.as_str()));
        let posting = LINES.iter().map(|(name, word)| (*name, *word, true, self.posting.line(name)));
        let report = report_form::LINES.iter().map(|(name, word)| (*name, *word, true, self.report.line(name)));
        own.into_iter().chain(posting).chain(report).collect()
    }

    /// Whether anything was typed here that the other does not say.
    pub fn says_more_than(&self, other: &Form) -> bool {
        let is_more = |mine: &str, theirs: &str| !mine.trim().is_empty() && mine != theirs;
        is_more(&self.body, &other.body) || self.lines().iter().zip(other.lines()).any(|((.., mine), (.., theirs))| is_more(mine, theirs))
    }

    /// Errors: `Issues` at the fields that say nothing.
    pub fn written(&self, kind: Kind, before: &Revision) -> Result<Written, Refusal> {
        let review = super::rules::day(&self.review);
        if review.is_none() && !self.review.is_empty() {
            return Err(fault("review", phrase!("edit-bad-day")));
        }
        let facts: Box<dyn Facts> = match kind {
            Kind::Page => Box::new(Standing { review }),
            Kind::Report => Box::new(self.report.written(parse(&before.facts)?)),
            Kind::Posting => Box::new(Posting { review, ..self.posting.written(parse(&before.facts)?)? }),
            Kind::Article => {
                let mut article: Article = parse(&before.facts)?;
                article.byline = self.byline.clone();
                article.source_credit = self.source_credit.clone();
                article.source_url = self.source_url.clone();
                let before = article.picture.take();
                article.picture = (!self.picture.is_empty()).then(|| Picture {
                    file: self.picture.clone(),
                    alt: if self.decorative { String::new() } else { self.alt.clone() },
                    caption: self.caption.clone(),
                    credit: self.credit.clone(),
                    // What must stay in sight is that of another picture.
                    focus: before.filter(|before| before.file == self.picture).and_then(|before| before.focus),
                    undescribed: self.alt.is_empty() && !self.decorative,
                });
                Box::new(article)
            }
        };
        Ok(Written { title: self.title.clone(), lead: self.lead.clone(), body: self.body.clone(), facts })
    }

    /// Errors: `Issues` at the fields that name nothing.
    pub fn filed(&self, c: &mut Conn, before: &Edition, now: Moment) -> Result<Filed, Refusal> {
        let mut issues = Vec::new();
        let unit_id = match self.unit.as_str() {
            "" => None,
            label => match unit::at_label(c, label) {
                Ok(unit) => Some(unit.id),
                Err(Refusal::Missing) => {
                    issues.push(issue("unit", 0, phrase!("edit-unknown-unit")));
                    None
                }
                Err(other) => return Err(other),
            },
        };
        let ends = told::moment(&self.ends);
        if ends.is_none() && !self.ends.is_empty() {
            issues.push(issue("ends", 0, phrase!("edit-bad-time")));
        }
        if !issues.is_empty() {
            return Err(Refusal::Issues(issues));
        }
        let (section, change_note) = (self.section.clone(), self.change_note.clone());
        // When it starts is for whoever publishes it to say.
        Ok(Filed { unit_id, section, ends, change_note, minor: self.minor, ..Filed::of(before, now) })
    }
}

fn label(c: &mut Conn, unit: Option<i64>) -> Result<String, Refusal> {
    let Some(id) = unit else { return Ok(String::new()) };
    Ok(unit::with_ids(c, &[id])?.pop().map(|unit| unit.label).unwrap_or_default())
}

/// A form as a page shows it: with the lists to choose from, and what is wrong beside its fields.
#[derive(Serialize)]
pub struct Shown {
    #[serde(flatten)]
    form: Form,
    units: Vec<Choice>,
    sections: Vec<Choice>,
    lists: Option<Lists>,
    /// Which folds of a posting's form stand open.
    open: BTreeMap<&'static str, bool>,
    pictures: Vec<Choice>,
    issue: BTreeMap<String, String>,
    /// What had better be mended, beside its field.
    advice: BTreeMap<String, Vec<String>>,
    /// The body as its readers will see it, for whoever has no script.
    preview: String,
}

/// Every field that may have something wrong with it: a template asks for each.
const FIELDS: [&str; 16] = [
    "attachments",
    "title",
    "lead",
    "body",
    "unit",
    "section",
    "ends",
    "change_note",
    "byline",
    "source_credit",
    "source_url",
    "review",
    "picture",
    "alt",
    "caption",
    "credit",
];

/// The form's own name of what the road calls otherwise.
pub fn field(name: &str) -> &str {
    match name {
        "picture_alt" => "alt",
        "facts" => "source_credit",
        "source" => "report_source",
        "starts" => "ends",
        name => name,
    }
}

pub fn shown(reading: &mut Reading, who: &Who, form: Form, issues: &[Issue], checks: Vec<Check>) -> Result<Shown, Refusal> {
    let told = told::issues(reading, issues);
    let names = || FIELDS.into_iter().chain(LINES.map(|(name, _)| name)).chain(report_form::LINES.map(|(name, _)| name));
    let mut issue: BTreeMap<String, String> = names().map(|name| (name.to_string(), String::new())).collect();
    for (name, text) in told::by_field(&told) {
        issue.insert(field(&name).to_owned(), text);
    }
    let mut advice: BTreeMap<String, Vec<String>> = names().map(|name| (name.to_string(), Vec::new())).collect();
    for check in checks {
        advice.entry(check.field).or_default().push(check.text);
    }
    let actor = who.actor().ok_or(Refusal::Forbidden)?;
    let mut pictures = vec![Choice::new("", reading.word("edit-picture-none"), &form.picture)];
    let is_article = form.kind == Kind::Article.name();
    if is_article {
        let mut names = shelf::picture_names(&mut reading.c, MOST_PICTURES)?;
        if !form.picture.is_empty() && !names.contains(&form.picture) {
            names.push(form.picture.clone());
        }
        pictures.extend(names.into_iter().map(|name| Choice::new(name.clone(), name, &form.picture)));
    }
    let (lists, sections, hides) = if form.kind == Kind::Posting.name() {
        let lists = posting_form::lists(reading, &form.posting, &form.section)?;
        let way = form.posting.written(Posting::default()).unwrap_or_default().web_way();
        (Some(lists), posting_form::kinds(reading, &form.section)?, Some(way))
    } else {
        (None, sections(reading, &form.section), None)
    };
    let preview = preview(reading, &form.body, hides)?;
    let is_told = |line: &str| issue.get(line).is_some_and(|text| !text.is_empty()) || advice.get(line).is_some_and(|all| !all.is_empty());
    let open = lists.as_ref().map(|lists| posting_form::open(&form.posting, lists, is_told)).unwrap_or_default();
    Ok(Shown {
        open,
        units: units(reading, actor, Verb::Write, form.kind == Kind::Page.name(), &form.unit)?,
        sections,
        lists,
        pictures,
        issue,
        advice,
        preview,
        form,
    })
}

pub fn sections(reading: &Reading, chosen: &str) -> Vec<Choice> {
    let all = reading.face.site.sections.iter().map(|section| Choice::new(section.slug.clone(), section.name.clone(), chosen));
    std::iter::once(Choice::new("", reading.word("edit-choose"), chosen)).chain(all).collect()
}

/// Those in which somebody may do this, in the order of names; the one that is chosen in any case.
pub fn units(reading: &mut Reading, actor: &Actor, verb: Verb, with_whole: bool, chosen: &str) -> Result<Vec<Choice>, Refusal> {
    let reach = actor.reach(&mut reading.c, verb)?;
    let mut units = match &reach {
        Reach::Everywhere => own_units(reading)?,
        Reach::Units(ids) => unit::with_ids(&mut reading.c, &ids.iter().copied().collect::<Vec<_>>())?,
    };
    let today = calendar::local(reading.now).date();
    units.retain(|unit| unit.is_in_force(today));
    units.sort_by_cached_key(|unit| (unit.parent_id.is_some(), alphabetical(&unit.name)));
    units.truncate(MOST_UNITS);
    if !chosen.is_empty() && !units.iter().any(|unit| unit.label == chosen) {
        match unit::at_label(&mut reading.c, chosen) {
            Ok(unit) => units.push(unit),
            Err(Refusal::Missing) => {}
            Err(other) => return Err(other),
        }
    }
    let first = if with_whole && reach == Reach::Everywhere { "text-whole-portal" } else { "edit-choose" };
    let mut choices = vec![Choice::new("", reading.word(first), chosen)];
    let (words, lang) = (&reading.web.words, reading.lang);
    choices.extend(units.iter().map(|unit| Choice::new(unit.label.clone(), capitalised(&unit.name(words, lang)), chosen)));
    // Who may write in one place only need not choose it.
    if choices.len() == 2 && chosen.is_empty() && first == "edit-choose" {
        (choices[0].chosen, choices[1].chosen) = (false, true);
    }
    Ok(choices)
}

/// For whoever may do it everywhere: the site's own unit and those below it; without one, the provinces.
pub fn own_units(reading: &mut Reading) -> Result<Vec<Unit>, Refusal> {
    let today = calendar::local(reading.now).date();
    let code = reading.face.site.unit.clone();
    match unit::on_day(&mut reading.c, &code, today)? {
        Some(own) => {
            let mut units = unit::ever_below(&mut reading.c, &own)?;
            units.insert(0, own);
            Ok(units)
        }
        None => unit::provinces(&mut reading.c),
    }
}

/// Set as the public page will be.
pub fn preview(reading: &mut Reading, body: &str, hides: Option<Way>) -> Result<String, Refusal> {
    if body.len() > MAX_BODY {
        return Ok(String::new());
    }
    let Ok(images) = markdown::images(body) else { return Ok(String::new()) };
    let names: Vec<&str> = images.iter().map(|image| image.name.as_str()).collect();
    let files = shelved(&mut reading.c, &names)?;
    let shown = hides.map_or_else(|| body.to_owned(), |way| mask::masked(body, way));
    Ok(markdown::render(&shown, &labels(&reading.web.words), &|name| files.get(name).and_then(FileRef::image)))
}
