//! What is done to a connection: the steps of a case, and the calls of an application.

use super::bytes::expand;

pub type Fields = Vec<(Vec<u8>, Vec<u8>)>;

/// One step: what is done, and what a call must answer or a check must find.
#[derive(Clone, Debug)]
pub struct Step {
    pub command: Command,
    /// Codes a call may answer; for [`Command::Check`] the words of the state.
    pub expected: Vec<String>,
}

#[derive(Clone, Debug)]
pub enum Command {
    Receive(Vec<u8>),
    Eof { clean: bool },
    Tick(u64),
    Hold,
    Release,
    Check,
    Call(Call),
}

#[derive(Clone, Debug)]
pub enum Call {
    Respond(Message),
    Switch(Message),
    Inform(Message),
    Request(Message),
    Send(Vec<u8>),
    Finish(Fields),
    /// A function without arguments: pause, resume, shutdown, abort; accept is `ww_conn_accept_websocket`.
    Plain(&'static str),
}

/// The arguments of respond, switch, inform and request; each uses its own.
#[derive(Clone, Debug, Default)]
pub struct Message {
    pub status: u16,
    pub reason: Option<Vec<u8>>,
    pub method: Vec<u8>,
    pub target: Vec<u8>,
    pub authority: Vec<u8>,
    pub fields: Fields,
    pub content: Option<Vec<u8>>,
    pub stream: bool,
    pub length: Option<u64>,
    pub close: bool,
    /// Client: wait for 100 Continue before the content.
    pub expect: bool,
}

impl Step {
    /// Parses a step line, or answers `None` when its word is not one of a step.
    pub fn parse(line: &str) -> Result<Option<Self>, String> {
        let (line, expected) = match line.rsplit_once(" => ") {
            Some((line, codes)) => (line, codes.split('/').map(String::from).collect()),
            None => (line, vec!["Ok".to_string()]),
        };
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        if word == "check" {
            let expected = rest.split(' ').map(String::from).collect();
            return Ok(Some(Self { command: Command::Check, expected }));
        }
        let command = match Command::parse(word, rest)? {
            Some(command) => command,
            None => match Call::parse(word, rest)? {
                Some(call) => Command::Call(call),
                None => return Ok(None),
            },
        };
        Ok(Some(Self { command, expected }))
    }
}

impl Command {
    fn parse(word: &str, rest: &str) -> Result<Option<Self>, String> {
        Ok(Some(match word {
            "recv" => Self::Receive(expand(rest)?),
            "eof" => Self::Eof { clean: rest != "unclean" },
            "tick" => Self::Tick(number(rest)?),
            "hold" => Self::Hold,
            "release" => Self::Release,
            _ => return Ok(None),
        }))
    }
}

impl Call {
    fn parse(word: &str, rest: &str) -> Result<Option<Self>, String> {
        let response = |make: fn(Message) -> Self| Message::response(rest).map(make);
        let call = match word {
            "respond" => response(Self::Respond),
            "switch" => response(Self::Switch),
            "inform" => response(Self::Inform),
            "request" => Message::request(rest).map(Self::Request),
            "send" => expand(rest).map(Self::Send),
            "finish" => trailers(rest).map(Self::Finish),
            _ => {
                let plain = ["pause", "resume", "shutdown", "abort", "accept"];
                return Ok(plain.into_iter().find(|name| *name == word).map(Self::Plain));
            }
        };
        call.map(Some)
    }
}

fn trailers(text: &str) -> Result<Fields, String> {
    let parts = text.strip_prefix("| ").unwrap_or(text).split(" | ");
    Ok(Message::parts(parts)?.fields)
}

pub fn number(text: &str) -> Result<u64, String> {
    text.parse().map_err(|e| format!("{text:?}: {e}"))
}

impl Message {
    /// `STATUS [REASON] PARTS`
    pub fn response(text: &str) -> Result<Self, String> {
        let mut parts = text.split(" | ");
        let first = parts.next().unwrap_or("");
        let (status, reason) = first.split_once(' ').map_or((first, None), |(s, r)| (s, Some(r)));
        let mut message = Self::parts(parts)?;
        message.status = status.parse().map_err(|e| format!("status {status:?}: {e}"))?;
        message.reason = reason.map(expand).transpose()?;
        Ok(message)
    }

    /// `METHOD TARGET AUTHORITY PARTS`
    fn request(text: &str) -> Result<Self, String> {
        let mut parts = text.split(" | ");
        let words: Vec<&str> = parts.next().unwrap_or("").split(' ').collect();
        let [method, target, authority] = words[..] else { return Err("request METHOD TARGET AUTHORITY".into()) };
        let message = Self::parts(parts)?;
        Ok(Self { method: expand(method)?, target: expand(target)?, authority: expand(authority)?, ..message })
    }

    fn parts<'a>(parts: impl Iterator<Item = &'a str>) -> Result<Self, String> {
        let mut message = Self::default();
        for part in parts.filter(|part| !part.is_empty()) {
            message.part(part)?;
        }
        Ok(message)
    }

    fn part(&mut self, part: &str) -> Result<(), String> {
        if let Some(content) = part.strip_prefix("= ") {
            self.content = Some(expand(content)?);
        } else if let Some(length) = part.strip_prefix("length ") {
            self.length = Some(number(length)?);
        } else if let Some((name, value)) = part.split_once(": ") {
            self.fields.push((expand(name)?, expand(value)?));
        } else {
            *self.flag(part).ok_or_else(|| format!("not a part: {part:?}"))? = true;
        }
        Ok(())
    }

    fn flag(&mut self, name: &str) -> Option<&mut bool> {
        match name {
            "stream" => Some(&mut self.stream),
            "close" => Some(&mut self.close),
            "expect" => Some(&mut self.expect),
            _ => None,
        }
    }
}
