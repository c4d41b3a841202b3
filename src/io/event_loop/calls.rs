//! Calls on one socket of a loop.
//!
//! A view for one call. Checks that the socket is of the kind that the call is for, and passes it on to the driver.

use super::entry::{Entry, Kind};
use super::refused::{ENDED, OTHER, TWICE, refused};
use super::sends::Sends;
use super::sockets::Sockets;
use super::wants::Wants;
use crate::error::Error;
use crate::io::address::Address;
use crate::io::descriptor::RawSocket;
use crate::io::driver::{Cancel, Closing, Driver, Interest, Submission};
use crate::io::fault;
use crate::io::socket::{Datagram, Socket};
use std::io;

/// A socket of a loop.
#[derive(Debug)]
pub struct SocketCalls<'a> {
    driver: &'a mut Driver,
    sockets: &'a mut Sockets,
    slot: u32,
}

impl<'a> SocketCalls<'a> {
    pub(super) fn new(driver: &'a mut Driver, sockets: &'a mut Sockets, slot: u32) -> Self {
        Self { driver, sockets, slot }
    }

    fn entry(&self) -> &Entry {
        self.sockets.get(self.slot)
    }

    /// Its completions carry this token from now on.
    pub fn set_token(self, token: u64) {
        self.sockets.get_mut(self.slot).token = token;
    }

    /// The socket itself, for its addresses and options. Fails with `State` for one that is only watched.
    pub fn socket(&self) -> Result<&Socket, Error> {
        let entry = self.entry();
        match &entry.kind {
            Kind::Datagrams(datagram) => Ok(datagram.socket()),
            Kind::Listener { .. } | Kind::Stream | Kind::Cancelled => {
                self.driver.socket(entry.key).map_err(|error| fault(&error))
            }
            Kind::Watched | Kind::Guest | Kind::Free => Err(OTHER.at(0)),
        }
    }

    /// The descriptor, which stays the loop's.
    pub fn descriptor(&self) -> Result<RawSocket, Error> {
        self.socket().map(Socket::raw)
    }

    /// A socket for datagrams: its options. Fails with `State` for one of another kind.
    pub fn datagram(&self) -> Result<&Datagram, Error> {
        match &self.entry().kind {
            Kind::Datagrams(datagram) => Ok(datagram),
            _ => Err(OTHER.at(0)),
        }
    }

    /// The local address.
    pub fn address(&self) -> Result<Address, Error> {
        self.socket()?.local_address().map_err(|error| fault(&error))
    }

    /// The address of the peer.
    pub fn peer(&self) -> Result<Address, Error> {
        self.socket()?.peer_address().map_err(|error| fault(&error))
    }

    /// Accepts connections until cancelled, or until an error.
    pub fn accept(self) -> Result<(), Error> {
        match self.entry().kind {
            Kind::Listener { .. } => self.submit(Submission::Accept),
            _ => Err(OTHER.at(0)),
        }
    }

    /// Receives until cancelled, or until the end or an error, after which nothing more is received.
    pub fn receive(self) -> Result<(), Error> {
        let Entry { ref kind, wants, has_ended, .. } = *self.entry();
        match kind {
            Kind::Stream if has_ended => Err(ENDED.at(0)),
            Kind::Stream => self.submit(Submission::Receive),
            Kind::Datagrams(_) if wants.input => Err(TWICE.at(0)),
            Kind::Datagrams(_) => self.want(Wants { input: true, ..wants }),
            _ => Err(OTHER.at(0)),
        }
    }

    /// Waits for readiness, once. Another interest replaces the earlier one.
    pub fn poll(self, interest: Interest) -> Result<(), Error> {
        match self.entry().kind {
            Kind::Watched => self.submit(Submission::Poll(interest)),
            _ => Err(OTHER.at(0)),
        }
    }

