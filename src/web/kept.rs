//! Answers made once and kept, each until its instant or until something it looked at changes.
//!
//! Nobody comes to clear anything. A change leaves here what it touched, with the number of the change, and an answer
//! is true while nothing it looked at was touched later than it was made. So a change costs what it touches, an answer
//! that is asked for again is compared once, and what nobody asks for any more makes room when room is needed.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};
use tokio::sync::watch;

use super::answer::Answer;
use crate::kit::clock::Moment;
use crate::store::topic::{Changed, Look, Topic, Touch};

/// Memory for answers, in bytes.
const ROOM: u64 = 32 * 1024 * 1024;
const LIKELY_ANSWERS: usize = 2_000;
/// Touches remembered. Beyond these, everything kept is held for changed, and the memory begins anew.
const MOST_TOUCHES: usize = 100_000;
/// Of one topic: whoever asks after as many has what was made before made anew.
const MOST_OF_ONE: usize = 500;

pub struct Entry {
    pub answer: Answer,
    looks: Box<[Look]>,
    /// The last change that was in the state it was made from.
    since: u64,
    /// The last change up to which this is known to be true.
    true_at: AtomicU64,
}

impl Entry {
    /// What it was made from looking at.
    pub fn looks(&self) -> &[Look] {
        &self.looks
    }
}

#[derive(Clone)]
struct Weight;

impl Weighter<String, Arc<Entry>> for Weight {
    /// Twice the body, since its compressed forms come to stand beside it.
    fn weight(&self, address: &String, entry: &Arc<Entry>) -> u64 {
        (address.len() + entry.answer.body.len() * 2 + entry.looks.len() * size_of::<Look>() + 512) as u64
    }
}

pub struct Kept {
    /// By the one address under which each is linked: path and query, as a request writes them.
    answers: Cache<String, Arc<Entry>, Weight>,
    changes: RwLock<Changes>,
    /// The number of the last change, also outside the lock.
    last: AtomicU64,
    /// The log position up to which `changes` has everything, also outside the lock.
    position: AtomicI64,
    under_way: Arc<UnderWay>,
    made: AtomicU64,
}

type UnderWay = Mutex<HashMap<String, watch::Receiver<()>>>;

#[derive(Default)]
struct Changes {
    number: u64,
    position: i64,
    /// What was made before this change is not true any more, whatever it looked at.
    everything: u64,
    topics: HashMap<Topic, Recent>,
    /// In all of them together.
    touches: usize,
}

/// What has touched one topic, with the numbers of the changes, oldest first.
#[derive(Default)]
struct Recent {
    touches: VecDeque<(u64, Touch)>,
    /// The number of the last one that is remembered no more.
    forgotten: u64,
}

impl Recent {
    fn add(&mut self, number: u64, touch: Touch) {
        if touch.at.is_none() {
            // Whoever has seen this one has seen those before it.
            self.touches.clear();
        } else if self.touches.len() == MOST_OF_ONE {
            self.forgotten = self.touches.pop_front().map_or(0, |(number, _)| number);
        }
        self.touches.push_back((number, touch));
    }

    /// How many touches later than a change reach whoever looks so; `None` where that is known no more.
    fn later(&self, since: u64, look: &Look) -> Option<usize> {
        let later = self.touches.iter().rev().take_while(|(number, _)| *number > since);
        (self.forgotten <= since).then(|| later.filter(|(_, touch)| touch.reaches(look)).count())
    }
}

impl Changes {
    fn apply(&mut self, changed: Changed) {
        self.number += 1;
        match changed {
            Changed::Some(touches) if self.touches + touches.len() <= MOST_TOUCHES => {
                for touch in touches {
                    let recent = self.topics.entry(touch.topic).or_default();
                    self.touches -= recent.touches.len();
                    recent.add(self.number, touch);
                    self.touches += recent.touches.len();
                }
            }
            Changed::Some(_) | Changed::Everything => {
                self.everything = self.number;
                self.topics.clear();
                self.touches = 0;
            }
        }
    }

    fn leave_true(&self, entry: &Entry, true_at: u64) -> bool {
        let mut spent: HashMap<Topic, usize> = HashMap::new();
        let mut touched = entry.looks.iter().filter_map(|look| self.topics.get(&look.topic).map(|recent| (look, recent)));
        self.everything <= true_at
            && touched.all(|(look, recent)| {
                // What was spared once does not count for less the next time.
                let since = if look.spare == 0 { true_at } else { entry.since };
                let Some(later) = recent.later(since, look) else { return false };
                let spent = spent.entry(look.counted_with).or_default();
                *spent += later;
                *spent <= look.spare
            })
    }
}

