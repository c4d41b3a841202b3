//! Datagrams cut and joined by the system, and cut by ourselves where it does not.

use crate::io_support::system::number;
use crate::support::{bound, octets, pair, receive, send, to};
#[cfg(unix)]
use std::os::fd::AsRawFd;
use wireway::io::address::Address;
use wireway::io::socket::{BatchConfig, Datagram, Ecn, Outgoing, ReceiveBatch, SendError};

fn cut(octets: &[u8], segment: u16, peer: Address) -> Outgoing<'_> {
    Outgoing { segment, ..to(octets, peer) }
}

/// Octets of which each segment of a hundred differs.
fn content(len: usize) -> Vec<u8> {
    (0..len).map(|at| (at / 100) as u8).collect()
}

/// It never cuts there.
#[cfg(windows)]
fn refuse_segments(_: &Datagram) {}

/// Lets the system refuse to cut what this socket sends: without a checksum it does not.
#[cfg(unix)]
fn refuse_segments(socket: &Datagram) {
    let on: libc::c_int = 1;
    let (fd, size) = (socket.socket().as_raw_fd(), size_of_val(&on) as libc::socklen_t);
    // SAFETY: an integer of ours is read.
    let done = unsafe { libc::setsockopt(fd, libc::SOL_SOCKET, libc::SO_NO_CHECK, (&raw const on).cast(), size) };
    assert_eq!(done, 0);
}

/// A receiver that joins datagrams; says so where the system cannot.
fn joining() -> Option<(Datagram, Address, ReceiveBatch)> {
    let (receiver, address) = bound("127.0.0.1:0");
    match receiver.set_coalesce(true) {
        Ok(()) => Some((receiver, address, ReceiveBatch::new(&BatchConfig::COALESCED).unwrap())),
        Err(error) => {
            assert_eq!(error.raw_os_error(), Some(number::ENOPROTOOPT));
            println!("skipped: the system does not join datagrams");
            None
        }
    }
}

#[test]
fn one_send_arrives_as_many_datagrams() {
    let (sender, receiver, address) = pair();
    let all = content(1050);
    send(&sender, &[to(b"\xfe", address), cut(&all, 100, address), to(b"\xff", address)]);
    let mut expected: Vec<&[u8]> = all.chunks(100).collect();
    expected.extend([&b"\xfe"[..], b"\xff"]);
    assert_eq!(octets(&receiver, 13), expected);
}

#[test]
fn what_needs_no_cut_is_one_datagram() {
    let (sender, receiver, address) = pair();
    send(&sender, &[cut(b"exact", 5, address), cut(b"short", 1000, address), cut(b"", 9, address)]);
    assert_eq!(octets(&receiver, 3), [&b""[..], b"exact", b"short"]);
}

#[test]
fn joined_datagrams_have_their_size() {
    let Some((receiver, address, mut batch)) = joining() else { return };
    let (sender, _) = bound("127.0.0.1:0");
    let all = content(1050);
    send(&sender, &[cut(&all, 100, address)]);
    receive(&receiver, &mut batch);
    let datagram = batch.get(0).unwrap();
    assert_eq!((batch.len(), datagram.segment(), datagram.octets()), (1, 100, &all[..]));
    assert_eq!(datagram.segments().collect::<Vec<_>>(), all.chunks(100).collect::<Vec<_>>());
    assert_eq!(datagram.segments().len(), 11);

    send(&sender, &[to(b"alone", address)]);
    receive(&receiver, &mut batch);
    let alone = batch.get(0).unwrap();
    assert_eq!((alone.segment(), alone.segments().collect::<Vec<_>>()), (0, vec![&b"alone"[..]]));
}

