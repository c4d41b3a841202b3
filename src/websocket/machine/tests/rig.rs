//! The events of a machine, in a form that is the same for every cut.

use crate::guard::MessageLimits;
use crate::websocket::Role;
use crate::websocket::frame::{self, HEADER_MAX, Header};
use crate::websocket::machine::{Machine, MessagePart, Step};
use crate::websocket::mask::unmask;

/// The events, adjacent parts joined; the last line is the error, if any.
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

    /// Receives unmasked `frames` in both roles; all cuts must agree.
    pub fn recv(self, frames: &str) -> Log {
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
            let used = match machine.incoming_mut().recv(held, &self.limits) {
                Ok(Step::NeedInput { used: 0 }) => return true,
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

/// Logs a step and returns the octets consumed.
fn take(step: &Step, held: &[u8], log: &mut Log) -> usize {
    let text = |offset: usize, len: usize| show(&held[offset..offset + len]);
    let (line, used) = match *step {
        Step::NeedInput { used } => return used,
        Step::Part(part) => (line_of(&part, &text(part.offset, part.len), log), part.used),
        Step::Ping { offset, len, used } => (format!("ping {}", text(offset, len)), used),
        Step::Pong { offset, len, used } => (format!("pong {}", text(offset, len)), used),
        Step::Close { code, offset, len, used } => (format!("close {code} {}", text(offset, len)), used),
    };
    log.push(line);
    used
}

/// The line of a part, joined with the one before if it continues.
fn line_of(part: &MessagePart, text: &str, log: &mut Log) -> String {
    let kind = if part.text { "text" } else { "data" };
    let compressed = if part.compressed { "*" } else { "" };
    let goes_on = !part.first && log.last().is_some_and(|line| line.ends_with('…'));
    let before = if goes_on { log.pop() } else { None };
    let before = before.map_or_else(
        || format!("{}{kind}{compressed} ", if part.first { "" } else { "+" }),
        |line| line.trim_end_matches('…').to_owned(),
    );
    before + text + if part.last { "" } else { "…" }
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

/// The frames masked with [`KEY`]. An incomplete frame is masked as if its remainder were payload.
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

/// Lengths of header and payload, valid or not; `None` if the header is incomplete.
fn sizes(plain: &[u8]) -> Option<(usize, usize)> {
    match plain[1] {
        126 => Some((4, u16::from_be_bytes([*plain.get(2)?, *plain.get(3)?]).into())),
        127 => Some((10, u64::from_be_bytes(plain.get(2..10)?.try_into().ok()?) as usize)),
        len => Some((2, len.into())),
    }
}

pub fn written(header: &Header) -> Vec<u8> {
    let mut out = [0; HEADER_MAX];
    let len = frame::encode(header, &mut out);
    out[..len].to_vec()
}