/// Who makes an answer that is not there, and who waits for it.
pub enum Turn {
    Make(Making),
    Wait(watch::Receiver<()>),
}

/// Whoever waits goes on when this is dropped, in whatever way the making ended.
pub struct Making {
    under_way: Arc<UnderWay>,
    address: String,
    _done: watch::Sender<()>,
}

impl Drop for Making {
    fn drop(&mut self) {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.address);
    }
}

impl Kept {
    pub fn new(position: i64) -> Kept {
        // One room: in the many small ones that are usual a site map of several megabytes would find no place.
        let options = OptionsBuilder::new().shards(1).estimated_items_capacity(LIKELY_ANSWERS).weight_capacity(ROOM).build();
        let options = options.expect("both capacities are given");
        Kept {
            answers: Cache::with_options(options, Weight, DefaultHashBuilder::default(), DefaultLifecycle::default()),
            changes: RwLock::new(Changes { position, ..Changes::default() }),
            last: AtomicU64::new(0),
            position: AtomicI64::new(position),
            under_way: Arc::default(),
            made: AtomicU64::new(0),
        }
    }

    /// Only what is still true at `now`, as far as is known here.
    pub fn find(&self, address: &str, now: Moment) -> Option<Arc<Entry>> {
        let entry = self.answers.get(address)?;
        (entry.answer.made_at <= now && now < entry.answer.stops_at && self.is_true(&entry)).then_some(entry)
    }

    fn is_true(&self, entry: &Entry) -> bool {
        let true_at = entry.true_at.load(Ordering::Acquire);
        if true_at >= self.last.load(Ordering::Acquire) {
            return true;
        }
        let changes = self.changes.read().unwrap_or_else(PoisonError::into_inner);
        let is_true = changes.leave_true(entry, true_at);
        if is_true {
            entry.true_at.fetch_max(changes.number, Ordering::AcqRel);
        }
        is_true
    }

    /// `since`: the number of the last change that the answer was made after.
    pub fn keep(&self, address: String, answer: Answer, looks: Box<[Look]>, since: u64) -> Arc<Entry> {
        self.made.fetch_add(1, Ordering::Relaxed);
        let entry = Arc::new(Entry { answer, looks, since, true_at: AtomicU64::new(since) });
        if !entry.answer.once {
            self.answers.insert(address, entry.clone());
        }
        entry
    }

    /// The number of the last change, and the log position that it stands for.
    pub fn last(&self) -> (u64, i64) {
        let changes = self.changes.read().unwrap_or_else(PoisonError::into_inner);
        (changes.number, changes.position)
    }

    /// The log position up to which every change is known here.
    pub fn position(&self) -> i64 {
        self.position.load(Ordering::Acquire)
    }

    /// What the rows up to `position` have changed, told by whoever saw the last change (`before`) and then that state
    /// of the store. Gives the number of the last change that is certainly in that state.
    pub fn follow(&self, before: u64, position: i64, changed: Changed) -> u64 {
        let mut changes = self.changes.write().unwrap_or_else(PoisonError::into_inner);
        if position <= changes.position {
            return before;
        }
        changes.apply(changed);
        changes.position = position;
        self.publish(&changes);
        // A change of another's in between may not be in it.
        if changes.number == before + 1 { changes.number } else { before }
    }

    /// For what changes without the log: a count of views.
    pub fn touch(&self, topics: Vec<Topic>) {
        let mut changes = self.changes.write().unwrap_or_else(PoisonError::into_inner);
        changes.apply(Changed::Some(topics.into_iter().map(Touch::all).collect()));
        self.publish(&changes);
    }

    /// Begins anew.
    pub fn forget(&self) {
        let mut changes = self.changes.write().unwrap_or_else(PoisonError::into_inner);
        changes.apply(Changed::Everything);
        self.publish(&changes);
        self.answers.clear();
    }

    /// How many answers have been made since the start.
    pub fn made(&self) -> u64 {
        self.made.load(Ordering::Relaxed)
    }

    fn publish(&self, changes: &Changes) {
        self.last.store(changes.number, Ordering::Release);
        self.position.store(changes.position, Ordering::Release);
    }

    /// Whether somebody is making it.
    pub fn is_under_way(&self, address: &str) -> bool {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner).contains_key(address)
    }

    /// The first who asks makes the answer; whoever asks meanwhile waits for it.
    pub fn turn(&self, address: &str) -> Turn {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(done) = under_way.get(address) {
            return Turn::Wait(done.clone());
        }
        let (sender, receiver) = watch::channel(());
        under_way.insert(address.to_owned(), receiver);
        Turn::Make(Making { under_way: self.under_way.clone(), address: address.to_owned(), _done: sender })
    }
}
