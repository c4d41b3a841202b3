//! A reset that a send finds first.
#![cfg(feature = "io")]

mod io_support;

#[cfg(target_os = "linux")]
use io_support::completions_now;
use io_support::system::number;
use io_support::{completion, driver, send_now, tcp_pair};
use std::io::IoSlice;
use wireway::io::driver::{Event, Submission};
use wireway::io::socket::Socket;

/// The system tells an error once: where a send has it, a receive finds nothing, which is no end.
#[test]
fn a_reset_that_a_send_finds_is_no_end_of_the_stream() {
    for is_reset in [true, false] {
        let mut driver = driver();
        let (ours, peer) = tcp_pair();
        let key = driver.attach(ours, 7).unwrap();
        let peer = Socket::adopt(peer.into()).unwrap();
        peer.set_reset_on_close(is_reset).unwrap();
        drop(peer);
        // Without a reset the peer's end comes first, and then what answers octets for a socket that is closed.
        let error = loop {
            match send_now(&mut driver, key, &[IoSlice::new(b"x")]) {
                Ok(_) => std::thread::yield_now(),
                Err(error) => break error,
            }
        };
        // Windows tells a reset behind the end as any other.
        let is_reset = is_reset || cfg!(windows);
        let number = if is_reset { number::ECONNRESET } else { number::EPIPE };
        assert_eq!(error.raw_os_error(), Some(number));
        driver.submit(key, Submission::Receive).unwrap();
        match completion(&mut driver).event {
            Event::Received(Err(_)) => assert!(is_reset),
            Event::Received(Ok(0)) => assert!(!is_reset),
            other => panic!("{other:?}"),
        }
    }
}

/// The same where a send of a file has it: at once, or behind octets that it still took, when the system does not tell.
#[cfg(target_os = "linux")]
#[test]
fn a_reset_that_a_send_of_a_file_finds_is_no_end_of_the_stream() {
    use std::os::fd::AsRawFd as _;
    const ASKED: usize = 1 << 20;
    let file = std::fs::File::open(std::env::current_exe().unwrap()).unwrap();
    assert!(file.metadata().unwrap().len() >= ASKED as u64);
    // Whether the reset comes within a send depends on the threads: once in a few times.
    for round in 0..100 {
        let mut driver = driver();
        let (ours, peer) = tcp_pair();
        let key = driver.attach(ours, 7).unwrap();
        let peer = Socket::adopt(peer.into()).unwrap();
        peer.set_reset_on_close(true).unwrap();
        let closes = std::thread::spawn(move || drop(peer));
        let error = loop {
            if let Err(error) = driver.send_file(key, file.as_raw_fd(), 0, ASKED as u64) {
                break error;
            }
        };
        closes.join().unwrap();
        driver.submit(key, Submission::Receive).unwrap();
        let Some(Event::Received(found)) =
            std::iter::repeat_with(|| completion(&mut driver).event).find(|event| !matches!(event, Event::Sent(_)))
        else {
            panic!("round {round}: something else than the end of receiving");
        };
        assert_eq!(found.unwrap_err().raw_os_error(), Some(number::ECONNRESET), "round {round}: {error}");
        assert!(completions_now(&mut driver).is_empty(), "round {round}: the error is the last completion");
    }
}
