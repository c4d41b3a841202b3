//! A socket of a peer, which never blocks.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixStream};

pub enum Stream {
    Unix(UnixStream),
    Tcp(TcpStream),
}

impl Stream {
    /// To where a server says that it listens; `None` where it does no more.
    pub fn connect(address: &str) -> Option<Self> {
        let stream = match address.strip_prefix("unix:@") {
            Some(name) => {
                let address = SocketAddr::from_abstract_name(name).expect("a name");
                UnixStream::connect_addr(&address).map(Self::Unix)
            }
            None => TcpStream::connect(address).map(Self::Tcp),
        };
        let stream = stream.ok()?;
        let is_set = match &stream {
            Self::Unix(socket) => socket.set_nonblocking(true),
            Self::Tcp(socket) => socket.set_nonblocking(true).and_then(|()| socket.set_nodelay(true)),
        };
        is_set.expect("a socket takes these");
        Some(stream)
    }

    /// How many it takes; 0 also where it has ended.
    pub fn write(&mut self, octets: &[u8]) -> usize {
        match self {
            Self::Unix(socket) => socket.write(octets),
            Self::Tcp(socket) => socket.write(octets),
        }
        .unwrap_or(0)
    }

    /// What has come, at most `room`; empty where nothing has, or it has ended.
    pub fn read(&mut self, room: usize) -> Vec<u8> {
        let mut octets = vec![0; room];
        let result: io::Result<usize> = match self {
            Self::Unix(socket) => socket.read(&mut octets),
            Self::Tcp(socket) => socket.read(&mut octets),
        };
        octets.truncate(result.unwrap_or(0));
        octets
    }

    pub fn half_close(&self) {
        let _is_gone = match self {
            Self::Unix(socket) => socket.shutdown(Shutdown::Write),
            Self::Tcp(socket) => socket.shutdown(Shutdown::Write),
        };
    }
}
