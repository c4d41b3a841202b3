//! The bits and reserved lengths of the first two octets of a frame (RFC 6455 §5.2).

/// In the first octet: the frame is the last of its message.
pub(super) const FIN: u8 = 0x80;
/// In the second octet: the payload is masked.
pub(super) const MASKED: u8 = 0x80;
/// The longest payload whose length fits into the second octet. A control frame holds no more.
pub(super) const SHORT_MAX: u64 = 125;
/// In place of a length: 16 bits of it follow.
pub(super) const LEN_16: u8 = 126;
/// In place of a length: 64 bits of it follow.
pub(super) const LEN_64: u8 = 127;
