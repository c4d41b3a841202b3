//! Where a session's records for the peer go.

use crate::error::Error;

/// A queue of output that is written in place.
pub trait Sink {
    /// Room for `len` octets in one stretch, behind what was committed before. It holds anything. On failure nothing has
    /// changed.
    fn room(&mut self, len: usize) -> Result<&mut [u8], Error>;

    /// The first `len` octets of the last room are output; the rest of it is given back. Follows every room.
    fn commit(&mut self, len: usize);
}
