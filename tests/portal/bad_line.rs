//! A line between a follower and a portal, and what may become of it.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weather {
    Fair,
    /// Nobody is there.
    Down,
    /// Every answer ends after so many bytes of it.
    Cut(usize),
    /// Somebody in between answers everything with a page of his own.
    Captive,
    /// The server is ill.
    Ill,
    /// It goes when the bulletin itself is asked for.
    NoBulletin,
    /// One letter of every answer's body is another.
    Twisted,
}

/// It goes on where it is told to, through restarts.
pub struct BadLine {
    pub address: String,
    weather: Arc<Mutex<Weather>>,
    to: Arc<Mutex<String>>,
    pub asked: Arc<AtomicUsize>,
    /// Every bulletin that went through it on a fair day, as it was signed.
    pub signed: Arc<Mutex<Vec<String>>>,
    /// What was told through it, with what stood above it.
    pub told: Arc<Mutex<Vec<(String, String)>>>,
}

impl BadLine {
    pub fn to(portal: &str) -> BadLine {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("it is bound"));
        let line = BadLine {
            address,
            weather: Arc::new(Mutex::new(Weather::Fair)),
            to: Arc::new(Mutex::new(portal.to_owned())),
            asked: Arc::default(),
            signed: Arc::default(),
            told: Arc::default(),
        };
        let (weather, to, asked, signed) = (line.weather.clone(), line.to.clone(), line.asked.clone(), line.signed.clone());
        let told = line.told.clone();
        std::thread::spawn(move || {
            for one in listener.incoming().flatten() {
                let (weather, to) = (*weather.lock().expect("it is whole"), to.lock().expect("it is whole").clone());
                asked.fetch_add(1, Ordering::SeqCst);
                // Whatever goes wrong on a bad line is what it is for.
                let (signed, told) = (signed.clone(), told.clone());
                std::thread::spawn(move || drop(carry(one, weather, &to, &signed, &told)));
            }
        });
        line
    }

    pub fn set(&self, weather: Weather) {
        *self.weather.lock().expect("it is whole") = weather;
    }

    pub fn lead_to(&self, portal: &str) {
        portal.clone_into(&mut self.to.lock().expect("it is whole"));
    }
}

fn carry(
    mut asker: TcpStream,
    weather: Weather,
    to: &str,
    signed: &Mutex<Vec<String>>,
    told: &Mutex<Vec<(String, String)>>,
) -> std::io::Result<()> {
    asker.set_read_timeout(Some(Duration::from_secs(10)))?;
    let (head, body) = read_request(&mut asker)?;
    if !body.is_empty() {
        told.lock().expect("it is whole").push((head.clone(), String::from_utf8_lossy(&body).into_owned()));
    }
    let page = "<html><title>Chào mừng đến quán</title>Hãy bấm để dùng mạng</html>";
    match weather {
        Weather::Down => return Ok(()),
        Weather::Captive => {
            return write!(
                asker,
                "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{page}",
                page.len()
            );
        }
        Weather::Ill => return write!(asker, "HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"),
        Weather::NoBulletin if head.contains("/bulletin.json ") => return Ok(()),
        Weather::Fair | Weather::NoBulletin | Weather::Cut(_) | Weather::Twisted => {}
    }
    let mut portal = TcpStream::connect(to.trim_start_matches("http://"))?;
    // One question a connection, so that the answer ends with it.
    let mut lines: Vec<&str> = head.trim_end().split("\r\n").filter(|line| !line.to_ascii_lowercase().starts_with("connection:")).collect();
    lines.push("connection: close");
    portal.write_all(format!("{}\r\n\r\n", lines.join("\r\n")).as_bytes())?;
    portal.write_all(&body)?;
    // Streams have no end that could be waited for.
    if weather == Weather::Fair && !head.contains("/bulletin.json ") {
        // Nor does whoever is gone say so to anybody but the line.
        let (mut left, leads) = (asker.try_clone()?, portal.try_clone()?);
        left.set_read_timeout(None)?;
        std::thread::spawn(move || (std::io::copy(&mut left, &mut std::io::sink()), leads.shutdown(Shutdown::Both)));
        return std::io::copy(&mut portal, &mut asker).map(drop);
    }
    let mut answer = Vec::new();
    portal.read_to_end(&mut answer)?;
    let body = answer.windows(4).position(|four| four == b"\r\n\r\n").map_or(answer.len(), |at| at + 4);
    match weather {
        Weather::Cut(most) => answer.truncate((body + most).min(answer.len())),
        Weather::Twisted if body + 40 < answer.len() => {
            let at = body + (answer.len() - body) / 2;
            answer[at] = if answer[at] == b'a' { b'b' } else { b'a' };
        }
        // Before anybody can have it.
        Weather::Fair if answer.starts_with(b"HTTP/1.1 200") => {
            let is_packed = String::from_utf8_lossy(&answer[..body]).to_ascii_lowercase().contains("content-encoding: gzip");
            let mut text = String::new();
            match is_packed {
                true => flate2::read::GzDecoder::new(&answer[body..]).read_to_string(&mut text)?,
                false => (&answer[body..]).read_to_string(&mut text)?,
            };
            signed.lock().expect("it is whole").push(text);
        }
        _ => {}
    }
    asker.write_all(&answer)
}

/// The head of a question, and what is told with it.
pub fn read_request(stream: &mut TcpStream) -> std::io::Result<(String, Vec<u8>)> {
    let head = read_head(stream)?;
    let length = head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body)?;
    Ok((head, body))
}

fn read_head(stream: &mut TcpStream) -> std::io::Result<String> {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") && head.len() < 64 * 1024 {
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}
