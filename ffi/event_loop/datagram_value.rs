//! `ww_datagram`: what C sees of received datagrams, and what it gives to be sent.

use crate::error::{Code, Error, Fault};
use crate::ffi::address::value::{WW_FAMILY_NONE, ww_address};
use crate::ffi::head::types::ww_span;
use crate::ffi::message::octets;
use crate::io::socket::{Ecn, Outgoing};

static RESERVED: Fault =
    Fault::new(Code::Argument, 0, c"", c"`ecn` of a ww_datagram is above 3, or `reserved` is not 0");

/// A datagram, received or to be sent: a plain value.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ww_datagram {
    /// The content. Received: until the next ww_loop_next().
    pub data: ww_span,
    /// Whom it came from, or goes to. To be sent, WW_FAMILY_NONE: to the peer of ww_loop_set_peer().
    pub peer: ww_address,
    /// To be sent: cuts `data` into datagrams of so many octets, the last one may be shorter; at most 64 of them and 65,507 octets together. The
    /// system does it where it can (GSO). Received with WW_SOCKET_COALESCE: `data` is datagrams of so many octets, joined. 0: it is
    /// one datagram.
    pub segment: u16,
    /// Received with WW_SOCKET_ECN: the congestion mark (RFC 3168): 0 none, 2 or 1 the sender uses ECN, 3 congestion. To be sent: the mark; 0: none.
    pub ecn: u8,
    /// Received: 1: it was longer than `datagram_size`, and the rest is lost. To be sent: not looked at.
    pub cut: u8,
    /// 0
    pub reserved: u32,
}

#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<ww_datagram>() == 152);

impl ww_datagram {
    /// # Safety
    /// The octets of `data` are readable during `'a`.
    pub(super) unsafe fn read<'a>(&self) -> Result<Outgoing<'a>, Error> {
        if self.reserved != 0 {
            return Err(RESERVED.at(0));
        }
        let ecn = match self.ecn {
            0 => None,
            1..=3 => Some(Ecn::of_traffic_class(self.ecn)),
            _ => return Err(RESERVED.at(0)),
        };
        let peer = if self.peer.family == WW_FAMILY_NONE { None } else { Some(self.peer.read()?) };
        // SAFETY: as the caller promises.
        Ok(Outgoing { octets: unsafe { octets(self.data) }?, peer, segment: self.segment, ecn })
    }
}
