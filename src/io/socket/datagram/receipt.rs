//! What a receive of a batch brought.

use std::io;

/// The result of [`Datagram::receive`](super::Datagram::receive).
#[derive(Debug)]
pub enum Receipt {
    /// This many datagrams are in the batch: at least one.
    Datagrams(usize),
    /// An ICMP message says that a datagram sent earlier did not arrive; which one is unknown. The batch is empty, the
    /// socket goes on, and datagrams may wait. Only connected sockets are told.
    ///
    /// `ECONNREFUSED`: the port is closed. `EHOSTUNREACH`, `ENETUNREACH`, `EHOSTDOWN`, `ENONET`: no way there. `EACCES`:
    /// prohibited on the way. `EMSGSIZE`: too large for the path. `ENOPROTOOPT`, `EOPNOTSUPP`, `EPROTO`: rejected.
    Undelivered(io::Error),
}
