//! ECN marks, and the local address of a datagram.

use crate::io_support::system::{is_wine, loopback_interface};
use crate::support::{batch, bound, collect, has_ipv6, receive, send, to};
use std::net::IpAddr;
#[cfg(unix)]
use std::os::fd::AsRawFd;
use wireway::io::address::Address;
use wireway::io::socket::{Datagram, Ecn, Outgoing};

const MARKS: [Ecn; 4] = [Ecn::NotEct, Ecn::Ect1, Ecn::Ect0, Ecn::Ce];

/// The mark of the next datagram.
#[track_caller]
fn mark(receiver: &Datagram) -> Ecn {
    let mut batch = batch();
    receive(receiver, &mut batch);
    batch.get(0).unwrap().ecn()
}

/// Every mark arrives, the socket's own where a datagram has none.
#[track_caller]
fn expect_marks(sender: &Datagram, receiver: &Datagram, address: Address) {
    for sent in MARKS {
        send(sender, &[Outgoing { ecn: Some(sent), ..to(b"x", address) }]);
        assert_eq!(mark(receiver), sent);
    }
    send(sender, &[to(b"x", address)]);
    assert_eq!(mark(receiver), Ecn::NotEct);
    sender.set_traffic_class(0xb8 | Ecn::Ect1 as u8).unwrap();
    send(sender, &[to(b"x", address)]);
    assert_eq!(mark(receiver), Ecn::Ect1);
    send(sender, &[Outgoing { ecn: Some(Ecn::Ect0), ..to(b"x", address) }]);
    assert_eq!(mark(receiver), Ecn::Ect0);
}

#[test]
fn marks_arrive_over_ipv4() {
    if is_wine() {
        return;
    }
    let (receiver, address) = bound("127.0.0.1:0");
    receiver.set_receive_ecn(true).unwrap();
    expect_marks(&bound("127.0.0.1:0").0, &receiver, address);
}

#[test]
fn marks_arrive_over_ipv6() {
    if is_wine() {
        return;
    }
    if !has_ipv6() {
        return;
    }
    let (receiver, address) = bound("[::1]:0");
    receiver.set_receive_ecn(true).unwrap();
    expect_marks(&bound("[::1]:0").0, &receiver, address);
}

#[test]
fn marks_arrive_between_sockets_of_both_families() {
    if is_wine() {
        return;
    }
    if !has_ipv6() {
        return;
    }
    let (receiver, address) = bound("*:0");
    receiver.set_receive_ecn(true).unwrap();
    for host in ["127.0.0.1", "[::ffff:127.0.0.1]", "[::1]"] {
        let address = format!("{host}:{}", address.port().unwrap()).parse().unwrap();
        expect_marks(&bound("*:0").0, &receiver, address);
    }
}

#[test]
fn marks_are_shown_on_demand() {
    if is_wine() {
        return;
    }
    let (receiver, address) = bound("127.0.0.1:0");
    let (sender, _) = bound("127.0.0.1:0");
    let marked = [Outgoing { ecn: Some(Ecn::Ce), ..to(b"x", address) }];
    send(&sender, &marked);
    assert_eq!(mark(&receiver), Ecn::NotEct);
    receiver.set_receive_ecn(true).unwrap();
    send(&sender, &marked);
    assert_eq!(mark(&receiver), Ecn::Ce);
    receiver.set_receive_ecn(false).unwrap();
    send(&sender, &marked);
    assert_eq!(mark(&receiver), Ecn::NotEct);
}

#[test]
fn each_datagram_of_a_batch_has_its_own_mark() {
    if is_wine() {
        return;
    }
    let (receiver, address) = bound("127.0.0.1:0");
    receiver.set_receive_ecn(true).unwrap();
    let contents = MARKS.map(|mark| [mark as u8]);
    let datagrams: Vec<_> = MARKS
        .iter()
        .zip(&contents)
        .map(|(mark, octets)| Outgoing { ecn: Some(*mark), ..to(octets, address) })
        .collect();
    send(&bound("127.0.0.1:0").0, &datagrams);
    let got = collect(&receiver, 4, |datagram| (datagram.octets()[0], datagram.ecn() as u8));
    assert_eq!(got, [(0, 0), (1, 1), (2, 2), (3, 3)]);
}

/// The traffic class of the next datagram of IPv4.
#[cfg(unix)]
fn traffic_class(receiver: &Datagram) -> u8 {
    crate::support::wait(receiver);
    let mut control = [0_u64; 8];
    // SAFETY: a C struct of integers and pointers; zeros and nulls are values of it.
    let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
    message.msg_control = control.as_mut_ptr().cast();
    message.msg_controllen = size_of_val(&control) as _;
    // SAFETY: the message has room for control messages and none for octets.
    assert!(unsafe { libc::recvmsg(receiver.socket().as_raw_fd(), &raw mut message, 0) } >= 0);
    // SAFETY: the system has written the control message.
    let header = unsafe { libc::CMSG_FIRSTHDR(&raw const message).as_ref() }.expect("a control message");
    assert_eq!(header.cmsg_type, libc::IP_TOS);
    // SAFETY: a control message of this type has one octet.
    unsafe { libc::CMSG_DATA(header).read() }
}

#[test]
#[cfg(unix)]
fn a_mark_leaves_the_rest_of_the_traffic_class() {
    let (receiver, address) = bound("127.0.0.1:0");
    receiver.set_receive_ecn(true).unwrap();
    let (sender, _) = bound("127.0.0.1:0");
    sender.set_traffic_class(0xb9).unwrap();
    send(&sender, &[to(b"x", address)]);
    assert_eq!(traffic_class(&receiver), 0xb9);
    send(&sender, &[Outgoing { ecn: Some(Ecn::Ect0), ..to(b"x", address) }]);
    assert_eq!(traffic_class(&receiver), 0xba);
}

/// A datagram to `host` on a socket bound to `any` shows that address.
#[track_caller]
fn expect_local(any: &str, host: &str) {
    let (receiver, address) = bound(any);
    let address = format!("{host}:{}", address.port().unwrap()).parse().unwrap();
    let (sender, _) = bound(if host.starts_with('[') { "[::1]:0" } else { "127.0.0.1:0" });
    let mut batch = batch();
    for is_shown in [false, true, false] {
        receiver.set_receive_local(is_shown).unwrap();
        send(&sender, &[to(b"x", address)]);
        receive(&receiver, &mut batch);
        let local = batch.get(0).unwrap().local().map(|local| (local.address, local.interface));
        let expected: IpAddr = host.trim_matches(['[', ']']).parse().unwrap();
        assert_eq!(local, is_shown.then(|| (expected, loopback_interface())));
    }
}

#[test]
fn the_local_address_is_shown_on_demand() {
    expect_local("0.0.0.0:0", "127.0.0.1");
    expect_local("0.0.0.0:0", "127.0.0.2");
    if has_ipv6() {
        expect_local("[::]:0", "[::1]");
        expect_local("*:0", "[::1]");
        expect_local("*:0", "127.0.0.2");
    }
}
