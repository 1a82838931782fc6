//! Answers held against the schemas in `tests/schemas`. XML goes to xmllint (Debian: libxml2-utils).

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::portal::Reply;

/// What xmllint says against the document; `None` when it is valid.
fn fault(kind: &str, schema: &str, document: &str) -> Option<String> {
    let mut child = Command::new("xmllint")
        .args(["--nonet", "--noout", kind])
        .arg(path(schema))
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("xmllint is installed (Debian: libxml2-utils; tests/run --prepare installs it)");
    let mut stdin = child.stdin.take().expect("a pipe");
    let text = document.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(text.as_bytes()));
    let said = child.wait_with_output().expect("it ends");
    // It reads everything before it judges.
    writer.join().expect("it is written").expect("it is read");
    (!said.status.success()).then(|| String::from_utf8_lossy(&said.stderr).into_owned())
}

fn path(schema: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas").join(schema)
}

pub fn atom(document: &str) -> Option<String> {
    fault("--relaxng", "atom.rng", document).or_else(|| fault("--relaxng", "tombstones.rng", document))
}

pub fn rss(document: &str) -> Option<String> {
    fault("--relaxng", "rss.rng", document)
}

pub fn sitemap(document: &str) -> Option<String> {
    fault("--schema", "sitemap-all.xsd", document)
}

pub fn siteindex(document: &str) -> Option<String> {
    fault("--schema", "siteindex.xsd", document)
}

pub fn cap(document: &str) -> Option<String> {
    fault("--schema", "cap-1.2.xsd", document)
}

pub fn json_feed(document: &str) -> Option<String> {
    let read = |text: &str| serde_json::from_str(text).expect("it is JSON");
    let schema = std::fs::read_to_string(path("jsonfeed.json")).expect("the schema is there");
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.enable_format_assertions();
    compiler.add_resource("jsonfeed.json", read(&schema)).expect("a schema");
    let index = compiler.compile("jsonfeed.json", &mut schemas).expect("a sound schema");
    schemas.validate(&read(document), index).err().map(|fault| format!("{fault:#}"))
}

/// By the schema that belongs to its address.
pub fn check(path: &str, reply: &Reply) {
    assert_eq!(reply.status, 200, "{path}");
    let document = &reply.body;
    let fault = match path.rsplit('/').next() {
        Some("atom.xml" | "cap.xml") => atom(document),
        Some("rss.xml") => rss(document),
        Some("feed.json") => json_feed(document),
        Some(name) if name.ends_with(".cap") => cap(document),
        Some("sitemap.xml") => siteindex(document),
        _ => sitemap(document),
    };
    assert_eq!(fault, None, "{path}: {document}");
}
