//! A server whose listener requires a header, and a client that did nothing wrong.

use crate::service_support::*;
use std::io::Write as _;
use std::net::{SocketAddr, TcpStream};
use wireway::conn::Event as ConnEvent;
use wireway::error::Code;
use wireway::io::socket::SocketOptions;
use wireway::service::{Config, Id, Security, Server};

/// A header of 192.0.2.1:56324 to 198.51.100.1:443.
pub const HEADER: &[u8] = b"PROXY TCP4 192.0.2.1 198.51.100.1 56324 443\r\n";

pub struct Proxied {
    pub h: Harness,
    innocent: (TcpStream, Id),
}

impl Proxied {
    pub fn new() -> Self {
        Self::with(&Config::new(), Security::default())
    }

    pub fn with(config: &Config, security: Security) -> Self {
        let mut server = Server::new(config).expect("a server");
        let security = security.behind_proxy();
        server.sockets().listen(b"127.0.0.1:0", &SocketOptions::default(), security).expect("listening");
        let address = server.address(0).expect("an address").to_string().parse().expect("an IP address");
        let mut h = Harness { server, address };
        let mut innocent = client(address);
        innocent.write_all(HEADER).expect("sent");
        let id = h.opened();
        Self { h, innocent: (innocent, id) }
    }

    /// A listener of the same server that requires no header.
    pub fn listen_plain(&mut self) -> SocketAddr {
        self.h
            .server
            .sockets()
            .listen(b"127.0.0.1:0", &SocketOptions::default(), Security::default())
            .expect("listening");
        self.h.server.address(1).expect("an address").to_string().parse().expect("an IP address")
    }

    /// Clients that have sent `octets` each, which the server has read or refused, one after the other. There is no event.
    #[track_caller]
    pub fn debtors(&mut self, count: usize, octets: &[u8]) -> Vec<TcpStream> {
        let mut debtor = || {
            let before = self.h.server.stats();
            let mut debtor = client(self.h.address);
            debtor.write_all(octets).expect("sent");
            loop {
                assert_eq!(self.h.rest(), []);
                let now = self.h.server.stats();
                let read = now.octets_in - before.octets_in;
                let is_read = now.accepted > before.accepted && read >= octets.len() as u64;
                if is_read || now.refused > before.refused {
                    break debtor;
                }
            }
        };
        (0..count).map(|_| debtor()).collect()
    }

    #[track_caller]
    pub fn innocent_is_served(&mut self) {
        let (client, id) = &mut self.innocent;
        innocent::is_served(&mut self.h, client, *id);
        assert_eq!(self.peer(self.innocent.1), "192.0.2.1:56324");
    }

    /// A connection begins and ends, with an error of this row; nothing else is told.
    #[track_caller]
    pub fn expect_refused(&mut self, row: &str) {
        let errors = self.h.server.stats().errors;
        let id = self.h.opened();
        match self.h.conn_event(id) {
            ConnEvent::Error(error) => {
                assert_eq!((error.code(), error.fault.rule.to_str()), (Code::ProxyHeader, Ok(row)));
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(self.h.closed(id), Some(Code::ProxyHeader));
        assert_eq!(self.h.server.stats().errors, errors + 1);
    }

    #[track_caller]
    pub fn peer(&mut self, id: Id) -> String {
        self.h.server.calls().peer(id).expect("a peer").to_string()
    }

    #[track_caller]
    pub fn told(&mut self, id: Id) -> Option<[String; 2]> {
        self.h.server.calls().told(id).expect("a connection").map(|both| both.map(|address| address.to_string()))
    }

    /// The peer's own address, whatever the header told.
    #[track_caller]
    pub fn transport(&mut self, id: Id) -> SocketAddr {
        self.h.server.calls().endpoints(id).expect("connected")[0].to_string().parse().expect("an IP address")
    }

    #[track_caller]
    pub fn endpoints(&mut self, id: Id) -> [String; 2] {
        self.h.server.calls().endpoints(id).expect("connected").map(|address| address.to_string())
    }
}
