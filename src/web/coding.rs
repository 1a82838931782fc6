//! The content codings of an answer (RFC 9110, §8.4): each made once, by the first who asks for it, and kept beside
//! the answer.

use std::io::Write;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use actix_web::HttpRequest;
use actix_web::http::header::{self, AcceptEncoding, ContentEncoding, Encoding, Header};
use actix_web::web::Bytes;

/// Below this an answer fits its packet as it is.
const WORTH_IT: usize = 1_000;
/// Levels that pack an ordinary page in a few milliseconds. The finest takes a hundred and saves a tenth: it is made
/// for pages that are asked for again, while readers are given the quick one.
const BROTLI: u32 = 6;
const FINEST: u32 = 11;
const BROTLI_WINDOW: u32 = 18;
const ZSTD: i32 = 12;
const GZIP: u32 = 7;

/// Ten packets, and what the finest packing makes of a tenth more.
const NEARLY: std::ops::Range<usize> = 14_600..16_500;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    Plain,
    Brotli,
    Zstd,
    Gzip,
}

#[derive(Debug, Default)]
pub struct Coded {
    quick: [OnceLock<Bytes>; 3],
    finest: OnceLock<Bytes>,
    is_refined: AtomicBool,
}

impl Coding {
    pub const ALL: [Coding; 4] = [Coding::Plain, Coding::Brotli, Coding::Zstd, Coding::Gzip];

    /// The best one that the asker takes, as it says. Who takes nothing that we have gets the plain one all the same
    /// (RFC 9110, §12.5.3).
    fn asked(request: &HttpRequest) -> Coding {
        let mut lines = request.headers().get_all(header::ACCEPT_ENCODING);
        match (lines.next().map(|line| line.as_bytes()), lines.next()) {
            (None, _) => return Coding::Plain,
            // What today's browsers say, without weighing it anew each time.
            (Some(b"gzip, deflate, br, zstd" | b"gzip, deflate, br"), None) => return Coding::Brotli,
            _ => {}
        }
        let ours = [ContentEncoding::Brotli, ContentEncoding::Zstd, ContentEncoding::Gzip].map(Encoding::Known);
        let accepted = AcceptEncoding::parse(request).ok();
        match accepted.and_then(|accepted| accepted.negotiate(ours.iter().chain([&Encoding::identity()]))) {
            Some(Encoding::Known(ContentEncoding::Brotli)) => Coding::Brotli,
            Some(Encoding::Known(ContentEncoding::Zstd)) => Coding::Zstd,
            Some(Encoding::Known(ContentEncoding::Gzip)) => Coding::Gzip,
            _ => Coding::Plain,
        }
    }

    /// What is asked for, where the answer is text and long enough; pictures are packed already.
    pub fn of(request: &HttpRequest, mime: &str, length: usize) -> Coding {
        let is_text = mime.starts_with("text/") || mime.contains("xml") || mime.contains("json");
        if is_text && length >= WORTH_IT { Coding::asked(request) } else { Coding::Plain }
    }

    pub fn name(self) -> Option<&'static str> {
        match self {
            Coding::Plain => None,
            Coding::Brotli => Some("br"),
            Coding::Zstd => Some("zstd"),
            Coding::Gzip => Some("gzip"),
        }
    }

    fn pack(self, plain: &[u8]) -> std::io::Result<Vec<u8>> {
        let mut packed = Vec::with_capacity(plain.len() / 3);
        match self {
            Coding::Plain => packed.extend_from_slice(plain),
            Coding::Brotli => packed = brotli_of(plain, BROTLI)?,
            Coding::Zstd => packed = zstd::bulk::compress(plain, ZSTD)?,
            Coding::Gzip => {
                let mut writer = flate2::write::GzEncoder::new(&mut packed, flate2::Compression::new(GZIP));
                writer.write_all(plain)?;
                writer.finish()?;
            }
        }
        Ok(packed)
    }
}

fn brotli_of(plain: &[u8], quality: u32) -> std::io::Result<Vec<u8>> {
    let mut packed = Vec::with_capacity(plain.len() / 3);
    let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, quality, BROTLI_WINDOW);
    writer.write_all(plain)?;
    // Dropping it writes the end of the stream; `flush` would write an empty block before that.
    drop(writer);
    Ok(packed)
}

