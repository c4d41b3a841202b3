//! What holds of the functions without a handle that are about targets, fields and contents, whatever octets they get.

use wireway::http1::target::{MethodKind, TargetParts};
use wireway::semantics::base64::Alphabet;
use wireway::semantics::cookie::CookiePairs;
use wireway::semantics::date;
use wireway::semantics::entity_tag::EntityTag;
use wireway::semantics::form::FormPairs;
use wireway::semantics::media_type::MediaType;
use wireway::semantics::negotiation::{Negotiation, weight};
use wireway::semantics::parameters::{Parameters, is_value, unquoted};
use wireway::semantics::percent::{Decoded, Rules};
use wireway::semantics::preconditions::{Condition, Representation, Verdict, evaluate};
use wireway::semantics::range::{self, ByteRange, RangeVerdict};

/// Path and query are the end of the target.
pub fn target(octets: &[u8]) {
    for method in [MethodKind::Other, MethodKind::Options, MethodKind::Connect] {
        let Ok(parts) = TargetParts::of(method, octets) else { continue };
        let mut end = parts.path().to_vec();
        parts.query().into_iter().for_each(|query| end.extend([b"?", query].concat()));
        let is_given = octets.ends_with(&end) || matches!(parts.path(), b"/" | b"*");
        assert!(is_given && parts.path().len() <= octets.len().max(1));
    }
}

/// What is decoded is never longer, and escaped again it is the same; where the strict rule takes a text the lenient one says the same.
pub fn percent(text: &[u8]) {
    for form in [false, true] {
        let decoded =
            |lenient, text: &[u8]| Decoded::new(text, Rules { form, lenient }).collect::<Result<Vec<u8>, _>>();
        let any = decoded(true, text).expect("it is lenient");
        assert!(any.len() <= text.len());
        if let Ok(strict) = decoded(false, text) {
            let escaped: String = strict.iter().map(|octet| format!("%{octet:02x}")).collect();
            assert_eq!((&decoded(false, escaped.as_bytes()).expect("whole escapes"), &any), (&strict, &strict));
        }
    }
}

/// Pairs put together again are the same pairs.
pub fn pairs(text: &[u8]) {
    let form: Vec<_> = FormPairs::new(text).collect();
    let line = |(name, value): &(&[u8], Option<&[u8]>)| value.map_or(name.to_vec(), |value| [*name, value].join(&b'='));
    let again = form.iter().map(line).collect::<Vec<_>>().join(&b'&');
    assert!(again.len() <= text.len());
    assert_eq!(FormPairs::new(&again).collect::<Vec<_>>(), form);
    let cookies: Vec<_> = CookiePairs::new(text).collect();
    let again = cookies.iter().map(|(name, value)| [*name, *value].join(&b'=')).collect::<Vec<_>>().join(&b"; "[..]);
    assert_eq!(CookiePairs::new(&again).collect::<Vec<_>>(), cookies);
}

/// A date is of a year that four digits can say, or with two digits of one near now.
pub fn dates(now: i64, text: &[u8]) {
    const YEAR_9999: i64 = 253_402_300_800;
    const HALF_A_CENTURY: i64 = 51 * 366 * 86_400;
    let Some(seconds) = date::parse(text, now) else { return };
    if text.contains(&b'-') {
        let now = now.clamp(-YEAR_9999, YEAR_9999);
        assert!((now - HALF_A_CENTURY..=now + HALF_A_CENTURY).contains(&seconds));
    } else {
        assert!((-62_167_219_200..=YEAR_9999).contains(&seconds));
        assert_eq!(date::parse(text, now.wrapping_neg()), Some(seconds));
    }
}

