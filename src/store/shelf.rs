//! The media shelf: files by digest in two levels of folders, beside the database. A file as given never changes;
//! what was made of a picture changes with the recipe alone, and its row says which recipe that was.

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use diesel::prelude::*;
use quick_cache::sync::Cache;

use super::Conn;
use super::schema::{media, media_names};
use super::topic::Topic;
use crate::kit::digest::{is_digest, sha256};
use crate::kit::picture::{RECIPE, Rendition, names as rendition_names, read_names};
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
    /// The names of what was made of it (`kit::picture::names`): these are served, and no others.
    pub renditions: String,
    /// By which way of making them; 0 when it is no picture.
    pub recipe: i32,
}

impl Medium {
    pub fn is_picture(&self) -> bool {
        self.width > 0
    }

    pub fn renditions(&self) -> Vec<Rendition> {
        read_names(&self.renditions)
    }

    /// Whether renditions are still to be made: by today's recipe, or again because one was lost.
    pub fn lacks(&self, shelf: &Shelf) -> bool {
        self.is_picture() && (self.recipe != RECIPE || !self.renditions().iter().all(|made| shelf.holds(&self.digest, &made.to_string())))
    }
}

/// What an interrupted `put` left beside is nobody's after this long.
const STALE: Duration = Duration::from_secs(60 * 60);

pub struct Shelf {
    root: PathBuf,
    seals: Cache<(String, SystemTime), (String, i64)>,
}

/// Renditions whose digests are remembered.
const MOST_SEALS: usize = 10_000;

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
        Ok(Shelf { root, seals: Cache::new(MOST_SEALS) })
    }

    /// `part` is empty for the file as given, or names a rendition (`960.webp`).
    pub fn path(&self, digest: &str, part: &str) -> PathBuf {
        let folder = self.root.join(&digest[..2]);
        if part.is_empty() { folder.join(digest) } else { folder.join(format!("{digest}-{part}")) }
    }

    pub fn holds(&self, digest: &str, part: &str) -> bool {
        self.path(digest, part).is_file()
    }

    /// SHA-256 and length of a file as it is sent; `None` where there is none. What was made anew is read anew.
    pub fn seal(&self, digest: &str, part: &str) -> Result<Option<(String, i64)>, Refusal> {
        let path = self.path(digest, part);
        let made = match fs::metadata(&path).and_then(|file| file.modified()) {
            Ok(made) => made,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Refusal::io(&path, error)),
        };
        let key = (format!("{digest}-{part}"), made);
        if let Some(known) = self.seals.get(&key) {
            return Ok(Some(known));
        }
        let bytes = self.take(digest, part)?;
        let seal = (sha256(&bytes), bytes.len() as i64);
        self.seals.insert(key, seal.clone());
        Ok(Some(seal))
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

    /// Held by the one that makes pictures in the background, among all processes that share the shelf. The system
    /// lets go of it when the process ends, however it ends.
    pub fn alone(&self) -> Option<fs::File> {
        let file = fs::OpenOptions::new().create(true).append(true).open(self.root.join("pictures.lock")).ok()?;
        file.try_lock().ok()?;
        Some(file)
    }

    /// Throws away what interrupted writers left beside, and says how many files that was.
    pub fn sweep(&self) -> std::io::Result<usize> {
        let mut swept = 0;
        for folder in fs::read_dir(&self.root)?.flatten().filter(|entry| entry.path().is_dir()) {
            for entry in fs::read_dir(folder.path())?.flatten() {
                let path = entry.path();
                let is_beside = path.extension().is_some_and(|ending| ending == "part");
                let age = entry.metadata().and_then(|file| file.modified()).ok().and_then(|at| at.elapsed().ok());
                if is_beside && age.is_some_and(|age| age > STALE) && fs::remove_file(&path).is_ok() {
                    swept += 1;
                }
            }
        }
        Ok(swept)
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

/// What has been made of a picture.
pub fn topic(digest: &str) -> Topic {
    Topic::of(("picture", digest))
}

pub fn named(c: &mut Conn, name: &str) -> Result<Option<Medium>, Refusal> {
    Ok(media_names::table.inner_join(media::table).filter(media_names::name.eq(name)).select(Medium::as_select()).first(c).optional()?)
}

/// Every name with the digest of its file.
pub fn names(c: &mut Conn) -> Result<Vec<(String, String)>, Refusal> {
    Ok(media_names::table.order(media_names::name.asc()).select((media_names::name, media_names::digest)).load(c)?)
}

/// The names of pictures, in their order, the first so many.
pub fn picture_names(c: &mut Conn, most: i64) -> Result<Vec<String>, Refusal> {
    let pictures = media_names::table.inner_join(media::table).filter(media::width.gt(0));
    Ok(pictures.order(media_names::name.asc()).select(media_names::name).limit(most).load(c)?)
}

/// What was made of each of these pictures, by digest.
pub fn renditions(c: &mut Conn, digests: &[&str]) -> Result<HashMap<String, Vec<Rendition>>, Refusal> {
    let rows: Vec<(String, String)> =
        media::table.filter(media::digest.eq_any(digests)).select((media::digest, media::renditions)).load(c)?;
    Ok(rows.into_iter().map(|(digest, names)| (digest, read_names(&names))).collect())
}

/// All pictures, or only those that were made by another recipe.
pub fn pictures(c: &mut Conn, is_all: bool) -> Result<Vec<Medium>, Refusal> {
    let pictures = media::table.filter(media::width.gt(0)).order(media::digest.asc()).select(Medium::as_select());
    Ok(if is_all { pictures.load(c)? } else { pictures.filter(media::recipe.ne(RECIPE)).load(c)? })
}

/// Records what has been made by today's recipe. What pages may still name of an earlier one stays.
pub fn made(c: &mut Conn, shelf: &Shelf, digest: &str, made: &[Rendition]) -> Result<(), Refusal> {
    let Some(medium) = find(c, digest)? else { return Ok(()) };
    let row = (media::renditions.eq(joined(shelf, &medium, made)), media::recipe.eq(RECIPE));
    diesel::update(media::table.find(digest)).set(row).execute(c)?;
    Ok(())
}

fn joined(shelf: &Shelf, before: &Medium, made: &[Rendition]) -> String {
    let mut all = before.renditions();
    all.retain(|rendition| shelf.holds(&before.digest, &rendition.to_string()));
    all.extend(made);
    all.sort_unstable();
    all.dedup();
    rendition_names(&all)
}

/// Records a file under a name; both may be known already.
pub fn record(c: &mut Conn, shelf: &Shelf, name: &str, medium: &Medium) -> Result<(), Refusal> {
    match find(c, &medium.digest)? {
        None => {
            diesel::insert_into(media::table).values(medium).execute(c)?;
        }
        Some(before) if medium.is_picture() && before != *medium => {
            // Made anew, or an attachment until now.
            diesel::update(media::table.find(&medium.digest))
                .set((
                    media::mime.eq(&medium.mime),
                    media::width.eq(medium.width),
                    media::height.eq(medium.height),
                    media::renditions.eq(joined(shelf, &before, &medium.renditions())),
                    media::recipe.eq(medium.recipe),
                ))
                .execute(c)?;
        }
        Some(_) => {}
    }
    if named(c, name)?.is_none() {
        diesel::insert_into(media_names::table).values((media_names::name.eq(name), media_names::digest.eq(&medium.digest))).execute(c)?;
    }
    Ok(())
}
