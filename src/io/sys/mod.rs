//! The system calls, each in a small safe function, and the only `unsafe` in [`io`](crate::io).
//!
//! [`gather`] has octets for one send, and `places` those that the driver of faults holds. There is one folder for each family
//! of systems, with the same modules and functions where both have them, and `posix` with the constants under the names of
//! POSIX.
//!
//! Functions take descriptors as numbers where ownership does not matter (a wrong number is an error, not undefined
//! behaviour), and return new ones owned, which children do not inherit.

pub(in crate::io) mod gather;
#[cfg(feature = "fault")]
pub(in crate::io) mod places;
#[cfg(unix)]
mod unix;
mod view;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
pub(in crate::io) use unix::*;
#[cfg(windows)]
pub(in crate::io) use windows::*;
