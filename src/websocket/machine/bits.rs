//! What is known of a message under way, as bits: one set for the message that comes, and one for that which goes.

/// It has begun and is not complete.
pub const OPEN: u16 = 1;
/// It is text.
pub const TEXT: u16 = 2;
/// It is compressed.
pub const COMPRESSED: u16 = 4;
/// The present frame is its last.
pub const FIN: u16 = 8;
/// None of its octets has been shown.
pub const FIRST: u16 = 16;
/// Its text is wrong at the next octet.
pub const WRONG: u16 = 32;
/// For it ends there, within a sequence.
pub const CUT: u16 = 64;
/// Compressed octets of it wait to be inflated.
pub const INFLATING: u16 = 128;
/// None of its octets has been shown since they are inflated.
pub const UNSHOWN: u16 = 256;
/// permessage-deflate was agreed on: not of a message, but of all.
pub const DEFLATES: u16 = 512;
/// This side is the server, likewise.
pub const SERVER: u16 = 1024;
/// What goes on from message to message.
pub const LASTING: u16 = DEFLATES | SERVER;
