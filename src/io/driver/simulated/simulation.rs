//! What a driver simulates.

/// The clients of a driver without a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Simulation {
    /// How many connect to its listener.
    pub connections: u32,
    /// How many of them go on with requests, evenly spread over all; at least 1 and at most `connections`.
    pub active: u32,
    /// The octets that a client sends: each once, and then the active ones in turns, as many with a wait as its batch has room for.
    pub request: &'static [u8],
}

impl Simulation {
    /// Whether this client goes on.
    pub(super) fn is_active(&self, number: u32) -> bool {
        let before = u64::from(number) * u64::from(self.active) / u64::from(self.connections);
        let after = (u64::from(number) + 1) * u64::from(self.active) / u64::from(self.connections);
        after > before
    }
}
