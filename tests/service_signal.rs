//! A signal handler drains a server that waits. One test in its own process, since handlers are the process's.
#![cfg(all(feature = "service", unix))]

mod service_support;

use service_support::*;
use std::sync::OnceLock;
use wireway::service::{Mailbox, Next};

static MAILBOX: OnceLock<Mailbox> = OnceLock::new();

extern "C" fn handler(_: libc::c_int) {
    if let Some(mailbox) = MAILBOX.get() {
        let _ = mailbox.drain(PATIENCE_MS);
    }
}

#[test]
fn a_signal_handler_drains() {
    let mut h = Harness::new();
    assert!(MAILBOX.set(h.server.mailbox()).is_ok());
    // SAFETY: a zeroed sigaction is a valid one, and the handler makes only async-signal-safe calls.
    let thread = unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = handler as *const () as usize;
        assert_eq!(libc::sigaction(libc::SIGUSR1, &raw const action, std::ptr::null_mut()), 0);
        libc::pthread_self()
    };
    let (sender, waits) = std::sync::mpsc::channel();
    let killer = std::thread::spawn(move || {
        waits.recv().unwrap();
        // SAFETY: the thread lives until this one is joined. Whether it waits already makes no difference.
        assert_eq!(unsafe { libc::pthread_kill(thread, libc::SIGUSR1) }, 0);
    });
    sender.send(()).unwrap();
    assert_eq!(h.server.next(Some(PATIENCE_MS)), Ok(Next::Done));
    killer.join().unwrap();
}
