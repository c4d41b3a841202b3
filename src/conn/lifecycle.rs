//! How far a connection has come towards its end, what is due before that, and what ended it.
//!
//! Nearly always a connection is open and nothing is due: one word says so. Owns the phase, the peer's end, the error,
//! and the marks of what the owner is still to be told. Knows no protocol, queue or clock: what a move means for
//! those is done by [`ending`](super::ending).

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
    /// More may come.
    None = 0,
    /// The transport says that the peer has ended; octets that came before are still to be received.
    Announced,
    /// As the protocol has it.
    Clean,
    /// Without close_notify, or by a failing transport.
    Unclean,
}

/// The first four fields are looked at in one go.
#[repr(C, align(4))]
pub struct Lifecycle {
    phase: Phase,
    peer_end: PeerEnd,
    flags: Flags,
    /// TLS lies under the connection. Its fast ways are then shut, and a connection without TLS pays nothing for those with it.
    secured: bool,
    error: LastError,
}

impl Lifecycle {
    /// Of a fresh connection.
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

    /// Whether messages are exchanged, none has ended, and nothing is due but what lies in the input.
    #[inline(always)]
    pub fn is_plain(&self) -> bool {
        self.word() == 0
    }

    /// The same, and perhaps an event shows a head.
    #[inline(always)]
    pub fn is_plain_but_head(&self) -> bool {
        let word = self.word();
        word == 0 || word == u32::from_ne_bytes([0, 0, Flags::HEAD_SHOWN.octet(), 0])
    }

    /// How far the end has come.
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

    /// We say nothing after what is queued. `false`: that was so already.
    pub fn finish(&mut self) -> bool {
        self.step(Cue::Finish)
    }

    /// The last of the queue has left.
    pub fn linger(&mut self) {
        self.step(Cue::Linger);
    }

    /// Nothing more is sent or awaited: what room there is and who may go on is of no use to the owner.
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

    /// Whether the peer has ended as the protocol has it.
    pub fn has_peer_ended_cleanly(&self) -> bool {
        self.peer_end == PeerEnd::Clean
    }

    /// Whether the peer is known to have ended, though octets of it may still be to be received.
    #[inline(always)]
    pub fn knows_peer_end(&self) -> bool {
        self.peer_end != PeerEnd::None
    }

    /// The transport says that the peer has ended.
    pub fn announce_peer_end(&mut self) {
        if self.peer_end == PeerEnd::None {
            self.peer_end = PeerEnd::Announced;
        }
    }

    /// No more octets will be received. The first end is the one that counts.
    pub fn end_peer(&mut self, clean: bool) {
        if !self.has_peer_ended() {
            self.peer_end = if clean { PeerEnd::Clean } else { PeerEnd::Unclean };
        }
    }

    /// Whether the owner was told that the peer has ended.
    #[inline(always)]
    pub fn is_peer_end_reported(&self) -> bool {
        self.flags.has(Flags::PEER_END_REPORTED)
    }

    /// The owner is told that the peer has ended; with `false`, of the next request it was not told.
    #[inline(always)]
    pub fn set_peer_end_reported(&mut self, told: bool) {
        self.flags.set(Flags::PEER_END_REPORTED, told);
    }

    /// The last error: what ended the connection, or before that what the last refused request was refused for.
    pub fn error(&self) -> Option<Error> {
        self.error.get()
    }

    /// What ended the connection, once something has.
    pub fn ending_error(&self) -> Option<Error> {
        self.error.get_ending()
    }

    /// This ended the connection; the owner learns it by the call.
    pub fn set_error(&mut self, error: Error) {
        self.error = LastError::ending(error);
    }

    /// A request was refused for this; the owner learns it by the call, and the connection may go on.
    pub fn set_refusal(&mut self, error: Error) {
        if self.ending_error().is_none() {
            self.error = LastError::refusal(error);
        }
    }

    /// This ended the connection, and the owner is still to be told.
    pub fn set_error_due(&mut self, error: Error) {
        self.error = LastError::ending(error);
        self.flags.set(Flags::ERROR_DUE, true);
    }

    /// The error, if the owner is still to be told. It then is.
    pub fn take_error_due(&mut self) -> Option<Error> {
        if self.flags.take(Flags::ERROR_DUE) { self.error() } else { None }
    }

    /// There is room in the queue again, and the owner waits for it.
    pub fn set_writable_due(&mut self, due: bool) {
        self.flags.set(Flags::WRITABLE_DUE, due && self.is_open());
    }

    /// The owner may send its content.
    pub fn set_continue_due(&mut self) {
        self.flags.set(Flags::CONTINUE_DUE, true);
    }

    /// Whether the owner is to be told something.
    #[inline(always)]
    pub fn has_due(&self) -> bool {
        self.flags.has(Flags::ERROR_DUE.union(Flags::WRITABLE_DUE).union(Flags::CONTINUE_DUE))
    }

    /// What the owner is to be told next. It then is.
    pub fn next_due(&mut self) -> Option<Due> {
        if let Some(error) = self.take_error_due() {
            return Some(Due::Error(error));
        }
        let due = [(Flags::CONTINUE_DUE, Due::Continue), (Flags::WRITABLE_DUE, Due::Writable)];
        due.into_iter().find(|&(flag, _)| self.flags.take(flag)).map(|(_, due)| due)
    }

    /// Whether the owner holds the stream.
    #[inline(always)]
    pub fn is_paused(&self) -> bool {
        self.flags.has(Flags::PAUSED)
    }

    /// The owner holds the stream, or lets it go on.
    pub fn set_paused(&mut self, paused: bool) {
        self.flags.set(Flags::PAUSED, paused);
    }

    /// Whether the last `next` left input behind that waits.
    #[inline(always)]
    pub fn has_input_waiting(&self) -> bool {
        self.flags.has(Flags::INPUT_WAITS)
    }

    /// Input waits, or may go on at the next look.
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

    /// The same, on a connection that is [plain but for a head](Self::is_plain_but_head).
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

    /// The event is over; the head slab holds an offer alone.
    pub fn keep_only_offer(&mut self) {
        self.flags.set(Flags::HEAD_SHOWN, false);
        self.flags.set(Flags::OFFER_KEPT, true);
    }

    /// The head slab is free, or in use for what is gathered.
    #[inline(always)]
    pub fn forget_head(&mut self) {
        self.flags.set(Flags::HEAD_SHOWN.union(Flags::OFFER_KEPT), false);
    }

    /// Whether TLS lies under the connection.
    #[inline(always)]
    pub fn is_secured(&self) -> bool {
        self.secured
    }

    /// TLS lies under the connection from now on.
    #[cfg(feature = "tls")]
    pub fn secure(&mut self) {
        self.secured = true;
    }
}
