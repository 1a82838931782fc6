//! One question of a program, with everything that is known of who asks; and what is answered.

use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::problem::Fault;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::person::session::Limits;
use crate::person::{Act, Actor, Who, token};
use crate::store::{Conn, Reader};
use crate::web::Web;

pub struct Ask {
    pub web: Data<Web>,
    pub now: Moment,
    pub lang: Lang,
    pub who: Who,
    /// What the program has shown, and what the site asks of its owner.
    pub token: String,
    pub limits: Limits,
    pub query: String,
    pub body: Bytes,
    /// The seals that a condition names; `None`: there is no condition.
    pub if_match: Option<Vec<String>>,
    pub parts: Vec<(String, String)>,
}

pub struct Reply {
    pub status: StatusCode,
    pub body: Value,
    /// A seal.
    pub etag: Option<String>,
    pub location: Option<String>,
}

pub type Handler = fn(&Ask) -> Result<Reply, Fault>;

impl Reply {
    pub fn of(body: impl Serialize) -> Result<Reply, Fault> {
        let body = serde_json::to_value(body).map_err(Refusal::broken)?;
        Ok(Reply { status: StatusCode::OK, body, etag: None, location: None })
    }

    pub fn sealed(self, seal: &str) -> Reply {
        Reply { etag: Some(seal.to_owned()), ..self }
    }

    pub fn made(self, location: String) -> Reply {
        Reply { status: StatusCode::CREATED, location: Some(location), ..self }
    }
}

impl Ask {
    pub fn act(&self) -> Act<'_> {
        Act { now: self.now, who: &self.who }
    }

    pub fn actor(&self) -> Result<&Actor, Fault> {
        Ok(self.who.actor().ok_or(Refusal::Forbidden)?)
    }

    pub fn read(&self) -> Result<Reader, Fault> {
        Ok(self.web.store.read()?)
    }

    /// One transaction, in the name of the token's owner as he stands when it begins. Errors: `Forbidden` where the token
    /// has been taken away meanwhile.
    pub fn write<T>(&self, verb: impl FnOnce(&mut Conn, Act) -> Result<T, Refusal>) -> Result<T, Fault> {
        let from = self.actor()?.from;
        Ok(self.web.store.write(|c| {
            let (actor, _) = token::at_door(c, &self.token, from, self.now, &self.limits)?.ok_or(Refusal::Forbidden)?;
            let who = Who::Person(actor);
            verb(c, Act { now: self.now, who: &who })
        })?)
    }

    /// A part of the path that is a number of ours. Errors: `Missing` for what is none.
    pub fn id(&self, name: &str) -> Result<i64, Fault> {
        let part = self.parts.iter().find(|(known, _)| known == name).map_or("", |(_, part)| part);
        let read = part.parse::<i64>().ok().filter(|id| *id > 0 && id.to_string() == part);
        Ok(read.ok_or(Refusal::Missing)?)
    }

    /// That it is what the program saw, where it says what that was; the door asks for it where it must.
    pub fn seal(&self, current: &str) -> Result<(), Refusal> {
        match &self.if_match {
            Some(seals) if seals.iter().any(|seal| seal == current) => Ok(()),
            Some(_) => Err(Refusal::Stale),
            None => Ok(()),
        }
    }

    /// No text that is sent holds U+0000, which no store takes. Errors: 400.
    pub fn body<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        let unread = |error: serde_json::Error| Fault::Http(StatusCode::BAD_REQUEST, "json", error.to_string());
        let sent: Value =
            if self.body.is_empty() { Value::Object(Default::default()) } else { serde_json::from_slice(&self.body).map_err(unread)? };
        if has_null(&sent) {
            return Err(Fault::Http(StatusCode::BAD_REQUEST, "json", "U+0000".to_owned()));
        }
        // A list would be read as a shape's members in their order.
        if !sent.is_object() {
            return Err(Fault::http(StatusCode::BAD_REQUEST, "json"));
        }
        serde_json::from_value(sent).map_err(unread)
    }

    /// Errors: 400 for a name or a value that the question does not know.
    pub fn query<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        let unread = |more: String| Fault::Http(StatusCode::BAD_REQUEST, "query", more);
        if self.query.contains("%00") {
            return Err(unread("U+0000".to_owned()));
        }
        actix_web::web::Query::<T>::from_query(&self.query).map(|read| read.into_inner()).map_err(|error| unread(error.to_string()))
    }
}

fn has_null(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(has_null),
        Value::Object(entries) => entries.iter().any(|(name, value)| name.contains('\0') || has_null(value)),
        _ => false,
    }
}
