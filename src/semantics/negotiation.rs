//! The weight of an offer by Accept, Accept-Encoding or Accept-Language (RFC 9110 §12.5).
//!
//! Uses the lists of [`crate::http1::list`]. The most specific element decides, not the first. Invalid elements are
//! skipped.

use super::media_type::MediaType;
use super::parameters::{Parameters, unquoted};
use super::quality::{self, LEAST, MOST};
use crate::http1::list::{elements, trim};
use crate::http1::octet::is_token;

/// The negotiation fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Negotiation {
    /// Accept: the offer is a media type.
    MediaType,
    /// Accept-Encoding: the offer is a content coding, or `identity` for none.
    Coding,
    /// Accept-Language: the offer is a language tag (RFC 4647 §3.3.1, basic filtering).
    Language,
}

/// The weight of `offer` by all lines of the field, in thousandths; 0 is not acceptable. `None` if the offer is invalid
/// for the field.
///
/// Without the field, or without elements, media types and languages have the maximum weight. Of codings only
/// `identity` does: a peer that does not ask for another may not support it. If codings are listed but `identity` is
/// not matched, it has the minimum weight.
pub fn weight<'a>(field: Negotiation, lines: impl Iterator<Item = &'a [u8]>, offer: &[u8]) -> Option<u16> {
    let offer = Offer::of(field, offer)?;
    let mut best: Option<(usize, u16)> = None;
    let mut is_any_there = false;
    for preference in
        lines.flat_map(|line| elements(line).map_while(Result::ok)).filter_map(|it| Preference::of(field, it))
    {
        is_any_there = true;
        if let Some(depth) = offer.is_in(&preference) {
            best = best.max(Some((depth, preference.weight)));
        }
    }
    Some(best.map_or_else(|| offer.weight_unnamed(is_any_there), |(_, weight)| weight))
}

/// An element of one of the fields.
struct Preference<'a> {
    range: &'a [u8],
    /// All parameters, including the weight.
    parameters: Parameters<'a>,
    weight: u16,
}

impl<'a> Preference<'a> {
    /// `None` for an invalid element.
    fn of(field: Negotiation, element: &'a [u8]) -> Option<Self> {
        let end = element.iter().position(|&octet| octet == b';').unwrap_or(element.len());
        let (range, rest) = element.split_at(end);
        let range = trim(range);
        let is_range = match field {
            Negotiation::MediaType => MediaType::parse(range).is_some(),
            Negotiation::Coding | Negotiation::Language => is_token(range),
        };
        if !is_range {
            return None;
        }
        let parameters = Parameters::new(rest);
        let mut weight = MOST;
        for parameter in parameters.clone() {
            let (name, value) = parameter.ok()?;
            if is_weight(name) {
                weight = quality::parse(value)?;
                break;
            }
        }
        Some(Self { range, parameters, weight })
    }

    /// The parameters before the weight: those of a media range.
    fn own_parameters(&self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> {
        self.parameters.clone().map_while(Result::ok).take_while(|(name, _)| !is_weight(name))
    }
}

fn is_weight(name: &[u8]) -> bool {
    name.eq_ignore_ascii_case(b"q")
}

/// An offer.
struct Offer<'a> {
    field: Negotiation,
    text: &'a [u8],
    /// Of a media type.
    media_type: Option<MediaType<'a>>,
}

impl<'a> Offer<'a> {
    fn of(field: Negotiation, text: &'a [u8]) -> Option<Self> {
        if field != Negotiation::MediaType {
            return (is_token(text) && text != b"*").then_some(Self { field, text, media_type: None });
        }
        let media_type = MediaType::parse(text).filter(|it| it.kind() != b"*" && it.subtype() != b"*")?;
        Some(Self { field, text, media_type: Some(media_type) })
    }

    /// The weight of an offer that no element matches.
    fn weight_unnamed(&self, is_any_there: bool) -> u16 {
        match self.field {
            Negotiation::MediaType | Negotiation::Language => {
                if is_any_there {
                    0
                } else {
                    MOST
                }
            }
            Negotiation::Coding if !self.text.eq_ignore_ascii_case(b"identity") => 0,
            Negotiation::Coding => {
                if is_any_there {
                    LEAST
                } else {
                    MOST
                }
            }
        }
    }

    /// How specific a matching element is, above 0; `None` if it does not match.
    fn is_in(&self, preference: &Preference<'_>) -> Option<usize> {
        let range = preference.range;
        match (self.field, self.media_type) {
            (Negotiation::MediaType, media_type) => media_type_depth(&media_type?, preference),
            _ if range == b"*" => Some(1),
            (Negotiation::Coding, _) => is_same_coding(range, self.text).then_some(2),
            (Negotiation::Language, _) => is_language_in(self.text, range).then_some(1 + range.len()),
        }
    }
}

fn media_type_depth(offer: &MediaType<'_>, preference: &Preference<'_>) -> Option<usize> {
    let range = MediaType::parse(preference.range)?;
    let depth = match (range.kind(), range.subtype()) {
        (b"*", b"*") => 1,
        (kind, _) if !kind.eq_ignore_ascii_case(offer.kind()) => return None,
        (_, b"*") => 2,
        (_, subtype) if subtype.eq_ignore_ascii_case(offer.subtype()) => 3,
        _ => return None,
    };
    let has = |(name, value): (&[u8], &[u8])| {
        let of_offer = offer.parameters().map_while(Result::ok);
        of_offer.into_iter().any(|(own, its)| own.eq_ignore_ascii_case(name) && is_same_value(its, value))
    };
    let is_whole = preference.own_parameters().all(has);
    is_whole.then(|| depth + preference.own_parameters().count())
}

/// Whether two parameter values are equal, quoted or not, case-insensitively (as for most parameters).
fn is_same_value(one: &[u8], other: &[u8]) -> bool {
    unquoted(one).map(|octet| octet.to_ascii_lowercase()).eq(unquoted(other).map(|octet| octet.to_ascii_lowercase()))
}

/// Whether two codings are equal: gzip and compress have old names too (RFC 9110 §8.4.1).
fn is_same_coding(one: &[u8], other: &[u8]) -> bool {
    let plain = |name: &[u8]| -> usize { if name.len() > 2 && name[..2].eq_ignore_ascii_case(b"x-") { 2 } else { 0 } };
    let is_aliased = |name: &[u8]| [&b"gzip"[..], b"compress"].iter().any(|own| own.eq_ignore_ascii_case(name));
    let (short, long) = (&one[plain(one)..], &other[plain(other)..]);
    one.eq_ignore_ascii_case(other) || (is_aliased(short) && short.eq_ignore_ascii_case(long))
}

/// Whether a language tag matches a range: `de-CH` matches `de`.
fn is_language_in(tag: &[u8], range: &[u8]) -> bool {
    let Some((start, rest)) = tag.split_at_checked(range.len()) else { return false };
    start.eq_ignore_ascii_case(range) && matches!(rest, [] | [b'-', ..]) && !range.is_empty()
}

#[cfg(test)]
mod tests;
