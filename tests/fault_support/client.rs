//! A client that knows what it must get: of HTTP, pipelined, or of a WebSocket.

use std::collections::VecDeque;
use std::net::SocketAddr;

use super::random::Random;
use super::stream::Stream;
use super::{Scene, pattern};

/// The most that one client asks for.
const ASKS: usize = 12;

pub struct Client {
    number: usize,
    stream: Option<Stream>,
    is_websocket: bool,
    /// What is still to be sent, and what must come.
    asks: VecDeque<Vec<u8>>,
    answers: VecDeque<Vec<u8>>,
    got: usize,
    /// It leaves in the middle, when so many answers have come.
    leaves_at: usize,
}

impl Client {
    pub fn new(number: usize, address: SocketAddr, scene: &Scene, random: &mut Random) -> Self {
        let (mut asks, mut answers) = (VecDeque::new(), VecDeque::new());
        let is_websocket = random.below(3) == 0;
        let count = 1 + random.below(ASKS);
        if is_websocket {
            asks.push_back(UPGRADE.to_vec());
            answers.push_back(Vec::new());
        }
        for _ in 0..count {
            let most = [40, 1000, 70_000][random.below(3)];
            let content = pattern(number, random.below(most));
            let ask = if is_websocket { message(&content) } else { request(random.below(4), &content) };
            asks.push_back(ask);
            answers.push_back(content);
        }
        let leaves_at = if random.below(4) == 0 { random.below(count) } else { usize::MAX };
        let stream = Some(Stream::new(address, scene.secure.as_ref()));
        Self { number, stream, is_websocket, asks, answers, got: 0, leaves_at }
    }

    pub fn is_over(&self) -> bool {
        self.stream.is_none()
    }

    pub fn progress(&self) -> (usize, usize, usize, bool) {
        (self.number, self.got, self.answers.len(), self.is_over())
    }

    /// Sends something, receives something, and compares what has come whole.
    pub fn act(&mut self, random: &mut Random, may_break: bool) {
        let Some(stream) = &mut self.stream else { return };
        // Frames follow the answer to the handshake.
        let may_send = !self.is_websocket || self.got > 0 || self.asks.len() == self.answers.len();
        if may_send && random.below(2) == 0 && self.asks.front().is_some_and(|ask| stream.send(ask)) {
            self.asks.pop_front();
        }
        let most = [10, 2000, 100_000][random.below(3)];
        stream.exchange(1 + random.below(most));
        self.compare();
        self.leave(may_break);
    }

    /// Compares the answers that have come whole.
    fn compare(&mut self) {
        while let Some((content, used)) = self.next_answer() {
            let expected = self.answers.pop_front().expect("no more was asked for");
            assert!(content == expected, "client {}, answer {}: other octets", self.number, self.got);
            self.stream.as_mut().expect("it is open").got.drain(..used);
            self.got += 1;
        }
    }

    /// Ends when it has everything, when the server has ended, or in the middle.
    fn leave(&mut self, may_break: bool) {
        let is_closed = self.is_websocket && self.stream.as_ref().is_some_and(|stream| is_close(&stream.got));
        let end = self.stream.as_ref().and_then(|stream| stream.end.or(is_closed.then_some(Ok(()))));
        assert!(end.is_none() || may_break || self.answers.is_empty(), "client {}: {end:?}", self.number);
        if end.is_some() || self.answers.is_empty() || self.got >= self.leaves_at {
            self.stream = None;
        }
    }

    /// The content of the next answer, if it is whole, and its length on the wire.
    fn next_answer(&self) -> Option<(Vec<u8>, usize)> {
        let got = &self.stream.as_ref()?.got;
        if self.is_websocket && self.got > 0 { frame(got) } else { response(got) }
    }
}

const UPGRADE: &[u8] = b"GET /ws HTTP/1.1\r\nHost: example.com\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
    Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

/// A request whose answer is its content, which the server copies, lends, streams or sends from a file.
fn request(way: usize, content: &[u8]) -> Vec<u8> {
    let target = ["copy", "lend", "stream", "file"][way];
    let head = format!("POST /{target} HTTP/1.1\r\nHost: example.com\r\nContent-Length: {}\r\n\r\n", content.len());
    [head.as_bytes(), content].concat()
}

fn message(content: &[u8]) -> Vec<u8> {
    let len = match content.len() {
        len @ ..126 => vec![0x80 | len as u8],
        len @ ..0x1_0000 => [vec![0x80 | 126], (len as u16).to_be_bytes().to_vec()].concat(),
        len => [vec![0x80 | 127], (len as u64).to_be_bytes().to_vec()].concat(),
    };
    // A key of zeros changes nothing.
    [&[0x82], &len[..], &[0; 4], content].concat()
}

fn response(got: &[u8]) -> Option<(Vec<u8>, usize)> {
    let end = got.windows(4).position(|octets| octets == b"\r\n\r\n")? + 4;
    let head = std::str::from_utf8(&got[..end]).expect("ASCII");
    let is_right = head.starts_with("HTTP/1.1 200 ") || head.starts_with("HTTP/1.1 101 ");
    assert!(is_right, "{head}");
    let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: ")).unwrap_or("0");
    let used = end + length.parse::<usize>().expect("a number");
    Some((got.get(end..used)?.to_vec(), used))
}

fn is_close(got: &[u8]) -> bool {
    got.first() == Some(&0x88)
}

fn frame(got: &[u8]) -> Option<(Vec<u8>, usize)> {
    if is_close(got) {
        return None;
    }
    assert!(got.first().is_none_or(|&first| first == 0x82), "no message: {:?}", got.first());
    let (start, len) = match *got.get(1)? {
        126 => (4, usize::from(u16::from_be_bytes(got.get(2..4)?.try_into().ok()?))),
        127 => (10, u64::from_be_bytes(got.get(2..10)?.try_into().ok()?) as usize),
        len => (2, usize::from(len)),
    };
    Some((got.get(start..start + len)?.to_vec(), start + len))
}
