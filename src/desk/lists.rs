//! Lists of texts: one's own, what waits, and all that one may look at, with what can be done to many at once.

use serde::Serialize;

use super::door::{Outcome, Visit};
use super::frame::{self, TEXTS};
use super::reminders;
use super::texts::{name_of, place, titled};
use super::told::{self, Choice};
use super::unsaved::{self, Unsaved};
use crate::edition::Kind;
use crate::edition::find_desk::{self, Changes, Row, Stepped, Waiting};
use crate::edition::find_documents::{Sort, Wanted, documents, shown_elsewhere, trash};
use crate::edition::state::State;
use crate::kit::number;
use crate::kit::refusal::Refusal;
use crate::person::access::Verb;
use crate::phrase;
use crate::posting::rules;
use crate::unit;
use crate::web::answer::Reading;
use crate::web::view::Link;

/// A text in a list.
#[derive(Serialize)]
pub struct Line {
    /// Of its newest edition.
    pub(super) id: i64,
    pub(super) title: String,
    pub(super) path: String,
    pub(super) state: &'static str,
    pub(super) state_name: String,
    pub(super) about: Vec<String>,
    pub(super) reason: String,
    /// Why nothing can be done to it; for acts on many.
    pub(super) refused: String,
    pub(super) seal: String,
}

pub(super) fn line(reading: &mut Reading, row: &Row, about: Vec<String>) -> Result<Line, Refusal> {
    let state = told::state(&row.edition, reading.now);
    let place = place(reading, &row.edition)?;
    Ok(Line {
        id: row.edition.id,
        title: titled(reading, &row.title),
        path: format!("{TEXTS}/{}", row.edition.document_id),
        state,
        state_name: reading.word(&format!("state-{state}")),
        about: [vec![place], about].concat(),
        reason: String::new(),
        refused: String::new(),
        seal: String::new(),
    })
}

#[derive(Serialize)]
struct Group {
    key: &'static str,
    name: String,
    help: String,
    rows: Vec<Line>,
    /// With those that do not stand here.
    count: usize,
    more: usize,
}

#[derive(Serialize)]
struct MineParts {
    may_write: bool,
    waiting: usize,
    reminders: Vec<Link>,
    unsaved: Unsaved,
    groups: Vec<Group>,
    is_empty: bool,
}

const LATELY: i64 = 5;

pub fn mine(visit: &Visit) -> Result<Outcome, Refusal> {
    let actor = visit.actor()?;
    let mut reading = visit.reading()?;
    let (mut returned, mut drafts, mut sent) = (Vec::new(), Vec::new(), Vec::new());
    let reach = actor.reach(&mut reading.c, Verb::Look)?;
    for mine in find_desk::mine(&mut reading.c, &reach, &actor.login)? {
        let last = mine.last.as_ref();
        let is_draft = mine.row.edition.state() == State::Draft;
        match last.filter(|step| is_draft && step.name == "sent_back") {
            Some(step) => {
                let name = name_of(&mut reading.c, &step.actor)?;
                let by = reading.say(&phrase!("mine-returned-by", name = name, at = told::at(&reading, step.at)));
                returned.push(Line { reason: step.note.clone(), ..line(&mut reading, &mine.row, vec![by])? });
            }
            None => {
                let word = if is_draft { "mine-changed" } else { "mine-sent" };
                let about = last.map(|step| told::at(&reading, step.at)).map(|at| match word {
                    "mine-sent" => reading.say(&phrase!("mine-sent", at = at)),
                    _ => reading.say(&phrase!("mine-changed", at = at)),
                });
                let line = line(&mut reading, &mine.row, about.into_iter().collect())?;
                if is_draft { drafts.push(line) } else { sent.push(line) }
            }
        }
    }
    let mut published = Vec::new();
    for row in find_desk::mine_published(&mut reading.c, &reach, &actor.login, LATELY)? {
        let at = told::at(&reading, row.edition.starts_at);
        published.push(line(&mut reading, &row, vec![at])?);
    }
    let group =
        |key, word: &str, rows: Vec<Line>| Group { key, name: reading.word(word), help: String::new(), count: rows.len(), rows, more: 0 };
    let groups = vec![
        group("returned", "mine-returned", returned),
        group("drafts", "mine-drafts", drafts),
        group("sent", "mine-waiting", sent),
        group("published", "mine-published", published),
    ];
    let unsaved = unsaved::listed(visit, &mut reading)?;
    let reminders = reminders::reminders(visit, &mut reading)?;
    let parts = MineParts {
        may_write: actor.may_somewhere(Verb::Write),
        waiting: frame::waiting(&mut reading.c, actor)?,
        is_empty: reminders.is_empty() && unsaved.rows.is_empty() && groups.iter().all(|group| group.rows.is_empty()),
        reminders,
        unsaved,
        groups,
    };
    let title = reading.word("mine-title");
    frame::shown(visit, &mut reading, "desk/mine.html", &title, &parts)
}

