//! The octets allowed in a request target (H1-TGT-02), for received targets, sent targets and URLs.
//!
//! Uses the octet table and [`TargetRule`]. Never allocates or decodes, and ignores the form of the target.

use super::octet::{self, HEXDIG, PATH, TARGET_PATH, TARGET_QUERY};
use crate::guard::TargetRule;

/// The part of a target that an octet belongs to. The octet that begins a part belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before the path: a scheme and an authority, an authority, or nothing.
    Start,
    /// The path.
    Path,
    /// The query.
    Query,
}

/// How much of a target is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Walked {
    /// The current part.
    pub place: Place,
    /// End of the valid octets; an escape is valid when complete.
    pub end: usize,
    /// The first invalid octet: at `end`, or within the escape that begins there. The length of the target if there is
    /// none.
    pub seen: usize,
}

/// Checks `target` from `at`, which is in `place`, up to the first invalid octet. The octets before `at` were checked
/// already.
pub fn walk(rule: TargetRule, target: &[u8], mut at: usize, mut place: Place) -> Walked {
    loop {
        at += run_fast(rule, place, target.get(at..).unwrap_or_default());
        let Some(&octet) = target.get(at) else { return Walked { place, end: at, seen: at } };
        place = place.with(octet, &target[..at]);
        at += match octet {
            b'%' if rule == TargetRule::Strict => match escape_digits(&target[at + 1..]) {
                2 => 3,
                digits => return Walked { place, end: at, seen: at + 1 + digits },
            },
            _ if fits(rule, place, octet) => 1,
            _ => return Walked { place, end: at, seen: at },
        };
    }
}

/// The fast way: the length of a run at the start of `rest` that is valid in `place` and does not end it, with one
/// table lookup per octet. May be shorter than possible.
fn run_fast(rule: TargetRule, place: Place, rest: &[u8]) -> usize {
    let classes = match (rule, place) {
        (_, Place::Start) => return 0,
        (TargetRule::Browser, Place::Path) => TARGET_PATH,
        (TargetRule::Strict, _) => PATH,
        (TargetRule::Browser | TargetRule::Lenient, _) => TARGET_QUERY,
    };
    rest.iter().position(|&octet| !octet::is(octet, classes) || octet == b'?').unwrap_or(rest.len())
}

/// The index of the first invalid octet of a path and query, or of the `%` of an incomplete escape.
pub fn flaw(rule: TargetRule, path_and_query: &[u8]) -> Option<usize> {
    let end = walk(rule, path_and_query, 0, Place::Path).end;
    (end < path_and_query.len()).then_some(end)
}

impl Place {
    /// The part of `octet`, which follows `before`.
    fn with(self, octet: u8, before: &[u8]) -> Self {
        match (self, octet) {
            (Self::Start | Self::Path, b'?') => Self::Query,
            (Self::Start, b'/') if !is_behind_scheme(before) => Self::Path,
            _ => self,
        }
    }
}

/// Whether a slash after `before` is one of the two after a scheme's colon. At most three slashes precede the path, so
/// this runs at most three times.
fn is_behind_scheme(before: &[u8]) -> bool {
    let colon = before.iter().position(|&octet| octet == b':').unwrap_or(before.len());
    matches!(&before[colon..], b":" | b":/")
}

fn fits(rule: TargetRule, place: Place, octet: u8) -> bool {
    match (rule, place) {
        (TargetRule::Browser, Place::Query) => octet::is(octet, TARGET_QUERY),
        (TargetRule::Browser, _) => octet::is(octet, TARGET_PATH),
        // Brackets belong to IP literals.
        (TargetRule::Strict, Place::Start) => octet::is(octet, PATH) || matches!(octet, b'[' | b']'),
        (TargetRule::Strict, _) => octet::is(octet, PATH),
        (TargetRule::Lenient, _) => octet > b' ' && octet != b'#' && octet != 0x7f,
    }
}

