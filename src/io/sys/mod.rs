//! The system calls, each in a small safe function, and the only `unsafe` in [`io`](crate::io).
//!
//! One folder for each family of systems, with the same modules and functions where both have them; `posix` has the
//! constants under the names of POSIX. Functions take descriptors as numbers where ownership does not matter (a wrong number is
//! an error, not undefined behaviour), and return new ones owned, which children do not inherit.

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
pub(in crate::io) use unix::*;
#[cfg(windows)]
pub(in crate::io) use windows::*;
