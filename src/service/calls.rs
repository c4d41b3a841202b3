//! What the owner does to a connection by its id.

use super::slots::flag;
use super::{GONE, Id, Server};
use crate::conn::{Conn, File, Response, Workspace, Write};
use crate::error::Error;
use crate::http1::write::FieldRef;
use crate::io::address::Address;
use crate::io::fault;
#[cfg(feature = "tls")]
use crate::tls::Session;
use core::ffi::c_void;

/// Every call with an id fails with `Gone` when the connection has ended. What it makes is sent when the connection's turn
/// ends, or, for other connections, when the batch is used up.
impl Server {
    /// [`Conn::respond`].
    pub fn respond<'f>(
        &mut self,
        id: Id,
        response: &Response<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, Error> {
        let written = self.call(id, |conn, ws| conn.respond(ws, response, fields))?;
        self.stats.responses += u64::from(written == Write::Queued);
        Ok(written)
    }

    /// [`Conn::respond_ok`]; `None` also where the connection has ended.
    #[inline(always)]
    pub fn respond_ok<'f>(
        &mut self,
        id: Id,
        content: &[u8],
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Option<Write> {
        let (index, live) = self.slots.find_live(id)?;
        let written = live.conn.respond_ok(&mut self.ws, content, fields)?;
        self.stats.responses += 1;
        if index != self.turn {
            self.slots.make_due(index);
        }
        Some(written)
    }

    /// [`Conn::inform`].
    pub fn inform<'f>(
        &mut self,
        id: Id,
        status: u16,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, Error> {
        self.call(id, |conn, ws| conn.inform(ws, status, fields))
    }

    /// [`Conn::switch`].
    pub fn switch<'f>(
        &mut self,
        id: Id,
        response: &Response<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, Error> {
        let written = self.call(id, |conn, ws| conn.switch(ws, response, fields))?;
        self.stats.responses += u64::from(written == Write::Queued);
        Ok(written)
    }

    /// [`Conn::send`].
    pub fn send(&mut self, id: Id, content: &[u8]) -> Result<Write, Error> {
        self.call(id, |conn, ws| conn.send(ws, content))
    }

    /// [`Conn::send_copied`].
    pub fn send_copied(&mut self, id: Id, content: &[u8], token: u64) -> Result<Write, Error> {
        self.call(id, |conn, ws| conn.send_copied(ws, content, token))
    }

    /// [`Conn::seals`].
    pub fn seals(&self, id: Id) -> Result<bool, Error> {
        let index = self.slots.find(id).ok_or(GONE.at(0))?;
        Ok(self.slots.conn(index).is_some_and(Conn::seals))
    }

    /// [`Conn::tls`]; `None` where there is none.
    #[cfg(feature = "tls")]
    pub fn tls(&self, id: Id) -> Result<Option<&Session>, Error> {
        let index = self.slots.find(id).ok_or(GONE.at(0))?;
        Ok(self.slots.conn(index).and_then(Conn::tls))
    }

    /// [`Conn::send_lent`].
    pub fn send_lent(&mut self, id: Id, address: usize, len: usize, token: u64) -> Result<Write, Error> {
        self.call(id, |conn, ws| conn.send_lent(ws, address, len, token))
    }

    /// [`Conn::send_file`]. The server sends from the file, or reads it, on its own thread: a disk that is slow holds up all of its
    /// connections.
    pub fn send_file(&mut self, id: Id, file: &File, token: u64) -> Result<Write, Error> {
        self.call(id, |conn, ws| conn.send_file(ws, file, token))
    }

    /// [`Conn::finish`].
    pub fn finish<'f>(&mut self, id: Id, trailers: impl Iterator<Item = FieldRef<'f>> + Clone) -> Result<Write, Error> {
        self.call(id, |conn, ws| conn.finish(ws, trailers))
    }

    /// [`Conn::pause`].
    pub fn pause(&mut self, id: Id) -> Result<(), Error> {
        self.call(id, |conn, _| {
            conn.pause();
            Ok(())
        })
    }

    /// [`Conn::resume`].
    pub fn resume(&mut self, id: Id) -> Result<(), Error> {
        self.call(id, |conn, _| {
            conn.resume();
            Ok(())
        })
    }

    /// [`Conn::shutdown`]: the exchange in progress is the last.
    pub fn shutdown(&mut self, id: Id) -> Result<(), Error> {
        self.call(id, Conn::shutdown)
    }

    /// Ends a connection at once. What is queued is offered to the system once more; the rest is lost. Releases come, and
    /// the end without an error.
    pub fn close(&mut self, id: Id) -> Result<(), Error> {
        self.leave_lane_of(id);
        let index = self.slots.find(id).ok_or(GONE.at(0))?;
        self.flush_slot(index);
        self.slots.get_mut(index).set(flag::CLOSED, true);
        let now = self.time.now;
        self.call(id, |conn, ws| {
            conn.abort(ws, now);
            Ok(())
        })
    }

    /// Stores a pointer that every later event of the connection carries. Fails with `Nomem`.
    pub fn set_user(&mut self, id: Id, user: *mut c_void) -> Result<(), Error> {
        self.leave_lane_of(id);
        let index = self.slots.find(id).ok_or(GONE.at(0))?;
        self.slots.set_user(index, user)
    }

    /// The address of the peer; fails with `System` when the peer is gone already.
    pub fn peer(&self, id: Id) -> Result<Address, Error> {
        let index = self.slots.find(id).ok_or(GONE.at(0))?;
        let live = self.slots.get(index).live.as_ref().ok_or(GONE.at(0))?;
        self.driver.socket(live.key).and_then(|socket| socket.peer_address()).map_err(|error| fault(&error))
    }

    /// What ends the connection, once something does.
    pub fn error(&self, id: Id) -> Result<Option<Error>, Error> {
        let index = self.slots.find(id).ok_or(GONE.at(0))?;
        Ok(self.slots.conn(index).and_then(Conn::error))
    }

    /// Runs `body` on a connection and gives it a turn, unless it has its turn now.
    #[inline]
    pub(super) fn call<T>(
        &mut self,
        id: Id,
        body: impl FnOnce(&mut Conn, &mut Workspace) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.leave_lane_of(id);
        self.relieve();
        let (index, live) = self.slots.find_live(id).ok_or(GONE.at(0))?;
        let result = body(&mut live.conn, &mut self.ws);
        if index != self.turn {
            self.slots.make_due(index);
        }
        result
    }
}
