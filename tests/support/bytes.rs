//! The byte notation of the cases: escapes, the ledger's macros, repetition; and hex for the line protocol of subjects.

use super::key;
use super::number::{hexadecimal, narrow};

const GET: &str = "GET / HTTP/1.1\\r\\nHost: a\\r\\n";
const WEBSOCKET: &str = "Upgrade: websocket\\r\\nConnection: Upgrade\\r\\n";

/// What a macro of the ledger stands for, in the notation itself.
fn macro_text(name: &str) -> Option<String> {
    let text = match name {
        "" => String::new(),
        "G" => GET.into(),
        "P" => GET.replace("GET", "POST"),
        "R" => "HTTP/1.1 200 OK\\r\\n".into(),
        "T" => "Transfer-Encoding: chunked\\r\\n".into(),
        _ => return handshake_text(name),
    };
    Some(text)
}

/// The opening handshake of a WebSocket, and its keys.
fn handshake_text(name: &str) -> Option<String> {
    let text = match name {
        "W" => {
            format!("{GET}{WEBSOCKET}Sec-WebSocket-Version: 13\\r\\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\\r\\n")
        }
        "A" => accepted("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
        "C" => accepted(&key::accept()),
        "K" => key::KEYS[0].clone(),
        "L" => key::KEYS[1].clone(),
        "S" => "dGhlIHNhbXBsZSBub25jZQ==".into(),
        _ => return None,
    };
    Some(text)
}

/// A 101, without its empty line.
fn accepted(accept: &str) -> String {
    format!("HTTP/1.1 101 Switching Protocols\\r\\n{WEBSOCKET}Sec-WebSocket-Accept: {accept}\\r\\n")
}

/// The bytes that `text` stands for.
pub fn expand(text: &str) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '{']) {
        out.extend_from_slice(&rest.as_bytes()[..at]);
        rest = &rest[at..];
        rest = if rest.starts_with('\\') { escape(rest, &mut out)? } else { braces(rest, &mut out)? };
    }
    out.extend_from_slice(rest.as_bytes());
    Ok(out)
}

/// Decodes one escape at the start of `text`; answers what follows it.
fn escape<'a>(text: &'a str, out: &mut Vec<u8>) -> Result<&'a str, String> {
    let (byte, used) = match text.as_bytes().get(1) {
        Some(b'r') => (b'\r', 2),
        Some(b'n') => (b'\n', 2),
        Some(b't') => (b'\t', 2),
        Some(b'\\') => (b'\\', 2),
        Some(b'"') => (b'"', 2),
        Some(b'x') => {
            let digits = text.get(2..4).ok_or("\\x wants two digits")?;
            (hexadecimal(digits)?, 4)
        }
        _ => return Err(format!("unknown escape in {text:?}")),
    };
    out.push(byte);
    Ok(&text[used..])
}

/// Expands one `{…}` at the start of `text`; answers what follows it.
fn braces<'a>(text: &'a str, out: &mut Vec<u8>) -> Result<&'a str, String> {
    let end = closing_brace(text).ok_or_else(|| format!("no closing brace in {text:?}"))?;
    let inner = &text[1..end];
    if let Some(expansion) = macro_text(inner) {
        out.extend(expand(&expansion)?);
    } else {
        let (what, times) = inner.rsplit_once('*').ok_or_else(|| format!("unknown macro {{{inner}}}"))?;
        let times: usize = narrow(times)?;
        out.extend(expand(what)?.repeat(times));
    }
    Ok(&text[end + 1..])
}

fn closing_brace(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// Lower-case hex; `-` for nothing, so that a word of a line is never empty.
pub fn to_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    if bytes.is_empty() {
        return "-".into();
    }
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        out.push(char::from(DIGITS[usize::from(byte >> 4)]));
        out.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    out
}

/// The reverse of [`to_hex`].
pub fn from_hex(text: &str) -> Result<Vec<u8>, String> {
    if text == "-" {
        return Ok(Vec::new());
    }
    let digit = |c: u8| char::from(c).to_digit(16).ok_or_else(|| format!("not hex: {text:?}"));
    text.as_bytes()
        .chunks(2)
        .map(|pair| Ok((digit(pair[0])? << 4 | digit(*pair.get(1).unwrap_or(&b'?'))?) as u8))
        .collect()
}

/// Bytes as a person reads them in a failure.
pub fn show(bytes: &[u8]) -> String {
    let text = bytes.escape_ascii().to_string();
    if text.len() > 400 { format!("{}… ({} octets)", &text[..400], bytes.len()) } else { text }
}
