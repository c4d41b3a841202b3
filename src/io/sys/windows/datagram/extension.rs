//! `WSARecvMsg`, whose address only a socket tells.

use crate::io::descriptor::RawSocket;
use crate::io::sys::windows::error::check;
use core::ptr::{from_ref, null_mut};
use std::io;
use std::sync::OnceLock;
use windows_sys::Win32::Networking::WinSock::{
    LPFN_WSARECVMSG, SIO_GET_EXTENSION_FUNCTION_POINTER, SOCKET, WSAID_WSARECVMSG, WSAIoctl, WSAMSG,
};

/// Receives one datagram; `size` is what was written of it, also before an error.
///
/// # Safety
///
/// `message` points to what a receive may write to.
pub(super) unsafe fn receive(fd: RawSocket, message: &mut WSAMSG, size: &mut u32) -> io::Result<()> {
    let Some(function) = function(fd)? else { return Err(io::ErrorKind::Unsupported.into()) };
    // SAFETY: as the caller promises; without an OVERLAPPED the call is done when it returns.
    check(unsafe { function(fd as SOCKET, message, size, null_mut(), None) })
}

/// The function, asked for once: all sockets of the system's own UDP have the same. A failure is of this socket alone.
fn function(fd: RawSocket) -> io::Result<LPFN_WSARECVMSG> {
    static FUNCTION: OnceLock<LPFN_WSARECVMSG> = OnceLock::new();
    match FUNCTION.get() {
        Some(function) => Ok(*function),
        None => find(fd).map(|function| *FUNCTION.get_or_init(|| function)),
    }
}

fn find(fd: RawSocket) -> io::Result<LPFN_WSARECVMSG> {
    let id = WSAID_WSARECVMSG;
    let mut function: LPFN_WSARECVMSG = None;
    let mut written = 0;
    // SAFETY: a GUID of ours is read, and a pointer of ours is written: null, or one of the function of this id.
    check(unsafe {
        WSAIoctl(
            fd as SOCKET,
            SIO_GET_EXTENSION_FUNCTION_POINTER,
            from_ref(&id).cast(),
            size_of_val(&id) as u32,
            (&raw mut function).cast(),
            size_of_val(&function) as u32,
            &raw mut written,
            null_mut(),
            None,
        )
    })?;
    Ok(function)
}
