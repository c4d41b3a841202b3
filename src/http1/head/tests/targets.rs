//! Targets, with each leaf.

use super::*;
use crate::http1::target_octets::{Place, walk};

/// Every octet at every place among blocks of 32 octets: the result is that of the octet-wise walk.
#[test]
fn h1_tgt_02_every_octet_at_every_place_of_a_target() {
    for (rule, len) in [TargetRule::Browser, TargetRule::Strict, TargetRule::Lenient]
        .into_iter()
        .flat_map(|rule| [1, 30, 31, 32, 33, 64, 90].map(|len| (rule, len)))
    {
        for (octet, query) in (0..=255).flat_map(|octet| [(octet, false), (octet, true)]) {
            let mut target = vec![b'a'; len + 2];
            (target[0], target[len]) = (b'/', octet);
            if query && len > 1 {
                target[1] = b'?';
            }
            let line = [b"GET ", &target[..], b" HTTP/1.1\r\nHost: a.example\r\n\r\n"].concat();
            let is_well = walk(rule, &target, 0, Place::Start).end == target.len();
            for choice in CHOICES {
                let Some([(head, _), ..]) = outcomes_by(rule, (choice, Ways::Both), &line, &[]) else { continue };
                // A space ends the target; no version follows here.
                let code = if octet == b' ' { Code::Version } else { Code::Target };
                let code = if octet == b'\n' {
                    Code::LineEnd
                } else if octet == b'\r' {
                    Code::RequestLine
                } else {
                    code
                };
                assert_eq!(
                    head.map(|head| head.is_some()).map_err(|error| error.code()),
                    if is_well { Ok(true) } else { Err(code) },
                    "{choice:?} {rule:?} {}",
                    line.escape_ascii()
                );
            }
        }
    }
}
