//! The calls of an application.

use super::bytes::expand;
use super::message::{Fields, Message};
use super::websocket_call::WebSocketCall;
use super::words::alone;

#[derive(Clone, Debug)]
pub enum Call {
    Respond(Message),
    Switch(Message),
    Inform(Message),
    Request(Message),
    Send(Vec<u8>),
    Finish(Fields),
    WebSocket(WebSocketCall),
    /// A function without arguments: pause, resume, shutdown, abort.
    Plain(&'static str),
}

impl Call {
    pub fn parse(word: &str, rest: &str) -> Result<Option<Self>, String> {
        let response = |make: fn(Message) -> Self| Message::response(rest).map(make);
        let plain = ["pause", "resume", "shutdown", "abort"].into_iter().find(|name| *name == word);
        if let Some(name) = plain {
            return alone(word, rest).map(|()| Some(Self::Plain(name)));
        }
        let call = match word {
            "respond" => response(Self::Respond),
            "switch" => response(Self::Switch),
            "inform" => Message::interim(rest).map(Self::Inform),
            "request" => Message::request(rest).map(Self::Request),
            "send" => expand(rest).map(Self::Send),
            "finish" => Message::trailers(rest).map(|trailers| Self::Finish(trailers.fields)),
            _ => return Ok(WebSocketCall::parse(word, rest)?.map(Self::WebSocket)),
        };
        call.map(Some)
    }
}
