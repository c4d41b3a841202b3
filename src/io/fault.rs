//! System errors as [`Error`]: the reasons of all of them.

use crate::error::{Code, Error, Fault};
use crate::io::sys::posix;
use crate::memory::NO_MEMORY;
use core::ffi::CStr;
use std::io;

const fn system(reason: &'static CStr) -> Fault {
    Fault::new(Code::System, 0, c"", reason)
}

static ANY: Fault = system(c"a system call failed");
static IN_USE: Fault = system(c"the address is in use: choose another port, or end whoever listens there");
static NOT_HERE: Fault = system(c"not a local address: use 127.0.0.1, [::1], or *:PORT for all interfaces");
static NOT_SPOKEN: Fault = system(c"this system does not support the address family: use an IPv4 address");
static FORBIDDEN: Fault =
    system(c"the system does not permit it: a port below 1024 takes a privilege, a path the rights to its folder");
static NO_PATH: Fault = system(c"the directory of the path does not exist: create it first");
static READ_ONLY: Fault = system(c"the file system is read-only");
static NOT_OPEN: Fault = system(c"the descriptor is not open");
static NO_SOCKET: Fault = system(c"the descriptor is not a socket");
static NO_STREAM: Fault = system(c"the socket is not a stream socket");
static NOT_CONNECTED: Fault = system(c"the socket is not connected");
static NO_DESCRIPTOR: Fault =
    system(c"this process may open no more descriptors: raise its limit (RLIMIT_NOFILE, ulimit -n)");
static WATCHED: Fault = system(c"the descriptor is watched already");
static NO_FILE: Fault = system(c"the system can open no more files: raise its limit (fs.file-max)");

/// No system call failed: it was not made.
static UNSUPPORTED: Fault =
    Fault::new(Code::Unsupported, 0, c"", c"this system, or this build of the library, does not have it");

/// Error numbers without an `ErrorKind`.
static BY_NUMBER: [(i32, &Fault); 9] = [
    (posix::EEXIST, &WATCHED),
    (posix::EMFILE, &NO_DESCRIPTOR),
    (posix::ENFILE, &NO_FILE),
    (posix::EBADF, &NOT_OPEN),
    (posix::ENOTSOCK, &NO_SOCKET),
    (posix::EPROTOTYPE, &NO_STREAM),
    (posix::ENOTCONN, &NOT_CONNECTED),
    (posix::EAFNOSUPPORT, &NOT_SPOKEN),
    (posix::EPROTONOSUPPORT, &NOT_SPOKEN),
];

/// The error of a system call. Its offset is the system's number (errno), or 0 if there is none.
pub fn fault(error: &io::Error) -> Error {
    let number = error.raw_os_error().unwrap_or(0);
    if number == posix::ENOBUFS || error.kind() == io::ErrorKind::OutOfMemory {
        return NO_MEMORY;
    }
    if number == 0 && error.kind() == io::ErrorKind::Unsupported {
        return UNSUPPORTED.at(0);
    }
    let known = BY_NUMBER.iter().find(|(of, _)| *of == number).map(|(_, fault)| *fault);
    known.unwrap_or_else(|| of_kind(error.kind())).at(u64::from(number.unsigned_abs()))
}

fn of_kind(kind: io::ErrorKind) -> &'static Fault {
    match kind {
        io::ErrorKind::AddrInUse => &IN_USE,
        io::ErrorKind::AddrNotAvailable => &NOT_HERE,
        io::ErrorKind::PermissionDenied => &FORBIDDEN,
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => &NO_PATH,
        io::ErrorKind::ReadOnlyFilesystem => &READ_ONLY,
        _ => &ANY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_errors_have_distinct_reasons() {
        let numbers = [
            posix::EADDRINUSE,
            posix::EADDRNOTAVAIL,
            posix::EACCES,
            posix::EMFILE,
            posix::ENFILE,
            posix::ENOENT,
            posix::EROFS,
            posix::EAFNOSUPPORT,
            posix::EBADF,
            posix::ENOTSOCK,
            posix::EPROTOTYPE,
            posix::ENOTCONN,
            posix::EIO,
        ];
        let mut reasons = Vec::new();
        for number in numbers {
            let error = fault(&io::Error::from_raw_os_error(number));
            assert_eq!((error.code(), error.offset), (Code::System, number as u64));
            reasons.push(error.fault.reason);
        }
        reasons.sort_unstable();
        reasons.dedup();
        assert_eq!(reasons.len(), numbers.len());
        assert_eq!(fault(&io::Error::from_raw_os_error(posix::EPERM)).fault, &FORBIDDEN);
        for number in [posix::ENOMEM, posix::ENOBUFS] {
            assert_eq!(fault(&io::Error::from_raw_os_error(number)), NO_MEMORY);
        }
        assert_eq!(fault(&io::ErrorKind::AddrInUse.into()), IN_USE.at(0));
    }

    #[test]
    fn what_is_not_built_in_is_no_failed_system_call() {
        let error = fault(&io::ErrorKind::Unsupported.into());
        assert_eq!((error.code(), error.offset), (Code::Unsupported, 0));
        let number = posix::EOPNOTSUPP;
        assert_eq!(fault(&io::Error::from_raw_os_error(number)), ANY.at(number as u64));
    }
}
