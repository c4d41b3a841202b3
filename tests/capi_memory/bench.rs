//! A connection of the C API in memory that can be refused, and what it has told.

use super::memory::{Memory, note_panics};
use core::ptr::{null, null_mut};
use wireway::ffi::config::ww_conn_config;
use wireway::ffi::conn::drive::*;
use wireway::ffi::conn::info::*;
use wireway::ffi::conn::*;
use wireway::ffi::event::ww_event;
use wireway::ffi::head::types::{ww_error_info, ww_span};
use wireway::ffi::workspace::*;
use wireway::ffi::ws_prepared::*;

pub fn zeroed<T: Copy>() -> T {
    // SAFETY: used for the plain structs of the C API, for which zero is a value.
    unsafe { core::mem::zeroed() }
}

pub fn span(text: &'static str) -> ww_span {
    ww_span { data: text.as_ptr(), len: text.len() }
}

static SEED: [u8; 32] = [7; 32];

/// An event without what it points to.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    pub kind: i32,
    pub flags: u32,
    pub code: i32,
    pub len: usize,
    pub token: u64,
}

/// One connection and its workspace.
pub struct Bench {
    pub memory: Box<Memory>,
    pub ws: *mut ww_workspace,
    pub conn: *mut ww_conn,
    /// What the peer sends next.
    pub coming: Vec<u8>,
    pub now: u64,
    pub events: Vec<Seen>,
    /// Octets of output so far.
    pub sent: Vec<u8>,
    lent: Vec<Vec<u8>>,
    /// Octets of output that were shown last.
    pub shown: usize,
    /// A message that was sent before.
    pub prepared: *mut ww_ws_prepared,
    /// The other end, where there has to be one.
    pub peer: Option<Box<Bench>>,
}

impl Bench {
    pub fn new(config: &ww_conn_config) -> Self {
        note_panics();
        let memory = Memory::new();
        let limits = ww_workspace_config {
            size: size_of::<ww_workspace_config>(),
            allocator: memory.as_allocator(),
            seed: SEED.as_ptr(),
            ..zeroed()
        };
        let (mut ws, mut conn) = (null_mut(), null_mut());
        // SAFETY: as C would; the allocator outlives the workspace.
        unsafe {
            assert_eq!(ww_workspace_new(&limits, &mut ws), 0);
            assert_eq!(ww_workspace_set_time(ws, 1_700_000_000), 0);
            assert_eq!(ww_conn_new(config, ws, 0, &mut conn), 0);
        }
        // What the bench itself notes allocates nothing.
        let (events, sent, lent) = (Vec::with_capacity(1000), Vec::with_capacity(100_000), Vec::with_capacity(100));
        let (coming, prepared) = (Vec::new(), null_mut());
        Self { memory, ws, conn, coming, now: 0, events, sent, lent, shown: 0, prepared, peer: None }
    }

    /// Lends octets, which stay where they are.
    pub fn receive(&mut self, octets: &[u8]) -> i32 {
        self.coming = octets.to_vec();
        self.receive_coming()
    }

    /// Lends what is coming; where that is refused it comes again.
    pub fn receive_coming(&mut self) -> i32 {
        self.lent.push(core::mem::take(&mut self.coming));
        let status = self.lend_last();
        if status != 0 {
            self.coming = self.lent.pop().unwrap();
        }
        status
    }

    fn lend_last(&mut self) -> i32 {
        let lent = self.lent.last_mut().unwrap();
        // SAFETY: the octets live as long as this.
        unsafe { ww_conn_receive(self.conn, lent.as_mut_ptr().cast(), lent.len(), self.now) }
    }

    /// The next event, which is noted.
    pub fn next(&mut self) -> Result<ww_event, i32> {
        let mut event = zeroed();
        // SAFETY: as C would.
        let status = unsafe { ww_conn_next(self.conn, &mut event) };
        if status != 0 {
            // What the state told of is done: a loop that goes by it does not spin.
            assert_eq!(self.state() & WW_STATE_EVENTS, 0, "next said {status}, and the state that there are events");
            return Err(status);
        }
        let ww_event { kind, flags, code, data, token, .. } = event;
        self.events.push(Seen { kind, flags, code, len: data.len, token });
        Ok(event)
    }

