//! Percent-decoding (RFC 3986 §2.1; `+` in forms: URL Standard §5.1).
//!
//! Uses [`crate::error`] and the octet table. Does not check the decoded octets: they may be `/`, NUL or invalid text.

use crate::error::{Code, Error, Fault};
use crate::http1::octet::hex;

static ESCAPE: Fault = Fault::new(Code::Encoding, 400, c"H1-SEM-02", c"a percent sign without two hexadecimal digits");

/// The meaning of `+` and of a lone `%`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rules {
    /// `+` is a space, as in a form.
    pub form: bool,
    /// Keep a `%` without two digits, as browsers do. Otherwise it is an error.
    pub lenient: bool,
}

/// The decoded octets of `text`. Nothing follows an error.
#[derive(Clone, Debug)]
pub struct Decoded<'a> {
    text: &'a [u8],
    at: usize,
    rules: Rules,
}

impl<'a> Decoded<'a> {
    /// Starts at the first octet of `text`.
    pub const fn new(text: &'a [u8], rules: Rules) -> Self {
        Self { text, at: 0, rules }
    }

    /// The decoded length.
    ///
    /// # Errors
    ///
    /// [`Code::Encoding`] at the first invalid `%`.
    pub fn measure(&self) -> Result<usize, Error> {
        self.clone().try_fold(0, |sum, octet| octet.map(|_| sum + 1))
    }
}

impl Iterator for Decoded<'_> {
    type Item = Result<u8, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..)?;
        let (octet, len) = match *rest {
            [] => return None,
            [b'%', high, low, ..] if hex(high) < 16 && hex(low) < 16 => (hex(high) << 4 | hex(low), 3),
            [b'%', ..] if !self.rules.lenient => {
                let error = ESCAPE.at(self.at as u64);
                self.at = self.text.len();
                return Some(Err(error));
            }
            [b'+', ..] if self.rules.form => (b' ', 1),
            [octet, ..] => (octet, 1),
        };
        self.at += len;
        Some(Ok(octet))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: Rules = Rules { form: false, lenient: false };
    const FORM: Rules = Rules { form: true, lenient: false };

    fn decoded(text: &[u8], rules: Rules) -> Result<Vec<u8>, u64> {
        let decoded = Decoded::new(text, rules);
        let octets: Result<Vec<u8>, Error> = decoded.clone().collect();
        assert_eq!(decoded.measure(), octets.clone().map(|octets| octets.len()));
        octets.map_err(|error| error.offset)
    }

    #[test]
    fn h1_sem_02_escapes_stand_for_one_octet() {
        for (text, path, form) in [
            ("", "", ""),
            ("a%20b+c", "a b+c", "a b c"),
            ("%2B%2b", "++", "++"),
            ("%2f%00%25%32%35", "/\0%25", "/\0%25"),
        ] {
            assert_eq!(decoded(text.as_bytes(), PATH), Ok(path.into()), "{text}");
            assert_eq!(decoded(text.as_bytes(), FORM), Ok(form.into()), "{text}");
        }
        assert_eq!(decoded(b"%c3%A9%ff\x80", PATH), Ok(vec![0xc3, 0xa9, 0xff, 0x80]));
    }

    #[test]
    fn h1_sem_02_every_pair_of_octets_behind_a_percent_sign() {
        for (high, low) in (0..=255u8).flat_map(|high| (0..=255u8).map(move |low| (high, low))) {
            let digits = [high, low].map(|octet| char::from(octet).to_digit(16));
            let value = digits[0].zip(digits[1]).and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
            assert_eq!(decoded(&[b'%', high, low], PATH), value.map(|octet| vec![octet]).ok_or(0), "{high} {low}");
        }
    }

    #[test]
    fn h1_sem_02_a_lone_percent_sign_is_an_error_at_its_place_or_itself() {
        for (text, at, kept) in [("%", 0, "%"), ("a%2", 1, "a%2"), ("%20%%32", 3, " %2"), ("%u00e9", 0, "%u00e9")] {
            assert_eq!(decoded(text.as_bytes(), PATH), Err(at), "{text}");
            assert_eq!(decoded(text.as_bytes(), FORM), Err(at), "{text}");
            let lenient = Rules { lenient: true, ..PATH };
            assert_eq!(decoded(text.as_bytes(), lenient), Ok(kept.into()), "{text}");
        }
        assert_eq!(Decoded::new(b"%x%41", PATH).count(), 1, "nothing follows an error");
    }
}
