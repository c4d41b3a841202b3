//! Sending a list of datagrams: chunks of system calls, and what to do where the system does not cut segments.

use super::outgoing::Outgoing;
use super::send_error::SendError;
use super::undelivered::{Undelivered, is_icmp};
use crate::io::address::Address;
use crate::io::socket::Socket;
use crate::io::sys::datagram::chunk::{CAPACITY, Chunk};
use crate::io::sys::datagram::control::Control;
use crate::io::sys::datagram::offload;
use crate::io::sys::posix;
use core::sync::atomic::{AtomicBool, Ordering};
use std::io;

/// The parts of a [`Datagram`](super::Datagram) that a send uses.
pub struct Sender<'a> {
    pub socket: &'a Socket,
    pub is_ipv6: bool,
    pub traffic_class: u8,
    /// Set once the system has refused to cut segments.
    pub cuts_itself: &'a AtomicBool,
    pub undelivered: &'a Undelivered,
}

impl Sender<'_> {
    /// See [`Datagram::send`](super::Datagram::send).
    pub fn send(&self, datagrams: &[Outgoing<'_>]) -> Result<usize, SendError> {
        let mut taken = 0;
        while taken < datagrams.len() {
            match self.send_chunk(&datagrams[taken..]) {
                Ok((more, is_whole)) => {
                    taken += more;
                    if !is_whole {
                        break;
                    }
                }
                // The caller's next call begins with the same datagram and meets the same error.
                Err(_) if taken > 0 => break,
                Err(error) => return Err(error),
            }
        }
        Ok(taken)
    }

    /// Sends the first datagrams with one call; returns how many were taken, and whether all of the chunk were.
    fn send_chunk(&self, datagrams: &[Outgoing<'_>]) -> Result<(usize, bool), SendError> {
        // Read once: another thread may set it between the filling of the chunk and the counting.
        let cuts = self.cuts_itself.load(Ordering::Relaxed);
        let mut chunk = Chunk::new();
        self.fill(&mut chunk, datagrams, cuts)?;
        match self.submit(&mut chunk) {
            Ok(calls) => Ok((count(datagrams, calls, cuts), calls == chunk.len())),
            Err(error) if !cuts && datagrams[0].is_segmented() && refuses_segments(&error) => {
                self.cut_first(&datagrams[0])
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Adds the first datagrams, as many as fit, up to one that is wrong; it is an error if it is the first.
    fn fill<'a>(&self, chunk: &mut Chunk<'a>, datagrams: &[Outgoing<'a>], cuts: bool) -> Result<(), SendError> {
        for datagram in datagrams {
            match datagram.check() {
                Ok(()) if chunk.len() + calls(datagram, cuts) <= CAPACITY => self.push(chunk, datagram, cuts),
                Err(error) if chunk.len() == 0 => return Err(error),
                _ => break,
            }
        }
        Ok(())
    }

    /// Adds a datagram; with `cuts`, one for each of its segments.
    #[inline]
    fn push<'a>(&self, chunk: &mut Chunk<'a>, datagram: &Outgoing<'a>, cuts: bool) {
        let is_segmented = datagram.is_segmented();
        if is_segmented && cuts {
            for segment in datagram.octets.chunks(datagram.segment.into()) {
                chunk.push(segment, datagram.peer.map(Address::to_name), self.control(datagram, false));
            }
        } else {
            chunk.push(datagram.octets, datagram.peer.map(Address::to_name), self.control(datagram, is_segmented));
        }
    }

    /// The control messages of a datagram; most have none.
    #[inline]
    fn control(&self, datagram: &Outgoing<'_>, is_segmented: bool) -> Option<Control> {
        if !is_segmented && datagram.ecn.is_none() {
            return None;
        }
        let mut control = Control::new();
        if is_segmented {
            offload::set_segment(&mut control, datagram.segment);
        }
        if let Some(mark) = datagram.ecn {
            control.set_traffic_class(mark.on_traffic_class(self.traffic_class), self.is_ipv6);
        }
        Some(control)
    }

    /// Sends a chunk. The system returns an ICMP error from the next call, and sends nothing then. The second try is free
    /// of it, so an error of that one is the first datagram's own.
    fn submit(&self, chunk: &mut Chunk<'_>) -> io::Result<usize> {
        match chunk.send(self.socket.raw()) {
            Err(error) if is_icmp(&error) => {
                let calls = chunk.send(self.socket.raw())?;
                self.undelivered.keep(&error);
                Ok(calls)
            }
            result => result,
        }
    }

    /// Sends the segments of a datagram that the system refused to cut. If it takes them, the refusal was of cutting, and
    /// the next ones are cut here at once; otherwise it is of the datagram.
    fn cut_first(&self, datagram: &Outgoing<'_>) -> Result<(usize, bool), SendError> {
        let mut chunk = Chunk::new();
        self.push(&mut chunk, datagram, true);
        let calls = self.submit(&mut chunk)?;
        self.cuts_itself.store(true, Ordering::Relaxed);
        Ok((1, calls == chunk.len()))
    }
}

/// The datagrams that one becomes in a chunk.
fn calls(datagram: &Outgoing<'_>, cuts: bool) -> usize {
    if cuts { datagram.segments() } else { 1 }
}

/// How many of the datagrams were begun when the system took `taken` entries of a chunk.
fn count(datagrams: &[Outgoing<'_>], taken: usize, cuts: bool) -> usize {
    let mut left = taken;
    let is_begun = |datagram: &&Outgoing<'_>| {
        let is_begun = left > 0;
        left = left.saturating_sub(calls(datagram, cuts));
        is_begun
    };
    datagrams.iter().take_while(is_begun).count()
}

/// Whether an error may say that segments cannot be cut: by the interface or the tunnel of the route (`EIO`), or by this
/// socket or kernel.
fn refuses_segments(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(posix::EINVAL | posix::EIO | posix::ENOPROTOOPT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_datagram_counts_once_its_first_segment_is_taken() {
        let whole = Outgoing::new(b"whole", None);
        let three = Outgoing { segment: 2, ..whole };
        let list = [whole, three, three, whole];
        let counts = |cuts| (0..=8).map(|taken| count(&list, taken, cuts)).collect::<Vec<_>>();
        assert_eq!(counts(true), [0, 1, 2, 2, 2, 3, 3, 3, 4]);
        assert_eq!(counts(false)[..5], [0, 1, 2, 3, 4]);
    }
}
