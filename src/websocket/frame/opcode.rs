//! Opcodes (RFC 6455 §5.2). All other values are reserved.

/// Continues a message.
pub const CONTINUATION: u8 = 0x0;
/// Begins a message of UTF-8 text.
pub const TEXT: u8 = 0x1;
/// Begins a binary message.
pub const BINARY: u8 = 0x2;
/// The sender sends no further frames.
pub const CLOSE: u8 = 0x8;
/// The receiver sends back a Pong with the same payload.
pub const PING: u8 = 0x9;
/// The response to a Ping, or an unsolicited heartbeat.
pub const PONG: u8 = 0xa;

/// Whether this is a control frame: not fragmented, at most 125 octets, allowed within a message.
pub const fn is_control(opcode: u8) -> bool {
    opcode & 0x8 != 0
}
