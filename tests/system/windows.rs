//! Calls of Winsock and of Windows.

use core::mem::zeroed;
use core::ptr::{null_mut, with_exposed_provenance_mut};
use std::io;
use std::net::{TcpListener, TcpStream};
use std::os::windows::io::{AsRawHandle as _, AsRawSocket, FromRawSocket as _, IntoRawHandle as _};
use std::time::Duration;
use windows_sys::Win32::Foundation::{GetHandleInformation, HANDLE_FLAG_INHERIT, WAIT_OBJECT_0};
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, INVALID_SOCKET, IPPROTO_ICMP, LINGER, MSG_PEEK, POLLRDNORM, SO_LINGER, SO_RCVBUF, SOCK_RAW, SOCK_STREAM,
    SOCKADDR_IN, SOCKET, SOL_SOCKET, WSA_FLAG_OVERLAPPED, WSAEWOULDBLOCK, WSAGetLastError, WSAPOLLFD, WSAPoll,
    WSASocketW, bind, getsockopt, recv, setsockopt,
};
use windows_sys::Win32::System::LibraryLoader::{GetModuleHandleA, GetProcAddress};
use windows_sys::Win32::System::Threading::WaitForSingleObject;
use wireway::io::descriptor::{OwnedSocket, RawSocket, RawWaitable};

/// A number that no socket has.
pub const NO_SOCKET: RawSocket = INVALID_SOCKET as RawSocket;

/// Whether both ways of a [`channel`] end at once: each has an end of its own.
pub const ENDS_AS_A_WHOLE: bool = false;

/// Something that is not of a driver but can be watched, and what makes it readable. Pipes cannot be watched.
pub fn channel() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let writer = TcpStream::connect(listener.local_addr().expect("its address")).expect("a connection");
    (listener.accept().expect("the connection").0, writer)
}

/// Whether this is Wine, which leaves out some of what Windows has: docs/platforms.md.
pub fn is_wine() -> bool {
    // SAFETY: texts that end with NUL; every process has this library.
    unsafe { GetProcAddress(GetModuleHandleA(c"ntdll.dll".as_ptr().cast()), c"wine_get_version".as_ptr().cast()) }
        .is_some()
}

/// A pair of sockets that are connected.
pub fn pair() -> (TcpStream, TcpStream) {
    channel()
}

/// A handle of something else.
pub fn not_a_socket() -> OwnedSocket {
    let file = std::fs::File::open(std::env::current_exe().expect("a path")).expect("a file");
    // SAFETY: closing a socket that is none closes its handle.
    unsafe { OwnedSocket::from_raw_socket(file.into_raw_handle().addr() as RawSocket) }
}

/// A socket of a kind that no driver has.
pub fn unknown_socket() -> OwnedSocket {
    // SAFETY: no pointers but a null.
    let socket = unsafe { WSASocketW(AF_INET.into(), SOCK_RAW, IPPROTO_ICMP, null_mut(), 0, WSA_FLAG_OVERLAPPED) };
    assert_ne!(socket, INVALID_SOCKET, "a socket");
    // SAFETY: a socket of ours.
    unsafe { OwnedSocket::from_raw_socket(socket as RawSocket) }
}

pub fn raw(socket: &impl AsRawSocket) -> RawSocket {
    socket.as_raw_socket()
}

/// The number of something that can only be read in order.
pub fn number_of(pipe: &io::PipeReader) -> isize {
    pipe.as_raw_handle().addr() as isize
}

/// Whether calls on a socket wait. The system does not tell: a receive that finds nothing shows it.
pub fn is_non_blocking(socket: RawSocket) -> bool {
    // SAFETY: at most one octet of ours is written.
    let count = unsafe { recv(socket as SOCKET, [0].as_mut_ptr(), 1, MSG_PEEK) };
    // SAFETY: it takes nothing.
    count < 0 && unsafe { WSAGetLastError() } == WSAEWOULDBLOCK
}

