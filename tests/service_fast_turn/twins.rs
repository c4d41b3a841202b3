//! A server by its fast turns, and a connection by itself by the full way: the same calls give the same events, results and output.

use crate::chat::{Chat, masked};
use crate::random::Random;
use wireway::conn::{self, Accept, Conn, Event, NotReady, Piece, Window, Workspace, Write};
use wireway::error::Code;
use wireway::memory::Heap;
use wireway::service::Config;
use wireway::websocket::machine::Part;

/// What is said to one message: some of it must be refused.
type Answers = Vec<(Part, Vec<u8>)>;

fn some_answer(random: &mut Random) -> (Part, Vec<u8>) {
    let len = [random.below(20), random.below(130), 124 + random.below(4), 300][random.below(4)];
    let mut octets = b"e".repeat(len);
    if len > 0 && random.below(3) == 0 {
        let at = random.below(len);
        octets[at] = [0, 0x7f, 0x80, 0xc3, 0xff][random.below(5)];
    }
    let mut odd = |usual: bool| usual ^ (random.below(16) == 0);
    let (first, last) = (odd(true), odd(true));
    (Part { text: random.below(2) == 0, first, last, compressed: random.below(2) == 0 }, octets)
}

fn some_message(random: &mut Random) -> Vec<u8> {
    let len = [random.below(20), random.below(130), 124 + random.below(4)][random.below(3)];
    let text = ["a".repeat(len), "ä".repeat(len / 2), "€".repeat(len / 3) + "x"];
    match random.below(10) {
        0 => masked(0x89, b"ping"),
        1 => [masked(0x01, text[0].as_bytes()), masked(0x80, b"x")].concat(),
        2 => masked(0x82, text[0].as_bytes()),
        at => masked(0x81, text[at % 3].as_bytes()),
    }
}

/// A result as both sides can have it.
type PlannedFrame = Result<Write, Code>;

/// The connection by itself.
struct Reference {
    ws: Workspace,
    conn: Conn,
    told: Vec<String>,
    said: Vec<PlannedFrame>,
    begun: String,
    sent: Vec<u8>,
}

impl Reference {
    fn new(config: &conn::Config) -> Self {
        let mut ws = Workspace::new(Heap::new(Workspace::MEMORY_MAX), Workspace::HELD_MAX);
        let shared = ws.intern(config).expect("memory");
        let conn = Conn::new(shared, 0).expect("a connection");
        let mut new = Self { ws, conn, told: vec![], said: vec![], begun: String::new(), sent: vec![] };
        new.hear(&mut crate::chat::REQUEST.to_vec(), &mut |_| vec![]);
        let accepted = new.conn.websocket(&mut new.ws).accept(&Accept::default(), std::iter::empty());
        assert_eq!(accepted, Ok(Write::Queued));
        new.send();
        (new.told, new.sent) = (vec![], vec![]);
        new
    }

    fn hear(&mut self, octets: &mut [u8], answers: &mut dyn FnMut(usize) -> Answers) {
        self.conn.receive(&mut self.ws, octets.len(), 0).expect("taken");
        let (mut lent, mut heard) = (octets, 0);
        loop {
            match self.conn.agreement(&mut self.ws).next_full(lent).expect("memory") {
                Ok(Event::Message { span, last, .. }) => {
                    let window = match span.window {
                        Window::Lent => &*lent,
                        Window::Held => self.conn.shown(&self.ws).held(),
                        Window::Scratch => self.conn.shown(&self.ws).scratch(),
                    };
                    let part = &window[span.offset as usize..][..span.len as usize];
                    self.begun.push_str(std::str::from_utf8(part).expect("whole characters"));
                    if last {
                        self.told.push(std::mem::take(&mut self.begun));
                        for (part, octets) in answers(heard) {
                            let said = self.conn.agreement(&mut self.ws).send_message_full(part, &octets);
                            self.said.push(said.map_err(|error| error.code()));
                        }
                        heard += 1;
                    }
                }
                Ok(event) => self.told.push(format!("{event:?}").split([' ', '(']).next().unwrap_or_default().into()),
                Err(rest) => {
                    lent = &mut [];
                    if !self.send() && rest != NotReady::Paused {
                        return;
                    }
                }
            }
        }
    }

    /// Whether there was anything to send.
    fn send(&mut self) -> bool {
        let mut octets = Vec::new();
        self.conn.shown(&self.ws).pieces(|piece| {
            let Piece::Owned(piece) = piece else { panic!("nothing is lent") };
            octets.extend_from_slice(piece);
            true
        });
        self.conn.sent(&mut self.ws, octets.len(), 0).expect("they were queued");
        self.sent.extend_from_slice(&octets);
        !octets.is_empty()
    }
}

#[test]
fn fast_turns_and_the_full_way() {
    for seed in 0..crate::walks() {
        let mut random = Random::new(seed + 1);
        let mut config = Config::new();
        config.conn.limits.high_water = [65_536, 300, 100][random.below(3)];
        config.conn.limits.low_water = 50;
        config.conn.messages.message_max = [1000, 130][random.below(2)];
        let (mut chat, mut reference) = (Chat::new(&config), Reference::new(&config.conn));
        let mut said: Vec<PlannedFrame> = Vec::new();
        for _ in 0..8 {
            let burst: Vec<u8> = (0..=random.below(6)).flat_map(|_| some_message(&mut random)).collect();
            let answers: Vec<Answers> =
                (0..8).map(|_| (0..random.below(3)).map(|_| some_answer(&mut random)).collect()).collect();
            let mut heard = 0;
            chat.say(&burst, |chat, _| {
                for (part, octets) in &answers[heard] {
                    let sent = chat.harness.server.messages().send_message(chat.id, *part, octets);
                    said.push(sent.map_err(|error| error.code()));
                }
                heard += 1;
            });
            reference.hear(&mut burst.clone(), &mut |at| answers[at].clone());
            assert_eq!(said, reference.said, "seed {seed}");
            assert_eq!(chat.told, reference.told, "seed {seed}");
        }
        chat.expected = reference.sent;
        let told = reference.told.iter().map(String::as_str).collect::<Vec<_>>();
        chat.expect(&told);
    }
}
