//! Reading multipart content in pieces (RFC 2046 §5.1), mainly multipart/form-data (RFC 7578).
//!
//! Uses [`crate::error`], media types, parameters, and the parser of trailer sections. Stores the boundary and a few
//! numbers: content is delivered in place, and the head of a part is assembled in the caller's memory, whose size is
//! the limit. Lines end only with CRLF. Never allocates.

mod delimiter;
mod part;
#[cfg(test)]
mod tests;

pub use part::PartHead;

use super::media_type::MediaType;
use crate::error::{Code, Fault};
use crate::narrow::octet;
use delimiter::Delimiter;

static DELIMITER: Fault = Fault::new(
    Code::Multipart,
    400,
    c"H1-SEM-13",
    c"a boundary is followed by neither the end of its line nor two hyphens",
);
/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub enum MultipartStep<'a> {
    /// A part begins. Its head is in the caller's memory.
    Head(PartHead<'a>),
    /// Content of the part, at least one octet: in the input, or in the reader if octets of an earlier input could have
    /// been a delimiter.
    Content(&'a [u8]),
    /// The part is complete.
    End,
    /// The input is used up.
    NeedInput,
    /// After the last part; the rest is ignored.
    Done,
    /// The content is malformed. Every later call returns the same.
    Failed(&'static Fault),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum State {
    /// Before the first delimiter, which needs no CRLF at the start.
    Preamble,
    Content,
    /// After a delimiter.
    Delimited,
    /// After a delimiter and a hyphen.
    Hyphen,
    /// After a delimiter and whitespace.
    Padding,
    /// After the CR of its line.
    LineEnd,
    Head,
    Done,
    Failed,
}

/// A reader of one content.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Multipart {
    fault: Option<&'static Fault>,
    /// Length of the incomplete head.
    head_len: usize,
    delimiter: Delimiter,
    state: State,
    is_form: bool,
    /// Octets of a delimiter at the end of the input.
    matched: u8,
    /// How many of them are not in the input: the CRLF of a delimiter may be the one that ends a head.
    implied: u8,
}

impl Multipart {
    /// A reader for this Content-Type; `None` if it is not multipart or has no valid boundary. With `is_form` it must
    /// be multipart/form-data, and every part must have a name.
    pub fn new(content_type: &[u8], is_form: bool) -> Option<Self> {
        let media_type = MediaType::parse(content_type)?;
        let is_fitting = media_type.kind().eq_ignore_ascii_case(b"multipart")
            && (!is_form || media_type.subtype().eq_ignore_ascii_case(b"form-data"));
        let delimiter = Delimiter::of(&media_type).filter(|_| is_fitting)?;
        Some(Self { fault: None, head_len: 0, delimiter, state: State::Preamble, is_form, matched: 2, implied: 2 })
    }

    /// Reads up to the next event; returns the octets used, and the event. Pass the rest of the input to the next call.
    /// `room` must be the same memory in every call.
    pub fn next<'a>(&'a mut self, input: &'a [u8], room: &'a mut [u8]) -> (usize, MultipartStep<'a>) {
        let mut at = 0;
        loop {
            let start = at;
            let (used, found) = self.look(&input[start..], room);
            at += used;
            let step = match found {
                Found::Nothing => continue,
                Found::NeedInput => MultipartStep::NeedInput,
                Found::Done => MultipartStep::Done,
                Found::Content => MultipartStep::Content(&input[start..at]),
                Found::Withheld(from, to) => MultipartStep::Content(&self.delimiter.octets()[from..to]),
                Found::End => MultipartStep::End,
                Found::Head(len) => self.show_head(&room[..len]),
                Found::Fault(fault) => self.fail(fault),
            };
            return (at, step);
        }
    }

    /// Reads as far as one state goes; returns the octets used, and what was found.
    fn look(&mut self, input: &[u8], room: &mut [u8]) -> (usize, Found) {
        match self.state {
            State::Preamble | State::Content => self.content(input),
            State::Head => self.head(input, room),
            State::Done => (input.len(), Found::Done),
            State::Failed => (0, Found::Fault(self.fault.unwrap_or(&DELIMITER))),
            _ => input.first().map_or((0, Found::NeedInput), |&octet| self.behind_delimiter(octet)),
        }
    }

    fn fail(&mut self, fault: &'static Fault) -> MultipartStep<'static> {
        (self.state, self.fault) = (State::Failed, Some(fault));
        MultipartStep::Failed(fault)
    }

    /// Content up to what could be a delimiter.
    fn content(&mut self, input: &[u8]) -> (usize, Found) {
        let whole = self.delimiter.octets().len();
        if self.matched != 0 {
            let before = usize::from(self.matched);
            let more = self.delimiter.goes_on(before, input);
            if before + more == whole || more == input.len() {
                return (more, self.matched(before + more));
            }
            let (from, is_content) = (usize::from(self.implied), self.state == State::Content);
            (self.matched, self.implied) = (0, 0);
            if from < before && is_content {
                return (0, Found::Withheld(from, before));
            }
        }
        let (start, same) = self.delimiter.find(input);
        if start != 0 {
            return (start, if self.state == State::Content { Found::Content } else { Found::Nothing });
        }
        (same, self.matched(same))
    }

    /// The input ends, or the delimiter does.
    fn matched(&mut self, count: usize) -> Found {
        if count != self.delimiter.octets().len() {
            self.matched = octet(count);
            return Found::NeedInput;
        }
        let found = if self.state == State::Content { Found::End } else { Found::Nothing };
        (self.matched, self.implied, self.state) = (0, 0, State::Delimited);
        found
    }

    fn behind_delimiter(&mut self, next: u8) -> (usize, Found) {
        self.state = match (self.state, next) {
            (State::Delimited, b'-') => State::Hyphen,
            (State::Hyphen, b'-') => State::Done,
            (State::Delimited | State::Padding, b' ' | b'\t') => State::Padding,
            (State::Delimited | State::Padding, b'\r') => State::LineEnd,
            (State::LineEnd, b'\n') => State::Head,
            _ => return (0, Found::Fault(&DELIMITER)),
        };
        (1, Found::Nothing)
    }

    /// Reads one line of a head, or a part of it.
    fn head(&mut self, input: &[u8], room: &mut [u8]) -> (usize, Found) {
        let len = input.iter().position(|&octet| octet == b'\n').map_or(input.len(), |at| at + 1);
        let Some(place) = room.get_mut(self.head_len..).and_then(|room| room.get_mut(..len)) else {
            return (0, Found::Fault(&part::TOO_LARGE));
        };
        place.copy_from_slice(&input[..len]);
        self.head_len += len;
        let head = &room[..self.head_len];
        if head == b"\r\n" || head.ends_with(b"\r\n\r\n") {
            let head_len = core::mem::take(&mut self.head_len);
            return (len, Found::Head(head_len));
        }
        (len, if len == input.len() { Found::NeedInput } else { Found::Nothing })
    }

    fn show_head<'a>(&mut self, text: &'a [u8]) -> MultipartStep<'a> {
        match PartHead::parse(text, self.is_form) {
            Ok(head) => {
                // A part without content may end with the CRLF of its empty line (RFC 2046 §5.1.1: body-part).
                (self.state, self.matched, self.implied) = (State::Content, 2, 2);
                MultipartStep::Head(head)
            }
            Err(fault) => self.fail(fault),
        }
    }
}

/// What was found in the input.
enum Found {
    Nothing,
    NeedInput,
    Done,
    /// All octets used.
    Content,
    /// A range of the delimiter.
    Withheld(usize, usize),
    End,
    Head(usize),
    Fault(&'static Fault),
}
