//! A socket's name in parts, as every system has them.

/// The parts; numbers in host order.
pub(in crate::io) enum View<'a> {
    V4([u8; 4], u16),
    V6([u8; 16], u16, u32),
    /// The used octets of `sun_path`. On Windows only adopted sockets have such names.
    Unix(&'a [u8]),
    Other,
}
