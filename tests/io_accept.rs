//! Accepting and connecting through the driver.
#![cfg(feature = "io")]

mod io_support;

use io_support::system::number;
use io_support::{completion, completions_now, driver, listener, nobody, receiving};
#[cfg(unix)]
use io_support::{socket_path, unix};
use std::io::{ErrorKind, IoSlice, Write};
use std::net::TcpStream;
#[cfg(unix)]
use std::os::unix::net::UnixStream;
use wireway::io::driver::{Cancel, Event, Sent, Submission};
#[cfg(unix)]
use wireway::io::driver::{Config, Driver};
use wireway::io::socket::Socket;
#[cfg(unix)]
use wireway::io::socket::{Listener, SocketOptions};

#[test]
fn a_listener_stays_armed() {
    let mut driver = driver();
    let (socket, address) = listener();
    let key = driver.attach(socket, 9).unwrap();
    driver.submit(key, Submission::Accept).unwrap();
    for _ in 0..3 {
        let _peers: Vec<_> = (0..3).map(|_| TcpStream::connect(address.to_string()).unwrap()).collect();
        for _ in 0..3 {
            let done = completion(&mut driver);
            assert!(matches!(done.event, Event::Accepted(Ok(_))), "{done:?}");
        }
    }
    driver.submit(key, Submission::Cancel(Cancel::Accept)).unwrap();
    let _peer = TcpStream::connect(address.to_string()).unwrap();
    assert!(completions_now(&mut driver).is_empty());
    driver.submit(key, Submission::Accept).unwrap();
    assert!(matches!(completion(&mut driver).event, Event::Accepted(Ok(_))));
}

#[test]
#[cfg(unix)]
fn a_flood_of_connections_does_not_starve_the_rest() {
    let mut driver = Driver::new(&Config { accepts: 2, ..Config::default() }).unwrap();
    // Unix domain: a connection waits in the queue as soon as `connect` returns.
    let path = socket_path("flood");
    let (socket, _file) = Listener::bind(&unix(&path), &SocketOptions::default()).unwrap().into_parts();
    let key = driver.attach(socket, 1).unwrap();
    driver.submit(key, Submission::Accept).unwrap();
    let _peers: Vec<_> = (0..5).map(|_| UnixStream::connect(&path).unwrap()).collect();
    let turns: Vec<_> = (0..3).map(|_| completions_now(&mut driver).len()).collect();
    assert_eq!(turns, [2, 2, 1]);
}

#[test]
fn a_refused_connect_says_so() {
    let (socket, address) = listener();
    drop(socket);
    let mut driver = driver();
    let key = driver.attach(Socket::stream(&address).unwrap(), 1).unwrap();
    driver.submit(key, Submission::Connect(&address)).unwrap();
    match completion(&mut driver).event {
        Event::Connected(Err(e)) => assert_eq!(e.kind(), ErrorKind::ConnectionRefused),
        other => panic!("{other:?}"),
    }
}

/// The system tells it once, to whoever asks first.
#[test]
fn a_refused_connect_is_told_whatever_was_tried_meanwhile() {
    for sends in [true, false] {
        let (_port, nobody) = nobody();
        let mut driver = driver();
        let key = driver.attach(Socket::stream(&nobody).unwrap(), 1).unwrap();
        driver.submit(key, Submission::Connect(&nobody)).unwrap();
        if sends {
            let sent = driver.send(key, &[IoSlice::new(b"early")]);
            assert!(!matches!(sent, Ok(Sent::Done(_))), "{sent:?}");
        } else {
            let again = driver.submit(key, Submission::Connect(&nobody)).unwrap_err();
            assert_eq!(again.raw_os_error(), Some(number::EALREADY));
        }
        match completion(&mut driver).event {
            Event::Connected(Err(e)) => assert_eq!(e.kind(), ErrorKind::ConnectionRefused),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_connection_reset_while_it_waited_does_not_disturb_the_listener() {
    let mut driver = driver();
    let (socket, address) = listener();
    let lost = TcpStream::connect(address.to_string()).unwrap();
    Socket::adopt(lost.into()).unwrap().set_reset_on_close(true).unwrap();
    let mut good = TcpStream::connect(address.to_string()).unwrap();
    good.write_all(b"good").unwrap();
    let key = driver.attach(socket, 1).unwrap();
    driver.submit(key, Submission::Accept).unwrap();
    loop {
        let done = completion(&mut driver);
        match done.event {
            Event::Accepted(Ok(socket)) => drop(receiving(&mut driver, socket, 2)),
            Event::Received(Ok(4)) => break,
            Event::Received(Err(e)) => assert_eq!(e.kind(), ErrorKind::ConnectionReset),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_connect_completes_before_what_was_submitted_with_it() {
    let mut driver = driver();
    let (socket, address) = listener();
    let key = driver.attach(Socket::stream(&address).unwrap(), 1).unwrap();
    driver.submit(key, Submission::Connect(&address)).unwrap();
    driver.submit(key, Submission::Receive).unwrap();
    assert!(matches!(completion(&mut driver).event, Event::Connected(Ok(()))));
    drop(socket); // resets the connection that nobody accepted
    assert!(matches!(completion(&mut driver).event, Event::Received(Err(_))));

    let (_taken, address) = nobody();
    let key = driver.attach(Socket::stream(&address).unwrap(), 2).unwrap();
    driver.submit(key, Submission::Connect(&address)).unwrap();
    driver.submit(key, Submission::Receive).unwrap();
    assert!(matches!(completion(&mut driver).event, Event::Connected(Err(_))));
    assert!(completions_now(&mut driver).is_empty(), "a failed connect takes the receive with it");
}
