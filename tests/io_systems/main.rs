//! Sockets without a driver, by what the library has on every system: no constant of one of them is in here.
#![cfg(feature = "io")]

mod datagrams;
mod streams;

use std::io;
use std::time::{Duration, Instant};
use wireway::io::address::Address;

/// Longer than any of these waits takes on the busiest machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// What a call returns once it does not fail with `WouldBlock`.
fn waited<T>(mut call: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    let start = Instant::now();
    loop {
        match call() {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                assert!(start.elapsed() < PATIENCE, "nothing came");
                std::thread::yield_now();
            }
            result => return result,
        }
    }
}

fn address(text: &str) -> Address {
    text.parse().expect(text)
}
