//! The request of a poll: `AFD_POLL_INFO`, for one socket.

use super::LOCAL_CLOSE;
use crate::io::descriptor::RawSocket;
use windows_sys::Win32::Foundation::{HANDLE, NTSTATUS};

/// The struct, which the system replaces by the answer.
#[derive(Clone, Copy)]
#[repr(C)]
pub(super) struct Info {
    timeout: i64,
    count: u32,
    is_exclusive: u32,
    socket: HANDLE,
    events: u32,
    status: NTSTATUS,
}

impl Info {
    /// Asks for events of a socket, without a time limit.
    pub(super) fn of(base: RawSocket, events: u32) -> Self {
        let socket = core::ptr::without_provenance_mut(base as usize);
        Self { timeout: i64::MAX, count: 1, is_exclusive: 0, socket, events: events | LOCAL_CLOSE, status: 0 }
    }

    /// The events that the system has found.
    pub(super) fn found(&self) -> u32 {
        if self.count > 0 { self.events } else { 0 }
    }
}
