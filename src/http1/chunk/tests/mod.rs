//! Every vector is decoded whole, octet by octet and cut at each place; content, end, fault and offset must agree.

mod body;
mod line;

use super::*;
use crate::error::Code;
use crate::guard::Limits;

/// The end of a message, with offsets from its start.
#[derive(Debug, PartialEq)]
enum End {
    /// The last-chunk ended at this offset.
    Last(usize),
    /// More input is needed.
    Open,
    Fault(Code, &'static core::ffi::CStr, u64),
}

/// Decodes `pieces` in turn; octets that a call does not consume go to the next call.
fn decode(pieces: &[&[u8]], limits: &Limits) -> (Vec<u8>, End) {
    let (mut decoder, mut content, mut before) = (ChunkDecoder::default(), Vec::new(), 0);
    for piece in pieces {
        let mut rest = *piece;
        loop {
            let step = match decoder.next(rest, limits) {
                Ok(step) => step,
                Err(error) => {
                    let again = decoder.next(b"0\r\n\r\n", limits).unwrap_err();
                    assert_eq!((again.fault, again.offset), (error.fault, 0), "a fault stays");
                    return (content, End::Fault(error.code(), error.fault.rule, before + error.offset));
                }
            };
            before += step.consumed() as u64;
            match step {
                ChunkStep::Data { offset, len } => {
                    assert_ne!(len, 0);
                    content.extend_from_slice(&rest[offset..offset + len]);
                }
                ChunkStep::NeedInput { consumed } => {
                    assert_eq!(consumed, rest.len(), "nothing is left for the caller to keep");
                    break;
                }
                ChunkStep::LastChunk { .. } => {
                    assert_eq!(decoder.next(b"XX", limits), Ok(ChunkStep::LastChunk { consumed: 0 }));
                    return (content, End::Last(before as usize));
                }
            }
            rest = &rest[step.consumed()..];
        }
    }
    (content, End::Open)
}

fn check_with(limits: &Limits, message: &[u8], content: &[u8], end: End) {
    let expected = (content.to_vec(), end);
    let shown = message.escape_ascii();
    assert_eq!(decode(&[message], limits), expected, "whole: {shown}");
    let octets: Vec<_> = message.chunks(1).collect();
    assert_eq!(decode(&octets, limits), expected, "octet by octet: {shown}");
    for cut in 0..=message.len() {
        let (a, b) = message.split_at(cut);
        assert_eq!(decode(&[a, b], limits), expected, "cut at {cut}: {shown}");
    }
}

#[track_caller]
fn accepts(message: &[u8], content: &[u8], rest: usize) {
    check_with(&Limits::DEFAULT, message, content, End::Last(message.len() - rest));
}

#[track_caller]
fn refuses(message: &[u8], content: &[u8], code: Code, rule: &'static core::ffi::CStr, offset: u64) {
    check_with(&Limits::DEFAULT, message, content, End::Fault(code, rule, offset));
}
