//! The files that a bulletin's texts name: got, kept as long as they are named, and given.

use std::collections::BTreeMap;
use std::io::Read;

use super::mirror::Mirror;
use crate::bulletin::judge::Refused;
use crate::bulletin::shape::File;

/// So many bytes are worth another try at once.
const FORWARD: u64 = 4 * 1024;

impl Mirror {
    /// What no text names any more is not left lying about, line or no line.
    pub(super) fn sweep(&self) {
        if let Some((_, wanted)) = self.wanted() {
            self.folder.sweep(&wanted.into_keys().collect());
        }
    }

    /// Files that the texts name and that are not here yet, pictures first; what no text names goes. Gives how many are lacking still.
    pub fn fetch(&self) -> usize {
        let Some((address, wanted)) = self.wanted() else { return 0 };
        self.folder.sweep(&wanted.keys().cloned().collect());
        let mut lacking: Vec<&File> = wanted.values().filter(|file| !self.folder.has(&file.sha256, file.bytes)).collect();
        lacking.sort_by_key(|file| (file.shown_as.is_none(), file.bytes));
        let mut left = lacking.len();
        let mut is_full = false;
        for file in lacking {
            // It may have gone while another came; whoever brought what is new asks for its files.
            if !self.wanted().is_some_and(|(_, wanted)| wanted.contains_key(&file.sha256)) {
                continue;
            }
            let path = file.url.strip_prefix(&address).unwrap_or_default();
            left -= usize::from(self.get(file, path, &mut is_full));
        }
        let mut inner = self.lock();
        (inner.lacking, inner.is_full) = (left, is_full);
        left
    }

    /// One file, whole: on a line that drops it goes on at once where it was cut, as long as each try brings it forward.
    fn get(&self, file: &File, path: &str, is_full: &mut bool) -> bool {
        loop {
            let here = self.folder.part(&file.sha256, file.bytes);
            let came: Result<(u64, Box<dyn Read>), Refused> = match here as i64 == file.bytes {
                // Power went when all of it was here and it had no name yet: a line has nothing more of it.
                true => Ok((here, Box::new(std::io::empty()))),
                false => {
                    let url = format!("{}{path}", self.line.portal);
                    self.line.file_from(&url, here, file.bytes).map(|(from, bytes)| (from, Box::new(bytes) as Box<dyn Read>))
                }
            };
            let Ok((from, bytes)) = came else { return false };
            match self.folder.take(&file.sha256, file.bytes, from, bytes) {
                Ok(true) => return true,
                Ok(false) => {
                    tracing::warn!("a file is another than its bulletin says: {}", file.url);
                    return false;
                }
                Err(error) => *is_full |= error.kind() == std::io::ErrorKind::StorageFull,
            }
            if *is_full || self.folder.part(&file.sha256, file.bytes) < here + FORWARD {
                return false;
            }
        }
    }

    /// By their digests, with the address that the portal gives as its own.
    fn wanted(&self) -> Option<(String, BTreeMap<String, File>)> {
        let inner = self.lock();
        let bulletin = &inner.held.as_ref()?.bulletin;
        let of_items = bulletin.items.iter().flat_map(|item| &item.files);
        let of_articles = bulletin.articles.iter().flat_map(|article| article.files.iter().chain(&article.picture));
        let all = of_items.chain(of_articles).map(|file| (file.sha256.clone(), file.clone())).collect();
        Some((bulletin.portal.address.clone(), all))
    }

    /// A file that the bulletin names and that is still what it was.
    pub fn file(&self, sha256: &str) -> Option<(Vec<u8>, String)> {
        let (_, mut wanted) = self.wanted()?;
        let file = wanted.remove(sha256)?;
        Some((self.folder.read(sha256)?, file.mime))
    }
}
