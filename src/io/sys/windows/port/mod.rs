//! A completion port: packets go in, and a wait takes them out.
//!
//! Drivers of one thread may share a port, since a port cannot be watched by another one as a descriptor of epoll can. Each
//! has a [`Share`] with a key; a wait that takes packets of another key keeps them for that share.

mod kept;
mod packet;
mod share;

pub(in crate::io) use packet::Packet;
pub(in crate::io) use share::Share;

/// A number that the owner of a packet chose. The system gives it back, and never follows it as a pointer.
pub(in crate::io) type Context = usize;

/// Names a share of a port.
pub(in crate::io) type ShareKey = usize;
