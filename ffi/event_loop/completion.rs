//! What a loop reports, as C sees it.

use core::ptr::null;

use super::datagram_value::ww_datagram;
use super::datagram_view::DatagramView;
use super::socket::ww_socket;
use crate::error::{Code, Error};
use crate::ffi::head::types::ww_span;
use crate::ffi::status::WW_OK;
use crate::io::driver::Readiness;
use crate::io::event_loop::{Completion, Event, EventLoop};
use crate::io::resolver::eai;

/// A listener accepted a connection: `accepted`, whose token is 0 until ww_loop_set_token(). After an error nothing more is accepted until
/// ww_loop_accept() is called again; where the process can open no more descriptors (WW_E_SYSTEM, EMFILE), do that after a pause.
pub const WW_COMPLETION_ACCEPTED: i32 = 1;
/// A connect succeeded, or failed with `code`.
pub const WW_COMPLETION_CONNECTED: i32 = 2;
/// Octets, in `data`. `data.len` 0 with WW_OK is the end of the stream. An error ends all operations of the socket: close it. Pieces that a send holds stay held then, until ww_loop_close() lets go of them.
pub const WW_COMPLETION_RECEIVED: i32 = 3;
/// After WW_PAUSED of a send, or ww_loop_room(), unless receiving or connecting failed before: `n` more octets of it were sent, and there is room. All its pieces are free again; send what is
/// left now. An error ends the sending side: close the socket.
pub const WW_COMPLETION_SENT: i32 = 4;
/// While receiving is cancelled, after it was started once: the peer ended its sending side. With WW_READY_FAILED, also later: both sides ended, so that nothing that is
/// sent from now on arrives. After ww_loop_shutdown_write() only
/// the peer's end is told.
pub const WW_COMPLETION_HUNG_UP: i32 = 5;
/// A watched descriptor is ready: `flags` has WW_READY_*. Once for each ww_loop_poll().
pub const WW_COMPLETION_READY: i32 = 6;
/// UDP: `n` datagrams, in `datagrams`. An error ends receiving.
pub const WW_COMPLETION_DATAGRAMS: i32 = 7;
/// The socket is closed after WW_PAUSED of ww_loop_close(), and nothing given to its sends is read any more. Its last completion.
pub const WW_COMPLETION_CLOSED: i32 = 8;
/// The time of a timer has come: `n` is its number.
pub const WW_COMPLETION_TIMER: i32 = 9;
/// ww_poster_post() posted `token`; 0: ww_poster_ring() rang, at least once.
pub const WW_COMPLETION_POST: i32 = 10;
/// A server on the loop has something to do: call ww_server_next() on it with a timeout of 0 until it answers anything but WW_OK.
pub const WW_COMPLETION_SERVER: i32 = 11;
/// UDP with a peer (ww_loop_set_peer()): an ICMP message says why a datagram sent before did not arrive: `code` and `system`. Which one
/// is not known, and receiving goes on.
pub const WW_COMPLETION_UNDELIVERED: i32 = 12;
/// A look-up of ww_resolver_lookup() is done: `n` addresses, at least one, which ww_loop_resolved() reads. Or it failed: WW_E_RESOLVE, with
/// an `EAI_*` number in `system` that ww_resolver_reason() explains; WW_E_SYSTEM; WW_E_NOMEM.
pub const WW_COMPLETION_RESOLVED: i32 = 13;
/// Octets that ww_loop_send_zero_copy() had lent are free again: those of the `n` oldest such sends that were not told before. WW_RELEASE_COPIED
/// in `flags`: the system has copied some of them after all.
pub const WW_COMPLETION_RELEASED: i32 = 14;

/// Release flag: the system has copied octets that were lent, because the way to the peer cannot do without, as loopback. Lending then
/// only costs.
pub const WW_RELEASE_COPIED: u32 = 1 << 0;

/// Ready flag: a read does not block.
pub const WW_READY_READABLE: u32 = 1 << 0;
/// Ready flag: a write does not block.
pub const WW_READY_WRITABLE: u32 = 1 << 1;
/// Ready flag: an error is pending, or both directions have ended. Always told.
pub const WW_READY_FAILED: u32 = 1 << 2;

