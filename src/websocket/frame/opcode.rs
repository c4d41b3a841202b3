//! What a frame is (RFC 6455 §5.2). All other values are reserved.

/// The next part of a message.
pub const CONTINUATION: u8 = 0x0;
/// The first part of a message, or all of it, that is UTF-8 in total.
pub const TEXT: u8 = 0x1;
/// The first part of a message of any octets, or all of it.
pub const BINARY: u8 = 0x2;
/// No more frames will come from this side.
pub const CLOSE: u8 = 0x8;
/// To be answered with a Pong of the same payload.
pub const PING: u8 = 0x9;
/// The answer to a Ping, or a sign of life.
pub const PONG: u8 = 0xa;

/// Whether a frame of this opcode is one of control: whole, at most 125 octets long, and allowed within a message.
pub const fn is_control(opcode: u8) -> bool {
    opcode & 0x8 != 0
}
