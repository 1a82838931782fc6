//! XML read in pieces, none of which is long. A list of abbreviations (DTD) is refused: no spreadsheet has one, and they hide things.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, BufRead, Read};

use quick_xml::Reader;
use quick_xml::events::attributes::AttrError;
use quick_xml::events::{BytesEnd, BytesStart, Event};

use super::Bad;
use super::limits::{LEAST_TAG, MOST_NESTED, MOST_PIECE, MOST_UNPACKED, too_large};

pub(super) enum Piece<'x> {
    Open(Tag<'x>),
    Close(BytesEnd<'x>),
    Text(Cow<'x, str>),
    End,
}

pub(super) struct Tag<'x>(BytesStart<'x>);

impl Tag<'_> {
    /// `row` of `<x:row>`. In XLSX writers choose the prefix.
    pub fn local(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// `table:table-row`. In ODS everybody writes the same prefixes, and one name stands under two of them.
    pub fn name(&self) -> &str {
        self.0.name().into_inner()
    }

    /// What is said under these names, in their order; under a name without prefix whatever prefix it bears. `Err` for what is
    /// no XML.
    pub fn said<const N: usize>(&self, names: [&str; N]) -> Result<[Option<String>; N], quick_xml::Error> {
        let mut said = [const { None }; N];
        for attribute in self.0.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error: AttrError| quick_xml::Error::from(error))?;
            let (name, local) = (attribute.key.into_inner(), attribute.key.local_name().into_inner());
            for (place, wanted) in said.iter_mut().zip(names) {
                if name == wanted || local == wanted && !name.starts_with("xmlns") {
                    *place = Some(attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0)?.into_owned());
                }
            }
        }
        Ok(said)
    }
}

pub(super) struct Xml<'t, R: Read> {
    reader: Reader<Metered<'t, R>>,
    piece: Vec<u8>,
    depth: usize,
    part: String,
}

impl<'t, R: Read> Xml<'t, R> {
    /// `part`: what it is called when it is broken. `unpacked`: bytes that may still be read.
    pub fn new(from: R, part: &str, unpacked: &'t Cell<u64>) -> Xml<'t, R> {
        let metered = Metered { from: io::BufReader::with_capacity(64 * 1024, from), unpacked, piece: MOST_PIECE };
        let mut reader = Reader::from_reader(metered);
        reader.config_mut().expand_empty_elements = true;
        Xml { reader, piece: Vec::new(), depth: 0, part: part.to_owned() }
    }

    /// The part as a whole is broken.
    pub fn broken(&self) -> Bad {
        Bad::Broken { what: self.part.clone() }
    }

    /// What a tag says; see [`Tag::said`].
    pub fn said<const N: usize>(&self, said: Result<[Option<String>; N], quick_xml::Error>) -> Result<[Option<String>; N], Bad> {
        said.map_err(|_| self.broken())
    }

    /// The next piece that means something. Errors: `Broken`, `TooLarge`.
    pub fn next(&mut self) -> Result<Piece<'_>, Bad> {
        // A piece ago something long may have been read.
        if self.piece.capacity() > 2 * MOST_PIECE {
            self.piece = Vec::new();
        }
        self.piece.clear();
        self.reader.get_mut().piece = MOST_PIECE;
        loop {
            // The borrow checker does not see that a piece given back ends the loop, so what is passed over is passed over here.
            let kind = match self.reader.read_event_into(&mut self.piece) {
                Ok(Event::Comment(_) | Event::PI(_) | Event::Decl(_)) => None,
                Ok(event) => Some(event.into_owned()),
                Err(_) => return Err(self.why()),
            };
            let Some(event) = kind else {
                self.piece.clear();
                self.reader.get_mut().piece = MOST_PIECE;
                continue;
            };
            return match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    let metered = self.reader.get_mut();
                    let short = LEAST_TAG.saturating_sub(tag.len()) as u64;
                    metered.unpacked.set(metered.unpacked.get().saturating_sub(short));
                    if self.depth > MOST_NESTED {
                        return Err(too_large("elements one in another", MOST_NESTED));
                    }
                    Ok(Piece::Open(Tag(tag)))
                }
                Event::End(tag) => {
                    self.depth = self.depth.saturating_sub(1);
                    Ok(Piece::Close(tag))
                }
                Event::Text(text) => Ok(Piece::Text(Cow::Owned(text.xml10_content().into_owned()))),
                Event::CData(text) => Ok(Piece::Text(Cow::Owned(text.xml10_content().into_owned()))),
                Event::GeneralRef(name) => match name.resolve_char_ref() {
                    Ok(Some(letter)) => Ok(Piece::Text(Cow::Owned(letter.to_string()))),
                    Ok(None) => match quick_xml::escape::resolve_predefined_entity(&name) {
                        Some(letter) => Ok(Piece::Text(Cow::Borrowed(letter))),
                        None => Err(self.broken()),
                    },
                    Err(_) => Err(self.broken()),
                },
                Event::Eof if self.depth == 0 => Ok(Piece::End),
                _ => Err(self.broken()),
            };
        }
    }

    /// To the end of the element that was just opened.
    pub fn skip(&mut self) -> Result<(), Bad> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if let Piece::End = self.next()? {
                return Err(self.broken());
            }
        }
        Ok(())
    }

    fn why(&mut self) -> Bad {
        let metered = self.reader.get_mut();
        if metered.unpacked.get() == 0 {
            too_large("bytes unpacked", MOST_UNPACKED as usize)
        } else if metered.piece == 0 {
            too_large("bytes of a piece of XML", MOST_PIECE)
        } else {
            self.broken()
        }
    }
}

/// Counts what passes, and ends when it is too much.
struct Metered<'t, R> {
    from: io::BufReader<R>,
    unpacked: &'t Cell<u64>,
    /// Bytes that the piece now read may still take.
    piece: usize,
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let length = ready.len().min(into.len());
        if let (Some(into), Some(ready)) = (into.get_mut(..length), ready.get(..length)) {
            into.copy_from_slice(ready);
        }
        self.consume(length);
        Ok(length)
    }
}

impl<R: Read> BufRead for Metered<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.piece == 0 || self.unpacked.get() == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.from.fill_buf()
    }

    fn consume(&mut self, length: usize) {
        self.piece = self.piece.saturating_sub(length);
        self.unpacked.set(self.unpacked.get().saturating_sub(length as u64));
        self.from.consume(length);
    }
}
