//! What a client sends: text messages without end.

use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use wireway::websocket::frame::{HEADER_MAX, Header, encode, opcode};
use wireway::websocket::mask::mask_into;

/// Masked frames of the same size, over and over.
#[derive(Clone)]
pub struct Source {
    octets: Vec<u8>,
    at: usize,
}

/// As many messages as fill about this are different ones.
const OCTETS: usize = 256 << 10;

impl Source {
    /// Messages of `len` octets of `text`, repeated, cut at a whole character and filled up with ASCII.
    pub fn new(text: &str, len: usize) -> Self {
        let message = message(text, len);
        let mut octets = Vec::new();
        for number in 0..OCTETS.div_ceil(len) as u32 {
            let key = number.wrapping_mul(2_654_435_761).to_be_bytes();
            let header = Header {
                payload_len: len as u64,
                opcode: opcode::TEXT,
                fin: true,
                masked: true,
                key,
                ..Header::default()
            };
            let mut out = [0; HEADER_MAX];
            let size = encode(&header, &mut out);
            octets.extend(&out[..size]);
            let start = octets.len();
            octets.resize(start + len, 0);
            mask_into(&message, &mut octets[start..], key, 0);
        }
        Self { octets, at: 0 }
    }

    /// Copies what there is room for, as a system call would.
    pub fn fill(&mut self, room: &mut [u8]) -> usize {
        let count = room.len().min(self.octets.len() - self.at);
        room[..count].copy_from_slice(&self.octets[self.at..self.at + count]);
        self.at = (self.at + count) % self.octets.len();
        count
    }
}

fn message(text: &str, len: usize) -> Vec<u8> {
    let long = text.repeat(len / text.len() + 1);
    let end = (0..=len).rfind(|end| long.is_char_boundary(*end)).unwrap_or_default();
    [&long.as_bytes()[..end], &b"...."[..len - end]].concat()
}

impl Read for Source {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        Ok(self.fill(room))
    }
}

/// Nothing is answered.
impl io::Write for Source {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl AsyncRead for Source {
    fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, room: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let count = room.remaining().min(self.octets.len() - self.at);
        room.put_slice(&self.octets[self.at..self.at + count]);
        self.at = (self.at + count) % self.octets.len();
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Source {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, octets: &[u8]) -> Poll<io::Result<usize>> {
        Poll::Ready(Ok(octets.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
