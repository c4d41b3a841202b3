//! The system calls of UDP: a batch received, a batch sent, and the options that take a struct.
//!
//! - [`room`]: memory for a batch, filled by one `recvmmsg`.
//! - [`messages`]: the control messages of a received datagram.
//! - [`chunk`]: datagrams for one `sendmmsg`.
//! - [`control`]: the control messages of a datagram to be sent.
//! - [`many`]: the two calls themselves, or what stands for them.
//! - [`offload`]: segments that the system cuts and joins.
//! - [`option`]: multicast memberships and interfaces, and the end of a connection.

pub(in crate::io) mod chunk;
pub(in crate::io) mod control;
mod many;
pub(in crate::io) mod messages;
pub(in crate::io) mod offload;
pub(in crate::io) mod option;
pub(in crate::io) mod room;
