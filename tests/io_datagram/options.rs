//! Options as the system has them afterwards.

use crate::io_support::system::{self, number};
use crate::support::{bound, has_ipv6};
use wireway::io::socket::Datagram;

fn option(socket: &Datagram, level: i32, name: i32) -> i32 {
    system::option(socket.socket().raw(), level, name)
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
        [(number::IP_TTL, 7), (number::IP_TOS, 0xb8), (number::IP_MULTICAST_TTL, 9), (number::IP_MULTICAST_LOOP, 0)]
    {
        assert_eq!(option(&socket, number::IPPROTO_IP, name), value, "{name}");
    }
    socket.set_ttl(255).unwrap();
    assert_eq!(option(&socket, number::IPPROTO_IP, number::IP_TTL), 255);
    assert_eq!(socket.set_ttl(0).unwrap_err().raw_os_error(), Some(number::EINVAL));
    socket.multicast().set_ttl(0).unwrap();
    socket.socket().set_receive_buffer(32 << 10).unwrap();
    // Linux counts its own part too.
    let counted = if cfg!(windows) { 32 << 10 } else { 64 << 10 };
    assert_eq!(option(&socket, number::SOL_SOCKET, number::SO_RCVBUF), counted);
}

#[test]
fn options_are_set_for_both_families() {
    if !has_ipv6() || system::is_wine() {
        return;
    }
    for address in ["*:0", "[::1]:0"] {
        let (socket, _) = bound(address);
        set_all(&socket);
        let v4 = [
            (number::IP_TTL, 7),
            (number::IP_TOS, 0xb8),
            (number::IP_MULTICAST_TTL, 9),
            (number::IP_MULTICAST_LOOP, 0),
        ];
        for (name, value) in v4 {
            assert_eq!(option(&socket, number::IPPROTO_IP, name), value, "{name}");
        }
        let v6 = [
            (number::IPV6_UNICAST_HOPS, 7),
            (number::IPV6_TCLASS, 0xb8),
            (number::IPV6_MULTICAST_HOPS, 9),
            (number::IPV6_MULTICAST_LOOP, 0),
        ];
        for (name, value) in v6 {
            assert_eq!(option(&socket, number::IPPROTO_IPV6, name), value, "{name}");
        }
    }
}

#[test]
fn broadcast_is_allowed_on_demand() {
    let (socket, _) = bound("127.0.0.1:0");
    let everybody = "127.255.255.255:9".parse().unwrap();
    assert_eq!(socket.connect(&everybody).unwrap_err().raw_os_error(), Some(number::EACCES));
    socket.set_broadcast(true).unwrap();
    socket.connect(&everybody).unwrap();
    socket.set_broadcast(false).unwrap();
    assert_eq!(socket.connect(&everybody).unwrap_err().raw_os_error(), Some(number::EACCES));
}
