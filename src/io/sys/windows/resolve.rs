//! Addresses of a host name: `GetAddrInfoW`, which may block for as long as a name server takes.

use super::name::{SocketName, View};
use super::posix::{EAI_NONAME, SOCK_STREAM};
use super::startup;
use core::ffi::{CStr, c_int};
use core::mem::zeroed;
use core::net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6};
use core::ptr::{null, null_mut};
use std::io;
use windows_sys::Win32::Networking::WinSock::{ADDRINFOW, FreeAddrInfoW, GetAddrInfoW};

/// Why there are no addresses.
pub(in crate::io) enum Unresolved {
    /// An `EAI_*` number: the call returns errors of Winsock.
    Eai(c_int),
    /// A system call failed.
    System(io::Error),
}

/// The addresses of a name, of either family, at most `most`, in the order in which the system prefers them, with port 0. Blocks.
pub(in crate::io) fn resolve(name: &CStr, most: usize) -> Result<Vec<SocketAddr>, Unresolved> {
    startup::start().map_err(Unresolved::System)?;
    let Ok(name) = name.to_str() else { return Err(Unresolved::Eai(EAI_NONAME)) };
    let wide: Vec<u16> = name.encode_utf16().chain([0]).collect();
    // SAFETY: a C struct of integers and pointers, for which all zeros are the defaults.
    let mut hints: ADDRINFOW = unsafe { zeroed() };
    // One entry for each address, not one for each type of socket.
    hints.ai_socktype = SOCK_STREAM;
    let mut list = null_mut();
    // SAFETY: a NUL-terminated name and hints of ours are read; a pointer of ours is written.
    match unsafe { GetAddrInfoW(wide.as_ptr(), null(), &raw const hints, &raw mut list) } {
        0 => {}
        eai => return Err(Unresolved::Eai(eai)),
    }
    let mut found = Vec::new();
    let mut next = list;
    // SAFETY: null or an entry of the list, which is freed below.
    while let Some(entry) = unsafe { next.as_ref() } {
        found.extend(address(entry));
        next = entry.ai_next;
    }
    // SAFETY: made by the call above, and freed once.
    unsafe { FreeAddrInfoW(list) };
    found.truncate(most);
    Ok(found)
}

fn address(entry: &ADDRINFOW) -> Option<SocketAddr> {
    // SAFETY: the list has `ai_addrlen` octets at `ai_addr`, or null.
    let name = unsafe { SocketName::copied(entry.ai_addr, entry.ai_addrlen) }?;
    match name.view() {
        View::V4(octets, port) => Some((Ipv4Addr::from(octets), port).into()),
        View::V6(octets, port, scope) => Some(SocketAddrV6::new(Ipv6Addr::from(octets), port, 0, scope).into()),
        View::Unix(_) | View::Other => None,
    }
}
