//! One listener: its socket, and the security of its connections.

use super::engine::Engine;
use super::security::Security;
use crate::io::address::Address;
use crate::io::driver::{Cancel, Closing, Key, Submission};
use crate::io::socket::{Listener, SocketFile};
use std::io;

/// One listener.
pub(super) struct Listening {
    /// [`Key::NONE`] once it is closed.
    key: Key,
    pub address: Address,
    pub is_accepting: bool,
    /// The driver has accepted connections that are still to come.
    pub is_closing: bool,
    /// The security of its connections.
    pub security: Security,
    /// Removes the file of a Unix domain socket on drop.
    file: Option<SocketFile>,
}

impl Listening {
    /// A listener that does not accept yet. `token` is that of its completions.
    pub fn new(listener: Listener, token: u32, security: Security, engine: &mut Engine) -> io::Result<Self> {
        let (socket, file) = listener.into_parts();
        let address = socket.local_address()?;
        let key = engine.driver_mut().attach(socket, token)?;
        Ok(Self { key, address, is_accepting: false, is_closing: false, security, file })
    }

    /// Whether it is not closed.
    pub fn is_open(&self) -> bool {
        self.key != Key::NONE
    }

    /// Accepts connections, if it can.
    pub fn accept(&mut self, engine: &mut Engine) {
        self.is_accepting = engine.driver_mut().submit(self.key, Submission::Accept).is_ok();
    }

    /// Accepts none for now.
    pub fn pause(&mut self, engine: &mut Engine) {
        self.is_accepting = false;
        let cancelled = engine.driver_mut().submit(self.key, Submission::Cancel(Cancel::Accept));
        debug_assert!(cancelled.is_ok());
    }

    /// Closes it for good. Connections that the driver has accepted before still come.
    pub fn close(&mut self, engine: &mut Engine) {
        let key = core::mem::replace(&mut self.key, Key::NONE);
        self.is_closing = engine.close_socket(key) == Closing::Pending;
        (self.is_accepting, self.file) = (false, None);
    }
}
