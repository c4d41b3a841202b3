//! How a WebSocket is opened before the first step of a case.

use super::bytes::expand;
use super::call::Call;
use super::case::Role;
use super::message::Message;
use super::step::Command;
use super::websocket_call::WebSocketCall;

#[derive(Clone, Debug)]
pub struct Opening {
    /// The value of Sec-WebSocket-Extensions that the peer sends; empty: it sends none.
    pub extensions: String,
}

impl Opening {
    /// The handshake of a connection of this role; then all of it is forgotten.
    pub fn commands(&self, role: Role) -> Vec<Command> {
        let lines = match self.extensions.as_str() {
            "" => String::new(),
            extensions => format!("Sec-WebSocket-Extensions: {extensions}\r\n"),
        };
        let peer = |head: &str| {
            let head = expand(head).expect("a macro");
            Command::Receive([&head, lines.as_bytes(), b"\r\n"].concat())
        };
        let (target, authority) = (b"/".to_vec(), b"a".to_vec());
        let open = WebSocketCall::Open(Message { target, authority, ..Message::default() });
        let call = |call| Command::Call(Call::WebSocket(call));
        match role {
            Role::Server => vec![peer("{W}"), call(WebSocketCall::Accept(Message::default())), Command::Forget],
            Role::Client => vec![call(open), peer("{C}"), Command::Forget],
        }
    }
}
