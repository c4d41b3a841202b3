//! The whole parser with each leaf: the result depends on neither leaf nor cuts, and nothing is read outside the input.

mod targets;
mod whole;

use super::leaf::{Choice, dispatch_to, tests::CHOICES};
use super::parse::{FastPass, FullPass, Task};
use super::start::StartLine;
use super::*;
use crate::error::{Code, Error};
use crate::guard::{HeadLimits, TargetRule};
use crate::random::Random;

#[derive(Default)]
struct Fields(Vec<Field>);

impl FieldSink for Fields {
    fn push(&mut self, field: Field) -> bool {
        self.0.push(field);
        true
    }
}

type Feed<'a> = &'a dyn Fn(&[u8], &mut Scan, &mut Fields) -> Option<Result<Option<String>, Error>>;
type Outcome = (Result<Option<String>, Error>, Vec<Field>);

/// Which ways of the parser are tried.
#[derive(Clone, Copy, Debug)]
enum Ways {
    Both,
    Full,
}

fn parse<T: StartLine>(
    (choice, ways): (Choice, Ways),
    input: &[u8],
    scan: &mut Scan,
    limits: &HeadLimits,
    sink: &mut Fields,
) -> Option<Result<Option<T::Head>, Error>> {
    if matches!(ways, Ways::Both) && scan.is_fresh() && T::suits(limits.target) {
        let head = dispatch_to(choice, FastPass::<T, _>(Task::new(input, scan, limits, sink)))?;
        if head.is_some() {
            return Some(Ok(head));
        }
    }
    dispatch_to(choice, FullPass::<T, _>(Task::new(input, scan, limits, sink)))
}

/// Every kind of head, each fed in pieces that end at `cuts`, then whole.
fn outcomes(how: (Choice, Ways), input: &[u8], cuts: &[usize]) -> Option<[Outcome; 3]> {
    outcomes_by(TargetRule::Browser, how, input, cuts)
}

/// [`outcomes`] with a target rule.
fn outcomes_by(target: TargetRule, how: (Choice, Ways), input: &[u8], cuts: &[usize]) -> Option<[Outcome; 3]> {
    let limits = &HeadLimits {
        line_max: 200,
        section_max: 1500,
        fields_max: 12,
        target_max: 100,
        target,
        ..HeadLimits::DEFAULT
    };
    let feed = |parse: Feed| {
        let (mut scan, mut sink) = (Scan::FRESH, Fields::default());
        for end in cuts.iter().chain([&input.len()]) {
            let result = parse(&input[..*end], &mut scan, &mut sink)?;
            if result != Ok(None) {
                return Some((result, sink.0));
            }
        }
        Some((Ok(None), sink.0))
    };
    Some([
        feed(&|input, scan, sink| {
            let head = parse::<request::Line>(how, input, scan, limits, sink)?;
            Some(head.map(|head| head.map(|head| format!("{head:?}"))))
        })?,
        feed(&|input, scan, sink| {
            let head = parse::<response::Line>(how, input, scan, limits, sink)?;
            Some(head.map(|head| head.map(|head| format!("{head:?}"))))
        })?,
        feed(&|input, scan, sink| {
            let len = parse::<trailers::NoLine>(how, input, scan, limits, sink)?;
            Some(len.map(|len| len.map(|len| format!("{len:?}"))))
        })?,
    ])
}

/// One of the seeds with a few octets changed, removed or inserted.
fn mutant(random: &mut Random) -> Vec<u8> {
    let mut octets = SEEDS[random.below(SEEDS.len())].to_vec();
    for _ in 0..random.below(4) {
        let at = random.below(octets.len());
        match random.below(4) {
            0 => octets[at] = random.below(256) as u8,
            1 => octets[at] = ODD[random.below(ODD.len())],
            2 => octets.insert(at, ODD[random.below(ODD.len())]),
            _ => drop(octets.remove(at)),
        }
    }
    octets
}

const ODD: &[u8] = b"\r\n\t :,;\"\\%[/?{`|#\x00\x7f\xffaZ09";

