//! A case: how the connection is set up, what is done to it, what must come of it.

use super::expect::Expectations;
use super::step::{Message, Step, number};

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
    fn new() -> Self {
        let answer = Message { status: 200, ..Message::default() };
        Self { role: Role::Server, when: When::End, answer, settings: vec![], flags: vec![], time: None }
    }

    /// Takes an option line; `false` when its word is not one of an option.
    fn option(&mut self, line: &str) -> Result<bool, String> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "role" => self.role(rest),
            "answer" => self.answer(rest)?,
            "set" => self.settings.push(setting(rest)?),
            "flag" => self.flags.push(rest.into()),
            "time" => self.time = Some(number(rest)?),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn role(&mut self, name: &str) {
        if name == "client" {
            (self.role, self.when) = (Role::Client, When::None);
        }
    }

    fn answer(&mut self, text: &str) -> Result<(), String> {
        let (when, message) = text.split_once(' ').unwrap_or((text, "200"));
        self.when = match when {
            "none" => When::None,
            "head" => When::Head,
            "end" => When::End,
            "echo" => When::Echo,
            "switch" => When::Switch,
            "accept" => When::Accept,
            _ => return Err(format!("answer {when}?")),
        };
        self.answer = Message::response(message)?;
        Ok(())
    }
}

/// `NAME NUMBER`
fn setting(text: &str) -> Result<(String, u64), String> {
    let (name, value) = text.split_once(' ').ok_or("set NAME NUMBER")?;
    Ok((name.into(), number(value)?))
}

impl Case {
    /// Parses the lines of a block, with `{V}` already replaced.
    pub fn parse(row: &str, name: String, above: &[String], below: &[String]) -> Result<Self, String> {
        let mut setup = Setup::new();
        let mut steps = Vec::new();
        for line in above.iter().filter(|line| !line.starts_with("each ")) {
            if setup.option(line)? {
                continue;
            }
            steps.push(Step::parse(line)?.ok_or_else(|| format!("unknown line {line:?}"))?);
        }
        let expect = Expectations::parse(below)?;
        if !expect.says_something() && steps.iter().all(|step| step.expected == ["Ok"]) {
            return Err("the case expects nothing".into());
        }
        Ok(Self { row: row.into(), name, setup, steps, expect })
    }
}
