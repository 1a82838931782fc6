//! Passwords: long rather than odd (NIST SP 800-63B-4, §3.1.1.2). Judged here, without asking anybody outside: by
//! length, by a list of what people in this country and elsewhere use, by what is known of the account, and by a guesser.

use std::collections::HashSet;
use std::sync::LazyLock;

use diesel::prelude::*;

use super::roll::{self, Person, facts};
use super::throttle::{self, Gate, Knock};
use super::{Act, Door, Who, fault, session, token};
use crate::kit::fold::{fold, nfc};
use crate::kit::refusal::Refusal;
use crate::kit::secret;
use crate::kit::words::Phrase;
use crate::phrase;
use crate::store::schema::{persons, units};
use crate::store::{Conn, Store};

pub const LEAST: usize = 10;
pub const MOST: usize = 200;
/// The guesser takes long over long texts, and what long texts begin with tells enough.
const GUESSED: usize = 60;
/// A shorter name is a syllable that stands in many words.
const LEAST_NAME: usize = 5;
/// What a bare word becomes long with.
const FILLING: [char; 10] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];

static COMMON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("common_passwords.txt").lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
});

/// As it is compared: one and the same, whichever way a keyboard composes its accents.
pub fn normal(typed: &str) -> String {
    // Nobody's password is longer: what is, fails.
    nfc(&typed.chars().take(MOST + 1).collect::<String>())
}

/// What an attacker tries first: the account's own names, the site's and its units'.
pub fn known_of(c: &mut Conn, login: &str, name: &str, site: &str, person: Option<i64>) -> Result<Vec<String>, Refusal> {
    let mut known = vec![login.to_owned(), name.to_owned(), site.to_owned()];
    if let Some(person) = person {
        let ids: Vec<i64> = roll::held(c, person)?.iter().filter_map(|grant| grant.unit_id).collect();
        known.extend(units::table.filter(units::id.eq_any(&ids)).select(units::name).load::<String>(c)?);
    }
    Ok(known)
}

/// What is to be done about it. `Ok`: nothing.
pub fn judge(typed: &str, known: &[String]) -> Result<(), Phrase> {
    let password = normal(typed);
    let length = password.chars().count();
    if length < LEAST {
        return Err(phrase!("password-short", least = LEAST));
    }
    if length > MOST {
        return Err(phrase!("password-long", most = MOST));
    }
    let bare = bare(&password);
    let core = bare.trim_matches(FILLING);
    if COMMON.contains(bare.as_str()) || COMMON.contains(core) || COMMON.contains(unleeted(&password).as_str()) {
        return Err(phrase!("password-common"));
    }
    let names: Vec<String> = known.iter().flat_map(|name| [self::bare(name), last_two(name)]).collect();
    if names.iter().any(|name| name.len() >= LEAST_NAME && bare.contains(name.as_str())) {
        return Err(phrase!("password-named"));
    }
    if is_monotonous(&password) {
        return Err(phrase!("password-monotonous"));
    }
    let guessed: String = fold(&password).chars().take(GUESSED).collect();
    let inputs: Vec<&str> = names.iter().map(String::as_str).chain(COMMON.iter().copied()).collect();
    if zxcvbn::zxcvbn(&guessed, &inputs).score() < zxcvbn::Score::Three {
        return Err(phrase!("password-guessable"));
    }
    Ok(())
}