    /// Pulls until there is nothing; what `next` said last.
    pub fn drain(&mut self) -> i32 {
        for _ in 0..1000 {
            if let Err(status) = self.next() {
                return status;
            }
        }
        panic!("events without end");
    }

    /// Shows output, unless there is some that was.
    pub fn show(&mut self) {
        if self.shown == 0 {
            let mut iov: [ww_iovec; 8] = zeroed();
            // SAFETY: as C would.
            let n = unsafe { ww_conn_output(self.conn, iov.as_mut_ptr(), 8) };
            self.shown = iov[..n].iter().map(|piece| piece.iov_len).sum();
        }
    }

    /// All that was shown has left.
    pub fn send_shown(&mut self) -> i32 {
        // SAFETY: as C would.
        unsafe { ww_conn_sent(self.conn, core::mem::take(&mut self.shown), self.now) }
    }

    /// Takes output as a transport that is always ready, and reads no files.
    pub fn flush(&mut self) -> usize {
        let before = self.sent.len();
        loop {
            let mut iov: [ww_iovec; 8] = zeroed();
            // SAFETY: as C would.
            let n = unsafe { ww_conn_output(self.conn, iov.as_mut_ptr(), 8) };
            let start = self.sent.len();
            for piece in &iov[..n] {
                // SAFETY: the pieces are readable until they are sent.
                let octets = unsafe { core::slice::from_raw_parts(piece.iov_base.cast::<u8>(), piece.iov_len) };
                self.sent.extend_from_slice(octets);
            }
            let taken = self.sent.len() - start;
            // SAFETY: as C would.
            assert_eq!(unsafe { ww_conn_sent(self.conn, taken, self.now) }, 0);
            if taken == 0 {
                return self.sent.len() - before;
            }
        }
    }

    pub fn resume(&mut self) -> i32 {
        // SAFETY: as C would.
        unsafe { ww_conn_resume(self.conn) }
    }

    pub fn state(&self) -> u32 {
        // SAFETY: as C would.
        unsafe { ww_conn_state(self.conn) }
    }

    /// The code of what ended the connection, or 0.
    pub fn error(&self) -> i32 {
        let mut info = ww_error_info { size: size_of::<ww_error_info>(), ..zeroed() };
        // SAFETY: as C would.
        assert_eq!(unsafe { ww_conn_error(self.conn, &mut info) }, 0);
        info.code
    }

    /// Moves octets to and fro until both ends have said all, and keeps what this end would be given next in `coming`.
    pub fn shake_hands(&mut self, turns: usize) {
        let mut peer = self.peer.take().unwrap();
        for _ in 0..turns {
            let said = peer.say();
            self.take(&said);
            let said = self.say();
            peer.take(&said);
        }
        self.coming = peer.say();
        self.peer = Some(peer);
    }

    fn say(&mut self) -> Vec<u8> {
        self.flush();
        core::mem::take(&mut self.sent)
    }

    fn take(&mut self, octets: &[u8]) {
        if !octets.is_empty() {
            assert_eq!(self.receive(octets), 0);
        }
        self.drain();
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        // SAFETY: as C would; the workspace goes with its connection.
        unsafe {
            ww_workspace_free(self.ws);
            ww_conn_free(self.conn);
            ww_ws_prepared_free(self.prepared);
        }
        if !std::thread::panicking() {
            assert_eq!(self.memory.live.get(), 0, "all memory is given back");
        }
    }
}

/// A config of this role, with marks that are soon reached.
pub fn config(role: u32) -> ww_conn_config {
    let size = size_of::<ww_conn_config>();
    ww_conn_config { size, role, high_water: 20_000, low_water: 100, pipeline_max: 2, tls: null(), ..zeroed() }
}

/// Whatever a call answers.
pub fn ignore<T>(_: T) {}
