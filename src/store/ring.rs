//! The portal's private keys: each in a file that only its owner may read, or one in the environment; never in the
//! database, an export or the log. Which key is in force the database says; here is only what can be signed with.

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::kit::refusal::Refusal;
use crate::kit::sign::Signer;
use crate::phrase;

const FOLDER: &str = "keys";

pub struct Ring {
    folder: PathBuf,
    given: Option<Arc<Signer>>,
    known: Mutex<HashMap<String, Arc<Signer>>>,
}

impl Ring {
    /// Errors: a key that was given and is none.
    pub fn open(var: &Path, given: Option<&str>) -> Result<Ring, Refusal> {
        let given = match given {
            Some(text) => Some(Arc::new(Signer::read(text).ok_or_else(|| Refusal::Trouble(phrase!("keys-bad-given")))?)),
            None => None,
        };
        Ok(Ring { folder: var.join(FOLDER), given, known: Mutex::default() })
    }

    /// The one from the environment.
    pub fn given(&self) -> Option<Arc<Signer>> {
        self.given.clone()
    }

    pub fn path(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.pem"))
    }

    /// Errors: a file that others may read, or that holds no key, or another one.
    pub fn find(&self, id: &str) -> Result<Option<Arc<Signer>>, Refusal> {
        if let Some(given) = self.given.as_ref().filter(|given| given.id() == id) {
            return Ok(Some(given.clone()));
        }
        if let Some(known) = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(id) {
            return Ok(Some(known.clone()));
        }
        let path = self.path(id);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Refusal::io(&path, error)),
        };
        let mode = fs::metadata(&path).map_err(|error| Refusal::io(&path, error))?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(Refusal::Trouble(phrase!("keys-open-to-others", path = path.display())));
        }
        let signer = Signer::read(&text).filter(|signer| signer.id() == id);
        let signer = Arc::new(signer.ok_or_else(|| Refusal::Trouble(phrase!("keys-bad-file", path = path.display())))?);
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(id.to_owned(), signer.clone());
        Ok(Some(signer))
    }

    /// Writes a key into a file of its own, whole or not at all.
    pub fn keep(&self, signer: &Signer) -> Result<(), Refusal> {
        let path = self.path(signer.id());
        let broken = |error| Refusal::io(&path, error);
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.folder).map_err(broken)?;
        let beside = path.with_extension("new");
        let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside).map_err(broken)?;
        file.write_all(signer.private_pem()?.as_bytes()).and_then(|()| file.sync_all()).map_err(broken)?;
        fs::rename(&beside, &path).map_err(broken)?;
        fs::File::open(&self.folder).and_then(|folder| folder.sync_all()).map_err(broken)
    }

    /// A key that signs no more is not left lying about.
    pub fn destroy(&self, id: &str) -> Result<(), Refusal> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
        let path = self.path(id);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Refusal::io(&path, error)),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_its_owners_alone_and_found_again() {
        let var = tempfile::tempdir().expect("a temporary folder");
        let ring = Ring::open(var.path(), None).expect("nothing is there yet");
        let signer = Signer::draw().expect("random bytes");
        assert!(ring.find(signer.id()).expect("nothing is wrong").is_none());
        ring.keep(&signer).expect("it can be written");
        let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
        assert_eq!((mode(&ring.path(signer.id())), mode(&var.path().join(FOLDER))), (0o600, 0o700));
        let open = || Ring::open(var.path(), None).expect("it is there");
        assert_eq!(open().find(signer.id()).expect("it is a key").map(|found| found.public()), Some(signer.public()));
        fs::set_permissions(ring.path(signer.id()), fs::Permissions::from_mode(0o644)).expect("it is ours");
        assert!(matches!(open().find(signer.id()), Err(Refusal::Trouble(told)) if told.key == "keys-open-to-others"));
        ring.destroy(signer.id()).expect("it can be destroyed");
        assert!(!ring.path(signer.id()).exists());
    }

    #[test]
    fn a_key_may_be_given_and_then_no_file_is_asked() {
        let var = tempfile::tempdir().expect("a temporary folder");
        let signer = Signer::draw().expect("random bytes");
        let ring = Ring::open(var.path(), Some(&signer.private_pem().expect("it can be written"))).expect("it is a key");
        assert_eq!(ring.find(signer.id()).expect("it is given").map(|found| found.public()), Some(signer.public()));
        assert!(!var.path().join(FOLDER).exists());
        assert!(matches!(Ring::open(var.path(), Some("no key")), Err(Refusal::Trouble(_))));
    }
}
