//! The octets of the last completion.

use crate::io::sys::uring::{Buffer, Ring};

/// Where they are.
#[derive(Debug, Default)]
pub(super) enum Filled {
    /// There are none.
    #[default]
    Nothing,
    /// The first of a buffer, which goes back to the system with the next pull.
    Buffer(Buffer, usize),
    /// Those that were kept.
    Kept(Vec<u8>),
}

impl Filled {
    /// They are used up.
    #[inline]
    pub fn release(&mut self, ring: &mut Ring) {
        // The first pull after that of octets: the others find nothing.
        if !matches!(self, Self::Nothing)
            && let Self::Buffer(buffer, _) = core::mem::take(self)
        {
            ring.buffers().give_back(buffer);
        }
    }

    pub fn octets<'a>(&'a mut self, ring: &'a mut Ring) -> &'a mut [u8] {
        match self {
            Self::Nothing => &mut [],
            Self::Buffer(buffer, len) => ring.buffers().octets(buffer, *len),
            Self::Kept(octets) => octets,
        }
    }
}
