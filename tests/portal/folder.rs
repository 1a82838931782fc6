//! A content folder with faces: the invented province Hương Lúa, its commune Đông Kiều, and texts by invented people.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use tempfile::TempDir;

pub struct Folder(TempDir);

pub const SITE: &str = "name = \"Bảng Tin thử\"\ntagline = \"Cổng thử\"\naddress = \"https://thu.example\"\nowner = \"UBND tỉnh Hương Lúa (mẫu)\"\n\n[colours]\naccent = \"#14613f\"\naccent_dark = \"#7fcf9f\"\n\n[[sections]]\nslug = \"tin-dia-phuong\"\nname = \"Tin địa phương\"\nname_en = \"Local news\"\n\n[[sections]]\nslug = \"van-hoa\"\nname = \"Văn hóa\"\n";

const UNITS: &str = "code,valid_from,valid_until,name,type,parent_code,label,sample\n\
99,,,Hương Lúa,tinh,,huong-lua,true\n\
998,,2025-06-30,Bến Gạo,huyen,99,huyen-ben-gao,true\n\
99001,2025-07-01,,Đông Kiều,xa,99,xa-dong-kieu,true\n\
99002,,2025-06-30,Gạo Thượng,xa,998,xa-gao-thuong,true\n\
99002,2025-07-01,,Bến Gạo,xa,99,xa-ben-gao,true\n\
99003,,2025-06-30,Gạo Hạ,xa,998,xa-gao-ha,true\n";

const CHANGES: &str = "old_code,old_valid_from,new_code,new_valid_from,extent,effective\n\
998,,,,abolished,2025-07-01\n\
99002,,99002,2025-07-01,whole,2025-07-01\n\
99003,,99002,2025-07-01,part,2025-07-01\n";

impl Folder {
    pub fn empty() -> Folder {
        Folder(TempDir::new().expect("a temporary folder"))
    }

    /// The site and its units, and no text yet.
    pub fn new() -> Folder {
        let folder = Folder::empty();
        folder.file("site.toml", SITE);
        folder.file("units.csv", UNITS);
        folder.file("unit-changes.csv", CHANGES);
        folder
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Folder {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
        fs::write(path, bytes).expect("the file can be written");
        self
    }

    /// Front matter lines beyond the usual ones; `=` lines of the same key replace them.
    pub fn article(&self, slug: &str, more: &str, body: &str) -> &Folder {
        let usual = [("section", "\"tin-dia-phuong\"".to_owned()), ("published", "2026-11-20T07:30:00".into())];
        self.text("articles", &format!("Bài {slug}"), slug, usual, more, body)
    }

    /// A posting of the commune, of a kind that hangs for thirty days; the rules are those that are shipped.
    pub fn posting(&self, slug: &str, more: &str, body: &str) -> &Folder {
        let usual = [("kind", "\"cong-khai-khac\"".to_owned()), ("published", "2026-11-20".into())];
        self.text("postings", &format!("Niêm yết {slug}"), slug, usual, more, body)
    }

    /// The days off and the kinds of posting that are shipped.
    pub fn rules(&self) -> &Folder {
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        for name in ["holidays.toml", "posting-kinds.toml"] {
            self.file(name, fs::read(shipped.join(name)).expect("it is shipped"));
        }
        self
    }

    fn text(&self, folder: &str, title: &str, slug: &str, usual: [(&str, String); 2], more: &str, body: &str) -> &Folder {
        let usual = [("title", format!("\"{title}\"")), ("unit", "\"99001\"".into())].into_iter().chain(usual);
        let (keys, tables) = match more.find("\n[") {
            Some(at) => more.split_at(at + 1),
            None if more.starts_with('[') => ("", more),
            None => (more, ""),
        };
        let mut front = String::new();
        for (key, value) in usual {
            if !keys.lines().any(|line| line.split('=').next().is_some_and(|name| name.trim() == key)) {
                front.push_str(&format!("{key} = {value}\n"));
            }
        }
        self.file(&format!("{folder}/{slug}.md"), format!("+++\n{front}{keys}\n{tables}\n+++\n\n{body}\n"))
    }

    pub fn page(&self, slug: &str, title: &str) -> &Folder {
        self.file(
            &format!("pages/{slug}.md"),
            format!("+++\ntitle = \"{title}\"\npublished = 2026-11-01\nreview = 2027-05-01\n+++\n\nNội dung trang {title}.\n"),
        )
    }

    pub fn picture(&self, name: &str, width: u32, height: u32) -> &Folder {
        self.file(name, png(width, height))
    }

    /// Every file's name and bytes, in order.
    pub fn contents(&self) -> Vec<(String, Vec<u8>)> {
        let mut found = Vec::new();
        let mut folders = vec![self.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("the folder is there") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(self.path()).expect("it is inside").display().to_string();
                    found.push((name, fs::read(&path).expect("it can be read")));
                }
            }
        }
        found.sort();
        found
    }
}

pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = image::RgbImage::from_fn(width, height, |x, y| image::Rgb([(x % 256) as u8, (y % 256) as u8, 90]));
    image::DynamicImage::ImageRgb8(picture).write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png).expect("memory takes it");
    bytes
}
