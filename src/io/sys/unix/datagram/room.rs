//! Memory for a batch of received datagrams, and `recvmmsg`.

use super::many::{self, mmsghdr};
use super::messages::Messages;
use crate::io::sys::name::SocketName;
use core::ptr::NonNull;
use libc::{c_int, c_uint, iovec, sockaddr_in, sockaddr_in6, socklen_t};
use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::io;
use std::os::fd::RawFd;

/// One allocation with everything that a call reads and writes. Headers, then [`Slot`]s, then octets. The headers' pointers
/// into it are set once, which is why it never moves.
pub(in crate::io) struct Room {
    headers: NonNull<mmsghdr>,
    slots: NonNull<Slot>,
    octets: NonNull<u8>,
    layout: Layout,
    count: usize,
    size: usize,
    filled: usize,
}

/// What a header points to, except the octets.
#[repr(C)]
struct Slot {
    vector: iovec,
    name: Name,
    control: Control,
}

/// The name of an IP socket. A quarter of `sockaddr_storage`, and so fewer cache lines per datagram.
#[repr(C)]
union Name {
    family: libc::sa_family_t,
    v4: sockaddr_in,
    v6: sockaddr_in6,
}

const NAME_ROOM: socklen_t = size_of::<Name>() as socklen_t;

/// Room for the control messages that our options ask for, aligned as their headers are.
#[repr(C)]
union Control {
    header: libc::cmsghdr,
    octets: [u8; CONTROL_ROOM],
}

/// IP_TOS, IPV6_TCLASS, UDP_GRO, and the address of either family.
const CONTROL_ROOM: usize =
    space(size_of::<u8>()) + 2 * space(size_of::<c_int>()) + space(LOCAL_V4) + space(size_of::<libc::in6_pktinfo>());

#[cfg(not(any(target_os = "freebsd", target_os = "openbsd")))]
const LOCAL_V4: usize = size_of::<libc::in_pktinfo>();
#[cfg(any(target_os = "freebsd", target_os = "openbsd"))]
const LOCAL_V4: usize = 0;

const fn space(value: usize) -> usize {
    // SAFETY: it only computes.
    (unsafe { libc::CMSG_SPACE(value as c_uint) }) as usize
}

impl Room {
    /// Room for `count` datagrams of at most `size` octets each. Fails without memory, or if the product is too large.
    pub(in crate::io) fn new(count: usize, size: usize) -> io::Result<Self> {
        let Some((layout, slots, octets)) = layout(count, size) else { return Err(io::ErrorKind::OutOfMemory.into()) };
        // SAFETY: the layout of at least one header is not empty.
        let start = NonNull::new(unsafe { alloc_zeroed(layout) }).ok_or(io::ErrorKind::OutOfMemory)?;
        // SAFETY: both offsets are within the allocation.
        let (slots, octets) = unsafe { (start.add(slots).cast(), start.add(octets)) };
        let room = Self { headers: start.cast(), slots, octets, layout, count, size, filled: 0 };
        for index in 0..count {
            room.connect(index);
        }
        Ok(room)
    }

    /// Points a header at its slot and octets.
    fn connect(&self, index: usize) {
        // SAFETY: `index` is below `count`, so all three are in the allocation, whose zeros are values of these structs,
        // and nothing else borrows them yet.
        unsafe {
            let header = &raw mut (*self.headers.add(index).as_ptr()).msg_hdr;
            let slot = self.slots.add(index).as_ptr();
            let octets = self.octets.add(index * self.size).as_ptr();
            (&raw mut (*slot).vector).write(iovec { iov_base: octets.cast(), iov_len: self.size });
            (*header).msg_iov = &raw mut (*slot).vector;
            (*header).msg_iovlen = 1;
            (*header).msg_name = (&raw mut (*slot).name).cast();
            (*header).msg_control = (&raw mut (*slot).control).cast();
        }
        self.open(index);
    }

