//! The end of a session: its error, whether our side is closed, and whether that was in the handshake. Decides what is
//! still allowed. Sends nothing.

use crate::error::{Code, Error, Fault};

static CUT: Fault = Fault::new(Code::Truncated, 0, c"TLS-03", c"the transport ended without a close_notify");
static CUT_HANDSHAKE: Fault = Fault::new(Code::Truncated, 0, c"TLS-03", c"the transport ended in the TLS handshake");
static NOT_YET: Fault = Fault::new(Code::State, 0, c"", c"the TLS handshake is not done");
static CLOSING: Fault = Fault::new(Code::Closing, 0, c"TLS-05", c"nothing follows a close_notify");

/// The end of one session, so far.
#[derive(Default)]
pub(super) struct Ending {
    error: Option<Error>,
    is_closed: bool,
    /// Our side was closed in the handshake, which is not continued.
    is_abandoned: bool,
}

impl Ending {
    /// The error that ended the session.
    pub fn error(&self) -> Option<Error> {
        self.error
    }

    /// Whether our side is closed.
    pub fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// Whether our side was closed in the handshake: nothing is received or sent after that.
    pub fn is_abandoned(&self) -> bool {
        self.is_abandoned
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

    /// The end of the transport: clean after the peer's close_notify or an abandoned handshake, otherwise a truncation.
    pub fn end_of_input(&self, is_peer_closed: bool, is_handshaking: bool) -> Result<(), Error> {
        match self.error {
            Some(error) => Err(error),
            None if is_peer_closed || self.is_abandoned => Ok(()),
            None if is_handshaking => Err(CUT_HANDSHAKE.at(0)),
            None => Err(CUT.at(0)),
        }
    }

    /// Ends the session.
    pub fn fail(&mut self, error: Error) -> Error {
        self.error = Some(error);
        error
    }

    /// Closes our side, and abandons a handshake in progress. Returns whether a close_notify is to be sent.
    pub fn close(&mut self, is_handshaking: bool) -> bool {
        let was_closed = core::mem::replace(&mut self.is_closed, true);
        let is_open = self.error.is_none() && !was_closed;
        self.is_abandoned |= is_open && is_handshaking;
        is_open && !is_handshaking
    }
}
