//! Out of descriptors while sockets owe a PROXY header. One test in its own process, since it lowers the process's limit.
#![cfg(all(feature = "service", unix))]

mod service_support;

use service_support::*;
use std::fs::File;
use std::os::fd::AsRawFd as _;
use wireway::io::socket::SocketOptions;
use wireway::service::{Config, Security, Server};

/// So many descriptors more may be opened at most.
fn set_room(more: i32) {
    let next = File::open("/dev/null").expect("a descriptor").as_raw_fd();
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: both calls are given our own struct.
    unsafe {
        assert_eq!(libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit), 0);
        limit.rlim_cur = libc::rlim_t::try_from(next + more).expect("a number").min(limit.rlim_max);
        assert_eq!(libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit), 0);
    }
}

/// The clock of a head does not run out in this test: only the end of those who owe makes room.
#[test]
fn pp_05_sockets_that_owe_a_header_take_no_descriptors_of_others() {
    let mut config = Config::new();
    config.conn.clocks.head_ms = 24 * 3_600_000;
    let mut server = Server::new(&config).unwrap();
    let security = Security::default().behind_proxy();
    server.sockets().listen(b"127.0.0.1:0", &SocketOptions::default(), security).unwrap();
    server.listen(b"127.0.0.1:0").unwrap();
    let [proxied, plain] = [0, 1].map(|listener| server.address(listener).unwrap().to_string().parse().unwrap());
    let mut h = Harness { server, address: proxied };
    let guilty: Vec<_> = (0..8).map(|_| client(proxied)).collect();
    let mut innocent = client(plain);
    get(&mut innocent, "/innocent");
    set_room(2);
    let id = h.opened();
    assert_eq!(h.request(id), "/innocent");
    h.answer(id, "served");
    h.rest();
    expect_content(&mut innocent, "served");
    assert!(h.server.stats().refused > 0, "one of those who owe has made room");
    drop(guilty);
}