/// What happened on a loop. Fixed; 80 bytes on 64-bit systems.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ww_completion {
    /// WW_COMPLETION_*
    pub kind: i32,
    /// WW_OK, or why the operation failed.
    pub code: i32,
    /// The system's number of the error (errno, on Windows that of WSAGetLastError(); with WW_E_RESOLVE an `EAI_*`), or 0.
    pub system: i32,
    /// WW_READY_*; RELEASED: WW_RELEASE_*
    pub flags: u32,
    /// The token of the socket, the timer, the post or the look-up.
    pub token: u64,
    /// The socket; 0 for timers, posts and look-ups.
    pub socket: ww_socket,
    /// ACCEPTED: the new socket; otherwise 0.
    pub accepted: ww_socket,
    /// RECEIVED: the octets, which the caller may change, until the next ww_loop_next().
    pub data: ww_span,
    /// SENT: how many more octets were sent. TIMER: the number of the timer. DATAGRAMS, RESOLVED: how many. RELEASED: how many
    /// sends.
    pub n: usize,
    /// DATAGRAMS: an array of them, until the next ww_loop_next(); otherwise NULL.
    pub datagrams: *const ww_datagram,
    /// 0
    pub reserved: u64,
}

#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<ww_completion>() == 80);

impl ww_completion {
    /// A completion, while the loop still has its octets.
    pub(super) fn of(done: &Completion, event_loop: &mut EventLoop, view: &mut DatagramView) -> Self {
        let told = Self { token: done.token, socket: done.socket.number(), ..Self::NONE };
        match done.event {
            Event::Received(Ok(_)) => {
                let octets = event_loop.received();
                let data = ww_span { data: octets.as_mut_ptr(), len: octets.len() };
                Self { data, ..told.kind(WW_COMPLETION_RECEIVED) }
            }
            Event::Datagrams(Ok(())) => {
                let shown = event_loop.datagrams().map_or(&[][..], |batch| view.show(batch));
                Self { n: shown.len(), datagrams: shown.as_ptr(), ..told.kind(WW_COMPLETION_DATAGRAMS) }
            }
            event => told.with_result(event),
        }
    }

    /// What refers to nothing of the loop's, and may have failed.
    fn with_result(self, event: Event) -> Self {
        let (kind, failed) = match event {
            Event::Accepted(result) => (WW_COMPLETION_ACCEPTED, result.err()),
            Event::Connected(result) => (WW_COMPLETION_CONNECTED, result.err()),
            Event::Received(result) => (WW_COMPLETION_RECEIVED, result.err()),
            Event::Sent(result) => (WW_COMPLETION_SENT, result.err()),
            Event::Datagrams(result) => (WW_COMPLETION_DATAGRAMS, result.err()),
            Event::Resolved(result) => (WW_COMPLETION_RESOLVED, result.err()),
            Event::Undelivered(error) => (WW_COMPLETION_UNDELIVERED, Some(error)),
            event => return self.without_result(event),
        };
        match failed {
            None => self.of_success(event).kind(kind),
            Some(error) => self.failed(kind, error),
        }
    }

    /// What comes with a success.
    fn of_success(self, event: Event) -> Self {
        match event {
            Event::Accepted(Ok(socket)) => Self { accepted: socket.number(), ..self },
            Event::Sent(Ok(n)) | Event::Resolved(Ok(n)) => Self { n, ..self },
            _ => self,
        }
    }

    /// What cannot fail.
    fn without_result(self, event: Event) -> Self {
        match event {
            Event::HungUp { both } => {
                Self { flags: if both { WW_READY_FAILED } else { 0 }, ..self.kind(WW_COMPLETION_HUNG_UP) }
            }
            Event::Released(release) => {
                let flags = if release.is_copied { WW_RELEASE_COPIED } else { 0 };
                Self { flags, n: release.sends, ..self.kind(WW_COMPLETION_RELEASED) }
            }
            Event::Ready(readiness) => Self { flags: flags(readiness), ..self.kind(WW_COMPLETION_READY) },
            Event::Timer(number) => Self { n: number as usize, ..self.kind(WW_COMPLETION_TIMER) },
            Event::Posted => self.kind(WW_COMPLETION_POST),
            Event::Guest => self.kind(WW_COMPLETION_SERVER),
            _ => self.kind(WW_COMPLETION_CLOSED),
        }
    }

    const NONE: Self = Self {
        kind: 0,
        code: WW_OK,
        system: 0,
        flags: 0,
        token: 0,
        socket: 0,
        accepted: 0,
        data: ww_span { data: null(), len: 0 },
        n: 0,
        datagrams: null(),
        reserved: 0,
    };

    fn kind(self, kind: i32) -> Self {
        Self { kind, ..self }
    }

    #[cold]
    fn failed(self, kind: i32, error: Error) -> Self {
        let system = match error.code() {
            Code::System => i32::try_from(error.offset).unwrap_or(0),
            Code::Resolve => eai(&error),
            _ => 0,
        };
        Self { kind, code: error.code() as i32, system, ..self }
    }
}

fn flags(readiness: Readiness) -> u32 {
    let flag = |is: bool, flag: u32| if is { flag } else { 0 };
    flag(readiness.readable, WW_READY_READABLE)
        | flag(readiness.writable, WW_READY_WRITABLE)
        | flag(readiness.error || readiness.hung_up, WW_READY_FAILED)
}
