//! Octets that stay the caller's: in its memory, or in a file.

/// Octets the caller lent, and the token that they are released with.
#[derive(Clone, Copy)]
pub struct Lent {
    pub place: Place,
    pub len: usize,
    pub token: u64,
}

/// Where lent octets lie, as only the outer layers can find them.
#[derive(Clone, Copy)]
pub enum Place {
    /// At an address.
    Memory(usize),
    /// In an open file, from an offset on.
    File { fd: isize, offset: u64 },
}

impl Lent {
    /// Where they lie in a file, without the first `sent` of them.
    pub fn file(&self, sent: usize) -> Option<File> {
        let Place::File { fd, offset } = self.place else { return None };
        Some(File { fd, offset: offset + sent as u64, len: (self.len - sent) as u64 })
    }
}

/// A stretch of an open file. What its descriptor is, only the owner of the connection knows; it is passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct File {
    /// The descriptor, or handle.
    pub fd: isize,
    /// Where the stretch begins.
    pub offset: u64,
    /// Octets.
    pub len: u64,
}
