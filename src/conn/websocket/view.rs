//! WebSocket calls for the owner: the handshake, messages, Pings and the Close.

use super::accept::{Accept, Acceptor};
use super::accept_error::AcceptError;
use super::close_handshake::CloseHandshake;
use super::connect::{Connect, Connector};
use super::control::Control;
use super::handshake::Handshake;
use super::prepared::Prepared;
use super::send::Send;
use crate::conn::parts::Parts;
use crate::conn::workspace::Workspace;
use crate::conn::write::Write;
use crate::error::Error;
use crate::http1::write::FieldRef;
use crate::websocket::machine::Part;

/// A connection that is a WebSocket, or may become one.
pub struct WebSocket<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> WebSocket<'a> {
    #[inline(always)]
    pub(in crate::conn) fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// Server: responds to the current request with the 101 that opens a WebSocket, with `fields`.
    ///
    /// Frames that came before the answer are held and read behind it. A request that is no good handshake is refused, with the version
    /// we speak, and the connection goes on as HTTP, or closes where it has content or frames came before the answer (WS-HSS-10, -12).
    /// After any other error nothing was done: a subprotocol that was not offered, fields that are the library's, no request to answer, no
    /// memory.
    #[inline]
    pub fn accept<'f>(
        &mut self,
        accept: &Accept<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, AcceptError> {
        Acceptor::of(self.parts, self.ws).accept_websocket(accept, fields)
    }

    /// Client: requests a WebSocket, with `fields`.
    ///
    /// A valid 101 is an `Event::Response`, and the connection is then a WebSocket (`is_websocket`). An invalid 101 is
    /// an error and ends the connection (WS-HSC-04 to -07). Any other status is an ordinary response (WS-HSC-03).
    ///
    /// Fails with `Entropy` if the workspace has no seed, with `State` for fields that the library writes itself, and
    /// like `request`; nothing was sent then.
    #[inline]
    pub fn request<'f>(
        &mut self,
        connect: &Connect<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, Error> {
        Connector::of(self.parts, self.ws).request_websocket(connect, fields)
    }

    /// Sends a message, or a part of one; copied, all or nothing.
    ///
    /// Fails with `State` if no WebSocket is open or a part does not continue the current message, `Utf8` if text is
    /// not UTF-8, `WsClosing` after a Close, `Entropy` if a client's workspace has no seed; nothing was sent then.
    #[inline(always)]
    pub fn send_message(&mut self, part: Part, octets: &[u8]) -> Result<Write, Error> {
        Send::of(self.parts, self.ws).send_message(part, octets)
    }

    /// Sends a prepared message; copied, all or nothing. Fails like [`send_message`](Send::send_message).
    #[inline]
    pub fn send_prepared(&mut self, message: &Prepared) -> Result<Write, Error> {
        Send::of(self.parts, self.ws).send_prepared(message)
    }

    /// Sends a Ping of at most 125 octets, unless the queue is full.
    #[inline]
    pub fn ping(&mut self, payload: &[u8]) -> Result<Write, Error> {
        Control::of(self.parts, self.ws).ping(payload)
    }

    /// Sends our one Close: no frame of ours follows it, messages of the peer are no longer delivered, and the peer has
    /// `close_ms` to answer. `code` 0 or 1005: a Close without a code, which has no reason.
    ///
    /// Fails with `WsClosing` after a Close, `WsClose` or `Utf8` for an invalid code or reason (WS-CLOSE-10). It is
    /// queued however long the queue is.
    #[inline]
    pub fn close(&mut self, code: u16, reason: &[u8]) -> Result<(), Error> {
        CloseHandshake::of(self.parts, self.ws).begin(code, reason)
    }

    /// Server: the first of `supported`, in order of preference, that the current request offers.
    pub fn choose_subprotocol<'s>(&self, supported: &[&'s [u8]]) -> Option<&'s [u8]> {
        Handshake::of(self.parts, self.ws).choose_subprotocol(supported)
    }
}
