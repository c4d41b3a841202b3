//! A client of TLS with a socket of its own.

use std::io::{Read, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use wireway::conn::{Plain, Pump, Workspace, bits};
use wireway::memory::Heap;
use wireway::tls::TlsConfig;

const PATIENCE: Duration = Duration::from_secs(120);
pub const GET: &[u8] = b"GET / HTTP/1.1\r\nHost: example.com\r\n\r\n";

/// TLS over a socket that blocks.
pub struct Client {
    socket: TcpStream,
    pub ws: Workspace,
    pub pump: Pump,
    pub got: Vec<u8>,
}

impl Client {
    pub fn new(address: SocketAddr, config: &TlsConfig) -> Self {
        Self::over(TcpStream::connect(address).unwrap(), config)
    }

    /// TLS begins with the next octet.
    pub fn over(socket: TcpStream, config: &TlsConfig) -> Self {
        socket.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut ws = Workspace::new(Heap::new(64 << 20), 1 << 20);
        let pump = Pump::new(config, b"example.com", &mut ws).unwrap();
        let mut client = Self { socket, ws, pump, got: vec![] };
        while client.pump.state() & bits::TLS_HANDSHAKE != 0 {
            client.exchange();
        }
        client
    }

    fn flush(&mut self) {
        let mut octets = vec![];
        self.pump.pieces(&self.ws, |piece| {
            octets.extend_from_slice(piece);
            true
        });
        self.socket.write_all(&octets).unwrap();
        self.pump.sent(&mut self.ws, octets.len()).unwrap();
    }

    /// Sends what there is and receives once; false at a clean end.
    pub fn exchange(&mut self) -> bool {
        self.flush();
        let mut lend = vec![0; 20_000];
        let len = self.socket.read(&mut lend).unwrap();
        if len == 0 {
            self.pump.receive_eof();
        }
        self.pump.receive(&mut self.ws, &mut lend[..len]).unwrap_or_default();
        loop {
            match self.pump.pull().unwrap() {
                Plain::Opened => self.got.extend_from_slice(self.pump.opened()),
                Plain::Lent(range) => self.got.extend_from_slice(&lend[range]),
                Plain::NeedInput => return true,
                Plain::Done => return false,
            }
        }
    }

    pub fn ask(&mut self, len: usize) {
        assert!(self.pump.send(&mut self.ws, &[GET]).unwrap());
        self.got.clear();
        while !self.got.windows(4).any(|end| end == b"\r\n\r\n") || self.got.len() < len {
            assert!(self.exchange());
        }
    }
}
