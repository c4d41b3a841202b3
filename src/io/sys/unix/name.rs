//! `sockaddr_storage` with its length, made from parts and read as parts.

pub(in crate::io) use crate::io::sys::view::View;
use core::mem::{offset_of, size_of, zeroed};
use core::ptr;
use libc::{sa_family_t, sockaddr, sockaddr_in, sockaddr_in6, sockaddr_storage, sockaddr_un, socklen_t};

/// A socket's name for system calls.
pub(in crate::io) struct SocketName {
    storage: sockaddr_storage,
    length: socklen_t,
}

impl SocketName {
    /// Room for a name, for calls that write one.
    pub(in crate::io) fn room() -> Self {
        // SAFETY: a C struct of integers; all zeros is a value of it (family AF_UNSPEC).
        Self { storage: unsafe { zeroed() }, length: size_of::<sockaddr_storage>() as socklen_t }
    }

    pub(in crate::io) fn v4(octets: [u8; 4], port: u16) -> Self {
        let mut name = Self::room();
        // SAFETY: `sockaddr_storage` is made to hold every `sockaddr_*`, in size and alignment, and is ours.
        let to = unsafe { &mut *ptr::from_mut(&mut name.storage).cast::<sockaddr_in>() };
        to.sin_family = libc::AF_INET as sa_family_t;
        to.sin_port = port.to_be();
        to.sin_addr.s_addr = u32::from_ne_bytes(octets);
        name.length = size_of::<sockaddr_in>() as socklen_t;
        name
    }

    pub(in crate::io) fn v6(octets: [u8; 16], port: u16, scope: u32) -> Self {
        let mut name = Self::room();
        // SAFETY: as in `v4`.
        let to = unsafe { &mut *ptr::from_mut(&mut name.storage).cast::<sockaddr_in6>() };
        to.sin6_family = libc::AF_INET6 as sa_family_t;
        to.sin6_port = port.to_be();
        to.sin6_addr.s6_addr = octets;
        to.sin6_scope_id = scope;
        name.length = size_of::<sockaddr_in6>() as socklen_t;
        name
    }

    /// `path` as [`View::Unix`] gives it: at most what `sun_path` holds, cut otherwise.
    pub(in crate::io) fn unix(path: &[u8]) -> Self {
        let mut name = Self::room();
        // SAFETY: as in `v4`.
        let to = unsafe { &mut *ptr::from_mut(&mut name.storage).cast::<sockaddr_un>() };
        to.sun_family = libc::AF_UNIX as sa_family_t;
        for (to, from) in to.sun_path.iter_mut().zip(path) {
            *to = *from as libc::c_char;
        }
        // A path ends with a NUL, which counts; an abstract name starts with NUL.
        let ending = usize::from(path.first().is_some_and(|&first| first != 0));
        let length = (path.len() + ending).min(to.sun_path.len());
        name.length = (offset_of!(sockaddr_un, sun_path) + length) as socklen_t;
        name
    }

    pub(in crate::io) fn view(&self) -> View<'_> {
        let storage = ptr::from_ref(&self.storage);
        match libc::c_int::from(self.storage.ss_family) {
            libc::AF_INET => {
                // SAFETY: as in `v4`; the family says which one it is, and unwritten parts are zero.
                let from = unsafe { &*storage.cast::<sockaddr_in>() };
                View::V4(from.sin_addr.s_addr.to_ne_bytes(), u16::from_be(from.sin_port))
            }
            libc::AF_INET6 => {
                // SAFETY: as above.
                let from = unsafe { &*storage.cast::<sockaddr_in6>() };
                View::V6(from.sin6_addr.s6_addr, u16::from_be(from.sin6_port), from.sin6_scope_id)
            }
            libc::AF_UNIX => View::Unix(self.sun_path()),
            _ => View::Other,
        }
    }

    fn sun_path(&self) -> &[u8] {
        // SAFETY: as in `v4`.
        let from = unsafe { &*ptr::from_ref(&self.storage).cast::<sockaddr_un>() };
        // The length may exceed the struct: Linux includes the NUL it would need.
        let length = (self.length as usize).saturating_sub(offset_of!(sockaddr_un, sun_path)).min(from.sun_path.len());
        // SAFETY: `length` octets of an array of that many or more; c_char and u8 have the same layout.
        unsafe { core::slice::from_raw_parts(from.sun_path.as_ptr().cast::<u8>(), length) }
    }

    pub(in crate::io) fn family(&self) -> libc::c_int {
        libc::c_int::from(self.storage.ss_family)
    }

    /// A name that the system wrote elsewhere; `None` for null, and for one that is longer than any.
    ///
    /// # Safety
    /// `from` is null or points to `length` octets.
    pub(super) unsafe fn copied(from: *const sockaddr, length: socklen_t) -> Option<Self> {
        let mut name = Self::room();
        if from.is_null() || length > name.length {
            return None;
        }
        // SAFETY: as many octets as the caller promises, into room for as many.
        unsafe {
            ptr::copy_nonoverlapping(from.cast::<u8>(), ptr::from_mut(&mut name.storage).cast(), length as usize)
        };
        name.length = length;
        Some(name)
    }

    /// For calls that read a name.
    pub(super) fn parts(&self) -> (*const sockaddr, socklen_t) {
        (ptr::from_ref(&self.storage).cast(), self.length)
    }

    /// For calls that write a name: the pointer, and the length, in and out.
    pub(super) fn parts_mut(&mut self) -> (*mut sockaddr, *mut socklen_t) {
        self.length = size_of::<sockaddr_storage>() as socklen_t;
        (ptr::from_mut(&mut self.storage).cast(), ptr::from_mut(&mut self.length))
    }
}
