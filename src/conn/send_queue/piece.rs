//! A piece of output.

/// One stretch of output for the outer layers.
pub enum Piece<'a> {
    /// Octets of the workspace.
    Owned(&'a [u8]),
    /// Octets the caller lent, by address and length.
    Lent(usize, usize),
}

impl Piece<'_> {
    /// Length.
    pub fn octets(&self) -> usize {
        match *self {
            Self::Owned(octets) => octets.len(),
            Self::Lent(_, len) => len,
        }
    }

    /// Its first `most` octets.
    #[must_use]
    pub fn up_to(self, most: usize) -> Self {
        match self {
            Self::Owned(octets) => Self::Owned(&octets[..octets.len().min(most)]),
            Self::Lent(address, len) => Self::Lent(address, len.min(most)),
        }
    }
}
