//! The fast way of writing a response: 200, Date, Content-Length, fields without effect on framing. Writes the same as
//! [`check_fields`](super::check_fields) and [`HeadPlan`](super::HeadPlan).

use super::date::DateCache;
use super::field_line_cache::FieldLineCache;
use super::field_ref::FieldRef;
use super::out::{Out, digits};

/// A 200 response with its content, written in one go.
#[derive(Clone, Copy, Debug)]
pub struct FastResponse<'a> {
    date: &'a DateCache,
    lines: &'a [u8],
    content: &'a [u8],
    digits: usize,
}

impl<'a> FastResponse<'a> {
    /// The response with these fields and this content; `None` if a field has a meaning for the writer or is malformed,
    /// or if the fields exceed the cache.
    #[inline(always)]
    pub fn new<'f>(
        date: &'a DateCache,
        known: &'a mut FieldLineCache,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
        content: &'a [u8],
    ) -> Option<Self> {
        let lines = known.of(fields)?;
        Some(Self { date, lines, content, digits: digits(content.len() as u64) })
    }

    /// The exact size of head and content. It cannot overflow: an object has at most half the address space.
    #[inline(always)]
    pub const fn size(&self) -> usize {
        DateCache::OK + self.digits + self.lines.len() + self.content.len()
    }

    /// Writes head and content into a room of that size.
    #[inline(always)]
    pub fn write(&self, room: &mut [u8]) {
        let mut out = Out::new(room);
        out.put(self.date.ok_head());
        out.number(self.content.len() as u64, self.digits);
        out.text(self.lines);
        out.text(self.content);
        debug_assert!(out.is_full());
    }
}
