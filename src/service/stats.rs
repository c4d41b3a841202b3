//! The counters of a server.

/// Counters since the server was made; `open` is current.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Connections accepted.
    pub accepted: u64,
    /// Connections accepted and closed at once, for lack of memory. Also sockets that owed a PROXY header longest when others
    /// came.
    pub refused: u64,
    /// Open connections.
    pub open: u64,
    /// Requests delivered.
    pub requests: u64,
    /// Final responses of the application.
    pub responses: u64,
    /// Octets received.
    pub octets_in: u64,
    /// Octets sent.
    pub octets_out: u64,
    /// Errors of connections: broken protocol, resets, clocks, memory.
    pub errors: u64,
    /// Expired clocks of connections, including idle ones.
    pub timeouts: u64,
    /// Messages that a slow connection missed, including those replaced by newer ones.
    pub missed: u64,
    /// Connections closed because they were too slow.
    pub too_slow: u64,
    /// Published messages refused by a sibling's full mailbox.
    pub unposted: u64,
    /// Connections offloaded to kernel TLS.
    pub kernel_tls: u64,
    /// Connections ended for lack of progress: each is a bug of this library.
    pub stalled: u64,
    /// Connections that lost their unread input, because the total was too large and theirs was most of it.
    pub input_evicted: u64,
    /// Connections that lost an incomplete message, for the same reason.
    pub messages_evicted: u64,
    /// Connections ended because memory ran short and they held most of it.
    pub memory_evicted: u64,
}
