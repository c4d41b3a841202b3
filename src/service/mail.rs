//! Messages in transit: posts, waiting messages and responses, and undelivered posts.
//!
//! Owns the inbox, the lines of slow connections, and the siblings; lends them to the views that deliver.

use super::config::Config;
use super::connections::Connections;
use super::group::Group;
use super::inbox::Inbox;
use super::mailbox::Mailbox;
use super::messages::Messages;
use super::post::Post;
use super::posts::Posts;
use super::siblings::Siblings;
use super::undelivered::Undelivered;
use super::waiting::Waiting;
use crate::error::{Code, Error};

/// All messages in transit.
pub(super) struct Mail {
    inbox: Inbox,
    undelivered: Undelivered,
    /// Messages and posted responses waiting for slow connections.
    waiting: Waiting<Post>,
    siblings: Siblings,
    /// The queue length above which a connection may be slow.
    high_water: usize,
}

impl Mail {
    /// Empty. `mailbox` is the server's.
    pub fn new(mailbox: Mailbox, config: &Config) -> Self {
        Self {
            siblings: Siblings::new(mailbox.clone()),
            inbox: Inbox::new(mailbox),
            undelivered: Undelivered::default(),
            waiting: Waiting::new(config.waiting_max, config.waiting_conn_max),
            high_water: config.conn.limits.high_water as usize,
        }
    }

    pub fn inbox(&self) -> &Inbox {
        &self.inbox
    }

    #[inline(always)]
    pub fn inbox_mut(&mut self) -> &mut Inbox {
        &mut self.inbox
    }

    /// Joins a group for publishing.
    pub fn join(&mut self, group: &Group) -> Result<(), Error> {
        self.siblings.join(group)
    }

    /// Whether there is a post to deliver or a failure to report.
    #[inline]
    pub fn has_posts(&self) -> bool {
        self.inbox.has_posts() || !self.undelivered.is_empty()
    }

    /// The connection in this slot has ended: drops what waits for it, and reports it to the posters.
    pub fn connection_ended(&mut self, index: u32, connections: &mut Connections) {
        if self.waiting.has_posts(index) {
            self.inbox.connection_ended(connections.slots().id(index));
        }
        self.messages(connections).drop_waiting(index, Code::Gone);
    }

    pub fn messages<'a>(&'a mut self, connections: &'a mut Connections) -> Messages<'a> {
        let Self { waiting, undelivered, siblings, high_water, .. } = self;
        Messages::new(connections, waiting, undelivered, siblings, *high_water)
    }

    pub fn posts<'a>(&'a mut self, connections: &'a mut Connections) -> Posts<'a> {
        let Self { inbox, waiting, undelivered, siblings, high_water } = self;
        Posts::new(Messages::new(connections, waiting, undelivered, siblings, *high_water), inbox)
    }
}
