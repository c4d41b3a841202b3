//! The protocol of one open WebSocket over the codec, in both roles: which frame may come where, what a message is, who has
//! closed.
//!
//! Two [`Side`](state::Side)s walk the table of [`state`]; [`Machine::hear`] turns frames into parts of messages, `say` decides what our
//! own frames are. The machine sees octets only as arguments, unmasks them where they lie, holds no buffer, knows no
//! clock and draws no key: bytes, output, deadlines and entropy belong to the connection above it. So does what
//! is compressed: the machine is shown the inflated octets.
//!
//! Uses the codec ([`super::frame`], [`super::mask`], [`super::utf8`], [`super::close`]) and [`crate::guard`]. Never allocates.

mod control;
mod faults;
mod hear;
mod inflated;
mod say;
pub mod state;
mod step;
#[cfg(test)]
mod tests;

pub use hear::hear_whole;
pub use say::{Part, Said};
pub use step::{Heard, Step};

use super::Role;
use super::frame::opcode;
use super::utf8::Utf8;
use state::{Cue, Side};

/// One WebSocket's protocol state. Every idle connection pays for it, so its counts lie where they fit.
#[derive(Clone, Debug)]
#[repr(Rust, packed(4))]
pub struct Machine {
    /// Octets of the present data frame that have not come yet; 0 between frames.
    rest: u64,
    /// Octets of the present message so far, by the lengths of its frames or as they were inflated.
    total: u64,
    /// The masking key as it is for the next octet of the present frame.
    key: [u8; 4],
    /// Frames of the present message.
    fragments: u32,
    /// The text that comes, and the text that goes.
    heard: Utf8,
    said: Utf8,
    /// `message::*` bits of the message that comes.
    hearing: u16,
    /// `message::*` bits of the message that goes.
    saying: u16,
    ours: Side,
    theirs: Side,
}

const _: () = assert!(size_of::<Machine>() <= 36);

/// What is known of a message under way.
mod message {
    /// It has begun and is not complete.
    pub const OPEN: u16 = 1;
    /// It is text.
    pub const TEXT: u16 = 2;
    /// It is compressed.
    pub const COMPRESSED: u16 = 4;
    /// The present frame is its last.
    pub const FIN: u16 = 8;
    /// None of its octets has been shown.
    pub const FIRST: u16 = 16;
    /// Its text is wrong at the next octet.
    pub const WRONG: u16 = 32;
    /// For it ends there, within a sequence.
    pub const CUT: u16 = 64;
    /// Compressed octets of it wait to be inflated.
    pub const INFLATING: u16 = 128;
    /// None of its octets has been shown since they are inflated.
    pub const UNSHOWN: u16 = 256;
    /// permessage-deflate was agreed on: not of a message, but of all.
    pub const DEFLATES: u16 = 512;
    /// This side is the server, likewise.
    pub const SERVER: u16 = 1024;
    /// What goes on from message to message.
    pub const LASTING: u16 = DEFLATES | SERVER;
}

impl Machine {
    /// A WebSocket whose handshake is over. `deflates`: permessage-deflate was agreed on.
    pub fn new(role: Role, deflates: bool) -> Self {
        let deflates = if deflates { message::DEFLATES } else { 0 };
        let server = if role == Role::Server { message::SERVER } else { 0 };
        Self {
            rest: 0,
            total: 0,
            key: [0; 4],
            fragments: 0,
            heard: Utf8::default(),
            said: Utf8::default(),
            hearing: deflates | server,
            saying: 0,
            ours: Side::Open,
            theirs: Side::Open,
        }
    }

    /// Which side we are.
    #[inline(always)]
    pub fn role(&self) -> Role {
        if self.hearing & message::SERVER != 0 { Role::Server } else { Role::Client }
    }

    /// Whether permessage-deflate was agreed on.
    #[inline(always)]
    pub fn deflates(&self) -> bool {
        self.hearing & message::DEFLATES != 0
    }

    /// Where our side stands.
    #[inline]
    pub fn ours(&self) -> Side {
        self.ours
    }

    /// Where the peer's side stands.
    #[inline]
    pub fn theirs(&self) -> Side {
        self.theirs
    }

    /// Whether messages go both ways.
    #[inline]
    pub fn is_open(&self) -> bool {
        self.ours == Side::Open && self.theirs == Side::Open
    }

    /// Whether neither side has a message under way.
    pub fn is_between_messages(&self) -> bool {
        (self.hearing | self.saying) & message::OPEN == 0
    }

    /// Whether a data frame of the peer's goes on.
    #[inline]
    pub fn is_within_frame(&self) -> bool {
        self.rest != 0
    }

    /// Whether there is something of a message to go on with, and not a control frame; `first`: the next octet, if there is one.
    pub fn goes_on_with_data(&self, first: Option<u8>) -> bool {
        let is_data = |first: u8| self.rest != 0 || !opcode::is_control(first & 0x0f);
        self.hearing & message::INFLATING != 0 || first.is_some_and(is_data)
    }

    /// Whether a frame or a message of the peer's is under way.
    pub fn is_within(&self) -> bool {
        self.rest != 0 || self.is_hearing()
    }

    /// Whether a message of the peer's is under way.
    #[inline]
    pub fn is_hearing(&self) -> bool {
        self.hearing & message::OPEN != 0
    }

    /// Whether the peer's present message, or its last one, is text.
    pub fn hears_text(&self) -> bool {
        self.hearing & message::TEXT != 0
    }

    /// Whether a message of ours is under way.
    pub fn is_saying(&self) -> bool {
        self.saying & message::OPEN != 0
    }

    /// The peer broke the protocol, or its transport ended.
    pub fn fail(&mut self) {
        self.theirs = self.theirs.after(Cue::Fail).unwrap_or(Side::Failed);
    }

    /// Our transport ended: nothing more is sent.
    pub fn end_ours(&mut self) {
        self.ours = self.ours.after(Cue::Fail).unwrap_or(Side::Failed);
    }
}
