//! What of a content a request is answered with: all of it, one range of it, or none.
//!
//! Uses [`super::preconditions`] and [`super::range`], in the order of RFC 9110 §13.2.2. It sends one range at a time: a Range with more of
//! them is answered with the whole content.

use core::fmt::{self, Write};

use super::preconditions::{self, Condition, Representation, Verdict};
use super::range::{self, ByteRange, RangeVerdict};

/// The fields of a request that select.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selector {
    /// One that states a precondition.
    Condition(Condition),
    /// Range.
    Range,
}

/// The answer to a request for a content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// 200, 206, 304, 412 or 416.
    pub status: u16,
    /// What is to be sent of the content; nothing with 304, 412 and 416.
    pub part: ByteRange,
    /// How long the content is.
    pub length: u64,
}

impl Selection {
    const fn of(status: u16, part: ByteRange, length: u64) -> Self {
        Self { status, part, length }
    }

    const fn whole(length: u64) -> Self {
        Self::of(200, ByteRange { first: 0, len: length }, length)
    }

    const fn none(status: u16, length: u64) -> Self {
        Self::of(status, ByteRange { first: 0, len: 0 }, length)
    }

    /// The value of Content-Range, which 206 and 416 have (RFC 9110 §14.4).
    pub fn content_range(&self) -> Option<ContentRange> {
        let mut text = ContentRange { octets: [0; ContentRange::MAX], len: 0 };
        let Self { part: ByteRange { first, len }, length, .. } = *self;
        let written = match self.status {
            206 => write!(text, "bytes {first}-{}/{length}", first + (len - 1)),
            416 => write!(text, "bytes */{length}"),
            _ => return None,
        };
        written.ok().map(|()| text)
    }
}

/// The value of a Content-Range.
#[derive(Clone, Copy, Debug)]
pub struct ContentRange {
    octets: [u8; Self::MAX],
    len: usize,
}

impl ContentRange {
    /// Three numbers of 64 bits, and what is around them.
    pub const MAX: usize = "bytes -/".len() + 3 * 20;

    /// The octets of it.
    pub fn text(&self) -> &[u8] {
        &self.octets[..self.len]
    }
}

impl Write for ContentRange {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let room = self.octets.get_mut(self.len..self.len + text.len()).ok_or(fmt::Error)?;
        room.copy_from_slice(text.as_bytes());
        self.len += text.len();
        Ok(())
    }
}

