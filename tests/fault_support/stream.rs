//! A client's connection that never blocks, with TLS or without.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

#[cfg(feature = "tls")]
use crate::tls_support::End;
#[cfg(feature = "tls")]
use wireway::tls::TlsConfig;

/// The client's config and the server's.
#[cfg(feature = "tls")]
pub struct Terms {
    pub client: TlsConfig,
    pub server: TlsConfig,
}
#[cfg(not(feature = "tls"))]
pub struct Terms;

pub struct Stream {
    socket: TcpStream,
    #[cfg(feature = "tls")]
    tls: Option<End>,
    /// Not sent yet.
    out: Vec<u8>,
    /// Received and not taken.
    pub got: Vec<u8>,
    /// How the server ended.
    pub end: Option<Result<(), ErrorKind>>,
}

impl Stream {
    pub fn new(address: SocketAddr, terms: Option<&Terms>) -> Self {
        let socket = TcpStream::connect(address).expect("a connection");
        socket.set_nonblocking(true).expect("a socket");
        socket.set_nodelay(true).expect("a socket");
        #[cfg(not(feature = "tls"))]
        assert!(terms.is_none());
        Self {
            socket,
            #[cfg(feature = "tls")]
            tls: terms.map(|terms| End::new(&terms.client, "example.com")),
            out: Vec::new(),
            got: Vec::new(),
            end: None,
        }
    }

    /// Sends the octets; returns whether they were taken.
    pub fn send(&mut self, octets: &[u8]) -> bool {
        #[cfg(feature = "tls")]
        if let Some(end) = &mut self.tls {
            return self.end.is_some() || end.pump.send(&mut end.ws, &[octets]).unwrap_or(true);
        }
        self.out.extend_from_slice(octets);
        true
    }

    /// Writes what there is, at most `most` octets, and reads as much.
    pub fn exchange(&mut self, most: usize) {
        #[cfg(feature = "tls")]
        if let Some(end) = &mut self.tls {
            self.out.extend(end.out(usize::MAX));
        }
        let len = self.out.len().min(most);
        match self.socket.write(&self.out[..len]) {
            Ok(taken) => drop(self.out.drain(..taken)),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            // Reading tells why.
            Err(_) => self.out.clear(),
        }
        let mut octets = vec![0; most];
        match self.socket.read(&mut octets) {
            Ok(0) => self.end = self.end.or(Some(Ok(()))),
            Ok(len) => self.received(&octets[..len]),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(error) => self.end = self.end.or(Some(Err(error.kind()))),
        }
    }

    fn received(&mut self, octets: &[u8]) {
        #[cfg(feature = "tls")]
        if let Some(end) = &mut self.tls {
            end.hear(octets);
            assert!(end.rest.is_ok(), "{:?}", end.rest);
            self.got.append(&mut end.got);
            return;
        }
        self.got.extend_from_slice(octets);
    }
}
