//! A year's plan as it stands today: what became of each of its days, and what was changed since it was made.

use chrono::NaiveDate;
use serde::Serialize;

use super::kinds::{PLACES, Place, Term};
use super::law::Rules;
use super::plan::{Item, Posted, Settled, Standing, changed, settle};
use super::plan_keep::{self, Version};
use super::reach;
use crate::edition::{Kind, of_units};
use crate::kit::calendar;
use crate::kit::days::Measure;
use crate::kit::fold::capitalised;
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::unit::{self, Unit};
use crate::web::answer::Reading;
use crate::web::view::Link;

#[derive(Debug, Serialize)]
pub struct TurnShown {
    pub due: String,
    #[serde(skip)]
    pub day: Option<NaiveDate>,
    /// Of the style.
    pub state: &'static str,
    pub told: String,
    pub by: Option<Link>,
}

#[derive(Debug, Serialize)]
pub struct Row {
    pub number: usize,
    pub content: String,
    /// The kind or the group by which it is known.
    pub of: String,
    pub forms: String,
    pub period: String,
    pub who: String,
    pub turns: Vec<TurnShown>,
    /// Of what is disclosed whenever there is something.
    pub arisen: Vec<TurnShown>,
}

#[derive(Debug, Serialize)]
pub struct Change {
    pub told: String,
    pub note: String,
    pub lines: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct TardyShown {
    pub posting: Link,
    pub told: String,
}

/// A year's plan as it stands today.
#[derive(Debug, Serialize)]
pub struct Shown {
    pub rows: Vec<Row>,
    pub done: usize,
    /// Of those, on the portal alone, where boards are asked for.
    pub unhung: usize,
    pub late: usize,
    /// Days that come within a fortnight.
    pub soon: usize,
    pub days: usize,
    /// Items without a day, and the postings that they led to.
    pub arising: usize,
    pub arisen: usize,
    pub tardy: Vec<TardyShown>,
    pub changes: Vec<Change>,
    pub version: i32,
    pub since: String,
}

/// `None` where the unit has no plan for that year.
pub fn shown(reading: &mut Reading, unit: &Unit, year: i32) -> Result<Option<Shown>, Refusal> {
    let same = same(reading, unit)?;
    let versions = plan_keep::versions(&mut reading.c, &same, year)?;
    let Some(newest) = versions.first() else { return Ok(None) };
    let items = newest.items()?;
    // What comes nearer, and what gets late, is told anew each day.
    reading.until(calendar::tomorrow(reading.now));
    let rules = Rules::load(&mut reading.c)?;
    let today = calendar::local(reading.now).date();
    let (posted, tardy) = plan_keep::posted(&mut reading.c, &same, &rules, year, reading.now)?;
    // What its neighbours have taken is not this year's.
    let mut beside: Vec<(i32, Item)> = Vec::new();
    for other in [year - 1, year + 1] {
        let newest = plan_keep::versions(&mut reading.c, &same, other)?.into_iter().next();
        beside.extend(newest.map(|newest| newest.items()).transpose()?.unwrap_or_default().into_iter().map(|item| (other, item)));
    }
    let together: Vec<(i32, &Item)> =
        items.iter().map(|item| (year, item)).chain(beside.iter().map(|(year, item)| (*year, item))).collect();
    let mut settled = settle(&together, &posted, today);
    settled.truncate(items.len());
    let all = || settled.iter().flat_map(|one| &one.turns);
    let rows = (1..).zip(items.iter().zip(&settled)).map(|(number, (item, settled))| row(reading, &rules, number, item, settled, &posted));
    let unhung = |(item, settled): (&Item, &Settled)| {
        let of_days = settled.turns.iter().filter_map(|turn| turn.by);
        of_days.chain(settled.arisen.iter().copied()).filter(|at| is_unhung(&rules, item, &posted[*at])).count()
    };
    let day = calendar::day;
    let tardy = tardy.into_iter().map(|one| TardyShown {
        told: reading.say(&phrase!("plan-tardy-told", issued = day(one.issued), due = day(one.due), posted = day(one.posted.day))),
        posting: link(&one.posted),
    });
    Ok(Some(Shown {
        rows: rows.collect(),
        done: all().filter(|turn| turn.by.is_some()).count(),
        unhung: items.iter().zip(&settled).map(unhung).sum(),
        arising: items.iter().filter(|item| item.due.is_empty()).count(),
        arisen: settled.iter().map(|one| one.arisen.len()).sum(),
        late: all().filter(|turn| matches!(turn.standing, Standing::Late { .. })).count(),
        soon: all().filter(|turn| matches!(turn.standing, Standing::Soon { .. })).count(),
        days: all().count(),
        tardy: tardy.collect(),
        changes: changes(reading, &versions)?,
        version: newest.number,
        since: calendar::day(calendar::local(newest.at).date()),
    }))
}

/// Itself and what it was before it was renamed, each looked at for its plans.
pub fn same(reading: &mut Reading, unit: &Unit) -> Result<Vec<i64>, Refusal> {
    let same = reach::same(&mut reading.c, unit.id, calendar::local(reading.now).date())?;
    let labels: Vec<String> = unit::with_ids(&mut reading.c, &same)?.into_iter().map(|unit| unit.label).collect();
    reading.c.look(labels.iter().map(|label| of_units::plan(label)));
    Ok(same)
}

fn link(one: &Posted) -> Link {
    Link::new(one.title.clone(), if one.is_gone { String::new() } else { Kind::Posting.path(&one.slug) })
}

/// It should have hung on a board, as the plan says or else as its kind does, and nobody noted that it did.
fn is_unhung(rules: &Rules, item: &Item, one: &Posted) -> bool {
    let is_board = |word: &String| PLACES.iter().any(|(known, place)| known == word && place.is_board());
    let is_asked = match item.forms.is_empty() {
        false => item.forms.iter().any(is_board),
        true => rules.catalogue.kind(&one.kind).is_some_and(|kind| kind.places.iter().any(|place: &Place| place.is_board())),
    };
    is_asked && !one.on_boards
}

fn row(reading: &Reading, rules: &Rules, number: usize, item: &Item, settled: &Settled, posted: &[Posted]) -> Row {
    let turn = |due: Option<NaiveDate>, by: Option<usize>, standing: Standing| {
        let at = by.and_then(|at| posted.get(at)).map(|one| calendar::day(one.day)).unwrap_or_default();
        let is_unhung = by.and_then(|at| posted.get(at)).is_some_and(|one| is_unhung(rules, item, one));
        let (state, told) = match standing {
            Standing::Done { late: 0 } if is_unhung => ("done-late", reading.say(&phrase!("plan-done-unhung", day = at))),
            Standing::Done { late } if is_unhung => ("done-late", reading.say(&phrase!("plan-done-late-unhung", day = at, days = late))),
            Standing::Done { late: 0 } => ("done", reading.say(&phrase!("plan-done", day = at))),
            Standing::Done { late } => ("done-late", reading.say(&phrase!("plan-done-late", day = at, days = late))),
            Standing::Late { days } => ("late", reading.say(&phrase!("plan-late", days = days))),
            Standing::Soon { days: 0 } => ("soon", reading.word("plan-today")),
            Standing::Soon { days } => ("soon", reading.say(&phrase!("plan-soon", days = days))),
            Standing::Planned => ("planned", reading.word("plan-planned")),
        };
        TurnShown { due: due.map(calendar::day).unwrap_or_default(), day: due, state, told, by: by.and_then(|at| posted.get(at)).map(link) }
    };
    let kind = rules.catalogue.kind(&item.kind);
    let group = item.group.and_then(|group| rules.catalogue.group(group));
    let of = match (kind, group) {
        (Some(kind), _) => kind.name(reading.lang).to_owned(),
        (None, Some(group)) => reading.say(&group.told(reading.lang)),
        (None, None) => String::new(),
    };
    let places: Vec<String> = item.forms.iter().map(|word| reading.word(&format!("posting-place-{word}"))).collect();
    let period = match (item.period, kind) {
        (Some(period), _) if period.working => reading.say(&phrase!("plan-working-days", days = period.days)),
        (Some(period), _) => reading.say(&phrase!("plan-days", days = period.days)),
        (None, Some(kind)) => match kind.term {
            Term::Days { days, measure: Measure::Working, .. } => reading.say(&phrase!("plan-working-days", days = days)),
            Term::Days { days, .. } => reading.say(&phrase!("plan-days", days = days)),
            _ => reading.word("plan-as-kind"),
        },
        (None, None) => String::new(),
    };
    Row {
        number,
        content: item.content.clone(),
        of,
        forms: capitalised(&places.join(", ")),
        period,
        who: item.who.clone(),
        turns: settled.turns.iter().map(|one| turn(Some(one.due), one.by, one.standing)).collect(),
        arisen: settled.arisen.iter().map(|at| turn(None, Some(*at), Standing::Done { late: 0 })).collect(),
    }
}

/// Newest first, each against the one before it.
fn changes(reading: &Reading, versions: &[Version]) -> Result<Vec<Change>, Refusal> {
    let mut told = Vec::new();
    for pair in versions.windows(2) {
        let [after, before] = pair else { continue };
        let what = changed(&before.items()?, &after.items()?);
        let line = |key: &'static str, names: Vec<String>| {
            let list = names.join("; ");
            (!names.is_empty()).then(|| reading.word(key) + " " + &list)
        };
        let day = calendar::day(calendar::local(after.at).date());
        told.push(Change {
            told: reading.say(&phrase!("plan-change", number = after.number, day = day)),
            note: after.note.clone(),
            lines: [
                line("plan-change-added", what.added),
                line("plan-change-dropped", what.dropped),
                line("plan-change-otherwise", what.otherwise),
            ]
            .into_iter()
            .flatten()
            .collect(),
        });
    }
    Ok(told)
}

/// `Đã công khai 6 trên 9 lần theo kế hoạch; 1 lần quá hạn. 2 lần chưa ghi nhận niêm yết ở bảng nào.`
pub fn tally(reading: &Reading, plan: &Shown) -> String {
    let mut told = Vec::new();
    if plan.days > 0 {
        told.push(reading.say(&phrase!("plan-tally", done = plan.done, days = plan.days, late = plan.late)));
    }
    if plan.arising > 0 {
        told.push(reading.say(&phrase!("plan-tally-arising", count = plan.arising, postings = plan.arisen)));
    }
    if plan.unhung > 0 {
        told.push(reading.say(&phrase!("plan-tally-unhung", count = plan.unhung)));
    }
    told.join(" ")
}
