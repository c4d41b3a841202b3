//! A send that the driver holds.

use crate::io::sys::gather::Gather;
use crate::io::sys::places::Places;
use std::io;

/// The octets of a held send: where they are, and what they were.
pub(super) struct Held {
    places: Places,
    octets: Vec<u8>,
    /// The socket is full: the send is repeated when it has room.
    pub is_blocked: bool,
    /// All was sent; only the completion is late.
    pub is_sent: bool,
}

impl Held {
    /// Fails for octets that the system could not read.
    pub fn new(octets: &Gather<'_>) -> io::Result<Self> {
        let places = Places::of(octets);
        let octets = places.read()?;
        Ok(Self { places, octets, is_blocked: false, is_sent: false })
    }

    pub fn len(&self) -> usize {
        self.octets.len()
    }

    /// The first `most` octets, where they are.
    pub fn up_to(&self, most: usize) -> Gather<'static> {
        self.places.up_to(most)
    }

    /// # Panics
    ///
    /// If the octets were freed or overwritten: a kernel that reads them would send others.
    pub fn check(&self) {
        let now = self.places.read();
        assert!(now.is_ok_and(|now| now == self.octets), "octets of a held send were changed or freed");
    }
}
