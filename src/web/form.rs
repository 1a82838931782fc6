//! The compressed forms of an answer (RFC 9110, §8.4): each made once, by the first who asks for it, and kept beside
//! the answer.

use std::io::Write;
use std::sync::OnceLock;

use actix_web::HttpRequest;
use actix_web::http::header::{self, AcceptEncoding, ContentEncoding, Encoding, Header};
use actix_web::web::Bytes;

use super::answer::Answer;

/// Below this an answer fits its packet as it is.
const WORTH_IT: usize = 1_000;
/// Levels that pack an ordinary page in a few milliseconds. The highest ones take a hundred, for a few bytes in a
/// hundred.
const BROTLI: u32 = 6;
const BROTLI_WINDOW: u32 = 18;
const ZSTD: i32 = 12;
const GZIP: u32 = 7;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Plain,
    Brotli,
    Zstd,
    Gzip,
}

#[derive(Debug, Default)]
pub struct Forms([OnceLock<Bytes>; 3]);

impl Form {
    /// The best one that the asker takes, as it says. Who takes nothing that we have gets the plain one all the same
    /// (RFC 9110, §12.5.3).
    fn asked(request: &HttpRequest) -> Form {
        let mut lines = request.headers().get_all(header::ACCEPT_ENCODING);
        match (lines.next().map(|line| line.as_bytes()), lines.next()) {
            (None, _) => return Form::Plain,
            // What today's browsers say, without weighing it anew each time.
            (Some(b"gzip, deflate, br, zstd" | b"gzip, deflate, br"), None) => return Form::Brotli,
            _ => {}
        }
        let ours = [ContentEncoding::Brotli, ContentEncoding::Zstd, ContentEncoding::Gzip].map(Encoding::Known);
        let accepted = AcceptEncoding::parse(request).ok();
        match accepted.and_then(|accepted| accepted.negotiate(ours.iter().chain([&Encoding::identity()]))) {
            Some(Encoding::Known(ContentEncoding::Brotli)) => Form::Brotli,
            Some(Encoding::Known(ContentEncoding::Zstd)) => Form::Zstd,
            Some(Encoding::Known(ContentEncoding::Gzip)) => Form::Gzip,
            _ => Form::Plain,
        }
    }

    /// What is asked for, where the answer is text and long enough; pictures are packed already.
    pub fn of(request: &HttpRequest, answer: &Answer) -> Form {
        let is_text = answer.mime.starts_with("text/") || answer.mime.contains("xml") || answer.mime.contains("json");
        if is_text && answer.body.len() >= WORTH_IT { Form::asked(request) } else { Form::Plain }
    }

    pub fn name(self) -> Option<&'static str> {
        match self {
            Form::Plain => None,
            Form::Brotli => Some("br"),
            Form::Zstd => Some("zstd"),
            Form::Gzip => Some("gzip"),
        }
    }

    fn pack(self, plain: &[u8]) -> std::io::Result<Vec<u8>> {
        let mut packed = Vec::with_capacity(plain.len() / 3);
        match self {
            Form::Plain => packed.extend_from_slice(plain),
            Form::Brotli => {
                let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, BROTLI, BROTLI_WINDOW);
                writer.write_all(plain)?;
                writer.flush()?;
            }
            Form::Zstd => packed = zstd::bulk::compress(plain, ZSTD)?,
            Form::Gzip => {
                let mut writer = flate2::write::GzEncoder::new(&mut packed, flate2::Compression::new(GZIP));
                writer.write_all(plain)?;
                writer.finish()?;
            }
        }
        Ok(packed)
    }
}

impl Forms {
    /// Only if it has been made.
    pub fn ready(&self, form: Form, plain: &Bytes) -> Option<Bytes> {
        match form {
            Form::Plain => Some(plain.clone()),
            Form::Brotli => self.0[0].get().cloned(),
            Form::Zstd => self.0[1].get().cloned(),
            Form::Gzip => self.0[2].get().cloned(),
        }
    }

    /// Takes milliseconds the first time.
    pub fn make(&self, form: Form, plain: &Bytes) -> Bytes {
        let place = match form {
            Form::Plain => return plain.clone(),
            Form::Brotli => &self.0[0],
            Form::Zstd => &self.0[1],
            Form::Gzip => &self.0[2],
        };
        // Writing to memory does not fail; an empty body would be noticed at once.
        place.get_or_init(|| form.pack(plain).map(Bytes::from).unwrap_or_default()).clone()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use actix_web::test::TestRequest;
    use proptest::prelude::*;

    use super::*;

    fn asked(field: &str) -> Form {
        Form::asked(&TestRequest::default().insert_header((header::ACCEPT_ENCODING, field)).to_http_request())
    }

    #[test]
    fn the_asker_gets_the_best_form_that_it_takes() {
        assert_eq!(asked("gzip, deflate, br, zstd"), Form::Brotli);
        assert_eq!(asked("gzip, deflate"), Form::Gzip);
        assert_eq!(asked("zstd, gzip"), Form::Zstd);
        assert_eq!(asked("br;q=0.2, gzip;q=0.8"), Form::Gzip);
        assert!(!matches!(asked("br;q=0, zstd;q=0, *"), Form::Brotli | Form::Zstd));
        assert_eq!(asked("*;q=0"), Form::Plain);
        assert_eq!(asked("identity"), Form::Plain);
        for broken in ["", ";;;", "br;q=nonsense", "gzip;q=9", "đá, br\u{7f}", ",,,,"] {
            // Any of the forms will do, so long as there is one.
            let _ = asked(broken);
        }
        assert_eq!(Form::asked(&TestRequest::default().to_http_request()), Form::Plain);
    }

    proptest! {
        #[test]
        fn every_form_unpacks_to_the_same(plain in proptest::collection::vec(any::<u8>(), 0..20_000)) {
            let (forms, plain) = (Forms::default(), Bytes::from(plain));
            let mut unpacked = Vec::new();
            brotli::Decompressor::new(&forms.make(Form::Brotli, &plain)[..], 4096).read_to_end(&mut unpacked).expect("it is brotli");
            prop_assert_eq!(&unpacked, &plain);
            prop_assert_eq!(zstd::decode_all(&forms.make(Form::Zstd, &plain)[..]).expect("it is zstd"), &plain[..]);
            unpacked.clear();
            flate2::read::GzDecoder::new(&forms.make(Form::Gzip, &plain)[..]).read_to_end(&mut unpacked).expect("it is gzip");
            prop_assert_eq!(&unpacked, &plain);
        }
    }
}