/// How many digits of an escape `rest` starts with, at most two.
fn escape_digits(rest: &[u8]) -> usize {
    rest.iter().take(2).take_while(|&&octet| octet::is(octet, HEXDIG)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use TargetRule::{Browser, Lenient, Strict};

    const PLAIN: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/";

    /// The rules of the ledger, octet by octet; except `%`, which strict accepts only with its digits.
    fn ledger_allows(rule: TargetRule, in_query: bool, octet: u8) -> bool {
        let graphic = (0x21..=0x7e).contains(&octet);
        match rule {
            Browser if in_query => graphic && !b"\"#<>".contains(&octet),
            Browser => graphic && !b"\"#<>`{}\\".contains(&octet),
            Strict => PLAIN.contains(&octet) || octet == b'?',
            Lenient => octet > 0x20 && octet != b'#' && octet != 0x7f,
        }
    }

    fn is_valid(rule: TargetRule, target: &[u8]) -> bool {
        walk(rule, target, 0, Place::Start).end == target.len()
    }

    #[test]
    fn h1_tgt_02_every_octet_by_every_rule_in_path_and_query() {
        for (rule, octet) in [Browser, Strict, Lenient].into_iter().flat_map(|rule| (0..=255u8).map(move |c| (rule, c)))
        {
            for (before, in_query) in [("/p", false), ("http://a/p", false), ("/p?a=", true), ("http://a?a=", true)] {
                let target = [before.as_bytes(), &[octet], b"x"].concat();
                let expected = ledger_allows(rule, in_query, octet);
                assert_eq!(is_valid(rule, &target), expected, "{rule:?} {}", target.escape_ascii());
            }
            let path = [b"/p", &[octet][..], b"x"].concat();
            assert_eq!(flaw(rule, &path), (!ledger_allows(rule, false, octet)).then_some(2), "{rule:?} {octet:#x}");
        }
    }

    #[test]
    fn h1_tgt_02_escapes_are_whole_by_the_strict_rule_alone() {
        for target in [&b"/100%"[..], b"/%zz", b"/%4", b"/?a=%u00e9", b"/?%"] {
            assert!(is_valid(Browser, target) && is_valid(Lenient, target), "{}", target.escape_ascii());
            assert!(!is_valid(Strict, target), "{}", target.escape_ascii());
        }
        assert!(is_valid(Strict, b"/%00%fF?%41"));
        let seen = |target: &[u8]| walk(Strict, target, 0, Place::Start);
        assert_eq!(seen(b"/%4z"), Walked { place: Place::Path, end: 1, seen: 3 });
        assert_eq!(seen(b"/?%"), Walked { place: Place::Query, end: 2, seen: 3 });
    }

    #[test]
    fn h1_tgt_02_brackets_are_the_authoritys_by_the_strict_rule() {
        for target in ["http://[::1]", "http://[::1]/x", "[::1]:443", "http://[::1]?x", "http://[::1]:/x"] {
            assert!(is_valid(Strict, target.as_bytes()), "{target}");
        }
        for target in
            ["/a[1]", "/?a[]=1", "http://[::1]/a[1]", "http://a?b[]", "http://a:/[", "//[", "a:b/[", "http:///["]
        {
            assert!(!is_valid(Strict, target.as_bytes()), "{target}");
            assert!(is_valid(Browser, target.as_bytes()), "{target}");
        }
    }

    #[test]
    fn a_walk_resumes_where_it_stopped() {
        for rule in [Browser, Strict, Lenient] {
            for target in
                ["http://[::1]:8080/a%20b/c?d=[e]{f}", "/a?b/c?d", "*", "a:443", "http:///x?y", "/100%?a|b`\\"]
            {
                let target = target.as_bytes();
                let whole = walk(rule, target, 0, Place::Start);
                for cut in 0..=target.len() {
                    let first = walk(rule, &target[..cut], 0, Place::Start);
                    let second = walk(rule, target, first.end, first.place);
                    assert_eq!(second, whole, "{rule:?} {} cut at {cut}", target.escape_ascii());
                }
            }
        }
    }
}
