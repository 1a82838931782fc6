//! The mirror: what the portal signed last, held whatever the line does. Each try takes a document that is the portal's own and
//! newest, or changes nothing; what is shown is swapped in one step, and what is over is taken off the disk by the board's own time.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::Duration;

use super::folder::{Folder, STATE};
use super::held::{Held, Shown};
use super::lasting::Lasting;
use super::record::SeenItem;
use super::state::{Settings, State};
use super::time::{Host, Told, Trust as Believed, Watch};
use crate::bulletin::judge::{self, Mark, Received, Refused, Trust};
use crate::bulletin::line::{Came, Line, Part};
use crate::bulletin::shape::Item;
use crate::bulletin::{path, pin, timestamp_path};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::kit::sign::Signer;
use crate::phrase;
use crate::store::ring::Ring;

/// After so long without a word from the portal a line counts as dead for the board's time.
const LINE_LASTS: Duration = Duration::minutes(35);

/// What became of one try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Same,
    Taken,
    Refused(Refused),
}

pub(super) struct Inner {
    lasting: Lasting,
    pub(super) held: Option<Held>,
    watch: Watch,
    etag: Option<String>,
    /// What came of a bulletin on a line that cuts.
    part: Option<Part>,
    refused: Option<Refused>,
    failures: u32,
    /// Files that are not here, and whether that is for want of room.
    pub(super) lacking: usize,
    pub(super) is_full: bool,
    /// What is shown and the disk did not take.
    unkept: Option<Received>,
}

pub struct Mirror {
    settings: Settings,
    pub(super) line: Line,
    pub(super) folder: Folder,
    own: Arc<Signer>,
    inner: Mutex<Inner>,
}