    /// Tells a header its room for name and control messages: the system replaces both by what it used.
    fn open(&self, index: usize) {
        // SAFETY: as in `connect`; callers hold the room exclusively.
        let message = unsafe { &mut (*self.headers.add(index).as_ptr()).msg_hdr };
        message.msg_namelen = NAME_ROOM;
        message.msg_controllen = CONTROL_ROOM as _;
    }

    /// Receives what waits, with one call; returns the number of datagrams. Those received before are gone.
    pub(in crate::io) fn receive(&mut self, fd: RawFd) -> io::Result<usize> {
        self.clear();
        // SAFETY: `count` headers are written, and `&mut` lends them.
        let headers = unsafe { core::slice::from_raw_parts_mut(self.headers.as_ptr(), self.count) };
        // SAFETY: their pointers stay valid while `self` lives, and `&mut` lends all they point to.
        self.filled = unsafe { many::receive(fd, headers) }?;
        Ok(self.filled)
    }

    /// Forgets the datagrams.
    pub(in crate::io) fn clear(&mut self) {
        for index in 0..self.filled {
            self.open(index);
        }
        self.filled = 0;
    }

    /// The number of datagrams received by the last call.
    pub(in crate::io) const fn filled(&self) -> usize {
        self.filled
    }

    /// Panics if the last call received fewer datagrams; so do the functions below.
    fn header(&self, index: usize) -> &mmsghdr {
        assert!(index < self.filled, "a datagram that was not received");
        // SAFETY: `filled` is at most `count`, and only methods with `&mut self` write.
        unsafe { self.headers.add(index).as_ref() }
    }

    pub(in crate::io) fn octets(&self, index: usize) -> &[u8] {
        let len = (self.header(index).msg_len as usize).min(self.size);
        // SAFETY: `len` octets of the `size` that belong to this header, and which were zero at first.
        unsafe { core::slice::from_raw_parts(self.octets.add(index * self.size).as_ptr(), len) }
    }

    pub(in crate::io) fn is_cut(&self, index: usize) -> bool {
        self.header(index).msg_hdr.msg_flags & libc::MSG_TRUNC != 0
    }

    /// The sender's name; `None` if the system gave none of an IP socket.
    pub(in crate::io) fn name(&self, index: usize) -> Option<SocketName> {
        let len = self.header(index).msg_hdr.msg_namelen as usize;
        // SAFETY: the slot is within the allocation, and only methods with `&mut self` write.
        let name = unsafe { &self.slots.add(index).as_ref().name };
        // SAFETY: each member of the union is integers, for all of which there is room, zero at first.
        let (family, v4, v6) = unsafe { (c_int::from(name.family), &name.v4, &name.v6) };
        match family {
            libc::AF_INET if len >= size_of::<sockaddr_in>() => {
                Some(SocketName::v4(v4.sin_addr.s_addr.to_ne_bytes(), u16::from_be(v4.sin_port)))
            }
            libc::AF_INET6 if len >= size_of::<sockaddr_in6>() => {
                Some(SocketName::v6(v6.sin6_addr.s6_addr, u16::from_be(v6.sin6_port), v6.sin6_scope_id))
            }
            _ => None,
        }
    }

    pub(in crate::io) fn messages(&self, index: usize) -> Messages<'_> {
        // SAFETY: `recvmmsg` filled the header and the aligned room behind it, both borrowed with `self`.
        unsafe { Messages::of(&self.header(index).msg_hdr) }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        // SAFETY: allocated in `new` with this layout.
        unsafe { dealloc(self.headers.cast().as_ptr(), self.layout) };
    }
}

// SAFETY: the pointers are to memory of its own, as those of a `Vec` are.
unsafe impl Send for Room {}
// SAFETY: nothing is written through `&self`.
unsafe impl Sync for Room {}

/// The layout, and where slots and octets start.
fn layout(count: usize, size: usize) -> Option<(Layout, usize, usize)> {
    let headers = Layout::array::<mmsghdr>(count).ok()?;
    let (layout, slots) = headers.extend(Layout::array::<Slot>(count).ok()?).ok()?;
    let (layout, octets) = layout.extend(Layout::array::<u8>(count.checked_mul(size)?).ok()?).ok()?;
    Some((layout, slots, octets))
}
