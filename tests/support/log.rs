//! What a run of a case produced, in a form that is the same for every subject and every cut.

use std::collections::{BTreeMap, BTreeSet};

use super::bytes::show;
use super::case::{Role, Setup, is_message};
use super::frames;
use super::message::Fields;

/// One event, normalised: `END` is an event of its own, neighbouring data is joined.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    pub kind: String,
    /// Method and target, or status, or code, or the code of a Close.
    pub words: Vec<Vec<u8>>,
    /// `host`, `length`, `reason`, `version`, `status`, `rule`, where the event has them.
    pub attributes: BTreeMap<String, Vec<u8>>,
    pub flags: BTreeSet<String>,
    pub fields: Fields,
    pub data: Vec<u8>,
    /// The octets are the first of a WebSocket message.
    pub first: bool,
    /// This event completes its message.
    pub last: bool,
}

/// The words of a state; see the README of the cases.
pub type State = BTreeSet<String>;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    pub events: Vec<Event>,
    pub output: Vec<u8>,
    /// Of every call of the steps, in order: names of codes.
    pub results: Vec<String>,
    /// Of every check of the steps, in order.
    pub checks: Vec<State>,
    pub state: State,
    /// By how many octets the workspace grew at most; `None` where the subject cannot tell.
    pub grown: Option<u64>,
    /// How TLS ended for the peer: `close_notify`, `alert NAME`, or not: `open`. Empty without TLS.
    pub peer: String,
    /// WebSocket messages are to come whole.
    pub whole: bool,
    /// A WebSocket message has begun and not ended.
    pub is_within_message: bool,
}

impl Log {
    pub fn new(setup: &Setup) -> Self {
        Self { whole: setup.whole == Some(true), ..Self::default() }
    }

    /// The WebSocket has been opened: what was logged is not of the case.
    pub fn forget(&mut self) -> Result<(), String> {
        let is_head = |event: &Event| event.kind == "REQUEST" || event.kind == "END" || event.words == [b"101"];
        if self.results != ["Ok"] || !self.events.iter().all(is_head) || self.events.is_empty() {
            return Err(format!("the WebSocket is not opened:\n{self}"));
        }
        *self = Self { whole: self.whole, ..Self::default() };
        Ok(())
    }

    /// The output with the frames of a client as they were before they were masked.
    pub fn unmask(&mut self, setup: &Setup) -> Result<(), String> {
        if setup.role == Role::Client && setup.whole.is_some() {
            let head = self.head_len();
            let frames = frames::unmasked(&self.output[head..])?;
            self.output.splice(head.., frames);
        }
        Ok(())
    }

    /// What was written behind the head of the handshake, or all where there is none.
    pub fn frames(&self) -> &[u8] {
        &self.output[self.head_len()..]
    }

    fn head_len(&self) -> usize {
        let has_head = self.output.starts_with(b"HTTP/1.1 ") || self.output.starts_with(b"GET ");
        let end = super::wire::find(&self.output, b"\r\n\r\n").filter(|_| has_head);
        end.map_or(0, |end| end + 4)
    }

    /// Takes an event of a subject: splits off `END`, joins data.
    pub fn push(&mut self, mut event: Event) -> Result<(), String> {
        let (first, last) = (std::mem::take(&mut event.first), std::mem::take(&mut event.last));
        match event.kind.as_str() {
            "END" if !last => return Err("END without LAST".into()),
            "END" => self.events.push(event),
            "DATA" | "RAW" => self.join(event),
            kind if is_message(kind) => self.take_part(event, first, last)?,
            _ => self.events.push(event),
        }
        if last && self.events.last().is_some_and(|event| event.kind != "END") {
            self.events.push(Event { kind: "END".into(), ..Event::default() });
        }
        Ok(())
    }

    /// Octets of a WebSocket message.
    fn take_part(&mut self, event: Event, first: bool, last: bool) -> Result<(), String> {
        if first == self.is_within_message {
            let what = if first { "a first part within a message" } else { "a part of no message" };
            return Err(what.into());
        }
        if self.whole && !(first && last) {
            return Err("a part of a message that was to come whole".into());
        }
        self.is_within_message = !last;
        if first {
            self.events.push(event)
        } else {
            self.join(event)
        }
        Ok(())
    }

    fn join(&mut self, event: Event) {
        match self.events.last_mut() {
            Some(before) if before.kind == event.kind => before.data.extend(event.data),
            _ if event.data.is_empty() => {}
            _ => self.events.push(event),
        }
    }

    /// What must be equal at every cut: all but the interim 100 (H1-EXP-03), the memory, and what depends on how much was
    /// lent before a peer that does not read (`held`) made reading stop.
    pub fn essence(&self, held: bool) -> Self {
        let output = super::wire::without_continue(&self.output);
        let events = self.events.iter().filter(|event| event.kind != "WRITABLE").cloned().collect();
        let checks = if held { Vec::new() } else { self.checks.clone() };
        Self { events, output, checks, grown: None, ..self.clone() }
    }
}

impl std::fmt::Display for Event {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.kind)?;
        self.words.iter().try_for_each(|word| write!(f, " {}", show(word)))?;
        self.attributes.iter().try_for_each(|(name, value)| write!(f, " {name}={}", show(value)))?;
        self.flags.iter().try_for_each(|flag| write!(f, " +{flag}"))?;
        if !self.data.is_empty() {
            write!(f, " {}", show(&self.data))?;
        }
        self.fields.iter().try_for_each(|(name, value)| write!(f, "\n      {}: {}", show(name), show(value)))
    }
}

impl std::fmt::Display for Log {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.events.iter().try_for_each(|event| writeln!(f, "    {event}"))?;
        writeln!(f, "    < {}", show(&self.output))?;
        writeln!(
            f,
            "    calls {:?}, checks {:?}, state {:?}, grown {:?}, peer {:?}",
            self.results, self.checks, self.state, self.grown, self.peer
        )
    }
}
