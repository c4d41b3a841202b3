//! A file of the application, and the owner of the transport that moves it: by itself, or through the connection.

use std::ops::Range;

use wireway::conn::{Conn, File, Workspace, Write};
use wireway::error::Error;

use crate::setup::Setup;

/// The only descriptor there is.
const FD: isize = 3;
/// The most octets that are moved at once.
const MOST: usize = 3;

#[derive(Debug)]
pub struct Files {
    is_used: bool,
    is_supplied: bool,
    octets: Vec<u8>,
    /// The stretches that were sent, by their tokens; `None`: released.
    lent: Vec<Option<Range<u64>>>,
}

impl Files {
    pub(crate) fn of(setup: &Setup) -> Self {
        Self { is_used: setup.has_files, is_supplied: setup.behaviour & 0x20 != 0, octets: vec![], lent: vec![] }
    }

    /// Sends `content` as a stretch of the file; where there are no files, as it is.
    pub(crate) fn send(&mut self, conn: &mut Conn, ws: &mut Workspace, content: &[u8]) -> Result<Write, Error> {
        if !self.is_used {
            return conn.http1(ws).send(content);
        }
        let file = File { fd: FD, offset: self.octets.len() as u64, len: content.len() as u64 };
        self.octets.extend_from_slice(content);
        let sent = conn.http1(ws).send_file(&file, self.lent.len() as u64)?;
        if sent == Write::Queued {
            self.lent.push(Some(file.offset..file.offset + file.len));
        }
        Ok(sent)
    }

    pub(crate) fn released(&mut self, token: u64) {
        let is_lent = self.lent.get_mut(token as usize).expect("a token that was given");
        assert!(is_lent.take().is_some(), "released twice");
    }

    /// Moves some of the file at the front of the output to `wire`, or lets the connection do so by itself.
    pub(crate) fn go_on(&self, conn: &mut Conn, ws: &mut Workspace, wire: &mut Vec<u8>) {
        let file = conn.shown(ws).file().expect("what is queued is shown or is a file");
        let octets = self.stretch(&file);
        if self.is_supplied {
            let read = |file: &File, room: &mut [u8]| {
                let octets = self.stretch(file);
                room[..octets.len()].copy_from_slice(octets);
                octets.len()
            };
            conn.http1(ws).supply_file(read).expect("there is memory");
        } else {
            wire.extend_from_slice(octets);
            conn.sent(ws, octets.len(), 0).expect("so much is of the file");
        }
    }

    /// The first octets of what is to be sent.
    fn stretch(&self, file: &File) -> &[u8] {
        assert!(file.fd == FD && file.len > 0);
        let is_in = |lent: &Range<u64>| lent.contains(&file.offset) && file.offset + file.len == lent.end;
        assert!(self.lent.iter().flatten().any(is_in), "a stretch that was released, or was never sent");
        &self.octets[file.offset as usize..][..MOST.min(file.len as usize)]
    }
}
