//! What came by the mailbox, on the server's side: taken in batches, given out one by one. Never looks at a connection.

use super::id::Id;
use super::mailbox::Mailbox;
use super::post::{Load, Post};
use std::collections::VecDeque;

/// What came by the mailbox.
pub(super) struct Inbox {
    mailbox: Mailbox,
    posts: VecDeque<Post>,
    /// The mailbox has more.
    has_rung: bool,
    is_closed: bool,
    /// The post of the present event.
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
            self.finished(post.size());
        }
    }

    /// The mailbox rang; the time of a drain that was asked for by it.
    pub fn ring(&mut self) -> Option<u64> {
        self.has_rung = true;
        self.mailbox.drain_asked()
    }

    /// Keeps a post for as long as its event is the present one.
    pub fn show(&mut self, post: Post) {
        self.shown = Some(post);
    }

    /// A post of so many octets takes no room in the mailbox any more.
    pub fn finished(&mut self, octets: usize) {
        self.mailbox.finished(octets);
    }

    /// The connection of this name has ended, and those who post to it piece by piece are to know it.
    pub fn connection_ended(&mut self, id: Id) {
        self.mailbox.connection_ended(id);
    }

    /// The next post; those in the mailbox are taken together when those before them are delivered.
    pub fn pop(&mut self) -> Option<Post> {
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
