//! The result of a read.

use super::arrived::Header;

/// What a read of an arrival led to.
#[allow(clippy::large_enum_variant, reason = "it is a value of the stack, made once for a connection")]
pub enum Step {
    /// The header is not complete.
    Waits,
    /// The peer ended before its first octet, or its connection failed.
    Ended,
    /// There is no room for an incomplete header, which would hold so many octets. Nothing was taken.
    NoRoom(usize),
    /// The header is decided, and there is no place for a connection. Nothing was taken.
    NoPlace,
    /// The header, or what is wrong with it.
    Decided(Header),
}