/// Letters and digits without accents, in lower case.
fn bare(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// `Trần Thị Thắm` is called `thitham` or `thamtran`, and signs so.
fn last_two(name: &str) -> String {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(' ').collect();
    match words.as_slice() {
        [.., one, other] => format!("{one}{other}"),
        _ => String::new(),
    }
}

/// `m@tkh4u` as it is meant.
fn unleeted(password: &str) -> String {
    let signs: String = password
        .trim_matches(|c: char| !c.is_alphabetic() && !matches!(c, '@' | '$'))
        .chars()
        .map(|c| match c {
            '0' => 'o',
            '1' | '!' => 'i',
            '3' => 'e',
            '4' | '@' => 'a',
            '5' | '$' => 's',
            '7' => 't',
            other => other,
        })
        .collect();
    bare(&signs)
}

/// Few letters, or one short piece again and again, or steps of one.
fn is_monotonous(password: &str) -> bool {
    let letters: Vec<char> = fold(password).chars().filter(|c| !c.is_whitespace()).collect();
    let distinct: HashSet<char> = letters.iter().copied().collect();
    let repeats = |length: usize| letters.chunks(length).all(|chunk| letters.starts_with(chunk));
    let steps = |by: i64| letters.windows(2).filter(|pair| i64::from(pair[1] as u32) - i64::from(pair[0] as u32) == by).count();
    distinct.len() < 5 || (1..=letters.len() / 3).any(repeats) || [1, -1].into_iter().any(|by| steps(by) * 4 >= letters.len() * 3)
}

/// Errors: `Issues` at the field `password`.
pub fn must_be_good(typed: &str, known: &[String]) -> Result<(), Refusal> {
    judge(typed, known).map_err(|phrase| fault("password", phrase))
}

/// Writes a hash down. Everything that was opened with the one before is shut, but for one session: also what a program
/// was let do, for whoever had the session may have made its token.
pub(super) fn keep(c: &mut Conn, act: Act, person: i64, hash: &str, but: Option<i64>) -> Result<(), Refusal> {
    diesel::update(persons::table.find(person)).set(persons::password_hash.eq(hash)).execute(c)?;
    session::revoke_others(c, act.now, person, but)?;
    token::revoke_all(c, act, person)?;
    roll::record(c, act, "password_set", person, facts([]))
}

/// That whoever sits in a session has just given its owner's password.
pub struct Proven {
    person: i64,
    held: Option<String>,
}

impl Proven {
    /// In the transaction of what it was given for. Errors: `Stale` where the password has become another one meanwhile.
    pub(super) fn take(&self, c: &mut Conn, act: Act) -> Result<(), Refusal> {
        let person = owner(c, act)?;
        if person.id != self.person || person.password_hash != self.held {
            return Err(Refusal::Stale);
        }
        throttle::forgive(c, &knock_of(act, &person.login), act.now)
    }
}

/// Compares outside of any transaction, for it takes long. Errors: `Issues` at `field`, also for whoever has to wait.
pub fn prove(store: &Store, act: Act, field: &str, typed: &str) -> Result<Proven, Refusal> {
    let person = owner(&mut *store.read()?, act)?;
    if let Some(seconds) = store.write(|c| throttle::knock(c, &knock_of(act, &person.login), act.now))? {
        return Err(fault(field, throttle::said(seconds)));
    }
    if !secret::verify(&normal(typed), person.password_hash.as_deref())? {
        return Err(fault(field, phrase!("password-old-wrong")));
    }
    Ok(Proven { person: person.id, held: person.password_hash })
}

/// Whoever sits in a session of his own is known where he is.
fn knock_of<'k>(act: Act<'k>, login: &'k str) -> Knock<'k> {
    Knock { gate: Gate::Password, login, from: act.who.actor().and_then(|actor| actor.from), is_known: true }
}

fn owner(c: &mut Conn, act: Act) -> Result<Person, Refusal> {
    match act.who {
        Who::Person(actor) if actor.door == Door::Desk => roll::with_id(c, actor.id),
        _ => Err(Refusal::Forbidden),
    }
}

/// A password to be, and the proof that its owner asks for it.
pub struct Change {
    proven: Proven,
    hash: String,
}

/// One's own, against the one before. `site`: its name. Errors: `Issues` at `old` or `password`.
pub fn prepare(store: &Store, act: Act, old: &str, new: &str, site: &str) -> Result<Change, Refusal> {
    let known = {
        let mut c = store.read()?;
        let person = owner(&mut c, act)?;
        known_of(&mut c, &person.login, &person.name, site, Some(person.id))?
    };
    // Before the old one is compared: nobody learns by it anything but his own new password's faults.
    must_be_good(new, &known)?;
    let proven = prove(store, act, "old", old)?;
    Ok(Change { proven, hash: secret::hash(&normal(new))? })
}

/// Gives the session's new token.
pub fn change(c: &mut Conn, act: Act, session: i64, change: &Change) -> Result<String, Refusal> {
    change.proven.take(c, act)?;
    keep(c, act, change.proven.person, &change.hash, Some(session))?;
    session::renew(c, session)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(typed: &str) -> Option<&'static str> {
        let known = ["tham.tran", "Trần Thị Thắm", "Bảng Tin Hương Lúa", "Đông Kiều"].map(str::to_owned);
        judge(typed, &known).err().map(|phrase| phrase.key)
    }

    #[test]
    fn what_people_use_is_refused_with_what_to_do() {
        for (typed, key) in [
            ("matkhau", "password-short"),
            ("Mật khẩu 123", "password-common"),
            ("m@tkh4u2024", "password-common"),
            ("anhyeuem123456", "password-common"),
            ("ANHYEUEM1999", "password-common"),
            ("qwertyuiop", "password-common"),
            ("1234567890", "password-common"),
            ("p4ssw0rd2024", "password-common"),
            ("tham.tran 91 gạo", "password-named"),
            ("TrầnThịThắm-gạo", "password-named"),
            ("đồng kiều là nhà", "password-named"),
            ("aaaaaaaaaaaa", "password-monotonous"),
            ("abcabcabcabc", "password-monotonous"),
            ("mnopqrstuvw", "password-monotonous"),
            ("2019202020212022", "password-guessable"),
            ("21/11/2026", "password-guessable"),
        ] {
            assert!(said(typed).is_some(), "{typed} passes");
            if key != "password-guessable" {
                assert_eq!(said(typed), Some(key), "{typed}");
            }
        }
        assert_eq!(said(&"gạo ".repeat(60)), Some("password-long"));
    }

    #[test]
    fn a_sentence_of_ones_own_is_welcome() {
        for typed in ["trâu vàng uống nước sông xanh", "7 con vịt qua cầu khỉ", "vK8#qPz!2mLx", "giếng làng năm ấy cạn trơ"]
        {
            assert_eq!(said(typed), None, "{typed}");
        }
        let decomposed: String = unicode_normalization::UnicodeNormalization::nfd("trâu vàng").collect();
        assert_eq!(normal(&decomposed), normal("trâu vàng"), "every keyboard writes the same password");
    }
}
