//! What only its owner may know: passwords as argon2id hashes, and secrets drawn at random, of which only digests are
//! kept. Nothing here prints a secret.

use std::sync::{Condvar, LazyLock, Mutex, PoisonError};

use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};
use rand::TryRng;
use rand::rngs::SysRng;
use subtle::ConstantTimeEq;

use super::digest;
use super::refusal::Refusal;
use crate::phrase;

/// OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Hashings at once: each takes a core and 19 MiB, and readers need both.
const AT_ONCE: usize = 2;
/// Whoever comes when so many wait is told to come again.
const MOST_WAITING: usize = 64;
const MOST_LATE: usize = 8;
/// Crockford's letters: none is taken for another.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

fn argon2() -> Result<Argon2<'static>, Refusal> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(Refusal::broken)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// A PHC string with a salt of its own.
pub fn hash(password: &str) -> Result<String, Refusal> {
    let _turn = TURNS.take()?;
    Ok(argon2()?.hash_password(password.as_bytes()).map_err(Refusal::broken)?.to_string())
}

/// Against no hash it takes as long and is false: the time does not tell whether an account exists.
pub fn verify(password: &str, hash: Option<&str>) -> Result<bool, Refusal> {
    // Of a password that nobody knows.
    static NOBODYS: LazyLock<Result<String, String>> =
        LazyLock::new(|| token().and_then(|token| self::hash(&token)).map_err(|refusal| refusal.to_string()));
    let nobodys = NOBODYS.as_ref().map_err(Refusal::broken)?;
    let _turn = TURNS.take()?;
    let held = PasswordHash::new(hash.unwrap_or(nobodys)).map_err(Refusal::broken)?;
    let is_right = argon2()?.verify_password(password.as_bytes(), &held).is_ok();
    Ok(is_right && hash.is_some())
}

/// For whoever comes where others have just been wrong again and again: one of these at a time, so that they hold up
/// nobody who comes from elsewhere. False where too many wait already.
pub fn verify_late(password: &str, hash: Option<&str>) -> Result<bool, Refusal> {
    let Ok(_turn) = LATE.take() else { return Ok(false) };
    verify(password, hash)
}

/// 256 random bits as 64 hexadecimal digits.
pub fn token() -> Result<String, Refusal> {
    Ok(digest::hex(&random::<32>()?))
}

/// What is kept of a token: it was drawn from so many that no salt is needed.
pub fn digest_of(token: &str) -> String {
    digest::sha256(token.as_bytes())
}

/// Sixty random bits in a form that people copy from paper: `7k2m-9qx4-c0dn`.
pub fn code() -> Result<String, Refusal> {
    let letters: Vec<char> = random::<12>()?.iter().map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect();
    Ok(letters.chunks(4).map(|chunk| chunk.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}

/// A code as it may be typed: capitals, spaces, and the letters that look like digits.
pub fn plain_code(typed: &str) -> String {
    let letters = typed.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| match c.to_ascii_lowercase() {
        'o' => '0',
        'i' | 'l' => '1',
        other => other,
    });
    letters.collect()
}

pub fn random<const N: usize>() -> Result<[u8; N], Refusal> {
    let mut bytes = [0; N];
    SysRng.try_fill_bytes(&mut bytes).map_err(Refusal::broken)?;
    Ok(bytes)
}

/// Takes as long for a wrong first letter as for a wrong last one.
pub fn is_same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

static TURNS: Turns = Turns::of(AT_ONCE, MOST_WAITING);
static LATE: Turns = Turns::of(1, MOST_LATE);

/// Who is hashing, and who waits to.
struct Turns {
    at_once: usize,
    most_waiting: usize,
    held: Mutex<(usize, usize)>,
    free: Condvar,
}

struct Turn(&'static Turns);

impl Turns {
    const fn of(at_once: usize, most_waiting: usize) -> Turns {
        Turns { at_once, most_waiting, held: Mutex::new((0, 0)), free: Condvar::new() }
    }

    fn take(&'static self) -> Result<Turn, Refusal> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.0 >= self.at_once {
            if held.1 >= self.most_waiting {
                return Err(Refusal::Trouble(phrase!("person-busy")));
            }
            held.1 += 1;
            held = self.free.wait_while(held, |held| held.0 >= self.at_once).unwrap_or_else(PoisonError::into_inner);
            held.1 -= 1;
        }
        held.0 += 1;
        Ok(Turn(self))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.held.lock().unwrap_or_else(PoisonError::into_inner).0 -= 1;
        self.0.free.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_again_and_its_hash_tells_nothing_of_another() {
        let hash = hash("con cò bay lả bay la").expect("there is room");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(verify("con cò bay lả bay la", Some(&hash)).expect("it runs"));
        assert!(!verify("con cò bay lả bay lả", Some(&hash)).expect("it runs"));
        assert!(!verify("con cò bay lả bay la", None).expect("it runs"), "nobody's account opens to nobody");
        assert_ne!(hash, self::hash("con cò bay lả bay la").expect("there is room"), "each has a salt of its own");
    }

    #[test]
    fn no_more_than_two_hash_at_once_and_the_others_wait() {
        static ROOM: Turns = Turns::of(2, 64);
        let (first, second) = (ROOM.take().expect("room"), ROOM.take().expect("room"));
        let third = std::thread::spawn(|| ROOM.take().map(|_turn| ROOM.held.lock().expect("nobody panicked").0));
        while ROOM.held.lock().expect("nobody panicked").1 == 0 {
            std::thread::yield_now();
        }
        drop(first);
        assert_eq!(third.join().expect("it ended").expect("its turn came"), 2);
        drop(second);
        assert_eq!(*ROOM.held.lock().expect("nobody panicked"), (0, 0));
    }

    #[test]
    fn a_code_survives_being_copied_by_hand() {
        let code = code().expect("there is chance");
        assert_eq!(code.len(), 14);
        assert_eq!(plain_code(&code.to_uppercase().replace('-', " ").replace('0', "O").replace('1', "l")), plain_code(&code));
        assert!(is_same("abc", "abc") && !is_same("abc", "abd") && !is_same("abc", "ab"));
    }
}
