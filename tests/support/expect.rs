//! What must come of a case: the lines below `---`.

use super::bytes::expand;
use super::frames;
use super::message::Fields;
use super::number::{narrow, number};
use super::words;

/// One line of the event list. Words that are not written are not compared.
#[derive(Clone, Debug, Default)]
pub struct Expected {
    pub optional: bool,
    pub kind: String,
    pub words: Vec<String>,
    /// Of events with octets.
    pub data: Option<Vec<u8>>,
    pub fields: Option<Fields>,
}

#[derive(Clone, Debug, Default)]
pub struct Expectations {
    pub events: Vec<Expected>,
    pub statuses: Option<Vec<String>>,
    pub output: Option<Vec<u8>>,
    /// WebSocket frames written, those behind the head where the case has the handshake.
    pub frames: Option<Vec<u8>>,
    /// The order of fields counts too.
    pub exact: bool,
    pub has: Vec<Vec<u8>>,
    pub state: Vec<String>,
    pub memory: Option<u64>,
    /// How TLS ended for the peer.
    pub peer: Option<String>,
}

/// An event line with its shorthands still in it.
struct Line {
    event: Expected,
    end: bool,
    times: usize,
}

impl Expectations {
    pub fn parse(lines: &[String]) -> Result<Self, String> {
        let mut all = Self::default();
        let mut events: Vec<Line> = Vec::new();
        for line in lines {
            let is_event = line.starts_with(|c: char| c.is_ascii_uppercase() || c == '?');
            let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            match line.strip_prefix("  ") {
                Some(field) => field_line(field, events.last_mut().ok_or("a field without a head")?)?,
                None if is_event => events.push(Line::parse(line)?),
                None => all.line(word, rest, &mut events)?,
            }
        }
        all.events = events.into_iter().flat_map(Line::flatten).collect();
        Ok(all)
    }

    pub fn says_something(&self) -> bool {
        let has_output = self.statuses.is_some() || self.output.is_some() || self.frames.is_some();
        !self.events.is_empty() || has_output || !self.state.is_empty()
    }

    fn line(&mut self, word: &str, rest: &str, events: &mut Vec<Line>) -> Result<(), String> {
        match word {
            "<" | "<=" | "frames" | "has" | "status" => self.wire(word, rest)?,
            "state" => self.state.extend(words::states(rest)?),
            "peer" => self.peer = Some(rest.into()),
            "memory" => self.memory = Some(number(rest)?),
            _ => return self.error(word, rest, events),
        }
        Ok(())
    }

    /// `refused`, `dropped` and `failed`.
    fn error(&mut self, word: &str, rest: &str, events: &mut Vec<Line>) -> Result<(), String> {
        let status = rest.split(' ').nth(1).unwrap_or_default();
        match word {
            "refused" => self.closing(true, status)?,
            "dropped" => self.closing(false, status)?,
            "failed" => self.close_frame(narrow(status)?),
            _ => return Err(format!("unknown expectation {word:?}")),
        };
        events.push(Line::parse(&format!("ERROR {rest}"))?);
        Ok(())
    }

    /// What follows the failure of a WebSocket: a Close says why, and the write side closes.
    fn close_frame(&mut self, code: u16) {
        self.frames.get_or_insert_default().extend([&[0x88, 2][..], &code.to_be_bytes()].concat());
        self.state.extend(["shutdown".into(), "-close".into()]);
    }

    fn wire(&mut self, word: &str, rest: &str) -> Result<(), String> {
        match word {
            "frames" => self.frames.get_or_insert_default().extend(frames::octets(rest)?),
            "has" => self.has.push(expand(rest)?),
            "status" => self.statuses.get_or_insert_default().extend(words::statuses(rest)?),
            _ => {
                self.exact |= word == "<=";
                self.output.get_or_insert_default().extend(expand(rest)?);
            }
        }
        Ok(())
    }

    /// What follows an error: a server replies and half-closes, a client closes.
    fn closing(&mut self, replies: bool, status: &str) -> Result<(), String> {
        if !replies {
            self.state.push("close".into());
            return Ok(());
        }
        let replies: Vec<String> = status.split('|').map(|s| format!("{s}+close")).collect();
        self.statuses.get_or_insert_default().extend(words::statuses(&replies.join("|"))?);
        self.state.extend(["shutdown".into(), "-close".into()]);
        Ok(())
    }
}

impl Line {
    fn parse(line: &str) -> Result<Self, String> {
        let (optional, line) = line.strip_prefix('?').map_or((false, line), |rest| (true, rest));
        let (kind, rest) = line.split_once(' ').unwrap_or((line, ""));
        let mut event = Expected { optional, kind: kind.into(), ..Expected::default() };
        if matches!(kind, "DATA" | "RAW" | "TEXT" | "BINARY" | "PING" | "PONG") {
            event.data = Some(expand(rest)?);
            return Ok(Self { event, end: false, times: 1 });
        }
        if kind == "CLOSE" {
            let (code, reason) = rest.split_once(' ').unwrap_or((rest, ""));
            code.split('|').try_for_each(|one| narrow::<u16>(one).map(drop))?;
            (event.words, event.data) = (vec![code.into()], Some(expand(reason)?));
            return Ok(Self { event, end: false, times: 1 });
        }
        event.words = rest.split(' ').filter(|word| !word.is_empty()).map(String::from).collect();
        let times = event.words.last().and_then(|word| word.strip_prefix('x')?.parse().ok());
        if times == Some(0) {
            return Err("an event that is to come x0".into());
        }
        if times.is_some() {
            event.words.pop();
        }
        let end = event.words.last().is_some_and(|word| word == "end");
        if end {
            event.words.pop();
        }
        words::event(kind, &event.words)?;
        Ok(Self { event, end, times: times.unwrap_or(1) })
    }

    fn flatten(self) -> Vec<Expected> {
        let end = Expected { kind: "END".into(), optional: self.event.optional, ..Expected::default() };
        let mut one = vec![self.event];
        one.extend(self.end.then_some(end));
        std::iter::repeat_n(one, self.times).flatten().collect()
    }
}

fn field_line(line: &str, below: &mut Line) -> Result<(), String> {
    let fields = below.event.fields.get_or_insert_default();
    if line == "(none)" {
        return Ok(());
    }
    let (name, value) = line.split_once(':').ok_or_else(|| format!("not a field: {line:?}"))?;
    fields.push((expand(name)?, expand(value.strip_prefix(' ').unwrap_or(value))?));
    Ok(())
}
