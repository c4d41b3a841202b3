//! UDP.

use super::{address, waited};
use std::io;
use std::net::{IpAddr, Ipv4Addr};
use wireway::io::address::Address;
use wireway::io::socket::{BatchConfig, Datagram, Ecn, Outgoing, Receipt, ReceiveBatch, Role, SendError};

fn socket(text: &str) -> (Datagram, Address) {
    let socket = Datagram::bind(&address(text)).expect("a socket");
    let address = socket.socket().local_address().expect("its address");
    (socket, address)
}

fn batch() -> ReceiveBatch {
    ReceiveBatch::new(&BatchConfig { datagrams: 8, octets: 100 }).expect("memory")
}

/// Receives until `count` datagrams have come, and hands each over.
fn receive(socket: &Datagram, count: usize, mut each: impl FnMut(wireway::io::socket::Received<'_>)) {
    let (mut batch, mut come) = (batch(), 0);
    while come < count {
        match waited(|| socket.receive(&mut batch)).expect("datagrams") {
            Receipt::Datagrams(count) => come += count,
            Receipt::Undelivered(error) => panic!("{error}"),
        }
        batch.iter().for_each(&mut each);
    }
    assert_eq!(socket.receive(&mut batch).unwrap_err().kind(), io::ErrorKind::WouldBlock);
    assert!(batch.is_empty());
}

#[test]
fn a_list_comes_whole_and_in_order_with_its_sender() {
    for text in ["127.0.0.1:0", "[::1]:0"] {
        let ((sender, from), (receiver, to)) = (socket(text), socket(text));
        let contents: Vec<Vec<u8>> = (0..20).map(|len| vec![len; usize::from(len)]).collect();
        let list: Vec<_> = contents.iter().map(|octets| Outgoing::new(octets, Some(to))).collect();
        assert_eq!(sender.send(&list).unwrap(), 20);
        let mut come = Vec::new();
        receive(&receiver, 20, |datagram| {
            assert_eq!((datagram.peer(), datagram.is_cut(), datagram.segment()), (Some(from), false, 0));
            come.push(datagram.octets().to_vec());
        });
        assert_eq!(come, contents, "the empty one too");
        assert_eq!(Role::of(receiver.socket()).unwrap(), Role::Datagrams);
    }
}

#[test]
fn segments_are_cut_by_whoever_can() {
    let ((sender, _), (receiver, to)) = (socket("127.0.0.1:0"), socket("127.0.0.1:0"));
    let list = [Outgoing { segment: 4, ..Outgoing::new(b"abcdefghij", Some(to)) }];
    assert_eq!(sender.send(&list).unwrap(), 1);
    let mut come = Vec::new();
    receive(&receiver, 3, |datagram| come.push(datagram.octets().to_vec()));
    assert_eq!(come, [&b"abcd"[..], b"efgh", b"ij"]);
}

#[test]
fn a_datagram_that_is_too_long_is_cut_and_the_next_one_is_whole() {
    let ((sender, from), (receiver, to)) = (socket("127.0.0.1:0"), socket("127.0.0.1:0"));
    let long = [7; 101];
    let list = [&long[..], &long[..100], b"x"].map(|octets| Outgoing::new(octets, Some(to)));
    assert_eq!(sender.send(&list).unwrap(), 3);
    let mut come = Vec::new();
    receive(&receiver, 3, |datagram| {
        assert_eq!(datagram.peer(), Some(from));
        come.push((datagram.octets().to_vec(), datagram.is_cut()));
    });
    assert_eq!(come, [(vec![7; 100], true), (vec![7; 100], false), (b"x".to_vec(), false)]);

    sender.send_to(&long, &to).unwrap();
    let mut into = [0; 100];
    let (size, peer) = waited(|| receiver.receive_from(&mut into)).unwrap();
    assert!(size > 100, "{size}");
    assert_eq!((peer, into), (from, [7; 100]));
    assert_eq!(sender.send_to(b"short", &to).unwrap(), 5);
    assert_eq!(waited(|| receiver.receive_from(&mut into)).unwrap(), (5, from));
    assert!(matches!(sender.send(&[Outgoing::new(&[0; 70_000], Some(to))]), Err(SendError::TooLong)));
}

/// Where a socket is that was disconnected: some systems give it another port with its next send.
fn again(socket: &Datagram, other: &Datagram, at_other: Address) -> Address {
    socket.send_to(b"where", &at_other).unwrap();
    let mut from = None;
    receive(other, 1, |datagram| from = datagram.peer());
    from.expect("its sender")
}

#[test]
fn a_connected_socket_hears_its_peer_alone_until_it_is_disconnected() {
    let ((one, at_one), (other, at_other), (third, at_third)) =
        (socket("127.0.0.1:0"), socket("127.0.0.1:0"), socket("127.0.0.1:0"));
    one.connect(&at_other).unwrap();
    third.send_to(b"third", &at_one).unwrap();
    other.send_to(b"other", &at_one).unwrap();
    receive(&one, 1, |datagram| assert_eq!(datagram.octets(), b"other"));
    assert_eq!(one.send(&[Outgoing::new(b"to the peer", None)]).unwrap(), 1);
    receive(&other, 1, |datagram| {
        assert_eq!((datagram.octets(), datagram.peer()), (&b"to the peer"[..], Some(at_one)))
    });
    one.disconnect().unwrap();
    assert!(one.send(&[Outgoing::new(b"to nobody", None)]).is_err());
    let at_one = again(&one, &third, at_third);
    third.send_to(b"third", &at_one).unwrap();
    receive(&one, 1, |datagram| assert_eq!(datagram.octets(), b"third"));
}

fn is_early(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::WouldBlock
}

#[test]
fn a_closed_port_is_news_for_a_connected_socket_which_goes_on() {
    let ((one, _), (gone, nowhere)) = (socket("127.0.0.1:0"), socket("127.0.0.1:0"));
    drop(gone);
    one.connect(&nowhere).unwrap();
    one.send(&[Outgoing::new(b"x", None)]).unwrap();
    let mut batch = batch();
    // Wine leaves it in the socket (SO_ERROR), where a receive does not find it.
    let left = || one.socket().take_error()?.map(Receipt::Undelivered).ok_or(io::ErrorKind::WouldBlock.into());
    let news = || one.receive(&mut batch).or_else(|error| if is_early(&error) { left() } else { Err(error) });
    match waited(news).expect("no error of the socket") {
        Receipt::Undelivered(error) => assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused),
        Receipt::Datagrams(count) => panic!("{count} datagrams of nobody"),
    }
    assert_eq!(one.receive(&mut batch).unwrap_err().kind(), io::ErrorKind::WouldBlock);
    one.disconnect().unwrap();
    let (other, at_other) = socket("127.0.0.1:0");
    let at_one = again(&one, &other, at_other);
    // Of many receivers, none is to be blamed for another one.
    one.send_to(b"x", &nowhere).unwrap();
    other.send_to(b"from another one", &at_one).unwrap();
    receive(&one, 1, |datagram| assert_eq!(datagram.octets(), b"from another one"));
}

