//! The Rust connection as a subject: `Conn`, its machine and its workspace, driven like the loop in `src/conn/mod.rs`.
//!
//! What `tests/c/driver` does for the C API, step by step. Every received octet is lent in a buffer of exactly its size that is
//! overwritten when the drain is over, output that was given out is compared until it is sent, and the memory of a workspace is
//! read after every call (the peaks inside a call are for the C driver's allocator to see).

mod app;
mod call;
mod config;
mod event;
mod metered;
mod output;
#[cfg(feature = "tls")]
mod peer;
#[cfg(not(feature = "tls"))]
#[path = "no_peer.rs"]
mod peer;
mod turn;
mod wire;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::support::case::Setup;
use crate::support::log::{Event, Log, State};
use crate::support::run::{Output, Subject};
use crate::support::step::Command;
use crate::support::tls_command::TlsCommand;
use crate::support::tls_peer::TlsPeer;
use app::Application;
use metered::Metered;
use output::Piece;
use wire::Wire;
use wireway::conn::bits;

pub struct RustConn;

impl Subject for RustConn {
    fn run(&mut self, setup: &Setup, commands: &[Command], output: Output) -> Result<Log, String> {
        let run = || {
            let mut driver = Driver::new(setup, output)?;
            driver.pump();
            commands.iter().for_each(|command| driver.command(command));
            driver.end()
        };
        // So that a failure names case and cut; the hook has printed the place.
        catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| Err("a panic".into()))
    }
}

/// One connection, its peer and its application.
struct Driver<'a> {
    line: Metered,
    now: u64,
    /// The last answer of `next` was "paused".
    paused: bool,
    /// The peer does not read.
    hold: bool,
    /// Output is given back late, in odd pieces.
    delayed: bool,
    /// Size of the last odd piece.
    odd: usize,
    /// The present lend.
    lent: Vec<u8>,
    wire: Wire,
    /// Of a connection over TLS.
    peer: Option<TlsPeer>,
    app: Application<'a>,
    /// What was given out and not given back: it must not move.
    given: Vec<Piece>,
    log: Log,
    /// The first promise that was not kept.
    broken: Option<String>,
}

impl<'a> Driver<'a> {
    fn new(setup: &'a Setup, output: Output) -> Result<Self, String> {
        let now = 1_000_000;
        let mut line = Metered::new(&config::of(setup)?, setup.time, now)?;
        let mut peer = peer::under(&mut line, setup)?;
        let bytes = peer.as_mut().map(|peer| peer.hear(&[])).unwrap_or_default();
        Ok(Self {
            line,
            now,
            paused: false,
            hold: false,
            delayed: output == Output::Delayed,
            odd: 0,
            lent: Vec::new(),
            wire: Wire { bytes, ..Wire::default() },
            peer,
            app: Application::new(setup.when, &setup.answer),
            given: Vec::new(),
            log: Log::new(setup),
            broken: None,
        })
    }

    fn command(&mut self, command: &Command) {
        match command {
            Command::Receive(bytes) => self.wire.bytes.extend(bytes),
            Command::Tls(command) => self.tls(command),
            Command::Eof { clean } => self.wire.eof = Some(*clean),
            Command::Tick(ms) => self.pass_time(*ms),
            Command::Hold => self.hold = true,
            Command::Release => self.hold = false,
            Command::Check => self.log.checks.push(self.words()),
            Command::Forget => self.forget(),
            Command::Call(call) => {
                let result = self.call(call);
                self.log.results.push(result);
            }
        }
        self.pump();
    }

    fn tls(&mut self, command: &TlsCommand) {
        let (octets, first, then) = match (command, &mut self.peer) {
            (TlsCommand::Wire(bytes), _) => (bytes.clone(), usize::MAX, usize::MAX),
            (TlsCommand::Seal { bytes, first, then }, Some(peer)) => (peer.seal(bytes), *first, *then),
            (TlsCommand::CloseNotify, Some(peer)) => (peer.close(), usize::MAX, usize::MAX),
            (_, None) => return self.broken("no peer speaks TLS"),
        };
        let (head, rest) = octets.split_at(first.min(octets.len()));
        for piece in [head].into_iter().chain(rest.chunks(then)) {
            self.wire.bytes.extend(piece);
            self.pump();
        }
    }

    fn forget(&mut self) {
        self.line.forget();
        if let Err(what) = self.log.forget() {
            self.broken(&what);
        }
    }

    fn end(mut self) -> Result<Log, String> {
        self.log.state = self.words();
        self.log.grown = Some(self.line.grown());
        self.log.peer = self.peer.as_ref().map(TlsPeer::end).unwrap_or_default();
        if !self.line.close() {
            self.broken("memory was not given back");
        }
        self.broken.map_or(Ok(self.log), Err)
    }

    fn broken(&mut self, what: &str) {
        self.broken.get_or_insert_with(|| what.into());
    }

    /// Logs an event of the subject.
    fn take(&mut self, event: Event) {
        if let Err(what) = self.log.push(event) {
            self.broken(&what);
        }
    }

    /// The state as the cases name it.
    fn words(&self) -> State {
        const NAMES: [(u32, &str); 8] = [
            (bits::WANT_READ, "read"),
            (bits::WANT_WRITE, "write"),
            (bits::EVENTS, "events"),
            (bits::SHUTDOWN_WRITE, "shutdown"),
            (bits::CLOSE, "close"),
            (bits::IDLE, "idle"),
            (bits::CAN_RESPOND, "respond"),
            (bits::RESET, "reset"),
        ];
        let state = self.line.state();
        let names = NAMES.iter().filter(|(bit, _)| state & bit != 0).map(|(_, name)| *name);
        names.chain(self.paused.then_some("paused")).map(String::from).collect()
    }
}
