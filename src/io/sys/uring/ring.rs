//! One ring.

use super::buffers::Buffers;
use super::completed::Completed;
use super::messages::{Messages, VECTORS};
use super::request::Request;
use crate::io::sys::event::Event;
use core::cell::Cell;
use io_uring::types::{CancelBuilder, Fd, SubmitArgs, Timespec};
use io_uring::{EnterFlags, IoUring, opcode, squeue};
use std::io;
use std::os::fd::RawFd;

/// Requests that are told to the system together; completions that it keeps in shared memory. Beyond that it tells, and keeps,
/// more slowly.
const REQUESTS: u32 = 256;
const COMPLETIONS: u32 = 4096;

/// A ring with its buffers. All its calls come from one thread: that of the first [`enter`](Self::enter).
pub(in crate::io) struct Ring {
    ring: IoUring,
    buffers: Buffers,
    messages: Messages,
    /// Requests that have a completion to come, told to the system or not.
    in_flight: usize,
    /// The system serves it.
    is_enabled: bool,
    /// Readable when the system has work for [`enter`](Self::enter): the ring's own descriptor would only be once the work is
    /// done. The system knows of it since somebody has asked for it.
    event: Event,
    has_event: Cell<bool>,
}

impl Ring {
    /// A ring with `count` buffers, a power of two, of `size` octets. Fails if the system has no io_uring, is older than Linux
    /// 6.1, or denies it.
    pub fn new(count: u16, size: usize) -> io::Result<Self> {
        let mut buffers = Buffers::new(count, size)?;
        // Work is done when this thread enters, and only then; the system need not interrupt it. The thread is that of the
        // first enter, not that which makes the ring.
        let ring = IoUring::builder()
            .setup_r_disabled()
            .setup_single_issuer()
            .setup_defer_taskrun()
            .setup_taskrun_flag()
            .setup_submit_all()
            .setup_clamp()
            .setup_cqsize(COMPLETIONS)
            .build(REQUESTS)?;
        buffers.register(&ring.submitter())?;
        Ok(Self {
            ring,
            buffers,
            messages: Messages::new()?,
            in_flight: 0,
            is_enabled: false,
            event: Event::new()?,
            has_event: Cell::new(false),
        })
    }

    /// A descriptor that is readable when [`enter`](Self::enter) would bring completions.
    pub fn event(&self) -> RawFd {
        let fd = self.event.fd();
        if !self.has_event.get() && self.ring.submitter().register_eventfd(fd).is_ok() {
            self.has_event.set(true);
            self.tell();
        }
        fd
    }

    pub fn buffers(&mut self) -> &mut Buffers {
        &mut self.buffers
    }

    /// Whether something was asked for that the system was not told.
    pub fn keeps_back(&self) -> bool {
        // SAFETY: as in `tell`.
        !unsafe { self.ring.submission_shared() }.is_empty()
    }

    /// Tells of what is left or was there before: the system tells only what is new.
    fn tell(&self) {
        // SAFETY: nobody else uses the queues now: they are in this value, which is of one thread.
        let (completions, requests) = unsafe { (self.ring.completion_shared(), self.ring.submission_shared()) };
        if !completions.is_empty() || requests.taskrun() {
            self.event.add();
        }
    }

    /// Asks for something. The system is told by the next [`enter`](Self::enter), or before, if there is no more room.
    pub fn push(&mut self, request: Request, tag: u64) -> io::Result<()> {
        self.push_entry(&request.entry().user_data(tag))
    }

    /// Sends the pieces, at most the first 1,024. The system reads them until the completion.
    pub fn push_send(&mut self, fd: RawFd, pieces: &[libc::iovec], tag: u64) -> io::Result<()> {
        let entry = match pieces {
            [one] => {
                let len = u32::try_from(one.iov_len).unwrap_or(u32::MAX);
                opcode::Send::new(Fd(fd), one.iov_base.cast(), len).flags(libc::MSG_NOSIGNAL).build()
            }
            pieces => self.message(fd, &pieces[..pieces.len().min(VECTORS)])?,
        };
        self.push_entry(&entry.user_data(tag))
    }

