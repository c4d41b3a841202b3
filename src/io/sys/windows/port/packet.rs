//! A packet of a port.

use super::{Context, ShareKey};
use core::fmt;
use core::ptr::null_mut;
use windows_sys::Win32::System::IO::OVERLAPPED_ENTRY;

/// One packet, as the system writes it.
#[derive(Clone)]
#[repr(transparent)]
pub(in crate::io) struct Packet(OVERLAPPED_ENTRY);

// SAFETY: the pointer in it is a number, and is never followed.
unsafe impl Send for Packet {}
// SAFETY: as above.
unsafe impl Sync for Packet {}

impl fmt::Debug for Packet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Packet").field("key", &self.key()).field("context", &self.context()).finish()
    }
}

impl Packet {
    #[cfg(test)]
    pub(super) fn of(key: ShareKey, context: Context) -> Self {
        let mut packet = Self::NONE;
        (packet.0.lpCompletionKey, packet.0.lpOverlapped) = (key, core::ptr::without_provenance_mut(context));
        packet
    }

    /// Room for a packet.
    pub(in crate::io) const NONE: Self = Self(OVERLAPPED_ENTRY {
        lpCompletionKey: 0,
        lpOverlapped: null_mut(),
        Internal: 0,
        dwNumberOfBytesTransferred: 0,
    });

    pub(in crate::io) fn context(&self) -> Context {
        self.0.lpOverlapped.addr()
    }

    pub(super) fn key(&self) -> ShareKey {
        self.0.lpCompletionKey
    }
}

const _: () = assert!(size_of::<Packet>() == size_of::<OVERLAPPED_ENTRY>());
