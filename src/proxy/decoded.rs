//! The result of decoding.

use super::header::Header;

/// The result of decoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "it is a value of the stack, made once for a connection")]
pub enum Decoded {
    /// The octets are the beginning of a header.
    NeedMore,
    /// A whole header.
    Header(Header),
}
