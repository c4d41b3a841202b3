//! Options of sockets, read back from the system: on listeners, on the connections that they accept, on connections that are made, and on
//! sockets for datagrams. What was not asked for is the system's own. Of Linux, whose options they are.
#![cfg(all(feature = "io", target_os = "linux"))]

#[path = "io_options/pairs.rs"]
mod pairs;
#[path = "io_options/read_back.rs"]
mod read_back;

use core::time::Duration;
use pairs::{a_cpu, accepted, connected, has_ipv6, listener, listener_from, udp};
use read_back::option;
use std::os::fd::{AsRawFd, RawFd};
use wireway::io::address::Address;
use wireway::io::socket::{KeepAlive, Socket, SocketOptions};

/// All that one can ask of a connection.
fn asked() -> SocketOptions {
    SocketOptions {
        keep_alive: Some(KeepAlive { idle: Duration::from_secs(77), interval: Duration::from_secs(7), probes: 5 }),
        send_buffer: 20_000,
        receive_buffer: 30_000,
        delay: true,
        unsent_max: 4_000,
        dscp: 46,
        ..SocketOptions::default()
    }
}

/// Options of TCP connections: TCP_NODELAY, TCP_NOTSENT_LOWAT, keep-alive, and its times.
fn tcp(fd: RawFd) -> [i32; 6] {
    let of = |name| option(fd, libc::IPPROTO_TCP, name);
    let keep_alive = option(fd, libc::SOL_SOCKET, libc::SO_KEEPALIVE);
    let times = [libc::TCP_KEEPIDLE, libc::TCP_KEEPINTVL, libc::TCP_KEEPCNT].map(of);
    [of(libc::TCP_NODELAY), of(libc::TCP_NOTSENT_LOWAT), keep_alive, times[0], times[1], times[2]]
}

fn buffers(fd: RawFd) -> [i32; 2] {
    [libc::SO_SNDBUF, libc::SO_RCVBUF].map(|name| option(fd, libc::SOL_SOCKET, name))
}

fn traffic_class(fd: RawFd) -> i32 {
    option(fd, libc::IPPROTO_IP, libc::IP_TOS)
}

fn traffic_class_of_v6(fd: RawFd) -> i32 {
    option(fd, libc::IPPROTO_IPV6, libc::IPV6_TCLASS)
}

#[track_caller]
fn has_what_was_asked(fd: RawFd) {
    assert_eq!(tcp(fd), [0, 4_000, 1, 77, 7, 5]);
    // Linux counts what it needs itself.
    assert_eq!(buffers(fd), [40_000, 60_000]);
}

#[test]
fn small_pieces_are_sent_at_once_by_default() {
    let options = SocketOptions::default();
    let listener = listener("127.0.0.1:0", &options);
    let (socket, _peer) = accepted(&listener);
    let (_loop, made) = connected(&listener, &options);
    for fd in [listener.socket().as_raw_fd(), socket.as_raw_fd(), made] {
        assert_eq!(tcp(fd)[..3], [1, 128 << 10, 0]);
        assert_eq!(traffic_class(fd), 0);
    }
    assert_eq!(option(listener.socket().as_raw_fd(), libc::IPPROTO_TCP, libc::TCP_FASTOPEN), 0);
    assert_eq!(option(listener.socket().as_raw_fd(), libc::SOL_SOCKET, libc::SO_INCOMING_CPU), -1);
}

#[test]
fn connections_have_the_options_of_their_listener() {
    let listener = listener("127.0.0.1:0", &asked());
    let (socket, _peer) = accepted(&listener);
    for fd in [listener.socket().as_raw_fd(), socket.as_raw_fd()] {
        has_what_was_asked(fd);
        assert_eq!(traffic_class(fd), 46 << 2);
    }
}

#[test]
fn connections_that_are_made_have_theirs() {
    let (_loop, fd) = connected(&listener("127.0.0.1:0", &SocketOptions::default()), &asked());
    has_what_was_asked(fd);
    assert_eq!(traffic_class(fd), 46 << 2);
}

#[test]
fn dscp_holds_for_both_families() {
    if !has_ipv6() {
        return;
    }
    for (address, peer_has_v4) in [("[::1]:0", false), ("*:0", true), ("*:0", false)] {
        let listener = listener(address, &asked());
        let Some(port) = listener.socket().local_address().unwrap().port() else { panic!("a port") };
        let host = if peer_has_v4 { "127.0.0.1" } else { "::1" };
        let peer = std::net::TcpStream::connect((host, port)).unwrap();
        let socket = pairs::accept(&listener);
        assert_eq!(traffic_class_of_v6(socket.as_raw_fd()), 46 << 2, "{address}");
        assert_eq!(traffic_class(socket.as_raw_fd()), 46 << 2, "{address}");
        has_what_was_asked(socket.as_raw_fd());
        drop(peer);
    }
}

