//! Flags of a message in progress, for the one received and the one sent.

/// In progress.
pub const OPEN: u16 = 1;
/// Text.
pub const TEXT: u16 = 2;
/// Compressed.
pub const COMPRESSED: u16 = 4;
/// The current frame is its last.
pub const FIN: u16 = 8;
/// No octet has been delivered.
pub const FIRST: u16 = 16;
/// The text is invalid at the next octet,
pub const WRONG: u16 = 32;
/// because it ends there, within a sequence.
pub const CUT: u16 = 64;
/// A compressed part is to be inflated.
pub const INFLATING: u16 = 128;
/// No inflated octet has been delivered.
pub const UNDELIVERED: u16 = 256;
/// permessage-deflate was agreed. Holds for all messages.
pub const DEFLATES: u16 = 512;
/// We are the server. Holds for all messages.
pub const SERVER: u16 = 1024;
/// The application wants parts as they arrive. Holds for all messages.
pub const PARTS: u16 = 2048;
/// A client whose application answers messages. Holds for all messages.
pub const ANSWERS: u16 = 4096;
/// The bits that hold for all messages.
pub const LASTING: u16 = DEFLATES | SERVER | PARTS | ANSWERS;
