//! Turns of io_uring: what one brings, who is first, and how a loop around it learns of them.
#![cfg(all(feature = "io", target_os = "linux"))]

mod io_support;

use io_support::{completion, completions_now, expect_bytes, expect_quiet, raise_limit, receiving, tcp_pair, uring};
use std::io::{IoSlice, Write};
use wireway::io::driver::{Driver, Event, Key};
use wireway::io::socket::Socket;

/// Whether the handle is readable; a time to wait for it.
fn is_readable(driver: &Driver, wait_ms: i32) -> bool {
    let mut poll = libc::pollfd { fd: driver.handle(), events: libc::POLLIN, revents: 0 };
    // SAFETY: one struct of ours.
    unsafe { libc::poll(&raw mut poll, 1, wait_ms) == 1 }
}

fn pair(driver: &mut Driver, token: u32) -> (Key, Socket) {
    let (ours, peer) = Socket::pair().unwrap();
    (receiving(driver, ours, token), peer)
}

/// Those that always have octets take all buffers in every turn; one that asks once is served all the same.
#[test]
fn those_with_many_octets_do_not_starve_one_with_few() {
    const GUILTY: u32 = 300;
    let Some(mut driver) = uring() else { return };
    let guilty: Vec<_> = (0..GUILTY).map(|token| pair(&mut driver, token)).collect();
    let (_key, innocent) = pair(&mut driver, GUILTY);
    assert!(completions_now(&mut driver).is_empty());
    let block = vec![b'x'; 16 << 10];
    let fill = |(_, peer): &(Key, Socket)| while peer.send(&[IoSlice::new(&block)]).is_ok() {};
    guilty.iter().for_each(fill);
    let mut waits = 0;
    for round in 0..5 {
        innocent.send(&[IoSlice::new(b"once")]).unwrap();
        while !completions_now(&mut driver).iter().any(|done| done.token == GUILTY) {
            guilty.iter().for_each(fill);
            waits += 1;
            assert!(waits < 200, "round {round}: it waits for ever");
        }
    }
}

/// The system brings its completions in portions. As long as more may be ready, a batch counts as full.
#[test]
fn a_batch_that_is_not_full_has_brought_everything() {
    const CONNECTIONS: u32 = 400;
    let Some(mut driver) = uring() else { return };
    let peers: Vec<_> = (0..CONNECTIONS).map(|token| pair(&mut driver, token)).collect();
    assert!(completions_now(&mut driver).is_empty());
    for (_, peer) in &peers {
        peer.send(&[IoSlice::new(b"x")]).unwrap();
    }
    let mut received = 0;
    loop {
        received +=
            completions_now(&mut driver).iter().filter(|done| matches!(done.event, Event::Received(Ok(1)))).count();
        if driver.batch_len() < driver.batch_max() {
            break;
        }
    }
    assert_eq!(received, CONNECTIONS as usize);
}

#[test]
fn a_flush_does_not_hide_what_an_earlier_one_brought() {
    let Some(mut driver) = uring() else { return };
    let (_key, mut peer) = {
        let (ours, peer) = tcp_pair();
        (receiving(&mut driver, ours, 1), peer)
    };
    driver.flush().unwrap();
    assert!(!is_readable(&driver, 0));
    peer.write_all(b"octets").unwrap();
    assert!(is_readable(&driver, 60_000));
    for _ in 0..3 {
        driver.flush().unwrap();
        assert!(is_readable(&driver, 0), "they still wait");
    }
    expect_bytes(&mut driver, 1, b"octets");
    driver.flush().unwrap();
    assert!(!is_readable(&driver, 0));
}

/// A close takes completions of others out of the ring.
#[test]
fn a_close_does_not_hide_what_others_received() {
    let Some(mut driver) = uring() else { return };
    let (_one, peer) = pair(&mut driver, 1);
    let (other, _peer) = pair(&mut driver, 2);
    driver.flush().unwrap();
    assert!(!is_readable(&driver, 0));
    peer.send(&[IoSlice::new(b"octets")]).unwrap();
    driver.close(other).unwrap();
    driver.flush().unwrap();
    assert!(is_readable(&driver, 60_000));
    assert!(!driver.is_exhausted() || driver.wait(Some(0)).unwrap() > 0);
    expect_bytes(&mut driver, 1, b"octets");
}

/// More requests than are told to the system together, and more completions than it keeps in shared memory.
#[test]
fn thousands_at_once_are_told_each_once() {
    let Some(mut driver) = uring() else { return };
    // Two descriptors each, and some for the tests beside this one.
    let connections = (raise_limit().saturating_sub(3000) / 2).clamp(100, 4500) as u32;
    let peers: Vec<_> = (0..connections).map(|token| pair(&mut driver, token)).collect();
    assert!(completions_now(&mut driver).is_empty());
    for (_, peer) in &peers {
        peer.send(&[IoSlice::new(b"x")]).unwrap();
    }
    let mut seen = vec![false; connections as usize];
    for _ in 0..connections {
        let done = completion(&mut driver);
        assert!(matches!(done.event, Event::Received(Ok(1))), "{done:?}");
        assert!(!std::mem::replace(&mut seen[done.token as usize], true), "once each");
    }
    expect_quiet(&mut driver);
    // All at once they end, and so do their keys.
    let (keys, peers): (Vec<_>, Vec<_>) = peers.into_iter().unzip();
    for key in keys {
        driver.close(key).unwrap();
    }
    assert!(peers.iter().all(|peer| matches!(peer.receive(&mut [0; 8]), Ok(0))));
    expect_quiet(&mut driver);
}
