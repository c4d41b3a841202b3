//! TLS in the kernel where a call fails, each in turn: before the keys are taken out nothing has happened, and afterwards it is the end of
//! that connection only. And the real kernel of this machine.
#![cfg(all(feature = "service", feature = "tls", unix))]

mod kernel_support;
mod tls_support;

use kernel_support::peer::{GET, Terms};
use kernel_support::stand_in::{Call, EBUSY, EINVAL, ENOENT, EPERM, close_notify};
use kernel_support::{Rig, Seen};
use wireway::error::Code;
use wireway::io::ktls::{Direction, System};

#[test]
fn a_system_without_tls_is_probed_once() {
    let at_keys = vec![Call::Attach, Call::Ask(Direction::Send)];
    // That it is not there, that it is forbidden, and that it does not know these keys.
    let answers = [
        (Call::Attach, ENOENT, vec![Call::Attach]),
        (Call::Attach, EPERM, vec![Call::Attach]),
        (Call::Ask(Direction::Send), EINVAL, at_keys),
    ];
    for (call, error, asked) in answers {
        let mut rig = Rig::new();
        rig.log.lock().unwrap().refuse = Some((call, error));
        for _ in 0..2 {
            let client = rig.client(Terms(0x1301), |peer| {
                (0..3).for_each(|_| assert_eq!(peer.ask(3), b"abc"));
                peer.close();
                peer.ends_cleanly().unwrap()
            });
            assert_eq!(rig.serve(b"abc"), Seen { requests: 3, error: None, in_kernel: false });
            assert!(client.join().unwrap());
        }
        assert_eq!(rig.log.lock().unwrap().calls, asked);
        assert_eq!(rig.server.stats().kernel_tls, 0);
    }
}

#[test]
fn keys_that_are_refused_end_that_connection_only() {
    for refused in [Call::Keys(Direction::Send, 0), Call::Keys(Direction::Receive, 0)] {
        let mut rig = Rig::new();
        rig.log.lock().unwrap().refuse = Some((refused, EINVAL));
        let client = rig.client(Terms(0x1301), |peer| {
            peer.send(GET);
            peer.ends_cleanly().unwrap_or(false)
        });
        assert_eq!(rig.serve(b"abc").error, Some(Code::System));
        assert!(!client.join().unwrap());
        let client = rig.client(Terms(0x1301), |peer| peer.ask(3));
        rig.serve(b"abc");
        assert_eq!(client.join().unwrap(), b"abc");
        assert_eq!(rig.server.stats().kernel_tls, 1);
    }
}

#[test]
fn a_system_that_does_not_change_keys_ends_the_connection() {
    for way in [Direction::Receive, Direction::Send] {
        let mut rig = Rig::new();
        let log = rig.log.clone();
        let client = rig.client(Terms(0x1301), |peer| {
            peer.ask(3);
            peer.ask(3);
            peer.change_keys();
            peer.send(GET);
            peer.ends_cleanly().unwrap_or(false)
        });
        let seen = rig.serve_with(b"abc", |requests| {
            if requests == 2 {
                log.lock().unwrap().refuse = Some((Call::Keys(way, 0), EBUSY));
            }
        });
        assert!(!client.join().unwrap());
        assert_eq!((seen.error, seen.in_kernel), (Some(Code::System), true));
    }
}

#[test]
fn a_record_that_cannot_be_sent_ends_the_connection() {
    let mut rig = Rig::new();
    rig.log.lock().unwrap().refuse = Some((close_notify(), EINVAL));
    let client = rig.client(Terms(0x1301), |peer| {
        peer.ask(3);
        peer.close();
        peer.ends_cleanly().unwrap_or(false)
    });
    rig.serve(b"abc");
    assert!(!client.join().unwrap());
}

#[test]
fn this_machines_kernel_is_probed_and_the_connection_continues() {
    let mut rig = Rig::new();
    rig.server.set_kernel(Box::new(System));
    let content = vec![7; 1 << 20];
    for suite in kernel_support::peer::SUITES {
        let client = rig.client(Terms(suite), |peer| {
            (0..2).for_each(|_| assert_eq!(peer.ask(1 << 20), vec![7; 1 << 20]));
            peer.close();
            peer.ends_cleanly().unwrap()
        });
        let seen = rig.serve(&content);
        assert!(client.join().unwrap(), "{suite:x}");
        assert_eq!((seen.requests, seen.error), (2, None), "{suite:x}");
        println!("{suite:x} in the kernel: {}", seen.in_kernel);
    }
    assert!(rig.log.lock().unwrap().calls.is_empty());
}
