//! Control messages for a datagram to be sent.

use core::ptr;
use libc::{c_int, c_uint, cmsghdr};

/// The segment size, and the traffic class of both families.
const ROOM: usize = space(size_of::<u16>()) + 2 * space(size_of::<c_int>());

const fn space(value: usize) -> usize {
    // SAFETY: it only computes.
    (unsafe { libc::CMSG_SPACE(value as c_uint) }) as usize
}

/// Control messages, aligned as their headers are.
#[repr(C)]
pub(in crate::io) struct Control {
    alignment: [cmsghdr; 0],
    octets: [u8; ROOM],
    used: usize,
}

impl Control {
    /// None yet.
    pub(in crate::io) const fn new() -> Self {
        Self { alignment: [], octets: [0; ROOM], used: 0 }
    }

    /// The traffic class. A socket of IPv6 may send to IPv4 too, so there it is set for both; each family ignores the other's.
    pub(in crate::io) fn set_traffic_class(&mut self, class: u8, is_ipv6: bool) {
        let wide = c_int::from(class).to_ne_bytes();
        // The BSDs want an octet.
        let class = [class];
        self.push(libc::IPPROTO_IP, libc::IP_TOS, if cfg!(bsd) { &class } else { &wide });
        if is_ipv6 {
            self.push(libc::IPPROTO_IPV6, libc::IPV6_TCLASS, &wide);
        }
    }

    /// Panics without room.
    pub(super) fn push(&mut self, level: c_int, kind: c_int, value: &[u8]) {
        let at = self.used;
        self.used += space(value.len());
        assert!(self.used <= ROOM, "each control message is set once");
        let header = self.octets[at..].as_mut_ptr().cast::<cmsghdr>();
        // SAFETY: the room for header and value is checked above and zeroed; it is aligned, since `octets` is and
        // CMSG_SPACE rounds up.
        unsafe {
            (*header).cmsg_level = level;
            (*header).cmsg_type = kind;
            (*header).cmsg_len = libc::CMSG_LEN(value.len() as c_uint) as _;
            ptr::copy_nonoverlapping(value.as_ptr(), libc::CMSG_DATA(header), value.len());
        }
    }

    /// For a message header: start and length.
    pub(super) fn parts(&mut self) -> (*mut u8, usize) {
        (self.octets.as_mut_ptr(), self.used)
    }
}
