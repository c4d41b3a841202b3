//! One ring.

use super::buffers::Buffers;
use super::completed::Completed;
use super::messages::{Messages, VECTORS};
use super::owner::Owner;
use super::request::Request;
use crate::io::sys::event::Event;
use core::cell::Cell;
use io_uring::types::{CancelBuilder, SubmitArgs, Timespec};
use io_uring::{EnterFlags, IoUring, opcode, squeue};
use std::io;
use std::os::fd::RawFd;

/// Requests that are told to the system together; completions that it keeps in shared memory. Beyond that it tells, and keeps,
/// more slowly.
const REQUESTS: u32 = 256;
const COMPLETIONS: u32 = 4096;

/// After so long a request that did not end is cancelled once more: a cancel misses one that the system is just trying.
pub const CANCEL_MS: u64 = 10;

/// A ring with its buffers. All its calls come from one thread: that of the first [`enter`](Self::enter).
pub(in crate::io) struct Ring {
    ring: IoUring,
    buffers: Buffers,
    messages: Messages,
    /// Requests that have a completion to come, told to the system or not.
    in_flight: usize,
    /// Whose it is; `None`: the system does not serve it yet.
    owner: Option<Owner>,
    /// Readable when the system has work for [`enter`](Self::enter): the ring's own descriptor would only be once the work is
    /// done. The system knows of it since somebody has asked for it.
    event: Event,
    has_event: Cell<bool>,
}

impl Ring {
    /// A ring with `count` buffers, a power of two, of `size` octets. Fails if the system has no io_uring, is older than Linux
    /// 6.1, or denies it.
    pub fn new(count: u16, size: usize) -> io::Result<Self> {
        probe()?;
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
            owner: None,
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

    /// Makes the [event](Self::event) readable, if somebody has asked for it.
    pub fn announce(&self) {
        if self.has_event.get() {
            self.event.add();
        }
    }

    /// Tells of what is left or was there before: the system tells only what is new.
    fn tell(&self) {
        // SAFETY: nobody else uses the queues now: they are in this value, which is of one thread.
        let (completions, requests) = unsafe { (self.ring.completion_shared(), self.ring.submission_shared()) };
        if !completions.is_empty() || requests.taskrun() || requests.cq_overflow() {
            self.event.add();
        }
    }

    /// Asks for something. The system is told by the next [`enter`](Self::enter), or before, if there is no more room.
    pub fn push(&mut self, request: Request, tag: u64) -> io::Result<()> {
        self.make_room(0)?;
        self.push_entry(&request.entry().user_data(tag))
    }

    /// Sends of the pieces, at most the first 1,024, what there is room for. The system reads them until the completion,
    /// which comes at once: it would wait for room on a thread of its own, and could not be cancelled, where the peer has ended
    /// its side. Fails with `ResourceBusy` if the system takes no more requests for now.
    ///
    /// With `lends`, the system reads the pieces until a second completion, a [release](Completed::is_release), if the first one
    /// says that it has [more](Completed::has_more).
    pub fn push_send(&mut self, fd: RawFd, pieces: &[libc::iovec], tag: u64, lends: bool) -> io::Result<()> {
        let pieces = &pieces[..pieces.len().min(VECTORS)];
        self.make_room(pieces.len())?;
        let entry = self.messages.request(fd, pieces, lends);
        self.push_entry(&entry.user_data(tag))
    }

    /// Makes room for a request, and for a message of so many pieces. Nothing enters the system between this and the push, so
    /// no message is forgotten before its request is pushed.
    fn make_room(&mut self, pieces: usize) -> io::Result<()> {
        if self.has_room(pieces) {
            return Ok(());
        }
        self.enter(Some(0))?;
        if self.has_room(pieces) { Ok(()) } else { Err(io::ErrorKind::ResourceBusy.into()) }
    }

    fn has_room(&mut self, pieces: usize) -> bool {
        !self.ring.submission().is_full() && self.messages.fits(pieces)
    }

    /// Pushes a request for which there is room.
    fn push_entry(&mut self, entry: &squeue::Entry) -> io::Result<()> {
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
        if self.has_event.get() {
            self.tell();
        }
        match entered {
            Err(e) if !matches!(e.raw_os_error(), Some(libc::ETIME | libc::EINTR)) => Err(e),
            _ => Ok(()),
        }
    }

    /// Binds the ring to this thread.
    fn enable(&mut self) -> io::Result<()> {
        if self.owner.is_none() {
            self.ring.submitter().register_enable_rings()?;
            self.owner = Some(Owner::this());
        }
        Ok(())
    }

    /// How many completions wait.
    pub fn completions(&mut self) -> usize {
        self.ring.completion().len()
    }

    /// Whether the system has work for the next [`enter`](Self::enter), or keeps completions for which there was no room: it
    /// does not do all work at once.
    pub fn has_work(&mut self) -> bool {
        let requests = self.ring.submission();
        requests.taskrun() || requests.cq_overflow()
    }

    /// Appends completions to `into`, which has room for them: at most `most`.
    pub fn take(&mut self, into: &mut Vec<Completed>, most: usize) {
        for entry in self.ring.completion().take(most) {
            let done = Completed::of_system(&entry);
            self.in_flight -= usize::from(!done.has_more());
            if done.tag != Completed::IGNORED {
                into.push(done);
            }
        }
        if self.has_event.get() {
            self.tell();
        }
    }

    /// Whether it is that of this process, and not of a parent.
    pub fn is_ours(&self) -> bool {
        self.owner.is_some_and(Owner::is_this_process)
    }

    /// Ends every request; appends all completions to `into`. Fails on another thread than the ring's, where only what has
    /// completed is appended, and in another process, which shares the queues with its parent and must not touch them.
    pub fn end(&mut self, into: &mut Vec<Completed>) -> io::Result<()> {
        let Some(owner) = self.owner else { return Ok(()) };
        if !owner.is_this_process() {
            return Err(io::ErrorKind::Unsupported.into());
        }
        self.take_all(into)?;
        while self.in_flight != 0 {
            if !owner.is_this_thread() {
                return Err(io::ErrorKind::Unsupported.into());
            }
            self.make_room(0)?;
            let cancel = opcode::AsyncCancel2::new(CancelBuilder::any()).build().user_data(Completed::IGNORED);
            self.push_entry(&cancel)?;
            self.enter(Some(CANCEL_MS))?;
            self.take_all(into)?;
        }
        Ok(())
    }

    /// Appends all completions to `into`.
    pub fn take_all(&mut self, into: &mut Vec<Completed>) -> io::Result<()> {
        into.try_reserve(self.completions())?;
        self.take(into, usize::MAX);
        Ok(())
    }
}

/// Fails if the system lets rings be made but not be used, as a filter of system calls may. On a ring of its own, since the
/// first use would bind the other one to this thread.
fn probe() -> io::Result<()> {
    let mut ring = IoUring::new(1)?;
    // SAFETY: the request reads and writes nothing.
    unsafe { ring.submission().push(&opcode::Nop::new().build()) }.map_err(|_| io::ErrorKind::ResourceBusy)?;
    ring.submit_and_wait(1).map(drop)
}

/// The system must not write to buffers that are unmapped: those of a ring that did not end are never unmapped.
impl Drop for Ring {
    fn drop(&mut self) {
        if self.end(&mut Vec::new()).is_err() {
            self.buffers.leak();
        }
    }
}
