//! A peer of the server: it says what the input says, and reads when it is told to.

use super::pump::Pump;
use super::stream::Stream;

pub struct Peer {
    stream: Stream,
    tls: Option<Pump>,
    /// What it has to say and TLS did not take yet.
    plain: Vec<u8>,
    /// What is to be written to the socket.
    outgoing: Vec<u8>,
    /// It asked for a WebSocket: what it says next are frames.
    pub is_websocket: bool,
}

impl Peer {
    /// `None` where nobody listens any more.
    pub fn new(address: &str, has_tls: bool) -> Option<Self> {
        let stream = Stream::connect(address)?;
        let tls = has_tls.then(Pump::new);
        Some(Self { stream, tls, plain: Vec::new(), outgoing: Vec::new(), is_websocket: false })
    }

    pub fn say(&mut self, octets: &[u8]) {
        self.is_websocket |= octets.windows(9).any(|window| window == b"websocket");
        self.plain.extend_from_slice(octets);
    }

    /// Says close_notify behind what it has said, unless that is before the handshake.
    pub fn close_tls(&mut self) {
        self.encrypt();
        if let Some(tls) = &mut self.tls {
            tls.close();
        }
    }

    fn encrypt(&mut self) {
        let Some(tls) = &mut self.tls else {
            self.outgoing.append(&mut self.plain);
            return;
        };
        if tls.seal(&self.plain) {
            self.plain.clear();
        }
        self.outgoing.append(&mut tls.take_output());
    }

    /// Writes what it has to say; answers how much the socket took.
    pub fn write(&mut self) -> usize {
        self.encrypt();
        let taken = self.stream.write(&self.outgoing);
        self.outgoing.drain(..taken);
        taken
    }

    /// Reads at most `most` octets; answers how many.
    pub fn read(&mut self, most: usize) -> usize {
        let octets = self.stream.read(most);
        let len = octets.len();
        if let (Some(tls), 1..) = (&mut self.tls, len) {
            tls.open(octets);
        }
        len
    }

    pub fn half_close(&self) {
        self.stream.half_close();
    }
}
