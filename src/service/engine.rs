//! What all connections of a server share: the driver, the workspace, the time and the counters.
//!
//! They are together because most steps of a connection need several of them; such a step is a method here. Uses `conn`
//! and `io`; knows nothing of slots, ids or turns.

use super::offload::Offload;
use super::records;
use super::round::Round;
use super::send::{SendResult, send};
use super::send_wait::SendWait;
use super::slots::Live;
use super::stats::Stats;
use super::time::{LATE_MS, NEVER, Time};
use crate::conn::{Conn, Workspace, bits};
use crate::error::Error;
use crate::io::driver::{Closing, Driver, Key, Sent, Submission};
use crate::io::fault;
#[cfg(feature = "tls")]
use crate::io::ktls::Kernel;
use crate::io::socket::Socket;

/// The driver, the workspace, the time and the counters.
pub(super) struct Engine {
    driver: Driver,
    ws: Workspace,
    time: Time,
    stats: Stats,
    /// Kernel TLS support.
    offload: Offload,
    round: Round,
}

/// The result of sending the last piece of a turn.
pub(super) enum LastPiece {
    /// Sent, and the timer of the connection is set.
    Sent,
    /// Not sent: there is more than one piece, or nothing to send.
    None,
    /// The driver did not send all of it.
    Unsent(SendResult),
}

impl Engine {
    /// No clock of a connection is longer than `longest_ms`.
    pub fn new(driver: Driver, ws: Workspace, longest_ms: u64) -> Self {
        let (time, stats) = (Time::new(longest_ms), Stats::default());
        let mut engine = Self { driver, ws, time, stats, offload: Offload::new(), round: Round::default() };
        engine.read_clock();
        engine
    }

    #[inline(always)]
    pub fn driver(&self) -> &Driver {
        &self.driver
    }

    #[inline(always)]
    pub fn driver_mut(&mut self) -> &mut Driver {
        &mut self.driver
    }

    #[inline(always)]
    pub fn workspace(&self) -> &Workspace {
        &self.ws
    }

    #[inline(always)]
    pub fn workspace_mut(&mut self) -> &mut Workspace {
        &mut self.ws
    }

    #[inline(always)]
    pub fn time(&self) -> &Time {
        &self.time
    }

    pub fn time_mut(&mut self) -> &mut Time {
        &mut self.time
    }

    /// The time of the batch.
    #[inline(always)]
    pub fn now(&self) -> u64 {
        self.time.now()
    }

    #[inline(always)]
    pub fn stats(&self) -> &Stats {
        &self.stats
    }

    #[inline(always)]
    pub fn stats_mut(&mut self) -> &mut Stats {
        &mut self.stats
    }

    /// Replaces the system for TLS records.
    #[cfg(feature = "tls")]
    pub fn set_kernel(&mut self, kernel: Box<dyn Kernel>) {
        self.driver.set_kernel(kernel);
        self.offload = Offload::new();
    }

    /// Reads the clock.
    pub fn read_clock(&mut self) {
        if let Some(seconds) = self.time.read() {
            self.ws.set_time(seconds);
        }
    }

    /// Reads the clock if the owner was away.
    #[inline]
    pub fn owner_returns(&mut self) {
        if self.time.owner_returns() {
            self.read_clock();
        }
    }

    /// Reads the clock behind the owner's work, which may have delayed the server. Nothing was due before `next`.
    pub fn read_clock_after_work(&mut self, next: u64) {
        if next > self.now() {
            // A round that is in progress was for what is not due any more.
            self.round.cancel();
        }
        let (before, is_work) = (self.now(), !self.time.owner_returns());
        self.read_clock();
        if is_work && self.now() > before + LATE_MS {
            self.time.note_late_wait(before + LATE_MS);
        }
    }

    /// Something is due: the next poll, which does not wait, reads what is ready first; over `sockets` sockets.
    #[cold]
    pub fn poll_before_expiry(&mut self, sockets: usize) {
        self.round.poll(self.time.now(), self.driver.batch_len(), sockets);
    }

    /// Whether everything was read that was ready at some time: that time, once.
    pub fn take_expiry(&mut self) -> Option<u64> {
        self.round.end(self.driver.batch_len(), self.driver.batch_max())
    }

    /// Waits for the next batch, until `wake_at` at the latest, and reads the clock.
    #[inline(always)]
    pub fn wait(&mut self, wake_at: u64) -> Result<(), Error> {
        let limit = if wake_at == NEVER { None } else { Some(wake_at.saturating_sub(self.now())) };
        if let Err(error) = self.driver.wait(limit) {
            self.round.cancel();
            return Err(fault(&error));
        }
        self.read_clock();
        if self.now().saturating_sub(wake_at) > LATE_MS {
            self.time.note_late_wait(wake_at);
        }
        Ok(())
    }

