//! Many datagrams by few calls.

use crate::support::{batch, bound, collect, has_ipv6, octets, pair, receive, send, to};
use std::io::ErrorKind;
use wireway::io::socket::{BatchConfig, Outgoing, ReceiveBatch};

#[test]
fn many_datagrams_come_by_one_call() {
    let (sender, receiver, address) = pair();
    let contents: Vec<Vec<u8>> = (1..=40).map(|size| vec![size; usize::from(size)]).collect();
    let datagrams: Vec<_> = contents.iter().map(|octets| to(octets, address)).collect();
    let mut batch = batch();
    // The system may deliver some of them later, but not always.
    for _ in 0..1000 {
        send(&sender, &datagrams);
        let at_once = receive(&receiver, &mut batch);
        let got: Vec<_> = batch.iter().map(|datagram| datagram.octets().to_vec()).collect();
        if at_once == contents.len() {
            assert_eq!(got, contents);
            return;
        }
        octets(&receiver, contents.len() - at_once);
    }
    panic!("they never came together");
}

#[test]
fn more_than_fit_in_one_call_are_all_sent() {
    let (sender, receiver, address) = pair();
    let contents: Vec<_> = (0..150_u32).map(u32::to_be_bytes).collect();
    let datagrams: Vec<_> = contents.iter().map(|octets| to(octets, address)).collect();
    send(&sender, &datagrams);
    assert_eq!(octets(&receiver, 150), contents);
    assert_eq!(sender.send(&[]).unwrap(), 0);
}

#[test]
fn a_full_batch_leaves_the_rest_to_the_next_call() {
    let (sender, receiver, address) = pair();
    let mut small = ReceiveBatch::new(&BatchConfig { datagrams: 2, octets: 8 }).unwrap();
    send(&sender, &[to(b"1", address), to(b"2", address), to(b"3", address)]);
    let mut got = Vec::new();
    while got.len() < 3 {
        assert!(receive(&receiver, &mut small) <= 2);
        got.extend(small.iter().map(|datagram| datagram.octets()[0]));
        assert!(small.get(small.len()).is_none());
    }
    got.sort_unstable();
    assert_eq!(got, b"123");
}

#[test]
fn nothing_there_is_would_block_and_empties_the_batch() {
    let (sender, receiver, address) = pair();
    let mut batch = batch();
    assert_eq!(receiver.receive(&mut batch).unwrap_err().kind(), ErrorKind::WouldBlock);
    send(&sender, &[to(b"one", address)]);
    assert_eq!(receive(&receiver, &mut batch), 1);
    assert_eq!(receiver.receive(&mut batch).unwrap_err().kind(), ErrorKind::WouldBlock);
    assert!(batch.is_empty() && batch.get(0).is_none());
}

#[test]
fn an_empty_datagram_is_one() {
    let (sender, receiver, address) = pair();
    send(&sender, &[to(b"", address)]);
    let mut batch = batch();
    assert_eq!(receive(&receiver, &mut batch), 1);
    let datagram = batch.get(0).unwrap();
    assert_eq!((datagram.octets(), datagram.is_cut(), datagram.segment()), (&b""[..], false, 0));
    assert_eq!(datagram.segments().collect::<Vec<_>>(), [b""]);
}

#[test]
fn a_datagram_that_is_cut_says_so() {
    let (sender, receiver, address) = pair();
    let mut small = ReceiveBatch::new(&BatchConfig { datagrams: 1, octets: 6 }).unwrap();
    for (sent, got, is_cut) in [(&b"as long as"[..], &b"as lon"[..], true), (b"as lon", b"as lon", false)] {
        send(&sender, &[to(sent, address)]);
        receive(&receiver, &mut small);
        let datagram = small.get(0).unwrap();
        assert_eq!((datagram.octets(), datagram.is_cut()), (got, is_cut));
    }
}

#[test]
fn each_datagram_names_its_sender() {
    let (receiver, address) = bound("127.0.0.1:0");
    let senders = [bound("127.0.0.1:0"), bound("127.0.0.1:0")];
    for (number, (sender, _)) in senders.iter().enumerate() {
        send(sender, &[to(&[number as u8], address)]);
    }
    let got = collect(&receiver, 2, |datagram| (datagram.octets()[0], datagram.peer().unwrap().to_string()));
    assert_eq!(got, [(0, senders[0].1.to_string()), (1, senders[1].1.to_string())]);
}

#[test]
fn one_batch_serves_sockets_of_both_families() {
    if !has_ipv6() {
        return;
    }
    let mut batch = batch();
    let pairs = ["127.0.0.1:0", "[::1]:0"].map(|address| (bound(address), bound(address)));
    for _ in 0..2 {
        for ((sender, from), (receiver, address)) in &pairs {
            send(sender, &[to(b"x", *address)]);
            receive(receiver, &mut batch);
            assert_eq!(batch.get(0).unwrap().peer(), Some(*from));
        }
    }
}

#[test]
fn a_socket_of_both_families_answers_either() {
    if !has_ipv6() {
        return;
    }
    let (both, address) = bound("*:0");
    for host in ["127.0.0.1", "[::1]"] {
        let (peer, from) = bound(&format!("{host}:0"));
        send(&peer, &[to(b"ask", format!("{host}:{}", address.port().unwrap()).parse().unwrap())]);
        let mut batch = batch();
        receive(&both, &mut batch);
        let sender = batch.get(0).unwrap().peer().unwrap();
        assert_eq!((sender.ip(), sender.port()), (from.ip(), from.port()));
        send(&both, &[to(b"answer", sender), to(b"again", from)]);
        assert_eq!(octets(&peer, 2), [&b"again"[..], b"answer"]);
    }
}

#[test]
fn a_connected_socket_hears_its_peer_alone() {
    let (sender, receiver, address) = pair();
    let (stranger, from) = bound("127.0.0.1:0");
    let own = sender.socket().local_address().unwrap();
    receiver.connect(&own).unwrap();
    send(&stranger, &[to(b"stranger", address)]);
    send(&sender, &[to(b"peer", address)]);
    assert_eq!(octets(&receiver, 1), [b"peer"]);
    send(&receiver, &[Outgoing::new(b"without a name", None)]);
    assert_eq!(octets(&sender, 1), [b"without a name"]);

    receiver.disconnect().unwrap();
    send(&receiver, &[to(b"hello", from)]);
    let address = collect(&stranger, 1, |datagram| datagram.peer().unwrap().to_string()).remove(0).parse().unwrap();
    send(&stranger, &[to(b"stranger", address)]);
    assert_eq!(octets(&receiver, 1), [b"stranger"]);
}

#[test]
fn a_batch_has_sizes_within_their_ranges() {
    let new = |datagrams, octets| ReceiveBatch::new(&BatchConfig { datagrams, octets });
    for (datagrams, octets) in [(0, 1), (1025, 1), (1, 0)] {
        assert_eq!(new(datagrams, octets).unwrap_err().kind(), ErrorKind::InvalidInput, "{datagrams} {octets}");
    }
    for octets in [usize::MAX, usize::MAX / 1024, usize::MAX / 4096] {
        assert_eq!(new(1024, octets).unwrap_err().kind(), ErrorKind::OutOfMemory, "{octets}");
    }
    new(1024, 1).unwrap();
    new(1, 1).unwrap();
}
