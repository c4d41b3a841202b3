//! Two connections that are told the same, one by the fast ways and one by the full ones: events, octets, states and deadlines are the
//! same.

mod messages;
mod requests;

use crate::random::Random;
use crate::rig::{OK, Rig};
use wireway::conn::{Config, Event, Rest, Window, bits};
use wireway::http1::machine::Role;
use wireway::http1::write::FieldRef;
use wireway::websocket::machine::Part;

const FIELDS: [FieldRef<'static>; 2] =
    [FieldRef { name: b"Content-Type", value: b"text/plain" }, FieldRef { name: b"X-Long", value: &[b'v'; 300] }];

struct Twins {
    fast: Rig,
    full: Rig,
    random: Random,
    is_idle: bool,
}

impl Twins {
    fn new(seed: u64) -> Self {
        let mut config = Config::new(Role::Server);
        (config.limits.high_water, config.limits.low_water) = (2000, 500);
        let rig = || {
            let mut rig = Rig::new(config);
            rig.ws.set_time(1_000_000_000);
            rig
        };
        Self { fast: rig(), full: rig(), random: Random::new(seed), is_idle: true }
    }

    /// What both have when these octets come.
    fn receive(&mut self, octets: &[u8]) -> bool {
        let now = self.fast.now;
        let taken = [&mut self.fast, &mut self.full].map(|rig| {
            let taken = rig.conn.receive(&mut rig.ws, octets.len(), now);
            if taken.is_ok() {
                (rig.lent, rig.lends) = (octets.to_vec(), true);
            }
            taken
        });
        assert_eq!(taken[0], taken[1]);
        taken[0].is_ok()
    }

    fn next(&mut self) -> Result<Event, Rest> {
        let fast = self.fast.next();
        let full = {
            let rig = &mut self.full;
            let lent: &mut [u8] = if rig.lends { &mut rig.lent } else { &mut [] };
            let result = rig.conn.next_fully(&mut rig.ws, lent).unwrap();
            rig.lends &= result.is_ok();
            result
        };
        // That there is nothing else to do is for the fast way to say.
        self.is_idle = fast == Err(Rest::Idle);
        let fast = if self.is_idle { Err(Rest::NeedInput) } else { fast };
        assert_eq!(fast, full);
        self.see(fast);
        fast
    }

    /// An event shows the same octets, a head the same fields.
    fn see(&self, next: Result<Event, Rest>) {
        if let Ok(Event::Message { span, .. } | Event::Ping(span) | Event::Data { span, .. }) = next {
            let [fast, full] = [&self.fast, &self.full].map(|rig| {
                let window = if span.window == Window::Held { rig.conn.held(&rig.ws) } else { &rig.lent[..] };
                window[span.offset as usize..][..span.len as usize].to_vec()
            });
            assert_eq!(fast, full);
        }
        if matches!(next, Ok(Event::Request { .. })) {
            let [fast, full] = [&self.fast, &self.full].map(|rig| {
                let (head, fields) = rig.conn.head(&rig.ws).expect("a head");
                format!("{head:?} {fields:?}")
            });
            assert_eq!(fast, full);
        }
    }

    fn respond(&mut self) {
        let fields = &FIELDS[..self.random.below(FIELDS.len() + 1)];
        let content = vec![b'c'; self.random.below(3) * 700];
        let response = wireway::conn::Response { content: &content, ..OK };
        let quick = self.fast.conn.respond_ok(&mut self.fast.ws, &content, fields.iter().copied());
        let fast = match quick {
            Some(written) => Ok(written),
            None => self.fast.conn.respond(&mut self.fast.ws, &response, fields.iter().copied()),
        };
        let full = self.full.conn.respond(&mut self.full.ws, &response, fields.iter().copied());
        assert_eq!(fast, full);
    }

    fn say(&mut self, part: Part, octets: &[u8]) {
        let fast = self.fast.conn.send_message(&mut self.fast.ws, part, octets);
        let full = self.full.conn.send_message_fully(&mut self.full.ws, part, octets);
        assert_eq!(fast, full);
    }

    /// The transport takes everything, or something.
    fn send(&mut self) {
        let now = self.fast.now;
        let whole = if self.is_idle { self.fast.conn.last_piece(&self.fast.ws).map(<[u8]>::to_vec) } else { None };
        if let Some(octets) = whole {
            assert_eq!(octets, self.full.shown());
            self.full.conn.sent(&mut self.full.ws, octets.len(), now).unwrap();
            let deadline = self.fast.conn.sent_all(&mut self.fast.ws, now);
            assert_eq!(deadline, self.full.deadline());
            assert_eq!(self.full.state() & !bits::IDLE, bits::WANT_READ);
            return;
        }
        let most = if self.random.below(3) == 0 { 100 } else { usize::MAX };
        assert_eq!(self.fast.send(most), self.full.send(most));
    }

    fn compare(&mut self) {
        assert_eq!(self.fast.state(), self.full.state());
        assert_eq!(self.fast.deadline(), self.full.deadline());
        for rig in [&mut self.fast, &mut self.full] {
            assert_eq!(rig.conn.disagreement(&rig.ws, rig.now), None);
        }
        self.fast.now += 1;
        self.full.now += 1;
    }
}

fn walks() -> u64 {
    if cfg!(debug_assertions) { 3_000 } else { 60_000 }
}
