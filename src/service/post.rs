//! A post to a server, by value.

use super::delivery::Slow;
use super::id::Id;
use super::piece::Piece;
use super::posted_response::PostedResponse;
use super::shares::Share;
use crate::conn::Prepared;
use std::sync::Arc;

/// A post.
pub(super) struct Post {
    pub id: Id,
    pub token: u64,
    /// Whether to report a failed delivery.
    pub report: bool,
    pub load: Load,
}

pub(super) enum Load {
    Octets(Vec<u8>),
    Response(PostedResponse),
    /// A piece of a response, and its part of the connection's share.
    Piece {
        piece: Piece,
        _share: Share,
    },
    /// A message for the connection.
    Message(Arc<Prepared>, Slow),
    /// A message for a topic; whether the siblings have it already.
    Publish(Box<[u8]>, Arc<Prepared>, Slow, bool),
}

impl Post {
    /// The size that counts against the limit.
    pub fn size(&self) -> usize {
        let load = match &self.load {
            Load::Octets(octets) => octets.len(),
            Load::Response(answer) => answer.size(),
            Load::Piece { piece, .. } => piece.size(),
            Load::Message(message, _) => message.size(),
            Load::Publish(topic, message, _, _) => topic.len() + message.size(),
        };
        load + size_of::<Self>()
    }
}
