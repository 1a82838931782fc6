//! A long answer made piece by piece while it is sent: never whole in memory, and no faster than its reader takes it.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use actix_web::body::{BodySize, MessageBody};
use actix_web::rt::task::{JoinHandle, spawn_blocking};
use actix_web::web::Bytes;

use crate::kit::refusal::Refusal;

/// Gives the next piece; `None` after the last. It may wait for the database, so it is asked away from the server's threads.
pub type Source = Box<dyn FnMut() -> Result<Option<Bytes>, Refusal> + Send>;

/// A source given back with what it gave.
type Piece = (Source, Result<Option<Bytes>, Refusal>);

pub struct Stream {
    source: Option<Source>,
    making: Option<JoinHandle<Piece>>,
}

impl Stream {
    pub fn of(source: Source) -> Stream {
        Stream { source: Some(source), making: None }
    }
}

impl MessageBody for Stream {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    /// An error breaks the connection off, so that nobody takes a part for the whole.
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        loop {
            if let Some(mut source) = self.source.take() {
                self.making = Some(spawn_blocking(move || {
                    let piece = source();
                    (source, piece)
                }));
            }
            let Some(making) = &mut self.making else { return Poll::Ready(None) };
            let made = ready!(Pin::new(making).poll(context));
            self.making = None;
            return Poll::Ready(match made {
                Ok((source, Ok(Some(piece)))) => {
                    self.source = Some(source);
                    // In HTTP/1.1 an empty piece is the end.
                    if piece.is_empty() {
                        continue;
                    }
                    Some(Ok(piece))
                }
                Ok((_, Ok(None))) => None,
                Ok((_, Err(refusal))) => {
                    tracing::error!("a long answer broke off: {refusal}");
                    Some(Err(refusal.to_string().into()))
                }
                Err(cancelled) => Some(Err(cancelled.into())),
            });
        }
    }
}
