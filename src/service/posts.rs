//! Posts on the server's side: taken in batches, delivered one by one.

use super::mailbox::{Load, Mailbox, Post};
use super::waiting::{Message, Parked};
use super::{Delivered, Event, EventKind, Id, Server, Slow};
use crate::conn::{Prepared, Write};
use crate::error::{Code, Error};
use crate::http1::machine::NOT_NOW;
use core::ptr::null_mut;
use std::collections::VecDeque;
use std::sync::Arc;

/// What came by the mailbox.
pub(super) struct Inbox {
    mailbox: Mailbox,
    posts: VecDeque<Post>,
    /// The mailbox has more.
    has_rung: bool,
    is_closed: bool,
    /// Posts that waited elsewhere and did not arrive: connection, token, and why.
    undelivered: VecDeque<(Id, u64, Code)>,
    /// The post of the present event.
    shown: Option<Post>,
}

impl Inbox {
    pub fn new(mailbox: Mailbox) -> Self {
        Self {
            mailbox,
            posts: VecDeque::new(),
            has_rung: false,
            is_closed: false,
            undelivered: VecDeque::new(),
            shown: None,
        }
    }

    pub fn mailbox(&self) -> Mailbox {
        self.mailbox.clone()
    }

    pub fn has_posts(&self) -> bool {
        self.has_rung || !self.posts.is_empty() || !self.undelivered.is_empty()
    }

    /// The poster is to hear that its post did not arrive; without memory for that it does not.
    pub fn tell_undelivered(&mut self, id: Id, token: u64, why: Code) {
        if self.undelivered.try_reserve(1).is_ok() {
            self.undelivered.push_back((id, token, why));
        }
    }

    /// The octets of the present event.
    pub fn shown(&self) -> &[u8] {
        match &self.shown {
            Some(Post { load: Load::Octets(octets), .. }) => octets,
            _ => &[],
        }
    }

    /// The event is over.
    #[inline(always)]
    pub fn end_event(&mut self) {
        if self.shown.is_some() {
            self.finish_shown();
        }
    }

    #[cold]
    fn finish_shown(&mut self) {
        if let Some(post) = self.shown.take() {
            self.mailbox.finished(post.size());
        }
    }

    /// The next post; those in the mailbox are taken together when those before them are delivered.
    fn pop(&mut self) -> Option<Post> {
        if self.posts.is_empty() && core::mem::take(&mut self.has_rung) {
            self.mailbox.take(&mut self.posts);
        }
        self.posts.pop_front()
    }

    /// Takes what came last; there will be no more.
    pub fn close(&mut self) {
        if !core::mem::replace(&mut self.is_closed, true) {
            self.mailbox.close();
            self.has_rung = true;
        }
    }
}

impl Drop for Inbox {
    fn drop(&mut self) {
        self.mailbox.close();
    }
}

impl Server {
    /// The mailbox rang.
    pub(super) fn woken(&mut self) {
        self.inbox.has_rung = true;
        if let Some(within_ms) = self.inbox.mailbox.drain_asked() {
            self.drain(within_ms);
        }
    }

    /// Delivers posts until one is an event.
    pub(super) fn next_post(&mut self) -> Option<Event> {
        if let Some((id, token, why)) = self.inbox.undelivered.pop_front() {
            let user = self.slots.find(id).map_or(null_mut(), |index| self.slots.user(index));
            return Some(Event { id, user, kind: EventKind::Undelivered(token, why) });
        }
        while let Some(post) = self.inbox.pop() {
            if let Some(event) = self.deliver_post(post) {
                return Some(event);
            }
        }
        None
    }