#[derive(Serialize)]
struct QueueParts {
    groups: Vec<Group>,
    is_empty: bool,
}

/// So many of each kind on one page.
const QUEUED: i64 = 50;

pub fn queue(visit: &Visit) -> Result<Outcome, Refusal> {
    let actor = visit.actor()?;
    let mut reading = visit.reading()?;
    let nowhere = crate::person::access::Reach::Units(Default::default());
    let review = actor.reach(&mut reading.c, Verb::Review)?;
    let publish = actor.reach(&mut reading.c, Verb::Publish)?;
    let confirm = actor.reach(&mut reading.c, Verb::Confirm)?;
    let mut groups = Vec::new();
    let mut urgent = Vec::new();
    for mine in find_desk::unconfirmed(&mut reading.c, &confirm, &actor.login)? {
        let Some(step) = mine.last else { continue };
        let name = name_of(&mut reading.c, &step.actor)?;
        let mut about = vec![name, reading.say(&phrase!("queue-since", time = told::since(&reading, step.at)))];
        if mine.row.edition.state() == State::Withdrawn {
            about.push(reading.word("queue-taken-back"));
        }
        let mut line = Line { reason: step.note, ..line(&mut reading, &mine.row, about)? };
        // To the very words that are meant: a correction may have followed them.
        line.path.push_str(&format!("/xac-nhan?ban={}", mine.row.edition.number));
        urgent.push(line);
    }
    groups.push(Group {
        key: "urgent",
        name: reading.word("queue-confirm"),
        help: reading.word("queue-confirm-help"),
        count: urgent.len(),
        rows: urgent,
        more: 0,
    });
    for (key, word, review, publish) in [("review", "queue-review", &review, &nowhere), ("publish", "queue-publish", &nowhere, &publish)] {
        let count = find_desk::queue_count(&mut reading.c, review, publish, &actor.login)?;
        let waiting = find_desk::queue(&mut reading.c, review, publish, &actor.login, 0, QUEUED)?;
        let more = count.saturating_sub(waiting.len());
        let mut rows = Vec::new();
        for one in &waiting {
            let mut line = waiting_line(&mut reading, one)?;
            line.path.push_str(if key == "review" { "/duyet" } else { "/dang" });
            rows.push(line);
        }
        let help = if key == "review" { reading.word("queue-review-help") } else { String::new() };
        groups.push(Group { key, name: reading.word(word), help, count: rows.len() + more, rows, more });
    }
    let parts = QueueParts { is_empty: groups.iter().all(|group| group.rows.is_empty()), groups };
    let title = reading.word("queue-title");
    frame::shown(visit, &mut reading, "desk/queue.html", &title, &parts)
}

