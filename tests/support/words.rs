//! The words that cases may use. A word that is none of them would be true of every run, or of none.

use super::case::Role;
use super::code::is_code_name;
use super::number::narrow;

/// The words of a state.
const STATE: [&str; 9] = ["read", "write", "events", "shutdown", "close", "idle", "respond", "reset", "paused"];

const FLAGS: [&str; 7] = ["upgrade", "close", "chunked", "expect", "host-mismatch", "lenient", "websocket"];

const ATTRIBUTES: [&str; 6] = ["host", "length", "content", "trailers", "reason", "token"];

const EVENTS: [&str; 18] = [
    "REQUEST",
    "RESPONSE",
    "INTERIM",
    "DATA",
    "RAW",
    "RAW-END",
    "TEXT",
    "BINARY",
    "PING",
    "PONG",
    "CLOSE",
    "END",
    "ERROR",
    "CONTINUE",
    "PEER-ENDED",
    "WRITABLE",
    "RELEASED",
    "AUTO",
];

pub fn role(name: &str) -> Result<Role, String> {
    match name {
        "server" => Ok(Role::Server),
        "client" => Ok(Role::Client),
        _ => Err(format!("role {name}?")),
    }
}

/// Whether an end is a clean one, by what follows `eof`.
pub fn eof(word: &str) -> Result<bool, String> {
    match word {
        "" | "clean" => Ok(true),
        "unclean" => Ok(false),
        _ => Err(format!("eof {word}?")),
    }
}

/// Nothing follows a word that takes no arguments.
pub fn alone(word: &str, rest: &str) -> Result<(), String> {
    if rest.is_empty() { Ok(()) } else { Err(format!("{word} takes no arguments: {rest:?}")) }
}

/// `word`, `-word`, `open`, and alternatives of these.
pub fn states(text: &str) -> Result<Vec<String>, String> {
    let is_state = |one: &str| one == "open" || STATE.contains(&one.strip_prefix('-').unwrap_or(one));
    list(text, ' ', "a state", |word| word.split('|').all(is_state))
}

/// `200`, `400+close`, `200?`, `none`, and alternatives of these.
pub fn statuses(text: &str) -> Result<Vec<String>, String> {
    list(text, ' ', "a status", |word| word.split('|').all(is_status))
}

fn is_status(word: &str) -> bool {
    let code = word.strip_suffix("+close").or(word.strip_suffix('?')).unwrap_or(word);
    word == "none" || is_code_of_status(code)
}

fn is_code_of_status(word: &str) -> bool {
    word.len() == 3 && narrow::<u16>(word).is_ok()
}

/// What a call may answer: `State/Host`.
pub fn answers(text: &str) -> Result<Vec<String>, String> {
    list(text, '/', "a code", |word| word == "refused" || is_code_name(word))
}

fn list(text: &str, separator: char, what: &str, is_known: impl Fn(&str) -> bool) -> Result<Vec<String>, String> {
    match text.split(separator).find(|word| !is_known(word)) {
        Some(word) => Err(format!("no word of {what}: {word:?}")),
        None => Ok(text.split(separator).map(String::from).collect()),
    }
}

/// The kind of an event, and the words behind it.
pub fn event(kind: &str, words: &[String]) -> Result<(), String> {
    if !EVENTS.contains(&kind) {
        return Err(format!("no event: {kind}"));
    }
    let named = named(kind);
    if words.len() < named {
        return Err(format!("{kind} wants {named} words"));
    }
    let has_code = matches!(kind, "ERROR" | "AUTO" | "RAW-END");
    let is_known = |at: usize, word: &str| match at {
        0 if has_code => word.split('|').all(is_code_name),
        at => at < named || is_detail(word),
    };
    match words.iter().enumerate().find(|(at, word)| !is_known(*at, word)) {
        Some((_, word)) => Err(format!("no word of {kind}: {word:?}")),
        None => Ok(()),
    }
}

/// How many words an event of this kind has at least.
fn named(kind: &str) -> usize {
    match kind {
        "REQUEST" => 2,
        "RESPONSE" | "INTERIM" | "ERROR" | "CLOSE" | "AUTO" => 1,
        _ => 0,
    }
}

/// A flag, `name=value`, a version, a rule, or the status or close code of an error.
fn is_detail(word: &str) -> bool {
    let is_code = |one: &str| narrow::<u16>(one).is_ok();
    match (word.strip_prefix(['+', '-']), word.split_once('=')) {
        (Some(flag), _) => FLAGS.contains(&flag),
        (None, Some((name, _))) => ATTRIBUTES.contains(&name),
        (None, None) => word.split('|').all(is_version) || is_rule(word) || word.split('|').all(is_code),
    }
}

fn is_version(word: &str) -> bool {
    word.strip_prefix("1.").is_some_and(|minor| minor.len() == 1 && narrow::<u8>(minor).is_ok())
}

/// Whether a word is the id of a rule.
pub fn is_rule(word: &str) -> bool {
    ["H1-", "CORE-", "WS-", "TLS-"].iter().any(|area| word.starts_with(area))
}
