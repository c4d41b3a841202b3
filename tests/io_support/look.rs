//! What the tests of looks share.

use super::PATIENCE_MS;
use std::time::{Duration, Instant};
use wireway::io::driver::{Choice, Completion, Config, Driver, Event, Key};

/// Runs a test on each driver. Which one failed is in the test's output.
pub fn on_each(test: impl Fn(&mut Driver)) {
    let readiness = if cfg!(target_os = "linux") { Choice::Epoll } else { Choice::Native };
    let choices = [readiness].into_iter();
    #[cfg(feature = "fault")]
    let choices = choices.chain((0..32).flat_map(|seed| {
        use wireway::io::driver::Faults;
        [Choice::Fault(Faults::hidden(seed)), Choice::Fault(Faults::harmless(seed))]
    }));
    for choice in choices {
        println!("{choice:?}");
        test(&mut Driver::new(&Config { choice, ..Config::default() }).unwrap());
    }
}

/// Looks until something has arrived, then once more.
#[track_caller]
pub fn see(driver: &mut Driver, key: Key) {
    let limit = Instant::now() + Duration::from_millis(PATIENCE_MS);
    while !driver.look(key).unwrap() {
        assert!(Instant::now() < limit, "nothing arrived");
        std::thread::yield_now();
    }
    assert!(driver.look(key).unwrap(), "it is still there");
}

/// The next completion of a socket. A driver that keeps something may wake its loop besides.
pub fn completion(driver: &mut Driver) -> Completion {
    loop {
        let done = super::completion(driver);
        if !matches!(done.event, Event::Woken) {
            return done;
        }
    }
}

/// All octets until something else happens.
pub fn octets_until_the_end(driver: &mut Driver) -> (Vec<u8>, Event) {
    let mut octets = Vec::new();
    loop {
        match completion(driver).event {
            Event::Received(Ok(1..)) => octets.extend_from_slice(driver.received()),
            other => return (octets, other),
        }
    }
}
