//! What the peer has sent and the connection has not read.

#[derive(Default)]
pub struct Wire {
    pub bytes: Vec<u8>,
    pub at: usize,
    /// The peer has ended, cleanly or not.
    pub eof: Option<bool>,
}

impl Wire {
    /// Octets one read takes at most.
    const READ: usize = 16384;

    /// What the next read takes, in a buffer of exactly its size.
    pub fn peek(&self) -> Vec<u8> {
        let rest = &self.bytes[self.at..];
        rest[..rest.len().min(Self::READ)].to_vec()
    }

    /// `n` octets were read.
    pub fn consume(&mut self, n: usize) {
        self.at += n;
        if self.at == self.bytes.len() {
            self.bytes.clear();
            self.at = 0;
        }
    }

    /// The transport is closed: nothing more is read.
    pub fn drop_all(&mut self) {
        *self = Self::default();
    }
}
