//! Names and values of a Cookie field (RFC 6265 §4.2, §5.4), parsed leniently.
//!
//! Uses the whitespace of [`crate::http1::list`]. Does not decode or remove quotes: they are part of a value.

use crate::http1::list::trim;

/// The pairs of one Cookie value, in order. A pair without `=` is the value of a nameless cookie, as in browsers. Empty
/// pairs are skipped. Every value is valid.
#[derive(Clone, Debug)]
pub struct CookiePairs<'a> {
    rest: &'a [u8],
}

impl<'a> CookiePairs<'a> {
    /// Starts at `value`, or at the [`CookiePairs::rest`] of another iterator.
    pub const fn new(value: &'a [u8]) -> Self {
        Self { rest: value }
    }

    /// The remaining text.
    pub const fn rest(&self) -> &'a [u8] {
        self.rest
    }
}

impl<'a> Iterator for CookiePairs<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        while !self.rest.is_empty() {
            let end = self.rest.iter().position(|&octet| octet == b';').unwrap_or(self.rest.len());
            let pair = trim(&self.rest[..end]);
            self.rest = self.rest.get(end + 1..).unwrap_or(&self.rest[end..]);
            match pair.iter().position(|&octet| octet == b'=') {
                Some(at) => return Some((trim(&pair[..at]), trim(&pair[at + 1..]))),
                None if pair.is_empty() => {}
                None => return Some((&pair[..0], pair)),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h1_sem_04_pairs_of_a_cookie_field() {
        let cases: [(&str, &[(&str, &str)]); 6] = [
            ("", &[]),
            (" ; ;\t", &[]),
            ("a=1; b=2", &[("a", "1"), ("b", "2")]),
            ("a=1;b = x=y ;c", &[("a", "1"), ("b", "x=y"), ("", "c")]),
            ("a=\"1;2\"; b=1,2 3", &[("a", "\"1"), ("", "2\""), ("b", "1,2 3")]),
            ("=a; b=; =", &[("", "a"), ("b", ""), ("", "")]),
        ];
        for (text, expected) in cases {
            let mut pairs = CookiePairs::new(text.as_bytes());
            for &(name, value) in expected {
                assert_eq!(pairs.next(), Some((name.as_bytes(), value.as_bytes())), "{text}");
                pairs = CookiePairs::new(pairs.rest());
            }
            assert_eq!(pairs.next(), None, "{text}");
        }
    }
}
