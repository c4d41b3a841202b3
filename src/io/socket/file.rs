//! The file of a listening Unix domain socket: replaced when stale, removed at the end.

use super::Socket;
use crate::io::address::{Address, UnixName};
use crate::io::sys;
use crate::io::sys::posix;
use std::fs;
use std::io;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};

/// The file of a bound socket. Dropping it removes the file if it is still the same one and the process is the one that
/// made it (a forked worker does not remove its parent's file).
#[derive(Debug)]
pub struct SocketFile {
    path: PathBuf,
    identity: (u64, u64),
    process: u32,
}

impl SocketFile {
    /// Whoever has the socket now has its file.
    pub(in crate::io) fn leave_in_place(mut self) {
        // No process has this number.
        self.process = 0;
    }

    /// A socket bound to `name`, with its file if the name is a path.
    pub(super) fn bind(name: &UnixName) -> io::Result<(Socket, Option<Self>)> {
        let socket = Socket(sys::socket::create(posix::AF_UNIX, posix::SOCK_STREAM)?);
        let native = Address::Unix(*name).to_name();
        let Some(path) = name.path() else {
            sys::socket::bind(socket.raw(), &native)?;
            return Ok((socket, None));
        };
        if let Err(error) = sys::socket::bind(socket.raw(), &native) {
            if error.kind() != io::ErrorKind::AddrInUse || !is_stale(path, name) {
                return Err(error);
            }
            fs::remove_file(path)?;
            sys::socket::bind(socket.raw(), &native)?;
        }
        Self::of(path).map(|file| (socket, Some(file)))
    }

    /// The file just made. Stored as an absolute path, since the process may change its directory.
    fn of(path: &Path) -> io::Result<Self> {
        let path = std::path::absolute(path)?;
        let identity = identity(&path)?;
        Ok(Self { path, identity, process: std::process::id() })
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        let ours = self.process == std::process::id() && identity(&self.path).is_ok_and(|now| now == self.identity);
        if ours {
            // Errors are ignored: the next start finds the file stale.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Whether `path` is a socket that refuses connections: its process is gone. A full backlog or a missing permission
/// means that it is in use.
fn is_stale(path: &Path, name: &UnixName) -> bool {
    let is_socket = fs::symlink_metadata(path).is_ok_and(|data| data.file_type().is_socket());
    let refuses = || {
        let address = Address::Unix(*name);
        let answer = Socket::stream(&address).and_then(|probe| probe.connect(&address));
        answer.is_err_and(|e| e.kind() == io::ErrorKind::ConnectionRefused)
    };
    is_socket && refuses()
}

fn identity(path: &Path) -> io::Result<(u64, u64)> {
    fs::symlink_metadata(path).map(|data| (data.dev(), data.ino()))
}
