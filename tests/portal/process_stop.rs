//! Closing time: whoever is being served is served to the end, and nobody new is let in.

use std::io::{Read, Write};
use std::net::TcpStream;

use bangtin::kit::digest::sha256;

use crate::folder::Folder;
use crate::process::{Office, Serving};

/// Larger than what two sockets hold between them, so that a part is still unsent when the stop is ordered.
const ROWS: usize = 1_000_000;
const ROW: &str = "xã Đông Kiều\n";

/// A server with one reader who has had the first kilobyte of a large file.
struct Begun {
    serving: Serving,
    place: String,
    reader: TcpStream,
    answer: Vec<u8>,
    _office: Office,
}

impl Begun {
    fn new() -> Begun {
        let rows = ROW.repeat(ROWS);
        let folder = Folder::new();
        let attached = "[[attachments]]\nfile = \"attachments/lon.csv\"\ntitle = \"Bảng lớn\"";
        folder.file("attachments/lon.csv", &rows).article("lon", attached, "Xem tệp.");
        let office = Office::empty();
        office.take(&folder);
        let serving = office.serve();
        let place = serving.addresses[0].strip_prefix("http://").expect("an address").to_owned();
        let mut reader = TcpStream::connect(&place).expect("the door is open");
        let address = format!("/tep/{}/lon.csv", sha256(rows.as_bytes()));
        write!(reader, "GET {address} HTTP/1.1\r\nHost: {place}\r\nConnection: close\r\n\r\n").expect("the question is taken");
        let mut answer = vec![0; 1024];
        reader.read_exact(&mut answer).expect("the answer has begun");
        Begun { serving, place, reader, answer, _office: office }
    }

    /// Nobody new comes in from the moment at which the doors are closed; that moment is waited for, not guessed.
    fn close(&self, signal: &str) {
        self.serving.signal(signal);
        while TcpStream::connect(&self.place).is_ok() {}
    }
}

fn is_finished_through(signal: &str) {
    let mut begun = Begun::new();
    begun.close(signal);
    begun.reader.read_to_end(&mut begun.answer).expect("the answer comes to its end");
    let head = begun.answer.windows(4).position(|four| four == b"\r\n\r\n").expect("headers end") + 4;
    assert!(begun.answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&begun.answer[..head]));
    assert_eq!(begun.answer.len() - head, ROW.len() * ROWS, "the file was cut off");
    assert_eq!(begun.serving.ends().0, Some(0));
}

#[test]
fn a_download_under_way_is_finished_before_a_service_stops() {
    is_finished_through("TERM");
}

#[test]
fn a_download_under_way_is_finished_when_somebody_presses_ctrl_c() {
    is_finished_through("INT");
}

#[test]
fn a_second_signal_means_now() {
    // A reader who never reads on would hold a patient stop for as long as it may last.
    let begun = Begun::new();
    begun.close("INT");
    begun.serving.signal("INT");
    assert_eq!(begun.serving.ends().0, Some(130));
}
