//! Base64 and base64url (RFC 4648 §4, §5), strict: the encoding of octets is unique.
//!
//! Uses the crate `base64`. Refuses whitespace, other letters, and non-zero spare bits (RFC 4648 §3.5).

use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::DecodePaddingMode::{RequireCanonical, RequireNone};
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

/// The alphabet, and whether `=` pads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Alphabet {
    /// `-` and `_` instead of `+` and `/`.
    pub is_url_safe: bool,
    /// No `=` at the end; text with it is refused.
    pub is_unpadded: bool,
}

const PADDED: GeneralPurposeConfig = GeneralPurposeConfig::new().with_decode_padding_mode(RequireCanonical);
const UNPADDED: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_encode_padding(false).with_decode_padding_mode(RequireNone);

impl Alphabet {
    const fn engine(self) -> GeneralPurpose {
        let letters = if self.is_url_safe { &URL_SAFE } else { &STANDARD };
        GeneralPurpose::new(letters, if self.is_unpadded { UNPADDED } else { PADDED })
    }

    /// The length of the encoding of `len` octets; `None` on overflow.
    pub const fn encoded_len(self, len: usize) -> Option<usize> {
        base64::encoded_len(len, !self.is_unpadded)
    }

    /// Encodes `octets` into `to`, which has the length of the encoding.
    pub fn encode(self, octets: &[u8], to: &mut [u8]) {
        debug_assert_eq!(Some(to.len()), self.encoded_len(octets.len()));
        let written = self.engine().encode_slice(octets, to);
        debug_assert_eq!(written, Ok(to.len()));
    }

    /// The decoded length of `text`; `None` for an impossible length.
    pub fn decoded_len(self, text: &[u8]) -> Option<usize> {
        let padding = match text {
            _ if self.is_unpadded => 0,
            [.., b'=', b'='] => 2,
            [.., b'='] => 1,
            _ => 0,
        };
        let spare = text.len() % 4;
        let is_whole = if self.is_unpadded { spare != 1 } else { spare == 0 };
        is_whole.then(|| text.len() / 4 * 3 + spare.saturating_sub(1) - padding)
    }

    /// Decodes `text` into `to`, which has the decoded length. `false` for invalid text; `to` is undefined then.
    pub fn decode(self, text: &[u8], to: &mut [u8]) -> bool {
        self.engine().decode_slice(text, to) == Ok(to.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Alphabet = Alphabet { is_url_safe: false, is_unpadded: false };
    const ALL: [Alphabet; 4] = [
        PLAIN,
        Alphabet { is_url_safe: true, is_unpadded: false },
        Alphabet { is_url_safe: false, is_unpadded: true },
        Alphabet { is_url_safe: true, is_unpadded: true },
    ];

    fn encoded(alphabet: Alphabet, octets: &[u8]) -> String {
        let mut to = vec![0; alphabet.encoded_len(octets.len()).unwrap()];
        alphabet.encode(octets, &mut to);
        String::from_utf8(to).unwrap()
    }

    fn decoded(alphabet: Alphabet, text: &[u8]) -> Option<Vec<u8>> {
        let mut to = vec![0; alphabet.decoded_len(text)?];
        alphabet.decode(text, &mut to).then_some(to)
    }

    /// RFC 4648 §10, and the letters that differ.
    #[test]
    fn h1_sem_12_the_vectors_of_the_rfc() {
        for (octets, texts) in [
            (&b""[..], ["", "", "", ""]),
            (b"f", ["Zg==", "Zg==", "Zg", "Zg"]),
            (b"fo", ["Zm8=", "Zm8=", "Zm8", "Zm8"]),
            (b"foo", ["Zm9v"; 4]),
            (b"foob", ["Zm9vYg==", "Zm9vYg==", "Zm9vYg", "Zm9vYg"]),
            (b"fooba", ["Zm9vYmE=", "Zm9vYmE=", "Zm9vYmE", "Zm9vYmE"]),
            (b"foobar", ["Zm9vYmFy"; 4]),
            (b"\xfb\xff\xfe\0", ["+//+AA==", "-__-AA==", "+//+AA", "-__-AA"]),
        ] {
            for (alphabet, text) in ALL.into_iter().zip(texts) {
                assert_eq!(encoded(alphabet, octets), text);
                assert_eq!(decoded(alphabet, text.as_bytes()), Some(octets.to_vec()), "{text}");
            }
        }
    }

    #[test]
    fn h1_sem_12_texts_that_are_none() {
        for text in [
            "Z",
            "Zg",
            "Zg=",
            "Zg===",
            "=",
            "==",
            "====",
            "Z===",
            "Zm9v=",
            "Zg==Zg==",
            "Zm=v",
            "Zh==",
            "Zm9=",
            "Zm 9v",
            "Zm9v\n",
            "Zm9-",
            "Zm9_",
            "Zm9\0",
            "Zm9\u{e9}",
            "Zm9v====",
        ] {
            assert_eq!(decoded(PLAIN, text.as_bytes()), None, "{text:?}");
        }
        let unpadded = ALL[3];
        for text in ["Z", "Zg==", "Zh", "Zm9", "Zm8=", "Zm9+", "Zm9/", "Zm9vY"] {
            assert_eq!(decoded(unpadded, text.as_bytes()), None, "{text:?}");
        }
    }

    /// Every accepted text of four letters equals its re-encoding.
    #[test]
    fn h1_sem_12_octets_have_one_text() {
        for last in 0..=255u8 {
            for before in *b"Ag8=+-" {
                let text = [b'A', b'Q', before, last];
                for alphabet in ALL {
                    if let Some(octets) = decoded(alphabet, &text) {
                        assert_eq!(encoded(alphabet, &octets).as_bytes(), text);
                    }
                }
            }
        }
        assert_eq!(PLAIN.encoded_len(usize::MAX), None);
    }
}
