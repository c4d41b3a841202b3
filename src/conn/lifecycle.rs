//! The lifecycle of a connection: its phase, the events that are due, and the error that ended it.
//!
//! Nearly always a connection is open and nothing is due; one word stores that. Owns the phase, the peer's end, the
//! error, and the flags of events to report. Knows no protocol, queue or clock: [`ending`](super::ending) applies a
//! transition to those.

mod due;
mod flags;
mod last_error;
mod phase;

pub use due::Due;
pub use phase::Phase;

use crate::error::Error;
use flags::Flags;
use last_error::LastError;
use phase::Cue;

/// The end of the peer's octets.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum PeerEnd {
    /// More octets may arrive.
    None = 0,
    /// The transport reports that the peer has ended; earlier octets may still be received.
    Announced,
    /// By the rules of the protocol.
    Clean,
    /// Without close_notify, or by a failing transport.
    Unclean,
}

/// The first four fields are compared as one word.
#[repr(C, align(4))]
pub struct Lifecycle {
    phase: Phase,
    peer_end: PeerEnd,
    flags: Flags,
    /// The connection uses TLS. This excludes it from the fast ways, so a connection without TLS pays nothing.
    secured: bool,
    error: LastError,
}

impl Lifecycle {
    /// A fresh connection.
    pub const OPEN: Self = Self {
        phase: Phase::Open,
        peer_end: PeerEnd::None,
        flags: Flags::NONE,
        secured: false,
        error: LastError::NONE,
    };

    #[inline(always)]
    fn word(&self) -> u32 {
        u32::from_ne_bytes([self.phase as u8, self.peer_end as u8, self.flags.octet(), self.secured.into()])
    }

    /// Whether messages are exchanged, the peer has not ended, and nothing is due except in the input.
    #[inline(always)]
    pub fn is_plain(&self) -> bool {
        self.word() == 0
    }

    /// Likewise, but an event may show a head.
    #[inline(always)]
    pub fn is_plain_but_head(&self) -> bool {
        let word = self.word();
        word == 0 || word == u32::from_ne_bytes([0, 0, Flags::HEAD_SHOWN.octet(), 0])
    }

    /// The current phase.
    #[inline(always)]
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// Whether messages are exchanged.
    #[inline(always)]
    pub fn is_open(&self) -> bool {
        self.phase == Phase::Open
    }

    /// Whether the transport can be closed.
    #[inline(always)]
    pub fn is_closed(&self) -> bool {
        self.phase == Phase::Closed
    }

    /// Sends nothing more than what is queued. `false`: that was so already.
    pub fn finish(&mut self) -> bool {
        self.step(Cue::Finish)
    }

    /// The whole queue was sent.
    pub fn linger(&mut self) {
        self.step(Cue::Linger);
    }

    /// Nothing more is sent or awaited: events about room and permission to send are dropped.
    pub fn close(&mut self) {
        self.step(Cue::Close);
        self.flags.set(Flags::WRITABLE_DUE.union(Flags::CONTINUE_DUE), false);
    }

    fn step(&mut self, cue: Cue) -> bool {
        let after = self.phase.after(cue);
        self.phase = after.unwrap_or(self.phase);
        after.is_some()
    }

    /// Whether no more octets will be received.
    #[inline(always)]
    pub fn has_peer_ended(&self) -> bool {
        matches!(self.peer_end, PeerEnd::Clean | PeerEnd::Unclean)
    }

    /// Whether the peer has ended by the rules of the protocol.
    pub fn has_peer_ended_cleanly(&self) -> bool {
        self.peer_end == PeerEnd::Clean
    }

    /// Whether the peer is known to have ended, even if some of its octets are not received yet.
    #[inline(always)]
    pub fn knows_peer_end(&self) -> bool {
        self.peer_end != PeerEnd::None
    }

    /// The transport reports that the peer has ended.
    pub fn announce_peer_end(&mut self) {
        if self.peer_end == PeerEnd::None {
            self.peer_end = PeerEnd::Announced;
        }
    }

    /// No more octets will be received. The first end counts.
    pub fn end_peer(&mut self, clean: bool) {
        if !self.has_peer_ended() {
            self.peer_end = if clean { PeerEnd::Clean } else { PeerEnd::Unclean };
        }
    }

    /// Whether the peer's end was reported to the owner.
    #[inline(always)]
    pub fn is_peer_end_reported(&self) -> bool {
        self.flags.has(Flags::PEER_END_REPORTED)
    }

    /// Sets whether the peer's end was reported; `false` for the next request.
    #[inline(always)]
    pub fn set_peer_end_reported(&mut self, told: bool) {
        self.flags.set(Flags::PEER_END_REPORTED, told);
    }

    /// The last error: the one that ended the connection, or before that the one for which the last request was
    /// refused.
    pub fn error(&self) -> Option<Error> {
        self.error.get()
    }

