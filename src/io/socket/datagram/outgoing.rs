//! A datagram to be sent.

use super::ecn::Ecn;
use super::send_error::SendError;
use crate::io::address::Address;
use crate::io::sys::datagram::chunk;

/// A datagram to be sent, or many of one size that the system cuts (GSO).
#[derive(Clone, Copy, Debug)]
pub struct Outgoing<'a> {
    /// The content.
    pub octets: &'a [u8],
    /// The receiver; `None`: the peer of a [connected](super::Datagram::connect) socket.
    pub peer: Option<Address>,
    /// Cuts the octets into datagrams of this size, the last of which may be shorter; 0: sends one datagram. At most
    /// [`SEGMENTS_MAX`](Self::SEGMENTS_MAX) datagrams and [`OCTETS_MAX`](Self::OCTETS_MAX) octets together.
    pub segment: u16,
    /// The ECN mark; `None`: that of the socket's [traffic class](super::Datagram::set_traffic_class).
    pub ecn: Option<Ecn>,
}

impl<'a> Outgoing<'a> {
    /// The most datagrams that one [`segment`](Self::segment) may make.
    pub const SEGMENTS_MAX: usize = chunk::CAPACITY;

    /// The most octets of one datagram over IPv4, and of all segments together.
    pub const OCTETS_MAX: usize = 65_507;

    /// One datagram without a mark.
    pub const fn new(octets: &'a [u8], peer: Option<Address>) -> Self {
        Self { octets, peer, segment: 0, ecn: None }
    }

    /// The number of datagrams that this becomes.
    pub(super) fn segments(&self) -> usize {
        if self.segment == 0 { 1 } else { self.octets.len().div_ceil(usize::from(self.segment)).max(1) }
    }

    /// Whether there is something to be cut.
    pub(super) fn is_segmented(&self) -> bool {
        self.segments() > 1
    }

    /// Checks the limits of segments. Those of a single datagram depend on its family and route, which the system knows.
    pub(super) fn check(&self) -> Result<(), SendError> {
        match self.segments() {
            1 => Ok(()),
            2..=Self::SEGMENTS_MAX if self.octets.len() <= Self::OCTETS_MAX => Ok(()),
            2..=Self::SEGMENTS_MAX => Err(SendError::TooLong),
            _ => Err(SendError::TooManySegments),
        }
    }
}
