//! Entity tags (RFC 9110 §8.8.3) and lists of them.
//!
//! Uses the octet table, but not [`crate::http1::list`]: a backslash in an entity tag escapes nothing.

use crate::http1::list::trim;
use crate::http1::octet::{TEXT, is};

/// An entity tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntityTag<'a> {
    is_weak: bool,
    /// Without its quotes.
    opaque: &'a [u8],
}

impl<'a> EntityTag<'a> {
    /// Parses `text`, with its quotes.
    pub fn parse(text: &'a [u8]) -> Option<Self> {
        Self::take(text).filter(|(_, rest)| rest.is_empty()).map(|(tag, _)| tag)
    }

    /// The entity tag at the start of `text`, and the remainder.
    fn take(text: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let (is_weak, text) = text.strip_prefix(b"W/").map_or((false, text), |rest| (true, rest));
        let text = text.strip_prefix(b"\"")?;
        let end = text.iter().position(|&octet| octet == b'"')?;
        let opaque = &text[..end];
        let is_good = opaque.iter().all(|&octet| is(octet, TEXT) && !matches!(octet, b' ' | b'\t'));
        is_good.then_some((Self { is_weak, opaque }, &text[end + 1..]))
    }

    /// Strong comparison: equal, and neither is weak (RFC 9110 §8.8.3.2).
    pub fn is_strongly(&self, other: &EntityTag<'_>) -> bool {
        !self.is_weak && !other.is_weak && self.opaque == other.opaque
    }

    /// Weak comparison: equal, weak or not.
    pub fn is_weakly(&self, other: &EntityTag<'_>) -> bool {
        self.opaque == other.opaque
    }
}

/// The entity tags of one list value. Stops at the first invalid element.
#[derive(Clone, Debug)]
pub struct EntityTags<'a> {
    rest: &'a [u8],
}

impl<'a> EntityTags<'a> {
    /// Starts at the first one.
    pub const fn new(value: &'a [u8]) -> Self {
        Self { rest: value }
    }
}

impl<'a> Iterator for EntityTags<'a> {
    type Item = EntityTag<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        while let [b' ' | b'\t' | b',', rest @ ..] = self.rest {
            self.rest = rest;
        }
        // Stays at an invalid element.
        let (tag, rest) = EntityTag::take(self.rest)?;
        let rest = trim(rest);
        matches!(rest, [] | [b',', ..]).then(|| {
            self.rest = rest;
            tag
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h1_sem_07_what_is_an_entity_tag() {
        let tag = |is_weak, opaque: &'static [u8]| Some(EntityTag { is_weak, opaque });
        for (text, expected) in [
            (&b"\"a\""[..], tag(false, b"a")),
            (b"\"\"", tag(false, b"")),
            (b"W/\"a,b\"", tag(true, b"a,b")),
            (b"\"a\\\"", tag(false, b"a\\")),
            (b"\"\x80\xff\"", tag(false, b"\x80\xff")),
            (b"", None),
            (b"a", None),
            (b"\"", None),
            (b"\"a", None),
            (b"w/\"a\"", None),
            (b"W\"a\"", None),
            (b"W/ \"a\"", None),
            (b"\"a b\"", None),
            (b"\"a\x7f\"", None),
            (b"\"a\"\"", None),
            (b"\"a\" ", None),
            (b"*", None),
        ] {
            assert_eq!(EntityTag::parse(text), expected, "{}", text.escape_ascii());
        }
    }

    /// RFC 9110 §8.8.3.2, the table.
    #[test]
    fn h1_sem_07_strong_and_weak_comparison() {
        for (one, other, is_strong, is_weak) in [
            (r#"W/"1""#, r#"W/"1""#, false, true),
            (r#"W/"1""#, r#"W/"2""#, false, false),
            (r#"W/"1""#, r#""1""#, false, true),
            (r#""1""#, r#"W/"1""#, false, true),
            (r#""1""#, r#""1""#, true, true),
            (r#""a""#, r#""A""#, false, false),
        ] {
            let [one, other] = [one, other].map(|text| EntityTag::parse(text.as_bytes()).unwrap());
            assert_eq!((one.is_strongly(&other), one.is_weakly(&other)), (is_strong, is_weak), "{one:?} {other:?}");
        }
    }

    #[test]
    fn h1_sem_07_lists_of_entity_tags() {
        for (value, opaque) in [
            ("", &[][..]),
            (" ,, ", &[]),
            (r#""a", W/"b,c" ,"d\","e""#, &["a", "b,c", r"d\", "e"]),
            (r#", "a""#, &["a"]),
            (r#""a" "b""#, &[]),
            (r#""a", b, "c""#, &["a"]),
            (r#""a", "b"#, &["a"]),
            ("*", &[]),
        ] {
            let mut tags = EntityTags::new(value.as_bytes());
            let found: Vec<_> = tags.by_ref().map(|tag| tag.opaque).collect();
            assert_eq!(tags.next(), None, "{value}");
            assert_eq!(found, opaque.iter().map(|text| text.as_bytes()).collect::<Vec<_>>(), "{value}");
        }
    }
}
