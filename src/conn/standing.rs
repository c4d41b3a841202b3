//! Where a connection stands, in one word: nearly always it is open, and nothing is due.

/// How far the end of the connection has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Phase {
    /// Messages are exchanged.
    Open = 0,
    /// What is queued still goes out; nothing more is read as a message.
    Flushing,
    /// Our side is closed; input is discarded until the peer's end, a limit or the linger clock (RFC 9112 §9.6).
    Lingering,
    /// The transport can be closed.
    Closed,
}

/// The end of the peer's octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Eof {
    /// More may come.
    None = 0,
    /// The transport says that the peer has ended; octets that came before are still to be received.
    Announced,
    /// As the protocol has it.
    Clean,
    /// Without close_notify, or by a failing transport.
    Unclean,
}

/// Whether TLS lies under a connection, and who does its records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "tls"), allow(dead_code, reason = "a library without TLS has the first only"))]
#[repr(u8)]
pub enum Secured {
    /// There is none.
    No = 0,
    /// They are sealed and opened here.
    Here,
    /// The same, and a kernel is to have them as soon as it can.
    HereYet,
    /// They are a kernel's.
    InKernel,
}

/// Together they are looked at in one go.
#[repr(C, align(4))]
pub struct Standing {
    pub phase: Phase,
    pub eof: Eof,
    /// `bit::*`.
    pub flags: u8,
    /// Not zero: TLS lies under it, and how. Its short ways are then shut, and a connection without pays nothing for those with it.
    secured: Secured,
}

impl Standing {
    /// Of a fresh connection.
    pub const OPEN: Self = Self { phase: Phase::Open, eof: Eof::None, flags: 0, secured: Secured::No };

    /// Whether messages are exchanged, none has ended, and nothing is due but what lies in the input.
    #[inline(always)]
    pub fn is_plain(&self) -> bool {
        self.word() == 0
    }

    /// The same, and perhaps this one flag.
    #[inline(always)]
    pub fn is_plain_but(&self, flag: u8) -> bool {
        let word = self.word();
        word == 0 || word == u32::from_ne_bytes([0, 0, flag, 0])
    }

    /// Whether no more octets will be received.
    #[inline(always)]
    pub fn has_ended(&self) -> bool {
        matches!(self.eof, Eof::Clean | Eof::Unclean)
    }

    /// Whether the peer is known to have ended, though octets of it may still be to be received.
    #[inline(always)]
    pub fn knows_end(&self) -> bool {
        self.eof != Eof::None
    }

    /// Whether TLS lies under the connection.
    #[inline(always)]
    pub fn is_secured(&self) -> bool {
        self.secured as u8 != 0
    }

    /// Whether its records are made here: what is sent is copied.
    #[inline(always)]
    pub fn seals(&self) -> bool {
        matches!(self.secured, Secured::Here | Secured::HereYet)
    }

    /// Whether a half-close says that our side has ended. Where a kernel does the records a close_notify says it alone: what the kernel has
    /// sealed and not sent yet would be cut off.
    #[inline(always)]
    pub fn half_closes(&self) -> bool {
        !matches!(self.secured, Secured::InKernel)
    }

    /// How TLS lies under the connection.
    #[cfg(feature = "tls")]
    #[inline(always)]
    pub fn secured(&self) -> Secured {
        self.secured
    }

    /// TLS lies under the connection from now on, in this way.
    #[cfg(feature = "tls")]
    pub fn secure(&mut self, secured: Secured) {
        self.secured = secured;
    }

    #[inline(always)]
    fn word(&self) -> u32 {
        u32::from_ne_bytes([self.phase as u8, self.eof as u8, self.flags, self.secured as u8])
    }
}

/// Bits of [`Standing::flags`].
pub mod bit {
    /// The owner holds the stream.
    pub const PAUSED: u8 = 1;
    /// `error` waits to be reported.
    pub const ERROR_DUE: u8 = 2;
    /// The head slab belongs to an event; the next call gives it back.
    pub const HEAD_ALIVE: u8 = 4;
    /// A "writable" event is due.
    pub const WRITABLE_DUE: u8 = 8;
    /// A "continue" event is due.
    pub const CONTINUE_DUE: u8 = 16;
    /// The last `next` rested with input left that only an answer frees.
    pub const WAITING: u8 = 32;
    /// The owner was told that the peer has ended.
    pub const END_TOLD: u8 = 64;
    /// The head slab holds the offer of an undecided upgrade.
    pub const OFFER_KEPT: u8 = 128;
}
