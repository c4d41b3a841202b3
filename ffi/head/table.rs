//! The caller's table of fields as a sink: what the parser finds is written where C reads it.

use super::types::{ww_field, ww_span};
use crate::http1::head::{Field, FieldSink};

pub(super) struct Table {
    input: *const u8,
    next: *mut ww_field,
    end: *mut ww_field,
}

impl Table {
    /// # Safety
    ///
    /// `fields` points to `room` fields, of which the first `count` are written (`count` is at most `room`), it may be
    /// used until the table is gone, and the fields pushed are offsets into `input`.
    #[inline(always)]
    pub unsafe fn new(input: *const u8, fields: *mut ww_field, count: usize, room: usize) -> Self {
        // SAFETY: both are within what `fields` points to, or at its end.
        let (next, end) = unsafe { (fields.add(count), fields.add(room)) };
        Self { input, next, end }
    }

    /// Makes the `count` fields that were written while the input lay at address `from` point to where it lies now.
    #[cold]
    pub fn rebase(&mut self, from: usize, count: usize) {
        let by = (self.input as usize).wrapping_sub(from);
        for back in 1..=count {
            // SAFETY: one of the written fields: `next` is that many after the first of them.
            let field = unsafe { &mut *self.next.sub(back) };
            field.name.data = field.name.data.wrapping_byte_add(by);
            field.value.data = field.value.data.wrapping_byte_add(by);
        }
    }

    #[inline(always)]
    fn span(&self, offset: u32, len: usize) -> ww_span {
        ww_span { data: self.input.wrapping_add(offset as usize), len }
    }
}

impl FieldSink for Table {
    #[inline(always)]
    fn push(&mut self, field: Field) -> bool {
        if self.next == self.end {
            return false;
        }
        let written = ww_field {
            name: self.span(field.name, usize::from(field.name_len)),
            value: self.span(field.value, field.value_len as usize),
            id: u16::from(field.id),
            flags: u16::from(field.flags),
            reserved: 0,
        };
        // SAFETY: before the end, which is at most one past the table afterwards.
        unsafe {
            self.next.write(written);
            self.next = self.next.add(1);
        }
        true
    }
}
