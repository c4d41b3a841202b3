//! Pointers that cross the C ABI.

use core::ptr::{null, null_mut};
use wireway::ffi::config::{WW_ROLE_CLIENT, ww_conn_config};
use wireway::ffi::conn::answer::*;
use wireway::ffi::conn::drive::*;
use wireway::ffi::conn::info::*;
use wireway::ffi::conn::*;
use wireway::ffi::event::*;
use wireway::ffi::message::{ww_request, ww_response};
use wireway::ffi::workspace::*;

/// A workspace and one connection, as C has them.
struct Handles {
    ws: *mut ww_workspace,
    conn: *mut ww_conn,
}

fn zeroed<T: Copy>() -> T {
    // SAFETY: used for the plain structs of the C API, for which zero is a value.
    unsafe { core::mem::zeroed() }
}

impl Handles {
    fn new(role: u32) -> Self {
        let config = ww_conn_config { size: size_of::<ww_conn_config>(), role, ..zeroed() };
        let (mut ws, mut conn) = (null_mut(), null_mut());
        // SAFETY: as C would.
        unsafe {
            assert_eq!(ww_workspace_new(null(), &mut ws), 0);
            assert_eq!(ww_conn_new(&config, ws, 0, &mut conn), 0);
        }
        Self { ws, conn }
    }

    fn receive(&self, octets: &mut [u8]) {
        // SAFETY: the octets outlive the drain in every test.
        assert_eq!(unsafe { ww_conn_receive(self.conn, octets.as_mut_ptr().cast(), octets.len(), 0) }, 0);
    }

    fn next(&self) -> Result<ww_event, i32> {
        let mut event = zeroed();
        // SAFETY: as C would.
        let status = unsafe { ww_conn_next(self.conn, &mut event) };
        if status == 0 { Ok(event) } else { Err(status) }
    }

    fn flush(&self) {
        let mut iov: [ww_iovec; 8] = zeroed();
        // SAFETY: as C would.
        unsafe {
            let n = ww_conn_output(self.conn, iov.as_mut_ptr(), 8);
            #[allow(clippy::unnecessary_cast, reason = "32 bits on Windows")]
            let octets = iov[..n].iter().map(|piece| piece.iov_len as usize).sum();
            assert_eq!(ww_conn_sent(self.conn, octets, 0), 0);
        }
    }

    /// A second connection of the same workspace that holds octets of its own.
    fn other_holds(&self, octets: &[u8]) -> *mut ww_conn {
        let mut other = null_mut();
        let mut lent = octets.to_vec();
        // SAFETY: as C would; the lend is drained before `lent` ends.
        unsafe {
            assert_eq!(ww_conn_new(null(), self.ws, 0, &mut other), 0);
            assert_eq!(ww_conn_receive(other, lent.as_mut_ptr().cast(), lent.len(), 0), 0);
            assert_ne!(ww_conn_next(other, &mut zeroed()), 0);
        }
        other
    }

    /// Ends both connections and the workspace; nothing is left.
    fn end(self, others: &[*mut ww_conn]) {
        // SAFETY: as C would.
        unsafe {
            others.iter().for_each(|&other| ww_conn_free(other));
            ww_conn_free(self.conn);
            ww_workspace_free(self.ws);
        }
    }
}

/// A request whose head spans two lends is an event in held octets.
fn request_in_held_octets() -> (Handles, ww_event) {
    let handles = Handles::new(0);
    handles.receive(b"POST /first HTTP/1.1\r\nHost: a\r\n".to_vec().leak());
    assert!(handles.next().is_err());
    let rest = b"Content-Length: 99\r\n\r\n".to_vec();
    handles.receive(rest.leak());
    let event = handles.next().unwrap();
    assert_eq!((event.kind, target(&event)), (WW_EVENT_REQUEST, &b"/first"[..]));
    (handles, event)
}

fn target(event: &ww_event) -> &[u8] {
    // SAFETY: the pointers of an event live until the next call that ends it; that is what is tested.
    unsafe { core::slice::from_raw_parts((*event.head).target.data, (*event.head).target.len) }
}

const INTRUDER: &[u8] = b"POST /other HTTP/1.1\r\nHost: b\r\nX-Secret: s\r\n";

