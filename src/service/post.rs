//! What is posted to a server, by value.

use super::answer::Answer;
use super::delivery::Slow;
use super::id::Id;
use super::piece::Piece;
use super::shares::Share;
use crate::conn::Prepared;
use std::sync::Arc;

/// Something for the server.
pub(super) struct Post {
    pub id: Id,
    pub token: u64,
    /// Whether the poster wants to hear when it does not arrive.
    pub report: bool,
    pub load: Load,
}

pub(super) enum Load {
    Octets(Vec<u8>),
    Answer(Answer),
    /// A piece of an answer, and its part of the share of its connection.
    Piece {
        piece: Piece,
        _share: Share,
    },
    /// A message for the connection.
    Message(Arc<Prepared>, Slow),
    /// A message for those who hear a topic; whether the server's siblings have it already.
    Publish(Box<[u8]>, Arc<Prepared>, Slow, bool),
}

impl Post {
    /// What counts against the limit of octets.
    pub fn size(&self) -> usize {
        let load = match &self.load {
            Load::Octets(octets) => octets.len(),
            Load::Answer(answer) => answer.size(),
            Load::Piece { piece, .. } => piece.size(),
            Load::Message(message, _) => message.size(),
            Load::Publish(topic, message, _, _) => topic.len() + message.size(),
        };
        load + size_of::<Self>()
    }
}