/// Ranges lie in the content, have an octet, and are not more than the content.
pub fn ranges(length: u64, room: usize, value: &[u8]) {
    let mut table = [ByteRange { first: 7, len: 7 }; 16];
    let count = match range::evaluate(value, length, &mut table[..room % 16]) {
        RangeVerdict::Whole => {
            assert_eq!(table[0], ByteRange { first: 0, len: length });
            1
        }
        RangeVerdict::Partial(count) => count,
        RangeVerdict::Ignore | RangeVerdict::Unsatisfiable => 0,
    };
    assert!(count <= room % 16);
    let is_inside = |range: &ByteRange| range.len != 0 && range.first < length && range.len <= length - range.first;
    assert!(table[..count].iter().all(is_inside));
    assert!(table[..count].iter().map(|range| u128::from(range.len)).sum::<u128>() <= u128::from(length));
}

/// HEAD is evaluated as GET, and no method that changes anything is told 304.
pub fn preconditions(flags: u8, now: i64, lines: &[u8]) {
    const CONDITIONS: [Condition; 5] = [
        Condition::Match,
        Condition::NoneMatch,
        Condition::ModifiedSince,
        Condition::UnmodifiedSince,
        Condition::Range,
    ];
    let mut lines = lines.split(|&octet| octet == b'\n');
    let etag = lines.next().and_then(EntityTag::parse);
    let fields = lines.filter_map(|line| Some((CONDITIONS[usize::from(*line.first()?) % 5], &line[1..])));
    let modified = (flags & 2 != 0).then_some(784_111_777);
    let current = Representation { is_absent: flags & 1 != 0, etag, modified, is_date_strong: flags & 4 != 0 };
    let of = |method: &[u8]| evaluate(method, fields.clone(), &current, now);
    let (get, head) = (of(b"GET"), of(b"HEAD"));
    assert_eq!(head, if get == Verdict::ProceedWhole { Verdict::Proceed } else { get });
    assert!(matches!(of(b"PUT"), Verdict::Proceed | Verdict::Failed));
    assert_eq!(of(b"OPTIONS"), Verdict::Proceed);
}

/// Weights are no more than the most, and the order of the lines is nothing.
pub fn weights(lines: &[u8]) {
    let mut lines: Vec<&[u8]> = lines.split(|&octet| octet == b'\n').collect();
    let offer = lines.pop().unwrap_or_default();
    for field in [Negotiation::MediaType, Negotiation::Coding, Negotiation::Language] {
        let found = weight(field, lines.iter().copied(), offer);
        assert_eq!(found, weight(field, lines.iter().rev().copied(), offer));
        assert!(found.is_none_or(|weight| weight <= 1000));
    }
}

/// Parameters put together again are the same parameters, and each value is one.
pub fn media_types(text: &[u8]) {
    let Some(media_type) = MediaType::parse(text) else { return };
    let walked: Vec<_> = media_type.parameters().map_while(Result::ok).collect();
    let again: Vec<u8> = walked.iter().flat_map(|(name, value)| [b";", *name, b"=", *value].concat()).collect();
    assert_eq!(Parameters::new(&again).map(|pair| pair.expect("it was one")).collect::<Vec<_>>(), walked);
    for (_, value) in walked {
        assert!(is_value(value) && unquoted(value).count() <= value.len());
    }
}

/// Octets come back from their text, and a text that is taken is the only one of its octets.
pub fn base64(octets: &[u8]) {
    for (is_url_safe, is_unpadded) in [(false, false), (false, true), (true, false), (true, true)] {
        let alphabet = Alphabet { is_url_safe, is_unpadded };
        let encoded = |octets: &[u8]| {
            let mut text = vec![0; alphabet.encoded_len(octets.len()).expect("they are few")];
            alphabet.encode(octets, &mut text);
            text
        };
        let decoded = |text: &[u8]| {
            let mut octets = vec![0; alphabet.decoded_len(text)?];
            alphabet.decode(text, &mut octets).then_some(octets)
        };
        assert_eq!(decoded(&encoded(octets)).as_deref(), Some(octets));
        if let Some(taken) = decoded(octets) {
            assert_eq!(encoded(&taken), octets);
        }
    }
}
