//! Delivers posts: each becomes an event, a response or a message, or is undelivered.
//!
//! A view over the server's messages and its [`Inbox`]. Never waits; a peer that does not read occupies no room in the
//! mailbox.

use super::delivery::{Delivered, Slow};
use super::event::{Event, EventKind};
use super::id::Id;
use super::inbox::Inbox;
use super::messages::Messages;
use super::piece::Piece;
use super::post::{Load, Post};
use super::waiting::{Message, Parked};
use crate::conn::{Accept, AcceptError, Prepared, Write};
use crate::error::{Code, Error, Fault};
use crate::http1::machine::NOT_NOW;
use core::ptr::null_mut;
use std::sync::Arc;

static INCOMPLETE: Fault = Fault::new(
    Code::BodyLength,
    0,
    c"H1-GEN-04",
    c"more content than declared was posted, so the response cannot be complete",
);

/// The posts of a server.
pub(super) struct Posts<'a> {
    messages: Messages<'a>,
    inbox: &'a mut Inbox,
}

impl<'a> Posts<'a> {
    #[inline(always)]
    pub fn new(messages: Messages<'a>, inbox: &'a mut Inbox) -> Self {
        Self { messages, inbox }
    }

    /// Delivers posts until one is an event. Failures are reported first.
    pub fn next(&mut self) -> Option<Event> {
        if let Some((id, token, why)) = self.messages.undelivered().pop() {
            return Some(self.event(id, EventKind::Undelivered(token, why)));
        }
        while let Some(post) = self.inbox.pop() {
            if let Some(event) = self.deliver(post) {
                return Some(event);
            }
        }
        None
    }

    fn event(&mut self, id: Id, kind: EventKind) -> Event {
        let slots = self.messages.connections().slots();
        let user = slots.find(id).map_or(null_mut(), |index| slots.user(index));
        Event { id, user, kind }
    }

    fn deliver(&mut self, post: Post) -> Option<Event> {
        let id = post.id;
        let delivered = match &post.load {
            Load::Octets(_) if id == Id::NONE || self.index(id).is_some() => {
                let event = self.event(id, EventKind::Post(post.token));
                self.inbox.set_current(post);
                return Some(event);
            }
            Load::Octets(_) => Err(Code::Gone),
            Load::Response(_) | Load::Piece { .. } => match self.respond_in_order(&post) {
                Ok(Write::Paused) => return self.park(post),
                answered => answered.map(drop).map_err(|error| self.response_missed(&post, error.code())),
            },
            Load::Message(message, slow) => self.deliver_message(&post, message, *slow),
            Load::Publish(topic, message, slow, is_relayed) => {
                let message = Message::new(message.clone());
                if *is_relayed {
                    self.messages.publish_here(topic, &message, *slow);
                } else {
                    self.messages.publish_message(topic, &message, *slow);
                }
                Ok(())
            }
        };
        self.inbox.finished(post.size());
        let why = delivered.err().filter(|_| post.report)?;
        Some(self.event(id, EventKind::Undelivered(post.token, why)))
    }

    fn index(&mut self, id: Id) -> Option<u32> {
        self.messages.connections().slots().find(id)
    }

    /// Parks a response until its connection is writable or ends. It leaves the mailbox then, so that a slow peer takes
    /// no room from other posts. If there is no room to wait either, the connection is closed, since it would miss its
    /// response.
    fn park(&mut self, mut post: Post) -> Option<Event> {
        let (octets, token) = (post.size(), post.report.then_some(post.token));
        let has_share = matches!(post.load, Load::Piece { .. });
        self.inbox.finished(octets);
        let (id, index) = (post.id, self.index(post.id)?);
        loop {
            post = match self.messages.waiting().push_response(index, post, octets, token, has_share) {
                Parked::Waits => return None,
                Parked::Full(_) => break,
                Parked::Short(post) => post,
            };
            let Some(longer) = self.messages.waiting().longer(index, octets) else { break };
            self.messages.end_slow(longer);
        }
        self.messages.end_slow(index);
        token.map(|token| self.event(id, EventKind::Undelivered(token, Code::Slow)))
    }

