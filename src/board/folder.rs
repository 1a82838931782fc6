//! What a board keeps on its disk: each thing in a file of its own and, where it must not be lost, in two copies that are written
//! one after the other. Power may go at any instant, and a card may forget a sector: what is read is whole, or is not read.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::bulletin::judge::Received;
use crate::kit::digest::{self, base64, is_digest, of_base64};
use crate::kit::refusal::Refusal;
use crate::phrase;

const FILES: &str = "files";
const LOCK: &str = "lock";
const BULLETIN: &str = "bulletin";
const SPARE: &str = "spare";
const PART: &str = "part";
pub const STATE: &str = "state";
pub const RECORD: &str = "record";

pub struct Folder {
    root: PathBuf,
    /// Held while the program runs: two boards in one folder would undo each other.
    _lock: File,
}

#[derive(Serialize, Deserialize)]
struct Head {
    key: String,
    /// Base64.
    signature: String,
}

impl Folder {
    /// Errors: it cannot be made, or another board is in it.
    pub fn open(root: &Path) -> Result<Folder, Refusal> {
        let broken = |error| Refusal::io(root, error);
        fs::create_dir_all(root.join(FILES)).map_err(broken)?;
        let lock = File::create(root.join(LOCK)).map_err(broken)?;
        match lock.try_lock() {
            Ok(()) => {
                // What power left half-written is nothing.
                for name in [BULLETIN, STATE, RECORD] {
                    let _ = fs::remove_file(root.join(name).with_extension(PART));
                }
                Ok(Folder { root: root.to_owned(), _lock: lock })
            }
            Err(TryLockError::WouldBlock) => Err(Refusal::Trouble(phrase!("board-folder-taken", path = root.display()))),
            Err(TryLockError::Error(error)) => Err(broken(error)),
        }
    }

    pub fn path(&self) -> &Path {
        &self.root
    }

