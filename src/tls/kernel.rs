//! What a kernel needs to do the records of a session by itself.

use core::fmt;
use core::hint::black_box;

use super::options::Version;

/// What encrypts records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cipher {
    /// AES-128-GCM.
    Aes128Gcm,
    /// AES-256-GCM.
    Aes256Gcm,
    /// ChaCha20-Poly1305.
    ChaCha20Poly1305,
}

impl Cipher {
    const fn key_len(self) -> usize {
        match self {
            Self::Aes128Gcm => 16,
            Self::Aes256Gcm | Self::ChaCha20Poly1305 => 32,
        }
    }
}

/// How the records of a session are protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protection {
    /// The version of TLS.
    pub version: Version,
    /// The cipher.
    pub cipher: Cipher,
}

impl Protection {
    /// That of a cipher suite, by its number at IANA; `None` for one that no kernel is asked for.
    pub(super) const fn of_suite(number: u16) -> Option<Self> {
        let (version, cipher) = match number {
            0x1301 => (Version::Tls13, Cipher::Aes128Gcm),
            0x1302 => (Version::Tls13, Cipher::Aes256Gcm),
            0x1303 => (Version::Tls13, Cipher::ChaCha20Poly1305),
            0xc02b | 0xc02f => (Version::Tls12, Cipher::Aes128Gcm),
            0xc02c | 0xc030 => (Version::Tls12, Cipher::Aes256Gcm),
            0xcca8 | 0xcca9 => (Version::Tls12, Cipher::ChaCha20Poly1305),
            _ => return None,
        };
        Some(Self { version, cipher })
    }
}

/// Octets of a nonce.
const NONCE: usize = 12;
/// Of these, in AES-GCM of TLS 1.2, both sides know so many; the others come with each record (RFC 5288 §3).
const SALT: usize = 4;

/// The keys of one direction, and the number of the first record they are for. Whoever has them reads and writes that direction of
/// the connection; they are overwritten when they are dropped.
pub struct Keys {
    protection: Protection,
    key: [u8; 32],
    iv: [u8; NONCE],
    sequence: u64,
}

impl Keys {
    pub(super) fn new(protection: Protection, key: &[u8], iv: &[u8], sequence: u64) -> Option<Self> {
        let mut keys = Self { protection, key: [0; 32], iv: iv.try_into().ok()?, sequence };
        keys.key.get_mut(..key.len())?.copy_from_slice(key);
        (key.len() == protection.cipher.key_len()).then_some(keys)
    }

    /// The same for records that a kernel seals, behind others that were sealed here.
    ///
    /// In AES-GCM of TLS 1.2 a kernel counts the explicit part of the nonce up from the one it is given. rustls made it as that part of
    /// the `iv` XOR the number of the record, so it begins with the same octets in all its records; counting from there would use
    /// nonces again, which gives the key away (RFC 5288 §6.1). With its first bit turned no nonce of the one kind is of the other,
    /// and with its last four octets zero, 2^32 records are counted before that bit could turn back.
    pub(super) fn for_sealing(mut self) -> Self {
        let Protection { version, cipher } = self.protection;
        if version == Version::Tls12 && cipher != Cipher::ChaCha20Poly1305 {
            self.iv[SALT] ^= 0x80;
            self.iv[NONCE - 4..].fill(0);
        }
        self
    }

    /// What they are for.
    pub fn protection(&self) -> Protection {
        self.protection
    }

    /// The key: 16 or 32 octets.
    pub fn key(&self) -> &[u8] {
        &self.key[..self.protection.cipher.key_len()]
    }

    /// What nonces are made of. In AES-GCM of TLS 1.2 these are the salt and the explicit nonce to begin with; else the number of a record is
    /// XORed to them.
    pub fn iv(&self) -> &[u8; NONCE] {
        &self.iv
    }

    /// The number of the first record.
    pub fn sequence(&self) -> u64 {
        self.sequence
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        self.key = [0; 32];
        self.iv = [0; NONCE];
        // Somebody might look: the stores are not left away.
        black_box(&*self);
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys").field("protection", &self.protection).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iv(version: Version, cipher: Cipher) -> [u8; NONCE] {
        let key = [1; 32];
        let keys = Keys::new(Protection { version, cipher }, &key[..cipher.key_len()], &[0xa5; NONCE], 7)
            .unwrap()
            .for_sealing();
        assert_eq!((keys.key(), keys.sequence()), (&key[..cipher.key_len()], 7));
        keys.iv
    }

    #[test]
    fn the_kernel_reuses_no_nonce_of_rustls() {
        for cipher in [Cipher::Aes128Gcm, Cipher::Aes256Gcm] {
            let ours = iv(Version::Tls12, cipher);
            assert_eq!(ours[..SALT], [0xa5; SALT]);
            let first = u64::from_be_bytes(ours[SALT..].try_into().unwrap());
            let of_rustls = |number: u64| 0xa5a5_a5a5_a5a5_a5a5 ^ number;
            for (sealed, here) in [(0, 0), (1, 1), (u64::from(u32::MAX), u64::from(u32::MAX))] {
                assert_ne!(first + sealed, of_rustls(here));
                assert_ne!((first + sealed) >> 63, of_rustls(here) >> 63, "the first bit tells them apart");
            }
        }
        for cipher in [Cipher::Aes128Gcm, Cipher::ChaCha20Poly1305] {
            assert_eq!(iv(Version::Tls13, cipher), [0xa5; NONCE], "the number of the record makes the nonce");
        }
        assert_eq!(iv(Version::Tls12, Cipher::ChaCha20Poly1305), [0xa5; NONCE]);
    }

    #[test]
    fn keys_of_another_length_are_refused() {
        let protection = Protection { version: Version::Tls13, cipher: Cipher::Aes128Gcm };
        assert!(Keys::new(protection, &[0; 32], &[0; NONCE], 0).is_none());
        assert!(Keys::new(protection, &[0; 16], &[0; 8], 0).is_none());
        assert!(!format!("{:?}", Keys::new(protection, &[0; 16], &[0; NONCE], 0)).contains("key:"));
    }
}
