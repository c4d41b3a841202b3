//! A received datagram.

use super::ecn::Ecn;
use super::local::Local;
use crate::io::address::Address;
use crate::io::sys::datagram::room::Room;
use crate::io::sys::datagram::{offload, option};
use crate::io::sys::posix;
use crate::io::sys::posix::{IPPROTO_IP, IPPROTO_IPV6, c_int};
use core::fmt;

/// A datagram in a [`ReceiveBatch`](super::ReceiveBatch), until the next receive. Each method reads what the system wrote
/// when it is called: what nobody asks for costs nothing.
#[derive(Clone, Copy)]
pub struct Received<'a> {
    room: &'a Room,
    index: usize,
}

impl<'a> Received<'a> {
    /// `index` is below the number of datagrams in the room.
    pub(super) const fn new(room: &'a Room, index: usize) -> Self {
        Self { room, index }
    }

    /// The content; of joined datagrams, all of them one after the other.
    pub fn octets(&self) -> &'a [u8] {
        self.room.octets(self.index)
    }

    /// Whether the datagram was longer than the batch has room for: its rest is lost.
    pub fn is_cut(&self) -> bool {
        self.room.is_cut(self.index)
    }

    /// Who sent it. On a socket of both families an IPv4 sender is a mapped IPv6 address, as for a send to it. `None` if
    /// the system gave no address, which it does for UDP.
    pub fn peer(&self) -> Option<Address> {
        Address::from_name(&self.room.name(self.index)?).ok()
    }

    /// The size of each datagram joined here but the last, which may be shorter; 0: this is one datagram. See
    /// [`Datagram::set_coalesce`](super::Datagram::set_coalesce).
    pub fn segment(&self) -> usize {
        let size = self.find(offload::is_joined_size).and_then(integer);
        size.and_then(|size| usize::try_from(size).ok()).unwrap_or(0)
    }

    /// The datagrams joined here, or the one that it is.
    pub fn segments(&self) -> impl ExactSizeIterator<Item = &'a [u8]> + use<'a> {
        let octets = self.octets();
        let size = match self.segment() {
            0 => octets.len().max(1),
            size => size,
        };
        // An empty datagram is one, of which `chunks` would make none.
        let count = octets.len().div_ceil(size).max(1);
        (0..count).map(move |index| &octets[index * size..octets.len().min((index + 1) * size)])
    }

    /// The ECN mark; [`Ecn::NotEct`] also if the socket does not
    /// [show marks](super::Datagram::set_receive_ecn). Joined datagrams have the same.
    pub fn ecn(&self) -> Ecn {
        let class = self.find(option::is_class);
        // One octet for IPv4, an integer for IPv6.
        let class = class.and_then(|value| match value {
            [class] => Some(*class),
            value => integer(value).and_then(|class| u8::try_from(class).ok()),
        });
        Ecn::of_traffic_class(class.unwrap_or(0))
    }

    /// Where it arrived, if the socket [shows it](super::Datagram::set_receive_local).
    pub fn local(&self) -> Option<Local> {
        let mut messages = self.room.messages(self.index);
        messages.find_map(|(level, kind, value)| match (level, kind) {
            (IPPROTO_IP, kind) if Some(kind) == option::LOCAL_V4 => Local::of_v4(value),
            (IPPROTO_IPV6, posix::IPV6_PKTINFO) => Local::of_v6(value),
            _ => None,
        })
    }

    /// The value of the first control message that matches.
    fn find(&self, is_it: impl Fn(c_int, c_int) -> bool) -> Option<&'a [u8]> {
        let mut messages = self.room.messages(self.index);
        messages.find(|(level, kind, _)| is_it(*level, *kind)).map(|(_, _, value)| value)
    }
}

fn integer(value: &[u8]) -> Option<c_int> {
    value.try_into().ok().map(c_int::from_ne_bytes)
}

impl fmt::Debug for Received<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("octets", &self.octets().len())
            .field("peer", &self.peer())
            .finish_non_exhaustive()
    }
}
