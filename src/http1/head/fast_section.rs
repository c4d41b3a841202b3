//! The fast walk over the fields of a complete head.
//!
//! It knows no errors, stores nothing between calls, and checks only the limit on the number of fields: its input is
//! too short to exceed another. A line that it does not handle is left to [`Section`](super::section::Section).
//! Whatever it accepts, the full walk accepts too.

use core::marker::PhantomData;

use super::field_id::{self, LAST_FRAMING};
use super::leaf::{self, Leaf, Masks};
use super::start::StartLine;
use super::{Field, FieldId, FieldSink, Octets, Scan, Summary, line};
use crate::narrow::{place, two_octets};

/// The walk over one input.
pub(super) struct FastSection<'a, L, T, S> {
    leaf: L,
    input: &'a [u8],
    /// Offset of the current line.
    line: usize,
    /// Offset of the octet that ends its name, if that was in an earlier block; else 0.
    colon: usize,
    /// How many more fields are allowed.
    room: u32,
    sink: &'a mut S,
    framing_fields: &'a mut FramingFields,
    start_line: PhantomData<T>,
}

impl<'a, L: Leaf, T: StartLine, S: FieldSink> FastSection<'a, L, T, S> {
    /// A walk over the field section at `start`. `input` is too short to exceed a limit on lines or sections.
    #[inline(always)]
    pub fn new(
        leaf: L,
        input: &'a [u8],
        start: usize,
        room: u32,
        sink: &'a mut S,
        framing_fields: &'a mut FramingFields,
    ) -> Self {
        Self { leaf, input, line: start, colon: 0, room, sink, framing_fields, start_line: PhantomData }
    }

    /// Reads field lines up to the empty line and returns its end; `None` at a line that it does not handle, see
    /// [`line`](Self::line).
    #[inline(always)]
    pub fn run(&mut self) -> Option<usize> {
        let mut base = self.line;
        while base < self.input.len() {
            // If a line's CR ended the last block, its LF is in this one. The mask depends on that, not the position: a
            // load that waited for earlier lines would serialise all blocks.
            let mut masks = leaf::masks(self.leaf, self.input, base).without_first(self.line > base);
            while masks.control != 0 {
                let bit = masks.control.trailing_zeros();
                let end = base + bit as usize + 2;
                let rest = self.input.get(self.line..)?;
                let (text, crlf) = rest.get(..end.wrapping_sub(self.line))?.split_last_chunk()?;
                if crlf != b"\r\n" {
                    return None;
                }
                if text.is_empty() {
                    return Some(end);
                }
                self.take(rest, text, end, self.colon(base, masks))?;
                masks = masks.after_line(bit);
            }
            self.carry_colon(base, masks)?;
            base += 64;
        }
        None
    }

    /// Offset of the first line that it did not handle.
    #[inline(always)]
    pub fn line(&self) -> usize {
        self.line
    }

    /// How many more fields are allowed.
    #[inline(always)]
    pub fn room(&self) -> u32 {
        self.room
    }

    /// Stores the end of the name of a line that continues in the next block.
    #[inline(always)]
    fn carry_colon(&mut self, base: usize, masks: Masks) -> Option<()> {
        if masks.delimiter != 0 {
            self.colon = self.colon(base, masks);
        }
        // No name is empty, and offset 0, the first octet of a trailer section, would read as unset.
        (masks.delimiter == 0 || self.colon != self.line).then_some(())
    }

    /// The end of the name of the current line, from an earlier block or this one.
    #[inline(always)]
    fn colon(&self, base: usize, masks: Masks) -> usize {
        if self.colon != 0 { self.colon } else { base + masks.delimiter.trailing_zeros() as usize }
    }

    /// Adds the field of the line `text`, at the start of `rest`; the next line begins at `next`.
    #[inline(always)]
    fn take(&mut self, rest: &[u8], text: &[u8], next: usize, colon: usize) -> Option<()> {
        if T::FOLD && matches!(self.input.get(next)?, b' ' | b'\t') {
            return None;
        }
        let (name, after) = text.split_at_checked(colon.wrapping_sub(self.line))?;
        let value = line::value_fast(after)?;
        let room = self.room.checked_sub(1)?;
        if name.is_empty() {
            return None;
        }
        let field = Field {
            name: place(self.line),
            value: place(value.as_ptr().addr() - self.input.as_ptr().addr()),
            value_len: place(value.len()),
            name_len: two_octets(name.len()),
            id: line::name_id(self.leaf, self.input, rest, name),
            flags: 0,
        };
        // If the field has no room, the head is refused, so the entry does no harm.
        if !self.framing_fields.take(&field) || !self.sink.push(field) {
            return None;
        }
        (self.line, self.colon, self.room) = (next, 0, room);
        Some(())
    }
}

/// Maximum number of framing fields, besides the first Host. A head with more goes to the full walk.
const MOST_NOTES: usize = 4;

/// The fields that affect framing. Those besides the first Host are noted in the summary after the walk, because a call
/// within it would cost every line its registers.
pub(super) struct FramingFields {
    summary: Summary,
    count: usize,
    /// Apart, since pairs would have padding, which costs a store for each when they are made.
    ids: [FieldId; MOST_NOTES],
    values: [Octets; MOST_NOTES],
}

impl FramingFields {
    #[inline(always)]
    pub fn new() -> Self {
        let none = Octets { offset: 0, len: 0 };
        Self { summary: Summary::default(), count: 0, ids: [0; MOST_NOTES], values: [none; MOST_NOTES] }
    }

    /// `false` if the field affects framing and there is no room.
    #[inline(always)]
    fn take(&mut self, field: &Field) -> bool {
        if field.id.wrapping_sub(1) >= LAST_FRAMING {
            return true;
        }
        let summary = &mut self.summary;
        if field.id == field_id::HOST && summary.flags == 0 {
            (summary.host, summary.host_len, summary.flags) = (field.value, field.value_len, Summary::HOST);
            return true;
        }
        let (Some(id), Some(value)) = (self.ids.get_mut(self.count), self.values.get_mut(self.count)) else {
            return false;
        };
        (*id, *value) = (field.id, Octets { offset: field.value, len: field.value_len });
        self.count += 1;
        true
    }

    /// The summary of the fields; `input` has their values.
    #[inline(always)]
    pub fn summary(&mut self, input: &[u8]) -> Summary {
        if self.count > 0 {
            self.note_others(input);
        }
        self.summary
    }

    #[inline(never)]
    fn note_others(&mut self, input: &[u8]) {
        for (id, value) in self.ids.iter().zip(&self.values).take(self.count) {
            self.summary.note(*id, value.of(input), value.offset, false);
        }
    }

    /// Stores them in `scan`.
    #[cold]
    #[inline(never)]
    pub fn save(&mut self, scan: &mut Scan, input: &[u8]) {
        scan.summary = self.summary(input);
    }
}
