//! What a machine makes of octets, in a form that is the same for every cut.

use crate::guard::MessageLimits;
use crate::websocket::Role;
use crate::websocket::frame::{self, HEADER_MAX, Header};
use crate::websocket::machine::{Heard, Machine, Step};
use crate::websocket::mask::unmask;

/// What was heard, neighbouring parts of a message joined; the last line is the error, if there was one.
pub type Log = Vec<String>;

#[derive(Clone, Copy)]
pub struct Rig {
    pub limits: MessageLimits,
    pub deflates: bool,
}

pub const RIG: Rig = Rig { limits: MessageLimits::DEFAULT, deflates: false };

impl Rig {
    pub fn with_deflate() -> Self {
        Rig { deflates: true, ..RIG }
    }

    /// What both roles make of these frames, which are without a mask; all cuts must agree.
    pub fn hear(self, frames: &str) -> Log {
        let plain = octets(frames);
        let client = self.at_every_cut(Role::Client, &plain);
        let server = self.at_every_cut(Role::Server, &masked(&plain));
        assert_eq!(server, client, "{frames}: the roles differ");
        client
    }

    pub fn at_every_cut(self, role: Role, wire: &[u8]) -> Log {
        let whole = self.run(role, &[wire]);
        let octetwise: Vec<_> = wire.chunks(1 + wire.len() / 1000).collect();
        assert_eq!(self.run(role, &octetwise), whole, "octet by octet");
        for at in (1..wire.len().min(24)).chain((24..wire.len()).step_by(1 + wire.len() / 200)) {
            let (one, other) = wire.split_at(at);
            assert_eq!(self.run(role, &[one, other]), whole, "cut at {at}");
        }
        whole
    }

    fn run(self, role: Role, pieces: &[&[u8]]) -> Log {
        let mut machine = Machine::new(role, self.deflates);
        let (mut log, mut held) = (Log::new(), Vec::new());
        for piece in pieces {
            held.extend_from_slice(piece);
            if !self.drain(&mut machine, &mut held, &mut log) {
                break;
            }
        }
        log
    }

    /// `false` after an error or a Close.
    fn drain(self, machine: &mut Machine, held: &mut Vec<u8>, log: &mut Log) -> bool {
        while !held.is_empty() {
            let used = match machine.incoming_mut().hear(held, &self.limits) {
                Ok(Step::Starved { used: 0 }) => return true,
                Ok(step) => take(&step, held, log),
                Err(error) => {
                    log.push(format!("{} {}", error.fault.status, error.fault.rule.to_str().unwrap()));
                    return false;
                }
            };
            held.drain(..used);
            if log.last().is_some_and(|line| line.starts_with("close")) {
                return false;
            }
        }
        true
    }
}

/// Writes a step down; answers how many octets are used up.
fn take(step: &Step, held: &[u8], log: &mut Log) -> usize {
    let text = |offset: usize, len: usize| show(&held[offset..offset + len]);
    let (line, used) = match *step {
        Step::Starved { used } => return used,
        Step::Part(heard) => (part(&heard, &text(heard.offset, heard.len), log), heard.used),
        Step::Ping { offset, len, used } => (format!("ping {}", text(offset, len)), used),
        Step::Pong { offset, len, used } => (format!("pong {}", text(offset, len)), used),
        Step::Close { code, offset, len, used } => (format!("close {code} {}", text(offset, len)), used),
    };
    log.push(line);
    used
}

/// The line of a part, joined with the one before where that goes on.
fn part(heard: &Heard, text: &str, log: &mut Log) -> String {
    let kind = if heard.text { "text" } else { "data" };
    let compressed = if heard.compressed { "*" } else { "" };
    let goes_on = !heard.first && log.last().is_some_and(|line| line.ends_with('…'));
    let before = if goes_on { log.pop() } else { None };
    let before = before.map_or_else(
        || format!("{}{kind}{compressed} ", if heard.first { "" } else { "+" }),
        |line| line.trim_end_matches('…').to_owned(),
    );
    before + text + if heard.last { "" } else { "…" }
}

/// Text where it is printable ASCII, else hexadecimal.
fn show(octets: &[u8]) -> String {
    octets
        .iter()
        .map(|&octet| if octet.is_ascii_graphic() { char::from(octet).into() } else { format!("<{octet:02x}>") })
        .collect()
}

/// `81 02 6869`, and `00*5` for five of an octet.
pub fn octets(text: &str) -> Vec<u8> {
    let mut all = Vec::new();
    for word in text.split_whitespace() {
        let (digits, times) = word.split_once('*').unwrap_or((word, "1"));
        let octet = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
        let octets: Vec<u8> = (0..digits.len()).step_by(2).map(octet).collect();
        (0..times.parse().unwrap()).for_each(|_: usize| all.extend_from_slice(&octets));
    }
    all
}

pub const KEY: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];

/// The same frames masked with [`KEY`]. What is no frame is masked as if the rest of it were payload.
pub fn masked(mut plain: &[u8]) -> Vec<u8> {
    let mut wire = Vec::new();
    while plain.len() >= 2 {
        let Some((header_len, payload_len)) = sizes(plain) else {
            return [&wire[..], &[plain[0], plain[1] | 0x80], &plain[2..]].concat();
        };
        let end = header_len.saturating_add(payload_len).min(plain.len());
        let mut payload = plain[header_len..end].to_vec();
        unmask(&mut payload, KEY, 0);
        wire.extend_from_slice(&[plain[0], plain[1] | 0x80]);
        wire.extend_from_slice(&[&plain[2..header_len], &KEY, &payload].concat());
        plain = &plain[end..];
    }
    [&wire, plain].concat()
}

/// Octets of header and payload, whether or not the frame is sound; `None` when the header is not whole.
fn sizes(plain: &[u8]) -> Option<(usize, usize)> {
    match plain[1] {
        126 => Some((4, u16::from_be_bytes([*plain.get(2)?, *plain.get(3)?]).into())),
        127 => Some((10, u64::from_be_bytes(plain.get(2..10)?.try_into().ok()?) as usize)),
        len => Some((2, len.into())),
    }
}

/// A header as it is written.
pub fn written(header: &Header) -> Vec<u8> {
    let mut out = [0; HEADER_MAX];
    let len = frame::encode(header, &mut out);
    out[..len].to_vec()
}
