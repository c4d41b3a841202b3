//! Guests come and leave.

use super::calls::SocketCalls;
use super::guests::Guests;
use super::id::SocketId;
use super::inbox::Inbox;
use super::opening::Opening;
use super::sockets::Sockets;
use crate::error::Error;
use crate::io::driver::Driver;

/// The guests of a loop.
pub struct Hosting<'a> {
    driver: &'a mut Driver,
    sockets: &'a mut Sockets,
    inbox: &'a mut Inbox,
    guests: &'a mut Guests,
}

impl<'a> Hosting<'a> {
    pub(super) fn new(
        driver: &'a mut Driver,
        sockets: &'a mut Sockets,
        inbox: &'a mut Inbox,
        guests: &'a mut Guests,
    ) -> Self {
        Self { driver, sockets, inbox, guests }
    }

    /// A guest with this driver, which was made [on that of the loop](Driver::new_on) and stays the caller's. Its completions carry
    /// `token`. Fails with `Nomem` and `System`.
    pub fn host(&mut self, guest: &Driver, token: u64) -> Result<SocketId, Error> {
        let guest = Opening::new(self.driver, self.sockets, self.inbox, token).host(guest)?;
        match self.guests.add(guest) {
            Ok(()) => Ok(guest),
            Err(error) => {
                self.leave(guest)?;
                Err(error)
            }
        }
    }

    /// A guest leaves; its driver may be gone already. Fails with `Gone`.
    pub fn leave(&mut self, guest: SocketId) -> Result<(), Error> {
        let slot = self.sockets.find(guest)?;
        SocketCalls::new(self.driver, self.sockets, slot).detach();
        self.guests.remove(guest);
        Ok(())
    }
}
