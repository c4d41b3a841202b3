use super::Condition::{Match, ModifiedSince, NoneMatch, Range, UnmodifiedSince};
use super::Verdict::{Failed, NotModified, Proceed, ProceedWhole};
use super::*;

/// Before, at and after the modification of what is there.
const BEFORE: &str = "Sun, 06 Nov 1994 08:49:36 GMT";
const AT: &str = "Sunday, 06-Nov-94 08:49:37 GMT";
const AFTER: &str = "Sun Nov  6 08:49:38 1994";
const MODIFIED: i64 = 784_111_777;

fn there(etag: &str) -> Representation<'_> {
    let etag = EntityTag::parse(etag.as_bytes());
    Representation { is_absent: false, etag, modified: Some(MODIFIED), is_date_strong: true }
}

fn evaluated(method: &str, fields: &[(Condition, &str)], current: &Representation<'_>) -> Verdict {
    let fields = fields.iter().map(|(condition, value)| (*condition, value.as_bytes()));
    evaluate(method.as_bytes(), fields, current, MODIFIED)
}

/// The verdicts on GET, HEAD and PUT of what has the entity tag `"a"`.
fn verdicts(fields: &[(Condition, &str)]) -> [Verdict; 3] {
    ["GET", "HEAD", "PUT"].map(|method| evaluated(method, fields, &there("\"a\"")))
}

const GOES: [Verdict; 3] = [Proceed; 3];
const STOPS: [Verdict; 3] = [Failed; 3];
const KNOWN: [Verdict; 3] = [NotModified, NotModified, Failed];

#[test]
fn h1_sem_08_each_condition_alone() {
    for (condition, value, expected) in [
        (Match, "*", GOES),
        (Match, "\"b\", \"a\"", GOES),
        (Match, "\"b\"", STOPS),
        (Match, "W/\"a\"", STOPS),
        (Match, "a", STOPS),
        (Match, "", STOPS),
        (NoneMatch, "*", KNOWN),
        (NoneMatch, "\"a\"", KNOWN),
        (NoneMatch, "\"b\",W/\"a\"", KNOWN),
        (NoneMatch, "\"A\"", GOES),
        (NoneMatch, "a", GOES),
        (NoneMatch, "\"b\", *", GOES),
        (NoneMatch, "", GOES),
        (UnmodifiedSince, BEFORE, STOPS),
        (UnmodifiedSince, AT, GOES),
        (UnmodifiedSince, AFTER, GOES),
        (UnmodifiedSince, "yesterday", GOES),
        (ModifiedSince, BEFORE, GOES),
        (ModifiedSince, AT, [NotModified, NotModified, Proceed]),
        (ModifiedSince, AFTER, [NotModified, NotModified, Proceed]),
        (ModifiedSince, "0", GOES),
        (Range, "\"a\"", GOES),
        (Range, AT, GOES),
        (Range, "\"b\"", [ProceedWhole, Proceed, Proceed]),
        (Range, "W/\"a\"", [ProceedWhole, Proceed, Proceed]),
        (Range, AFTER, [ProceedWhole, Proceed, Proceed]),
        (Range, BEFORE, [ProceedWhole, Proceed, Proceed]),
        (Range, "a", [ProceedWhole, Proceed, Proceed]),
        (Range, "", [ProceedWhole, Proceed, Proceed]),
    ] {
        assert_eq!(verdicts(&[(condition, value)]), expected, "{condition:?} {value}");
    }
    assert_eq!(verdicts(&[]), GOES);
}