    /// Sends; fails with `State` while the completion of a send is to come.
    pub fn sends(self) -> Result<Sends<'a>, Error> {
        let Entry { ref kind, wants, .. } = *self.entry();
        match kind {
            Kind::Stream | Kind::Datagrams(_) if wants.room => Err(TWICE.at(0)),
            Kind::Stream | Kind::Datagrams(_) => Ok(Sends::new(self.driver, self.sockets.get_mut(self.slot))),
            _ => Err(OTHER.at(0)),
        }
    }

    /// Cancels an operation; see [`Submission::Cancel`].
    pub fn cancel(self, which: Cancel) -> Result<(), Error> {
        self.refuse_guest()?;
        let Entry { ref kind, wants, connects, .. } = *self.entry();
        match (kind, which) {
            (Kind::Datagrams(_), Cancel::Receive) => self.want(Wants { input: false, ..wants }),
            (Kind::Datagrams(_), Cancel::Send) => self.want(Wants { room: false, ..wants }),
            (Kind::Datagrams(_), _) => Ok(()),
            (_, Cancel::Send) if wants.held => Ok(()),
            (_, Cancel::Connect) if connects => {
                self.sockets.get_mut(self.slot).kind = Kind::Cancelled;
                self.submit(Submission::Cancel(which))
            }
            (_, which) => {
                if which == Cancel::Send {
                    self.sockets.get_mut(self.slot).wants.room = false;
                }
                self.submit(Submission::Cancel(which))
            }
        }
    }

    /// Ends the sending side: the peer reads the end after all that was sent.
    pub fn shutdown_write(self) -> Result<(), Error> {
        let Kind::Stream = self.entry().kind else { return Err(OTHER.at(0)) };
        self.socket()?.shutdown_write().map_err(|error| fault(&error))?;
        self.sockets.get_mut(self.slot).is_shut = true;
        Ok(())
    }

    /// Ends all operations and closes the socket; a watched descriptor stays open. After [`Closing::Pending`] the last
    /// completion is [`Event::Closed`](super::Event::Closed), and the id names nothing for calls. Fails with `State` for a
    /// guest, which [leaves](super::Hosting::leave).
    pub fn close(self) -> Result<Closing, Error> {
        self.refuse_guest()?;
        match self.driver.close(self.entry().key) {
            Ok(Closing::Pending) => {
                self.sockets.get_mut(self.slot).is_closing = true;
                Ok(Closing::Pending)
            }
            // The driver knows a watched descriptor no more if its number is another one's by now.
            Ok(Closing::Done) | Err(_) => {
                drop(self.sockets.empty(self.slot));
                Ok(Closing::Done)
            }
        }
    }

    /// Ends all operations and gives the socket back; no socket for a watched one. The file of a Unix domain listener stays. `None`: a send is held, or octets are lent, and nothing was
    /// done. Fails with `State` for a guest.
    pub fn release(self) -> Result<Option<Option<Socket>>, Error> {
        self.refuse_guest()?;
        Ok(self.detach())
    }

    /// The same for any kind.
    pub(super) fn detach(self) -> Option<Option<Socket>> {
        let detached = self.driver.detach(self.entry().key);
        if detached.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock) {
            return None;
        }
        match self.sockets.empty(self.slot) {
            Kind::Datagrams(datagram) => Some(Some(datagram.into_socket())),
            Kind::Listener { file: Some(file) } => {
                file.leave_in_place();
                Some(detached.unwrap_or(None))
            }
            // As in `close`.
            _ => Some(detached.unwrap_or(None)),
        }
    }

    fn refuse_guest(&self) -> Result<(), Error> {
        if matches!(self.entry().kind, Kind::Guest) { Err(OTHER.at(0)) } else { Ok(()) }
    }

    fn want(self, wants: Wants) -> Result<(), Error> {
        let entry = self.sockets.get_mut(self.slot);
        entry.want(self.driver, wants)
    }

    fn submit(self, submission: Submission<'_>) -> Result<(), Error> {
        let key = self.entry().key;
        self.driver.submit(key, submission).map_err(|error| refused(&error))
    }
}
