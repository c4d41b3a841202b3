//! Writing into a buffer of known size.

use super::faults;
use super::field_ref::FieldRef;
use crate::error::Error;
use crate::narrow::{in_memory, octet};

/// The unwritten part of an output buffer.
///
/// The size was planned, so it suffices. If the iterator yields other fields the second time, what does not fit is
/// omitted, and unused room is cleared.
pub(super) struct Out<'a>(&'a mut [u8]);

impl<'a> Out<'a> {
    /// The first `size` octets of `out`, or an error with the size.
    #[inline(always)]
    pub(super) fn of(out: &'a mut [u8], size: usize) -> Result<Self, Error> {
        out.get_mut(..size).map(Self).ok_or(faults::no_room(size))
    }

    /// The whole of `room`.
    #[inline(always)]
    pub(super) fn new(room: &'a mut [u8]) -> Self {
        Self(room)
    }

    /// Writes a text of constant length.
    #[inline(always)]
    pub(super) fn put<const N: usize>(&mut self, text: &[u8; N]) {
        if let Some((room, rest)) = core::mem::take(&mut self.0).split_first_chunk_mut() {
            *room = *text;
            self.0 = rest;
        }
    }

    /// Writes a text.
    #[inline(always)]
    pub(super) fn text(&mut self, text: &[u8]) {
        if let Some((room, rest)) = core::mem::take(&mut self.0).split_at_mut_checked(text.len()) {
            copy(text, room);
            self.0 = rest;
        }
    }

    /// Whether the buffer is full.
    #[inline(always)]
    pub(super) fn is_full(&self) -> bool {
        self.0.is_empty()
    }

    /// Clears the unused room: if the fields changed between the passes, the old content must not leak.
    #[inline(always)]
    pub(super) fn end(self) {
        if !self.0.is_empty() {
            self.0.fill(0);
        }
    }

    /// Writes field lines.
    #[inline(always)]
    pub(super) fn fields<'f>(&mut self, fields: impl Iterator<Item = FieldRef<'f>>) {
        for field in fields {
            self.text(field.name);
            self.put(b": ");
            self.text(field.value);
            self.put(b"\r\n");
        }
    }

    /// Writes `number` in decimal with `digits` octets.
    #[inline(always)]
    pub(super) fn number(&mut self, number: u64, digits: usize) {
        if let Some((room, rest)) = core::mem::take(&mut self.0).split_at_mut_checked(digits) {
            match room {
                [tens, units] => {
                    let number = octet(in_memory(number));
                    (*tens, *units) = (b'0' + number / 10, b'0' + number % 10);
                }
                room => write_digits(room, number),
            }
            self.0 = rest;
        }
    }
}

impl core::fmt::Write for Out<'_> {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        self.text(text.as_bytes());
        Ok(())
    }
}

/// Writes the last digits of `number`, as many as fit.
#[inline(never)]
fn write_digits(room: &mut [u8], mut number: u64) {
    for octet in room.iter_mut().rev() {
        *octet = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

/// Copies `text` into a room of its size. Texts of 4 to 32 octets are copied as two overlapping pieces, which is
/// cheaper than a call.
#[inline(always)]
fn copy(text: &[u8], room: &mut [u8]) {
    let len = text.len();
    if len >= 16 {
        if len <= 32 { copy_ends::<16>(text, room) } else { room.copy_from_slice(text) }
    } else if len >= 8 {
        copy_ends::<8>(text, room);
    } else if len >= 4 {
        copy_ends::<4>(text, room);
    } else {
        room.iter_mut().zip(text).for_each(|(place, &octet)| *place = octet);
    }
}

#[inline(always)]
fn copy_ends<const N: usize>(text: &[u8], room: &mut [u8]) {
    let (first, last) = (text.first_chunk::<N>(), text.last_chunk::<N>());
    if let (Some(first), Some(place)) = (first, room.first_chunk_mut()) {
        *place = *first;
    }
    if let (Some(last), Some(place)) = (last, room.last_chunk_mut()) {
        *place = *last;
    }
}

/// The number of decimal digits of `number`.
#[inline(always)]
pub(super) fn digits(number: u64) -> usize {
    1 + POWERS.iter().take_while(|power| number >= **power).count()
}

/// 10 to 10^19.
static POWERS: [u64; 19] = {
    let mut powers = [10; 19];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};
