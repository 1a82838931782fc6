//! A part of pages that changes less often than they do: kept by itself, under an address that no request can name.

use actix_web::web::Bytes;

use super::Web;
use super::answer::{Answer, Reading};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::store::topic::Look;

const STRIP: &str = "strip";

pub(super) fn kept_strip(web: &Web, lang: Lang, now: Moment) -> Option<Bytes> {
    web.kept.find(&fragment(STRIP, lang), now).map(|entry| entry.answer.body.clone())
}

/// The address of a part: no request can name it.
fn fragment(name: &str, lang: Lang) -> String {
    format!("#{name}{}", lang.base())
}

impl Reading<'_> {
    /// A part of what is made here that changes less often than the whole: kept by itself, true as long as what it
    /// alone looked at, and a reason for the whole to be made anew when it is not.
    pub fn fragment(&mut self, name: &str, make: impl FnOnce(&mut Reading) -> Result<Vec<u8>, Refusal>) -> Result<Bytes, Refusal> {
        let address = fragment(name, self.lang);
        if let Some(entry) = self.web.kept.find(&address, self.now) {
            // What may be spared was counted from its own making on.
            self.c.look(entry.looks().iter().map(|look| Look { spare: 0, ..*look }));
            self.until(entry.answer.stops_at);
            return Ok(entry.answer.body.clone());
        }
        let (looks, stops_at) = self.c.set_aside();
        let whole_stops_at = std::mem::replace(&mut self.stops_at, calendar::new_year(self.now));
        let made = make(self);
        let own = self.c.looked_at();
        let mut answer = Answer::new(self, "", made?);
        self.until(whole_stops_at);
        answer.stops_at = answer.stops_at.min(self.c.stops_at()).min((self.web.follow.next_turn)(&mut self.c, &own, self.now)?);
        self.until(answer.stops_at);
        self.c.look(looks);
        self.c.until(stops_at);
        let body = answer.body.clone();
        self.web.kept.keep(address, answer, own, self.since);
        Ok(body)
    }

    /// What stands above every page: made once for all of them.
    pub fn strip(&mut self) -> Result<Bytes, Refusal> {
        self.fragment(STRIP, self.web.follow.strip)
    }
}
