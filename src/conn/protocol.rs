//! What a connection speaks: HTTP/1.1, or what it was switched to.
//!
//! Owns the state of that protocol. The states share their room, so an idle WebSocket is no larger than an idle HTTP connection. Where
//! the two sides stand is beside it, in [`Sides`]: every protocol has two.

use super::websocket::Socket;
use crate::error::Error;
use crate::http1::machine::{Client, Exchange, NOT_NOW, Server, Sides};
use crate::websocket::Role;
use crate::websocket::machine::state::Side;

/// The protocol of one connection, and its state.
pub enum Protocol {
    /// Requests and responses.
    Http1(Exchange),
    /// Frames.
    WebSocket(Socket),
    /// Octets as they come, after a switch.
    Raw,
}

impl Protocol {
    /// Of a fresh connection.
    pub const NEW: Self = Self::Http1(Exchange::NONE);

    /// The messages under way.
    #[inline]
    pub fn exchange(&self) -> &Exchange {
        match self {
            Self::Http1(exchange) => exchange,
            Self::WebSocket(_) | Self::Raw => const { &Exchange::NONE },
        }
    }

    /// The same, to go on with.
    #[inline]
    pub fn exchange_mut(&mut self) -> &mut Exchange {
        if !matches!(self, Self::Http1(_)) {
            debug_assert!(false, "no exchange goes on beside another protocol");
            *self = Self::NEW;
        }
        let Self::Http1(exchange) = self else { unreachable!() };
        exchange
    }

    /// The verbs of a server. Fails after a switch.
    #[inline(always)]
    pub fn server<'a>(&'a mut self, sides: &'a mut Sides) -> Result<Server<'a>, Error> {
        if let Self::Http1(exchange) = self { Ok(Server::new(sides, exchange)) } else { Err(NOT_NOW) }
    }

    /// The verbs of a client. Fails after a switch, with what a request then fails with.
    #[inline(always)]
    pub fn client<'a>(&'a mut self, sides: &'a mut Sides) -> Result<Client<'a>, Error> {
        match self {
            Self::Http1(exchange) => Ok(Client::new(sides, exchange)),
            Self::WebSocket(_) | Self::Raw => Err(Client::accepts_requests(sides).err().unwrap_or(NOT_NOW)),
        }
    }

    /// The WebSocket, where one is open.
    #[inline(always)]
    pub fn websocket(&self) -> Option<&Socket> {
        if let Self::WebSocket(socket) = self { Some(socket) } else { None }
    }

    /// The same, to go on with.
    #[inline(always)]
    pub fn websocket_mut(&mut self) -> Option<&mut Socket> {
        if let Self::WebSocket(socket) = self { Some(socket) } else { None }
    }

    /// `len` planned octets of content, or of a tunnel, were queued.
    #[inline]
    pub fn sent_content(&mut self, len: u64) {
        if let Self::Http1(exchange) = self {
            exchange.sent_content(len);
        }
    }

    /// No more content of ours will be sent.
    pub fn stop_sending(&mut self) {
        if let Self::Http1(exchange) = self {
            exchange.stop_sending();
        }
    }

    /// Whether both sides of a WebSocket have closed, and which of them we are: a server then closes the transport at once, a client
    /// waits for that (WS-CLOSE-08).
    pub fn closed_by_both(&self) -> Option<Role> {
        let socket = self.websocket().filter(|socket| socket.machine.peer_side() == Side::Closed)?;
        Some(socket.machine.role())
    }
}
