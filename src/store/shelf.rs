//! The media shelf: files by digest in two levels of folders, beside the database. A file on it never changes.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use diesel::prelude::*;

use super::Conn;
use super::schema::{media, media_names};
use crate::kit::digest::is_digest;
use crate::kit::refusal::Refusal;

#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = media)]
pub struct Medium {
    pub digest: String,
    pub mime: String,
    pub bytes: i64,
    /// In pixels; 0 when it is no picture.
    pub width: i32,
    pub height: i32,
}

pub struct Shelf {
    root: PathBuf,
}

impl Shelf {
    pub fn open(var: &Path) -> Result<Shelf, Refusal> {
        let root = var.join("media");
        let is_new = !root.is_dir();
        fs::create_dir_all(&root).map_err(|error| Refusal::io(&root, error))?;
        if is_new {
            // A folder outlives a power cut once the folder around it is on the disk. The one around ours need not
            // let us look into it.
            sync(var).map_err(|error| Refusal::io(var, error))?;
            let _ = sync(var.parent().filter(|around| !around.as_os_str().is_empty()).unwrap_or(Path::new(".")));
        }
        Ok(Shelf { root })
    }

    /// `part` is empty for the file as given, or names a rendition (`960.webp`).
    pub fn path(&self, digest: &str, part: &str) -> PathBuf {
        let folder = self.root.join(&digest[..2]);
        if part.is_empty() { folder.join(digest) } else { folder.join(format!("{digest}-{part}")) }
    }

    pub fn holds(&self, digest: &str, part: &str) -> bool {
        self.path(digest, part).is_file()
    }

    /// Written beside, made durable, then renamed: a power cut leaves the whole file or none. Two that put the same
    /// file write beside under names of their own, and whichever is renamed last changes nothing.
    pub fn put(&self, digest: &str, part: &str, bytes: &[u8]) -> Result<(), Refusal> {
        let path = self.path(digest, part);
        let folder = path.parent().unwrap_or(&self.root);
        let beside = folder.join(format!("{}.part", uuid::Uuid::now_v7()));
        let write = || -> std::io::Result<()> {
            fs::create_dir_all(folder)?;
            let mut file = fs::File::create(&beside)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&beside, &path)?;
            sync(folder)?;
            // Even when the folder was there: whoever made it a moment ago may not have come this far.
            sync(&self.root)
        };
        write().map_err(|error| {
            let _ = fs::remove_file(&beside);
            Refusal::io(&path, error)
        })
    }

    pub fn take(&self, digest: &str, part: &str) -> Result<Vec<u8>, Refusal> {
        if !is_digest(digest) {
            return Err(Refusal::Missing);
        }
        let path = self.path(digest, part);
        match fs::read(&path) {
            Ok(bytes) => Ok(bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(Refusal::Missing),
            Err(error) => Err(Refusal::io(&path, error)),
        }
    }
}

fn sync(folder: &Path) -> std::io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

pub fn find(c: &mut Conn, digest: &str) -> Result<Option<Medium>, Refusal> {
    Ok(media::table.find(digest).select(Medium::as_select()).first(c).optional()?)
}

pub fn named(c: &mut Conn, name: &str) -> Result<Option<Medium>, Refusal> {
    Ok(media_names::table.inner_join(media::table).filter(media_names::name.eq(name)).select(Medium::as_select()).first(c).optional()?)
}

/// Every name with the digest of its file.
pub fn names(c: &mut Conn) -> Result<Vec<(String, String)>, Refusal> {
    Ok(media_names::table.order(media_names::name.asc()).select((media_names::name, media_names::digest)).load(c)?)
}

/// Records a file under a name; both may be known already.
pub fn record(c: &mut Conn, name: &str, medium: &Medium) -> Result<(), Refusal> {
    if find(c, &medium.digest)?.is_none() {
        diesel::insert_into(media::table).values(medium).execute(c)?;
    }
    if named(c, name)?.is_none() {
        diesel::insert_into(media_names::table).values((media_names::name.eq(name), media_names::digest.eq(&medium.digest))).execute(c)?;
    }
    Ok(())
}