    /// Keeps the order of waiting responses.
    fn respond_in_order(&mut self, post: &Post) -> Result<Write, Error> {
        let is_behind = self.index(post.id).is_some_and(|index| self.messages.waiting().has_posts(index));
        if is_behind { Ok(Write::Paused) } else { self.apply_response(post) }
    }

    /// A waiting message leaves the mailbox.
    fn deliver_message(&mut self, post: &Post, message: &Arc<Prepared>, slow: Slow) -> Result<(), Code> {
        let token = post.report.then_some(post.token);
        match self.messages.deliver_message(post.id, &Message::new(message.clone()), slow, token) {
            Ok(Delivered::Sent | Delivered::Waits) => Ok(()),
            Ok(Delivered::Missed | Delivered::Closed) => Err(Code::Slow),
            Err(error) => Err(error.code()),
        }
    }

    /// A connection is writable again: sends the responses that wait for it, then the messages. Returns whether
    /// everything is in its queue, so that others may follow.
    pub fn send_waiting(&mut self, index: u32) -> bool {
        while let Some(post) = self.messages.waiting().take_response(index) {
            match self.apply_response(&post) {
                Ok(Write::Paused) => {
                    self.messages.waiting().return_response(index, post);
                    return false;
                }
                answered => {
                    self.messages.waiting().remove_response(index);
                    if let Err(error) = answered {
                        self.report_undelivered(&post, error.code());
                        self.response_missed(&post, error.code());
                    }
                }
            }
        }
        self.messages.send_waiting(index)
    }

    fn report_undelivered(&mut self, post: &Post, why: Code) {
        if post.report {
            self.messages.undelivered().push(post.id, post.token, why);
        }
    }

    /// A response or a piece of one was refused, for the returned reason. Without memory the connection is closed,
    /// since nothing reports when memory is available again and the request would never get its response; what waits
    /// after it is dropped. A connection that misses a piece of its response is closed too, or the content would look
    /// complete.
    fn response_missed(&mut self, post: &Post, why: Code) -> Code {
        let Some(index) = self.index(post.id) else {
            if let Load::Piece { .. } = post.load {
                self.inbox.connection_ended(post.id);
            }
            return why;
        };
        match (&post.load, why) {
            (_, Code::Nomem) => self.messages.end_without_memory(index),
            (Load::Piece { piece: Piece::Content(_), .. }, Code::BodyLength) => {
                self.messages.drop_waiting(index, why);
                self.messages.evict(index, INCOMPLETE.at(0));
            }
            _ => {}
        }
        why
    }

    /// Fails as the call of [`Calls`](super::Calls).
    fn apply_response(&mut self, post: &Post) -> Result<Write, Error> {
        let mut calls = self.messages.calls();
        match &post.load {
            Load::Response(answer) => {
                let (response, fields) = answer.parts();
                calls.respond(post.id, &response, fields)
            }
            Load::Piece { piece: Piece::Content(octets), .. } => calls.send(post.id, octets),
            Load::Piece { piece: Piece::End(trailers), .. } => match calls.finish(post.id, trailers.parts().1) {
                // Who posted them cannot know that the client speaks HTTP/1.0.
                Err(error) if error.code() == Code::Trailer => calls.finish(post.id, core::iter::empty()),
                finished => finished,
            },
            &Load::Piece { piece: Piece::WebSocket { ref copied, deflate, delivery }, .. } => {
                let (subprotocol, fields, _) = copied.parts();
                let accept = Accept { subprotocol, deflate, delivery };
                calls.accept_websocket(post.id, &accept, fields).map_err(AcceptError::error)
            }
            Load::Octets(_) | Load::Message(..) | Load::Publish(..) => Err(NOT_NOW),
        }
    }
}