impl Mirror {
    /// What is on the disk is judged again before anybody sees it. Errors: the folder is another board's, or of another unit.
    pub fn open(settings: Settings, folder: Folder, host: Host) -> Result<Mirror, Refusal> {
        let mut lasting: Lasting = folder.kept(STATE).unwrap_or_default();
        if !lasting.code.is_empty() && (lasting.portal != settings.portal || lasting.code != settings.code) {
            return Err(Refusal::Trouble(phrase!("board-another", portal = lasting.portal, unit = lasting.code)));
        }
        let ring = Ring::open(folder.path(), None)?;
        let own = match ring.find(&lasting.own)? {
            Some(own) => own,
            None => {
                let own = Signer::draw()?;
                ring.keep(&own)?;
                Arc::new(own)
            }
        };
        own.id().clone_into(&mut lasting.own);
        settings.portal.clone_into(&mut lasting.portal);
        settings.code.clone_into(&mut lasting.code);
        if let Some(given) = pin::given(&settings.portal, settings.key.as_deref())?
            && lasting.trust.is_none()
        {
            lasting.trust = Some(given);
        }
        let own_trust = Trust::pin(&own.public());
        let found = folder.bulletins().into_iter().find_map(|received| {
            let trust = if received.key == own.id() { Some(&own_trust) } else { lasting.trust.as_ref() };
            let (bulletin, mark) = judge::bulletin(trust?, &received, &settings.code, None, None).ok()?;
            // What the disk holds is what counts: the list of what was heard may be lost, or be written when this was not.
            match received.key == own.id() {
                true => lasting.content.clear(),
                false => lasting.holds(&mark, &bulletin.content, &received.key),
            }
            Some((Held::of(bulletin, &received.bytes)?, received))
        });
        let (held, received) = found.unzip();
        let watch = Watch::new(host, lasting.known);
        let inner =
            Inner { lasting, held, watch, etag: None, part: None, refused: None, failures: 0, lacking: 0, is_full: false, unkept: None };
        let line = Line::to(&settings.portal);
        let mirror = Mirror { settings, line, folder, own, inner: Mutex::new(inner) };
        let mut inner = mirror.lock();
        // A copy that was not written any more may hold what is gone since.
        if let Some(received) = received.filter(|_| mirror.folder.is_torn()) {
            mirror.keep_bulletin(&mut inner, received);
        }
        mirror.keep(&mut inner);
        drop(inner);
        mirror.sweep();
        Ok(mirror)
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn line(&self) -> &Line {
        &self.line
    }

    pub fn code(&self) -> &str {
        &self.settings.code
    }

    pub fn portal(&self) -> &str {
        &self.settings.portal
    }

    /// The unit's name, once it was heard.
    pub fn unit(&self) -> Option<String> {
        self.lock().held.as_ref().map(|held| held.bulletin.unit.name.clone())
    }

    pub(super) fn folder(&self) -> &Folder {
        &self.folder
    }

    /// The name of the key by which the portal knows this board.
    pub fn own_key(&self) -> &str {
        self.own.id()
    }

    pub(super) fn own(&self) -> &Signer {
        &self.own
    }

    /// The time, where it is vouched for.
    pub fn sure(&self) -> Option<Moment> {
        let told = self.time(&mut self.lock());
        (told.trust == Believed::Sure).then_some(told.now)
    }

    /// Whether the portal bore out this machine's clock since the program started; `None` before its first word.
    pub fn proved(&self) -> Option<bool> {
        self.lock().watch.proved()
    }

    /// What of the bulletin may be on the screen, each with its end; `None` before the first.
    pub fn round(&self) -> Option<BTreeMap<SeenItem, Option<Moment>>> {
        let inner = self.lock();
        let of = |item: &Item| SeenItem { id: item.id.clone(), edition: item.edition, digest: item.digest.clone() };
        let ends = |item: &Item| item.until.as_deref().and_then(judge::instant);
        Some(inner.held.as_ref()?.bulletin.items.iter().map(|item| (of(item), ends(item))).collect())
    }

    pub fn number(&self) -> i64 {
        self.lock().lasting.mark.as_ref().map_or(0, |mark| mark.number)
    }

    /// Whether it landed on the disk; where it did not, it is shown all the same, and tried again.
    fn keep(&self, inner: &mut Inner) -> bool {
        inner.lasting.known = inner.watch.known();
        self.folder.keep(STATE, &inner.lasting).is_ok()
    }

    /// What time it is here, by the line where it is alive.
    fn time(&self, inner: &mut Inner) -> Told {
        let told = inner.watch.tell();
        let is_alive = inner.lasting.heard_at.is_some_and(|heard| told.now - heard <= LINE_LASTS) && inner.failures == 0;
        inner.watch.by_line(is_alive)
    }

    /// One try: whole, or for nothing. `wait`: to be told by the portal when there is anything else than what is held.
    pub fn hear(&self, wait: bool) -> Outcome {
        match self.tried(wait) {
            Ok(outcome) => {
                let mut inner = self.lock();
                (inner.failures, inner.refused) = (0, None);
                // There may be room again.
                if let Some(received) = inner.unkept.take() {
                    self.keep_bulletin(&mut inner, received);
                }
                outcome
            }
            Err(why) => {
                let mut inner = self.lock();
                inner.failures = inner.failures.saturating_add(1);
                inner.refused = Some(why);
                inner.etag = None;
                Outcome::Refused(why)
            }
        }
    }

    pub fn failures(&self) -> u32 {
        self.lock().failures
    }

    fn tried(&self, wait: bool) -> Result<Outcome, Refused> {
        let (mut trust, mut lasting, now, etag) = {
            let mut inner = self.lock();
            let told = self.time(&mut inner);
            // A clock that only its battery vouches for is no reason to refuse what the portal signed: it may be the one that is wrong.
            let is_trusted = told.trust == Believed::Sure && told.astray.is_zero() && inner.watch.proved().is_some();
            let now = is_trusted.then_some(told.now);
            (inner.lasting.trust.clone(), inner.lasting.clone(), now, inner.etag.clone())
        };
        let trusted = match trust.take() {
            Some(trust) => trust,
            None => self.trusts(pin::first_key(&self.line, now)?),
        };
        let etag = etag.filter(|_| wait);
        let asked = timestamp_path(self.code());
        let asked = if etag.is_some() { format!("{asked}?wait={}", crate::bulletin::keys::MOST_WAIT) } else { asked };
        let (received, etag) = match self.line.document(&asked, etag.as_deref())? {
            Came::Unchanged => return Ok(Outcome::Same),
            Came::Document(received, etag) => (received, etag),
        };
        let judged = judge::timestamp(&trusted, &received, self.code(), lasting.mark.as_ref(), now);
        let (trusted, (stamp, mark)) = match judged {
            // What seems older than what another key signed: that key may have been stolen, and be revoked.
            Err(why) if why == Refused::UnknownKey || (why == Refused::Replayed && received.key != lasting.key) => {
                let trusted = self.trusts(pin::renewed(&self.line, &trusted, now)?);
                lasting = self.lock().lasting.clone();
                let judged = judge::timestamp(&trusted, &received, self.code(), lasting.mark.as_ref(), now)?;
                (trusted, judged)
            }
            judged => (trusted, judged?),
        };
        let fresh_until = judge::instant(&stamp.fresh_until).ok_or(Refused::NotUnderstood)?;
        if stamp.content == lasting.content && self.lock().held.is_some() {
            let mut inner = self.lock();
            inner.heard(mark, received.key, fresh_until, etag);
            self.keep(&mut inner);
            return Ok(Outcome::Same);
        }
        let key = received.key;
        let received = self.whole()?;
        let (bulletin, whole_mark) = judge::bulletin(&trusted, &received, self.code(), lasting.whole_mark.as_ref(), now)?;
        let content = bulletin.content.clone();
        let held = Held::of(bulletin, &received.bytes).ok_or(Refused::NotUnderstood)?;
        let mut inner = self.lock();
        // First the disk, then the screen: after a power cut nobody sees an older one than he saw.
        self.keep_bulletin(&mut inner, received);
        inner.held = Some(held);
        inner.lasting.whole_mark = Some(whole_mark);
        inner.lasting.content = content;
        inner.heard(mark, key, fresh_until, etag);
        self.keep(&mut inner);
        Ok(Outcome::Taken)
    }

    /// What the disk does not take is shown all the same, and put there as soon as it does.
    fn keep_bulletin(&self, inner: &mut Inner, received: Received) {
        inner.unkept = self.folder.keep_bulletin(&received).is_err().then_some(received);
    }

    /// The bulletin as it comes; in parts, once the line was seen to cut it.
    fn whole(&self) -> Result<Received, Refused> {
        let part = self.lock().part.take();
        let (came, part) = match part {
            None => match self.line.document(&path(self.code()), None) {
                Ok(Came::Document(received, _)) => (Ok(received), None),
                Ok(Came::Unchanged) => (Err(Refused::NoAnswer), None),
                Err(why) => (Err(why), (why == Refused::Cut).then(Part::default)),
            },
            Some(mut part) => match self.line.document_from(&path(self.code()), &mut part) {
                Err(why) => (Err(why), (why == Refused::Cut).then_some(part)),
                came => (came, None),
            },
        };
        self.lock().part = part;
        came
    }

    fn trusts(&self, trust: Trust) -> Trust {
        let mut inner = self.lock();
        // What is held was judged when its key was trusted. Until the portal has signed it anew the board vouches for it itself, or
        // nothing would be left of it after a power cut.
        let is_disowned = |received: &Received| received.key != self.own.id() && trust.verify(received).is_err();
        if self.folder.bulletins().iter().any(is_disowned) {
            self.vouch(&mut inner);
        }
        inner.lasting.trusts(&trust);
        self.keep(&mut inner);
        trust
    }

    /// Signs itself what is held, and puts that on the disk.
    fn vouch(&self, inner: &mut Inner) {
        let Some(text) = inner.held.as_ref().map(|held| held.shown.text.clone()) else { return };
        let (key, signature) = (self.own.id().to_owned(), self.own.sign(text.as_bytes()).to_vec());
        self.keep_bulletin(inner, Received { key, signature, bytes: text.as_bytes().to_vec() });
        // It is another than the portal's: with the line comes the whole one again.
        inner.lasting.content.clear();
    }

    pub fn shown(&self) -> Option<Shown> {
        self.lock().held.as_ref().map(|held| held.shown.clone())
    }

    /// Takes off the disk what is over by a time that is sure, line or no line: what is left is signed by the board itself.
    pub fn forget(&self) -> bool {
        let mut inner = self.lock();
        let told = self.time(&mut inner);
        let Some(held) = inner.held.as_ref().filter(|_| told.trust == Believed::Sure) else { return false };
        let Some(rest) = held.without(told.now) else { return false };
        inner.held = Some(rest);
        self.vouch(&mut inner);
        self.keep(&mut inner);
        drop(inner);
        self.sweep();
        true
    }

    /// Writes down what time it is, so that a clock that is set back is noticed after a power cut.
    pub fn note_time(&self) {
        let mut inner = self.lock();
        self.time(&mut inner);
        self.keep(&mut inner);
    }

    pub fn state(&self) -> State {
        let mut inner = self.lock();
        let told = self.time(&mut inner);
        let written = |at: Option<Moment>| at.map(calendar::rfc3339);
        let files: BTreeSet<String> = match &inner.held {
            Some(held) => held.files().filter(|file| self.folder.has(&file.sha256, file.bytes)).map(|file| file.sha256.clone()).collect(),
            None => BTreeSet::new(),
        };
        State {
            now: calendar::rfc3339(told.now),
            clock: told.trust.name(),
            astray_seconds: told.astray.num_seconds(),
            heard_at: written(inner.lasting.heard_at),
            issued_at: written(inner.lasting.mark.as_ref().map(|mark| mark.issued_at)),
            fresh_until: written(inner.lasting.fresh_until),
            content: inner.held.as_ref().map(|held| held.shown.content.clone()),
            fault: inner.fault(),
            pairing: None,
            files: files.into_iter().collect(),
        }
    }
}

impl Inner {
    /// Why the screen shows less than the portal does, the gravest first; a word of the protocol, or one of the disk. Empty for none.
    fn fault(&self) -> &'static str {
        match self.refused {
            Some(why) => why.word(),
            None if self.unkept.is_some() || self.is_full => "disk-full",
            None if self.lacking > 0 => "no-files",
            None => "",
        }
    }

    fn heard(&mut self, mark: Mark, key: String, fresh_until: Moment, etag: String) {
        self.watch.heard(mark.issued_at, fresh_until);
        (self.lasting.mark, self.lasting.key) = (Some(mark), key);
        self.lasting.fresh_until = Some(fresh_until);
        self.lasting.heard_at = Some(self.watch.tell().now);
        self.etag = Some(etag);
    }
}
