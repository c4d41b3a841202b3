//! Out of descriptors: the listener survives. One test in its own process, since it lowers the process's limit.
#![cfg(all(feature = "io", unix))]

mod io_support;

use io_support::{completion, completions_now, driver, listener};
use std::net::TcpStream;
use wireway::io::driver::{Event, Submission};
use wireway::io::socket::AcceptError;

fn set_limit(descriptors: libc::rlim_t) {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: both calls are given our own struct.
    unsafe {
        assert_eq!(libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit), 0);
        limit.rlim_cur = descriptors.min(limit.rlim_max);
        assert_eq!(libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit), 0);
    }
}

#[test]
fn a_listener_survives_running_out_of_descriptors() {
    let mut driver = driver();
    let (socket, address) = listener();
    let key = driver.attach(socket, 1).unwrap();
    driver.submit(key, Submission::Accept).unwrap();
    let waiting = TcpStream::connect(address.to_string()).unwrap();
    set_limit(3); // every number from 3 on is refused, whatever is open
    match completion(&mut driver).event {
        Event::Accepted(Err(AcceptError::Exhausted(e))) => assert_eq!(e.raw_os_error(), Some(libc::EMFILE)),
        other => panic!("{other:?}"),
    }
    assert!(completions_now(&mut driver).is_empty());
    assert_eq!(driver.wait(Some(0)).unwrap(), 0, "no spinning while the connection waits");
    driver.submit(key, Submission::Accept).unwrap();
    assert!(matches!(completion(&mut driver).event, Event::Accepted(Err(AcceptError::Exhausted(_)))));

    set_limit(1024);
    driver.submit(key, Submission::Accept).unwrap();
    match completion(&mut driver).event {
        Event::Accepted(Ok(socket)) => {
            assert_eq!(socket.peer_address().unwrap().to_string(), waiting.local_addr().unwrap().to_string());
        }
        other => panic!("{other:?}"),
    }
}
