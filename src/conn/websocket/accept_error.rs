//! Why a WebSocket was not accepted.

use crate::error::{Code, Error};

/// Why a request was not answered with a 101.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AcceptError {
    /// It is no handshake, or a bad one: it was answered with the status of this error.
    Refused(Error),
    /// The call could not be done, and nothing was.
    Failed(Error),
}

impl AcceptError {
    /// What was wrong.
    pub fn error(self) -> Error {
        let (Self::Refused(error) | Self::Failed(error)) = self;
        error
    }

    /// The code of what was wrong.
    pub fn code(self) -> Code {
        self.error().code()
    }
}

impl From<Error> for AcceptError {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}
