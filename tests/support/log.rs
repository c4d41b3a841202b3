//! What a run of a case produced, in a form that is the same for every subject and every cut.

use std::collections::{BTreeMap, BTreeSet};

use super::bytes::show;
use super::step::Fields;
use wireway::error::Code;

/// One event, normalised: `END` is an event of its own, neighbouring data is joined.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    pub kind: String,
    /// Method and target, or status, or code.
    pub words: Vec<Vec<u8>>,
    /// `host`, `length`, `reason`, `version`, `status`, `rule`, where the event has them.
    pub attributes: BTreeMap<String, Vec<u8>>,
    pub flags: BTreeSet<String>,
    pub fields: Fields,
    pub data: Vec<u8>,
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
}

impl Log {
    /// Takes an event of a subject: splits off `END`, joins data.
    pub fn push(&mut self, mut event: Event) -> Result<(), String> {
        let last = std::mem::take(&mut event.last);
        match event.kind.as_str() {
            "END" if !last => return Err("END without LAST".into()),
            "END" => self.events.push(event),
            "DATA" | "RAW" | "MESSAGE" => self.join(event),
            _ => self.events.push(event),
        }
        if last && self.events.last().is_some_and(|event| event.kind != "END") {
            self.events.push(Event { kind: "END".into(), ..Event::default() });
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
            "    calls {:?}, checks {:?}, state {:?}, grown {:?}",
            self.results, self.checks, self.state, self.grown
        )
    }
}

macro_rules! codes {
    ($($name:ident)*) => { const CODES: &[(i32, &str)] = &[$((Code::$name as i32, stringify!($name))),*]; };
}
codes! {
    Argument State Nomem Buffer Gone System Unsupported Stalled Panic RequestLine StatusLine Version LineEnd FieldName FieldValue
    Target Host ContentLength TransferEncoding AmbiguousFraming Chunk Trailer TooLarge Truncated UnexpectedData Upgrade
    Expectation Misdirected BodyLength NotSwitched Closing WsHandshake TimeoutHead TimeoutBody TimeoutWrite TimeoutIdle
    TimeoutResponse Closed Aborted
}

/// The name of a status of the C API: a `Code`, or `Ok`, `Paused`, …
pub fn code_name(code: i32) -> String {
    let named = CODES.iter().find(|entry| entry.0 == code).map(|entry| entry.1);
    let plain = ["Ok", "NeedInput", "Paused", "Timeout", "Done"];
    let positive = || usize::try_from(code).ok().and_then(|at| plain.get(at).copied());
    named.or_else(positive).map_or_else(|| format!("Code({code})"), String::from)
}
