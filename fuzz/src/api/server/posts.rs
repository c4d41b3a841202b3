//! What was posted: each post comes once, in its order, or is told not to have been delivered where that was asked for.

use std::collections::VecDeque;

use wireway::ffi::event::ww_id;

struct Post {
    token: u64,
    conn: ww_id,
    reports: bool,
    /// It comes as an event, unless its connection has ended.
    has_event: bool,
}

#[derive(Default)]
pub struct Posts {
    posts: VecDeque<Post>,
    given: u64,
}

impl Posts {
    pub fn next_token(&mut self) -> u64 {
        self.given += 1;
        self.given
    }

    /// The mailbox took it.
    pub fn taken(&mut self, token: u64, conn: ww_id, reports: bool, has_event: bool) {
        self.posts.push_back(Post { token, conn, reports, has_event });
    }

    /// It came as an event. Those before it that ask for an event came before.
    pub fn came(&mut self, token: u64, conn: ww_id) {
        let at = self.posts.iter().position(|post| post.token == token).expect("a post that was taken, and once");
        let post = self.posts.remove(at).expect("it is there");
        assert!(post.has_event && post.conn == conn);
        let is_overtaken = |post: &Post| post.has_event && (post.conn == 0 || post.conn == conn);
        assert!(!self.posts.range(..at).any(is_overtaken), "a post has overtaken another");
    }

    pub fn undelivered(&mut self, token: u64) {
        let at = self.posts.iter().position(|post| post.token == token).expect("a post that was taken, and once");
        assert!(self.posts.remove(at).is_some_and(|post| post.reports), "a report that was not asked for");
    }

    /// Whether none is missing that had to come.
    pub fn are_all_told(&self) -> bool {
        !self.posts.iter().any(|post| post.has_event && (post.conn == 0 || post.reports))
    }
}
