//! The waker: from another thread, and from a signal handler.
#![cfg(feature = "io")]

mod io_support;

use io_support::{PATIENCE_MS, completion, completions_now, driver};
#[cfg(unix)]
use std::sync::OnceLock;
use std::sync::mpsc;
use wireway::io::driver::{Driver, Event};
use wireway::io::waker::Waker;

fn expect_woken(driver: &mut Driver) {
    let done = completion(driver);
    assert!(matches!(done.event, Event::Woken), "{done:?}");
}

#[test]
fn many_wakes_are_one_completion() {
    let mut driver = driver();
    let waker = driver.waker();
    for _ in 0..3 {
        for _ in 0..10 {
            waker.wake();
        }
        assert_eq!(completions_now(&mut driver).len(), 1);
        assert!(completions_now(&mut driver).is_empty());
    }
}

#[test]
fn wakes_from_another_thread_lose_nothing() {
    const MESSAGES: u32 = 1000;
    let mut driver = driver();
    let waker = driver.waker();
    let (sender, receiver) = mpsc::channel();
    let thread = std::thread::spawn(move || {
        for message in 0..MESSAGES {
            sender.send(message).unwrap();
            waker.wake();
        }
    });
    // Looks into the queue only when woken: a lost wake-up would leave it waiting.
    let mut expected = 0;
    while expected < MESSAGES {
        expect_woken(&mut driver);
        for message in receiver.try_iter() {
            assert_eq!(message, expected);
            expected += 1;
        }
    }
    thread.join().unwrap();
}

#[test]
#[cfg(unix)]
fn wakes_from_a_signal_handler() {
    static WAKER: OnceLock<Waker> = OnceLock::new();

    extern "C" fn handler(_: libc::c_int) {
        if let Some(waker) = WAKER.get() {
            waker.wake();
        }
    }

    let mut driver = driver();
    WAKER.set(driver.waker()).unwrap();
    // SAFETY: the handler does only what is async-signal-safe; the signal is nobody else's in this process.
    unsafe { libc::signal(libc::SIGUSR2, handler as *const () as libc::sighandler_t) };
    // SAFETY: no pointers.
    let waiting = unsafe { libc::pthread_self() };
    let thread = std::thread::spawn(move || {
        // SAFETY: the thread waits for this one, so it still exists. Whether it waits for the driver already makes no difference.
        unsafe { libc::pthread_kill(waiting, libc::SIGUSR2) };
    });
    expect_woken(&mut driver);
    thread.join().unwrap();
}

#[test]
fn a_driver_can_move_between_threads_and_a_waker_be_shared() {
    fn moves<T: Send>() {}
    fn shared<T: Send + Sync>() {}
    moves::<Driver>();
    shared::<Waker>();
}

#[test]
fn a_waker_may_outlive_its_driver() {
    let driver = driver();
    let waker = driver.waker();
    drop(driver);
    waker.wake();
}

#[test]
fn a_wait_ends_when_its_time_is_up() {
    let mut driver = driver();
    let before = wireway::io::clock::monotonic_ms();
    assert_eq!(driver.wait(Some(5)).unwrap(), 0);
    let after = wireway::io::clock::monotonic_ms();
    assert!(after - before >= 4 && after - before < PATIENCE_MS);
}
