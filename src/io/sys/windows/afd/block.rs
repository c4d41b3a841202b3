//! What the system reads and writes during a poll.

use super::device::Device;
use super::info::Info;
use super::status;
use crate::io::sys::windows::port::Context;
use core::cell::UnsafeCell;
use std::io;
use windows_sys::Win32::Foundation::STATUS_SUCCESS;
use windows_sys::Win32::System::IO::IO_STATUS_BLOCK;

/// The memory of one poll. While it is pending the system writes to it, and its owner neither moves nor frees it.
pub(super) struct Block {
    status: UnsafeCell<IO_STATUS_BLOCK>,
    info: UnsafeCell<Info>,
    is_pending: bool,
}

impl Block {
    pub(super) fn new() -> Self {
        Self { status: UnsafeCell::new(status::none()), info: UnsafeCell::new(Info::of(0, 0)), is_pending: false }
    }

    pub(super) fn is_pending(&self) -> bool {
        self.is_pending
    }

    /// Starts a poll. Panics while one is pending.
    ///
    /// # Safety
    ///
    /// The block stays in place until [`end`](Self::end).
    pub(super) unsafe fn start(&mut self, device: &Device, info: Info, context: Context) -> io::Result<()> {
        assert!(!self.is_pending, "a poll at a time");
        *self.info.get_mut() = info;
        // SAFETY: as the caller promises; nothing else uses them while the poll is pending.
        unsafe { device.poll(self.status.get(), self.info.get(), context) }?;
        self.is_pending = true;
        Ok(())
    }

    /// Lets a pending poll end without events, unless it has ended already.
    pub(super) fn cancel(&self, device: &Device) {
        if self.is_pending {
            device.cancel(self.status.get());
        }
    }

    /// The packet of the poll is back. Returns its events: none after a cancel.
    pub(super) fn end(&mut self) -> u32 {
        self.is_pending = false;
        self.found()
    }

    /// The events of the poll, once its packet is at the port.
    pub(super) fn found(&mut self) -> u32 {
        // SAFETY: a union of an integer and a pointer, which the system has written.
        let status = unsafe { self.status.get_mut().Anonymous.Status };
        if status == STATUS_SUCCESS { self.info.get_mut().found() } else { 0 }
    }
}
