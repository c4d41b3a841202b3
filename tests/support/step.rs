//! What is done to a connection: the steps of a case.

use super::bytes::expand;
use super::call::Call;
use super::case::Role;
use super::frames;
use super::number::number;
use super::tls_command::TlsCommand;
use super::words;

/// One step: what is done, and what a call must answer or a check must find.
#[derive(Clone, Debug)]
pub struct Step {
    pub command: Command,
    /// Codes a call may answer; for [`Command::Check`] the words of the state.
    pub expected: Vec<String>,
}

#[derive(Clone, Debug)]
pub enum Command {
    /// The peer sends octets.
    Receive(Vec<u8>),
    Tls(TlsCommand),
    Eof {
        clean: bool,
    },
    Tick(u64),
    Hold,
    Release,
    Check,
    /// What came before is not of the case: the log and the count of memory begin anew.
    Forget,
    Call(Call),
}

impl Step {
    /// Parses a step line, or answers `None` when its word is not one of a step.
    pub fn parse(line: &str, role: Role) -> Result<Option<Self>, String> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        if word == "check" {
            return Ok(Some(Self { command: Command::Check, expected: words::states(rest)? }));
        }
        if let Some(command) = Command::parse(word, rest, role)? {
            return Ok(Some(Self { command, expected: vec!["Ok".into()] }));
        }
        let (line, codes) = line.rsplit_once(" => ").unwrap_or((line, "Ok"));
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let Some(call) = Call::parse(word, rest)? else { return Ok(None) };
        Ok(Some(Self { command: Command::Call(call), expected: words::answers(codes)? }))
    }
}

impl Command {
    fn parse(word: &str, rest: &str, role: Role) -> Result<Option<Self>, String> {
        Ok(Some(match word {
            "recv" => Self::Receive(expand(rest)?),
            "frames" => received(role, rest)?,
            "eof" | "tick" => Self::wait(word, rest)?,
            "hold" | "release" => Self::writing(word, rest)?,
            _ => return Ok(TlsCommand::parse(word, rest)?.map(Self::Tls)),
        }))
    }

    /// What comes without octets: the end of input, and time.
    fn wait(word: &str, rest: &str) -> Result<Self, String> {
        Ok(if word == "eof" { Self::Eof { clean: words::eof(rest)? } } else { Self::Tick(number(rest)?) })
    }

    /// Turns the sending of output off, or on again.
    fn writing(word: &str, rest: &str) -> Result<Self, String> {
        words::alone(word, rest)?;
        Ok(if word == "hold" { Self::Hold } else { Self::Release })
    }
}

/// Frames as a connection of this role receives them.
fn received(role: Role, text: &str) -> Result<Command, String> {
    let frames = frames::octets(text)?;
    Ok(Command::Receive(if role == Role::Server { frames::masked(&frames) } else { frames }))
}
