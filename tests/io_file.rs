//! Files sent without being read.
#![cfg(all(feature = "io", unix))]

mod io_support;

use io_support::{completion, completions_now, driver, receiving, send_all, tcp_pair};
use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::os::fd::AsRawFd;
use wireway::io::driver::{Cancel, Event, Sent, Submission};
use wireway::io::socket::Socket;

const MANIFEST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");

#[test]
fn a_stretch_of_a_file_goes_out_behind_octets() {
    let mut driver = driver();
    let (ours, mut peer) = tcp_pair();
    let key = receiving(&mut driver, ours, 1);
    let (file, all) = (File::open(MANIFEST).unwrap(), std::fs::read(MANIFEST).unwrap());
    send_all(&mut driver, key, b"before ");
    assert_eq!(driver.send_file(key, file.as_raw_fd(), 3, 20).unwrap(), Sent::Done(20));
    let mut got = [0; 27];
    peer.read_exact(&mut got).unwrap();
    assert_eq!(got[7..], all[3..23]);
    let len = all.len() as u64;
    assert_eq!(driver.send_file(key, file.as_raw_fd(), len - 4, 5).unwrap(), Sent::Room(4), "the rest is not there");
    let ended = driver.send_file(key, file.as_raw_fd(), len, 1).unwrap_err();
    assert_eq!(ended.kind(), ErrorKind::UnexpectedEof);
    for (fd, offset) in [(-1, 0), (file.as_raw_fd(), u64::MAX)] {
        assert!(driver.send_file(key, fd, offset, 1).is_err());
    }
}

#[test]
fn room_is_reported_once_per_submission() {
    let mut driver = driver();
    let (ours, _peer) = tcp_pair();
    let key = receiving(&mut driver, ours, 5);
    driver.submit(key, Submission::Room).unwrap();
    let done = completion(&mut driver);
    assert!(matches!(done.event, Event::Sent(Ok(0))) && done.token == 5, "{done:?}");
    assert!(completions_now(&mut driver).is_empty());
    driver.submit(key, Submission::Room).unwrap();
    driver.submit(key, Submission::Cancel(Cancel::Send)).unwrap();
    assert!(completions_now(&mut driver).is_empty());
}

/// Programs of C die of the signal, which the call itself would raise.
#[test]
fn a_peer_that_is_gone_is_an_error_and_no_signal() {
    let mut driver = driver();
    let file = File::open(MANIFEST).unwrap();
    // SAFETY: the default is what a program of C begins with.
    assert_ne!(unsafe { libc::signal(libc::SIGPIPE, libc::SIG_DFL) }, libc::SIG_ERR);
    for _ in 0..2 {
        let (ours, peer) = Socket::pair().unwrap();
        let key = driver.attach(ours, 1).unwrap();
        drop(peer);
        let error = driver.send_file(key, file.as_raw_fd(), 0, 10).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BrokenPipe);
    }
    assert!(!is_blocked(), "as it was before");
    assert!(!waits());
}

/// The system raises the signal also where it has taken octets of the same call before, and answers how many.
#[test]
fn a_peer_that_goes_meanwhile_is_no_signal_either() {
    let name = std::env::temp_dir().join(format!("wireway-meanwhile-{}", std::process::id()));
    std::fs::write(&name, vec![0; 1 << 20]).unwrap();
    let file = File::open(&name).unwrap();
    std::fs::remove_file(&name).unwrap();
    let mut driver = driver();
    // SAFETY: as above.
    assert_ne!(unsafe { libc::signal(libc::SIGPIPE, libc::SIG_DFL) }, libc::SIG_ERR);
    for round in 0..50 {
        let (ours, mut peer) = tcp_pair();
        let key = driver.attach(ours, 1).unwrap();
        // Behind its end, even a reset breaks the pipe.
        peer.shutdown(std::net::Shutdown::Write).unwrap();
        let reader = std::thread::spawn(move || peer.read_exact(&mut vec![0; round * 8000]));
        while driver.send_file(key, file.as_raw_fd(), 0, 1 << 20).is_ok() {}
        reader.join().unwrap().unwrap();
        driver.close(key).unwrap();
    }
    assert!(!is_blocked() && !waits());
}

fn is_blocked() -> bool {
    // SAFETY: all zero is a set; it is written.
    unsafe {
        let mut set: libc::sigset_t = std::mem::zeroed();
        libc::pthread_sigmask(libc::SIG_BLOCK, std::ptr::null(), &raw mut set);
        libc::sigismember(&raw const set, libc::SIGPIPE) == 1
    }
}

fn waits() -> bool {
    // SAFETY: all zero is a set; it is written.
    unsafe {
        let mut set: libc::sigset_t = std::mem::zeroed();
        libc::sigpending(&raw mut set);
        libc::sigismember(&raw const set, libc::SIGPIPE) == 1
    }
}
