//! What the driver says: a line for each event, piece of output, result and state.

use crate::support::bytes::from_hex;
use crate::support::code::code_name;
use crate::support::log::{Event, Log, State};
use crate::support::number::number;
use crate::support::tls_command::tls_end;

pub fn take_line(log: &mut Log, word: &str, rest: &str) -> Result<(), String> {
    match word {
        "OUT" => log.output.extend(from_hex(rest)?),
        "RESULT" => log.results.push(code(rest)?),
        "MEMORY" => log.grown = Some(number(rest)?),
        _ => take_event(log, word, rest)?,
    }
    Ok(())
}

fn take_event(log: &mut Log, word: &str, rest: &str) -> Result<(), String> {
    match word {
        "CHECK" => log.checks.push(state(rest)),
        "FINAL" => log.state = state(rest),
        "PEER" => log.peer = tls_end(rest),
        "MEMORY" => log.grown = Some(number(rest)?),
        _ => log.push(event(word, rest)?)?,
    }
    Ok(())
}

/// `word,word,…`
fn state(words: &str) -> State {
    words.split(',').filter(|word| !word.is_empty()).map(String::from).collect()
}

/// An event line: `KIND w:HEX… code=N name=TEXT… name:HEX… +flag… f:HEX:HEX… d:HEX last`.
fn event(kind: &str, rest: &str) -> Result<Event, String> {
    let mut event = Event { kind: kind.into(), ..Event::default() };
    for word in rest.split(' ').filter(|word| !word.is_empty()) {
        match (word.split_once('='), word.split_once(':')) {
            (Some((name, text)), _) => named(&mut event, name, text)?,
            (None, Some((name, hex))) => octets(&mut event, name, hex)?,
            (None, None) => flag(&mut event, word),
        }
    }
    Ok(event)
}

fn named(event: &mut Event, name: &str, text: &str) -> Result<(), String> {
    match name {
        "close" => event.words.push(text.into()),
        "code" => event.words.push(code(text)?.into_bytes()),
        _ => drop(event.attributes.insert(name.into(), text.into())),
    }
    Ok(())
}

fn flag(event: &mut Event, word: &str) {
    match word {
        "first" => event.first = true,
        "last" => event.last = true,
        _ => drop(event.flags.insert(word.trim_start_matches('+').into())),
    }
}

fn octets(event: &mut Event, name: &str, hex: &str) -> Result<(), String> {
    match name {
        "w" => event.words.push(from_hex(hex)?),
        "d" => event.data = from_hex(hex)?,
        "f" => {
            let (field, value) = hex.split_once(':').ok_or("f:NAME:VALUE")?;
            event.fields.push((from_hex(field)?, from_hex(value)?));
        }
        _ => drop(event.attributes.insert(name.into(), from_hex(hex)?)),
    }
    Ok(())
}

fn code(number: &str) -> Result<String, String> {
    Ok(code_name(number.parse().map_err(|e| format!("{number:?}: {e}"))?))
}
