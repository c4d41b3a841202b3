//! Names and values of a query or of `application/x-www-form-urlencoded` content (URL Standard §5.1).
//!
//! Uses nothing. Does not decode: use [`super::percent`].

/// The pairs of a query or a form, in order: the text before and after the first `=`, `None` without one. Empty pairs
/// are skipped. Every text is valid.
#[derive(Clone, Debug)]
pub struct FormPairs<'a> {
    rest: &'a [u8],
}

impl<'a> FormPairs<'a> {
    /// Starts at `text`, or at the [`FormPairs::rest`] of another iterator.
    pub const fn new(text: &'a [u8]) -> Self {
        Self { rest: text }
    }

    /// The remaining text.
    pub const fn rest(&self) -> &'a [u8] {
        self.rest
    }
}

impl<'a> Iterator for FormPairs<'a> {
    type Item = (&'a [u8], Option<&'a [u8]>);

    fn next(&mut self) -> Option<Self::Item> {
        while !self.rest.is_empty() {
            let end = self.rest.iter().position(|&octet| octet == b'&').unwrap_or(self.rest.len());
            let pair = &self.rest[..end];
            self.rest = self.rest.get(end + 1..).unwrap_or(&self.rest[end..]);
            match pair.iter().position(|&octet| octet == b'=') {
                Some(at) => return Some((&pair[..at], Some(&pair[at + 1..]))),
                None if pair.is_empty() => {}
                None => return Some((pair, None)),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h1_sem_03_pairs_of_a_form() {
        for (text, expected) in [
            ("", &[][..]),
            ("&&", &[]),
            ("a=1&b=%26+&c", &[("a", Some("1")), ("b", Some("%26+")), ("c", None)]),
            ("&a==b=&=&&x", &[("a", Some("=b=")), ("", Some("")), ("x", None)]),
            ("a[]=1;b=2&a[]=3", &[("a[]", Some("1;b=2")), ("a[]", Some("3"))]),
            ("=a&b=", &[("", Some("a")), ("b", Some(""))]),
        ] {
            let mut pairs = FormPairs::new(text.as_bytes());
            for &(name, value) in expected {
                assert_eq!(pairs.next(), Some((name.as_bytes(), value.map(str::as_bytes))), "{text}");
                pairs = FormPairs::new(pairs.rest());
            }
            assert_eq!(pairs.next(), None, "{text}");
        }
    }
}
