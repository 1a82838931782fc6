//! What stored figures are of, and what the list of indicators may not lose or say otherwise because of them.

use diesel::prelude::*;

use super::entry::Part;
use super::indicators::Indicators;
use super::series::parted;
use crate::edition::Kind;
use crate::edition::state::State;
use crate::edition::terms::visible_at;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::kit::words::Phrase;
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::{editions, revision_media};
use crate::store::schema_out::observations;

struct Used {
    indicator: String,
    measure: String,
    members: Vec<(String, String)>,
    count: i64,
    /// Of these, so many are no draft's any more.
    sent: i64,
}

/// How many figures there are of each thing.
pub struct Uses(Vec<Used>);

type Counted = (String, String, String, i64);

/// Figures of the files that editions in these states name.
fn of_states(c: &mut Conn, states: &[State]) -> Result<Vec<Counted>, Refusal> {
    let files = editions::table
        .inner_join(revision_media::table.on(revision_media::revision_id.eq(editions::revision_id)))
        .filter(editions::kind.eq(Kind::Report.name()).and(editions::state.eq_any(states.iter().map(|state| state.name()))))
        .select(revision_media::digest);
    let of = (observations::indicator, observations::measure, observations::members);
    let counted = (observations::indicator, observations::measure, observations::members, diesel::dsl::count_star());
    Ok(observations::table.filter(observations::data.eq_any(files)).group_by(of).select(counted).load(c)?)
}

impl Uses {
    /// Of every text that stands: what an old edition says still counts, what was thrown away does not.
    pub fn stored(c: &mut Conn) -> Result<Uses, Refusal> {
        use State::*;
        let sent = of_states(c, &[Submitted, Approved, Published, Superseded, Withdrawn])?;
        let mut uses = Uses::of(sent, |count| count);
        uses.0.extend(Uses::of(of_states(c, &[Draft])?, |_| 0).0);
        Ok(uses)
    }

    /// Of what the public is shown now.
    pub fn shown(c: &mut Conn, now: Moment) -> Result<Uses, Refusal> {
        let files = editions::table
            .inner_join(revision_media::table.on(revision_media::revision_id.eq(editions::revision_id)))
            .filter(editions::kind.eq(Kind::Report.name()).and(visible_at(now)))
            .select(revision_media::digest);
        let of = (observations::indicator, observations::measure, observations::members);
        let counted = (observations::indicator, observations::measure, observations::members, diesel::dsl::count_star());
        Ok(Uses::of(observations::table.filter(observations::data.eq_any(files)).group_by(of).select(counted).load(c)?, |count| count))
    }

    fn of(rows: Vec<Counted>, sent: impl Fn(i64) -> i64) -> Uses {
        let used = |(indicator, measure, members, count): Counted| Used {
            indicator,
            measure,
            members: parted(&members),
            count,
            sent: sent(count),
        };
        Uses(rows.into_iter().map(used).collect())
    }

    fn counted(&self, is_of: impl Fn(&Used) -> bool) -> i64 {
        self.0.iter().filter(|used| is_of(used)).map(|used| used.count).sum()
    }

    /// A draft's author may still be mistaken about what his figures are: only what was sent holds fast.
    fn sent(&self) -> Uses {
        let of = |used: &Used| Used {
            indicator: used.indicator.clone(),
            measure: used.measure.clone(),
            members: used.members.clone(),
            count: used.sent,
            sent: used.sent,
        };
        Uses(self.0.iter().map(of).collect())
    }

    pub fn count(&self, part: Part, code: &str, known: &Indicators) -> i64 {
        match part {
            Part::Indicators => self.counted(|used| used.indicator == code),
            // A figure in another measure of its family is reckoned into its indicator's own.
            Part::Measures => self.counted(|used| {
                used.measure == code || known.indicator(&used.indicator).is_some_and(|indicator| indicator.measure == code)
            }),
            Part::Dimensions => self.counted(|used| used.members.iter().any(|(dimension, _)| dimension == code)),
            Part::Identities => 0,
        }
    }

    fn of_member(&self, of: &str, code: &str) -> i64 {
        self.counted(|used| used.members.iter().any(|(dimension, member)| dimension == of && member == code))
    }

    /// What another list may not do, for each with how many figures: take away what they are of, or make them say something else.
    /// `key` is the file's word for what would change.
    pub fn against(&self, old: &Indicators, new: &Indicators) -> Vec<Phrase> {
        let mut found = Vec::new();
        let sent = self.sent();
        for one in &old.indicators {
            let count = self.count(Part::Indicators, &one.code, old);
            let fast = sent.count(Part::Indicators, &one.code, old);
            match new.indicator(&one.code) {
                _ if count == 0 => {}
                Some(_) if fast == 0 => {}
                None => found.push(phrase!("indicators-in-use", name = one.name, count = count)),
                Some(now) => {
                    let changed = [("measure", now.measure != one.measure), ("nature", now.nature != one.nature)];
                    let changed = changed.into_iter().filter(|(_, is_changed)| *is_changed);
                    found.extend(changed.map(|(key, _)| phrase!("indicators-fixed", key = key, name = one.name, count = fast)));
                }
            }
        }
        for one in &old.measures {
            let count = self.count(Part::Measures, &one.code, old);
            let fast = sent.count(Part::Measures, &one.code, old);
            match new.measure(&one.code) {
                _ if count == 0 => {}
                Some(_) if fast == 0 => {}
                None => found.push(phrase!("indicators-measure-in-use", name = one.name, count = count)),
                Some(now) => {
                    let changed = [("of", now.of != one.of), ("factor", now.factor != one.factor), ("whole", now.is_whole != one.is_whole)];
                    let changed = changed.into_iter().filter(|(_, is_changed)| *is_changed);
                    found.extend(changed.map(|(key, _)| phrase!("indicators-measure-fixed", key = key, name = one.name, count = fast)));
                }
            }
        }
        for one in &old.dimensions {
            let count = self.count(Part::Dimensions, &one.code, old);
            let Some(now) = new.dimension(&one.code) else {
                found.extend((count > 0).then(|| phrase!("indicators-dimension-in-use", name = one.name, count = count)));
                continue;
            };
            for member in one.members.iter().filter(|member| now.member(&member.code).is_none()) {
                let count = self.of_member(&one.code, &member.code);
                let said =
                    || phrase!("indicators-member-in-use", name = member.name, member = member.code, dimension = one.name, count = count);
                found.extend((count > 0).then(said));
            }
        }
        found
    }
}

/// Why an entry may not go: others speak of it, or figures are of it.
pub fn hinders(c: &mut Conn, known: &Indicators, part: Part, code: &str) -> Result<Vec<Phrase>, Refusal> {
    let speakers = known.speakers(part, code);
    let name = known.entry(part, code).map(|entry| entry.name().to_owned()).unwrap_or_default();
    let mut found: Vec<Phrase> =
        (!speakers.is_empty()).then(|| phrase!("indicators-spoken-of", name = name, by = speakers.join("; "))).into_iter().collect();
    found.extend(Uses::stored(c)?.against(known, &known.without(part, code)));
    Ok(found)
}