#[test]
fn the_local_address_is_shown_where_it_is_asked_for() {
    for text in ["127.0.0.1:0", "[::1]:0", "*:0"] {
        let (receiver, to) = socket(text);
        let hosts: &[&str] = match text {
            "*:0" => &["127.0.0.1", "[::1]"],
            _ => &[text.strip_suffix(":0").unwrap()],
        };
        match receiver.set_receive_local(true) {
            Ok(()) => {}
            Err(error) => {
                assert_eq!(error.kind(), io::ErrorKind::Unsupported, "{text}: {error}");
                continue;
            }
        }
        for host in hosts {
            let to = address(&format!("{host}:{}", to.port().unwrap()));
            let (sender, _) = socket(&format!("{host}:0"));
            sender.send_to(b"x", &to).unwrap();
            receive(&receiver, 1, |datagram| {
                let local = datagram.local().expect("shown");
                assert_eq!(Some(local.address), to.ip(), "{text} {host}");
                assert_ne!(local.interface, 0);
            });
        }
    }
}

#[test]
fn options_of_datagrams_are_taken_in_both_families() {
    for text in ["127.0.0.1:0", "[::1]:0", "*:0"] {
        let (socket, _) = socket(text);
        socket.set_broadcast(true).expect(text);
        socket.set_ttl(7).expect(text);
        socket.multicast().set_ttl(3).expect(text);
        socket.multicast().set_loop(false).expect(text);
        socket.multicast().set_interface(0).expect(text);
    }
}

#[test]
fn a_mark_is_sent_to_every_family() {
    for (of, host) in [("127.0.0.1:0", "127.0.0.1"), ("[::1]:0", "[::1]"), ("*:0", "127.0.0.1"), ("*:0", "[::1]")] {
        let ((sender, _), (receiver, to)) = (socket(of), socket(&format!("{host}:0")));
        // A socket of both families names a host of IPv4 in the manner of IPv6.
        let peer = match (of, to) {
            ("*:0", Address::V4(v4)) => address(&format!("[{}]:{}", v4.ip().to_ipv6_mapped(), v4.port())),
            _ => to,
        };
        let list = [Outgoing { ecn: Some(Ecn::Ect0), ..Outgoing::new(b"x", Some(peer)) }];
        assert_eq!(sender.send(&list).expect(of), 1);
        receive(&receiver, 1, |datagram| assert_eq!(datagram.octets(), b"x"));
    }
}

#[test]
fn members_of_a_group_receive_what_is_sent_to_it() {
    let group: IpAddr = Ipv4Addr::new(239, 7, 7, 7).into();
    let ((sender, _), (receiver, to)) = (socket("127.0.0.1:0"), socket("*:0"));
    receiver.multicast().join(group, 0).expect("joined");
    assert!(receiver.multicast().join(group, 0).is_err(), "joined already");
    receiver.multicast().leave(group, 0).expect("left");
    assert!(receiver.multicast().leave(group, 0).is_err(), "not joined");
    assert!(receiver.multicast().join(Ipv4Addr::LOCALHOST.into(), 0).is_err(), "no group");
    drop((sender, to));
}