/// RFC 9110 §13.2.2: what decides where several are there, whatever the order of the lines.
#[test]
fn h1_sem_08_precedence() {
    let whole = [ProceedWhole, Proceed, Proceed];
    for (one, other, expected) in [
        // If-Match makes If-Unmodified-Since be ignored.
        ((Match, "\"a\""), (UnmodifiedSince, BEFORE), GOES),
        ((Match, "\"b\""), (UnmodifiedSince, AFTER), STOPS),
        // If-None-Match makes If-Modified-Since be ignored.
        ((NoneMatch, "\"b\""), (ModifiedSince, AFTER), GOES),
        ((NoneMatch, "\"a\""), (ModifiedSince, BEFORE), KNOWN),
        // 412 by the first two steps comes before 304.
        ((Match, "\"b\""), (NoneMatch, "\"a\""), STOPS),
        ((UnmodifiedSince, BEFORE), (ModifiedSince, AFTER), STOPS),
        ((Match, "\"a\""), (NoneMatch, "\"a\""), KNOWN),
        ((UnmodifiedSince, AFTER), (NoneMatch, "\"a\""), KNOWN),
        // 304 and 412 come before If-Range.
        ((NoneMatch, "\"a\""), (Range, "\"b\""), KNOWN),
        ((Match, "\"b\""), (Range, "\"b\""), STOPS),
        ((NoneMatch, "\"b\""), (Range, "\"b\""), whole),
        // Lines of a list are one list; a date that stands there twice is none.
        ((NoneMatch, "\"b\""), (NoneMatch, "\"a\""), KNOWN),
        ((Match, "\"b\""), (Match, "*"), GOES),
        ((ModifiedSince, AFTER), (ModifiedSince, AFTER), GOES),
        ((UnmodifiedSince, BEFORE), (UnmodifiedSince, BEFORE), GOES),
        ((Range, "\"a\""), (Range, "\"a\""), whole),
    ] {
        assert_eq!(verdicts(&[one, other]), expected, "{one:?} {other:?}");
        assert_eq!(verdicts(&[other, one]), expected, "{other:?} {one:?}");
    }
}

#[test]
fn h1_sem_08_what_is_not_there_and_what_has_no_validators() {
    let absent = Representation { is_absent: true, ..there("\"a\"") };
    for (condition, value, expected) in [
        (Match, "*", Failed),
        (Match, "\"a\"", Failed),
        (NoneMatch, "*", Proceed),
        (NoneMatch, "\"a\"", Proceed),
        (UnmodifiedSince, BEFORE, Proceed),
        (Range, AT, Proceed),
    ] {
        assert_eq!(evaluated("PUT", &[(condition, value)], &absent), expected, "{condition:?} {value}");
    }
    assert_eq!(evaluated("GET", &[(ModifiedSince, AFTER)], &absent), Proceed);
    for value in [AT, "\"a\""] {
        assert_eq!(evaluated("GET", &[(Range, value)], &absent), ProceedWhole, "{value}");
    }
    let plain = Representation::default();
    for (condition, value, expected) in [
        (Match, "*", Proceed),
        (Match, "\"\"", Failed),
        (NoneMatch, "*", NotModified),
        (NoneMatch, "\"\"", Proceed),
        (UnmodifiedSince, BEFORE, Proceed),
        (ModifiedSince, AFTER, Proceed),
        (Range, "\"\"", ProceedWhole),
        (Range, AT, ProceedWhole),
        (Range, "x", ProceedWhole),
    ] {
        assert_eq!(evaluated("GET", &[(condition, value)], &plain), expected, "{condition:?} {value}");
    }
}

#[test]
fn h1_sem_08_weak_validators_are_none_for_match_and_range() {
    let weak = Representation { is_date_strong: false, ..there("W/\"a\"") };
    for (condition, value, expected) in [
        (Match, "W/\"a\"", Failed),
        (Match, "\"a\"", Failed),
        (NoneMatch, "\"a\"", NotModified),
        (NoneMatch, "W/\"a\"", NotModified),
        (Range, "W/\"a\"", ProceedWhole),
        (Range, "\"a\"", ProceedWhole),
        (Range, AT, ProceedWhole),
    ] {
        assert_eq!(evaluated("GET", &[(condition, value)], &weak), expected, "{condition:?} {value}");
    }
}

#[test]
fn h1_sem_08_methods_without_a_representation_have_no_preconditions() {
    for method in ["CONNECT", "OPTIONS", "TRACE"] {
        assert_eq!(evaluated(method, &[(Match, "\"b\""), (NoneMatch, "*")], &there("\"a\"")), Proceed, "{method}");
    }
    assert_eq!(evaluated("get", &[(NoneMatch, "*")], &there("\"a\"")), Failed, "methods are case-sensitive");
}