    fn deliver_post(&mut self, post: Post) -> Option<Event> {
        let index = self.slots.find(post.id);
        let user = index.map_or(null_mut(), |index| self.slots.user(index));
        let event = |kind| Some(Event { id: post.id, user, kind });
        let delivered = match &post.load {
            Load::Octets(_) if index.is_some() || post.id == Id::NONE => {
                let event = event(EventKind::Post(post.token));
                self.inbox.shown = Some(post);
                return event;
            }
            Load::Octets(_) => Err(Code::Gone),
            Load::Answer(_) => match self.respond_with(&post) {
                Ok(Write::Paused) => return self.park(post),
                answered => answered.map(drop).map_err(|error| self.answer_missed(post.id, error.code())),
            },
            Load::Message(message, slow) => self.deliver_message_of(&post, message, *slow),
            Load::Publish(topic, message, slow) => {
                self.publish_message(topic, &Message::new(message.clone()), *slow);
                Ok(())
            }
        };
        self.inbox.mailbox.finished(post.size());
        delivered.err().filter(|_| post.report).and_then(|why| event(EventKind::Undelivered(post.token, why)))
    }

    /// A response waits until its connection is writable or ends, and is not the mailbox's any more: who does not read takes no room
    /// from other posts. Where there is none to wait either, the connection is closed, since it would miss its answer.
    fn park(&mut self, mut post: Post) -> Option<Event> {
        let (octets, token) = (post.size(), post.report.then_some(post.token));
        self.inbox.mailbox.finished(octets);
        let (id, index) = (post.id, self.slots.find(post.id)?);
        loop {
            post = match self.waiting.put_answer(index, post, octets, token) {
                Parked::Waits => return None,
                Parked::Full(_) => break,
                Parked::Short(post) => post,
            };
            let Some(longer) = self.waiting.longer(index, octets) else { break };
            self.close_slow(longer);
        }
        let user = self.slots.user(index);
        self.close_slow(index);
        token.map(|token| Event { id, user, kind: EventKind::Undelivered(token, Code::Slow) })
    }

    /// From then on what waits is not the mailbox's any more.
    fn deliver_message_of(&mut self, post: &Post, message: &Arc<Prepared>, slow: Slow) -> Result<(), Code> {
        let token = post.report.then_some(post.token);
        match self.deliver_message(post.id, &Message::new(message.clone()), slow, token) {
            Ok(Delivered::Sent | Delivered::Waits) => Ok(()),
            Ok(Delivered::Missed | Delivered::Closed) => Err(Code::Slow),
            Err(error) => Err(error.code()),
        }
    }

    /// Tries the responses that wait for a connection again, now that it is writable.
    #[inline]
    pub(super) fn unpark(&mut self, index: u32) {
        if self.waiting.is_any() {
            self.respond_parked(index);
        }
    }

    #[cold]
    fn respond_parked(&mut self, index: u32) {
        while let Some(post) = self.waiting.lend_answer(index) {
            match self.respond_with(&post) {
                Ok(Write::Paused) => return self.waiting.return_answer(index, post),
                answered => {
                    self.waiting.remove_answer(index);
                    if let Err(error) = answered {
                        self.report_undelivered(&post, error.code());
                        self.answer_missed(post.id, error.code());
                    }
                }
            }
        }
    }

    fn report_undelivered(&mut self, post: &Post, why: Code) {
        if post.report {
            self.inbox.tell_undelivered(post.id, post.token, why);
        }
    }

    /// A response was not taken, for the reason that is answered. Without memory the connection is closed: nobody would tell us that it is
    /// there again, and the request would never be answered. What waited behind the response is lost with it.
    fn answer_missed(&mut self, id: Id, why: Code) -> Code {
        if why == Code::Nomem
            && let Some(index) = self.slots.find(id)
        {
            self.lose_waiting(index, why);
            self.close_slow(index);
        }
        why
    }

    /// Fails as [`respond`](Self::respond).
    fn respond_with(&mut self, post: &Post) -> Result<Write, Error> {
        let Load::Answer(answer) = &post.load else { return Err(NOT_NOW) };
        let (response, fields) = answer.parts();
        self.respond(post.id, &response, fields)
    }
}
