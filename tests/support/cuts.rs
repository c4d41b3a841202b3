//! The ways a case is fed: whole, octet by octet, and cut in two at every offset (CORE-01).

use super::case::{Case, Tls};
use super::step::Command;
use super::tls_command::TlsCommand;

/// Inputs longer than this are cut at chosen offsets only.
const EVERY_CUT: usize = 600;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    Whole,
    Octets,
    /// The receive step of this number in two at this offset.
    At(usize, usize),
}

/// The most that TLS adds to the octets of one step, of those in the cases.
const RECORD: usize = 29;

/// All cuts of a case; the whole comes first.
pub fn cuts(case: &Case) -> Vec<Cut> {
    let mut out = vec![Cut::Whole, Cut::Octets];
    for (step, command) in case.steps.iter().map(|step| &step.command).enumerate() {
        let len = match command {
            Command::Receive(bytes) if is_sealed(case) => bytes.len() + RECORD,
            Command::Receive(bytes) | Command::Tls(TlsCommand::Wire(bytes)) => bytes.len(),
            _ => continue,
        };
        out.extend(offsets(len).into_iter().map(|offset| Cut::At(step, offset)));
    }
    out
}

/// Whether what the peer sends comes in records of TLS.
fn is_sealed(case: &Case) -> bool {
    matches!(case.setup.tls, Some(Tls::With(_)))
}

fn offsets(len: usize) -> Vec<usize> {
    let chosen = |at: &usize| len <= EVERY_CUT || *at <= 300 || *at + 100 >= len || at.is_multiple_of(97);
    (1..len).filter(chosen).collect()
}

/// The commands of a case under one cut; what comes before its steps is never cut.
pub fn commands(case: &Case, cut: Cut) -> Vec<Command> {
    let opening = case.setup.opening.iter().flat_map(|opening| opening.commands(case.setup.role));
    let steps = case.steps.iter().enumerate().flat_map(|(number, step)| pieces(case, number, &step.command, cut));
    opening.map(|command| seal(case, command)).chain(steps).collect()
}

fn seal(case: &Case, command: Command) -> Command {
    match command {
        Command::Receive(bytes) if is_sealed(case) => Command::Tls(TlsCommand::seal(&bytes, usize::MAX, usize::MAX)),
        command => command,
    }
}

/// One command under a cut.
fn pieces(case: &Case, number: usize, command: &Command, cut: Cut) -> Vec<Command> {
    type Make = fn(Vec<u8>) -> Command;
    let (bytes, make): (&Vec<u8>, Make) = match command {
        Command::Receive(bytes) if is_sealed(case) => return vec![sealed(bytes, number, cut)],
        Command::Receive(bytes) => (bytes, Command::Receive),
        Command::Tls(TlsCommand::Wire(bytes)) => (bytes, |bytes| Command::Tls(TlsCommand::Wire(bytes))),
        command => return vec![command.clone()],
    };
    match cut {
        Cut::Octets => bytes.iter().map(|octet| make(vec![*octet])).collect(),
        Cut::At(at, offset) if at == number => vec![make(bytes[..offset].to_vec()), make(bytes[offset..].to_vec())],
        _ => vec![command.clone()],
    }
}

fn sealed(bytes: &[u8], number: usize, cut: Cut) -> Command {
    let (first, then) = match cut {
        Cut::Octets => (1, 1),
        Cut::At(at, offset) if at == number => (offset, usize::MAX),
        _ => (usize::MAX, usize::MAX),
    };
    Command::Tls(TlsCommand::seal(bytes, first, then))
}
