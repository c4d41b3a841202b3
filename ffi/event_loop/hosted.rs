//! The servers of a loop: when they have something to do, and who has gone.

use core::ptr::NonNull;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::error::Error;
use crate::io::event_loop::{EventLoop, SocketId};
use crate::memory::NO_MEMORY;
use crate::service::Server;

/// The servers of a loop. The loop and each server have it: either may go first, and after the loop each server may go to a thread
/// of its own.
#[derive(Clone, Default)]
pub(in crate::ffi) struct Hosted(Arc<Mutex<Servers>>);

#[derive(Default)]
struct Servers {
    present: Vec<(SocketId, NonNull<Server>)>,
    /// Those that were freed, and that the loop still watches.
    left: Vec<SocketId>,
}

// SAFETY: the pointers are followed on the loop's thread only, to servers that are on it.
unsafe impl Send for Servers {}

impl Hosted {
    /// When a server has something to do.
    pub(super) fn deadline(&self, guest: SocketId) -> u64 {
        let servers = self.servers();
        let server = servers.present.iter().find(|(id, _)| *id == guest);
        // SAFETY: a server leaves before it goes; its thread is this one, which is in no call on it.
        server.map_or(u64::MAX, |(_, server)| unsafe { server.as_ref() }.deadline())
    }

    /// The loop watches no server that has left.
    pub(super) fn release_left(&self, event_loop: &mut EventLoop) {
        while let Some(guest) = { self.servers().left.pop() } {
            // It is there: only this ends it.
            let _ = event_loop.hosting().leave(guest);
        }
    }

    /// Room for one more server. Fails with `Nomem`.
    pub(super) fn reserve(&self) -> Result<(), Error> {
        let mut servers = self.servers();
        let most = servers.present.len() + 1;
        servers.present.try_reserve(1).map_err(|_| NO_MEMORY)?;
        servers.left.try_reserve(most).map_err(|_| NO_MEMORY)
    }

    /// A server comes, for which there is [room](Self::reserve).
    pub(super) fn enter(&self, guest: SocketId, server: NonNull<Server>) {
        self.servers().present.push((guest, server));
    }

    /// Nothing panics while it is locked.
    fn servers(&self) -> MutexGuard<'_, Servers> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A server goes.
    pub(in crate::ffi) fn leave(&self, server: *const Server) {
        let mut servers = self.servers();
        let Servers { present, left } = &mut *servers;
        present.retain(|&(guest, other)| {
            let stays = !core::ptr::eq(other.as_ptr(), server);
            if !stays {
                left.push(guest);
            }
            stays
        });
    }
}
