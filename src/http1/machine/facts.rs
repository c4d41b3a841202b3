//! Roles, and the facts of the present exchange as bits.

use crate::error::Fault;
use crate::http1::head::Octets;

/// Which side of the connection we are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Role {
    /// We answer requests.
    Server = 0,
    /// We send requests.
    Client = 1,
}

/// Facts of the present exchange, as bits of [`Sides`](super::Sides).
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

    /// Client: a request asked for the connection to end after its response.
    pub const CLOSE_ASKED: u16 = 1 << 9;
    /// The end of the connection delimits our message or our side of a tunnel: to the peer, a FIN says that it has all of it.
    pub const UNTIL_CLOSE: u16 = 1 << 10;
    /// Such a message was cut off: only a reset says so (H1-CONN-15).
    pub const CUT_OFF: u16 = 1 << 11;

    /// Server: the request before the next one asked for a WebSocket and was refused (WS-HSS-12).
    pub const REFUSED: u16 = 1 << 12;

    /// What the next exchange inherits.
    pub const STICKY: u16 = LAST | PEER_1_1 | CLOSE_ASKED | UNTIL_CLOSE | CUT_OFF | REFUSED;
}

/// Bits of the rules a server's connection applies.
pub mod policy {
    /// Admit a request with Content-Length and Transfer-Encoding: the latter frames, the connection closes after the
    /// response. Reopens request smuggling behind a proxy that believes Content-Length (H1-TE-03).
    pub const LENIENT_LENGTH_AND_CHUNKED: u32 = 1 << 0;
    /// Refuse an absolute-form target whose authority differs from Host (H1-TGT-05).
    pub const STRICT_HOST: u32 = 1 << 8;
    /// Accept an empty Host: the application has a default authority (H1-TGT-14).
    pub const DEFAULT_AUTHORITY: u32 = 1 << 9;
    /// Refuse trailers that H1-TRAIL-03 drops.
    pub const STRICT_TRAILERS: u32 = 1 << 10;
    /// The connection is secured below us: `https` targets are ours (H1-TGT-08).
    pub const SECURE: u32 = 1 << 11;
}

/// Bits that a connection adds to those of `Summary` in the flags of a head.
pub mod head {
    /// The connection ends after this message.
    pub const CLOSE: u32 = 1 << 20;
    /// The content is chunked.
    pub const CHUNKED: u32 = 1 << 21;
    /// The client waits for `100 Continue`.
    pub const EXPECT: u32 = 1 << 22;
    /// A switch of protocols is offered (request) or made (response).
    pub const UPGRADE: u32 = 1 << 23;
    /// The target's authority differs from Host.
    pub const HOST_MISMATCH: u32 = 1 << 24;
    /// A leniency was used.
    pub const LENIENT: u32 = 1 << 25;
}

/// What taking in a head led to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeadOutcome {
    /// `head::*` bits.
    pub flags: u32,
    /// The authority the request is for.
    pub authority: Octets,
    /// The declared length of the content that follows.
    pub content_length: Option<u64>,
    /// No content follows.
    pub last: bool,
    /// Client: an interim response.
    pub interim: bool,
    /// Client: content that waited for this response goes now.
    pub resume_content: bool,
    /// Server: the request is answered with this fault's status, not by the application.
    pub refused: Option<&'static Fault>,
}

impl HeadOutcome {
    pub(super) fn flag(&mut self, bit: u32, on: bool) {
        if on {
            self.flags |= bit;
        }
    }
}
