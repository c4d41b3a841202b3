//! A look at what only the driver has: the system shows nothing of it any more.
#![cfg(feature = "io")]

mod io_support;

use io_support::look::{completion, on_each};
use io_support::system::number;
use io_support::{receiving, tcp_pair};
use std::io::{self, Write};
use wireway::io::descriptor::RawFile;
use wireway::io::driver::{Event, Gather};
use wireway::io::ktls::{Cipher, Direction, Info, Kernel, Received};
use wireway::io::socket::Socket;

/// A kernel that takes what has come and cannot decrypt it.
struct Undecryptable;

impl Kernel for Undecryptable {
    fn attach(&mut self, _: &Socket) -> io::Result<()> {
        Ok(())
    }

    fn set_keys(&mut self, _: &Socket, _: Direction, _: &Info) -> io::Result<()> {
        Ok(())
    }

    fn send(&mut self, _: &Socket, _: &Gather<'_>) -> io::Result<usize> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn send_file(&mut self, _: &Socket, _: RawFile, _: u64, _: usize) -> io::Result<usize> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn send_record(&mut self, _: &Socket, _: u8, _: &[u8]) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn receive(&mut self, socket: &Socket, into: &mut [u8]) -> io::Result<Received> {
        socket.receive(into)?;
        Err(io::Error::from_raw_os_error(number::EBADMSG))
    }
}

#[test]
fn an_error_that_left_no_trace_in_the_system_is_seen() {
    on_each(|driver| {
        driver.set_kernel(Box::new(Undecryptable));
        let (ours, mut peer) = tcp_pair();
        let key = receiving(driver, ours, 1);
        driver.attach_kernel(key).unwrap();
        let keys = Info::new(0x0304, Cipher::Aes128Gcm, &[0; 16], &[0; 12], 0).unwrap();
        driver.set_keys(key, Direction::Receive, &keys).unwrap();
        assert!(!driver.look(key).unwrap());
        peer.write_all(b"no record").unwrap();
        let done = completion(driver);
        assert!(matches!(done.event, Event::Received(Err(_))), "{done:?}");
        assert!(driver.look(key).unwrap());
    });
}

#[cfg(feature = "fault")]
mod kept {
    use super::io_support::PATIENCE_MS;
    use super::io_support::look::{octets_until_the_end, see};
    use super::*;
    use std::cell::Cell;
    use std::net::{Shutdown, TcpStream};
    use std::time::Duration;
    use wireway::io::driver::{Cancel, Driver, Key, Submission};

    /// Nothing of a socket is reported in the rest of the batch.
    #[track_caller]
    fn expect_nothing(driver: &mut Driver) {
        while let Some(done) = driver.next() {
            assert!(matches!(done.event, Event::Woken), "{done:?}");
        }
    }

    /// Whether the system has octets or connections of the socket.
    fn system_has_input(driver: &Driver, key: Key) -> bool {
        io_support::system::is_readable(driver.socket(key).unwrap().raw(), Duration::ZERO)
    }

    #[test]
    fn what_a_driver_keeps_is_seen_until_it_is_reported() {
        let kept = Cell::new(0);
        on_each(|driver| {
            let (ours, mut peer) = tcp_pair();
            let key = receiving(driver, ours, 1);
            peer.write_all(b"kept").unwrap();
            driver.wait(Some(PATIENCE_MS)).unwrap();
            driver.submit(key, Submission::Cancel(Cancel::Receive)).unwrap();
            expect_nothing(driver);
            see(driver, key);
            kept.set(kept.get() + usize::from(!system_has_input(driver, key)));
            peer.shutdown(Shutdown::Write).unwrap();
            driver.submit(key, Submission::Receive).unwrap();
            assert_eq!(octets_until_the_end(driver).0, b"kept");
        });
        assert!(kept.get() > 0, "no driver kept them");
    }

    #[test]
    fn connections_that_a_driver_keeps_are_seen_until_they_are_reported() {
        let kept = Cell::new(0);
        on_each(|driver| {
            let (socket, address) = io_support::listener();
            let key = driver.attach(socket, 1).unwrap();
            driver.submit(key, Submission::Accept).unwrap();
            let _client = TcpStream::connect(address.to_string()).unwrap();
            driver.wait(Some(PATIENCE_MS)).unwrap();
            driver.submit(key, Submission::Cancel(Cancel::Accept)).unwrap();
            expect_nothing(driver);
            see(driver, key);
            kept.set(kept.get() + usize::from(!system_has_input(driver, key)));
            driver.submit(key, Submission::Accept).unwrap();
            let done = completion(driver);
            assert!(matches!(done.event, Event::Accepted(Ok(_))), "{done:?}");
        });
        assert!(kept.get() > 0, "no driver kept them");
    }
}