impl Coded {
    /// Only if it has been made.
    pub fn ready(&self, coding: Coding, plain: &Bytes) -> Option<Bytes> {
        match coding {
            Coding::Plain => Some(plain.clone()),
            Coding::Brotli => self.finest.get().or(self.quick[0].get()).cloned(),
            Coding::Zstd => self.quick[1].get().cloned(),
            Coding::Gzip => self.quick[2].get().cloned(),
        }
    }

    /// Takes milliseconds the first time.
    pub fn make(&self, coding: Coding, plain: &Bytes) -> Bytes {
        let place = match coding {
            Coding::Plain => return plain.clone(),
            Coding::Brotli => &self.quick[0],
            Coding::Zstd => &self.quick[1],
            Coding::Gzip => &self.quick[2],
        };
        // Writing to memory does not fail; an empty body would be noticed at once.
        place.get_or_init(|| coding.pack(plain).map(Bytes::from).unwrap_or_default()).clone()
    }

    /// Whether it misses what a server sends before it hears from the reader (RFC 6928) by so little that packing it
    /// more finely may save the reader a way there and back: longer than that takes.
    pub fn nearly_fits(&self, coding: Coding) -> bool {
        coding == Coding::Brotli && self.quick[0].get().is_some_and(|packed| NEARLY.contains(&packed.len()))
    }

    /// Whether it could still be packed more finely.
    pub fn is_rough(&self, coding: Coding) -> bool {
        coding == Coding::Brotli && !self.is_refined.load(Ordering::Relaxed)
    }

    /// Whether it is for the asker to have the finest made: true once.
    pub fn may_refine(&self, coding: Coding) -> bool {
        coding == Coding::Brotli && !self.is_refined.swap(true, Ordering::Relaxed)
    }

    /// Takes a tenth of a second.
    pub fn refine(&self, plain: &Bytes) {
        if let Ok(packed) = brotli_of(plain, FINEST) {
            let _ = self.finest.set(packed.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use actix_web::test::TestRequest;
    use proptest::prelude::*;

    use super::*;

    fn asked(field: &str) -> Coding {
        Coding::asked(&TestRequest::default().insert_header((header::ACCEPT_ENCODING, field)).to_http_request())
    }

    #[test]
    fn the_asker_gets_the_best_coding_that_it_takes() {
        assert_eq!(asked("gzip, deflate, br, zstd"), Coding::Brotli);
        assert_eq!(asked("gzip, deflate"), Coding::Gzip);
        assert_eq!(asked("zstd, gzip"), Coding::Zstd);
        assert_eq!(asked("br;q=0.2, gzip;q=0.8"), Coding::Gzip);
        assert!(!matches!(asked("br;q=0, zstd;q=0, *"), Coding::Brotli | Coding::Zstd));
        assert_eq!(asked("*;q=0"), Coding::Plain);
        assert_eq!(asked("identity"), Coding::Plain);
        for broken in ["", ";;;", "br;q=nonsense", "gzip;q=9", ",,,,"] {
            // Any of them will do, so long as there is one.
            let _ = asked(broken);
        }
        assert_eq!(Coding::asked(&TestRequest::default().to_http_request()), Coding::Plain);
    }

    proptest! {
        #[test]
        fn every_coding_unpacks_to_the_same(plain in proptest::collection::vec(any::<u8>(), 0..20_000)) {
            let (coded, plain) = (Coded::default(), Bytes::from(plain));
            let mut unpacked = Vec::new();
            brotli::Decompressor::new(&coded.make(Coding::Brotli, &plain)[..], 4096).read_to_end(&mut unpacked).expect("it is brotli");
            prop_assert_eq!(&unpacked, &plain);
            coded.refine(&plain);
            unpacked.clear();
            let finest = coded.ready(Coding::Brotli, &plain).expect("it was made");
            brotli::Decompressor::new(&finest[..], 4096).read_to_end(&mut unpacked).expect("it is brotli");
            prop_assert_eq!(&unpacked, &plain);
            prop_assert_eq!(zstd::decode_all(&coded.make(Coding::Zstd, &plain)[..]).expect("it is zstd"), &plain[..]);
            unpacked.clear();
            flate2::read::GzDecoder::new(&coded.make(Coding::Gzip, &plain)[..]).read_to_end(&mut unpacked).expect("it is gzip");
            prop_assert_eq!(&unpacked, &plain);
        }
    }
}
