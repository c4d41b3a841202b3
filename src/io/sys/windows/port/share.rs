//! The share of a port.

use super::kept::Kept;
use super::{Context, Packet, ShareKey};
use crate::io::sys::windows::boolean::check;
use crate::io::sys::windows::posix;
use core::ptr::null_mut;
use std::io;
use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle, RawHandle};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use windows_sys::Win32::Foundation::{INVALID_HANDLE_VALUE, WAIT_TIMEOUT};
use windows_sys::Win32::System::IO::{CreateIoCompletionPort, GetQueuedCompletionStatusEx, PostQueuedCompletionStatus};
use windows_sys::Win32::System::Threading::INFINITE;

/// The port.
#[derive(Debug)]
struct Port {
    handle: OwnedHandle,
    next_key: AtomicUsize,
    kept: Mutex<Kept>,
    /// A thread waits.
    is_waiting: AtomicBool,
}

/// One driver's part of a port, which is closed after the last.
#[derive(Clone, Debug)]
pub(in crate::io) struct Share {
    port: Arc<Port>,
    key: ShareKey,
}

impl Share {
    /// A port of its own.
    pub(in crate::io) fn new() -> io::Result<Self> {
        // SAFETY: no pointers; the result is checked, and handed over unseen.
        let port = unsafe { CreateIoCompletionPort(INVALID_HANDLE_VALUE, null_mut(), 0, 1) };
        check(i32::from(!port.is_null()))?;
        // SAFETY: not null, so an open handle, which is only ours.
        let handle = unsafe { OwnedHandle::from_raw_handle(port) };
        let (kept, is_waiting) = (Mutex::default(), AtomicBool::new(false));
        Self::enter(Arc::new(Port { handle, next_key: AtomicUsize::new(0), kept, is_waiting }))
    }

    /// Another share of the same port.
    pub(in crate::io) fn beside(&self) -> io::Result<Self> {
        Self::enter(Arc::clone(&self.port))
    }

    /// Beside its polls, a share has packets of a waker and of an announcement.
    fn enter(port: Arc<Port>) -> io::Result<Self> {
        let share = Self { key: port.next_key.fetch_add(1, Ordering::Relaxed), port };
        share.kept().enter(share.key)?;
        share.reserve(2)?;
        Ok(share)
    }

    /// Packets of this share are dropped from now on.
    pub(in crate::io::sys::windows) fn leave(&self) {
        self.kept().leave(self.key);
    }

    /// Whether it is a share of the same port.
    pub(in crate::io) fn is_beside(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.port, &other.port)
    }

    pub(in crate::io) fn key(&self) -> ShareKey {
        self.key
    }

    /// What another loop waits on: it is signalled while there are packets of any share.
    pub(in crate::io) fn handle(&self) -> RawHandle {
        self.port.handle.as_raw_handle()
    }

    /// Lets the operations of a handle end with packets here.
    pub(in crate::io::sys::windows) fn add(&self, handle: RawHandle) -> io::Result<()> {
        // SAFETY: both are open handles, and no pointers are passed.
        let port = unsafe { CreateIoCompletionPort(handle, self.handle(), self.key, 0) };
        check(i32::from(!port.is_null()))
    }

    /// Makes sure that so many packets more can be kept.
    pub(in crate::io::sys::windows) fn reserve(&self, packets: usize) -> io::Result<()> {
        self.kept().expect(packets)
    }

    /// Puts a packet in. Takes no lock of this process.
    pub(in crate::io) fn post(&self, context: Context) -> io::Result<()> {
        let context = core::ptr::without_provenance(context);
        // SAFETY: the pointer is a number to the system, which gives it back.
        check(unsafe { PostQueuedCompletionStatus(self.handle(), 0, self.key, context) })
    }

    /// Takes packets of this share out, and fills `packets` from its start; returns how many. 0 after the timeout, and where
    /// others had packets only.
    pub(in crate::io) fn wait(&self, packets: &mut [Packet], timeout_ms: Option<u64>) -> io::Result<usize> {
        let kept = self.kept().take(self.key, packets);
        if kept > 0 {
            return Ok(kept);
        }
        let count = self.take(packets, timeout_ms)?;
        Ok(self.keep_others(&mut packets[..count]))
    }

    /// Keeps all packets that have come, for the next waits.
    pub(in crate::io::sys::windows) fn keep_arrived(&self) -> io::Result<()> {
        let mut packets = [const { Packet::NONE }; 64];
        loop {
            let count = self.take(&mut packets, Some(0))?;
            if count == 0 {
                return Ok(());
            }
            let mut kept = self.kept();
            packets[..count].iter().for_each(|packet| kept.push(packet));
        }
    }

    /// Whether the packet with this context is kept for this share.
    pub(in crate::io::sys::windows) fn keeps_packet(&self, context: Context) -> bool {
        self.kept().has_packet(self.key, context)
    }

    /// Whether packets of a share of this port are kept.
    pub(in crate::io) fn keeps(&self, key: ShareKey) -> bool {
        self.kept().has(key)
    }

    /// Fails with `EALREADY` while another thread is in such a call: it would take packets that wake nobody here.
    fn take(&self, packets: &mut [Packet], timeout_ms: Option<u64>) -> io::Result<usize> {
        if self.port.is_waiting.swap(true, Ordering::Acquire) {
            return Err(io::Error::from_raw_os_error(posix::EALREADY));
        }
        let timeout = timeout_ms.map_or(INFINITE, |ms| u32::try_from(ms).unwrap_or(INFINITE).min(INFINITE - 1));
        let room = u32::try_from(packets.len()).unwrap_or(u32::MAX);
        let mut count = 0;
        // SAFETY: at most `room` structs of a borrowed slice are written, whose layout is that of `Packet`, and a number of ours.
        let result = check(unsafe {
            GetQueuedCompletionStatusEx(self.handle(), packets.as_mut_ptr().cast(), room, &raw mut count, timeout, 0)
        });
        self.port.is_waiting.store(false, Ordering::Release);
        match result {
            Ok(()) => Ok(count as usize),
            Err(error) if error.raw_os_error() == Some(WAIT_TIMEOUT.cast_signed()) => Ok(0),
            Err(error) => Err(error),
        }
    }

    /// Keeps the packets of others, and returns how many are left at the start.
    fn keep_others(&self, packets: &mut [Packet]) -> usize {
        let mut own = 0;
        for at in 0..packets.len() {
            if packets[at].key() == self.key {
                packets.swap(own, at);
                own += 1;
            } else {
                self.kept().push(&packets[at]);
            }
        }
        own
    }

    /// Nothing that panics happens under this lock.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.port.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
