//! Why a call on a socket is refused.

use crate::error::{Code, Error, Fault};
use crate::io::fault;
use crate::io::sys::posix;
use std::io;

const fn state(reason: &'static core::ffi::CStr) -> Fault {
    Fault::new(Code::State, 0, c"", reason)
}

pub(super) static OTHER: Fault = state(c"the call is for a socket of another kind");
pub(super) static TWICE: Fault =
    state(c"this operation is in progress on the socket: wait for its completion, or cancel it");
pub(super) static ENDED: Fault = state(c"the stream has ended: nothing more is received");

/// Why the driver refuses.
#[cold]
pub(super) fn refused(error: &io::Error) -> Error {
    if error.raw_os_error() == Some(posix::EALREADY) { TWICE.at(0) } else { fault(error) }
}
