//! The caller's table of fields as a sink: what the parser finds is written where C reads it.

use super::types::{ww_field, ww_span};
use crate::http1::head::{Field, FieldSink};

pub(super) struct Table {
    input: *const u8,
    fields: *mut ww_field,
    count: usize,
    room: usize,
}

impl Table {
    /// # Safety
    ///
    /// `fields` points to `room` fields, of which the first `count` are written, `fields` may be used until the table
    /// is gone, and the fields pushed are offsets into `input`.
    #[inline(always)]
    pub unsafe fn new(input: *const u8, fields: *mut ww_field, count: usize, room: usize) -> Self {
        Self { input, fields, count, room }
    }

    /// Makes the fields that were written while the input lay at address `from` point to where it lies now.
    #[cold]
    pub fn rebase(&mut self, from: usize) {
        let by = (self.input as usize).wrapping_sub(from);
        for at in 0..self.count.min(self.room) {
            // SAFETY: one of the written fields.
            let field = unsafe { &mut *self.fields.add(at) };
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
        if self.count >= self.room {
            return false;
        }
        let written = ww_field {
            name: self.span(field.name, usize::from(field.name_len)),
            value: self.span(field.value, field.value_len as usize),
            id: u16::from(field.id),
            flags: u16::from(field.flags),
            reserved: 0,
        };
        // SAFETY: below `room`.
        unsafe { self.fields.add(self.count).write(written) };
        self.count += 1;
        true
    }
}
