//! Ed25519 (RFC 8032): keys, signatures over exact bytes, and what a key is called. Nothing here prints a private key.

use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, EncodePrivateKey, EncodePublicKey};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use super::refusal::Refusal;
use super::{digest, secret};

pub type Bytes64 = [u8; 64];

/// A private key and its name.
pub struct Signer {
    key: SigningKey,
    id: String,
}

impl Signer {
    /// From 256 bits drawn by the system.
    pub fn draw() -> Result<Signer, Refusal> {
        Ok(Signer::of(SigningKey::from_bytes(&secret::random::<32>()?)))
    }

    fn of(key: SigningKey) -> Signer {
        let id = id(key.verifying_key().as_bytes());
        Signer { key, id }
    }

    /// PKCS#8 in PEM (RFC 8410), as `openssl genpkey -algorithm ed25519` writes it, or base64 of the 32 secret bytes.
    pub fn read(text: &str) -> Option<Signer> {
        let text = text.trim();
        if text.starts_with("-----") {
            return SigningKey::from_pkcs8_pem(text).ok().map(Signer::of);
        }
        let seed: [u8; 32] = digest::of_base64(text)?.try_into().ok()?;
        Some(Signer::of(SigningKey::from_bytes(&seed)))
    }

    /// For the one file that holds it.
    pub fn private_pem(&self) -> Result<String, Refusal> {
        Ok(self.key.to_pkcs8_pem(LineEnding::LF).map_err(Refusal::broken)?.to_string())
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    pub fn public(&self) -> Public {
        Public(self.key.verifying_key())
    }

    pub fn sign(&self, bytes: &[u8]) -> Bytes64 {
        self.key.sign(bytes).to_bytes()
    }
}

/// What the whole world may know of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Public(VerifyingKey);

impl Public {
    /// Base64 of 32 bytes. A key of small order, under which signatures mean nothing, is none.
    pub fn read(text: &str) -> Option<Public> {
        let bytes: [u8; 32] = digest::of_base64(text.trim())?.try_into().ok()?;
        VerifyingKey::from_bytes(&bytes).ok().filter(|key| !key.is_weak()).map(Public)
    }

    pub fn written(&self) -> String {
        digest::base64(self.0.as_bytes())
    }

    pub fn id(&self) -> String {
        id(self.0.as_bytes())
    }

    /// SubjectPublicKeyInfo in PEM (RFC 8410): what `openssl pkeyutl -pubin -inkey` takes.
    pub fn pem(&self) -> Result<String, Refusal> {
        self.0.to_public_key_pem(LineEnding::LF).map_err(Refusal::broken)
    }

    /// Strictly: a signature has one form.
    pub fn verifies(&self, bytes: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|signature| self.0.verify_strict(bytes, &signature).is_ok())
    }
}

/// The first 16 hexadecimal digits of the SHA-256 of a public key.
fn id(public: &[u8; 32]) -> String {
    digest::sha256(public)[..16].to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// RFC 8032, §7.1, test 2.
    #[test]
    fn signatures_are_those_of_the_standard() {
        let seed = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
        let bytes =
            |hex: &str| (0..hex.len() / 2).map(|at| u8::from_str_radix(&hex[at * 2..at * 2 + 2], 16).expect("hex")).collect::<Vec<_>>();
        let signer = Signer::read(&digest::base64(&bytes(seed))).expect("32 bytes");
        assert_eq!(digest::hex(signer.key.verifying_key().as_bytes()), "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        assert!(digest::hex(&signer.sign(&[0x72])).starts_with("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"));
    }

    #[test]
    fn a_key_goes_into_its_file_and_comes_out_the_same() {
        let signer = Signer::draw().expect("the system gives random bytes");
        let again = Signer::read(&signer.private_pem().expect("it can be written")).expect("it can be read");
        assert_eq!((again.id(), again.public()), (signer.id(), signer.public()));
        assert_eq!(Public::read(&signer.public().written()), Some(signer.public()));
        assert_eq!(signer.public().id(), signer.id());
        for broken in ["", "AAAA", "-----BEGIN PRIVATE KEY-----\nMC4=\n-----END PRIVATE KEY-----"] {
            assert!(Signer::read(broken).is_none(), "{broken}");
        }
        assert!(Public::read(&digest::base64(&[0; 32])).is_none(), "a key of small order");
    }

    proptest! {
        #[test]
        fn a_signature_holds_for_its_bytes_and_for_no_other(text in proptest::collection::vec(any::<u8>(), 1..200), at in any::<prop::sample::Index>(), bit in 0u8..8) {
            let signer = Signer::draw().expect("the system gives random bytes");
            let signature = signer.sign(&text);
            prop_assert!(signer.public().verifies(&text, &signature));
            let mut other = text.clone();
            other[at.index(text.len())] ^= 1 << bit;
            prop_assert!(!signer.public().verifies(&other, &signature));
            let mut forged = signature;
            forged[at.index(64)] ^= 1 << bit;
            prop_assert!(!signer.public().verifies(&text, &forged));
            prop_assert!(!signer.public().verifies(&text, &signature[..63]));
        }
    }
}
