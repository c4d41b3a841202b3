//! Options as the system has them afterwards.

use crate::support::{bound, has_ipv6};
use libc::{IPPROTO_IP, IPPROTO_IPV6, c_int};
use std::os::fd::AsRawFd;
use wireway::io::socket::Datagram;

fn option(socket: &Datagram, level: c_int, name: c_int) -> c_int {
    let (mut value, mut size): (c_int, _) = (-1, size_of::<c_int>() as libc::socklen_t);
    let fd = socket.socket().as_raw_fd();
    // SAFETY: an integer of ours is written, and its size.
    let done = unsafe { libc::getsockopt(fd, level, name, (&raw mut value).cast(), &raw mut size) };
    assert_eq!(done, 0, "{}", std::io::Error::last_os_error());
    value
}

fn set_all(socket: &Datagram) {
    socket.set_ttl(7).unwrap();
    socket.set_traffic_class(0xb8).unwrap();
    socket.multicast().set_ttl(9).unwrap();
    socket.multicast().set_loop(false).unwrap();
}

#[test]
fn options_reach_the_system() {
    let (socket, _) = bound("127.0.0.1:0");
    set_all(&socket);
    for (name, value) in
        [(libc::IP_TTL, 7), (libc::IP_TOS, 0xb8), (libc::IP_MULTICAST_TTL, 9), (libc::IP_MULTICAST_LOOP, 0)]
    {
        assert_eq!(option(&socket, IPPROTO_IP, name), value, "{name}");
    }
    socket.set_ttl(255).unwrap();
    assert_eq!(option(&socket, IPPROTO_IP, libc::IP_TTL), 255);
    assert_eq!(socket.set_ttl(0).unwrap_err().raw_os_error(), Some(libc::EINVAL));
    socket.multicast().set_ttl(0).unwrap();
    socket.socket().set_receive_buffer(32 << 10).unwrap();
    // The system counts its own part too.
    assert_eq!(option(&socket, libc::SOL_SOCKET, libc::SO_RCVBUF), 64 << 10);
}

#[test]
fn options_are_set_for_both_families() {
    if !has_ipv6() {
        return;
    }
    for address in ["*:0", "[::1]:0"] {
        let (socket, _) = bound(address);
        set_all(&socket);
        let v4 = [(libc::IP_TTL, 7), (libc::IP_TOS, 0xb8), (libc::IP_MULTICAST_TTL, 9), (libc::IP_MULTICAST_LOOP, 0)];
        for (name, value) in v4 {
            assert_eq!(option(&socket, IPPROTO_IP, name), value, "{name}");
        }
        let v6 = [
            (libc::IPV6_UNICAST_HOPS, 7),
            (libc::IPV6_TCLASS, 0xb8),
            (libc::IPV6_MULTICAST_HOPS, 9),
            (libc::IPV6_MULTICAST_LOOP, 0),
        ];
        for (name, value) in v6 {
            assert_eq!(option(&socket, IPPROTO_IPV6, name), value, "{name}");
        }
    }
}

#[test]
fn broadcast_is_allowed_on_demand() {
    let (socket, _) = bound("127.0.0.1:0");
    let everybody = "127.255.255.255:9".parse().unwrap();
    assert_eq!(socket.connect(&everybody).unwrap_err().raw_os_error(), Some(libc::EACCES));
    socket.set_broadcast(true).unwrap();
    socket.connect(&everybody).unwrap();
    socket.set_broadcast(false).unwrap();
    assert_eq!(socket.connect(&everybody).unwrap_err().raw_os_error(), Some(libc::EACCES));
}
