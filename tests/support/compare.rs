//! Does a log meet what its case expects?

use super::bytes::{expand, show};
use super::case::Case;
use super::expect::{Expectations, Expected};
use super::frames::hex;
use super::log::{Event, Log, State};
use super::step::Command;
use super::wire::{canonical, find, statuses};
use super::words::is_rule;

/// The first difference between `log` and the expectations of `case`.
pub fn compare(case: &Case, log: &Log) -> Result<(), String> {
    let expect = &case.expect;
    events(&expect.events, &log.events)?;
    output(expect, &log.output)?;
    frames_are(expect, log)?;
    if let Some(wanted) = expect.peer.as_ref().filter(|wanted| **wanted != log.peer) {
        return Err(format!("TLS ended for the peer by {:?}, not {wanted:?}", log.peer));
    }
    steps(case, log)?;
    let state: Vec<&str> = expect.state.iter().map(String::as_str).collect();
    state_has(&state, &log.state).map_err(|e| format!("at the end: {e}"))?;
    match (expect.memory, log.grown) {
        (Some(_), None) => Err("the subject does not tell its memory".into()),
        (Some(most), Some(grown)) if grown > most => Err(format!("memory grew by {grown}, more than {most}")),
        _ => Ok(()),
    }
}

fn events(expected: &[Expected], actual: &[Event]) -> Result<(), String> {
    let names_writable = expected.iter().any(|e| e.kind == "WRITABLE");
    let actual: Vec<&Event> = actual.iter().filter(|e| names_writable || e.kind != "WRITABLE").collect();
    if sequence(expected, &actual) { Ok(()) } else { Err("the events differ".into()) }
}

fn sequence(expected: &[Expected], actual: &[&Event]) -> bool {
    let Some((first, rest)) = expected.split_first() else { return actual.is_empty() };
    let taken = actual.split_first().is_some_and(|(a, others)| event(first, a) && sequence(rest, others));
    taken || (first.optional && sequence(rest, actual))
}

fn event(expected: &Expected, actual: &Event) -> bool {
    let named = actual.words.len();
    expected.kind == actual.kind
        && expected.words.len() >= named
        && expected.words.iter().zip(&actual.words).all(|(word, value)| either(word, value))
        && expected.words[named..].iter().all(|word| detail(word, actual))
        && expected.data.as_ref().is_none_or(|data| *data == actual.data)
        && expected.fields.as_ref().is_none_or(|fields| *fields == actual.fields)
}

/// `A|B` in a word: one of them.
fn either(word: &str, value: &[u8]) -> bool {
    word.split('|').any(|one| expand(one).is_ok_and(|one| one == value))
}

/// A word after the names: a flag, `name=value`, a version, a status or a rule.
fn detail(word: &str, actual: &Event) -> bool {
    let attribute = |name: &str, value: &str| actual.attributes.get(name).is_some_and(|a| either(value, a));
    if let Some(flag) = word.strip_prefix('+') {
        return actual.flags.contains(flag);
    }
    if let Some(flag) = word.strip_prefix('-') {
        return !actual.flags.contains(flag);
    }
    match word.split_once('=') {
        Some((name, value)) => attribute(name, value),
        None if word.starts_with("1.") => attribute("version", word),
        None if is_rule(word) => attribute("rule", word),
        None => attribute("status", word),
    }
}

fn output(expect: &Expectations, actual: &[u8]) -> Result<(), String> {
    if let Some(missing) = expect.has.iter().find(|bytes| find(actual, bytes).is_none()) {
        return Err(format!("the output lacks {}", show(missing)));
    }
    if let Some(wanted) = &expect.output {
        let same = if expect.exact { wanted == actual } else { canonical(wanted) == canonical(actual) };
        if !same {
            return Err(format!("the output is not {}", show(wanted)));
        }
    }
    match &expect.statuses {
        Some(wanted) if !statuses_match(wanted, &statuses(actual)) => Err(format!("statuses are not {wanted:?}")),
        _ => Ok(()),
    }
}

fn frames_are(expect: &Expectations, log: &Log) -> Result<(), String> {
    match &expect.frames {
        Some(wanted) if wanted != log.frames() => {
            Err(format!("the frames are {}, not {}", hex(log.frames()), hex(wanted)))
        }
        _ => Ok(()),
    }
}

fn statuses_match(wanted: &[String], actual: &[(String, bool)]) -> bool {
    let wanted: Vec<Vec<&str>> = wanted.iter().map(|word| word.split('|').collect()).collect();
    let most = wanted.iter().filter(|words| words[..] != ["none"]).count();
    let least = wanted.iter().filter(|words| !words.contains(&"none")).count();
    let every = wanted.iter().zip(actual).all(|(words, one)| words.iter().any(|word| status(word, one)));
    (least..=most).contains(&actual.len()) && every
}

fn status(word: &str, (code, closes): &(String, bool)) -> bool {
    match (word.strip_suffix('?'), word.strip_suffix("+close")) {
        (Some(any), _) => any == code,
        (None, Some(closing)) => closing == code && *closes,
        (None, None) => word == code && !closes,
    }
}

/// What the steps expect of their calls and checks.
pub fn steps(case: &Case, log: &Log) -> Result<(), String> {
    let (mut results, mut checks) = (log.results.iter(), log.checks.iter());
    for (number, step) in case.steps.iter().enumerate() {
        let words: Vec<&str> = step.expected.iter().map(String::as_str).collect();
        let verdict = match step.command {
            Command::Call(_) => result_is(&words, results.next().ok_or("a call without result")?),
            Command::Check => state_has(&words, checks.next().ok_or("a check without state")?),
            _ => Ok(()),
        };
        verdict.map_err(|e| format!("step {}: {e}", number + 1))?;
    }
    Ok(())
}

fn result_is(words: &[&str], result: &str) -> Result<(), String> {
    let refused = words.contains(&"refused") && !["Ok", "Paused"].contains(&result);
    if refused || words.contains(&result) { Ok(()) } else { Err(format!("the call answered {result}, not {words:?}")) }
}

fn state_has(words: &[&str], state: &State) -> Result<(), String> {
    let holds = |word: &str| match word {
        "open" => !state.contains("shutdown") && !state.contains("close"),
        _ => word.strip_prefix('-').map_or_else(|| state.contains(word), |not| !state.contains(not)),
    };
    match words.iter().find(|word| !word.split('|').any(holds)) {
        Some(word) => Err(format!("the state {state:?} is not {word:?}")),
        None => Ok(()),
    }
}
