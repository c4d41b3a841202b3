//! The records of one direction, as RFC 8446 §5 and RFC 5246 §6.2.3.3 have them, out of what the kernel is given.

use ring::aead::{AES_128_GCM, AES_256_GCM, Aad, Algorithm, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};

pub const HEADER: usize = 5;
const TAG: usize = 16;
const EXPLICIT: usize = 8;

/// `struct tls12_crypto_info_*`, taken apart, and the number of the next record.
pub struct Records {
    is_tls13: bool,
    key: LessSafeKey,
    salt: Vec<u8>,
    iv: Vec<u8>,
    pub sequence: u64,
}

impl Records {
    pub fn new(info: &[u8]) -> Self {
        let half = |at: usize| u16::from_ne_bytes([info[at], info[at + 1]]);
        let (algorithm, iv_len): (&'static Algorithm, usize) = match half(2) {
            51 => (&AES_128_GCM, 8),
            52 => (&AES_256_GCM, 8),
            54 => (&CHACHA20_POLY1305, 12),
            other => panic!("cipher {other}"),
        };
        assert!(matches!(half(0), 0x0303 | 0x0304), "version {:x}", half(0));
        let (iv, rest) = info[4..].split_at(iv_len);
        let (key, rest) = rest.split_at(algorithm.key_len());
        let (salt, sequence) = rest.split_at(12 - iv_len);
        Self {
            is_tls13: half(0) == 0x0304,
            key: LessSafeKey::new(UnboundKey::new(algorithm, key).unwrap()),
            salt: salt.to_vec(),
            iv: iv.to_vec(),
            sequence: u64::from_be_bytes(sequence.try_into().unwrap()),
        }
    }

    /// Whether part of the nonce is in the record.
    fn is_explicit(&self) -> bool {
        !self.is_tls13 && !self.salt.is_empty()
    }

    /// Salt and iv, XOR the number of the record.
    fn nonce(&self) -> Nonce {
        let mut nonce: [u8; 12] = [&self.salt[..], &self.iv].concat().try_into().unwrap();
        for (octet, number) in nonce[4..].iter_mut().zip(self.sequence.to_be_bytes()) {
            *octet ^= number;
        }
        Nonce::assume_unique_for_key(nonce)
    }

    fn additional(&self, kind: u8, len: usize) -> Vec<u8> {
        let [.., high, low] = len.to_be_bytes();
        let header = [kind, 3, 3, high, low];
        if self.is_tls13 { header.to_vec() } else { [&self.sequence.to_be_bytes()[..], &header].concat() }
    }

    pub fn seal(&mut self, kind: u8, content: &[u8]) -> Vec<u8> {
        let mut octets = content.to_vec();
        let (kind, mut explicit) = if self.is_tls13 { (23, vec![]) } else { (kind, vec![]) };
        let mut nonce = self.nonce();
        if self.is_explicit() {
            explicit.clone_from(&self.iv);
            nonce = Nonce::try_assume_unique_for_key(&[&self.salt[..], &self.iv].concat()).unwrap();
            let next = u64::from_be_bytes(self.iv[..].try_into().unwrap()).wrapping_add(1);
            self.iv = next.to_be_bytes().to_vec();
        }
        let additional = self.additional(kind, if self.is_tls13 { octets.len() + TAG } else { octets.len() });
        self.key.seal_in_place_append_tag(nonce, Aad::from(additional), &mut octets).unwrap();
        self.sequence += 1;
        let [.., high, low] = (explicit.len() + octets.len()).to_be_bytes();
        [&[kind, 3, 3, high, low], &explicit[..], &octets].concat()
    }

    /// As [`seal`](Self::seal) of a record of type 23 does, in TLS 1.3 the type is within.
    pub fn seal_typed(&mut self, kind: u8, content: &[u8]) -> Vec<u8> {
        if self.is_tls13 { self.seal(kind, &[content, &[kind]].concat()) } else { self.seal(kind, content) }
    }

    /// The type and the content of a record; `None`: it does not decrypt.
    pub fn open(&mut self, record: &[u8]) -> Option<(u8, Vec<u8>)> {
        let (header, mut body) = record.split_at(HEADER);
        let mut nonce = self.nonce();
        if self.is_explicit() {
            let explicit = body.split_off(..EXPLICIT)?;
            nonce = Nonce::try_assume_unique_for_key(&[&self.salt[..], explicit].concat()).unwrap();
        }
        let len = if self.is_tls13 { body.len() } else { body.len().checked_sub(TAG)? };
        let additional = self.additional(header[0], len);
        let mut octets = body.to_vec();
        let content = self.key.open_in_place(nonce, Aad::from(additional), &mut octets).ok()?;
        self.sequence += 1;
        if !self.is_tls13 {
            return Some((header[0], content.to_vec()));
        }
        let end = content.iter().rposition(|octet| *octet != 0)?;
        Some((content[end], content[..end].to_vec()))
    }
}
