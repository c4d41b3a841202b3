//! What a server counts.

/// Counts since the server was made; `open` is of now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Connections accepted.
    pub accepted: u64,
    /// Connections accepted and closed at once, for lack of memory.
    pub refused: u64,
    /// Connections there are.
    pub open: u64,
    /// Requests handed out.
    pub requests: u64,
    /// Final responses taken from the application.
    pub responses: u64,
    /// Octets received.
    pub octets_in: u64,
    /// Octets sent.
    pub octets_out: u64,
    /// Errors of connections: broken protocol, resets, clocks, memory.
    pub errors: u64,
    /// Clocks of connections that ran out, those of idle connections included.
    pub timeouts: u64,
    /// Messages that a connection missed because it was slow, those that a newer one replaced included.
    pub missed: u64,
    /// Connections that were closed because they were too slow.
    pub too_slow: u64,
    /// Messages published that the mailbox of a sibling did not take, being full.
    pub unposted: u64,
    /// Connections whose TLS records the system took over.
    pub kernel_tls: u64,
    /// Connections that were ended because they did not go on: each is a bug of this library.
    pub stalled: u64,
    /// Connections that lost the unread input they held, because that of all was too much and theirs was most of it.
    pub input_evicted: u64,
    /// Connections that lost a message in the making, for the same reason.
    pub messages_evicted: u64,
    /// Connections that were ended because memory ran short and they held most of it.
    pub memory_evicted: u64,
}
