//! A client of the server: a socket, with TLS over it where the case has it.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use crate::server::Server;
use crate::support::case::{Role, Setup, Tls};
use crate::support::cuts::Cut;
use crate::support::step::Command;
use crate::support::tls_command::TlsCommand;
use crate::support::tls_peer::TlsPeer;

/// A server that owes something for so long has failed.
pub const PATIENCE: Duration = Duration::from_secs(60);

pub struct Line {
    socket: TcpStream,
    /// `None`: octets are on the transport as they are.
    peer: Option<TlsPeer>,
    /// Between two writes the server has time to read.
    is_cut: bool,
}

impl Line {
    /// Connects, and shakes hands.
    pub fn connect(server: &Server, setup: &Setup, cut: Cut) -> std::io::Result<Self> {
        let socket = TcpStream::connect(&server.address)?;
        socket.set_nodelay(true)?;
        let mut line = Self { socket, peer: None, is_cut: cut != Cut::Whole };
        let Some(Tls::With(version)) = setup.tls else { return Ok(line) };
        let mut peer = TlsPeer::new(Role::Server, version).map_err(std::io::Error::other)?;
        line.socket.write_all(&peer.hear(&[]))?;
        line.peer = Some(peer);
        while line.peer.as_ref().is_some_and(TlsPeer::is_handshaking) {
            line.read(PATIENCE)?.ok_or(std::io::ErrorKind::UnexpectedEof)?;
        }
        Ok(line)
    }

    /// What the peer does. The server may have ended the connection by now, and says so to the reader.
    pub fn carry(&mut self, command: &Command) -> std::io::Result<()> {
        match (command, &mut self.peer) {
            (Command::Receive(bytes) | Command::Tls(TlsCommand::Wire(bytes)), _) => self.write(bytes),
            (Command::Tls(TlsCommand::Seal { bytes, first, then }), Some(peer)) => {
                let records = peer.seal(bytes);
                let (head, rest) = records.split_at(records.len().min(*first));
                self.write(head)?;
                rest.chunks(*then).try_for_each(|piece| self.write(piece))
            }
            (Command::Tls(TlsCommand::CloseNotify), Some(peer)) => {
                let records = peer.close();
                self.write(&records)
            }
            (Command::Eof { .. }, _) => self.socket.shutdown(Shutdown::Write),
            _ => Ok(()),
        }
    }

    /// Sends octets behind the steps of a case.
    pub fn send(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        match &mut self.peer {
            None => self.socket.write_all(bytes),
            Some(peer) => self.socket.write_all(&peer.seal(bytes)),
        }
    }

    fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.socket.write_all(bytes)?;
        if self.is_cut {
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(())
    }

    /// Reads once; `None` at the end. Over TLS: what that opened, which may be nothing.
    pub fn read(&mut self, patience: Duration) -> std::io::Result<Option<Vec<u8>>> {
        self.socket.set_read_timeout(Some(patience))?;
        let mut piece = vec![0; 1 << 16];
        let len = self.socket.read(&mut piece)?;
        piece.truncate(len);
        if len == 0 {
            return Ok(None);
        }
        let Some(peer) = &mut self.peer else { return Ok(Some(piece)) };
        let answer = peer.hear(&piece);
        // A server that has ended the connection does not read it.
        let _ = self.socket.write_all(&answer);
        Ok(Some(peer.take()))
    }

    /// How TLS ended for the peer; empty where none speaks it.
    pub fn end(&self) -> String {
        self.peer.as_ref().map(TlsPeer::end).unwrap_or_default()
    }
}
