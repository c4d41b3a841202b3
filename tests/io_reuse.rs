//! A descriptor's number given out again in the middle of a batch. One test in its own process, so that no other takes the
//! number.
#![cfg(feature = "io")]

mod io_support;

use io_support::system::{channel, number, raw};
use io_support::{completion, driver, expect_bytes, receiving, two_ready};
use std::io::{IoSlice, Write};
use wireway::io::driver::{Driver, Event, Interest, Submission};
use wireway::io::socket::Socket;

#[test]
fn a_descriptor_reused_in_the_middle_of_a_batch_gets_no_stale_event() {
    let mut driver = driver();
    let (keys, _peers) = two_ready(&mut driver);
    let first = driver.next().unwrap().token as usize;
    let old = keys[1 - first];
    let closed = driver.socket(old).unwrap().raw();
    driver.close(old).unwrap();

    // Unix gives out the lowest number that is free; one of the new pair gets that of the closed one.
    let (one, other) = Socket::pair().unwrap();
    let (fresh, peer) = if one.raw() == closed { (one, other) } else { (other, one) };
    // A driver that the system still works for closes the descriptor later.
    assert!(fresh.raw() == closed || driver.info().holds_sends || cfg!(windows));
    receiving(&mut driver, fresh, 77);
    peer.send(&[IoSlice::new(b"fresh")]).unwrap();

    assert!(driver.next().is_none(), "the event in the batch was the old one's");
    assert_eq!(driver.submit(old, Submission::Receive).unwrap_err().raw_os_error(), Some(number::EBADF));
    assert_eq!(driver.close(old).unwrap_err().raw_os_error(), Some(number::EBADF));
    assert!(driver.send(old, &[IoSlice::new(b"x")]).is_err());
    expect_bytes(&mut driver, 77, b"fresh");
    a_foreign_descriptor_that_its_owner_closed_is_no_longer_attached(&mut driver);
}

fn a_foreign_descriptor_that_its_owner_closed_is_no_longer_attached(driver: &mut Driver) {
    let poll = || Submission::Poll(Interest::READABLE);
    let (reader, writer) = channel();
    let closed = raw(&reader);
    let old = driver.attach_foreign(closed, 1).unwrap();
    driver.submit(old, poll()).unwrap();
    assert_eq!(driver.attach_foreign(closed, 2).unwrap_err().raw_os_error(), Some(number::EEXIST), "it is open");
    drop((reader, writer));

    let (reader, mut writer) = channel();
    let fresh = driver.attach_foreign(raw(&reader), 2).unwrap();
    // The lowest one that is free, except on Windows.
    let is_reused = raw(&reader) == closed;
    assert!(is_reused || cfg!(windows));
    if is_reused {
        assert_eq!(driver.submit(old, poll()).unwrap_err().raw_os_error(), Some(number::EBADF));
    }
    driver.submit(fresh, poll()).unwrap();
    writer.write_all(b"x").unwrap();
    let done = completion(driver);
    assert!(done.token == 2 && matches!(done.event, Event::Ready(is) if is.readable), "{done:?}");
}
