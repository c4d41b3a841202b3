//! `ww_server` across the C ABI: its life and its loop.

pub mod answer;
pub mod config;
pub mod endpoints;
pub mod hold;
pub mod info;
pub mod listen;
pub mod listen_options;
pub mod tls;
pub mod topics;
pub mod websocket;

use core::ffi::c_void;
use core::ptr::null_mut;

use super::check::ARGUMENT;
use super::error_info::explain;
use super::event::{WW_EVENT_CLOSED, WW_EVENT_OPENED, WW_EVENT_POST, WW_EVENT_UNDELIVERED, ww_event, ww_id};
use super::event_loop::hosted::Hosted;
use super::guard::{answer, guarded};
use super::handle::{Handle, look, with};
use super::head::types::{ww_error_info, ww_span};
use super::status::{WW_DONE, WW_OK, WW_TIMEOUT, ww_status};
use super::view::{self, HeadView};
use crate::error::Error;
use crate::memory::Heap;
use crate::service::{Event, EventKind, EventSink, EventView, Id, Mailbox, Polled, Server};
use crate::websocket::machine::MessagePart;
use config::ww_server_config;

/// A server: sockets, an event loop and connections.
///
/// One thread at a time; other threads use its ww_mailbox. Servers share nothing: run one on each thread, with
/// WW_SERVER_REUSE_PORT.
pub struct ww_server {
    pub(super) core: Server,
    /// The head of the present event.
    view: HeadView,
    /// The loop it was made on, if it was made on one.
    hosted: Option<Hosted>,
    /// A panic crossed this handle.
    poisoned: bool,
}

impl Handle for ww_server {
    #[inline(always)]
    fn is_poisoned(&self) -> bool {
        self.poisoned
    }

    /// A loop asks nothing of it any more.
    fn poison(&mut self) {
        self.poisoned = true;
        self.leave();
    }
}

impl ww_server {
    /// Another handle to the mailbox.
    pub(super) fn mailbox(&self) -> Mailbox {
        self.core.mailbox()
    }

    /// The loop watches it no more.
    fn leave(&mut self) {
        self.hosted.take().inspect(|hosted| hosted.leave(&raw const self.core));
    }

    /// It is a guest of a loop, which it tells when it goes.
    pub(super) fn host(&mut self, hosted: Hosted) {
        self.hosted = Some(hosted);
    }
}

impl Drop for ww_server {
    fn drop(&mut self) {
        self.leave();
    }
}

/// The id as the core has it.
fn id(conn: ww_id) -> Id {
    Id::from_number(conn)
}

/// Makes a server that listens nowhere yet. `config` NULL means all defaults; it is copied. Free it with ww_server_free().
///
/// Errors: WW_E_ARGUMENT (`out` NULL, a config out of range), WW_E_NOMEM, WW_E_SYSTEM (the process may open no more descriptors, ...),
/// WW_E_UNSUPPORTED (that driver is of another system or not in this build);
/// `*out` is NULL then, and `*error` says what is wrong, as for ww_server_listen(). Allocates.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_new(
    config: *const ww_server_config,
    out: *mut *mut ww_server,
    error: *mut ww_error_info,
) -> ww_status {
    guarded(|| {
        // SAFETY: as the caller promises.
        let made = unsafe { make(config, out) };
        // SAFETY: as the caller promises.
        answer(unsafe { explain(made, error) })
    })
}

/// # Safety
/// As ww_server_new().
unsafe fn make(config: *const ww_server_config, out: *mut *mut ww_server) -> Result<(), Error> {
    // SAFETY: null or writable by the caller's promise.
    let out = unsafe { out.as_mut() }.ok_or(ARGUMENT)?;
    *out = null_mut();
    // SAFETY: as the caller promises.
    let config = unsafe { ww_server_config::read(config) }?;
    *out = Box::into_raw(with_config(&config, Server::new)?);
    Ok(())
}

/// A server that `make` makes.
pub(super) fn with_config(
    config: &crate::service::Config,
    make: impl FnOnce(&crate::service::Config) -> Result<Server, Error>,
) -> Result<Box<ww_server>, Error> {
    let limits = &config.conn.limits;
    // One view for every head, with its room from the start, so that no event is lost for lack of memory.
    let fields = limits.head.fields_max.max(limits.trailers.fields_max);
    let view = HeadView::with_room(&Heap::new(usize::MAX), fields)?;
    Ok(Box::new(ww_server { core: make(config)?, view, hosted: None, poisoned: false }))
}

/// Frees a server: closes its listeners and its connections, without events; octets that were lent are no longer looked at. To get the
/// pointers of ww_server_set_user() back, call ww_server_take_user() before. Mailboxes stay valid and answer WW_E_GONE. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_free(server: *mut ww_server) {
    guarded(|| {
        if !server.is_null() {
            // SAFETY: made by `Box::into_raw`, and the caller gives it up.
            drop(unsafe { Box::from_raw(server) });
        }
        0
    });
}

