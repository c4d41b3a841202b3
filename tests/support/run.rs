//! Runs cases on a subject and collects what is wrong.

use super::bytes::show;
use super::case::{Case, Setup};
use super::compare::{compare, steps};
use super::cuts::{Cut, commands, cuts};
use super::log::Log;
use super::markdown::rows;
use super::step::Command;

/// How the output of a connection is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// At once, and all of it.
    Whole,
    /// Given back late and in odd pieces; what was given out must not move in between.
    Delayed,
}

/// Something that can be driven through a case: a connection behind one of the library's faces.
pub trait Subject {
    /// Runs the commands on a fresh connection. An error is a broken promise of the subject itself (a leak, a crash).
    fn run(&mut self, setup: &Setup, commands: &[Command], output: Output) -> Result<Log, String>;
}

/// Runs a case at all its cuts; answers what is wrong, or nothing.
pub fn run(subject: &mut dyn Subject, case: &Case) -> Result<(), String> {
    let whole = one(subject, case, Cut::Whole, Output::Whole)?;
    compare(case, &whole).and_then(|()| rules_are_known(&whole)).map_err(|e| fault(case, Cut::Whole, &e, &whole))?;
    let delayed = [(Cut::Whole, Output::Delayed), (Cut::Octets, Output::Delayed)];
    let all = cuts(case).into_iter().skip(1).map(|cut| (cut, Output::Whole)).chain(delayed);
    let held = case.steps.iter().any(|step| matches!(step.command, Command::Hold));
    for (cut, output) in all {
        let log = one(subject, case, cut, output)?;
        if log.essence(held) != whole.essence(held) {
            let what = format!("not as when fed whole ({output:?} output); whole:\n{whole}  cut:");
            return Err(fault(case, cut, &what, &log));
        }
        steps(case, &log).map_err(|e| fault(case, cut, &e, &log))?;
    }
    Ok(())
}

fn one(subject: &mut dyn Subject, case: &Case, cut: Cut, output: Output) -> Result<Log, String> {
    let run = subject.run(&case.setup, &commands(case, cut), output);
    run.and_then(|mut log| log.unmask(&case.setup).map(|()| log))
        .map_err(|e| format!("{}\n  {}: {e} ({output:?} output)", case.name, place(case, cut)))
}

/// Every rule an error names is a row of the ledger.
fn rules_are_known(log: &Log) -> Result<(), String> {
    let rows = rows();
    let errors = log.events.iter().filter(|event| event.kind == "ERROR");
    for rule in errors.filter_map(|event| event.attributes.get("rule")).filter(|rule| !rule.is_empty()) {
        if !rows.iter().any(|row| row.as_bytes() == rule) {
            return Err(format!("{} is no row of the ledger", show(rule)));
        }
    }
    Ok(())
}

fn fault(case: &Case, cut: Cut, what: &str, log: &Log) -> String {
    format!("{}\n  {}: {what}\n{log}", case.name, place(case, cut))
}

fn place(case: &Case, cut: Cut) -> String {
    match cut {
        Cut::Whole => "whole".into(),
        Cut::Octets => "octet by octet".into(),
        Cut::At(step, offset) => match &case.steps[step].command {
            Command::Receive(bytes) if case.setup.tls.is_none() => {
                format!("step {} cut before {:?}", step + 1, show(&bytes[offset..]))
            }
            Command::Receive(_) | Command::Tls(_) => format!("step {} cut at {offset}", step + 1),
            _ => format!("step {}", step + 1),
        },
    }
}
