//! What may be agreed, and what was.

/// What this side is willing to agree to. The names are the protocol's: `server_*` bounds the server's compressor, whoever
/// this side is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeflateConfig {
    /// Whether permessage-deflate is offered and accepted at all. Builds without the feature `deflate` never do.
    pub enabled: bool,
    /// How hard the compressor tries, 1 to 9; more is slower.
    pub level: u8,
    /// Log2 of the server's largest window, 8 to 15.
    pub server_max_window_bits: u8,
    /// Log2 of the client's largest window, 8 to 15. A server that asks for less than 15 declines clients that cannot be asked.
    pub client_max_window_bits: u8,
    /// The server forgets its window after each message.
    pub server_no_context_takeover: bool,
    /// The client forgets its window after each message.
    pub client_no_context_takeover: bool,
}

impl DeflateConfig {
    /// Off; when switched on, whole windows that live across messages.
    pub const DEFAULT: Self = Self {
        enabled: false,
        level: 6,
        server_max_window_bits: 15,
        client_max_window_bits: 15,
        server_no_context_takeover: false,
        client_no_context_takeover: false,
    };

    /// Whether this build speaks it and the owner wants it.
    pub(super) const fn is_on(&self) -> bool {
        cfg!(feature = "deflate") && self.enabled
    }

    /// Whether every number is in its range.
    pub const fn is_valid(&self) -> bool {
        matches!(self.level, 1..=9)
            && matches!(self.server_max_window_bits, WINDOW_MIN..=WINDOW_MAX)
            && matches!(self.client_max_window_bits, WINDOW_MIN..=WINDOW_MAX)
    }
}

impl Default for DeflateConfig {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// The terms of permessage-deflate on one connection, as this side sees them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deflate {
    /// Log2 of the window of what this side compresses, 8 to 15.
    pub our_window_bits: u8,
    /// Log2 of the window of what the peer compresses, 8 to 15.
    pub peer_window_bits: u8,
    /// This side forgets its window after each message.
    pub our_no_context_takeover: bool,
    /// The peer forgets its window after each message.
    pub peer_no_context_takeover: bool,
}

const _: () = assert!(size_of::<Deflate>() == 4);

/// The least window that can be agreed on (RFC 7692 §7.1.2).
const WINDOW_MIN: u8 = 8;
/// The whole window of RFC 1951, and what an absent parameter means.
pub(super) const WINDOW_MAX: u8 = 15;
