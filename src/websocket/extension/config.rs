//! What this side accepts, and what was agreed.

/// What this side accepts. The names are the protocol's: `server_*` bounds the server's compressor, whichever side this
/// is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeflateConfig {
    /// Offer and accept permessage-deflate. Ignored in builds without the feature `deflate`.
    pub enabled: bool,
    /// Compression level, 1 to 9; higher is slower.
    pub level: u8,
    /// Log2 of the server's largest window, 8 to 15.
    pub server_max_window_bits: u8,
    /// Log2 of the client's largest window, 8 to 15. A server with less than 15 declines clients that do not offer
    /// client_max_window_bits.
    pub client_max_window_bits: u8,
    /// The server resets its window after each message.
    pub server_no_context_takeover: bool,
    /// The client resets its window after each message.
    pub client_no_context_takeover: bool,
}

impl DeflateConfig {
    /// Disabled. When enabled: full windows with context takeover.
    pub const DEFAULT: Self = Self {
        enabled: false,
        level: 6,
        server_max_window_bits: 15,
        client_max_window_bits: 15,
        server_no_context_takeover: false,
        client_no_context_takeover: false,
    };

    /// Whether this build supports it and the config enables it.
    pub(super) const fn is_on(&self) -> bool {
        cfg!(feature = "deflate") && self.enabled
    }

    /// Whether all numbers are in range.
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

/// The agreed terms of one connection, as this side sees them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deflate {
    /// Log2 of our compressor's window, 8 to 15.
    pub our_window_bits: u8,
    /// Log2 of the peer's compressor's window, 8 to 15.
    pub peer_window_bits: u8,
    /// We reset our window after each message.
    pub our_no_context_takeover: bool,
    /// The peer resets its window after each message.
    pub peer_no_context_takeover: bool,
}

const _: () = assert!(size_of::<Deflate>() == 4);

/// The smallest window (RFC 7692 §7.1.2).
const WINDOW_MIN: u8 = 8;
/// The full window of RFC 1951, and the meaning of an absent parameter.
pub(super) const WINDOW_MAX: u8 = 15;
