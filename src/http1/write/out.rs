//! Octets into a buffer that is known to hold them.

use super::{FieldRef, faults};
use crate::error::Error;

/// The part of an output buffer that is still to be written.
///
/// Its size was planned, so it never runs out; if fields that are walked twice differ the second time, what has no room is
/// left out instead of written elsewhere.
pub(super) struct Out<'a>(&'a mut [u8]);

impl<'a> Out<'a> {
    /// The first `size` octets of `out`, or the error that names the size.
    #[inline(always)]
    pub(super) fn of(out: &'a mut [u8], size: usize) -> Result<Self, Error> {
        out.get_mut(..size).map(Self).ok_or(faults::no_room(size))
    }

    /// A text whose size the compiler knows.
    #[inline(always)]
    pub(super) fn put<const N: usize>(&mut self, text: &[u8; N]) {
        if let Some((room, rest)) = core::mem::take(&mut self.0).split_first_chunk_mut() {
            *room = *text;
            self.0 = rest;
        }
    }

    /// Any text.
    #[inline(always)]
    pub(super) fn text(&mut self, text: &[u8]) {
        if let Some((room, rest)) = core::mem::take(&mut self.0).split_at_mut_checked(text.len()) {
            room.copy_from_slice(text);
            self.0 = rest;
        }
    }

    /// Field lines.
    #[inline(always)]
    pub(super) fn fields<'f>(&mut self, fields: impl Iterator<Item = FieldRef<'f>>) {
        for field in fields {
            self.text(field.name);
            self.put(b": ");
            self.text(field.value);
            self.put(b"\r\n");
        }
    }

    /// `number` in decimal, in `digits` octets.
    #[inline(always)]
    pub(super) fn number(&mut self, mut number: u64, digits: usize) {
        if let Some((room, rest)) = core::mem::take(&mut self.0).split_at_mut_checked(digits) {
            for octet in room.iter_mut().rev() {
                *octet = b'0' + (number % 10) as u8;
                number /= 10;
            }
            self.0 = rest;
        }
    }
}

/// How many decimal digits `number` has.
#[inline(always)]
pub(super) fn digits(number: u64) -> usize {
    number.checked_ilog10().map_or(1, |log| log as usize + 1)
}