/// Waits for the next event and puts it in `ev`; its pointers live until the next ww_server_next() or ww_server_free(). Waits at most
/// `timeout_ms` milliseconds; 0 only looks, a negative one never ends. Signals do not end the wait: a handler that is to end it calls
/// ww_mailbox_drain(). A program need not care about SIGPIPE.
///
/// Every connection begins with WW_EVENT_OPENED (or ww_server_adopt()) and ends with WW_EVENT_CLOSED, after its last WW_EVENT_RELEASED. What was made for a
/// connection is sent when it has no more events for now, or, for other connections than that of the last event, before the
/// next wait; ww_server_flush() sends it at once.
///
/// Returns WW_OK with an event, WW_TIMEOUT, or WW_DONE: the server was drained and no connection is left. Errors: WW_E_SYSTEM: a listener
/// or the wait failed (ww_server_error() tells why), and what is open stays open: call again, or give up. A listener that fails is not
/// tried again at once, but when a connection has ended. A wait that fails may fail again at once, as where the program closed the server's
/// descriptor: give up after a few failures in a row. After any other error free the server. Running out of descriptors is no error:
/// accepting waits until there are some. Does not allocate in the steady state; more connections, larger messages and posts do.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_next(server: *mut ww_server, ev: *mut ww_event, timeout_ms: i64) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(server, |s| {
            let out = ev.as_mut().ok_or(ARGUMENT)?;
            Ok(if s.core.has_fast_turn() {
                next_of_fast_turn(s, out, timeout_ms)
            } else {
                next_of_any(s, out, timeout_ms)
            })
        })
    }
}

/// As [`next_of_any`]; a call of its own, so that neither saves the registers of the other.
#[inline(never)]
fn next_of_fast_turn(server: &mut ww_server, out: &mut ww_event, timeout_ms: i64) -> ww_status {
    let made = server.core.next_fast(&mut Out { event: out, view: &mut server.view });
    made.unwrap_or_else(|| next_of_any(server, out, timeout_ms))
}

/// Answers the status, since a result would go through memory.
#[inline(never)]
fn next_of_any(server: &mut ww_server, out: &mut ww_event, timeout_ms: i64) -> ww_status {
    let ww_server { core, view, .. } = server;
    match core.next_into(u64::try_from(timeout_ms).ok(), &mut Out { event: out, view }) {
        Ok(Polled::Conn(status)) => status,
        Ok(Polled::Own(event)) => {
            *out = plain(core, &event);
            WW_OK
        }
        Ok(Polled::Timeout) => WW_TIMEOUT,
        Ok(Polled::Done) => WW_DONE,
        Err(error) => error.code() as ww_status,
    }
}

/// Where events of connections go.
struct Out<'a> {
    event: &'a mut ww_event,
    view: &'a mut HeadView,
}

impl EventSink for Out<'_> {
    type Output = ww_status;

    #[inline(always)]
    fn convert(&mut self, view: EventView<'_>) -> ww_status {
        let start = view.lent.as_ptr();
        let about = ww_event { conn: view.id.number(), user: view.user, ..ww_event::new(0) };
        view::write(self.event, about, view.event, view.shown, start);
        if view.event.has_head() {
            return match self.view.show(view.shown, start) {
                Ok(head) => {
                    self.event.head = head;
                    WW_OK
                }
                Err(error) => error.code() as ww_status,
            };
        }
        WW_OK
    }

    #[inline(always)]
    fn message(&mut self, id: Id, user: *mut c_void, lent: &[u8], part: &MessagePart) -> ww_status {
        let about = ww_event { conn: id.number(), user, ..ww_event::new(0) };
        view::write_message(self.event, about, part, lent);
        WW_OK
    }
}

/// An event of the server's own.
#[cold]
fn plain(server: &Server, event: &Event) -> ww_event {
    let from = match event.kind {
        EventKind::Opened | EventKind::Conn(_) => ww_event::new(WW_EVENT_OPENED),
        EventKind::Closed(error) => {
            ww_event { code: error.map_or(0, |error| error.code() as i32), ..ww_event::new(WW_EVENT_CLOSED) }
        }
        EventKind::Post(token) => {
            let octets = server.posted();
            let data = ww_span { data: octets.as_ptr(), len: octets.len() };
            ww_event { token, data, ..ww_event::new(WW_EVENT_POST) }
        }
        EventKind::Undelivered(token, code) => {
            ww_event { token, code: code as i32, ..ww_event::new(WW_EVENT_UNDELIVERED) }
        }
    };
    ww_event { conn: event.id.number(), user: event.user, ..from }
}

/// Sends now what was made since the last event, for all connections. ww_server_next() does it by itself before it waits. Ends no
/// events. Allocates when no output block is to spare for messages of this turn, and over TLS, where it makes the records.
///
/// Errors: WW_E_ARGUMENT. A connection that cannot be written to ends with events.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_flush(server: *mut ww_server) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(server, |s| {
            s.core.flush();
            Ok(WW_OK)
        })
    }
}

/// Ends a server in good order: it stops listening, idle connections close, the others finish the exchange in progress, whose
/// response says `Connection: close`, WebSockets are closed (1001), and what is left after `within_ms` milliseconds is cut off
/// (WW_EVENT_CLOSED with WW_E_ABORTED). WebSockets are closed one after the other, evenly over `drain_spread_ms` but at most 10
/// ms apart, and within half of `within_ms`, so that their peers do not all come back in the same instant; until then they go
/// on. Go on with ww_server_next() until it answers WW_DONE. Calling it again only ever shortens the time. UINT64_MAX: no
/// limit. Other threads and signal handlers call ww_mailbox_drain(). Allocates when no output block is to spare, for Closes
/// and for messages of this turn.
///
/// Errors: WW_E_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_drain(server: *mut ww_server, within_ms: u64) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(server, |s| {
            s.core.drain(within_ms);
            Ok(WW_OK)
        })
    }
}

#[cfg(test)]
mod tests;
