//! What a ring is asked for, except sends.

use super::buffers::GROUP;
use io_uring::squeue::{Entry, Flags};
use io_uring::types::{CancelBuilder, Fd};
use io_uring::{opcode, squeue};
use std::os::fd::RawFd;

/// IORING_RECVSEND_POLL_FIRST: waits for octets before it tries to receive. It saves a try where nothing is expected yet.
const POLL_FIRST: u16 = 1;

/// A request.
#[derive(Clone, Copy, Debug)]
pub(in crate::io) enum Request {
    /// Receives once, into a buffer that the system chooses; tries at once if octets are expected.
    Receive { fd: RawFd, at_once: bool },
    /// Accepts until it is cancelled or fails.
    Accept { fd: RawFd },
    /// Waits once for events of poll(2), or the end of the peer's side.
    Poll { fd: RawFd, events: u32 },
    /// Tells the state of a descriptor, as poll(2) does, until it is cancelled: now if there is one of these events, and at each
    /// change of it. The end of the peer's side is always among the events: whoever waits once for something else, as for
    /// room, would wait for nothing where the peer has ended its side.
    Watch { fd: RawFd, events: u32 },
    /// Ends the request with this tag, which completes with an error, unless it was done before.
    Cancel { tag: u64 },
    /// The same for all requests of a descriptor.
    CancelAll { fd: RawFd },
}

impl Request {
    pub(super) fn entry(self) -> squeue::Entry {
        match self {
            Self::Receive { fd, at_once } => receive(fd, at_once),
            Self::Accept { fd } => {
                opcode::AcceptMulti::new(Fd(fd)).flags(libc::SOCK_CLOEXEC | libc::SOCK_NONBLOCK).build()
            }
            Self::Poll { fd, events } => opcode::PollAdd::new(Fd(fd), events).build(),
            Self::Watch { fd, events } => opcode::PollAdd::new(Fd(fd), events).multi(true).build(),
            Self::Cancel { tag } => opcode::AsyncCancel::new(tag).build(),
            Self::CancelAll { fd } => opcode::AsyncCancel2::new(CancelBuilder::fd(Fd(fd)).all()).build(),
        }
    }
}

fn receive(fd: RawFd, at_once: bool) -> Entry {
    // Length 0: up to the size of the buffer.
    let receive = opcode::Recv::new(Fd(fd), core::ptr::null_mut(), 0).buf_group(GROUP);
    receive.ioprio(if at_once { 0 } else { POLL_FIRST }).build().flags(Flags::BUFFER_SELECT)
}
