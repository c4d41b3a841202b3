//! A case: how the connection is set up, what is done to it, what must come of it.

use super::expect::Expectations;
use super::message::Message;
use super::number::{narrow, number};
use super::opening::Opening;
use super::step::Step;
use super::words;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Server,
    Client,
}

/// When the application answers a request by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    None,
    Head,
    End,
    Echo,
    Switch,
    Accept,
    Limit,
    Gather,
    Error,
}

const WHEN: [(&str, When); 9] = [
    ("none", When::None),
    ("head", When::Head),
    ("end", When::End),
    ("echo", When::Echo),
    ("switch", When::Switch),
    ("accept", When::Accept),
    ("limit", When::Limit),
    ("gather", When::Gather),
    ("error", When::Error),
];

/// TLS under the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// The peer speaks this version of it, and the handshake is done before the first step.
    With(&'static str),
    /// There is no peer: octets are on the transport as the steps have them.
    Raw,
}

/// What the connection and its application are made of.
#[derive(Clone, Debug)]
pub struct Setup {
    pub role: Role,
    pub when: When,
    pub answer: Message,
    /// Limits and clocks by their names in `ww_conn_config`.
    pub settings: Vec<(String, u64)>,
    /// Bits of the config: names of `WW_CONN_*` in lower case, with hyphens.
    pub flags: Vec<String>,
    pub time: Option<u64>,
    /// Whether WebSocket messages come whole; `None` where there are none.
    pub whole: Option<bool>,
    /// The connection is a WebSocket before the first step.
    pub opening: Option<Opening>,
    pub tls: Option<Tls>,
}

#[derive(Clone, Debug)]
pub struct Case {
    /// Ledger row, as `H1-CHUNK-03`.
    pub row: String,
    /// `file:line: row name [value of each]`, for failures.
    pub name: String,
    pub setup: Setup,
    pub steps: Vec<Step>,
    pub expect: Expectations,
}

impl Setup {
    /// A server that answers each message with 200.
    pub fn new() -> Self {
        let answer = Message { status: 200, ..Message::default() };
        Self {
            role: Role::Server,
            when: When::End,
            answer,
            settings: vec![],
            flags: vec![],
            time: None,
            whole: None,
            opening: None,
            tls: None,
        }
    }

    /// Takes an option line; `false` when its word is not one of an option.
    fn option(&mut self, line: &str) -> Result<bool, String> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "role" => self.role(rest)?,
            "answer" => self.answer(rest)?,
            "set" => self.settings.push(setting(rest)?),
            "flag" => self.flags.push(rest.into()),
            "time" => self.time = Some(number(rest)?),
            _ => return self.layer_option(word, rest),
        }
        Ok(true)
    }

    fn layer_option(&mut self, word: &str, rest: &str) -> Result<bool, String> {
        match word {
            "messages" => self.messages(rest)?,
            "websocket" => self.websocket(rest)?,
            "tls" => self.tls = Some(tls(rest)?),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn role(&mut self, name: &str) -> Result<(), String> {
        self.role = words::role(name)?;
        if self.role == Role::Client {
            self.when = When::None;
        }
        Ok(())
    }

    fn messages(&mut self, mode: &str) -> Result<(), String> {
        self.whole = match mode {
            "parts" => Some(false),
            "whole" => Some(true),
            _ => return Err(format!("messages come in parts or whole, not {mode:?}")),
        };
        Ok(())
    }

    /// `MODE | EXTENSIONS`
    fn websocket(&mut self, text: &str) -> Result<(), String> {
        let (mode, extensions) = text.split_once(" | ").unwrap_or((text, ""));
        self.opening = Some(Opening { extensions: extensions.into() });
        self.when = When::None;
        self.messages(mode)
    }

    fn answer(&mut self, text: &str) -> Result<(), String> {
        let (when, message) = text.split_once(' ').unwrap_or((text, if text == "accept" { "" } else { "200" }));
        let known = WHEN.iter().find(|known| known.0 == when);
        self.when = known.ok_or_else(|| format!("answer {when}?"))?.1;
        self.answer = if self.when == When::Accept { Message::accept(message) } else { Message::response(message) }?;
        Ok(())
    }
}

/// `1.2`, `1.3` or `raw`
fn tls(text: &str) -> Result<Tls, String> {
    match text {
        "1.2" => Ok(Tls::With("1.2")),
        "1.3" => Ok(Tls::With("1.3")),
        "raw" => Ok(Tls::Raw),
        _ => Err(format!("tls {text}?")),
    }
}

/// Settings of 64 bits.
const WIDE: [&str; 3] = ["body_max", "message_max", "frame_max"];

/// `NAME NUMBER`
fn setting(text: &str) -> Result<(String, u64), String> {
    let (name, value) = text.split_once(' ').ok_or("set NAME NUMBER")?;
    let value = if WIDE.contains(&name) { number(value)? } else { narrow::<u32>(value)?.into() };
    Ok((name.into(), value))
}

impl Case {
    /// Whether this build has what the case is about.
    pub fn is_built(&self) -> bool {
        let has_deflate = cfg!(feature = "deflate") || !self.setup.flags.iter().any(|flag| flag == "deflate");
        has_deflate && (cfg!(feature = "tls") || self.setup.tls.is_none())
    }

    /// Parses the lines of a block, with `{V}` already replaced.
    pub fn parse(row: &str, name: String, above: &[String], below: &[String]) -> Result<Self, String> {
        let mut setup = Setup::new();
        let mut steps = Vec::new();
        for line in above.iter().filter(|line| !line.starts_with("each ")) {
            if setup.option(line)? {
                continue;
            }
            steps.push(Step::parse(line, setup.role)?.ok_or_else(|| format!("unknown line {line:?}"))?);
        }
        let expect = Expectations::parse(below)?;
        let case = Self { row: row.into(), name, setup, steps, expect };
        match case.complaint() {
            Some(what) => Err(what.into()),
            None => Ok(case),
        }
    }

    /// What the case leaves out.
    fn complaint(&self) -> Option<&'static str> {
        let has_messages = self.expect.events.iter().any(|event| is_message(&event.kind));
        if has_messages && self.setup.whole.is_none() {
            return Some("`messages parts` or `messages whole`?");
        }
        let is_empty = !self.expect.says_something() && self.steps.iter().all(|step| step.expected == ["Ok"]);
        is_empty.then_some("the case expects nothing")
    }
}

/// Whether an event of this kind is octets of a WebSocket message.
pub fn is_message(kind: &str) -> bool {
    kind == "TEXT" || kind == "BINARY"
}
