//! `ww_tls`: every allocation of every call is refused once.

use super::bench::{span, zeroed};
use super::memory::{Memory, note_panics, panics};
use super::tls::configs;
use core::ptr::null_mut;
use wireway::error::Code;
use wireway::ffi::conn::drive::ww_iovec;
use wireway::ffi::head::types::{ww_error_info, ww_span};
use wireway::ffi::tls::drive::*;
use wireway::ffi::tls::info::*;
use wireway::ffi::tls::*;
use wireway::ffi::workspace::*;

const NOMEM: i32 = Code::Nomem as i32;

/// One end in memory that can be refused.
pub struct End {
    pub memory: Box<Memory>,
    ws: *mut ww_workspace,
    pub tls: *mut ww_tls,
    /// Octets of plaintext so far.
    pub got: usize,
    /// What ended it.
    error: i32,
    pub lent: Vec<Vec<u8>>,
}

impl End {
    pub fn new(is_server: bool) -> Self {
        note_panics();
        let memory = Memory::new();
        let size = size_of::<ww_workspace_config>();
        let limits = ww_workspace_config { size, allocator: memory.as_allocator(), ..zeroed() };
        let mut ws = null_mut();
        // SAFETY: as C would, here and below; the allocator outlives the workspace.
        assert_eq!(unsafe { ww_workspace_new(&limits, &mut ws) }, 0);
        let mut end = Self { memory, ws, tls: null_mut(), got: 0, error: 0, lent: Vec::new() };
        assert_eq!(end.make(is_server), 0);
        end
    }

    /// Makes the handle anew.
    pub fn make(&mut self, is_server: bool) -> i32 {
        let config = if is_server { configs().server } else { configs().client };
        // SAFETY: as above.
        unsafe {
            ww_tls_free(self.tls);
            ww_tls_new(config, self.ws, span("example.com"), &mut self.tls)
        }
    }

    pub fn receive(&mut self, octets: &[u8]) -> i32 {
        self.lent.push(octets.to_vec());
        let lent = self.lent.last_mut().unwrap();
        // SAFETY: as above; the octets stay.
        unsafe { ww_tls_receive(self.tls, lent.as_mut_ptr().cast(), lent.len()) }
    }

    pub fn drain(&mut self) -> i32 {
        loop {
            let mut plain: ww_span = zeroed();
            // SAFETY: as above.
            match unsafe { ww_tls_next(self.tls, &mut plain) } {
                0 => self.got += plain.len,
                status => {
                    self.error = status.min(0);
                    return status;
                }
            }
        }
    }

    pub fn send(&mut self) -> i32 {
        static TEXT: [u8; 20_000] = [b'x'; 20_000];
        let part = ww_iovec { iov_base: TEXT.as_ptr().cast_mut().cast(), iov_len: TEXT.len() };
        // SAFETY: as above.
        unsafe { ww_tls_send(self.tls, &part, 1) }
    }

    pub fn close(&mut self) -> i32 {
        // SAFETY: as above.
        unsafe { ww_tls_close(self.tls) }
    }

    /// Everything that is queued.
    pub fn output(&mut self) -> Vec<u8> {
        let mut all = Vec::new();
        loop {
            let mut iov: [ww_iovec; 8] = zeroed();
            // SAFETY: as above.
            let n = unsafe { ww_tls_output(self.tls, iov.as_mut_ptr(), 8) };
            let before = all.len();
            for piece in &iov[..n] {
                // SAFETY: pieces are readable until they are sent.
                all.extend_from_slice(unsafe { core::slice::from_raw_parts(piece.iov_base.cast(), piece.iov_len) });
            }
            if all.len() == before {
                return all;
            }
            // SAFETY: as above.
            assert_eq!(unsafe { ww_tls_sent(self.tls, all.len() - before) }, 0);
        }
    }

    /// What ended it, as it says itself.
    pub fn said_error(&self) -> i32 {
        let mut info = ww_error_info { size: size_of::<ww_error_info>(), ..zeroed() };
        // SAFETY: as above.
        assert_eq!(unsafe { ww_tls_error(self.tls, &mut info) }, 0);
        info.code
    }
}

impl Drop for End {
    fn drop(&mut self) {
        // SAFETY: as above; the workspace goes with the handle.
        unsafe {
            ww_workspace_free(self.ws);
            ww_tls_free(self.tls);
        }
        assert!(std::thread::panicking() || self.memory.live.get() == 0, "all memory is given back");
    }
}

/// Moves what `from` has, cut in two, which leaves half a record for a while.
pub fn carry(from: &mut End, to: &mut End) {
    let octets = from.output();
    for part in octets.chunks(octets.len() / 2 + 1) {
        to.receive(part);
        to.drain();
    }
}

/// A whole life, in which an allocation of the server's is refused; whether one was.
fn talk(fails: usize) -> bool {
    let before = panics();
    let (mut client, mut server) = (End::new(false), End::new(true));
    server.memory.allowed.set(Some(fails));
    for _ in 0..3 {
        carry(&mut client, &mut server);
        carry(&mut server, &mut client);
    }
    let (mut sent, is_sent) = (0, server.send());
    if is_sent == NOMEM {
        server.memory.allowed.set(None);
        sent = server.send();
    }
    client.send();
    carry(&mut client, &mut server);
    carry(&mut server, &mut client);
    let closed = server.close();
    carry(&mut server, &mut client);
    let (refused, ended) = (server.memory.refused.get() > 0, server.error != 0 || closed == NOMEM);
    assert_eq!(panics(), before);
    if ended {
        assert!(server.said_error() != 0 && refused, "what ended it is told");
    } else {
        assert_eq!((is_sent == 0 || sent == 0, client.got, server.got), (true, 20_000, 20_000));
    }
    refused
}

#[test]
fn a_pump_works_or_says_why_not() {
    let all = (0..500).find(|&fails| !talk(fails));
    assert!(all.is_some_and(|all| all > 3), "{all:?} allocations");
}

/// Making one fails at each of its allocations, and keeps none of them.
#[test]
fn a_pump_that_is_not_made_keeps_nothing() {
    for is_server in [false, true] {
        let mut end = End::new(is_server);
        // SAFETY: as C would.
        let used = |end: &End| unsafe { ww_workspace_memory(end.ws) };
        end.make(is_server);
        let before = used(&end);
        let mut fails = 0;
        loop {
            end.memory.allowed.set(Some(fails));
            let status = end.make(is_server);
            end.memory.allowed.set(None);
            if status == 0 {
                break;
            }
            assert_eq!(status, NOMEM);
            assert!(end.tls.is_null() && used(&end) <= before);
            fails += 1;
        }
        assert!(fails > 0);
    }
}
