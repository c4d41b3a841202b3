//! How a session ends: its error, and whether its own close_notify was asked for. What may still happen is decided here. It sends
//! nothing.

use crate::error::{Code, Error, Fault};

static CUT: Fault = Fault::new(Code::Truncated, 0, c"TLS-03", c"the transport ended without a close_notify");
static CUT_HANDSHAKE: Fault = Fault::new(Code::Truncated, 0, c"TLS-03", c"the transport ended in the TLS handshake");
static NOT_YET: Fault = Fault::new(Code::State, 0, c"", c"the TLS handshake is not done");
static CLOSING: Fault = Fault::new(Code::Closing, 0, c"TLS-05", c"nothing follows a close_notify");

/// The end of one session, as far as it has come.
#[derive(Default)]
pub(super) struct Ending {
    error: Option<Error>,
    is_closed: bool,
}

impl Ending {
    /// What ended the session.
    pub fn error(&self) -> Option<Error> {
        self.error
    }

    /// Whether this side sends nothing more.
    pub fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// Whether application data may be sent.
    pub fn may_send(&self, is_handshaking: bool) -> Result<(), Error> {
        match self.error {
            Some(error) => Err(error),
            None if self.is_closed => Err(CLOSING.at(0)),
            None if is_handshaking => Err(NOT_YET.at(0)),
            None => Ok(()),
        }
    }

    /// What the end of the transport is: clean behind the peer's close_notify, or else a truncation.
    pub fn end_of_input(&self, is_peer_closed: bool, is_handshaking: bool) -> Result<(), Error> {
        match self.error {
            Some(error) => Err(error),
            None if is_peer_closed => Ok(()),
            None if is_handshaking => Err(CUT_HANDSHAKE.at(0)),
            None => Err(CUT.at(0)),
        }
    }

    /// Ends the session.
    pub fn fail(&mut self, error: Error) -> Error {
        self.error = Some(error);
        error
    }

    /// This side sends nothing more; whether that was so before.
    pub fn close(&mut self) -> bool {
        core::mem::replace(&mut self.is_closed, true)
    }
}