/// Since when, by whom, what it changes, where and when it will appear.
fn waiting_line(reading: &mut Reading, waiting: &Waiting) -> Result<Line, Refusal> {
    let name = name_of(&mut reading.c, &waiting.by)?;
    let changes = match waiting.changes {
        Changes::First => reading.word("queue-first"),
        Changes::Nothing => reading.word("queue-same"),
        Changes::Words { gone, new } => reading.web.words.counted(reading.lang, "queue-changed", gone.max(new)),
        Changes::TooLong => reading.word("queue-rewritten"),
    };
    let edition = &waiting.row.edition;
    let section = match waiting.row.kind {
        Kind::Posting => rules::catalogue(&mut reading.c)?.kind(&edition.section).map(|kind| kind.name.clone()),
        Kind::Article | Kind::Page | Kind::Report => reading.face.site.section(&edition.section).map(|section| section.name.clone()),
    };
    let by = match edition.state() {
        State::Approved => reading.say(&phrase!("queue-approved-by", name = name)),
        _ => reading.say(&phrase!("queue-by", name = name)),
    };
    let mut about = vec![reading.say(&phrase!("queue-since", time = told::since(reading, waiting.since))), by, changes];
    about.extend(section);
    if edition.starts_at > reading.now {
        about.push(told::at(reading, edition.starts_at));
    }
    line(reading, &waiting.row, about)
}

#[derive(Serialize)]
struct Filter {
    text: String,
    states: Vec<Choice>,
    kinds: Vec<Choice>,
    units: Vec<Choice>,
    sections: Vec<Choice>,
    sorts: Vec<Choice>,
    is_set: bool,
}

#[derive(Serialize)]
struct ListParts {
    may_write: bool,
    filter: Filter,
    told: String,
    rows: Vec<Line>,
    /// What shows in his units and is worked on in another: the list has it there.
    elsewhere: Vec<Line>,
    bulk: Vec<Choice>,
    previous: String,
    next: String,
}

const STATES: [State; 7] =
    [State::Draft, State::Submitted, State::Approved, State::Published, State::Superseded, State::Withdrawn, State::Discarded];
/// What can be done to many, and who may do it to some: a draft is its author's and the editors'.
pub(super) const BULKS: [(&str, &[Verb]); 3] =
    [("submit", &[Verb::Write, Verb::Edit]), ("discard", &[Verb::Write, Verb::Edit]), ("withdraw", &[Verb::Withdraw])];