    fn message(&mut self, fd: RawFd, pieces: &[libc::iovec]) -> io::Result<squeue::Entry> {
        if !self.messages.fits(pieces.len()) || self.is_full() {
            self.enter(Some(0))?;
        }
        if !self.messages.fits(pieces.len()) {
            return Err(io::ErrorKind::ResourceBusy.into());
        }
        let message = self.messages.add(pieces);
        Ok(opcode::SendMsg::new(Fd(fd), message).flags(libc::MSG_NOSIGNAL as u32).build())
    }

    fn is_full(&mut self) -> bool {
        self.ring.submission().is_full()
    }

    fn push_entry(&mut self, entry: &squeue::Entry) -> io::Result<()> {
        if self.is_full() {
            self.enter(Some(0))?;
        }
        // SAFETY: receives write to the buffers of the ring, which outlive it. Everything else that the system is told is
        // only read: messages, which stay in place until they were (IORING_FEAT_SUBMIT_STABLE), and octets, which their owner
        // keeps in place and which the system checks before it reads.
        let pushed = unsafe { self.ring.submission().push(entry) };
        pushed.map_err(|_| io::ErrorKind::ResourceBusy)?;
        self.in_flight += 1;
        Ok(())
    }

    /// Tells the system what was asked for, lets it do what it can, and waits until there is a completion, for as many
    /// milliseconds (`None`: no limit). A signal ends the wait.
    pub fn enter(&mut self, timeout_ms: Option<u64>) -> io::Result<()> {
        self.enable()?;
        if self.has_event.get() {
            // Whatever comes after this is told again.
            let _ = self.event.clear();
        }
        let count = self.ring.submission().len();
        let want = u32::from(timeout_ms != Some(0));
        let limit = timeout_ms.map(|ms| Timespec::new().sec(ms / 1000).nsec((ms % 1000) as u32 * 1_000_000));
        let limited = limit.as_ref().map(|limit| SubmitArgs::new().timespec(limit));
        let flags = (EnterFlags::GETEVENTS | EnterFlags::EXT_ARG).bits();
        let args = limited.unwrap_or_default();
        // SAFETY: requests are as in `push_entry`; the arguments outlive the call.
        let entered = unsafe { self.ring.submitter().enter(crate::narrow::place(count), want, flags, Some(&args)) };
        if self.ring.submission().is_empty() {
            self.messages.clear();
        }
        match entered {
            Err(e) if !matches!(e.raw_os_error(), Some(libc::ETIME | libc::EINTR)) => Err(e),
            _ => Ok(()),
        }
    }

    /// Binds the ring to this thread.
    fn enable(&mut self) -> io::Result<()> {
        if !self.is_enabled {
            self.ring.submitter().register_enable_rings()?;
            self.is_enabled = true;
        }
        Ok(())
    }

    /// How many completions wait.
    pub fn completions(&mut self) -> usize {
        self.ring.completion().len()
    }

    /// Appends completions to `into`, which has room for them: at most `most`.
    pub fn take(&mut self, into: &mut Vec<Completed>, most: usize) {
        let completions = self.ring.completion().take(most).map(|entry| Completed::of_system(&entry));
        let before = into.len();
        into.extend(completions);
        self.in_flight -= into[before..].iter().filter(|done| !done.has_more()).count();
        if self.has_event.get() {
            self.tell();
        }
    }

    /// Ends every request; appends all completions to `into`. Fails on another thread than the ring's.
    pub fn end(&mut self, into: &mut Vec<Completed>) -> io::Result<()> {
        if !self.is_enabled || self.in_flight == 0 {
            return Ok(());
        }
        self.push_entry(&opcode::AsyncCancel2::new(CancelBuilder::any()).build().user_data(u64::MAX))?;
        while self.in_flight != 0 {
            self.enter(None)?;
            self.take(into, usize::MAX);
        }
        Ok(())
    }
}

/// The system must not write to buffers that are unmapped: those of a ring that did not end are never unmapped.
impl Drop for Ring {
    fn drop(&mut self) {
        if self.end(&mut Vec::new()).is_err() {
            self.buffers.leak();
        }
    }
}