/// Whether children get the handle.
pub fn is_inherited(socket: RawSocket) -> bool {
    let mut flags = 0;
    // SAFETY: a number of ours is written.
    let done = unsafe { GetHandleInformation(with_exposed_provenance_mut(socket as usize), &raw mut flags) };
    assert_ne!(done, 0, "{}", io::Error::last_os_error());
    flags & HANDLE_FLAG_INHERIT != 0
}

/// A socket of TCP, bound to a port of loopback, where it does not listen.
pub fn bound() -> OwnedSocket {
    // The standard library starts Winsock.
    drop(std::net::UdpSocket::bind("127.0.0.1:0").expect("a socket"));
    // SAFETY: no pointers but a null.
    let socket = unsafe { WSASocketW(AF_INET.into(), SOCK_STREAM, 0, null_mut(), 0, WSA_FLAG_OVERLAPPED) };
    assert_ne!(socket, INVALID_SOCKET, "a socket");
    // SAFETY: a socket of ours, which nothing else owns.
    let bound = unsafe { OwnedSocket::from_raw_socket(socket as RawSocket) };
    // SAFETY: all-zero octets are a valid address: any port.
    let mut name: SOCKADDR_IN = unsafe { zeroed() };
    (name.sin_family, name.sin_addr.S_un.S_addr) = (AF_INET, u32::from_ne_bytes([127, 0, 0, 1]));
    // SAFETY: an address of ours and its size.
    assert_eq!(unsafe { bind(socket, (&raw const name).cast(), size_of_val(&name) as i32) }, 0, "bound");
    bound
}

/// A socket option.
#[track_caller]
pub fn option(socket: RawSocket, level: i32, name: i32) -> i32 {
    let (mut value, mut size) = (0i32, size_of::<i32>() as i32);
    // SAFETY: at most `size` octets of our own integer are written.
    let got = unsafe { getsockopt(socket as SOCKET, level, name, (&raw mut value).cast(), &raw mut size) };
    assert_eq!(got, 0, "option {name} of {level}: {}", io::Error::last_os_error());
    value
}

/// With it, closing the socket resets the connection instead of ending it.
pub fn reset_on_close(socket: RawSocket) {
    set_option(socket, SO_LINGER, &LINGER { l_onoff: 1, l_linger: 0 });
}

/// Limits what the system takes ahead of reads.
pub fn set_receive_buffer(socket: RawSocket, octets: i32) {
    set_option(socket, SO_RCVBUF, &octets);
}

fn set_option<T>(socket: RawSocket, name: i32, value: &T) {
    let size = size_of::<T>() as i32;
    // SAFETY: `size` octets of a borrowed struct are read.
    let done = unsafe { setsockopt(socket as SOCKET, SOL_SOCKET, name, std::ptr::from_ref(value).cast(), size) };
    assert_eq!(done, 0);
}

/// Whether a socket is readable, or becomes so in time.
pub fn is_readable(socket: RawSocket, within: Duration) -> bool {
    let mut poll = WSAPOLLFD { fd: socket as SOCKET, events: POLLRDNORM, revents: 0 };
    // SAFETY: one struct of ours.
    unsafe { WSAPoll(&raw mut poll, 1, within.as_millis() as i32) == 1 }
}

/// Whether the handle of a driver says that a wait would return, or does so in time.
pub fn is_signalled(handle: RawWaitable, within: Duration) -> bool {
    let handle = with_exposed_provenance_mut(handle.cast_unsigned());
    // SAFETY: no pointers that are followed.
    unsafe { WaitForSingleObject(handle, within.as_millis() as u32) == WAIT_OBJECT_0 }
}

/// There is no limit of handles but memory.
pub fn raise_limit(_: u64) -> u64 {
    u64::MAX
}

/// The number of the interface of loopback.
pub fn loopback_interface() -> u32 {
    1
}
