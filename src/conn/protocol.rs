//! The protocol of a connection: HTTP/1.1, or what it switched to.
//!
//! Owns the protocol's state. The states share memory, so an idle WebSocket is no larger than an idle HTTP connection.
//! [`Sides`] is separate: every protocol has two sides.

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
    /// Raw octets, after a switch.
    Raw,
}

impl Protocol {
    /// The protocol of a fresh connection.
    pub const NEW: Self = Self::Http1(Exchange::NONE);

    /// The messages in progress.
    #[inline]
    pub fn exchange(&self) -> &Exchange {
        match self {
            Self::Http1(exchange) => exchange,
            Self::WebSocket(_) | Self::Raw => const { &Exchange::NONE },
        }
    }

    /// Mutable access.
    #[inline]
    pub fn exchange_mut(&mut self) -> &mut Exchange {
        if !matches!(self, Self::Http1(_)) {
            debug_assert!(false, "no exchange goes on beside another protocol");
            *self = Self::NEW;
        }
        let Self::Http1(exchange) = self else { unreachable!() };
        exchange
    }

    /// The server role. Fails after a switch.
    #[inline(always)]
    pub fn server<'a>(&'a mut self, sides: &'a mut Sides) -> Result<Server<'a>, Error> {
        if let Self::Http1(exchange) = self { Ok(Server::new(sides, exchange)) } else { Err(NOT_NOW) }
    }

    /// The client role. Fails after a switch, with the error of a request.
    #[inline(always)]
    pub fn client<'a>(&'a mut self, sides: &'a mut Sides) -> Result<Client<'a>, Error> {
        match self {
            Self::Http1(exchange) => Ok(Client::new(sides, exchange)),
            Self::WebSocket(_) | Self::Raw => Err(Client::accepts_requests(sides).err().unwrap_or(NOT_NOW)),
        }
    }

    /// The WebSocket, if one is open.
    #[inline(always)]
    pub fn websocket(&self) -> Option<&Socket> {
        if let Self::WebSocket(socket) = self { Some(socket) } else { None }
    }

    /// Mutable access.
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

    /// We send no more content.
    pub fn stop_sending(&mut self) {
        if let Self::Http1(exchange) = self {
            exchange.stop_sending();
        }
    }

    /// Our role, if both sides of a WebSocket have closed: a server then closes the transport at once, a client waits
    /// for that (WS-CLOSE-08).
    pub fn closed_by_both(&self) -> Option<Role> {
        let socket = self.websocket().filter(|socket| socket.machine.peer_side() == Side::Closed)?;
        Some(socket.machine.role())
    }
}
