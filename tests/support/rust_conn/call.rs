//! The calls of a case as calls of the connection.

use wireway::conn::{Accept, AcceptError, Conn, Connect, Request, Response, Workspace, Write};
use wireway::error::Error;
use wireway::guard::TargetRule;
use wireway::http1::target::Url;
use wireway::http1::write::FieldRef;

use super::Driver;
use crate::support::call::Call;
use crate::support::code::code_name;
use crate::support::message::{Fields, Message};
use crate::support::websocket_call::WebSocketCall;

impl Driver<'_> {
    /// The name of what the call answers.
    pub fn call(&mut self, call: &Call) -> String {
        match self.write(call) {
            Ok(Write::Queued) => code_name(0),
            Ok(Write::Paused) => code_name(2),
            Err(error) => code_name(error.code() as i32),
        }
    }

    fn write(&mut self, call: &Call) -> Result<Write, Error> {
        let line = &mut self.line;
        match call {
            Call::Respond(m) => line.call(|conn, ws| conn.http1(ws).respond(&response(m), field_refs(&m.fields))),
            Call::Switch(m) => line.call(|conn, ws| conn.http1(ws).switch(&response(m), field_refs(&m.fields))),
            Call::Inform(m) => line.call(|conn, ws| conn.http1(ws).send_interim(m.status, field_refs(&m.fields))),
            Call::Request(m) => line.call(|conn, ws| conn.http1(ws).request(&request(m), field_refs(&m.fields))),
            Call::Send(bytes) => line.call(|conn, ws| conn.http1(ws).send(bytes)),
            Call::Finish(trailers) => line.call(|conn, ws| conn.http1(ws).finish(field_refs(trailers))),
            Call::WebSocket(call) => line.call(|conn, ws| websocket(conn, ws, call)),
            Call::Plain(name) => {
                self.plain(name);
                Ok(Write::Queued)
            }
        }
    }

    fn plain(&mut self, name: &str) {
        let now = self.now;
        self.line.call(|conn, ws| match name {
            "pause" => conn.pause(),
            "resume" => conn.resume(),
            "shutdown" => conn.shutdown(ws).unwrap(),
            _ => conn.abort(ws, now),
        });
        if name == "abort" {
            // It says that nothing reads the output any more.
            self.given.clear();
        }
    }
}

fn websocket(conn: &mut Conn, ws: &mut Workspace, call: &WebSocketCall) -> Result<Write, Error> {
    match call {
        WebSocketCall::Accept(m) => accept(conn, ws, m),
        WebSocketCall::Open(m) => open(conn, ws, m),
        WebSocketCall::OpenUrl(url) => open_url(conn, ws, url),
        WebSocketCall::Send(part, bytes) => conn.websocket(ws).send_message(*part, bytes),
        WebSocketCall::Ping(bytes) => conn.websocket(ws).ping(bytes),
        WebSocketCall::Close(code, reason) => conn.websocket(ws).close(*code, reason).map(|()| Write::Queued),
    }
}

/// Opens the WebSocket that the request in progress asks for.
pub fn accept(conn: &mut Conn, ws: &mut Workspace, m: &Message) -> Result<Write, Error> {
    let accept = Accept { subprotocol: &m.subprotocol, deflate: !m.uncompressed, delivery: None };
    conn.websocket(ws).accept(&accept, field_refs(&m.fields)).map_err(AcceptError::error)
}

/// Asks for a WebSocket.
fn open(conn: &mut Conn, ws: &mut Workspace, m: &Message) -> Result<Write, Error> {
    let (target, authority) = (&m.target, &m.authority);
    let connect = Connect {
        target,
        authority,
        subprotocols: &m.subprotocol,
        deflate: !m.uncompressed,
        delivery: None,
        answers: false,
    };
    conn.websocket(ws).request(&connect, field_refs(&m.fields))
}

/// Asks for the WebSocket that a URL names.
fn open_url(conn: &mut Conn, ws: &mut Workspace, url: &[u8]) -> Result<Write, Error> {
    let url = Url::parse(url, TargetRule::default())?;
    assert!(url.scheme.is_websocket(), "not a URL of a WebSocket");
    let (target, authority) = (url.path_text(), url.authority_text());
    let connect = Connect { target, authority, subprotocols: b"", deflate: true, delivery: None, answers: false };
    conn.websocket(ws).request(&connect, std::iter::empty())
}

pub fn field_refs(fields: &Fields) -> impl Iterator<Item = FieldRef<'_>> + Clone {
    fields.iter().map(|(name, value)| FieldRef { name, value })
}

pub fn response(m: &Message) -> Response<'_> {
    Response {
        status: m.status,
        reason: m.reason.as_deref().unwrap_or_default(),
        content: m.content.as_deref().unwrap_or_default(),
        stream: m.stream.then_some(m.length),
        lent: None,
        close: m.close,
    }
}

fn request(m: &Message) -> Request<'_> {
    Request {
        method: &m.method,
        target: &m.target,
        authority: &m.authority,
        content: m.content.as_deref().unwrap_or_default(),
        stream: m.stream.then_some(m.length),
        lent: None,
        close: m.close,
        expect: m.expect,
    }
}
