//! An event of kqueue as bits ([`bits`]): its descriptor and data are a key.

use super::super::Key;
use super::super::readiness::bits;
use super::super::readiness::ready::{Ready, WAKER};
use crate::io::sys::kqueue::event::{Event, Filter};
use std::io;

/// The data of the waker's event. Of others it is a generation, which has 32 bits.
pub(super) const WAKER_DATA: usize = usize::MAX;

impl Ready for Event {
    const NONE: Self = Self::NONE;

    #[inline]
    fn key(&self) -> Key {
        let data = self.data();
        if data == WAKER_DATA {
            return WAKER;
        }
        Key { index: self.fd().cast_unsigned(), generation: u32::try_from(data).unwrap_or_default() }
    }

    #[inline]
    fn bits(&self) -> u32 {
        let is_read = self.filter() == Filter::Read;
        if self.refusal().is_some() {
            return bits::REFUSED | if is_read { 0 } else { bits::ROOM };
        }
        let failure = if self.is_failure() { bits::ERROR } else { 0 };
        match is_read {
            true if self.is_end() => bits::OCTETS | bits::PEER_END | failure,
            true => bits::OCTETS,
            false => bits::ROOM | failure,
        }
    }

    /// An event for room that has told its failure is one for room only.
    fn retain(&mut self, _: u32) {
        self.clear_end();
    }

    fn refusal(&self) -> io::Error {
        self.refusal().unwrap_or_else(|| io::ErrorKind::Other.into())
    }
}
