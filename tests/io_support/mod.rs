//! What the tests of the io room share.
#![allow(dead_code)] // each test file uses its part

pub mod look;
#[path = "../system/mod.rs"]
pub mod system;

use std::io::IoSlice;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use wireway::io::address::Address;
use wireway::io::descriptor::OwnedSocket;
use wireway::io::driver::{Choice, Completion, Config, Driver, Event, Key, Sent, Submission};
use wireway::io::socket::{Listener, Socket, SocketOptions};

/// Longer than any of these waits takes on the busiest machine; a test that is stuck fails instead of hanging. Nothing else depends on it.
pub const PATIENCE_MS: u64 = 120_000;

pub fn driver() -> Driver {
    Driver::new(&Config::default()).expect("a driver")
}

pub fn loopback() -> Address {
    "127.0.0.1:0".parse().expect("an address")
}

/// A TCP listener on loopback, and where it is.
pub fn listener() -> (Socket, Address) {
    let listener = Listener::bind(&loopback(), &SocketOptions::default()).expect("a listener");
    let (socket, _) = listener.into_parts();
    let address = socket.local_address().expect("its address");
    (socket, address)
}

/// An address of loopback where nobody listens, nor will while the first part lives: its port is taken.
pub fn nobody() -> (OwnedSocket, Address) {
    let bound = system::bound();
    let socket = Socket::adopt(bound.try_clone().expect("another descriptor")).expect("a socket");
    (bound, socket.local_address().expect("its address"))
}

/// Two ends of a TCP connection over loopback: ours non-blocking, the peer's of the standard library, blocking.
pub fn tcp_pair() -> (Socket, std::net::TcpStream) {
    let (listener, address) = listener();
    let peer = std::net::TcpStream::connect(address.to_string()).expect("a connection");
    peer.set_read_timeout(Some(std::time::Duration::from_millis(PATIENCE_MS))).expect("a timeout");
    loop {
        match listener.accept() {
            Ok(socket) => return (socket, peer),
            Err(wireway::io::socket::AcceptError::WouldBlock) => std::thread::yield_now(),
            Err(e) => panic!("{e}"),
        }
    }
}

/// A socket in the driver, receiving.
pub fn receiving(driver: &mut Driver, socket: Socket, token: u32) -> Key {
    let key = driver.attach(socket, token).expect("attached");
    driver.submit(key, Submission::Receive).expect("submitted");
    key
}

/// The next completion, waited for.
pub fn completion(driver: &mut Driver) -> Completion {
    for _ in 0..1000 {
        if let Some(done) = driver.next() {
            return done;
        }
        driver.wait(Some(PATIENCE_MS / 1000)).expect("a wait");
    }
    panic!("nothing completed in time");
}

/// All completions that are there now, but at least one batch is looked at.
pub fn completions_now(driver: &mut Driver) -> Vec<Completion> {
    driver.wait(Some(0)).expect("a wait");
    std::iter::from_fn(|| driver.next()).collect()
}

/// The completion must be a receive of these bytes.
#[track_caller]
pub fn expect_bytes(driver: &mut Driver, token: u32, bytes: &[u8]) {
    let done = completion(driver);
    assert_eq!(done.token, token, "{done:?}");
    assert!(matches!(done.event, Event::Received(Ok(n)) if n == bytes.len()), "{done:?}");
    assert_eq!(driver.received(), bytes);
}

/// Sends, and waits if the driver holds the octets. Nothing else completes meanwhile.
pub fn send_now(driver: &mut Driver, key: Key, slices: &[IoSlice<'_>]) -> std::io::Result<Sent> {
    match driver.send(key, slices)? {
        Sent::Held => match completion(driver).event {
            Event::Sent(result) => result.map(Sent::Done),
            other => panic!("{other:?}"),
        },
        sent => Ok(sent),
    }
}

#[track_caller]
pub fn send_all(driver: &mut Driver, key: Key, bytes: &[u8]) {
    assert_eq!(send_now(driver, key, &[IoSlice::new(bytes)]).expect("sent"), Sent::Done(bytes.len()));
}

/// No events are left, and none repeat: the system has been told to be quiet. A driver may need a turn for that.
#[track_caller]
pub fn expect_quiet(driver: &mut Driver) {
    for _ in 0..3 {
        assert!(completions_now(driver).is_empty());
    }
    assert_eq!(driver.wait(Some(0)).expect("a wait"), 0, "the system has been told to be quiet");
}

/// Raises the limit of descriptors for tests with many, as far as the system lets us; returns it.
pub fn raise_limit() -> u64 {
    system::raise_limit(12_000)
}

/// The io_uring driver, if the system has it, and descriptors for it.
pub fn uring() -> Option<Driver> {
    raise_limit();
    let driver = Driver::new(&Config { choice: Choice::Uring, ..Config::default() }).ok()?;
    driver.info().fallback.is_none().then_some(driver)
}

/// A driver that holds no sends.
pub fn driver_without_holds() -> Driver {
    let driver = driver();
    if !driver.info().holds_sends {
        return driver;
    }
    Driver::new(&Config { choice: Choice::Epoll, ..Config::default() }).expect("a driver")
}

/// Two connections with bytes, tokens 0 and 1, both in the batch that was just waited for; and their peers.
pub fn two_ready(driver: &mut Driver) -> ([Key; 2], [Socket; 2]) {
    let [first, second] = [0, 1].map(|token| {
        let (ours, peer) = Socket::pair().expect("a pair");
        peer.send(&[IoSlice::new(b"pending")]).expect("sent");
        (receiving(driver, ours, token), peer)
    });
    assert_eq!(driver.wait(Some(PATIENCE_MS)).expect("a wait"), 2);
    ([first.0, second.0], [first.1, second.1])
}

/// A path for one test of this process, short enough for a socket.
pub fn socket_path(name: &str) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    std::env::temp_dir().join(format!("wireway-{}-{number}-{name}", std::process::id()))
}

pub fn unix(path: &std::path::Path) -> Address {
    format!("unix:{}", path.display()).parse().expect("an address")
}