#[test]
fn ipv6_only_is_told_to_the_system() {
    if !has_ipv6() {
        return;
    }
    let v6_only = |address: &str, ipv6_only| {
        let listener = listener(address, &SocketOptions { ipv6_only, ..SocketOptions::default() });
        option(listener.socket().as_raw_fd(), libc::IPPROTO_IPV6, libc::IPV6_V6ONLY)
    };
    assert_eq!([v6_only("*:0", false), v6_only("*:0", true)], [0, 1]);
    assert_eq!([v6_only("[::1]:0", false), v6_only("[::]:0", false)], [1, 1]);
}

#[test]
fn listeners_have_fast_open_reuse_and_a_cpu() {
    let options = SocketOptions { fast_open: 9, incoming_cpu: a_cpu(), reuse_port: true, ..SocketOptions::default() };
    let own = listener("127.0.0.1:0", &options);
    let adopted = listener_from(std::net::TcpListener::bind("127.0.0.1:0").unwrap(), &options);
    for (listener, reuse) in [(&own, 1), (&adopted, 0)] {
        let fd = listener.socket().as_raw_fd();
        assert_eq!(option(fd, libc::IPPROTO_TCP, libc::TCP_FASTOPEN), 9);
        assert_eq!(option(fd, libc::SOL_SOCKET, libc::SO_INCOMING_CPU), a_cpu().map_or(-1, i32::from));
        assert_eq!(option(fd, libc::SOL_SOCKET, libc::SO_REUSEPORT), reuse, "before it is bound, or never");
        assert_eq!(option(fd, libc::SOL_SOCKET, libc::SO_REUSEADDR), 1);
    }
}

/// Where an option means nothing, it does no harm.
#[test]
fn unix_sockets_ignore_what_is_of_tcp() {
    let path = std::env::temp_dir().join(format!("wireway-options-{}", std::process::id()));
    let options = SocketOptions { fast_open: 9, ..asked() };
    let listener = listener(&format!("unix:{}", path.display()), &options);
    let peer = std::os::unix::net::UnixStream::connect(&path).unwrap();
    let socket = pairs::accept(&listener);
    assert_eq!(buffers(listener.socket().as_raw_fd()), [40_000, 60_000]);
    drop((peer, socket));
}

#[test]
fn datagrams_have_dscp_buffers_and_a_cpu() {
    let options = SocketOptions { incoming_cpu: a_cpu(), hops: 9, ..asked() };
    let socket = udp("127.0.0.1:0", &options);
    let fd = socket.socket().as_raw_fd();
    assert_eq!((traffic_class(fd), buffers(fd)), (46 << 2, [40_000, 60_000]));
    assert_eq!(option(fd, libc::IPPROTO_IP, libc::IP_TTL), 9);
    assert_eq!(option(fd, libc::SOL_SOCKET, libc::SO_INCOMING_CPU), a_cpu().map_or(-1, i32::from));
    let plain = udp("127.0.0.1:0", &SocketOptions::default());
    assert_eq!(traffic_class(plain.socket().as_raw_fd()), 0);
    if has_ipv6() {
        let both = udp("*:0", &options);
        assert!(matches!(both.socket().local_address(), Ok(Address::V6(_))));
        assert_eq!(traffic_class_of_v6(both.socket().as_raw_fd()), 46 << 2);
        assert_eq!(traffic_class(both.socket().as_raw_fd()), 46 << 2);
        assert_eq!(option(both.socket().as_raw_fd(), libc::IPPROTO_IPV6, libc::IPV6_UNICAST_HOPS), 9);
    }
}

/// The limit by default is raised and set back; one that the owner chose stays.
#[test]
fn the_limit_on_what_is_not_sent_is_wider_for_files() {
    let unsent_max = |socket: &Socket| option(socket.as_raw_fd(), libc::IPPROTO_TCP, libc::TCP_NOTSENT_LOWAT);
    let (socket, _peer) = accepted(&listener("127.0.0.1:0", &SocketOptions::default()));
    assert!(!socket.widen_for_file(false), "it is not wide");
    assert!(socket.widen_for_file(true));
    assert_eq!(unsent_max(&socket), 1 << 20);
    assert!(!socket.widen_for_file(true), "it is wide");
    assert!(socket.widen_for_file(false));
    assert_eq!(unsent_max(&socket), 128 << 10);
    let (chosen, _peer) = accepted(&listener("127.0.0.1:0", &asked()));
    assert!(!chosen.widen_for_file(true));
    assert!(!chosen.widen_for_file(false));
    assert_eq!(unsent_max(&chosen), 4_000);
    assert!(!Socket::pair().unwrap().0.widen_for_file(true), "not of TCP");
}
