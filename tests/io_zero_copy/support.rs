//! A connection whose peer reads nothing until it is told to, and what was lent on it.

use super::io_support::{PATIENCE_MS, uring};
use std::io::{ErrorKind, Read as _};
use std::net::{TcpListener, TcpStream};
use std::os::fd::{AsRawFd as _, OwnedFd};
use wireway::io::driver::{
    Choice, Completion, Config, Driver, Event, Gather, Key, Release, Sent, Submission, ZeroCopy,
};
use wireway::io::socket::Socket;

/// The drivers that lend octets. Behind faults any driver seems to, and looks at them again before they are free.
pub fn drivers() -> Vec<Driver> {
    let choices = [
        Some(Choice::Epoll),
        #[cfg(feature = "fault")]
        Some(Choice::Fault(wireway::io::driver::Faults::harmless(7))),
    ];
    let made =
        choices.into_iter().flatten().map(|choice| Driver::new(&Config { choice, ..Config::default() }).unwrap());
    made.chain(uring()).inspect(|driver| assert!(driver.info().lends)).collect()
}

/// Whether releases are those of the system.
pub fn is_real(driver: &Driver) -> bool {
    driver.info().name != "fault"
}

/// Octets that tell their places.
pub fn octets(len: usize) -> Vec<u8> {
    (0..len).map(|at| (at * 7 + at / 251) as u8).collect()
}

/// A connection on a driver, its peer, and how much was lent and is free again.
pub struct Lender {
    pub driver: Driver,
    pub key: Key,
    /// Who has not left.
    pub peer: Option<TcpStream>,
    pub octets: Vec<u8>,
    /// How much of them was sent.
    pub sent: usize,
    /// One `Sent` is to come.
    pub waits: bool,
    pub lent: usize,
    pub released: usize,
    /// What else was told.
    pub events: Vec<Event>,
}

impl Lender {
    /// Neither end has room for more than a part of the octets.
    pub fn new(driver: Driver) -> Self {
        Self::numbered(driver, |ours| ours)
    }

