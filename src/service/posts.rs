//! Posts on the server's side: taken in batches, delivered one by one.

use super::mailbox::{Load, Mailbox, Post};
use super::{Event, Id, Server, What};
use crate::conn::Write;
use crate::error::Code;
use core::ptr::null_mut;
use std::collections::VecDeque;

/// What came by the mailbox.
pub(super) struct Inbox {
    mailbox: Mailbox,
    posts: VecDeque<Post>,
    /// The mailbox has more.
    has_rung: bool,
    is_closed: bool,
    /// Responses that their connection could not take: they wait until it is writable, or ends.
    parked: VecDeque<Post>,
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
            parked: VecDeque::new(),
            shown: None,
        }
    }

    pub fn mailbox(&self) -> Mailbox {
        self.mailbox.clone()
    }

    pub fn has_posts(&self) -> bool {
        self.has_rung || !self.posts.is_empty()
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
        while let Some(post) = self.inbox.pop() {
            if let Some(event) = self.deliver(post) {
                return Some(event);
            }
        }
        None
    }

    fn deliver(&mut self, post: Post) -> Option<Event> {
        let index = self.slots.find(post.id);
        let user = index.map_or(null_mut(), |index| self.slots.get(index).user);
        let event = |what| Some(Event { id: post.id, user, what });
        let error = match &post.load {
            Load::Octets(_) if index.is_some() || post.id == Id::NONE => {
                let event = event(What::Post(post.token));
                self.inbox.shown = Some(post);
                return event;
            }
            Load::Octets(_) => Code::Gone,
            Load::Answer(answer) => {
                let (response, fields) = answer.parts();
                match self.respond(post.id, &response, fields) {
                    Ok(Write::Paused) => {
                        self.inbox.parked.push_back(post);
                        return None;
                    }
                    Ok(Write::Queued) => {
                        self.inbox.mailbox.finished(post.size());
                        return None;
                    }
                    Err(error) => error.code(),
                }
            }
        };
        self.inbox.mailbox.finished(post.size());
        if post.report { event(What::Undelivered(post.token, error)) } else { None }
    }

    /// Tries the parked responses of a connection again, now that it is writable or ends.
    #[inline]
    pub(super) fn unpark(&mut self, index: u32) {
        if self.inbox.parked.is_empty() {
            return;
        }
        let id = self.slots.id(index);
        let inbox = &mut self.inbox;
        for _ in 0..inbox.parked.len() {
            let Some(post) = inbox.parked.pop_front() else { return };
            let queue = if post.id == id { &mut inbox.posts } else { &mut inbox.parked };
            queue.push_back(post);
        }
    }
}
