//! The kernel of this system.

use super::{Direction, Info, Kernel, Received};
use crate::io::descriptor::RawFile;
use crate::io::socket::Socket;
use crate::io::sys;
use crate::io::sys::gather::Gather;
use std::io;

/// TLS by system calls.
#[derive(Clone, Copy, Debug)]
pub struct System;

impl Kernel for System {
    fn attach(&mut self, socket: &Socket) -> io::Result<()> {
        sys::ktls::attach(socket.raw())
    }

    fn set_keys(&mut self, socket: &Socket, direction: Direction, info: &Info) -> io::Result<()> {
        let direction = match direction {
            Direction::Send => sys::ktls::TLS_TX,
            Direction::Receive => sys::ktls::TLS_RX,
        };
        sys::ktls::set_keys(socket.raw(), direction, info.octets())
    }

    fn send(&mut self, socket: &Socket, octets: &Gather<'_>) -> io::Result<usize> {
        octets.send(socket.raw())
    }

    fn send_file(&mut self, socket: &Socket, from: RawFile, offset: u64, len: usize) -> io::Result<usize> {
        sys::transfer::send_file(socket.raw(), from, offset, len)
    }

    fn send_record(&mut self, socket: &Socket, kind: u8, octets: &[u8]) -> io::Result<()> {
        sys::ktls::send_record(socket.raw(), kind, octets)
    }

    fn receive(&mut self, socket: &Socket, into: &mut [u8]) -> io::Result<Received> {
        sys::ktls::receive(socket.raw(), into).map(|(len, kind)| Received { len, kind })
    }
}