    /// What the next event needs: the workspace, the octets of the lend, if open, and the counters.
    #[inline(always)]
    pub fn lent(&mut self, is_lent: bool) -> (&mut Workspace, &mut [u8], &mut Stats) {
        (&mut self.ws, if is_lent { self.driver.received() } else { &mut [] }, &mut self.stats)
    }

    /// Adopts the socket of a new connection under its slot number, and receives from it. On failure the socket is
    /// closed.
    pub fn open(
        &mut self,
        socket: Socket,
        index: u32,
        make: impl FnOnce(&mut Workspace) -> Result<Conn, Error>,
    ) -> Result<Live, Error> {
        let key = self.driver.attach(socket, index).map_err(|error| fault(&error))?;
        // The connection is made last, so that nothing has to be undone.
        let received = self.driver.submit(key, Submission::Receive).map_err(|error| fault(&error));
        let made = received.and_then(|()| make(&mut self.ws));
        if made.is_err() {
            self.close_socket(key);
        }
        Ok(Live { conn: made?, key })
    }

    /// Lends received octets; returns whether they were accepted.
    #[inline(always)]
    pub fn lend(&mut self, live: &mut Live, len: usize) -> bool {
        let is_lent = live.conn.receive(&mut self.ws, len, self.time.now()).is_ok();
        if !is_lent {
            // Dropped octets would be missing from the stream.
            debug_assert!(false, "received though the connection does not read");
            self.abort(live);
        }
        is_lent
    }

    /// Passes a record without application data, opened by the kernel; receive keys may change after it.
    #[cold]
    pub fn receive_record(&mut self, live: &mut Live, kind: u8) {
        records::receive(live, kind, &mut self.driver, &mut self.ws, self.time.now(), &mut self.stats);
    }

    /// Sends the output of a connection; returns what the rest waits for.
    pub fn send(&mut self, live: &mut Live) -> SendWait {
        send(live, &mut self.driver, &mut self.ws, self.time.now(), &mut self.stats)
    }

    /// The fast way of sending: all output of a connection, if it is one piece.
    #[inline(always)]
    pub fn send_last(&mut self, index: u32, live: &mut Live) -> LastPiece {
        let Some(piece) = live.conn.shown(&self.ws).last_piece() else { return LastPiece::None };
        let len = piece.len();
        let sent = self.driver.send_one(live.key, piece);
        if !matches!(sent, Ok(Sent::Done(_))) {
            return LastPiece::Unsent(sent);
        }
        self.stats.octets_out += len as u64;
        let deadline = live.conn.sent_all(&mut self.ws, self.time.now());
        self.time.expire_by(index, deadline);
        LastPiece::Sent
    }

    /// Sets the timer of a connection to its deadline.
    #[inline(always)]
    pub fn set_timer(&mut self, index: u32, live: &mut Live) {
        let deadline = live.conn.deadline(&self.ws, self.time.now());
        self.time.expire_by(index, deadline);
    }

    /// Ends a connection at once.
    pub fn abort(&mut self, live: &mut Live) {
        live.conn.abort(&mut self.ws, self.time.now());
    }

    /// Offloads the TLS records of a connection, if both sides are ready. Returns what its output waits for.
    pub fn offload(&mut self, live: &mut Live) -> SendWait {
        self.offload.take(live, &mut self.driver, &mut self.ws, self.time.now(), &mut self.stats)
    }

    /// Closes the socket of a connection that has ended, and ends its timer. `Pending`: the driver still reads its
    /// output.
    pub fn close(&mut self, index: u32, live: &mut Live) -> Closing {
        self.time.disarm(index);
        let key = core::mem::replace(&mut live.key, Key::NONE);
        if key == Key::NONE {
            return Closing::Done;
        }
        if live.conn.state(&self.ws) & bits::RESET != 0 {
            self.reset_on_close(key);
        }
        self.close_socket(key)
    }

    /// Makes the close a reset if the peer would take it for the end of the content. Without effect where that is
    /// impossible, as on sockets other than TCP.
    #[cold]
    fn reset_on_close(&mut self, key: Key) {
        let _ = self.driver.socket(key).and_then(|socket| socket.set_reset_on_close(true));
    }

    /// Closes a socket.
    pub fn close_socket(&mut self, key: Key) -> Closing {
        let closed = self.driver.close(key);
        debug_assert!(closed.is_ok());
        closed.unwrap_or(Closing::Done)
    }

    /// The counters, with `open` connections.
    pub fn totals(&self, open: u32) -> Stats {
        let (input_evicted, messages_evicted) = self.ws.evicted();
        Stats { open: u64::from(open), input_evicted, messages_evicted, ..self.stats }
    }
}