const SEEDS: &[&[u8]] = &[
    b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    b"\r\n\r\nPOST /a%20b?c=[d] HTTP/1.0\r\nHost: example.test:80\r\nContent-Length: 5, 5\r\n\r\nhello",
    b"GET /a[1]/100%?q={x}&a[]=1|2^3&b=`\\ HTTP/1.1\r\nHost: example.test\r\n\r\n",
    b"OPTIONS http://[::1]/x HTTP/1.1\r\nHost: [::1]\r\nTransfer-Encoding: gzip, Chunked\r\nX-Longer-Than-Most-Names-Are: \
      and a value that is longer than one block of the masks, which are 64\r\nConnection: ,close , \"a,b\"\r\n\r\n",
    b"POST /a%20b HTTP/1.1\r\nhost: example.test\r\nContent-Length: 5\r\nConnection: close\r\nExpect: x\r\nUpgrade: y\r\n\
      Connection: Keep-Alive\r\nTransfer-Encoding: chunked\r\nHost: b\r\nX:\r\nUser-Agent:  a\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nServer: a\r\n  b\r\nX:\r\n\r\n",
    b"HTTP/1.1 404\r\nContent-Length: 1\r\n 2\r\nSet-Cookie: a=b\r\nset-cookie: c=d  \t \r\n\r\n",
    b"X-Sum: 1\r\nETag: \"x\"\r\n\r\n",
    b"A: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\nE: 5\r\nF: 6\r\nG: 7\r\nH: 8\r\nI: 9\r\nJ: 0\r\nK: 1\r\nL: 2\r\nM: 3\r\n\r\n",
];

#[test]
fn core_01_every_leaf_and_every_cut_agree() {
    let mut random = Random::new(1);
    for _ in 0..1500 {
        let input = mutant(&mut random);
        let rule = [TargetRule::Browser, TargetRule::Strict, TargetRule::Lenient][random.below(3)];
        let whole = outcomes_by(rule, (Choice::Portable, Ways::Full), &input, &[]).unwrap();
        let bytewise: Vec<usize> = (0..input.len()).collect();
        let cut = random.below(input.len() + 1);
        for choice in CHOICES {
            for cuts in [&[][..], &[cut], &bytewise] {
                let Some(outcome) = outcomes_by(rule, (choice, Ways::Both), &input, cuts) else { continue };
                assert_eq!(outcome, whole, "{choice:?} {} cut at {cuts:?}", input.escape_ascii());
            }
        }
    }
}

/// A fold at every place among blocks of 64 octets, including CR and LF in different blocks.
#[test]
fn h1_field_06_a_fold_at_every_place() {
    for len in 0..140 {
        let input = format!("HTTP/1.1 200 OK\r\nX: {}\r\n b\r\n\tc\r\nY: d\r\n\r\n", "a".repeat(len));
        let bytewise: Vec<usize> = (0..input.len()).collect();
        for choice in CHOICES {
            for cuts in [&[][..], &bytewise] {
                let Some([_, (head, fields), _]) = outcomes((choice, Ways::Both), input.as_bytes(), cuts) else {
                    continue;
                };
                assert!(matches!(head, Ok(Some(_))), "{choice:?} {len}: {head:?}");
                assert_eq!(fields.iter().map(|field| field.flags).collect::<Vec<_>>(), [Field::FOLDED, 0]);
            }
        }
    }
}

/// A trailer section begins at the first octet of its input, so the offset of a name's end may be 0.
#[test]
fn h1_trail_02_a_delimiter_first() {
    for first in ["/", "\"", ":", "[", "\u{ff}"] {
        let input = format!("{first}{}: b\r\n\r\n", "a".repeat(100));
        let bytewise: Vec<usize> = (0..input.len()).collect();
        for choice in CHOICES {
            for ways in [Ways::Full, Ways::Both] {
                for cuts in [&[][..], &bytewise, &[70]] {
                    let Some([_, _, (trailers, _)]) = outcomes((choice, ways), input.as_bytes(), cuts) else {
                        continue;
                    };
                    let error = trailers.expect_err(first);
                    assert_eq!((error.code(), error.offset), (Code::Trailer, 0), "{first} {cuts:?}");
                }
            }
        }
    }
}

#[cfg(all(unix, feature = "io"))]
#[test]
fn nothing_is_read_outside_a_head() {
    let mut page = leaf::tests::Guarded::new();
    for seed in SEEDS {
        for len in 0..=seed.len() {
            let input = page.place(&seed[..len]);
            for choice in CHOICES {
                outcomes((choice, Ways::Both), input, &[]);
            }
        }
    }
}

#[test]
fn a_scan_is_small() {
    assert!(size_of::<Scan>() <= 96);
}

#[test]
fn a_line_error_is_found_in_its_line_only() {
    let input = b"A: b\r\nC\x00: a line that is longer than the limit";
    let rules = walk::Rules { start: 0, end: 6, line_max: 4, fields_max: 1 };
    assert_eq!(line_error::find(input, 0, 0, rules), None);
    assert_eq!(line_error::find(input, 6, 1, rules), Some(faults::TOO_MANY_FIELDS.at(6)));
    assert_eq!(line_error::find(input, 6, 0, rules), Some(faults::SECTION_TOO_LONG.at(6)));
    assert_eq!(line_error::find(input, 6, 0, walk::Rules { end: 99, ..rules }), Some(faults::NAME.at(7)));
}
