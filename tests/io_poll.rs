//! The driver as a reactor: readiness of any descriptor, and the driver inside another loop.
#![cfg(feature = "io")]

mod io_support;

use io_support::system::{ENDS_AS_A_WHOLE, channel, raw};
use io_support::{completion, completions_now, driver};
#[cfg(unix)]
use io_support::{expect_bytes, receiving};
use std::io::{IoSlice, Read, Write};
use wireway::io::driver::{Event, Interest, Submission};
use wireway::io::socket::Socket;

#[test]
fn poll_tells_readiness_of_any_descriptor() {
    let mut driver = driver();
    let (reader, mut writer) = channel();
    let key = driver.attach_foreign(raw(&reader), 5).unwrap();
    assert!(driver.submit(key, Submission::Receive).is_err(), "not the driver's to read");
    assert!(driver.socket(key).is_err());
    for _ in 0..3 {
        driver.submit(key, Submission::Poll(Interest::READABLE)).unwrap();
        assert!(completions_now(&mut driver).is_empty());
        writer.write_all(b"x").unwrap();
        let done = completion(&mut driver);
        assert!(matches!(done.event, Event::Ready(r) if r.readable && !r.writable), "{done:?}");
        assert!(completions_now(&mut driver).is_empty(), "one submission, one completion");
        assert_eq!((&reader).read(&mut [0; 8]).unwrap(), 1);
    }
    driver.submit(key, Submission::Poll(Interest::READABLE)).unwrap();
    drop(writer);
    let done = completion(&mut driver);
    assert!(matches!(done.event, Event::Ready(r) if r.readable && r.hung_up == ENDS_AS_A_WHOLE), "{done:?}");
    assert!(driver.detach(key).unwrap().is_none());
    assert_eq!((&reader).read(&mut [0; 8]).unwrap(), 0, "still open, still its owner's");
}

#[test]
fn poll_for_both_and_then_for_one() {
    let mut driver = driver();
    let (ours, other) = Socket::pair().unwrap();
    let key = driver.attach(ours, 1).unwrap();
    driver.submit(key, Submission::Poll(Interest::READABLE | Interest::WRITABLE)).unwrap();
    assert!(matches!(completion(&mut driver).event, Event::Ready(r) if r.writable && !r.readable));
    driver.submit(key, Submission::Poll(Interest::READABLE | Interest::WRITABLE)).unwrap();
    driver.submit(key, Submission::Poll(Interest::READABLE)).unwrap(); // replaces it
    assert!(completions_now(&mut driver).is_empty());
    other.send(&[IoSlice::new(b"x")]).unwrap();
    assert!(matches!(completion(&mut driver).event, Event::Ready(r) if r.readable));
}

/// A completion port is no socket, and is not watched as one: a guest is.
#[test]
#[cfg(unix)]
fn the_driver_nests_in_another_loop() {
    let mut inner = driver();
    let mut outer = driver();
    let key = outer.attach_foreign(inner.handle(), 1).unwrap();
    let (ours, other) = Socket::pair().unwrap();
    receiving(&mut inner, ours, 2);
    for _ in 0..2 {
        inner.flush().unwrap();
        outer.submit(key, Submission::Poll(Interest::READABLE)).unwrap();
        assert!(completions_now(&mut outer).is_empty());
        other.send(&[IoSlice::new(b"in")]).unwrap();
        assert!(matches!(completion(&mut outer).event, Event::Ready(r) if r.readable));
        expect_bytes(&mut inner, 2, b"in");
    }
}
