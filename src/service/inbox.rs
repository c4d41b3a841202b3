//! The server's side of the mailbox: takes posts in batches and returns them one by one.

use super::id::Id;
use super::mailbox::Mailbox;
use super::post::{Load, Post};
use std::collections::VecDeque;

/// Received posts.
pub(super) struct Inbox {
    mailbox: Mailbox,
    posts: VecDeque<Post>,
    /// The mailbox may have more.
    has_rung: bool,
    is_closed: bool,
    /// The post of the current event.
    shown: Option<Post>,
}

impl Inbox {
    pub fn new(mailbox: Mailbox) -> Self {
        Self { mailbox, posts: VecDeque::new(), has_rung: false, is_closed: false, shown: None }
    }

    pub fn mailbox(&self) -> Mailbox {
        self.mailbox.clone()
    }

    pub fn has_posts(&self) -> bool {
        self.has_rung || !self.posts.is_empty()
    }

    /// The octets of the current event.
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
            self.finish_current();
        }
    }

    #[cold]
    fn finish_current(&mut self) {
        if let Some(post) = self.shown.take() {
            self.finished(post.size());
        }
    }

    /// The mailbox has posts. Returns the time of a drain requested through it.
    pub fn ring(&mut self) -> Option<u64> {
        self.has_rung = true;
        self.mailbox.take_drain_request()
    }

    /// Stores the post of the current event.
    pub fn set_current(&mut self, post: Post) {
        self.shown = Some(post);
    }

    /// A post of this size leaves the mailbox's accounting.
    pub fn finished(&mut self, octets: usize) {
        self.mailbox.finished(octets);
    }

    /// The connection has ended: threads that post to it are notified.
    pub fn connection_ended(&mut self, id: Id) {
        self.mailbox.connection_ended(id);
    }

    /// The next post. Takes a batch from the mailbox when the last one is used up.
    pub fn pop(&mut self) -> Option<Post> {
        if self.posts.is_empty() && core::mem::take(&mut self.has_rung) {
            self.mailbox.take(&mut self.posts);
        }
        self.posts.pop_front()
    }

    /// Takes the last posts and closes the mailbox.
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
