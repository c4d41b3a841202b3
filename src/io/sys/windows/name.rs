//! `SOCKADDR_STORAGE` with its length, made from parts and read as parts.

pub(in crate::io) use crate::io::sys::view::View;
use core::ffi::{c_char, c_int};
use core::mem::{offset_of, size_of, zeroed};
use core::net::Ipv6Addr;
use core::ptr;
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, AF_INET6, AF_UNIX, SOCKADDR, SOCKADDR_IN, SOCKADDR_IN6, SOCKADDR_STORAGE, SOCKADDR_UN,
};

/// A socket's name for system calls.
pub(in crate::io) struct SocketName {
    storage: SOCKADDR_STORAGE,
    length: c_int,
}

impl SocketName {
    /// Room for a name, for calls that write one.
    pub(in crate::io) fn room() -> Self {
        // SAFETY: a C struct of integers; all zeros is a value of it (family AF_UNSPEC).
        Self { storage: unsafe { zeroed() }, length: size_of::<SOCKADDR_STORAGE>() as c_int }
    }

    pub(in crate::io) fn v4(octets: [u8; 4], port: u16) -> Self {
        let mut name = Self::room();
        // SAFETY: `SOCKADDR_STORAGE` is made to hold every `SOCKADDR_*`, in size and alignment, and is ours.
        let to = unsafe { &mut *ptr::from_mut(&mut name.storage).cast::<SOCKADDR_IN>() };
        to.sin_family = AF_INET;
        to.sin_port = port.to_be();
        to.sin_addr.S_un.S_addr = u32::from_ne_bytes(octets);
        name.length = size_of::<SOCKADDR_IN>() as c_int;
        name
    }

    pub(in crate::io) fn v6(octets: [u8; 16], port: u16, scope: u32) -> Self {
        let mut name = Self::room();
        // SAFETY: as in `v4`.
        let to = unsafe { &mut *ptr::from_mut(&mut name.storage).cast::<SOCKADDR_IN6>() };
        to.sin6_family = AF_INET6;
        to.sin6_port = port.to_be();
        to.sin6_addr.u.Byte = octets;
        to.Anonymous.sin6_scope_id = scope;
        name.length = size_of::<SOCKADDR_IN6>() as c_int;
        name
    }

    /// `path` as [`View::Unix`] gives it: at most what `sun_path` holds, cut otherwise. No socket of ours takes it.
    pub(in crate::io) fn unix(path: &[u8]) -> Self {
        let mut name = Self::room();
        // SAFETY: as in `v4`.
        let to = unsafe { &mut *ptr::from_mut(&mut name.storage).cast::<SOCKADDR_UN>() };
        to.sun_family = AF_UNIX;
        for (to, from) in to.sun_path.iter_mut().zip(path) {
            *to = *from as c_char;
        }
        name.length = size_of::<SOCKADDR_UN>() as c_int;
        name
    }

    pub(in crate::io) fn view(&self) -> View<'_> {
        let storage = ptr::from_ref(&self.storage);
        match self.storage.ss_family {
            AF_INET => {
                // SAFETY: as in `v4`; the family says which one it is, and unwritten parts are zero.
                let from = unsafe { &*storage.cast::<SOCKADDR_IN>() };
                // SAFETY: each member of the union is the same four octets.
                View::V4(unsafe { from.sin_addr.S_un.S_addr }.to_ne_bytes(), u16::from_be(from.sin_port))
            }
            AF_INET6 => {
                // SAFETY: as above.
                let from = unsafe { &*storage.cast::<SOCKADDR_IN6>() };
                // SAFETY: each member of these unions is the same octets as its others.
                let (octets, scope) = unsafe { (from.sin6_addr.u.Byte, from.Anonymous.sin6_scope_id) };
                View::V6(octets, u16::from_be(from.sin6_port), scope)
            }
            AF_UNIX => View::Unix(self.sun_path()),
            _ => View::Other,
        }
    }

    fn sun_path(&self) -> &[u8] {
        // SAFETY: as in `v4`.
        let from = unsafe { &*ptr::from_ref(&self.storage).cast::<SOCKADDR_UN>() };
        let length = usize::try_from(self.length).unwrap_or(0);
        let length = length.saturating_sub(offset_of!(SOCKADDR_UN, sun_path)).min(from.sun_path.len());
        // SAFETY: `length` octets of an array of that many or more; i8 and u8 have the same layout.
        unsafe { core::slice::from_raw_parts(from.sun_path.as_ptr().cast::<u8>(), length) }
    }

    /// The name of a socket of this family that is not bound.
    pub(super) fn unspecified(family: c_int) -> Self {
        match u16::try_from(family) {
            Ok(AF_INET) => Self::v4([0; 4], 0),
            Ok(AF_INET6) => Self::v6([0; 16], 0, 0),
            Ok(AF_UNIX) => Self::unix(&[]),
            _ => Self::room(),
        }
    }

    /// The port of an IP socket, and 0 of others.
    pub(super) fn port(&self) -> u16 {
        match self.view() {
            View::V4(_, port) | View::V6(_, port, _) => port,
            View::Unix(_) | View::Other => 0,
        }
    }

    /// Whether this is an IPv4 address, also within one of IPv6 (`::ffff:192.0.2.1`).
    pub(super) fn is_v4(&self) -> bool {
        match self.view() {
            View::V4(..) => true,
            View::V6(octets, ..) => Ipv6Addr::from(octets).to_ipv4_mapped().is_some(),
            View::Unix(_) | View::Other => false,
        }
    }

    pub(in crate::io) fn family(&self) -> c_int {
        c_int::from(self.storage.ss_family)
    }

    /// A name that the system wrote elsewhere; `None` for null, and for one that is longer than any.
    ///
    /// # Safety
    /// `from` is null or points to `length` octets.
    pub(super) unsafe fn copied(from: *const SOCKADDR, length: usize) -> Option<Self> {
        let mut name = Self::room();
        if from.is_null() || length > size_of::<SOCKADDR_STORAGE>() {
            return None;
        }
        // SAFETY: as many octets as the caller promises, into room for as many.
        unsafe { ptr::copy_nonoverlapping(from.cast::<u8>(), ptr::from_mut(&mut name.storage).cast(), length) };
        name.length = length as c_int;
        Some(name)
    }

    /// For calls that read a name.
    pub(super) fn parts(&self) -> (*const SOCKADDR, c_int) {
        (ptr::from_ref(&self.storage).cast(), self.length)
    }

    /// For calls that write a name: the pointer, and the length, in and out.
    pub(super) fn parts_mut(&mut self) -> (*mut SOCKADDR, *mut c_int) {
        self.length = size_of::<SOCKADDR_STORAGE>() as c_int;
        (ptr::from_mut(&mut self.storage).cast(), ptr::from_mut(&mut self.length))
    }
}