/// What a request with these fields is answered with, where `there` is the representation and `length` its octets. `now` is for
/// two-digit years, see [`super::date::parse`].
///
/// Only GET and HEAD select; the preconditions of other methods are due before the method is performed. Only GET has ranges. A Range
/// that stands there twice is ignored, as it is no list.
pub fn select<'a, I>(method: &[u8], fields: I, there: &Representation<'_>, length: u64, now: i64) -> Selection
where
    I: Iterator<Item = (Selector, &'a [u8])> + Clone,
{
    if !matches!(method, b"GET" | b"HEAD") {
        return Selection::whole(length);
    }
    let conditions = fields.clone().filter_map(|(selector, value)| match selector {
        Selector::Condition(condition) => Some((condition, value)),
        Selector::Range => None,
    });
    match preconditions::evaluate(method, conditions, there, now) {
        Verdict::NotModified => Selection::none(304, length),
        Verdict::Failed => Selection::none(412, length),
        Verdict::Proceed if method == b"GET" => in_range(fields, length),
        Verdict::Proceed | Verdict::ProceedWhole => Selection::whole(length),
    }
}

fn in_range<'a>(fields: impl Iterator<Item = (Selector, &'a [u8])>, length: u64) -> Selection {
    let mut ranges = fields.filter(|(selector, _)| *selector == Selector::Range).map(|(_, value)| value);
    let (Some(value), None) = (ranges.next(), ranges.next()) else { return Selection::whole(length) };
    let mut table = [ByteRange::default()];
    match range::evaluate(value, length, &mut table) {
        RangeVerdict::Partial(_) => Selection::of(206, table[0], length),
        RangeVerdict::Unsatisfiable => Selection::none(416, length),
        RangeVerdict::Ignore | RangeVerdict::Whole => Selection::whole(length),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::semantics::entity_tag::EntityTag;

    const CONTENT: u64 = 100;
    const NONE_MATCH: Selector = Selector::Condition(Condition::NoneMatch);
    const MATCH: Selector = Selector::Condition(Condition::Match);
    const IF_RANGE: Selector = Selector::Condition(Condition::Range);

    /// Status, first octet, octets and Content-Range of the answer, where a content of `length` octets has the entity tag `"a"`.
    fn selected(method: &str, fields: &[(Selector, &str)], length: u64) -> (u16, u64, u64, String) {
        let there = Representation { etag: EntityTag::parse(b"\"a\""), ..Representation::default() };
        let fields = fields.iter().map(|(selector, value)| (*selector, value.as_bytes()));
        let selection = select(method.as_bytes(), fields, &there, length, 0);
        assert_eq!(selection.length, length);
        let text = selection.content_range().map_or(String::new(), |range| range.text().escape_ascii().to_string());
        (selection.status, selection.part.first, selection.part.len, text)
    }

    fn whole(length: u64) -> (u16, u64, u64, String) {
        (200, 0, length, String::new())
    }

    #[test]
    fn h1_sem_17_one_range_is_sent_and_others_are_the_whole() {
        for (value, first, len, text) in [
            ("bytes=0-0", 0, 1, "bytes 0-0/100"),
            ("bytes=90-", 90, 10, "bytes 90-99/100"),
            ("bytes=-1, 100-", 99, 1, "bytes 99-99/100"),
        ] {
            let expected = (206, first, len, text.to_owned());
            assert_eq!(selected("GET", &[(Selector::Range, value)], CONTENT), expected, "{value}");
        }
        for value in ["bytes=0-", "bytes=0-0,2-2", "bytes=x", "items=0-1", ""] {
            assert_eq!(selected("GET", &[(Selector::Range, value)], CONTENT), whole(CONTENT), "{value}");
        }
        let twice = [(Selector::Range, "bytes=0-0"), (Selector::Range, "bytes=0-0")];
        assert_eq!(selected("GET", &twice, CONTENT), whole(CONTENT));
        assert_eq!(selected("GET", &[], 0), whole(0));
    }

    #[test]
    fn h1_sem_17_without_an_octet_of_the_range() {
        let range = [(Selector::Range, "bytes=100-")];
        assert_eq!(selected("GET", &range, CONTENT), (416, 0, 0, "bytes */100".to_owned()));
        assert_eq!(selected("GET", &range, 101), (206, 100, 1, "bytes 100-100/101".to_owned()));
    }

    /// RFC 9110 §13.2.2: preconditions come first, If-Range before Range.
    #[test]
    fn h1_sem_17_conditions_come_before_ranges() {
        let range = (Selector::Range, "bytes=0-0");
        let nothing = |status| (status, 0, 0, String::new());
        for (condition, expected) in [
            ((NONE_MATCH, "\"a\""), nothing(304)),
            ((MATCH, "\"b\""), nothing(412)),
            ((IF_RANGE, "\"b\""), whole(CONTENT)),
            ((IF_RANGE, "\"a\""), (206, 0, 1, "bytes 0-0/100".to_owned())),
        ] {
            for fields in [[range, condition], [condition, range]] {
                assert_eq!(selected("GET", &fields, CONTENT), expected, "{condition:?}");
            }
        }
    }

    #[test]
    fn h1_sem_17_only_get_has_ranges_and_only_reading_has_conditions() {
        let range = (Selector::Range, "bytes=0-0");
        let matches = (NONE_MATCH, "\"a\"");
        assert_eq!(selected("HEAD", &[range], CONTENT), whole(CONTENT));
        assert_eq!(selected("HEAD", &[matches], CONTENT).0, 304);
        for method in ["POST", "PUT", "OPTIONS", "get"] {
            assert_eq!(selected(method, &[range, matches], CONTENT), whole(CONTENT), "{method}");
        }
    }

    #[test]
    fn h1_sem_17_the_largest_numbers_have_room() {
        let range = [(Selector::Range, "bytes=-1")];
        let end = u64::MAX - 1;
        assert_eq!(selected("GET", &range, u64::MAX), (206, end, 1, format!("bytes {end}-{end}/{}", u64::MAX)));
        let most = Selection::of(206, ByteRange { first: u64::MAX, len: 1 }, u64::MAX);
        assert_eq!(most.content_range().expect("a 206").text().len(), ContentRange::MAX);
    }
}