    /// The same with another descriptor of our end.
    pub fn numbered(driver: Driver, change: impl FnOnce(OwnedFd) -> OwnedFd) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        set(listener.as_raw_fd(), libc::SO_RCVBUF, 16 << 10);
        let ours = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (peer, _) = listener.accept().unwrap();
        peer.set_read_timeout(Some(std::time::Duration::from_millis(PATIENCE_MS))).unwrap();
        Self::of(driver, Socket::adopt(change(ours.into())).unwrap(), peer)
    }

    fn of(mut driver: Driver, ours: Socket, peer: TcpStream) -> Self {
        let key = driver.attach(ours, 7).unwrap();
        Self {
            driver,
            key,
            peer: Some(peer),
            octets: octets(16 << 20),
            sent: 0,
            waits: false,
            lent: 0,
            released: 0,
            events: Vec::new(),
        }
    }

    pub fn peer(&mut self) -> &mut TcpStream {
        self.peer.as_mut().unwrap()
    }

    /// The peer closes, with octets unread.
    pub fn leave(&mut self) {
        self.peer = None;
    }

    /// The next octets, in pieces of which one begins within a page.
    pub fn send(&mut self, len: usize) -> (Sent, bool) {
        let next = &self.octets[self.sent..][..len];
        let mut gather = Gather::new();
        gather.push(&next[..len / 3]);
        gather.push(&next[len / 3..]);
        let ZeroCopy { sent, is_lent } = self.driver.send_zero_copy(self.key, &gather);
        let sent = sent.unwrap();
        self.lent += usize::from(is_lent);
        self.waits = !matches!(sent, Sent::Done(_));
        match sent {
            Sent::Done(taken) | Sent::Room(taken) => self.sent += taken,
            Sent::Held => {}
        }
        (sent, is_lent)
    }

    /// Sends until there is no room. What the peer has not taken stays lent.
    pub fn fill(&mut self) {
        loop {
            let has_room = match self.send(300 << 10).0 {
                Sent::Done(_) => true,
                Sent::Room(_) => false,
                // The ring says that there is no room by a completion that comes when there is some.
                Sent::Held => self.settles(),
            };
            if !has_room {
                break;
            }
        }
        assert!(self.lent > 0);
        let lent = self.lent;
        assert!(!is_real(&self.driver) || self.released < lent, "the peer has not read");
    }

    /// Whether a held send completes now, with all of its octets or some.
    fn settles(&mut self) -> bool {
        let before = self.sent;
        for _ in 0..20 {
            self.turn(0);
            if self.sent != before {
                return true;
            }
        }
        false
    }

    /// One batch.
    pub fn turn(&mut self, timeout: u64) {
        self.driver.wait(Some(timeout)).unwrap();
        while let Some(Completion { token, event }) = self.driver.next() {
            if matches!(event, Event::Woken) {
                continue;
            }
            assert_eq!(token, 7);
            match event {
                Event::Sent(Ok(count)) => (self.sent, self.waits) = (self.sent + count, false),
                Event::Released(Release { sends, .. }) => {
                    assert!(sends > 0);
                    self.released += sends;
                    assert!(self.released <= self.lent);
                }
                event => self.events.push(event),
            }
        }
    }

    pub fn receive(&mut self) {
        self.driver.submit(self.key, Submission::Receive).unwrap();
    }

    /// Turns until this holds.
    #[track_caller]
    pub fn until(&mut self, what: impl Fn(&Self) -> bool) {
        let end = std::time::Instant::now() + std::time::Duration::from_millis(PATIENCE_MS);
        while !what(self) {
            assert!(std::time::Instant::now() < end, "it did not come: {} of {}", self.released, self.lent);
            self.turn(100);
        }
    }

    #[track_caller]
    pub fn until_released(&mut self) {
        self.until(|lender| lender.released == lender.lent);
    }

    /// Nothing happens, and the system has been told to be quiet.
    #[track_caller]
    pub fn assert_quiet(&mut self) {
        if !is_real(&self.driver) {
            return;
        }
        let (released, events) = (self.released, self.events.len());
        // A driver may need a turn for that, and the peer may still acknowledge what it had room for.
        while self.driver.wait(Some(50)).unwrap() != 0 {
            self.turn(0);
            assert!(self.events.len() <= events + 1, "{:?}", self.events);
        }
        assert_eq!(self.driver.wait(Some(20)).unwrap(), 0);
        assert!(self.released <= self.lent && self.released >= released);
    }

    /// A thread that reads so many octets, and compares them. It gives the peer back.
    pub fn reader(&self, total: usize) -> std::thread::JoinHandle<TcpStream> {
        let (mut peer, expected) = (self.peer.as_ref().unwrap().try_clone().unwrap(), self.octets[..total].to_vec());
        std::thread::spawn(move || {
            let mut got = vec![0; total];
            peer.read_exact(&mut got).unwrap();
            assert!(got == expected, "the octets that were lent");
            peer
        })
    }
}

/// One zero-copy send.
pub fn try_send(driver: &mut Driver, key: Key, octets: &[u8]) -> ZeroCopy {
    let mut gather = Gather::new();
    gather.push(octets);
    driver.send_zero_copy(key, &gather)
}

/// Reads to the end or a reset; what came is the beginning of `expected`. Whether it was a reset.
pub fn read_rest(peer: &mut TcpStream, expected: &[u8]) -> bool {
    let mut got = Vec::new();
    let result = peer.read_to_end(&mut got);
    assert!(expected.starts_with(&got), "none but the octets that were lent");
    match result {
        Ok(_) => false,
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::ConnectionReset);
            true
        }
    }
}

fn set(fd: i32, name: i32, value: libc::c_int) {
    // SAFETY: an integer of ours and its size.
    let done = unsafe {
        libc::setsockopt(fd, libc::SOL_SOCKET, name, (&raw const value).cast(), size_of_val(&value) as libc::socklen_t)
    };
    assert_eq!(done, 0);
}

/// Lets a close of the socket reset the connection.
pub fn resets_on_close(driver: &Driver, key: Key) {
    driver.socket(key).unwrap().set_reset_on_close(true).unwrap();
}
