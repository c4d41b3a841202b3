//! `WSAStartup`, which every process owes Winsock before its first call.

use core::mem::zeroed;
use std::io;
use std::sync::OnceLock;
use windows_sys::Win32::Networking::WinSock::{WSADATA, WSAStartup};

/// Winsock 2.2: every Windows that is supported has it.
const VERSION: u16 = 0x0202;

/// Starts Winsock once. The standard library does so for its own sockets only, of which a process need not have any. It is never
/// ended: sockets may live as long as the process.
pub(super) fn start() -> io::Result<()> {
    static RESULT: OnceLock<i32> = OnceLock::new();
    let result = *RESULT.get_or_init(|| {
        // SAFETY: a C struct of integers, arrays and pointers; zeros and nulls are values of it.
        let mut data: WSADATA = unsafe { zeroed() };
        // SAFETY: the call writes the struct, which is ours.
        unsafe { WSAStartup(VERSION, &raw mut data) }
    });
    // The result is the error itself: before this call there is no WSAGetLastError.
    if result == 0 { Ok(()) } else { Err(io::Error::from_raw_os_error(result)) }
}
