//! The name of a Unix domain socket in a header.

use core::fmt;

/// The name of a Unix domain socket in a header: 108 octets, as of `sun_path` on Linux.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct UnixPath([u8; Self::LEN]);

impl UnixPath {
    /// The octets of a name in a header.
    pub(super) const LEN: usize = 108;

    pub(super) const fn new(octets: [u8; Self::LEN]) -> Self {
        Self(octets)
    }

    /// The name: a path without its NUL, an abstract name with the NUL before it, or nothing. The header does not tell
    /// the length of an abstract name: it is taken to have no NUL at its end.
    pub fn name(&self) -> &[u8] {
        let end = match self.0[0] {
            0 => self.0.iter().rposition(|&octet| octet != 0).map_or(0, |last| last + 1),
            _ => self.0.iter().position(|&octet| octet == 0).unwrap_or(Self::LEN),
        };
        &self.0[..end]
    }
}

impl fmt::Debug for UnixPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UnixPath(\"{}\")", self.name().escape_ascii())
    }
}
