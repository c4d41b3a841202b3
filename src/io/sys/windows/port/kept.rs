//! Packets that the waits of others have taken.

use super::{Context, Packet, ShareKey};
use std::io;

/// All of a port, and the shares that they may be for.
#[derive(Debug, Default)]
pub(super) struct Kept {
    packets: Vec<Packet>,
    shares: Vec<ShareKey>,
    /// The most packets that all shares may have at the port.
    expected: usize,
}

impl Kept {
    /// A share may have packets from now on.
    pub(super) fn enter(&mut self, key: ShareKey) -> io::Result<()> {
        self.shares.try_reserve(1)?;
        self.shares.push(key);
        Ok(())
    }

    /// What comes for the share is dropped from now on, and what is there.
    pub(super) fn leave(&mut self, key: ShareKey) {
        self.shares.retain(|share| *share != key);
        self.packets.retain(|packet| packet.key() != key);
    }

    /// Makes sure that so many packets more can be kept.
    pub(super) fn expect(&mut self, packets: usize) -> io::Result<()> {
        let expected = self.expected + packets;
        self.packets.try_reserve(expected.saturating_sub(self.packets.len()))?;
        self.expected = expected;
        Ok(())
    }

    /// Keeps a packet, unless its share has left.
    pub(super) fn push(&mut self, packet: &Packet) {
        if self.shares.contains(&packet.key()) {
            self.packets.push(packet.clone());
        }
    }

    /// Takes packets of a share, and fills `into` from its start; returns how many.
    pub(super) fn take(&mut self, key: ShareKey, into: &mut [Packet]) -> usize {
        let mut taken = 0;
        self.packets.retain(|packet| {
            let is_taken = packet.key() == key && taken < into.len();
            if is_taken {
                into[taken] = packet.clone();
                taken += 1;
            }
            !is_taken
        });
        taken
    }

    /// Whether there are packets of a share.
    pub(super) fn has(&self, key: ShareKey) -> bool {
        self.packets.iter().any(|packet| packet.key() == key)
    }

    /// Whether there is a packet of a share with this context.
    pub(super) fn has_packet(&self, key: ShareKey, context: Context) -> bool {
        self.packets.iter().any(|packet| packet.key() == key && packet.context() == context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet(key: ShareKey, context: Context) -> Packet {
        Packet::of(key, context)
    }

    #[test]
    fn packets_come_to_their_share_in_order_and_those_of_none_are_dropped() {
        let mut kept = Kept::default();
        kept.enter(1).unwrap();
        kept.enter(2).unwrap();
        kept.expect(8).unwrap();
        for (key, context) in [(1, 10), (2, 20), (3, 30), (1, 11), (1, 12)] {
            kept.push(&packet(key, context));
        }
        assert!(kept.has(1) && kept.has(2) && !kept.has(3));
        assert!(kept.has_packet(1, 11) && !kept.has_packet(2, 11));
        let mut room = [const { Packet::NONE }; 2];
        assert_eq!(kept.take(1, &mut room), 2);
        assert_eq!(room.each_ref().map(Packet::context), [10, 11]);
        assert_eq!(kept.take(1, &mut room), 1);
        assert_eq!(room[0].context(), 12);
        kept.leave(2);
        assert!(!kept.has(2));
        kept.push(&packet(2, 21));
        assert!(!kept.has(2));
    }
}
