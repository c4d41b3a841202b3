//! One connection from its first octet to its end.

use std::cell::RefCell;
use std::rc::Rc;

use wireway::conn::{Config, Conn, Event, Piece, Span, Window, Workspace, bits};
use wireway::guard::Limits;
use wireway::memory::Heap;

use crate::application::Application;
use crate::files::Files;
use crate::log::{Entry, HeadText, Log};
use crate::setup::Setup;

/// Memory for every session of the process: what is not given back adds up until there is none, which is a finding.
const MEMORY_MAX: usize = 16 << 20;

thread_local! {
    static WORKSPACE: RefCell<Workspace> = RefCell::new(Workspace::new(Heap::new(MEMORY_MAX), MEMORY_MAX));
}

/// Lends `wire` in pieces, drains, writes, until nothing more happens, ends the input, and tells what came of it.
pub fn run(setup: &Setup, wire: &[u8], mut pieces: impl Iterator<Item = usize>) -> Log {
    WORKSPACE.with_borrow_mut(|ws| {
        let config: Rc<Config> = ws.intern(&setup.config).expect("few configurations");
        let conn = Conn::new(config, 0).unwrap();
        let mut session =
            Session { conn, ws, app: Application::new(setup), files: Files::of(setup), log: Log::default() };
        session.begin();
        let mut rest = wire;
        while !rest.is_empty() && session.wants_input() {
            let most = session.conn.config().limits.lend_max as usize;
            let (piece, behind) = rest.split_at(pieces.next().unwrap_or(1).min(most).min(rest.len()));
            session.lend(piece);
            rest = behind;
        }
        if session.wants_input() {
            session.conn.receive_eof(session.ws, true, 0);
            session.turn(&mut []);
        }
        let state = session.conn.state(session.ws);
        session.conn.release(session.ws);
        session.log.close(state)
    })
}

pub(crate) struct Session<'w> {
    pub conn: Conn,
    pub ws: &'w mut Workspace,
    pub app: Application,
    pub files: Files,
    pub log: Log,
}

impl Session<'_> {
    fn begin(&mut self) {
        self.idle();
        self.turn(&mut []);
    }

    fn wants_input(&self) -> bool {
        self.conn.state(self.ws) & bits::WANT_READ != 0
    }

    fn lend(&mut self, piece: &[u8]) {
        // An allocation of its own, so that the sanitizer sees every octet read beside it.
        let mut lent = piece.to_vec().into_boxed_slice();
        self.conn.receive(self.ws, lent.len(), 0).expect("reading is on and the last lend is drained");
        self.turn(&mut lent);
    }

    /// The loop of the manual. It ends: each round takes input, or frees what waited.
    fn turn(&mut self, lent: &mut [u8]) {
        let mut lent = lent;
        for round in 0.. {
            assert!(round < 10_000, "a turn without an end");
            self.drain(lent);
            lent = &mut [];
            self.check_held();
            self.write();
            if self.conn.state(self.ws) & bits::EVENTS == 0 {
                break;
            }
        }
    }

    fn drain(&mut self, lent: &mut [u8]) {
        for events in 0.. {
            assert!(events < 100_000, "events without an end");
            match self.conn.next(self.ws, lent).expect("there is memory") {
                Ok(event) => self.tell(event, lent),
                Err(_rest) => break,
            }
        }
        if self.app.resumes() {
            self.conn.resume();
        }
    }

    /// At most what is in the making, and one lend behind it.
    fn check_held(&self) {
        let Limits { head, lend_max, .. } = self.conn.config().limits;
        let making = head.method_max + head.target_max + head.section_max + 64;
        assert!(self.conn.shown(self.ws).held().len() <= (making + lend_max) as usize, "too much is held");
    }

    fn write(&mut self) {
        while self.conn.queued() != 0 {
            if self.write_shown() == 0 {
                self.files.go_on(&mut self.conn, self.ws, &mut self.log.output);
            }
        }
    }

    /// Up to the first file.
    fn write_shown(&mut self) -> usize {
        let start = self.log.output.len();
        let output = &mut self.log.output;
        self.conn.shown(self.ws).pieces(|piece| {
            if let Piece::Owned(octets) = piece {
                output.extend_from_slice(octets);
            }
            true
        });
        let written = self.log.output.len() - start;
        if written != 0 {
            self.conn.sent(self.ws, written, 0).expect("so much was queued");
        }
        written
    }

    fn tell(&mut self, event: Event, lent: &[u8]) {
        match event {
            Event::Request { last } | Event::Response { last } => {
                self.head(0, lent);
                self.on_head(last);
                self.end(last);
            }
            Event::Interim => self.head(1, lent),
            Event::Data { span, last } => {
                let content = self.octets(span, lent).to_vec();
                assert!(!content.is_empty(), "data events hold data");
                self.log.data(&content);
                self.on_data(&content);
                self.end(last);
            }
            Event::End { trailers } => {
                if trailers {
                    self.head(2, lent);
                }
                self.end(true);
            }
            Event::Raw(span) => {
                let octets = self.octets(span, lent).to_vec();
                self.log.raw(&octets);
                self.on_raw(&octets);
            }
            other => self.tell_without_octets(other),
        }
    }

    fn tell_without_octets(&mut self, event: Event) {
        match event {
            Event::RawEnd { .. } => {
                self.log.entries.push(Entry::RawEnd);
                self.on_raw_end();
            }
            Event::Error(error) => self.log.error(&error),
            Event::Writable => self.on_writable(),
            Event::Released(token) => self.files.released(token),
            Event::Continue | Event::PeerEnded => {}
            other => unreachable!("{other:?}: nobody opens a WebSocket here"),
        }
    }

    fn end(&mut self, last: bool) {
        if last {
            self.log.entries.push(Entry::End);
            self.on_end();
        }
    }

    fn octets<'a>(&'a self, span: Span, lent: &'a [u8]) -> &'a [u8] {
        let window = if span.window == Window::Held { self.conn.shown(self.ws).held() } else { lent };
        &window[span.offset as usize..][..span.len as usize]
    }

    fn head(&mut self, kind: u8, lent: &[u8]) {
        let (head, fields) = self.conn.shown(self.ws).head().expect("a head is alive in its event");
        let window = if head.window == Window::Held { self.conn.shown(self.ws).held() } else { lent };
        let text = HeadText::of(kind, head, fields, &window[head.base as usize..]);
        self.app.remember(&text);
        self.log.entries.push(Entry::Head(text));
    }
}
