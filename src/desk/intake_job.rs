//! Spreadsheets that are being read, away from whoever waits: a page says how far it is, and one that was read is kept for the next
//! question about it.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use crate::kit::legacy::bytes;
use crate::kit::sheet::{self, Bad, Book};

/// Books in memory: a clerk's work is done before four others have sent theirs.
const MOST: usize = 4;
/// How long a page waits for a book before it says how far it is.
const PATIENCE: Duration = Duration::from_millis(1_200);

#[derive(Default)]
pub struct Job {
    book: OnceLock<Result<Book, Bad>>,
    is_done: Mutex<bool>,
    done: Condvar,
    /// Rows gone through, and of how many.
    pub step: AtomicUsize,
    pub steps: AtomicUsize,
}

static JOBS: Mutex<VecDeque<(String, Arc<Job>)>> = Mutex::new(VecDeque::new());

impl Job {
    /// What came of it; none while it goes on.
    pub fn book(&self) -> Option<&Result<Book, Bad>> {
        self.book.get()
    }

    pub fn tell(&self, step: usize, steps: usize) {
        self.step.store(step, Ordering::Relaxed);
        self.steps.store(steps, Ordering::Relaxed);
    }
}

/// The job for a file, begun if it is not yet; waited for a little. `bytes` gives the file.
pub fn job(digest: &str, name: &str, bytes: impl FnOnce() -> Option<Vec<u8>>) -> Option<Arc<Job>> {
    let mut jobs = JOBS.lock().unwrap_or_else(PoisonError::into_inner);
    let known = jobs.iter().find(|(known, _)| known == digest).map(|(_, job)| job.clone());
    let job = match known {
        Some(job) => job,
        None => {
            let (job, bytes, name) = (Arc::new(Job::default()), bytes()?, name.to_owned());
            jobs.push_back((digest.to_owned(), job.clone()));
            while jobs.len() > MOST {
                jobs.pop_front();
            }
            let reader = job.clone();
            std::thread::spawn(move || {
                // A book that broke its reader is a broken book, and nothing else.
                let read = std::panic::catch_unwind(|| sheet::read_with(&bytes, &name, |bytes| bytes::decode(bytes).text));
                let _ = reader.book.set(read.unwrap_or(Err(Bad::Broken { what: String::new() })));
                *reader.is_done.lock().unwrap_or_else(PoisonError::into_inner) = true;
                reader.done.notify_all();
            });
            job
        }
    };
    drop(jobs);
    let done = job.is_done.lock().unwrap_or_else(PoisonError::into_inner);
    let waited = job.done.wait_timeout_while(done, PATIENCE, |done| !*done);
    drop(waited);
    Some(job)
}
