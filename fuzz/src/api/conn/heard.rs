//! What one end has heard: it is what the other end said, in order, as far as it came.

use wireway::ffi::event::*;
use wireway::ffi::head::types::ww_head;

use super::speech::{Speech, Spoken};
use crate::api::octets::{fields, shown};

/// Where a message stands that is under way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    No,
    /// Of the other end's application, by its number.
    Message(usize),
    /// Of its library, or of a peer that is not ours.
    Foreign,
}

/// What was heard on one transport.
pub struct MessagePart {
    open: Open,
    /// Octets of the message under way.
    at: usize,
    /// The first message that may come next.
    next: usize,
    /// Complete messages of the application.
    pub messages: usize,
    /// Complete messages of a WebSocket.
    pub frames: usize,
    is_in_frame: bool,
    raw: usize,
    is_raw_over: bool,
    is_closed: bool,
}

impl Default for MessagePart {
    fn default() -> Self {
        let (open, is_in_frame, is_raw_over, is_closed) = (Open::No, false, false, false);
        Self { open, at: 0, next: 0, messages: 0, frames: 0, is_in_frame, raw: 0, is_raw_over, is_closed }
    }
}

impl MessagePart {
    /// Takes an event; `said` is what the other end said, if it is ours.
    pub fn event(&mut self, event: &ww_event, said: Option<&Speech>) {
        assert!(!self.is_closed || !is_of_peer(event.kind), "an event of the peer behind its last one");
        match event.kind {
            WW_EVENT_REQUEST | WW_EVENT_RESPONSE => self.head(event, said),
            WW_EVENT_DATA => self.data(event, said),
            WW_EVENT_END => self.end(said),
            WW_EVENT_RAW => self.raw(event, said),
            WW_EVENT_RAW_END => {
                assert!(!std::mem::replace(&mut self.is_raw_over, true), "a second end");
            }
            WW_EVENT_MESSAGE => self.frame(event, said),
            WW_EVENT_CLOSE_FRAME => self.is_closed = true,
            _ => {}
        }
    }

    fn head(&mut self, event: &ww_event, said: Option<&Speech>) {
        // What is left of a request that was answered early is dropped (RFC 9112 section 9.3).
        assert!(self.open == Open::No || event.kind == WW_EVENT_REQUEST, "a head in a message");
        let before = std::mem::replace(&mut self.open, Open::Foreign);
        let was_begun = std::mem::take(&mut self.at) != 0;
        if let (Some(number), Some(said)) = (number(event.head), said) {
            // One that is gathered is shown at its head, and as a whole.
            let is_again = before == Open::Message(number) && !was_begun && event.flags & WW_EVENT_FLAG_LAST != 0;
            assert!(is_again || number >= self.next && number < said.messages.len(), "a message that was not said now");
            self.next = number + 1;
            self.open = Open::Message(number);
            follows(&said.messages[number], 0, shown(event.data));
        }
        self.at = shown(event.data).len();
        if event.flags & WW_EVENT_FLAG_LAST != 0 {
            self.end(said);
        }
    }

    fn data(&mut self, event: &ww_event, said: Option<&Speech>) {
        assert!(self.open != Open::No, "content outside of a message");
        let octets = shown(event.data);
        assert!(!octets.is_empty(), "content without octets");
        if let (Open::Message(number), Some(said)) = (self.open, said) {
            follows(&said.messages[number], self.at, octets);
        }
        self.at += octets.len();
        if event.flags & WW_EVENT_FLAG_LAST != 0 {
            self.end(said);
        }
    }

    fn end(&mut self, said: Option<&Speech>) {
        assert!(self.open != Open::No, "the end of no message");
        if let (Open::Message(number), Some(said)) = (self.open, said) {
            let spoken = &said.messages[number];
            assert!(spoken.is_silent || spoken.is_whole, "an end that was not said");
            assert!(spoken.is_silent || spoken.content.len() == self.at, "an end before all was heard");
            self.messages += 1;
        }
        self.open = Open::No;
    }

    fn raw(&mut self, event: &ww_event, said: Option<&Speech>) {
        let octets = shown(event.data);
        assert!(!octets.is_empty() && !self.is_raw_over);
        if let Some(said) = said {
            assert!(said.raw[self.raw..].starts_with(octets), "octets that were not said");
        }
        self.raw += octets.len();
    }

    fn frame(&mut self, event: &ww_event, said: Option<&Speech>) {
        let is_first = event.flags & WW_EVENT_FLAG_FIRST != 0;
        assert!(is_first != self.is_in_frame, "messages that are mixed");
        let octets = shown(event.data);
        self.at = if is_first { 0 } else { self.at };
        self.is_in_frame = event.flags & WW_EVENT_FLAG_LAST == 0;
        if let Some(said) = said {
            let spoken = said.frames.get(self.frames).expect("a message that was said");
            assert!(spoken.is_text == (event.flags & WW_EVENT_FLAG_TEXT != 0));
            follows(spoken, self.at, octets);
            let is_all = spoken.is_whole && spoken.content.len() == self.at + octets.len();
            assert!(self.is_in_frame || is_all, "the last of a message that has more");
        }
        self.at += octets.len();
        self.frames += usize::from(!self.is_in_frame);
    }

    /// Whether nothing that was said is missing.
    pub fn is_all_of(&self, said: &Speech) -> bool {
        let frames = said.frames.iter().filter(|frame| frame.is_whole).count();
        self.next == said.messages.len() && self.frames == frames && self.raw == said.raw.len()
    }
}

fn is_of_peer(kind: i32) -> bool {
    !matches!(kind, WW_EVENT_ERROR | WW_EVENT_RELEASED | WW_EVENT_WRITABLE)
}

fn follows(spoken: &Spoken, at: usize, octets: &[u8]) {
    let content = if spoken.is_silent { &[][..] } else { &spoken.content[..] };
    assert!(content.get(at..).is_some_and(|rest| rest.starts_with(octets)), "content that was not said");
}

/// Which message of the application it is, by its field.
fn number(head: *const ww_head) -> Option<usize> {
    let field = fields(head).iter().find(|field| shown(field.name).eq_ignore_ascii_case(b"x-n"))?;
    std::str::from_utf8(shown(field.value)).ok()?.parse().ok()
}
