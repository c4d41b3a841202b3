//! Calls on a connection by its id: the calls of `conn`, for a server's connection.
//!
//! A view made by [`Server::calls`](super::Server::calls). The output is sent when the connection's turn ends, or, for
//! other connections, when the batch is exhausted. Uses only [`Connections`]; never waits, never makes an event.

use super::connections::Connections;
use super::id::Id;
use crate::conn::{Accept, AcceptError, Conn, File, FileResponse, Response, Workspace, Write};
use crate::error::{Code, Error};
use crate::http1::write::FieldRef;
use crate::io::address::Address;
use crate::io::fault;
use crate::io::socket::Socket;
use crate::semantics::selection::Selector;
use core::ffi::c_void;
use std::io;

/// The connections of a server, by id. Every call fails with `Gone` if the connection has ended.
pub struct Calls<'a> {
    connections: &'a mut Connections,
}

impl<'a> Calls<'a> {
    #[inline(always)]
    pub(super) fn new(connections: &'a mut Connections) -> Self {
        Self { connections }
    }

    /// [`Http1::respond`](crate::conn::Conn::http1).
    pub fn respond<'f>(
        &mut self,
        id: Id,
        response: &Response<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, Error> {
        let written = self.connections.call(id, |conn, ws| conn.http1(ws).respond(response, fields))?;
        Ok(self.count_response(written))
    }

    /// [`Http1::respond_ok`](crate::conn::Conn::http1); `None` also if the connection has ended.
    #[inline(always)]
    pub fn respond_ok<'f>(
        self,
        id: Id,
        content: &[u8],
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Option<Write> {
        let turns = self.connections.turns();
        let (index, live, engine) = turns.live_of(id).ok()?;
        let written = live.conn.http1(engine.workspace_mut()).respond_ok(content, fields)?;
        engine.stats_mut().responses += 1;
        turns.make_due(index);
        Some(written)
    }

