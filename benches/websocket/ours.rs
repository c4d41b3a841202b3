//! A reader of text messages on our codec: one window, everything in place, and a message that is longer than what has come is
//! read as it comes.

use std::hint::black_box;

use wireway::websocket::frame::{decode, opcode};
use wireway::websocket::mask::unmask_text;
use wireway::websocket::utf8::Utf8;

use crate::source::Source;

const WINDOW: usize = 64 << 10;

pub struct Reader {
    source: Source,
    window: Vec<u8>,
    /// What of the window is filled and not yet read.
    start: usize,
    end: usize,
    /// Of the frame that is being read, how much of its payload has been, and how much is still to come.
    key: [u8; 4],
    done: u64,
    remaining: usize,
    text: Utf8,
}

impl Reader {
    pub fn new(source: Source) -> Self {
        let window = vec![0; WINDOW];
        Self { source, window, start: 0, end: 0, key: [0; 4], done: 0, remaining: 0, text: Utf8::default() }
    }

    /// Reads as many messages.
    pub fn read(&mut self, messages: u32) {
        for _ in 0..messages {
            while !self.begin() {
                self.receive();
            }
            while self.remaining != 0 {
                self.receive();
                self.go_on();
            }
            assert!(self.text.finish());
        }
    }

    /// Reads a header, if all of it is there, and what is there of the payload.
    #[inline]
    fn begin(&mut self) -> bool {
        let input = &mut self.window[self.start..self.end];
        let Some(header) = decode(input).expect("a sound header") else { return false };
        assert!(header.masked && header.fin && header.opcode == opcode::TEXT);
        let from = usize::from(header.len);
        let there = (input.len() - from).min(header.payload_len as usize);
        take(&mut input[from..from + there], header.key, 0, &mut self.text);
        self.start += from + there;
        self.remaining = header.payload_len as usize - there;
        if self.remaining != 0 {
            (self.key, self.done) = (header.key, there as u64);
        }
        true
    }

    /// Reads more of the payload.
    fn go_on(&mut self) {
        let there = (self.end - self.start).min(self.remaining);
        take(&mut self.window[self.start..self.start + there], self.key, self.done, &mut self.text);
        self.start += there;
        self.remaining -= there;
        self.done += there as u64;
    }

    /// Moves what is left, part of a header at most, to the front and puts more behind it.
    fn receive(&mut self) {
        self.window.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        self.end += self.source.fill(&mut self.window[self.end..]);
    }
}

#[inline]
fn take(octets: &mut [u8], key: [u8; 4], offset: u64, text: &mut Utf8) {
    assert!(unmask_text(octets, key, offset, text).is_ok());
    black_box(octets);
}
