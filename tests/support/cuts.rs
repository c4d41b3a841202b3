//! The ways a case is fed: whole, octet by octet, and cut in two at every offset (CORE-01).

use super::case::Case;
use super::step::Command;

/// Inputs longer than this are cut at chosen offsets only.
const EVERY_CUT: usize = 600;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    Whole,
    Octets,
    /// The receive step of this number in two at this offset.
    At(usize, usize),
}

/// All cuts of a case; the whole comes first.
pub fn cuts(case: &Case) -> Vec<Cut> {
    let mut out = vec![Cut::Whole, Cut::Octets];
    for (step, command) in case.steps.iter().map(|step| &step.command).enumerate() {
        if let Command::Receive(bytes) = command {
            out.extend(offsets(bytes.len()).into_iter().map(|offset| Cut::At(step, offset)));
        }
    }
    out
}

fn offsets(len: usize) -> Vec<usize> {
    let chosen = |at: &usize| len <= EVERY_CUT || *at <= 300 || *at + 100 >= len || at.is_multiple_of(97);
    (1..len).filter(chosen).collect()
}

/// The commands of a case under one cut; what comes before its steps is never cut.
pub fn commands(case: &Case, cut: Cut) -> Vec<Command> {
    let pieces = |(number, step): (usize, &super::step::Step)| match (&step.command, cut) {
        (Command::Receive(bytes), Cut::Octets) => bytes.iter().map(|b| Command::Receive(vec![*b])).collect(),
        (Command::Receive(bytes), Cut::At(at, offset)) if at == number => {
            vec![Command::Receive(bytes[..offset].to_vec()), Command::Receive(bytes[offset..].to_vec())]
        }
        (command, _) => vec![command.clone()],
    };
    let opening = case.setup.opening.iter().flat_map(|opening| opening.commands(case.setup.role));
    opening.chain(case.steps.iter().enumerate().flat_map(pieces)).collect()
}
