//! Groups. Where the system has no way for multicast, a test says so and passes.

use crate::io_support::system::{is_wine, loopback_interface, number};
use crate::support::{bound, has_ipv6, octets, send, to};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use wireway::io::address::Address;
use wireway::io::socket::Datagram;

/// A group for one test of this process: what others on this host join also counts for a socket of IPv4.
fn group(test: u8) -> IpAddr {
    let [high, low] = process();
    Ipv4Addr::new(239, 192 + test, high, low).into()
}

fn group_v6() -> IpAddr {
    Ipv6Addr::new(0xff15, 0, 0, 0, 0, 0, 0x77, u16::from_be_bytes(process())).into()
}

fn process() -> [u8; 2] {
    let [.., high, low] = std::process::id().to_be_bytes();
    [high, low]
}

fn code<T: std::fmt::Debug>(result: std::io::Result<T>) -> Option<i32> {
    result.unwrap_err().raw_os_error()
}

/// A member of the group on an interface, and the group at its port.
fn member(any: &str, group: IpAddr, interface: u32) -> Option<(Datagram, Address)> {
    let (receiver, address) = bound(any);
    if let Err(error) = receiver.multicast().join(group, interface) {
        println!("skipped: {group} cannot be joined on interface {interface}: {error}");
        return None;
    }
    Some((receiver, std::net::SocketAddr::new(group, address.port().unwrap()).into()))
}

/// A sender to groups on an interface, if datagrams go there.
fn sender(any: &str, interface: u32, group: Address) -> Option<Datagram> {
    let (sender, _) = bound(any);
    let multicast = sender.multicast();
    multicast.set_interface(interface).unwrap();
    multicast.set_ttl(0).unwrap();
    match sender.send(&[to(b"first", group)]) {
        Ok(count) => {
            assert_eq!(count, 1);
            Some(sender)
        }
        Err(error) => {
            println!("skipped: no way to {group} on interface {interface}: {error}");
            None
        }
    }
}

/// A member receives what is sent to the group, and nothing while it has left.
fn expect_members(any: &str, group: IpAddr, interface: u32) {
    let Some((receiver, to_group)) = member(any, group, interface) else { return };
    let Some(sender) = sender(any, interface, to_group) else { return };
    assert_eq!(octets(&receiver, 1), [b"first"]);
    receiver.multicast().leave(group, interface).unwrap();
    send(&sender, &[to(b"left", to_group)]);
    receiver.multicast().join(group, interface).unwrap();
    send(&sender, &[to(b"back", to_group)]);
    assert_eq!(octets(&receiver, 1), [b"back"]);
}

#[test]
fn a_member_receives_until_it_leaves() {
    expect_members("0.0.0.0:0", group(0), loopback_interface());
    expect_members("0.0.0.0:0", group(0), 0);
}

#[test]
fn a_member_of_ipv6_receives_until_it_leaves() {
    if !has_ipv6() || is_wine() {
        return;
    }
    for any in ["[::]:0", "*:0"] {
        expect_members(any, group_v6(), loopback_interface());
        expect_members(any, group_v6(), 0);
    }
}

#[test]
fn what_is_sent_comes_back_to_this_host_on_demand() {
    let Some((receiver, group)) = member("0.0.0.0:0", group(1), 0) else { return };
    let Some(sender) = sender("0.0.0.0:0", 0, group) else { return };
    assert_eq!(octets(&receiver, 1), [b"first"]);
    sender.multicast().set_loop(false).unwrap();
    send(&sender, &[to(b"off", group)]);
    sender.multicast().set_loop(true).unwrap();
    send(&sender, &[to(b"on", group)]);
    assert_eq!(octets(&receiver, 1), [b"on"]);
}

#[test]
fn wrong_memberships_are_errors() {
    let (lo, own) = (loopback_interface(), group(2));
    let Some((socket, _)) = member("0.0.0.0:0", own, lo) else { return };
    let multicast = socket.multicast();
    assert_eq!(code(multicast.join(own, lo)), Some(number::EADDRINUSE));
    multicast.leave(own, lo).unwrap();
    assert_eq!(code(multicast.leave(own, lo)), Some(number::EADDRNOTAVAIL));
    assert_eq!(code(multicast.join(Ipv4Addr::LOCALHOST.into(), lo)), Some(number::EINVAL));
    assert_eq!(code(multicast.join(own, u32::MAX)), Some(number::ENODEV));
    assert_eq!(code(multicast.join("ff02::1".parse().unwrap(), lo)), Some(number::ENOPROTOOPT));
    assert_eq!(code(multicast.set_interface(u32::MAX)), Some(number::EADDRNOTAVAIL));
    if has_ipv6() {
        let (socket, _) = bound("[::1]:0");
        assert_eq!(code(socket.multicast().join("ff02::1".parse().unwrap(), u32::MAX)), Some(number::ENODEV));
        socket.multicast().set_interface(lo).unwrap();
    }
}
