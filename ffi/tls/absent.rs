//! A library without TLS: no pump is ever made, since no config is.

use core::ops::Range;

use crate::conn::Workspace;
use crate::error::Error;

/// There is none.
pub enum Pump {}

/// There is none.
pub enum Session {}

/// As in the library with TLS.
#[allow(dead_code, reason = "nothing makes one")]
pub enum Plain {
    Opened,
    Lent(Range<usize>),
    NeedInput,
    Done,
}

impl Pump {
    pub fn new<T>(_: &T, _: &[u8], _: &mut Workspace) -> Result<Self, Error> {
        Err(crate::ffi::check::ARGUMENT)
    }

    pub fn release(&mut self, _: &mut Workspace) {
        match *self {}
    }

    pub fn receive(&mut self, _: &mut Workspace, _: &mut [u8]) -> Result<(), Error> {
        match *self {}
    }

    pub fn receive_eof(&mut self) {
        match *self {}
    }

    pub fn pull(&mut self) -> Result<Plain, Error> {
        match *self {}
    }

    pub fn opened(&mut self) -> &mut [u8] {
        match *self {}
    }

    pub fn send(&mut self, _: &mut Workspace, _: &[&[u8]]) -> Result<bool, Error> {
        match *self {}
    }

    pub fn close(&mut self, _: &mut Workspace) -> Result<(), Error> {
        match *self {}
    }

    pub fn pieces(&self, _: &Workspace, _: impl FnMut(&[u8]) -> bool) {
        match *self {}
    }

    pub fn sent(&mut self, _: &mut Workspace, _: usize) -> Result<(), Error> {
        match *self {}
    }

    pub fn state(&self) -> u32 {
        match *self {}
    }

    pub fn session(&self) -> &Session {
        match *self {}
    }
}

impl Session {
    pub fn error(&self) -> Option<Error> {
        match *self {}
    }

    pub fn version(&self) -> Option<u16> {
        match *self {}
    }

    pub fn cipher_suite(&self) -> Option<(u16, &'static str)> {
        match *self {}
    }

    pub fn alpn(&self) -> Option<&[u8]> {
        match *self {}
    }

    pub fn server_name(&self) -> Option<&str> {
        match *self {}
    }

    pub fn is_resumed(&self) -> bool {
        match *self {}
    }

    pub fn is_in_kernel(&self) -> bool {
        match *self {}
    }

    pub fn peer_certificate(&self, _: usize) -> Option<&[u8]> {
        match *self {}
    }
}
