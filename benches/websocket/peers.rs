//! The peers' own readers of messages, over memory that is always ready.

use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use fastwebsockets::{OpCode, Role, WebSocket};
use tungstenite::Message;

use crate::source::Source;

pub struct FastWebsockets(WebSocket<Source>);

impl FastWebsockets {
    pub fn new(source: Source) -> Self {
        Self(WebSocket::after_handshake(source, Role::Server))
    }

    /// Reads as many messages, in one future, so that the cost of polling is that of one.
    pub fn read(&mut self, messages: u32) {
        let mut reading = pin!(async {
            for _ in 0..messages {
                let frame = self.0.read_frame().await.expect("a sound frame");
                assert!(frame.fin && frame.opcode == OpCode::Text);
                black_box(&frame.payload[..]);
            }
        });
        assert_eq!(reading.as_mut().poll(&mut Context::from_waker(Waker::noop())), Poll::Ready(()));
    }
}

pub struct Tungstenite(tungstenite::WebSocket<Source>);

impl Tungstenite {
    pub fn new(source: Source) -> Self {
        Self(tungstenite::WebSocket::from_raw_socket(source, tungstenite::protocol::Role::Server, None))
    }

    /// Reads as many messages.
    pub fn read(&mut self, messages: u32) {
        for _ in 0..messages {
            let Message::Text(text) = self.0.read().expect("a sound frame") else { panic!("not text") };
            black_box(text.as_str());
        }
    }
}
