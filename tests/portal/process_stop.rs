//! Closing time: whoever is being served is served to the end, and nobody new is let in.

use std::io::{Read, Write};
use std::net::TcpStream;

use bangtin::kit::digest::sha256;

use crate::folder::Folder;
use crate::process::Office;

/// Larger than what two sockets hold between them, so that a part is still unsent when the stop is ordered.
const ROWS: usize = 700_000;

#[test]
fn a_download_under_way_is_finished_before_the_program_stops() {
    let rows: String = (0..ROWS).map(|row| format!("{row:08},xã Đông Kiều\n")).collect();
    let folder = Folder::new();
    folder.file("attachments/lon.csv", &rows).article(
        "lon",
        "[[attachments]]\nfile = \"attachments/lon.csv\"\ntitle = \"Bảng lớn\"",
        "Xem tệp.",
    );
    let office = Office::empty();
    office.take(&folder);
    let serving = office.serve();
    let place = serving.addresses[0].strip_prefix("http://").expect("an address").to_owned();

    let mut reader = TcpStream::connect(&place).expect("the door is open");
    let address = format!("/tep/{}/lon.csv", sha256(rows.as_bytes()));
    write!(reader, "GET {address} HTTP/1.1\r\nHost: {place}\r\nConnection: close\r\n\r\n").expect("the question is taken");
    let mut answer = vec![0; 1024];
    reader.read_exact(&mut answer).expect("the answer has begun");
    serving.signal("TERM");
    // Nobody new comes in from the moment at which the doors are closed; that moment is waited for, not guessed.
    while TcpStream::connect(&place).is_ok() {}
    reader.read_to_end(&mut answer).expect("the answer comes to its end");

    let head = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("headers end") + 4;
    assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer[..head]));
    assert_eq!(answer.len() - head, rows.len(), "the file was cut off");
    assert_eq!(serving.ends().0, Some(0));
}