    /// [`Http1::respond_file`](crate::conn::Conn::http1); as [`Calls::send_file`], the server reads the file on its own thread.
    pub fn respond_file<'f, 's>(
        &mut self,
        id: Id,
        method: &[u8],
        selectors: impl Iterator<Item = (Selector, &'s [u8])> + Clone,
        response: &FileResponse<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, Error> {
        let call =
            |conn: &mut Conn, ws: &mut Workspace| conn.http1(ws).respond_file(method, selectors, response, fields);
        let written = self.connections.call(id, call)?;
        Ok(self.count_response(written))
    }

    /// [`Http1::send_interim`](crate::conn::Conn::http1).
    pub fn send_interim<'f>(
        &mut self,
        id: Id,
        status: u16,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, Error> {
        self.connections.call(id, |conn, ws| conn.http1(ws).send_interim(status, fields))
    }

    /// [`Http1::limit_content`](crate::conn::Conn::http1).
    pub fn limit_content(&mut self, id: Id, max: u64) -> Result<(), Error> {
        self.connections.call(id, |conn, ws| conn.http1(ws).limit_content(max))
    }

    /// [`Http1::gather_content`](crate::conn::Conn::http1).
    pub fn gather_content(&mut self, id: Id, max: u64) -> Result<(), Error> {
        self.connections.call(id, |conn, ws| conn.http1(ws).gather_content(max))
    }

    /// [`Http1::switch`](crate::conn::Conn::http1).
    pub fn switch<'f>(
        &mut self,
        id: Id,
        response: &Response<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, Error> {
        let written = self.connections.call(id, |conn, ws| conn.http1(ws).switch(response, fields))?;
        Ok(self.count_response(written))
    }

    /// [`WebSocket::accept`](crate::conn::Conn::websocket). While the server drains, the WebSocket closes at once.
    pub fn accept_websocket<'f>(
        &mut self,
        id: Id,
        accept: &Accept<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, AcceptError> {
        let written = self.connections.call(id, |conn, ws| Ok(conn.websocket(ws).accept(accept, fields)))??;
        self.count_response(written);
        if written == Write::Queued && self.connections.is_draining() {
            self.close_going_away(id)?;
        }
        Ok(written)
    }

    fn count_response(&mut self, written: Write) -> Write {
        self.connections.engine_mut().stats_mut().responses += u64::from(written == Write::Queued);
        written
    }

    /// [`Http1::send`](crate::conn::Conn::http1).
    pub fn send(&mut self, id: Id, content: &[u8]) -> Result<Write, Error> {
        self.connections.call(id, |conn, ws| conn.http1(ws).send(content))
    }

    /// [`Http1::send_lent`](crate::conn::Conn::http1).
    pub fn send_lent(&mut self, id: Id, content: &[u8], token: u64) -> Result<Write, Error> {
        self.connections.call(id, |conn, ws| conn.http1(ws).send_lent(content, token))
    }

    /// [`Http1::send_file`](crate::conn::Conn::http1). The server sends or reads the file on its own thread: a slow disk delays all its
    /// connections.
    pub fn send_file(&mut self, id: Id, file: &File, token: u64) -> Result<Write, Error> {
        self.connections.call(id, |conn, ws| conn.http1(ws).send_file(file, token))
    }

    /// [`Http1::finish`](crate::conn::Conn::http1).
    pub fn finish<'f>(&mut self, id: Id, trailers: impl Iterator<Item = FieldRef<'f>> + Clone) -> Result<Write, Error> {
        self.connections.call(id, |conn, ws| conn.http1(ws).finish(trailers))
    }

    /// Sends a whole message where nearly every one goes: to the connection whose turn it is, short, in answer to short ones. `false`:
    /// nothing was done, [`Messages::send_message`](super::Messages::send_message) has to.
    #[inline(always)]
    pub fn send_whole(&mut self, id: Id, text: bool, compressed: bool, octets: &[u8]) -> bool {
        self.connections.turns().fast_turn_mut().answer(id, text, compressed, octets)
    }

    /// [`WebSocket::ping`](crate::conn::Conn::websocket).
    pub fn ping(&mut self, id: Id, payload: &[u8]) -> Result<Write, Error> {
        self.connections.call(id, |conn, ws| conn.websocket(ws).ping(payload))
    }

    /// [`WebSocket::close`](crate::conn::Conn::websocket): the WebSocket closes with this code.
    pub fn close_websocket(&mut self, id: Id, code: u16, reason: &[u8]) -> Result<(), Error> {
        self.connections.call(id, |conn, ws| conn.websocket(ws).close(code, reason))
    }

    /// [`Conn::pause`].
    pub fn pause(&mut self, id: Id) -> Result<(), Error> {
        self.connections.call(id, |conn, _| {
            conn.pause();
            Ok(())
        })
    }

    /// [`Conn::resume`].
    pub fn resume(&mut self, id: Id) -> Result<(), Error> {
        self.connections.call(id, |conn, _| {
            conn.resume();
            Ok(())
        })
    }

    /// [`Conn::shutdown`]: the current exchange is the last.
    pub fn shutdown(&mut self, id: Id) -> Result<(), Error> {
        self.connections.call(id, Conn::shutdown)
    }

    /// Ends a connection at once. Tries once more to send the queue; the rest is lost. Releases are delivered, and then
    /// the end, without an error.
    pub fn abort(&mut self, id: Id) -> Result<(), Error> {
        self.connections.turns().end_fast_turn_of(id);
        let index = self.connections.slots().index_of(id)?;
        self.connections.at(index).close();
        let now = self.connections.engine().now();
        self.connections.call(id, |conn, ws| {
            conn.abort(ws, now);
            Ok(())
        })
    }

    /// Closes a WebSocket with 1001. Without memory for the frame it ends without one: it must not outlast the drain.
    pub(super) fn close_going_away(&mut self, id: Id) -> Result<(), Error> {
        match self.shutdown(id) {
            Err(error) if error.code() == Code::Nomem => self.abort(id),
            told => told,
        }
    }

    /// Stores a pointer for all later events of the connection. Fails with `Nomem`.
    pub fn set_user(&mut self, id: Id, user: *mut c_void) -> Result<(), Error> {
        self.connections.turns().end_fast_turn_of(id);
        let slots = self.connections.turns().slots_mut();
        slots.set_user(slots.index_of(id)?, user)
    }

    /// Subscribes a connection to a topic until it ends; has no effect if it is subscribed. Fails with `Argument` for a
    /// name that is empty or longer than 255 octets, `Limit` above `topics_conn_max`, and `Nomem`; nothing has changed
    /// then.
    pub fn subscribe(&mut self, id: Id, topic: &[u8]) -> Result<(), Error> {
        let index = self.connections.slots().index_of(id)?;
        self.connections.topics().subscribe(index, topic)
    }

    /// Ends a subscription; returns whether there was one.
    pub fn unsubscribe(&mut self, id: Id, topic: &[u8]) -> Result<bool, Error> {
        let index = self.connections.slots().index_of(id)?;
        Ok(self.connections.topics().unsubscribe(index, topic))
    }

    /// The address of the peer: what a PROXY header told, or that of the transport. That fails with `System` if the peer
    /// is gone.
    pub fn peer(&self, id: Id) -> Result<Address, Error> {
        match self.told(id)? {
            Some([source, _]) => Ok(source),
            None => self.transport(id, Socket::peer_address),
        }
    }

    /// The peer and the local address that a PROXY header told; `None` if there was no header, or it told nothing.
    pub fn told(&self, id: Id) -> Result<Option<[Address; 2]>, Error> {
        let index = self.connections.slots().index_of(id)?;
        Ok(self.connections.told().get(index))
    }

    /// The peer and the local address of the transport; fails with `System` if the peer is gone.
    pub fn endpoints(&self, id: Id) -> Result<[Address; 2], Error> {
        Ok([self.transport(id, Socket::peer_address)?, self.transport(id, Socket::local_address)?])
    }

    fn transport(&self, id: Id, of: impl Fn(&Socket) -> io::Result<Address>) -> Result<Address, Error> {
        let key = self.connections.slots().key_of(id)?;
        let socket = self.connections.engine().driver().socket(key);
        socket.and_then(of).map_err(|error| fault(&error))
    }
}
