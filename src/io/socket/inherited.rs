//! Sockets made by others: adopted ones, and those passed by a service manager.

use super::options::{SocketOptions, set_for_server};
use super::{Listener, Role, Socket};
use crate::io::descriptor::{OwnedSocket, RawSocket};
use crate::io::sys::posix;
#[cfg(unix)]
use std::env;
#[cfg(unix)]
use std::ffi::OsStr;
use std::io;

/// The first descriptor that a service manager passes (sd_listen_fds(3)).
pub const FIRST_PASSED: RawSocket = 3;

/// The number of descriptors passed to this process by a service manager, from [`FIRST_PASSED`] on: LISTEN_FDS, if
/// LISTEN_PID is this process. Otherwise 0.
#[cfg(unix)]
pub fn passed() -> u32 {
    let (pid, count) = (env::var_os("LISTEN_PID"), env::var_os("LISTEN_FDS"));
    count_passed(pid.as_deref(), count.as_deref(), std::process::id())
}

/// The service manager passes none.
#[cfg(windows)]
pub const fn passed() -> u32 {
    0
}

#[cfg(unix)]
fn count_passed(pid: Option<&OsStr>, count: Option<&OsStr>, own: u32) -> u32 {
    let number = |text: Option<&OsStr>| text?.to_str()?.parse::<u32>().ok();
    let count = number(count)
        .filter(|&count| RawSocket::try_from(count).is_ok_and(|count| count <= RawSocket::MAX - FIRST_PASSED));
    if number(pid) == Some(own) { count.unwrap_or(0) } else { 0 }
}

/// A listener from a bound socket of the kinds that [`Listener::bind`] makes. Starts to listen if it does not yet.
/// Options that apply before binding have no effect. A Unix domain socket's file still belongs to its maker.
pub fn adopt_listener(fd: OwnedSocket, options: &SocketOptions) -> io::Result<Listener> {
    let (socket, role, is_tcp) = adopt_stream(fd)?;
    options.apply_to_listener(&socket, is_tcp)?;
    if role != Role::Listener || options.backlog > 0 {
        socket.listen(options.backlog)?;
    }
    Ok(Listener::new(socket, None))
}

/// A connection accepted elsewhere, with the options of a server's connections.
pub fn adopt_accepted(fd: OwnedSocket) -> io::Result<Socket> {
    let (socket, _, is_tcp) = adopt_stream(fd)?;
    // Fails if it is not connected.
    socket.peer_address()?;
    if is_tcp {
        set_for_server(&socket)?;
    }
    Ok(socket)
}

/// A stream socket, what it is for, and whether it is TCP.
fn adopt_stream(fd: OwnedSocket) -> io::Result<(Socket, Role, bool)> {
    let socket = Socket::from(fd);
    let role = Role::of(&socket)?;
    if role == Role::Datagrams {
        return Err(io::Error::from_raw_os_error(posix::EPROTOTYPE));
    }
    let is_tcp = !socket.local_address()?.is_unix();
    Ok((Socket::adopt(socket.into())?, role, is_tcp))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn passed_are_those_of_this_process() {
        let count = |pid: &str, count: &str| count_passed(Some(OsStr::new(pid)), Some(OsStr::new(count)), 77);
        assert_eq!((count("77", "1"), count("77", "20"), count("77", "0")), (1, 20, 0));
        assert_eq!((count("78", "1"), count("", "1"), count("x", "1")), (0, 0, 0), "another's");
        for no_count in ["", "-1", "one", "1 ", "2147483647", "4294967296"] {
            assert_eq!(count("77", no_count), 0, "{no_count}");
        }
        assert_eq!(count_passed(None, Some(OsStr::new("1")), 77), 0);
        assert_eq!(count_passed(Some(OsStr::new("77")), None, 77), 0);
    }
}
