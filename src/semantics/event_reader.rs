//! Reading an event stream, `text/event-stream` (HTML Standard §9.2.6), in pieces.
//!
//! Uses [`crate::error`]. Stores one event in the caller's memory, whose size is the limit: data and the incomplete
//! line at the start, type and id at the end. Does not validate UTF-8.

use crate::error::{Code, Fault};

static TOO_LARGE: Fault = Fault::new(Code::TooLarge, 0, c"H1-SEM-16", c"an event is larger than the memory for it");

/// Optional at the start of the stream.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// An event, in the caller's memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReceivedEvent<'a> {
    /// The type; `None` is the default, `message`.
    pub name: Option<&'a [u8]>,
    /// The last id, of this event or an earlier one.
    pub id: Option<&'a [u8]>,
    /// Lines, with LF between them.
    pub data: &'a [u8],
    /// The last reconnection time.
    pub retry_ms: Option<u32>,
}

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub enum EventStep<'a> {
    /// An event.
    Event(ReceivedEvent<'a>),
    /// The input is used up.
    NeedInput,
    /// The event is too large. Every later call returns the same.
    Failed(&'static Fault),
}

/// A reader of one stream. All-zero is the initial state.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C)]
pub struct EventReader {
    /// Length of the data at the start of the memory, each line with an LF.
    data_len: usize,
    /// Length of the incomplete line, after the data.
    line_len: usize,
    /// Length of the type, before the id.
    name_len: usize,
    /// Length of the id, at the end of the memory.
    id_len: usize,
    retry_ms: Option<u32>,
    has_id: bool,
    /// The first line was read.
    is_begun: bool,
    /// The last line ended with CR: a following LF belongs to it.
    is_behind_cr: bool,
    is_in_comment: bool,
    /// The event was delivered, and is dropped at the next call.
    is_shown: bool,
    has_failed: bool,
}

impl EventReader {
    /// Reads up to the end of the next event; returns the octets used, and the event. `room` must be the same memory in
    /// every call.
    pub fn next<'a>(&mut self, input: &[u8], room: &'a mut [u8]) -> (usize, EventStep<'a>) {
        if core::mem::take(&mut self.is_shown) {
            (self.data_len, self.name_len) = (0, 0);
        }
        let mut at = 0;
        while at < input.len() && !self.has_failed {
            if core::mem::take(&mut self.is_behind_cr) && input[at] == b'\n' {
                at += 1;
                continue;
            }
            let rest = &input[at..];
            let end = rest.iter().position(|octet| matches!(octet, b'\r' | b'\n')).unwrap_or(rest.len());
            if self.keep(&rest[..end], room).is_none() {
                self.has_failed = true;
                break;
            }
            at += end;
            let Some(&octet) = input.get(at) else { break };
            at += 1;
            self.is_behind_cr = octet == b'\r';
            if self.end_line(room) {
                self.is_shown = true;
                return (at, EventStep::Event(self.event(room)));
            }
        }
        (at, if self.has_failed { EventStep::Failed(&TOO_LARGE) } else { EventStep::NeedInput })
    }

    /// Appends octets to the incomplete line. Drops those of a comment.
    fn keep(&mut self, octets: &[u8], room: &mut [u8]) -> Option<()> {
        self.is_in_comment |= self.line_len == 0 && octets.first() == Some(&b':');
        if !self.is_in_comment {
            let end = room.len().checked_sub(self.name_len + self.id_len)?;
            room.get_mut(self.data_len + self.line_len..end)?.get_mut(..octets.len())?.copy_from_slice(octets);
            self.line_len += octets.len();
        }
        Some(())
    }

    /// Ends a line; returns whether it ends an event.
    fn end_line(&mut self, room: &mut [u8]) -> bool {
        let (mut start, end) = (self.data_len, self.data_len + core::mem::take(&mut self.line_len));
        if !core::mem::replace(&mut self.is_begun, true) && room[start..end].starts_with(BYTE_ORDER_MARK) {
            start += BYTE_ORDER_MARK.len();
        }
        if core::mem::take(&mut self.is_in_comment) || room[start..end].starts_with(b":") {
            return false;
        }
        if start == end {
            // Without data there is no event, and its type is dropped.
            self.name_len *= usize::from(self.data_len != 0);
            return self.data_len != 0;
        }
        let line = &room[start..end];
        let colon = line.iter().position(|&octet| octet == b':').unwrap_or(line.len());
        let value = match &line[colon..] {
            [b':', b' ', ..] => start + colon + 2,
            [b':', ..] => start + colon + 1,
            _ => end,
        };
        self.take_field(room, (start, start + colon), (value, end));
        false
    }

    /// Handles a field, given by the ranges of its name and value.
    fn take_field(&mut self, room: &mut [u8], name: (usize, usize), (from, to): (usize, usize)) {
        match &room[name.0..name.1] {
            b"data" => {
                room.copy_within(from..to, self.data_len);
                self.data_len += to - from + 1;
                // The field's name is longer than an LF, so there is room.
                room[self.data_len - 1] = b'\n';
            }
            b"event" => {
                self.name_len = to - from;
                room.copy_within(from..to, room.len() - self.id_len - self.name_len);
            }
            b"id" if !room[from..to].contains(&0) => self.take_id(room, from, to),
            b"retry" => self.retry_ms = number(&room[from..to]).or(self.retry_ms),
            _ => {}
        }
    }

    /// Moves type and id to the end of the memory.
    fn take_id(&mut self, room: &mut [u8], from: usize, to: usize) {
        let (len, end) = (to - from, room.len() - self.id_len);
        let start = end - self.name_len - len;
        room.copy_within(from..to, start);
        room[start..end].rotate_left(len);
        room.copy_within(start..end, start + self.id_len);
        (self.id_len, self.has_id) = (len, true);
    }

    fn event<'a>(&self, room: &'a [u8]) -> ReceivedEvent<'a> {
        let (rest, id) = room.split_at(room.len() - self.id_len);
        let name = &rest[rest.len() - self.name_len..];
        ReceivedEvent {
            name: Some(name).filter(|name| !name.is_empty()),
            id: Some(id).filter(|_| self.has_id),
            data: &room[..self.data_len - 1],
            retry_ms: self.retry_ms,
        }
    }
}

/// 1*DIGIT, saturating.
fn number(digits: &[u8]) -> Option<u32> {
    let add = |value: u32, octet: &u8| {
        octet.is_ascii_digit().then(|| value.saturating_mul(10).saturating_add(u32::from(octet - b'0')))
    };
    digits.iter().try_fold(0, add).filter(|_| !digits.is_empty())
}

#[cfg(test)]
mod tests;
