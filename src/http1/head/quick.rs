//! The quick walk over the fields of a head that came whole: the lines of nearly every head, and no others.
//!
//! It knows no errors, keeps nothing for later and looks at no limit but the number of fields: its input is so short
//! that no other can be crossed. Whatever it does not take it leaves, from the start of that line on, to
//! [`Section`](super::section::Section), which knows everything. What it takes, the other would have taken as well.

use core::marker::PhantomData;

use super::field_id::{self, LAST_FRAMING};
use super::leaf::{self, Leaf, Masks};
use super::start::StartLine;
use super::{Field, FieldId, FieldSink, Octets, Scan, Summary, line};
use crate::narrow::{place, two_octets};

/// The walk over one input.
pub(super) struct Quick<'a, L, T, S> {
    leaf: L,
    input: &'a [u8],
    /// Where the current line begins.
    line: usize,
    /// What ends its name, when that was in a block before; else 0.
    colon: usize,
    /// How many more fields there may be.
    room: u32,
    sink: &'a mut S,
    notes: &'a mut Notes,
    start_line: PhantomData<T>,
}

impl<'a, L: Leaf, T: StartLine, S: FieldSink> Quick<'a, L, T, S> {
    /// A walk over the field section at `start`. No line and no section that `input` has room for is too long.
    #[inline(always)]
    pub fn new(leaf: L, input: &'a [u8], start: usize, room: u32, sink: &'a mut S, notes: &'a mut Notes) -> Self {
        Self { leaf, input, line: start, colon: 0, room, sink, notes, start_line: PhantomData }
    }

    /// Takes field lines until the empty line, and says where that ends; `None` when it took only those before
    /// [`Quick::walk`].
    #[inline(always)]
    pub fn run(&mut self) -> Option<usize> {
        let mut base = self.line;
        while base < self.input.len() {
            // A line that ended with the block before has its LF in this one. The mask, not the place, depends on it: a
            // load that waited for the lines before it would put all blocks in a row.
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

    /// Where the line begins that it did not take.
    #[inline(always)]
    pub fn line(&self) -> usize {
        self.line
    }

    /// How many more fields there may be.
    #[inline(always)]
    pub fn room(&self) -> u32 {
        self.room
    }

    /// Remembers what ends the name of a line that goes on in the next block.
    #[inline(always)]
    fn carry_colon(&mut self, base: usize, masks: Masks) -> Option<()> {
        if masks.delimiter != 0 {
            self.colon = self.colon(base, masks);
        }
        // No name is empty, and a place of 0, the first octet of a trailer section, would read as none seen.
        (masks.delimiter == 0 || self.colon != self.line).then_some(())
    }

    /// What ends the name of the current line: seen before, or in this block.
    #[inline(always)]
    fn colon(&self, base: usize, masks: Masks) -> usize {
        if self.colon != 0 { self.colon } else { base + masks.delimiter.trailing_zeros() as usize }
    }

    /// Makes a field of the line `text`, with which `rest` begins and after which the next one begins at `next`.
    #[inline(always)]
    fn take(&mut self, rest: &[u8], text: &[u8], next: usize, colon: usize) -> Option<()> {
        if T::FOLD && matches!(self.input.get(next)?, b' ' | b'\t') {
            return None;
        }
        let (name, after) = text.split_at_checked(colon.wrapping_sub(self.line))?;
        let value = line::usual_value(after)?;
        let room = self.room.checked_sub(1)?;
        if name.is_empty() {
            return None;
        }
        let field = Field {
            name: place(self.line),
            value: place(value.as_ptr().addr() - self.input.as_ptr().addr()),
            value_len: place(value.len()),
            name_len: two_octets(name.len()),
            id: line::known_name(self.leaf, self.input, rest, name),
            flags: 0,
        };
        // A note of a field that is then not taken does no harm: without room for the field the head is refused.
        if !self.notes.take(&field) || !self.sink.push(field) {
            return None;
        }
        (self.line, self.colon, self.room) = (next, 0, room);
        Some(())
    }
}

/// Of how many fields, the first Host apart, a note can be taken. A head with more is left to the other walk.
const MOST_NOTES: usize = 4;

/// Which fields decide framing: a summary is made of them when the walk is over, for a call within it would cost every
/// line its registers.
pub(super) struct Notes {
    host: Octets,
    host_flag: u32,
    count: usize,
    others: [(FieldId, Octets); MOST_NOTES],
}

impl Notes {
    #[inline(always)]
    pub fn new() -> Self {
        let none = Octets { offset: 0, len: 0 };
        Self { host: none, host_flag: 0, count: 0, others: [(0, none); MOST_NOTES] }
    }

    /// `false` when the field decides framing and there is no room for a note.
    #[inline(always)]
    fn take(&mut self, field: &Field) -> bool {
        if field.id.wrapping_sub(1) >= LAST_FRAMING {
            return true;
        }
        let value = Octets { offset: field.value, len: field.value_len };
        if field.id == field_id::HOST && self.host_flag == 0 {
            (self.host, self.host_flag) = (value, Summary::HOST);
            return true;
        }
        let Some(note) = self.others.get_mut(self.count) else { return false };
        *note = (field.id, value);
        self.count += 1;
        true
    }

    /// What the fields say, their values being in `input`.
    #[inline(always)]
    pub fn summary(&self, input: &[u8]) -> Summary {
        let Octets { offset: host, len: host_len } = self.host;
        let mut summary = Summary { host, host_len, flags: self.host_flag, ..Summary::default() };
        for (id, value) in self.others.iter().take(self.count) {
            summary.note(*id, value.of(input), value.offset, false);
        }
        summary
    }

    /// Leaves them to `scan`.
    #[cold]
    #[inline(never)]
    pub fn keep(&self, scan: &mut Scan, input: &[u8]) {
        scan.summary = self.summary(input);
    }
}
