//! Roles, and the facts of the present exchange as bits.

/// Which side of the connection we are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Role {
    /// We answer requests.
    Server = 0,
    /// We send requests.
    Client = 1,
}

/// Bits of `Machine::flags`: facts of the present exchange.
pub mod flag {
    /// No message may follow the present exchange.
    pub const LAST: u16 = 1 << 0;
    /// The peer's last message was HTTP/1.0.
    pub const PEER_1_0: u16 = 1 << 1;
    /// The peer is known to speak HTTP/1.1 (client: chunked requests are then possible).
    pub const PEER_1_1: u16 = 1 << 2;
    /// HTTP/1.0 and `keep-alive`: persists if the response is delimited by length (H1-CONN-14).
    pub const KEEP_ALIVE_1_0: u16 = 1 << 3;
    /// The request waits for `100 Continue` (server: to be sent; client: to be received).
    pub const EXPECT: u16 = 1 << 4;
    /// The request offers a switch of protocols by Upgrade.
    pub const UPGRADE: u16 = 1 << 5;
    /// The request is a CONNECT.
    pub const CONNECT: u16 = 1 << 6;
    /// The peer's content is dropped: the response was complete before the request was.
    pub const DROPPING: u16 = 1 << 7;
    /// Our response goes without content: HEAD, 304.
    pub const NO_CONTENT: u16 = 1 << 8;

    /// What the next exchange inherits.
    pub const STICKY: u16 = LAST | PEER_1_1;
}
