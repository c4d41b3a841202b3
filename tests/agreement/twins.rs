//! Two connections that are told the same, one by the fast ways and one by the full ones: events, octets, states and deadlines are the
//! same.

mod deeds;
mod fields;
mod heads;
mod messages;
mod requests;

use crate::random::Random;
use crate::rig::{OK, Rig};
use fields::Lists;
use wireway::conn::{Config, Delivery, Event, NotReady, Piece, Window, Workspace, bits};
use wireway::guard::TargetRule;
use wireway::http1::machine::{Role, policy};
use wireway::memory::Heap;
use wireway::websocket::machine::Part;

struct Twins {
    fast: Rig,
    full: Rig,
    random: Random,
    lists: Lists,
    is_idle: bool,
    /// What went by the fast way alone.
    fast_answers: u64,
    fast_sends: u64,
}

impl Twins {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let config = some_config(&mut random);
        // Without a time there is no Date.
        let time = [Some(1_000_000_000), Some(0), Some(1), None][random.below(4)];
        // With little room for what is held it is evicted.
        let held_max = [Workspace::HELD_MAX, 40][usize::from(random.below(8) == 0)];
        let rig = || {
            let mut rig = Rig::within(config, Heap::new(Workspace::MEMORY_MAX), held_max);
            if let Some(time) = time {
                rig.ws.set_time(time);
            }
            rig
        };
        Self {
            fast: rig(),
            full: rig(),
            random,
            lists: Lists::default(),
            is_idle: true,
            fast_answers: 0,
            fast_sends: 0,
        }
    }

    /// What both do by the same way.
    fn both<T: PartialEq + core::fmt::Debug>(&mut self, deed: impl Fn(&mut Rig) -> T) -> T {
        self.is_idle = false;
        let [fast, full] = [&mut self.fast, &mut self.full].map(deed);
        assert_eq!(fast, full);
        fast
    }

    /// What both have when these octets come.
    fn receive(&mut self, octets: &[u8]) -> bool {
        let taken = self.both(|rig| {
            let taken = rig.conn.receive(&mut rig.ws, octets.len(), rig.now);
            if taken.is_ok() {
                (rig.lent, rig.lends) = (octets.to_vec(), true);
            }
            taken
        });
        taken.is_ok()
    }

    fn next(&mut self) -> Result<Event, NotReady> {
        let fast = self.fast.next();
        let full = {
            let rig = &mut self.full;
            let lent: &mut [u8] = if rig.lends { &mut rig.lent } else { &mut [] };
            let result = rig.conn.agreement(&mut rig.ws).next_full(lent).unwrap();
            rig.lends &= result.is_ok();
            result
        };
        // That there is nothing else to do is for the fast way to say.
        self.is_idle = fast == Err(NotReady::Idle);
        let fast = if self.is_idle { Err(NotReady::NeedInput) } else { fast };
        assert_eq!(fast, full);
        self.see(fast);
        fast
    }

    /// An event shows the same octets, a head the same fields.
    fn see(&self, next: Result<Event, NotReady>) {
        if let Ok(Event::Message { span, .. } | Event::Ping(span) | Event::Data { span, .. }) = next {
            let [fast, full] = [&self.fast, &self.full].map(|rig| {
                let window = match span.window {
                    Window::Lent => &rig.lent[..],
                    Window::Held => rig.conn.shown(&rig.ws).held(),
                    Window::Scratch => rig.conn.shown(&rig.ws).scratch(),
                };
                window[span.offset as usize..][..span.len as usize].to_vec()
            });
            assert_eq!(fast, full);
        }
        if matches!(next, Ok(Event::Request { .. })) {
            let [fast, full] = [&self.fast, &self.full].map(|rig| {
                let (head, fields) = rig.conn.shown(&rig.ws).head().expect("a head");
                format!("{head:?} {fields:?}")
            });
            assert_eq!(fast, full);
        }
    }

    /// Answers, or is refused: with fields of any kind, in any state.
    fn respond(&mut self) {
        self.is_idle = false;
        let fields = self.lists.next(&mut self.random);
        let content = vec![b'c'; [0, 1, 9, 10, 700, 1400][self.random.below(6)]];
        let response = wireway::conn::Response { content: &content, ..OK };
        let quick = self.fast.conn.http1(&mut self.fast.ws).respond_ok(&content, fields::refs(fields));
        self.fast_answers += u64::from(quick.is_some());
        let fast = match quick {
            Some(written) => Ok(written),
            None => self.fast.conn.http1(&mut self.fast.ws).respond(&response, fields::refs(fields)),
        };
        let full = self.full.conn.http1(&mut self.full.ws).respond(&response, fields::refs(fields));
        assert_eq!(fast, full, "{fields:?}");
    }

    fn say(&mut self, part: Part, octets: &[u8]) {
        self.is_idle = false;
        let fast = self.fast.conn.websocket(&mut self.fast.ws).send_message(part, octets);
        let full = self.full.conn.agreement(&mut self.full.ws).send_message_full(part, octets);
        assert_eq!(fast, full);
    }

    /// The transport takes everything, or something.
    fn send(&mut self) {
        let now = self.fast.now;
        let whole =
            if self.is_idle { self.fast.conn.shown(&self.fast.ws).last_piece().map(<[u8]>::to_vec) } else { None };
        if let Some(octets) = whole {
            assert_eq!(octets, self.full.shown());
            self.full.conn.sent(&mut self.full.ws, octets.len(), now).unwrap();
            self.fast_sends += 1;
            let deadline = self.fast.conn.sent_all(&mut self.fast.ws, now);
            assert_eq!(deadline, self.full.deadline());
            assert_eq!(self.full.state() & !bits::IDLE, bits::WANT_READ);
            return;
        }
        let most = if self.random.below(3) == 0 { 100 } else { usize::MAX };
        // A Pong that waited for room may be queued then.
        self.is_idle = false;
        let mut octets = self.fast.shown();
        assert_eq!(octets, self.full.shown());
        octets.truncate(most);
        let fast = self.fast.conn.sent(&mut self.fast.ws, octets.len(), now);
        let full = self.full.conn.agreement(&mut self.full.ws).sent_full(octets.len(), now);
        assert_eq!(fast, full);
    }

    /// The output in one piece is what is shown of it.
    fn compare_output(&self) {
        let shown = self.fast.conn.shown(&self.fast.ws);
        let mut pieces = Vec::new();
        shown.next_pieces(|piece| {
            pieces.push(if let Piece::Owned(octets) = piece { Some(octets) } else { None });
            true
        });
        if let Some(only) = shown.only_output() {
            assert_eq!(pieces, [Some(only)]);
        }
    }

    fn compare(&mut self) {
        self.compare_output();
        assert_eq!(self.fast.state(), self.full.state());
        assert_eq!(self.fast.deadline(), self.full.deadline());
        for rig in [&mut self.fast, &mut self.full] {
            assert_eq!(rig.conn.agreement(&mut rig.ws).disagreement(rig.now), None);
        }
        self.fast.now += 1;
        self.full.now += 1;
    }
}

/// Each of its fields is the usual one nearly always.
fn some_config(random: &mut Random) -> Config {
    let mut config = Config::new(Role::Server);
    let limits = &mut config.limits;
    let marks = [(2000, 500), (300, 300), (60, 10), (65_536, 0)];
    (limits.high_water, limits.low_water) = marks[random.below(4)];
    let mut is_odd = || random.below(8) == 0;
    if is_odd() {
        config.flags = policy::STRICT_HOST | policy::DEFAULT_AUTHORITY | policy::LENIENT_LENGTH_AND_CHUNKED;
    }
    if is_odd() {
        config.flags |= policy::TUNNELS;
    }
    if is_odd() {
        limits.head.fields_max = 1;
    }
    if is_odd() {
        limits.head.line_max = 40;
    }
    if is_odd() {
        limits.head.target = TargetRule::Strict;
    }
    if is_odd() {
        limits.drain_max = 2;
    }
    config.delivery = if is_odd() { Delivery::Parts } else { Delivery::Whole };
    config.deflate.enabled = is_odd();
    config.messages.message_max = [1000, 1000, 1000, 16, 0][random.below(5)];
    config
}

fn walks() -> u64 {
    if cfg!(debug_assertions) { 3_000 } else { 60_000 }
}