pub fn list(visit: &Visit) -> Result<Outcome, Refusal> {
    let actor = visit.actor()?;
    let mut reading = visit.reading()?;
    let reach = actor.reach(&mut reading.c, Verb::Look)?;
    let asked = |name: &str| visit.query.line(name);
    let (text, state, kind, label, section, sort) =
        (asked("tim"), asked("trang-thai"), asked("loai"), asked("don-vi"), asked("chuyen-muc"), asked("sap-xep"));
    let page = match visit.query.find("trang") {
        None => 1,
        Some(_) => {
            visit.query.number("trang").and_then(|page| usize::try_from(page).ok()).filter(|page| *page > 0).ok_or(Refusal::Missing)?
        }
    };
    let chosen_state = STATES.into_iter().find(|known| known.name() == state);
    let link = |page: usize| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in
            [("tim", &text), ("trang-thai", &state), ("loai", &kind), ("don-vi", &label), ("chuyen-muc", &section), ("sap-xep", &sort)]
        {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        if page > 1 {
            query.append_pair("trang", &page.to_string());
        }
        format!("{TEXTS}?{}", query.finish())
    };
    let mut rows = Vec::new();
    let (count, has_next, is_more);
    if chosen_state == Some(State::Discarded) {
        let (found, goes_on) = trash(&mut reading.c, &reach, page)?;
        for Stepped { row, last: step } in &found {
            let mut about = Vec::new();
            if let Some(step) = step {
                let name = name_of(&mut reading.c, &step.actor)?;
                about.push(reading.say(&phrase!("step-by", name = name, at = told::at(&reading, step.at))));
            }
            rows.push(line(&mut reading, row, about)?);
        }
        (count, has_next, is_more) = (found.len(), goes_on, false);
    } else {
        let units = match label.as_str() {
            "" => None,
            label => match unit::at_label(&mut reading.c, label) {
                Ok(unit) => Some(unit::with_descendants(&mut reading.c, &unit)?),
                Err(Refusal::Missing) => Some(Vec::new()),
                Err(other) => return Err(other),
            },
        };
        let wanted = Wanted {
            kind: Kind::named(&kind),
            state: chosen_state,
            units,
            section: Some(section.clone()).filter(|section| !section.is_empty()),
            text: text.clone(),
            by: None,
        };
        let order = match sort.as_str() {
            "cu" => Sort::Oldest,
            "ten" => Sort::Title,
            _ => Sort::Newest,
        };
        let found = match documents(&mut reading.c, &reach, &wanted, order, page, visit.now) {
            Err(Refusal::Missing) if page == 1 => None,
            // The list has become shorter than it was.
            Err(Refusal::Missing) => {
                let first = documents(&mut reading.c, &reach, &wanted, order, 1, visit.now)?;
                return Ok(Outcome::To(link(first.pages)));
            }
            found => Some(found?),
        };
        (count, has_next, is_more) = found.as_ref().map_or((0, false, false), |found| (found.count, page < found.pages, found.is_more));
        for listed in found.iter().flat_map(|found| &found.listed) {
            let about = vec![
                reading.word(&format!("kind-{}", listed.row.kind.name())),
                reading.say(&phrase!("mine-changed", at = told::at(&reading, listed.touched_at))),
            ];
            rows.push(line(&mut reading, &listed.row, about)?);
        }
    }
    let any = |reading: &Reading, chosen: &str| Choice::new("", reading.word("texts-any"), chosen);
    let states = STATES.map(|known| Choice::new(known.name(), reading.word(&format!("state-{}", known.name())), &state));
    let kinds = Kind::ALL.map(|known| Choice::new(known.name(), reading.word(&format!("kind-{}", known.name())), &kind));
    let sorts = [("", "texts-sort-touched"), ("cu", "texts-sort-oldest"), ("ten", "texts-sort-title")];
    let mut sections = super::form::sections(&reading, &section);
    sections[0].name = reading.word("texts-any");
    if kind == Kind::Posting.name() {
        sections.truncate(1);
        sections.extend(super::posting_form::kinds(&mut reading, &section)?.into_iter().skip(1));
    }
    let mut units = units_of(&mut reading, visit, &label)?;
    units.insert(0, any(&reading, &label));
    let is_set = [&text, &state, &kind, &label, &section].iter().any(|asked| !asked.is_empty());
    let filter = Filter {
        states: [vec![any(&reading, &state)], states.into()].concat(),
        kinds: [vec![any(&reading, &kind)], kinds.into()].concat(),
        units,
        sections,
        sorts: sorts.map(|(value, word)| Choice::new(value, reading.word(word), &sort)).into(),
        is_set,
        text: text.clone(),
    };
    let bulks = BULKS.into_iter().filter(|(_, verbs)| verbs.iter().any(|verb| actor.may_somewhere(*verb)));
    let mut elsewhere = Vec::new();
    if page == 1 && !is_set {
        for row in shown_elsewhere(&mut reading.c, &reach, visit.now)? {
            let kind = reading.word(&format!("kind-{}", row.kind.name()));
            elsewhere.push(line(&mut reading, &row, vec![kind])?);
        }
    }
    let parts = ListParts {
        may_write: actor.may_somewhere(Verb::Write),
        filter,
        told: match is_more {
            true => reading.say(&phrase!("texts-told-more", count = number::grouped(count as i64, reading.lang))),
            false => reading.web.words.counted(reading.lang, "texts-told", count),
        },
        bulk: bulks.map(|(act, _)| Choice::new(act, reading.word(&format!("bulk-{act}")), "submit")).collect(),
        previous: if page > 1 { link(page - 1) } else { String::new() },
        next: if has_next { link(page + 1) } else { String::new() },
        rows,
        elsewhere,
    };
    let title = reading.word("texts-title");
    frame::shown(visit, &mut reading, "desk/texts.html", &title, &parts)
}

/// So many units may be chosen among; who may look at more finds his by way of the units' own page.
const MOST_UNITS: usize = 300;

fn units_of(reading: &mut Reading, visit: &Visit, chosen: &str) -> Result<Vec<Choice>, Refusal> {
    let mut choices = super::form::units(reading, visit.actor()?, Verb::Look, false, chosen)?;
    choices.remove(0);
    choices.truncate(MOST_UNITS);
    for choice in &mut choices {
        choice.chosen = choice.value == chosen;
    }
    Ok(choices)
}
