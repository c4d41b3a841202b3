//! A client that is rustls, which knows nothing of kernels.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

#[cfg(feature = "tls-aws-lc-rs")]
use rustls::crypto::aws_lc_rs as provider;
#[cfg(not(feature = "tls-aws-lc-rs"))]
use rustls::crypto::ring as provider;
use rustls::{ClientConfig, ClientConnection, RootCertStore, Stream};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;

pub const GET: &[u8] = b"GET / HTTP/1.1\r\nHost: example.com\r\n\r\n";

/// The number of the cipher suite, which the version goes with.
#[derive(Clone, Copy, Debug)]
pub struct Terms(pub u16);

/// Every suite there is for the certificates of the tests.
pub const SUITES: [u16; 6] = [0x1301, 0x1302, 0x1303, 0xc02b, 0xc02c, 0xcca9];

pub struct Peer {
    pub tls: ClientConnection,
    pub socket: TcpStream,
}

impl Peer {
    pub fn new(address: SocketAddr, roots: &str, Terms(suite): Terms) -> Self {
        let mut provider = provider::default_provider();
        provider.cipher_suites.retain(|known| u16::from(known.suite()) == suite);
        let mut store = RootCertStore::empty();
        store.add(CertificateDer::from_pem_slice(roots.as_bytes()).unwrap()).unwrap();
        let builder = ClientConfig::builder_with_provider(Arc::new(provider));
        let version = if suite >> 8 == 0x13 { &rustls::version::TLS13 } else { &rustls::version::TLS12 };
        let config = builder.with_protocol_versions(&[version]).unwrap().with_root_certificates(store);
        let config = config.with_no_client_auth();
        let tls = ClientConnection::new(Arc::new(config), "example.com".try_into().unwrap()).unwrap();
        let socket = TcpStream::connect(address).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
        Self { tls, socket }
    }

    pub fn stream(&mut self) -> Stream<'_, ClientConnection, TcpStream> {
        Stream::new(&mut self.tls, &mut self.socket)
    }

    pub fn send(&mut self, octets: &[u8]) {
        self.stream().write_all(octets).unwrap();
        self.stream().flush().unwrap();
    }

    /// Asks, and reads so many octets of content behind the head.
    pub fn ask(&mut self, len: usize) -> Vec<u8> {
        self.send(GET);
        self.answer(len)
    }

    pub fn answer(&mut self, len: usize) -> Vec<u8> {
        let mut head = vec![];
        while !head.ends_with(b"\r\n\r\n") {
            let mut octet = [0];
            self.stream().read_exact(&mut octet).unwrap();
            head.extend(octet);
        }
        assert!(head.starts_with(b"HTTP/1.1 200 "));
        let mut content = vec![0; len];
        self.stream().read_exact(&mut content).unwrap();
        content
    }

    /// New keys to send with, and the other side is asked for new ones.
    pub fn change_keys(&mut self) {
        self.tls.refresh_traffic_keys().unwrap();
        self.flush();
    }

    pub fn flush(&mut self) {
        while self.tls.wants_write() {
            self.tls.write_tls(&mut self.socket).unwrap();
        }
    }

    pub fn close(&mut self) {
        self.tls.send_close_notify();
        self.flush();
    }

    /// Reads to the end: whether a close_notify told it.
    pub fn ends_cleanly(&mut self) -> io::Result<bool> {
        let mut rest = vec![];
        match self.stream().read_to_end(&mut rest) {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Octets without TLS.
    pub fn send_raw(&mut self, octets: &[u8]) {
        self.socket.write_all(octets).unwrap();
    }

    pub fn cut(&mut self) {
        self.socket.shutdown(Shutdown::Write).unwrap();
    }
}