    /// The error that ended the connection, if any.
    pub fn ending_error(&self) -> Option<Error> {
        self.error.get_ending()
    }

    /// Sets the error that ended the connection; the current call returns it.
    pub fn set_error(&mut self, error: Error) {
        self.error = LastError::ending(error);
    }

    /// Sets the error for which a request was refused; the current call returns it, and the connection may persist.
    pub fn set_refusal(&mut self, error: Error) {
        if self.ending_error().is_none() {
            self.error = LastError::refusal(error);
        }
    }

    /// Sets the error that ended the connection, to be reported by an event.
    pub fn set_error_due(&mut self, error: Error) {
        self.error = LastError::ending(error);
        self.flags.set(Flags::ERROR_DUE, true);
    }

    /// Takes the error, if it is still to be reported.
    pub fn take_error_due(&mut self) -> Option<Error> {
        if self.flags.take(Flags::ERROR_DUE) { self.error() } else { None }
    }

    /// The queue has room again, and the owner waits for it.
    pub fn set_writable_due(&mut self, due: bool) {
        self.flags.set(Flags::WRITABLE_DUE, due && self.is_open());
    }

    /// The owner may send its content.
    pub fn set_continue_due(&mut self) {
        self.flags.set(Flags::CONTINUE_DUE, true);
    }

    /// Whether an event is due.
    #[inline(always)]
    pub fn has_due(&self) -> bool {
        self.flags.has(Flags::ERROR_DUE.union(Flags::WRITABLE_DUE).union(Flags::CONTINUE_DUE))
    }

    /// Takes the next due event.
    pub fn next_due(&mut self) -> Option<Due> {
        if let Some(error) = self.take_error_due() {
            return Some(Due::Error(error));
        }
        let due = [(Flags::CONTINUE_DUE, Due::Continue), (Flags::WRITABLE_DUE, Due::Writable)];
        due.into_iter().find(|&(flag, _)| self.flags.take(flag)).map(|(_, due)| due)
    }

    /// Whether the owner has paused the stream.
    #[inline(always)]
    pub fn is_paused(&self) -> bool {
        self.flags.has(Flags::PAUSED)
    }

    /// Pauses or resumes the stream.
    pub fn set_paused(&mut self, paused: bool) {
        self.flags.set(Flags::PAUSED, paused);
    }

    /// Whether the last `next` left input waiting.
    #[inline(always)]
    pub fn has_input_waiting(&self) -> bool {
        self.flags.has(Flags::INPUT_WAITS)
    }

    /// Sets whether input is waiting.
    #[inline(always)]
    pub fn set_input_waiting(&mut self, waits: bool) {
        self.flags.set(Flags::INPUT_WAITS, waits);
    }

    /// Whether an event shows the head slab.
    #[inline(always)]
    pub fn is_head_shown(&self) -> bool {
        self.flags.has(Flags::HEAD_SHOWN)
    }

    /// Whether the head slab is in use: by an event, or by an offer.
    #[inline(always)]
    pub fn is_head_kept(&self) -> bool {
        self.flags.has(Flags::HEAD_SHOWN.union(Flags::OFFER_KEPT))
    }

    /// An event shows the head slab.
    #[inline(always)]
    pub fn show_head(&mut self) {
        self.flags.set(Flags::HEAD_SHOWN, true);
    }

    /// Likewise, on a connection that is [plain but for a head](Self::is_plain_but_head).
    #[inline(always)]
    pub fn show_head_fast(&mut self) {
        debug_assert!(self.is_plain_but_head());
        self.flags = Flags::HEAD_SHOWN;
    }

    /// No event shows the head slab, on a connection that is [plain but for a head](Self::is_plain_but_head).
    #[inline(always)]
    pub fn hide_head_fast(&mut self) {
        debug_assert!(self.is_plain_but_head());
        self.flags = Flags::NONE;
    }

    /// The head slab holds the offer of an upgrade.
    pub fn keep_offer(&mut self) {
        self.flags.set(Flags::OFFER_KEPT, true);
    }

    /// The event ended; the head slab holds only an offer.
    pub fn keep_only_offer(&mut self) {
        self.flags.set(Flags::HEAD_SHOWN, false);
        self.flags.set(Flags::OFFER_KEPT, true);
    }

    /// The head slab is free, or used for gathering.
    #[inline(always)]
    pub fn forget_head(&mut self) {
        self.flags.set(Flags::HEAD_SHOWN.union(Flags::OFFER_KEPT), false);
    }

    /// Whether the connection uses TLS.
    #[inline(always)]
    pub fn is_secured(&self) -> bool {
        self.secured
    }

    /// The connection uses TLS from now on.
    #[cfg(feature = "tls")]
    pub fn secure(&mut self) {
        self.secured = true;
    }
}
