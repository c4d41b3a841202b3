//! Sockets and batches, and waiting for readiness.

use crate::io_support::PATIENCE_MS;
use crate::io_support::system::is_readable;
use std::time::Duration;
use wireway::io::address::Address;
use wireway::io::socket::{BatchConfig, Datagram, Outgoing, Receipt, ReceiveBatch, Received};

/// A socket bound to a free port.
pub fn bound(address: &str) -> (Datagram, Address) {
    let socket = Datagram::bind(&address.parse().expect("an address")).expect("a socket");
    let address = socket.socket().local_address().expect("its address");
    (socket, address)
}

/// A sender and a receiver on loopback, and where the receiver is.
pub fn pair() -> (Datagram, Datagram, Address) {
    let (receiver, address) = bound("127.0.0.1:0");
    (bound("127.0.0.1:0").0, receiver, address)
}

/// Whether this host has IPv6 on loopback; says so where not.
pub fn has_ipv6() -> bool {
    let has = std::net::UdpSocket::bind("[::1]:0").is_ok();
    if !has {
        println!("skipped: no IPv6 here");
    }
    has
}

pub fn batch() -> ReceiveBatch {
    ReceiveBatch::new(&BatchConfig::default()).expect("a batch")
}

/// Waits until the socket has something to receive, be it an error.
#[track_caller]
pub fn wait(socket: &Datagram) {
    assert!(is_readable(socket.socket().raw(), Duration::from_millis(PATIENCE_MS)), "nothing arrived");
}

/// The next receive; none of its datagrams is lost to an error.
#[track_caller]
pub fn receive(socket: &Datagram, batch: &mut ReceiveBatch) -> usize {
    wait(socket);
    match socket.receive(batch).expect("a receive") {
        Receipt::Datagrams(count) => {
            assert!(count > 0 && count == batch.len() && count == batch.iter().len());
            count
        }
        Receipt::Undelivered(error) => panic!("{error}"),
    }
}

/// What `of` tells about this many datagrams, in as many calls as it takes, sorted: the system keeps no order between
/// processors.
#[track_caller]
pub fn collect<T: Ord>(socket: &Datagram, count: usize, of: impl Fn(Received<'_>) -> T) -> Vec<T> {
    let mut batch = batch();
    let mut all = Vec::new();
    while all.len() < count {
        receive(socket, &mut batch);
        all.extend(batch.iter().map(&of));
    }
    all.sort();
    assert_eq!(all.len(), count);
    all
}

/// The octets of so many datagrams.
#[track_caller]
pub fn octets(socket: &Datagram, count: usize) -> Vec<Vec<u8>> {
    collect(socket, count, |datagram| {
        assert!(!datagram.is_cut());
        datagram.octets().to_vec()
    })
}

pub fn to(octets: &[u8], peer: Address) -> Outgoing<'_> {
    Outgoing::new(octets, Some(peer))
}

/// Sends all.
#[track_caller]
pub fn send(socket: &Datagram, datagrams: &[Outgoing<'_>]) {
    assert_eq!(socket.send(datagrams).expect("sent"), datagrams.len());
}
