//! What the system says of a socket.

use std::os::fd::RawFd;

pub fn option(fd: RawFd, level: i32, name: i32) -> i32 {
    let (mut value, mut size) = (0i32, size_of::<i32>() as libc::socklen_t);
    // SAFETY: at most `size` octets of our own integer are written.
    let got = unsafe { libc::getsockopt(fd, level, name, (&raw mut value).cast(), &raw mut size) };
    assert_eq!(got, 0, "option {name} of {level}: {}", std::io::Error::last_os_error());
    value
}
