//! The calls of an application whose connection is, or is to be, a WebSocket.

use wireway::websocket::machine::Part;

use super::bytes::expand;
use super::message::Message;
use super::number::narrow;

#[derive(Clone, Debug)]
pub enum WebSocketCall {
    /// `ww_conn_accept_websocket`.
    Accept(Message),
    /// `ww_conn_request_websocket`.
    Open(Message),
    /// `ww_parse_url`, and `ww_conn_request_websocket` with what it finds.
    OpenUrl(Vec<u8>),
    /// `ww_conn_send_message`.
    Send(Part, Vec<u8>),
    Ping(Vec<u8>),
    /// `ww_conn_close_websocket`.
    Close(u16, Vec<u8>),
}

impl WebSocketCall {
    pub fn parse(word: &str, rest: &str) -> Result<Option<Self>, String> {
        let (first, bytes) = rest.split_once(' ').unwrap_or((rest, ""));
        let call = match word {
            "accept" => Message::accept(rest).map(Self::Accept),
            "open" => Message::opening(rest).map(Self::Open),
            "open-url" => expand(rest).map(Self::OpenUrl),
            "message" => part(first).and_then(|part| Ok(Self::Send(part, expand(bytes)?))),
            "ping" => expand(rest).map(Self::Ping),
            "close" => narrow(first).and_then(|code| Ok(Self::Close(code, expand(bytes)?))),
            _ => return Ok(None),
        };
        call.map(Some)
    }
}

/// `text`, `binary,first`, `text,middle,uncompressed`: a whole message, or which part of one.
fn part(words: &str) -> Result<Part, String> {
    let known = ["text", "binary", "first", "middle", "last", "uncompressed"];
    let words: Vec<&str> = words.split(',').collect();
    let has = |word: &str| words.contains(&word);
    if has("text") == has("binary") || !words.iter().all(|word| known.contains(word)) {
        return Err(format!("no kind of message: {words:?}"));
    }
    let is_whole = !(has("first") || has("middle") || has("last"));
    let (first, last) = (is_whole || has("first"), is_whole || has("last"));
    Ok(Part { text: has("text"), first, last, compressed: !has("uncompressed") })
}
