//! What a resolver calls on its threads.

use super::unresolved::unresolved;
use crate::error::Error;
use crate::io::{fault, sys};
use core::ffi::CStr;
use core::net::SocketAddr;
use sys::resolve::Unresolved;

/// The addresses of a name, which is in lower case, with port 0. May block; several threads call it, each for another name. Must not
/// panic: the thread would be lost, and the name never reported.
pub type Lookup = Box<dyn Fn(&CStr) -> Result<Vec<SocketAddr>, Error> + Send + Sync>;

/// The most addresses of a name; the system's list is cut there.
const ADDRESSES_MAX: usize = 256;

/// Asks the system, by `getaddrinfo`: `/etc/hosts`, DNS and what else it is set up for.
pub fn system(name: &CStr) -> Result<Vec<SocketAddr>, Error> {
    sys::resolve::resolve(name, ADDRESSES_MAX).map_err(|error| match error {
        Unresolved::Eai(number) => unresolved(number),
        Unresolved::System(error) => fault(&error),
    })
}
