//! Calls of libc.

use std::io;
use std::os::fd::{AsRawFd, FromRawFd as _};
use std::os::unix::net::UnixStream;
use std::time::Duration;
use wireway::io::descriptor::{OwnedSocket, RawSocket, RawWaitable};

/// A number that no descriptor has.
pub const NO_SOCKET: RawSocket = RawSocket::MAX;

/// Whether both ways of a [`channel`] end at once: it has one.
pub const ENDS_AS_A_WHOLE: bool = true;

/// Something that is not of a driver but can be watched, and what makes it readable.
pub fn channel() -> (io::PipeReader, io::PipeWriter) {
    io::pipe().expect("a pipe")
}

/// Whether this is Wine, which leaves out some of what Windows has.
pub fn is_wine() -> bool {
    false
}

/// A pair of sockets that are connected.
pub fn pair() -> (UnixStream, UnixStream) {
    UnixStream::pair().expect("a pair")
}

/// A descriptor that has no readiness.
pub fn not_a_socket() -> OwnedSocket {
    std::fs::File::open(std::env::current_exe().expect("a path")).expect("a file").into()
}

/// A socket of a kind that no driver has.
pub fn unknown_socket() -> OwnedSocket {
    // SAFETY: no pointers.
    let fd = unsafe { libc::socket(libc::AF_UNIX, libc::SOCK_SEQPACKET, 0) };
    assert!(fd >= 0, "a socket");
    // SAFETY: a descriptor of ours.
    unsafe { OwnedSocket::from_raw_fd(fd) }
}

pub fn raw(socket: &impl AsRawFd) -> RawSocket {
    socket.as_raw_fd()
}

/// The number of something that can only be read in order.
pub fn number_of(pipe: &io::PipeReader) -> isize {
    pipe.as_raw_fd() as isize
}

/// Whether calls on a socket wait.
pub fn is_non_blocking(socket: RawSocket) -> bool {
    // SAFETY: no pointers.
    unsafe { libc::fcntl(socket, libc::F_GETFL) & libc::O_NONBLOCK != 0 }
}

/// Whether children get the descriptor.
pub fn is_inherited(socket: RawSocket) -> bool {
    // SAFETY: no pointers.
    unsafe { libc::fcntl(socket, libc::F_GETFD) & libc::FD_CLOEXEC == 0 }
}

/// A socket of TCP, bound to a port of loopback, where it does not listen.
pub fn bound() -> OwnedSocket {
    // SAFETY: no pointers.
    let fd = unsafe { libc::socket(libc::AF_INET, libc::SOCK_STREAM, 0) };
    assert!(fd >= 0, "a socket");
    // SAFETY: a descriptor of ours, which nothing else owns.
    let bound = unsafe { OwnedSocket::from_raw_fd(fd) };
    // SAFETY: all-zero octets are a valid address: any port.
    let mut name: libc::sockaddr_in = unsafe { std::mem::zeroed() };
    (name.sin_family, name.sin_addr.s_addr) = (libc::AF_INET as libc::sa_family_t, u32::from_ne_bytes([127, 0, 0, 1]));
    // SAFETY: an address of ours and its size.
    let done = unsafe { libc::bind(fd, (&raw const name).cast(), size_of_val(&name) as libc::socklen_t) };
    assert_eq!(done, 0, "bound");
    bound
}

/// A socket option.
#[track_caller]
pub fn option(socket: RawSocket, level: i32, name: i32) -> i32 {
    let (mut value, mut size) = (0i32, size_of::<i32>() as libc::socklen_t);
    // SAFETY: at most `size` octets of our own integer are written.
    let got = unsafe { libc::getsockopt(socket, level, name, (&raw mut value).cast(), &raw mut size) };
    assert_eq!(got, 0, "option {name} of {level}: {}", io::Error::last_os_error());
    value
}

/// With it, closing the socket resets the connection instead of ending it.
pub fn reset_on_close(socket: RawSocket) {
    set_option(socket, libc::SO_LINGER, &libc::linger { l_onoff: 1, l_linger: 0 });
}

/// Limits what the system takes ahead of reads.
pub fn set_receive_buffer(socket: RawSocket, octets: i32) {
    set_option(socket, libc::SO_RCVBUF, &octets);
}

fn set_option<T>(socket: RawSocket, name: libc::c_int, value: &T) {
    let size = size_of::<T>() as libc::socklen_t;
    // SAFETY: `size` octets of a borrowed struct are read.
    let done = unsafe { libc::setsockopt(socket, libc::SOL_SOCKET, name, std::ptr::from_ref(value).cast(), size) };
    assert_eq!(done, 0);
}

/// Whether a socket is readable, or becomes so in time.
pub fn is_readable(socket: RawSocket, within: Duration) -> bool {
    let mut poll = libc::pollfd { fd: socket, events: libc::POLLIN, revents: 0 };
    // SAFETY: one struct of ours.
    unsafe { libc::poll(&raw mut poll, 1, within.as_millis() as libc::c_int) == 1 }
}

/// Whether the handle of a driver says that a wait would return, or does so in time.
pub fn is_signalled(handle: RawWaitable, within: Duration) -> bool {
    is_readable(handle, within)
}

/// Raises the limit of descriptors to `wanted`, as far as the system lets us; returns it.
pub fn raise_limit(wanted: u64) -> u64 {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: both calls are given our own struct.
    unsafe {
        assert_eq!(libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit), 0);
        limit.rlim_cur = limit.rlim_max.min(limit.rlim_cur.max(wanted as libc::rlim_t));
        assert_eq!(libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit), 0);
    }
    #[allow(clippy::unnecessary_cast, reason = "signed on FreeBSD")]
    return limit.rlim_cur as u64;
}

/// The number of the interface of loopback.
pub fn loopback_interface() -> u32 {
    // SAFETY: a text that ends with NUL.
    unsafe { libc::if_nametoindex(c"lo".as_ptr()) }
}