#[test]
fn marks_stay_on_joined_datagrams() {
    let Some((receiver, address, mut batch)) = joining() else { return };
    receiver.set_receive_ecn(true).unwrap();
    receiver.set_receive_local(true).unwrap();
    let (sender, from) = bound("127.0.0.1:0");
    let all = content(500);
    send(&sender, &[Outgoing { ecn: Some(Ecn::Ect0), ..cut(&all, 100, address) }]);
    receive(&receiver, &mut batch);
    let datagram = batch.get(0).unwrap();
    assert_eq!((datagram.ecn(), datagram.peer()), (Ecn::Ect0, Some(from)));
    assert_eq!(Some(datagram.local().unwrap().address), address.ip());
}

#[test]
fn what_the_system_does_not_cut_we_do() {
    let (sender, receiver, address) = pair();
    refuse_segments(&sender);
    // Where the system joined them it would have cut them.
    let _ = receiver.set_coalesce(true);
    receiver.set_receive_ecn(true).unwrap();
    let all = content(1050);
    let cut = Outgoing { ecn: Some(Ecn::Ce), ..cut(&all, 100, address) };
    for list in [&[cut][..], &[cut, to(b"\xff", address), cut], &[to(b"\xff", address), cut]] {
        let mut left = list;
        while !left.is_empty() {
            left = &left[sender.send(left).unwrap()..];
        }
        let mut expected: Vec<&[u8]> = Vec::new();
        for datagram in list {
            expected.extend(datagram.octets.chunks(100));
        }
        expected.sort_unstable();
        assert_eq!(octets(&receiver, expected.len()), expected);
    }
    send(&sender, &[cut]);
    let marks = crate::support::collect(&receiver, 11, |datagram| (datagram.ecn() as u8, datagram.segment()));
    assert_eq!(marks, [(Ecn::Ce as u8, 0); 11]);
}

#[test]
fn a_wrong_datagram_is_no_refusal_to_cut() {
    let Some((receiver, address, mut batch)) = joining() else { return };
    let (sender, _) = bound("127.0.0.1:0");
    let all = content(1050);
    let to_no_port = cut(&all, 100, "127.0.0.1:0".parse().unwrap());
    match sender.send(&[to_no_port]) {
        Err(SendError::System(error)) => assert_eq!(error.raw_os_error(), Some(number::EINVAL)),
        other => panic!("{other:?}"),
    }
    send(&sender, &[cut(&all, 100, address)]);
    receive(&receiver, &mut batch);
    assert_eq!(batch.get(0).unwrap().segment(), 100, "the system still cuts");
}

#[test]
fn segments_have_limits_and_what_is_just_allowed_goes() {
    let (sender, receiver, address) = pair();
    let all = content(Outgoing::OCTETS_MAX + 1);
    let send_cut = |len: usize, segment| sender.send(&[cut(&all[..len], segment, address)]);
    assert!(matches!(send_cut(65, 1), Err(SendError::TooManySegments)));
    assert!(matches!(send_cut(Outgoing::OCTETS_MAX + 1, 100), Err(SendError::TooManySegments)));
    assert!(matches!(send_cut(Outgoing::OCTETS_MAX + 1, 2000), Err(SendError::TooLong)));
    assert_eq!(send_cut(64, 1).unwrap(), 1);
    octets(&receiver, 64);
    assert_eq!(send_cut(Outgoing::OCTETS_MAX, 1400).unwrap(), 1);
    assert_eq!(octets(&receiver, 47).concat().len(), Outgoing::OCTETS_MAX);

    refuse_segments(&sender);
    assert_eq!(sender.send(&[cut(&all[..64], 1, address)]).unwrap(), 1);
    octets(&receiver, 64);
    let too_long = sender.send(&[cut(&all, 2000, address)]);
    assert!(matches!(too_long, Err(SendError::TooLong)), "also where we cut");

    let list = [to(b"good", address), cut(&all, 1, address), to(b"too", address)];
    assert_eq!(sender.send(&list).unwrap(), 1);
    assert!(matches!(sender.send(&list[1..]), Err(SendError::TooManySegments)));
    assert_eq!(sender.send(&list[2..]).unwrap(), 1);
    assert_eq!(octets(&receiver, 2), [&b"good"[..], b"too"]);
}
