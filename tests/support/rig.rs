//! A connection, its workspace and a clock, with the lend kept as an owner would.

use wireway::conn::{Config, Conn, Event, NotReady, Piece, Request, Response, Span, Window, Workspace, Write, bits};
use wireway::error::{Code, Error};
use wireway::http1::machine::{Role, policy};
use wireway::http1::write::FieldRef;
use wireway::memory::Heap;

pub const OK: Response<'static> =
    Response { status: 200, reason: b"", content: b"ok", stream: None, lent: None, close: false };
pub const STREAM: Response<'static> = Response { stream: Some(None), content: b"", ..OK };
pub const GET: Request<'static> = Request {
    method: b"GET",
    target: b"/",
    authority: b"a",
    content: b"",
    stream: None,
    lent: None,
    close: false,
    expect: false,
};

pub struct Rig {
    pub ws: Workspace,
    pub conn: Conn,
    pub now: u64,
    pub lent: Vec<u8>,
    pub lends: bool,
}

impl Rig {
    pub fn new(config: Config) -> Self {
        Self::within(config, Heap::new(Workspace::MEMORY_MAX), Workspace::HELD_MAX)
    }

    pub fn within(config: Config, heap: Heap, held_max: usize) -> Self {
        Self::since(0, config, heap, held_max)
    }

    /// A connection whose transport was opened at `now`.
    pub fn since(now: u64, config: Config, heap: Heap, held_max: usize) -> Self {
        let mut ws = Workspace::new(heap, held_max);
        ws.seed([5; 32]);
        let shared = ws.intern(&config).unwrap();
        Self { ws, conn: Conn::new(shared, now).unwrap(), now, lent: Vec::new(), lends: false }
    }

    pub fn server() -> Self {
        Self::new(Config::new(Role::Server))
    }

    /// A server that takes CONNECT.
    pub fn tunnels() -> Self {
        Self::new(Config { flags: policy::TUNNELS, ..Config::new(Role::Server) })
    }

    pub fn client() -> Self {
        Self::new(Config::new(Role::Client))
    }

    pub fn receive(&mut self, bytes: &[u8]) {
        self.conn.receive(&mut self.ws, bytes.len(), self.now).unwrap();
        self.lent = bytes.to_vec();
        self.lends = true;
    }

    pub fn eof(&mut self) {
        self.conn.receive_eof(&mut self.ws, true, self.now);
    }

    pub fn next(&mut self) -> Result<Event, NotReady> {
        let lent: &mut [u8] = if self.lends { &mut self.lent } else { &mut [] };
        let result = self.conn.next(&mut self.ws, lent).unwrap();
        self.lends &= result.is_ok();
        if result.is_err() {
            // Nothing may point into it any more.
            self.lent = Vec::new();
        }
        result
    }

    /// All events until input rests.
    pub fn events(&mut self) -> Vec<Event> {
        std::iter::from_fn(|| self.next().ok()).take(1000).collect()
    }

    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Event> {
        self.receive(bytes);
        self.events()
    }

    pub fn respond(&mut self, response: Response<'_>) -> Result<Write, Error> {
        self.conn.http1(&mut self.ws).respond(&response, std::iter::empty())
    }

    pub fn request(&mut self, request: Request<'_>) -> Result<Write, Error> {
        self.conn.http1(&mut self.ws).request(&request, std::iter::empty())
    }

    pub fn request_with(&mut self, request: Request<'_>, fields: &[(&str, &str)]) -> Result<Write, Error> {
        self.conn.http1(&mut self.ws).request(&request, refs(fields))
    }

    pub fn finish(&mut self) -> Result<Write, Error> {
        self.conn.http1(&mut self.ws).finish(std::iter::empty())
    }

    pub fn state(&self) -> u32 {
        self.conn.state(&self.ws)
    }

    pub fn is(&self, bit: u32) -> bool {
        self.state() & bit != 0
    }

    pub fn deadline(&mut self) -> u64 {
        self.conn.deadline(&self.ws, self.now)
    }

    /// Time passes as an owner lets it: a tick whenever one is due.
    pub fn pass(&mut self, ms: u64) {
        let end = self.now + ms;
        loop {
            let due = self.deadline();
            if due > end || self.is(bits::CLOSE) {
                break;
            }
            self.now = due.max(self.now);
            self.conn.tick(&mut self.ws, self.now);
            assert!(self.deadline() > self.now || self.is(bits::EVENTS), "a deadline that a tick does not move");
        }
        self.now = end;
    }

    /// The transport takes at most `max` octets, of files too.
    pub fn send(&mut self, max: usize) -> Vec<u8> {
        let (mut all, queued) = (Vec::new(), self.conn.queued());
        loop {
            all.extend(self.out(max - all.len()));
            let file = self.conn.shown(&self.ws).file().map_or(0, |file| file.len as usize).min(max - all.len());
            if file == 0 {
                break;
            }
            self.conn.sent(&mut self.ws, file, self.now).unwrap();
            all.resize(all.len() + file, b'~');
        }
        assert!(all.len() >= queued.min(max), "what is shown is what is queued");
        all
    }

    /// The transport takes at most `max` octets, up to a file.
    pub fn out(&mut self, max: usize) -> Vec<u8> {
        let mut all = Vec::new();
        loop {
            self.conn.seal(&mut self.ws);
            let mut out = self.shown();
            out.truncate(max - all.len());
            self.conn.sent(&mut self.ws, out.len(), self.now).unwrap();
            if out.is_empty() {
                return all;
            }
            all.extend_from_slice(&out);
        }
    }

    /// What is shown: a file is not.
    pub fn shown(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.conn.shown(&self.ws).pieces(|piece| {
            match piece {
                Piece::Owned(bytes) => out.extend_from_slice(bytes),
                Piece::Lent(_, len) => out.resize(out.len() + len, b'~'),
            }
            true
        });
        out
    }

    pub fn flush(&mut self) -> String {
        String::from_utf8_lossy(&self.send(usize::MAX)).into_owned()
    }

    /// The octets that an event points to.
    pub fn octets(&self, span: Span) -> Vec<u8> {
        let window = match span.window {
            Window::Lent => &self.lent[..],
            Window::Held => self.conn.shown(&self.ws).held(),
            Window::Scratch => self.conn.shown(&self.ws).scratch(),
        };
        window[span.offset as usize..][..span.len as usize].to_vec()
    }

    /// The names of the fields of the present head, as an owner reads them.
    pub fn field_names(&self) -> Vec<String> {
        let (head, fields) = self.conn.shown(&self.ws).head().expect("a head");
        let all = match head.window {
            Window::Lent => &self.lent[..],
            Window::Held => self.conn.shown(&self.ws).held(),
            Window::Scratch => unreachable!("no head is there"),
        };
        let head_octets = &all[head.base as usize..][..head.parsed.head_len as usize];
        let name =
            |field: &wireway::http1::head::Field| head_octets.get(field.name as usize..)?.get(..field.name_len.into());
        fields.iter().map(|field| String::from_utf8_lossy(name(field).expect("in the head")).into_owned()).collect()
    }

    pub fn close(&mut self) {
        self.conn.release(&mut self.ws);
    }
}

pub fn refs<'a>(fields: &'a [(&'a str, &'a str)]) -> impl Iterator<Item = FieldRef<'a>> + Clone {
    fields.iter().map(|(name, value)| FieldRef { name: name.as_bytes(), value: value.as_bytes() })
}

pub fn errors(events: &[Event]) -> Vec<Code> {
    events.iter().filter_map(|event| if let Event::Error(error) = event { Some(error.code()) } else { None }).collect()
}
