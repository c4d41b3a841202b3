//! Roles, and flags of the current exchange.

use crate::error::Fault;
use crate::http1::head::Octets;

/// Our role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Role {
    /// We receive requests.
    Server = 0,
    /// We send requests.
    Client = 1,
}

/// Flags of the current exchange, kept in [`Sides`](super::Sides).
pub mod flag {
    /// No exchange may follow the current one.
    pub const LAST: u16 = 1 << 0;
    /// The peer's last message was HTTP/1.0.
    pub const PEER_1_0: u16 = 1 << 1;
    /// The peer is known to speak HTTP/1.1 (client: allows chunked requests).
    pub const PEER_1_1: u16 = 1 << 2;
    /// HTTP/1.0 with `keep-alive`: persists if the response has a Content-Length (H1-CONN-14).
    pub const KEEP_ALIVE_1_0: u16 = 1 << 3;
    /// The request waits for `100 Continue` (server: not sent yet; client: not received yet).
    pub const EXPECT: u16 = 1 << 4;
    /// The request offers a switch of protocols by Upgrade.
    pub const UPGRADE: u16 = 1 << 5;
    /// The request is a CONNECT.
    pub const CONNECT: u16 = 1 << 6;
    /// The peer's content is dropped: the response was complete before the request.
    pub const DROPPING: u16 = 1 << 7;
    /// Our response has no content: HEAD, 304.
    pub const NO_CONTENT: u16 = 1 << 8;

    /// Client: a request asked to close after its response.
    pub const CLOSE_REQUESTED: u16 = 1 << 9;
    /// The end of the connection delimits our message or our side of a tunnel: a FIN tells the peer that it has
    /// everything.
    pub const UNTIL_CLOSE: u16 = 1 << 10;
    /// Such a message was cut off; only a reset tells the peer (H1-CONN-15).
    pub const CUT_OFF: u16 = 1 << 11;

    /// Server: the last request asked for a WebSocket and was refused (WS-HSS-12).
    pub const REFUSED: u16 = 1 << 12;

    /// Server: the content of the request is gathered, and the request shown as a whole.
    pub const GATHERED: u16 = 1 << 13;
    /// Its head was shown before.
    pub const ANNOUNCED: u16 = 1 << 14;

    /// Server: an error is to be answered, by the application where it does so at once.
    pub const REFUSING: u16 = 1 << 15;

    /// Whether the request in progress is not the application's to answer: an error is first, or it is gathered and was not shown yet.
    pub const fn is_withheld(flags: u16) -> bool {
        flags & REFUSING != 0 || flags & (GATHERED | ANNOUNCED) == GATHERED
    }

    /// The flags that the next exchange inherits.
    pub const STICKY: u16 = LAST | PEER_1_1 | CLOSE_REQUESTED | UNTIL_CLOSE | CUT_OFF | REFUSED;
}

/// Rules that a server's connection applies.
pub mod policy {
    /// Accept a request with Content-Length and Transfer-Encoding: the latter wins, and the connection closes after the
    /// response. Reopens request smuggling behind a proxy that uses Content-Length (H1-TE-03).
    pub const LENIENT_LENGTH_AND_CHUNKED: u32 = 1 << 0;
    /// Refuse an absolute-form target whose authority differs from Host (H1-TGT-05).
    pub const STRICT_HOST: u32 = 1 << 8;
    /// Accept an empty Host: the application has a default authority (H1-TGT-14).
    pub const DEFAULT_AUTHORITY: u32 = 1 << 9;
    /// Refuse trailers that H1-TRAIL-03 drops.
    pub const STRICT_TRAILERS: u32 = 1 << 10;
    /// The connection uses TLS: `https` targets are ours (H1-TGT-08).
    pub const SECURE: u32 = 1 << 11;
    /// CONNECT is a request like others: the application opens tunnels (H1-UPG-11).
    pub const TUNNELS: u32 = 1 << 14;
}

/// Flags of a head, in addition to those of `Summary`.
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
    /// The switch that is offered (request) or made (response) is one to WebSocket. Never without [`UPGRADE`].
    pub const WEBSOCKET: u32 = 1 << 26;
}

/// The result of receiving a head.
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
    /// Client: content that waited for this response may be sent now.
    pub resume_content: bool,
    /// Server: the request gets an error response for this fault instead of reaching the application.
    pub refused: Option<&'static Fault>,
}

impl HeadOutcome {
    pub(super) fn flag(&mut self, bit: u32, on: bool) {
        if on {
            self.flags |= bit;
        }
    }
}