/// An event outlives abort(): its octets are not another connection's.
#[test]
fn an_event_survives_abort() {
    let (handles, event) = request_in_held_octets();
    // SAFETY: as C would.
    assert_eq!(unsafe { ww_conn_abort(handles.conn, 0) }, 0);
    let other = handles.other_holds(INTRUDER);
    assert_eq!(target(&event), b"/first");
    handles.end(&[other]);
}

/// As the header says: tick() does not end an event.
#[test]
fn an_event_survives_tick() {
    let (handles, event) = request_in_held_octets();
    let response = ww_response {
        size: size_of::<ww_response>(),
        status: 200,
        flags: wireway::ffi::message::WW_MESSAGE_STREAM,
        ..zeroed()
    };
    // SAFETY: as C would.
    unsafe {
        assert_eq!(ww_conn_respond(handles.conn, &response), 0);
        ww_conn_deadline(handles.conn, 0);
        assert_eq!(ww_conn_tick(handles.conn, 30_000), 0);
        assert_ne!(ww_conn_state(handles.conn) & WW_STATE_CLOSE, 0);
    }
    let other = handles.other_holds(INTRUDER);
    assert_eq!(target(&event), b"/first");
    handles.end(&[other]);
}

/// As the header says: sent() does not end an event.
#[test]
fn an_event_survives_sent() {
    let (handles, event) = request_in_held_octets();
    let response = ww_response {
        size: size_of::<ww_response>(),
        status: 200,
        flags: wireway::ffi::message::WW_MESSAGE_CLOSE,
        ..zeroed()
    };
    // SAFETY: as C would.
    unsafe {
        assert_eq!(ww_conn_respond(handles.conn, &response), 0);
        assert_eq!(ww_conn_receive_eof(handles.conn, true, 0), 0);
        handles.flush();
        assert_ne!(ww_conn_state(handles.conn) & WW_STATE_CLOSE, 0);
    }
    let other = handles.other_holds(INTRUDER);
    assert_eq!(target(&event), b"/first");
    handles.end(&[other]);
}

/// The last response of a connection whose end came while it was held is still somewhere.
#[test]
fn the_last_event_points_at_octets() {
    let handles = Handles::new(WW_ROLE_CLIENT);
    let span = |text: &'static str| wireway::ffi::head::types::ww_span { data: text.as_ptr(), len: text.len() };
    let request = ww_request {
        size: size_of::<ww_request>(),
        method: span("GET"),
        target: span("/"),
        authority: span("a"),
        ..zeroed()
    };
    let response = b"HTTP/1.1 200 Fine\r\nConnection: close\r\nContent-Length: 4\r\n\r\nlast";
    // SAFETY: as C would.
    unsafe {
        assert_eq!(ww_conn_request(handles.conn, &request), 0);
        handles.flush();
        assert_eq!(ww_conn_pause(handles.conn), 0);
        handles.receive(response.to_vec().leak());
        assert!(handles.next().is_err());
        assert_eq!(ww_conn_receive_eof(handles.conn, true, 0), 0);
        assert_eq!(ww_conn_resume(handles.conn), 0);
    }
    assert_eq!(handles.next().unwrap().kind, WW_EVENT_RESPONSE);
    let data = handles.next().unwrap();
    assert_eq!((data.kind, data.data.len), (WW_EVENT_DATA, 4));
    assert!(data.data.data.addr() > 1 << 16, "octets at {:p}", data.data.data);
    handles.end(&[]);
}

/// A refused lend changes nothing: the event before it is still there.
#[test]
fn a_refused_lend_ends_no_event() {
    let (handles, event) = request_in_held_octets();
    // SAFETY: as C would.
    unsafe {
        assert_eq!(ww_conn_receive(handles.conn, null_mut::<u8>().wrapping_add(1).cast(), usize::MAX, 0), -1);
        let mut other = null_mut();
        assert_eq!(ww_conn_new(null(), handles.ws, 0, &mut other), 0);
        let mut lent = b"GET /other HTTP/1.1\r\nHost: b\r\n\r\n".to_vec();
        assert_eq!(ww_conn_receive(other, lent.as_mut_ptr().cast(), lent.len(), 0), 0);
        assert_eq!(ww_conn_next(other, &mut zeroed()), 0);
        assert_eq!(target(&event), b"/first");
        handles.end(&[other]);
    }
}
