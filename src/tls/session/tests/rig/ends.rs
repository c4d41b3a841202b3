//! One end: our session, or a buffered rustls connection.

use std::io::{Read, Write};
use std::sync::Arc;

use rustls::{ClientConfig, ClientConnection, Connection, ServerConfig, ServerConnection};

use super::HOST;
use crate::error::{Code, Error};
use crate::memory::{Heap, NO_MEMORY};
use crate::tls::Sink;
use crate::tls::hello::Hello;
use crate::tls::session::Session;
use crate::tls::session::engine::Engine;

pub trait End {
    fn recv(&mut self, octets: &[u8]);
    fn send(&mut self, plain: &[u8]);
    /// Takes the output for the other end.
    fn out(&mut self) -> Vec<u8>;
    /// The plaintext so far.
    fn got(&self) -> &[u8];
}

/// Output in a vector.
#[derive(Default)]
pub struct Wire {
    pub octets: Vec<u8>,
    room: usize,
    /// The maximum room per call, if there is a limit.
    pub limit: Option<usize>,
}

impl Sink for Wire {
    fn room(&mut self, len: usize) -> Result<&mut [u8], Error> {
        assert_eq!(self.room, 0, "every room is followed by a commit");
        if self.limit.is_some_and(|limit| len > limit) {
            return Err(NO_MEMORY);
        }
        let start = self.octets.len();
        self.octets.resize(start + len, 0xaa);
        self.room = len;
        Ok(&mut self.octets[start..])
    }

    fn commit(&mut self, len: usize) {
        let unused = self.room.checked_sub(len).expect("no more is committed than there was room");
        self.octets.truncate(self.octets.len() - unused);
        self.room = 0;
    }
}

pub struct Ours {
    pub session: Session,
    pub wire: Wire,
    pub heap: Heap,
    pub got: Vec<u8>,
    /// Lengths of plaintext stretches: opened, and in a lend.
    pub stretches: Vec<(usize, usize)>,
    pub error: Option<Error>,
}

impl Ours {
    pub fn server(config: ServerConfig) -> Self {
        Self::of_server(&Arc::new(config))
    }

    pub fn of_server(config: &Arc<ServerConfig>) -> Self {
        let heap = Heap::new(1 << 20);
        Self::new(Session::with(Engine::server(config.clone()).unwrap(), Hello::new(&heap), &heap), heap)
    }

    pub fn client(config: ClientConfig) -> Self {
        Self::of_client(&Arc::new(config), HOST)
    }

    pub fn of_client(config: &Arc<ClientConfig>, authority: &str) -> Self {
        let heap = Heap::new(1 << 20);
        let engine = Engine::client(config.clone(), authority.as_bytes()).unwrap();
        Self::new(Session::with(engine, Hello::of_client(&heap), &heap), heap)
    }

    fn new(mut session: Session, heap: Heap) -> Self {
        let mut wire = Wire::default();
        session.begin(&mut wire).unwrap();
        Self { session, wire, heap, got: Vec::new(), stretches: Vec::new(), error: None }
    }

    pub fn code(&self) -> Option<Code> {
        self.error.map(|error| error.code())
    }

    pub fn seal(&mut self, parts: &[&[u8]]) -> Result<(), Error> {
        self.session.seal(parts, &mut self.wire)
    }

    pub fn close(&mut self) {
        self.session.close(&mut self.wire).unwrap();
    }
}

impl End for Ours {
    fn recv(&mut self, octets: &[u8]) {
        let mut lend = octets.to_vec();
        let records = self.session.recv(&mut lend, &mut self.wire);
        let opened = self.session.opened();
        self.got.extend(opened);
        self.got.extend(&lend[records.plain.clone()]);
        if !opened.is_empty() || !records.plain.is_empty() {
            self.stretches.push((opened.len(), records.plain.len()));
        }
        self.error = records.error;
        assert_eq!(self.session.error(), records.error);
    }

    fn send(&mut self, plain: &[u8]) {
        self.seal(&[plain]).unwrap();
    }

    fn out(&mut self) -> Vec<u8> {
        core::mem::take(&mut self.wire.octets)
    }

    fn got(&self) -> &[u8] {
        &self.got
    }
}

pub struct Theirs {
    pub connection: Connection,
    pub got: Vec<u8>,
    pub error: Option<rustls::Error>,
}

impl Theirs {
    pub fn server(config: ServerConfig) -> Self {
        Self::new(ServerConnection::new(Arc::new(config)).unwrap().into())
    }

    pub fn client(config: ClientConfig) -> Self {
        let name = HOST.try_into().unwrap();
        Self::new(ClientConnection::new(Arc::new(config), name).unwrap().into())
    }

    fn new(connection: Connection) -> Self {
        Self { connection, got: Vec::new(), error: None }
    }

    pub fn is_handshaking(&self) -> bool {
        self.connection.is_handshaking()
    }
}

impl End for Theirs {
    fn recv(&mut self, mut octets: &[u8]) {
        while !octets.is_empty() && self.error.is_none() {
            if self.connection.read_tls(&mut octets).unwrap() == 0 {
                return;
            }
            self.error = self.connection.process_new_packets().err();
            // Reads what is there; rustls returns an error if more may come.
            let _ = self.connection.reader().read_to_end(&mut self.got);
        }
    }

    fn send(&mut self, plain: &[u8]) {
        self.connection.set_buffer_limit(None);
        self.connection.writer().write_all(plain).unwrap();
    }

    fn out(&mut self) -> Vec<u8> {
        let mut octets = Vec::new();
        while self.connection.wants_write() {
            self.connection.write_tls(&mut octets).unwrap();
        }
        octets
    }

    fn got(&self) -> &[u8] {
        &self.got
    }
}