    /// One rename takes the place of what was there; a second copy follows.
    fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        for ending in ["", SPARE] {
            let path = self.root.join(name).with_extension(ending);
            let beside = self.root.join(name).with_extension(PART);
            let written = File::create(&beside).and_then(|mut file| {
                file.write_all(digest::sha256(bytes).as_bytes())?;
                file.write_all(b"\n")?;
                file.write_all(bytes)?;
                file.sync_all()
            });
            if let Err(error) = written {
                // Half a file must not take the room that the next try needs.
                let _ = fs::remove_file(&beside);
                return Err(error);
            }
            fs::rename(&beside, &path)?;
            File::open(&self.root)?.sync_all()?;
        }
        Ok(())
    }

    /// Every copy that is whole, the first first.
    fn copies(&self, name: &str) -> Vec<Vec<u8>> {
        let read = |ending: &str| {
            let bytes = fs::read(self.root.join(name).with_extension(ending)).ok()?;
            let (seal, bytes) = bytes.split_at_checked(65)?;
            (seal == [digest::sha256(bytes).as_bytes(), b"\n"].concat()).then(|| bytes.to_vec())
        };
        ["", SPARE].into_iter().filter_map(read).collect()
    }

    pub fn keep<T: Serialize>(&self, name: &str, what: &T) -> io::Result<()> {
        self.put(name, &serde_json::to_vec(what)?)
    }

    pub fn kept<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        self.copies(name).iter().find_map(|bytes| serde_json::from_slice(bytes).ok())
    }

    /// The document as it came, with its signature.
    pub fn keep_bulletin(&self, received: &Received) -> io::Result<()> {
        let mut bytes = serde_json::to_vec(&Head { key: received.key.clone(), signature: base64(&received.signature) })?;
        bytes.push(b'\n');
        bytes.extend_from_slice(&received.bytes);
        self.put(BULLETIN, &bytes)
    }

    /// What is held, as whole files; whether they are the portal's is for whoever reads them to ask again.
    pub fn bulletins(&self) -> Vec<Received> {
        let read = |bytes: Vec<u8>| {
            let end = bytes.iter().position(|byte| *byte == b'\n')?;
            let head: Head = serde_json::from_slice(&bytes[..end]).ok()?;
            Some(Received { key: head.key, signature: of_base64(&head.signature)?, bytes: bytes[end + 1..].to_vec() })
        };
        self.copies(BULLETIN).into_iter().filter_map(read).collect()
    }

    /// Whether the two copies of the bulletin are not the same, because power went between them or a sector was lost.
    pub fn is_torn(&self) -> bool {
        let read = |ending: &str| fs::read(self.root.join(BULLETIN).with_extension(ending)).ok();
        let (one, other) = (read(""), read(SPARE));
        self.copies(BULLETIN).len() != 2 || one != other
    }

    fn file(&self, sha256: &str) -> PathBuf {
        self.root.join(FILES).join(sha256)
    }

    pub fn has(&self, sha256: &str, length: i64) -> bool {
        is_digest(sha256) && fs::metadata(self.file(sha256)).is_ok_and(|file| file.len() as i64 == length)
    }

    /// A file, if it is still what it was: one that is not is thrown away, and got anew.
    pub fn read(&self, sha256: &str) -> Option<Vec<u8>> {
        let path = self.file(sha256);
        let bytes = is_digest(sha256).then(|| fs::read(&path).ok()).flatten()?;
        if digest::sha256(&bytes) == sha256 {
            return Some(bytes);
        }
        let _ = fs::remove_file(&path);
        None
    }

    /// How much of a file is here of a download that was cut. What is longer than the file was of something else.
    pub fn part(&self, sha256: &str, length: i64) -> u64 {
        let here = fs::metadata(self.file(sha256).with_extension(PART)).map_or(0, |file| file.len());
        if here as i64 > length { 0 } else { here }
    }

    /// Adds what comes, from `from` on, whether or not it comes to its end; what is whole and right takes its name. `false`: it is
    /// whole and another; then nothing is left of it.
    pub fn take(&self, sha256: &str, length: i64, from: u64, mut bytes: impl Read) -> io::Result<bool> {
        let beside = self.file(sha256).with_extension(PART);
        let mut file = File::options().create(true).truncate(false).write(true).read(true).open(&beside)?;
        file.set_len(from)?;
        file.seek(SeekFrom::Start(from))?;
        let copied = io::copy(&mut bytes, &mut file);
        file.sync_all()?;
        let is_whole = file.metadata()?.len() as i64 == length;
        if !is_whole {
            copied?;
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        file.seek(SeekFrom::Start(0))?;
        if digest::sha256_read(&mut file)? != sha256 {
            fs::remove_file(&beside)?;
            return Ok(false);
        }
        fs::rename(&beside, self.file(sha256))?;
        File::open(self.root.join(FILES))?.sync_all()?;
        Ok(true)
    }

    /// What no bulletin names any more is not left lying about: it may be of persons.
    pub fn sweep(&self, named: &BTreeSet<String>) {
        for entry in fs::read_dir(self.root.join(FILES)).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let of = name.strip_suffix(&format!(".{PART}")).unwrap_or(&name);
            if !named.contains(of) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, Folder) {
        let root = tempfile::tempdir().expect("a temporary folder");
        let folder = Folder::open(root.path()).expect("it is new");
        (root, folder)
    }

    fn document(text: &str) -> Received {
        Received { bytes: text.as_bytes().to_vec(), key: "k".to_owned(), signature: vec![1, 2, 3] }
    }

    #[test]
    fn two_boards_do_not_share_a_folder() {
        let (root, _folder) = folder();
        assert!(Folder::open(root.path()).is_err());
    }

    #[test]
    fn what_a_bad_sector_took_is_in_the_other_copy_and_what_is_half_written_is_not_read() {
        let (root, folder) = folder();
        folder.keep_bulletin(&document("một\nhai")).expect("there is room");
        for (broken, left) in [("bulletin", 1), ("bulletin.spare", 0)] {
            let path = root.path().join(broken);
            let mut bytes = fs::read(&path).expect("it is there");
            let middle = bytes.len() - 2;
            bytes[middle] ^= 1;
            fs::write(&path, bytes).expect("it can be written");
            let found = folder.bulletins();
            assert_eq!(found.len(), left, "{broken}");
            assert!(found.iter().all(|one| one.bytes == "một\nhai".as_bytes()));
        }
    }

    #[test]
    fn a_download_goes_on_where_it_was_cut_and_a_wrong_file_is_none() {
        let (_root, folder) = folder();
        let (bytes, sha256) = (b"mot tep anh".as_slice(), digest::sha256(b"mot tep anh"));
        assert!(folder.take(&sha256, 11, 0, &bytes[..4]).is_err());
        assert_eq!((folder.part(&sha256, 11), folder.has(&sha256, 11)), (4, false));
        assert!(folder.take(&sha256, 11, 4, &bytes[4..]).expect("there is room"));
        assert_eq!(folder.read(&sha256).as_deref(), Some(bytes));
        // All of it came, and then power went.
        let late = digest::sha256(b"den muon");
        fs::write(folder.file(&late).with_extension(PART), b"den muon").expect("there is room");
        assert_eq!((folder.part(&late, 8), folder.part(&late, 7)), (8, 0), "what is longer than the file is no part of it");
        assert!(folder.take(&late, 8, 8, io::empty()).expect("there is room") && folder.has(&late, 8));
        let other = digest::sha256(b"mot tep khac");
        assert!(!folder.take(&other, 11, 0, bytes).expect("there is room"));
        assert_eq!(folder.part(&other, 11), 0);
        folder.sweep(&BTreeSet::new());
        assert_eq!(folder.read(&sha256), None);
    }

    #[test]
    fn a_file_that_changed_on_the_disk_is_not_given() {
        let (root, folder) = folder();
        let sha256 = digest::sha256(b"anh");
        assert!(folder.take(&sha256, 3, 0, b"anh".as_slice()).expect("there is room"));
        fs::write(root.path().join(FILES).join(&sha256), b"ann").expect("it can be written");
        assert!(folder.has(&sha256, 3), "its length says nothing");
        assert_eq!(folder.read(&sha256), None);
        assert!(!folder.has(&sha256, 3), "and it is got anew");
    }
}
