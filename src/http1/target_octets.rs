//! Which octets a request target may hold where (H1-TGT-02): the one answer for targets that are received, that are sent, and in URLs.
//!
//! Uses the octet table and the rule of [`crate::guard`]. Never allocates, decodes or looks at the form of a target.

use super::octet::{self, HEXDIG, PATH, TARGET_PATH, TARGET_QUERY};
use crate::guard::TargetRule;

/// The part of a target that an octet stands in. A part ends with the octet that begins the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// What comes before a path: a scheme and an authority, an authority, or nothing.
    Start,
    /// The path.
    Path,
    /// The query.
    Query,
}

/// How far a target is well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Walked {
    /// The part that is not finished.
    pub place: Place,
    /// Where the octets that are well end; an escape is well when all of it is there.
    pub end: usize,
    /// The first octet that the target cannot hold: `end`, or within the escape that begins there. The length of the target when there is none.
    pub seen: usize,
}

/// Looks at `target` from `at`, which is in `place`, to the first octet that it cannot hold. Those before `at` were looked at.
pub fn walk(rule: TargetRule, target: &[u8], mut at: usize, mut place: Place) -> Walked {
    loop {
        at += plain_run(rule, place, target.get(at..).unwrap_or_default());
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

/// How many octets `rest` begins with that are well in `place` and do not end it: nearly all of a target, by one look at the table each. It
/// may be fewer than there are.
fn plain_run(rule: TargetRule, place: Place, rest: &[u8]) -> usize {
    let classes = match (rule, place) {
        (_, Place::Start) => return 0,
        (TargetRule::Browser, Place::Path) => TARGET_PATH,
        (TargetRule::Strict, _) => PATH,
        (TargetRule::Browser | TargetRule::Lenient, _) => TARGET_QUERY,
    };
    rest.iter().position(|&octet| !octet::is(octet, classes) || octet == b'?').unwrap_or(rest.len())
}

/// The index of the first octet of a path and query that cannot stand there, or of the `%` of an escape that is not whole.
pub fn flaw(rule: TargetRule, path_and_query: &[u8]) -> Option<usize> {
    let end = walk(rule, path_and_query, 0, Place::Path).end;
    (end < path_and_query.len()).then_some(end)
}

impl Place {
    /// The part that `octet` is in, which comes behind `before`.
    fn with(self, octet: u8, before: &[u8]) -> Self {
        match (self, octet) {
            (Self::Start | Self::Path, b'?') => Self::Query,
            (Self::Start, b'/') if !is_behind_scheme(before) => Self::Path,
            _ => self,
        }
    }
}

/// Whether a slash behind `before` is one of the two that follow the colon of a scheme. A target has three slashes at most before it is known
/// to be in its path, so this is looked at as often.
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

/// How many of the two digits of an escape `rest` begins with.
fn escape_digits(rest: &[u8]) -> usize {
    rest.iter().take(2).take_while(|&&octet| octet::is(octet, HEXDIG)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use TargetRule::{Browser, Lenient, Strict};

    const PLAIN: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/";

    /// The rules as the ledger says them, octet by octet; `%` apart, which strict takes with its digits only.
    fn is_told(rule: TargetRule, in_query: bool, octet: u8) -> bool {
        let graphic = (0x21..=0x7e).contains(&octet);
        match rule {
            Browser if in_query => graphic && !b"\"#<>".contains(&octet),
            Browser => graphic && !b"\"#<>`{}\\".contains(&octet),
            Strict => PLAIN.contains(&octet) || octet == b'?',
            Lenient => octet > 0x20 && octet != b'#' && octet != 0x7f,
        }
    }

    fn is_well(rule: TargetRule, target: &[u8]) -> bool {
        walk(rule, target, 0, Place::Start).end == target.len()
    }

    #[test]
    fn h1_tgt_02_every_octet_by_every_rule_in_path_and_query() {
        for (rule, octet) in [Browser, Strict, Lenient].into_iter().flat_map(|rule| (0..=255u8).map(move |c| (rule, c)))
        {
            for (before, in_query) in [("/p", false), ("http://a/p", false), ("/p?a=", true), ("http://a?a=", true)] {
                let target = [before.as_bytes(), &[octet], b"x"].concat();
                let expected = is_told(rule, in_query, octet);
                assert_eq!(is_well(rule, &target), expected, "{rule:?} {}", target.escape_ascii());
            }
            let path = [b"/p", &[octet][..], b"x"].concat();
            assert_eq!(flaw(rule, &path), (!is_told(rule, false, octet)).then_some(2), "{rule:?} {octet:#x}");
        }
    }

    #[test]
    fn h1_tgt_02_escapes_are_whole_by_the_strict_rule_alone() {
        for target in [&b"/100%"[..], b"/%zz", b"/%4", b"/?a=%u00e9", b"/?%"] {
            assert!(is_well(Browser, target) && is_well(Lenient, target), "{}", target.escape_ascii());
            assert!(!is_well(Strict, target), "{}", target.escape_ascii());
        }
        assert!(is_well(Strict, b"/%00%fF?%41"));
        let seen = |target: &[u8]| walk(Strict, target, 0, Place::Start);
        assert_eq!(seen(b"/%4z"), Walked { place: Place::Path, end: 1, seen: 3 });
        assert_eq!(seen(b"/?%"), Walked { place: Place::Query, end: 2, seen: 3 });
    }

    #[test]
    fn h1_tgt_02_brackets_are_the_authoritys_by_the_strict_rule() {
        for target in ["http://[::1]", "http://[::1]/x", "[::1]:443", "http://[::1]?x", "http://[::1]:/x"] {
            assert!(is_well(Strict, target.as_bytes()), "{target}");
        }
        for target in
            ["/a[1]", "/?a[]=1", "http://[::1]/a[1]", "http://a?b[]", "http://a:/[", "//[", "a:b/[", "http:///["]
        {
            assert!(!is_well(Strict, target.as_bytes()), "{target}");
            assert!(is_well(Browser, target.as_bytes()), "{target}");
        }
    }

    #[test]
    fn a_walk_goes_on_where_it_stopped() {
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
