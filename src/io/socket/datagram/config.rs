//! Sizes of a receive batch.

/// The sizes of a [`ReceiveBatch`](super::ReceiveBatch). It takes their product, and about 250 octets per datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchConfig {
    /// Datagrams per call, 1 to 1,024.
    pub datagrams: usize,
    /// Octets per datagram, at least 1. The rest of a longer one is lost.
    pub octets: usize,
}

impl BatchConfig {
    /// For sockets that join datagrams ([`Datagram::set_coalesce`](super::Datagram::set_coalesce)): 64 of 64 KiB. The
    /// system provides a page when it is first written.
    pub const COALESCED: Self = Self { datagrams: 64, octets: 64 << 10 };
}

impl Default for BatchConfig {
    /// 64 datagrams of 2 KiB: more than an Ethernet frame carries.
    fn default() -> Self {
        Self { datagrams: 64, octets: 2 << 10 }
    }
}
