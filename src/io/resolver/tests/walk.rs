//! Many look-ups and cancels at random, from several loops: each that was not cancelled is reported once.

use super::{gated, is_quiet, new_loop, next};
use crate::happy_eyeballs::Family;
use crate::io::event_loop::EventLoop;
use crate::io::resolver::{Config, Resolver};
use crate::random::Random;
use std::collections::BTreeMap;

struct Asker {
    event_loop: EventLoop,
    /// Tokens, each with whether there are addresses.
    awaited: BTreeMap<u64, bool>,
}

impl Asker {
    fn step(&mut self, resolver: &Resolver, random: &mut Random, token: u64) {
        match random.below(8) {
            0..=3 => {
                let name = ["both.a", "both.b", "v4.c", "v4.d", "both.e", "::1", "none"][random.below(7)];
                let family = [None, Some(Family::V4)][random.below(2)];
                resolver.look_up(&self.event_loop, name.as_bytes(), 1, family, token).expect("a look-up");
                self.awaited.insert(token, name != "none" && (name != "::1" || family.is_none()));
            }
            4..=5 if !self.awaited.is_empty() => self.see(),
            6 => {
                let Some(&token) = self.awaited.keys().nth(random.below(4)) else { return };
                assert!(resolver.cancel(&mut self.event_loop, token), "{token} was not reported");
                self.awaited.remove(&token);
            }
            _ => {}
        }
    }

    fn see(&mut self) {
        let (token, result) = next(&mut self.event_loop);
        let has_addresses = self.awaited.remove(&token);
        // The gate answers that there are none where a name is looked up twice at a time.
        assert_eq!(has_addresses, Some(result.is_ok()), "{token}: {result:?}");
    }
}

#[test]
fn every_look_up_is_reported_once_or_cancelled() {
    for seed in 0..20 {
        let (resolver, gate) = gated(Config { threads: 3, ..Config::default() });
        gate.open_all();
        let mut random = Random::new(seed);
        let mut askers = [(); 2].map(|()| Asker { event_loop: new_loop(), awaited: BTreeMap::new() });
        for token in 1..500 {
            askers[random.below(2)].step(&resolver, &mut random, token);
        }
        for asker in &mut askers {
            while !asker.awaited.is_empty() {
                asker.see();
            }
            assert!(is_quiet(&mut asker.event_loop));
        }
        assert!(gate.state().most <= 3);
    }
}
