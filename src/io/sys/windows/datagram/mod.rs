//! The system calls of UDP: a batch received, a batch sent, and the options that take a struct.
//!
//! - [`room`]: memory for a batch, filled by one `WSARecvMsg` for each datagram.
//! - [`messages`]: the control messages of a received datagram.
//! - [`chunk`]: datagrams for a `WSASendMsg` each.
//! - [`control`]: the control messages of a datagram to be sent.
//! - [`header`]: where a control message has its parts.
//! - [`offload`]: segments that the system cuts and joins.
//! - [`option`]: multicast memberships and interfaces, connecting, and the end of a connection.
//! - [`error`]: what errors say of earlier datagrams. [`icmp`]: whether there are such errors.

pub(in crate::io) mod chunk;
pub(in crate::io) mod control;
pub(super) mod error;
mod extension;
mod header;
pub(in crate::io::sys::windows) mod icmp;
pub(in crate::io) mod messages;
mod octets;
pub(in crate::io) mod offload;
pub(in crate::io) mod option;
pub(in crate::io) mod room;
mod slot;
