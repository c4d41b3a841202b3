//! No kernel TLS: every call fails with `Unsupported`, so that TLS stays in the process.

use super::{Direction, Info, Kernel, Received};
use crate::io::descriptor::RawFile;
use crate::io::socket::Socket;
use crate::io::sys::gather::Gather;
use std::io;

/// Stands for the kernel's TLS.
#[derive(Clone, Copy, Debug)]
pub struct System;

fn absent<T>() -> io::Result<T> {
    Err(io::ErrorKind::Unsupported.into())
}

impl Kernel for System {
    fn attach(&mut self, _: &Socket) -> io::Result<()> {
        absent()
    }

    fn set_keys(&mut self, _: &Socket, _: Direction, _: &Info) -> io::Result<()> {
        absent()
    }

    fn send(&mut self, _: &Socket, _: &Gather<'_>) -> io::Result<usize> {
        absent()
    }

    fn send_file(&mut self, _: &Socket, _: RawFile, _: u64, _: usize) -> io::Result<usize> {
        absent()
    }

    fn send_record(&mut self, _: &Socket, _: u8, _: &[u8]) -> io::Result<()> {
        absent()
    }

    fn receive(&mut self, _: &Socket, _: &mut [u8]) -> io::Result<Received> {
        absent()
    }
}
