//! Octets owned by the caller: in memory, or in a file.

/// Lent octets, and the token of their release.
#[derive(Clone, Copy)]
pub struct Lent {
    pub place: Place,
    pub len: usize,
    pub token: u64,
}

/// The place of lent octets, which only the outer layers can access.
#[derive(Clone, Copy)]
pub enum Place {
    /// At an address.
    Memory(usize),
    /// In an open file, from an offset on.
    File { fd: isize, offset: u64 },
}

impl Lent {
    /// The stretch of a file, without its first `sent` octets.
    pub fn file(&self, sent: usize) -> Option<File> {
        let Place::File { fd, offset } = self.place else { return None };
        Some(File { fd, offset: offset + sent as u64, len: (self.len - sent) as u64 })
    }
}

/// A stretch of an open file. The descriptor is opaque here, and passed on to the owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct File {
    /// The descriptor, or handle.
    pub fd: isize,
    /// Offset of the stretch.
    pub offset: u64,
    /// Octets.
    pub len: u64,
}
