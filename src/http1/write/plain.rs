//! Nearly every final response, head and content: 200, Date, a length, fields that mean nothing to framing. What is written
//! here is what [`check_fields`](super::check_fields) and [`HeadPlan`](super::HeadPlan) come to.

use super::date::DateCache;
use super::field_ref::FieldRef;
use super::known::KnownLines;
use super::out::{Out, digits};

/// A response of 200 with its content, to be written in one go.
#[derive(Clone, Copy, Debug)]
pub struct PlainResponse<'a> {
    date: &'a DateCache,
    lines: &'a [u8],
    content: &'a [u8],
    digits: usize,
}

impl<'a> PlainResponse<'a> {
    /// The response with these fields and this content; `None` where a field means something to the writer or is malformed, and
    /// for more octets of fields than are remembered.
    #[inline(always)]
    pub fn new<'f>(
        date: &'a DateCache,
        known: &'a mut KnownLines,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
        content: &'a [u8],
    ) -> Option<Self> {
        let lines = known.of(fields)?;
        Some(Self { date, lines, content, digits: digits(content.len() as u64) })
    }

    /// The exact octets of head and content. No object is larger than half the address space, so they can be counted.
    #[inline(always)]
    pub const fn size(&self) -> usize {
        DateCache::OK + self.digits + self.lines.len() + self.content.len()
    }

    /// Writes head and content into a room of exactly that size.
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
