//! The parameters with which a kernel takes over the records of a session.

use core::fmt;
use core::hint::black_box;

use super::options::Version;

/// The cipher of records.
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

/// The protection of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protection {
    /// The version of TLS.
    pub version: Version,
    /// The cipher.
    pub cipher: Cipher,
}

impl Protection {
    /// The protection of a cipher suite, by IANA number; `None` if kernels are not offered it.
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

/// Length of a nonce.
const NONCE: usize = 12;
/// The implicit part in AES-GCM of TLS 1.2; the rest is sent with each record (RFC 5288 §3).
const SALT: usize = 4;

/// The keys of one direction, and the sequence number of their first record. They give access to that direction, and
/// are overwritten when dropped.
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

    /// Adapts the keys for a kernel that seals records after others that were sealed here.
    ///
    /// In AES-GCM of TLS 1.2 a kernel increments the explicit nonce from the given one. rustls uses `iv` XOR the
    /// sequence number as explicit nonce, so counting on from `iv` would reuse nonces, which reveals the key (RFC 5288
    /// §6.1). Flipping the first bit separates the two ranges; zeroing the last four octets leaves 2^32 records before
    /// that bit could flip back.
    pub(super) fn for_sealing(mut self) -> Self {
        let Protection { version, cipher } = self.protection;
        if version == Version::Tls12 && cipher != Cipher::ChaCha20Poly1305 {
            self.iv[SALT] ^= 0x80;
            self.iv[NONCE - 4..].fill(0);
        }
        self
    }

    /// Version and cipher.
    pub fn protection(&self) -> Protection {
        self.protection
    }

    /// The key: 16 or 32 octets.
    pub fn key(&self) -> &[u8] {
        &self.key[..self.protection.cipher.key_len()]
    }

    /// The base of the nonces. In AES-GCM of TLS 1.2: the salt and the first explicit nonce. Otherwise the sequence
    /// number is XORed to it.
    pub fn iv(&self) -> &[u8; NONCE] {
        &self.iv
    }

    /// The sequence number of the first record.
    pub fn sequence(&self) -> u64 {
        self.sequence
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        self.key = [0; 32];
        self.iv = [0; NONCE];
        // A barrier, so that the stores are not optimised away.
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
