//! The error of a record that was not opened.

use crate::error::Error;

/// A record was refused.
#[derive(Clone, Copy, Debug)]
pub(in crate::tls::session) struct Failed {
    pub error: Error,
    /// Octets at the end of the range that rustls still refers to.
    pub pending: usize,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self { error, pending: 0 }
    }
}
