//! A descriptor's number given out again in the middle of a batch. One test in its own process, so that no other takes the
//! number.
#![cfg(feature = "io")]

mod io_support;

use io_support::{completion, driver, expect_bytes, receiving, two_ready};
use std::io::{IoSlice, Write};
use std::os::fd::AsRawFd;
use wireway::io::driver::{Driver, Event, Interest, Submission};
use wireway::io::socket::Socket;

#[test]
fn a_descriptor_reused_in_the_middle_of_a_batch_gets_no_stale_event() {
    let mut driver = driver();
    let (keys, _peers) = two_ready(&mut driver);
    let first = driver.next().unwrap().token as usize;
    let old = keys[1 - first];
    let number = driver.socket(old).unwrap().as_raw_fd();
    driver.close(old).unwrap();

    // The system gives out the lowest number that is free; one of the new pair gets that of the closed one.
    let (one, other) = Socket::pair().unwrap();
    let (fresh, peer) = if one.as_raw_fd() == number { (one, other) } else { (other, one) };
    // A driver that the system still works for closes the descriptor later.
    assert!(fresh.as_raw_fd() == number || driver.info().holds_sends);
    receiving(&mut driver, fresh, 77);
    peer.send(&[IoSlice::new(b"fresh")]).unwrap();

    assert!(driver.next().is_none(), "the event in the batch was the old one's");
    assert_eq!(driver.submit(old, Submission::Receive).unwrap_err().raw_os_error(), Some(libc::EBADF));
    assert_eq!(driver.close(old).unwrap_err().raw_os_error(), Some(libc::EBADF));
    assert!(driver.send(old, &[IoSlice::new(b"x")]).is_err());
    expect_bytes(&mut driver, 77, b"fresh");
    a_foreign_descriptor_that_its_owner_closed_is_no_longer_attached(&mut driver);
}

fn a_foreign_descriptor_that_its_owner_closed_is_no_longer_attached(driver: &mut Driver) {
    let poll = || Submission::Poll(Interest::READABLE);
    let (reader, writer) = std::io::pipe().unwrap();
    let number = reader.as_raw_fd();
    let old = driver.attach_foreign(number, 1).unwrap();
    driver.submit(old, poll()).unwrap();
    assert_eq!(driver.attach_foreign(number, 2).unwrap_err().raw_os_error(), Some(libc::EEXIST), "it is open");
    drop((reader, writer));

    let (reader, mut writer) = std::io::pipe().unwrap();
    assert_eq!(reader.as_raw_fd(), number, "the lowest one that is free");
    let fresh = driver.attach_foreign(number, 2).unwrap();
    assert_eq!(driver.submit(old, poll()).unwrap_err().raw_os_error(), Some(libc::EBADF));
    driver.submit(fresh, poll()).unwrap();
    writer.write_all(b"x").unwrap();
    let done = completion(driver);
    assert!(done.token == 2 && matches!(done.event, Event::Ready(is) if is.readable), "{done:?}");
}
