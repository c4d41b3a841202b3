//! The facts that framing and persistence depend on, collected field by field in any order. This file alone decides
//! what a field adds to a [`Summary`].

use super::list::{Elements, trim};
use super::octet::{self, TOKEN};
use super::{FieldId, field_id};
use crate::narrow::place;

/// The framing facts of one head. What they mean is decided in [`framing`](crate::http1::framing) and the machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct Summary {
    /// The Content-Length; valid if [`Summary::LENGTH`] and none of its faults is set.
    pub content_length: u64,
    /// `Summary::*` bits.
    pub flags: u32,
    /// Offset of the first Host value.
    pub host: u32,
    /// Length of the first Host value.
    pub host_len: u32,
    /// Offset of the first value that set one of [`Summary::FAULTS`].
    pub fault: u32,
}

impl Summary {
    /// Host was present.
    pub const HOST: u32 = 1 << 0;
    /// More than one Host line (H1-TGT-11).
    pub const HOST_REPEATED: u32 = 1 << 1;
    /// Content-Length was present.
    pub const LENGTH: u32 = 1 << 2;
    /// The same length again, in a list or another line (H1-CL-05).
    pub const LENGTH_REPEATED: u32 = 1 << 3;
    /// Two lengths that differ (H1-CL-04).
    pub const LENGTH_DIFFERS: u32 = 1 << 4;
    /// Not 1*DIGIT, above 2^63-1 or folded (H1-CL-01, -03).
    pub const LENGTH_INVALID: u32 = 1 << 5;
    /// Transfer-Encoding was present.
    pub const TE: u32 = 1 << 6;
    /// The final coding over all lines is exactly `chunked` (any case).
    pub const TE_CHUNKED: u32 = 1 << 7;
    /// A coding other than `chunked` is named (H1-TE-05, -06).
    pub const TE_OTHER: u32 = 1 << 8;
    /// `chunked` is named twice, or a coding follows it (H1-TE-05, -07).
    pub const TE_CHUNKED_AGAIN: u32 = 1 << 9;
    /// Not a list of transfer codings, parameters on `chunked`, empty or folded (H1-TE-09, -10).
    pub const TE_INVALID: u32 = 1 << 10;
    /// Connection names `close`.
    pub const CLOSE: u32 = 1 << 11;
    /// Connection names `keep-alive`.
    pub const KEEP_ALIVE: u32 = 1 << 12;
    /// Connection names `upgrade`.
    pub const CONNECTION_UPGRADE: u32 = 1 << 13;
    /// Upgrade was present.
    pub const UPGRADE: u32 = 1 << 14;
    /// Expect names `100-continue`.
    pub const EXPECT_CONTINUE: u32 = 1 << 15;
    /// Expect names anything else (H1-EXP-04).
    pub const EXPECT_OTHER: u32 = 1 << 16;
    /// The bits that may cause a message to be refused.
    pub const FAULTS: u32 = Self::HOST_REPEATED
        | Self::LENGTH_REPEATED
        | Self::LENGTH_DIFFERS
        | Self::LENGTH_INVALID
        | Self::TE_OTHER
        | Self::TE_CHUNKED_AGAIN
        | Self::TE_INVALID;
    /// Reserved for leniencies.
    pub const LENIENT: u32 = 1 << 31;

    /// [`Summary::note`] without a call for what most requests have.
    #[inline(always)]
    pub(super) fn take(&mut self, id: FieldId, value: &[u8], at: u32, folded: bool) {
        if id == field_id::HOST && self.flags & Self::HOST == 0 {
            (self.host, self.host_len) = (at, place(value.len()));
            self.flags |= Self::HOST;
        } else {
            self.note(id, value, at, folded);
        }
    }

    /// Records a field that affects framing or persistence. `value` is at offset `at` of the input.
    ///
    /// Marked cold, although most heads have one or two such fields, so that the walk keeps its registers for the
    /// others.
    #[cold]
    #[inline(never)]
    pub(super) fn note(&mut self, id: FieldId, value: &[u8], at: u32, folded: bool) {
        match id {
            // The walks handle the first one.
            field_id::HOST => self.raise(Self::HOST_REPEATED, at),
            field_id::CONTENT_LENGTH => self.note_length(value, at, folded),
            field_id::TRANSFER_ENCODING => self.note_transfer_encoding(value, at, folded),
            field_id::CONNECTION => self.note_connection(value),
            field_id::EXPECT => self.note_expect(value),
            field_id::UPGRADE => self.flags |= Self::UPGRADE,
            _ => {}
        }
    }

    /// H1-CL-01 to -05. An empty element is not a number.
    fn note_length(&mut self, value: &[u8], at: u32, folded: bool) {
        if folded {
            self.raise(Self::LENGTH_INVALID, at);
        }
        for element in value.split(|octet| *octet == b',') {
            match number(trim(element)) {
                None => self.raise(Self::LENGTH_INVALID, at),
                Some(length) if self.flags & Self::LENGTH == 0 => self.content_length = length,
                Some(length) if self.content_length == length => self.raise(Self::LENGTH_REPEATED, at),
                Some(_) => self.raise(Self::LENGTH_DIFFERS, at),
            }
            self.flags |= Self::LENGTH;
        }
    }

    /// H1-TE-05 to -10.
    fn note_transfer_encoding(&mut self, value: &[u8], at: u32, folded: bool) {
        self.flags |= Self::TE;
        let mut invalid = folded;
        for element in Elements::of(value) {
            invalid |= self.note_coding(element, at);
        }
        if invalid {
            self.raise(Self::TE_INVALID, at);
        }
    }

    /// Records one coding; returns whether it is malformed.
    fn note_coding(&mut self, coding: &[u8], at: u32) -> bool {
        let end = coding.iter().position(|octet| !octet::is(*octet, TOKEN)).unwrap_or(coding.len());
        let (name, parameters) = coding.split_at(end);
        if self.flags & Self::TE_CHUNKED != 0 {
            self.raise(Self::TE_CHUNKED_AGAIN, at);
        }
        let chunked = name.eq_ignore_ascii_case(b"chunked");
        if chunked {
            self.flags |= Self::TE_CHUNKED;
        } else {
            self.flags &= !Self::TE_CHUNKED;
            self.raise(Self::TE_OTHER, at);
        }
        let well_formed = !name.is_empty() && matches!(trim(parameters).first(), None | Some(b';'));
        !well_formed || (chunked && !parameters.is_empty())
    }

    fn note_connection(&mut self, value: &[u8]) {
        // Usually a single option; parse a list only otherwise.
        if !self.note_option(value) {
            for option in Elements::of(value) {
                self.note_option(option);
            }
        }
    }

    /// Records one connection option; returns whether it is known.
    #[inline(always)]
    fn note_option(&mut self, option: &[u8]) -> bool {
        self.flags |= match option.len() {
            10 if option.eq_ignore_ascii_case(b"keep-alive") => Self::KEEP_ALIVE,
            5 if option.eq_ignore_ascii_case(b"close") => Self::CLOSE,
            7 if option.eq_ignore_ascii_case(b"upgrade") => Self::CONNECTION_UPGRADE,
            _ => return false,
        };
        true
    }

    fn note_expect(&mut self, value: &[u8]) {
        for expectation in Elements::of(value) {
            let known = expectation.eq_ignore_ascii_case(b"100-continue");
            self.flags |= if known { Self::EXPECT_CONTINUE } else { Self::EXPECT_OTHER };
        }
    }

    /// Sets a bit of [`Summary::FAULTS`] and records the offset of the first one.
    fn raise(&mut self, fault: u32, at: u32) {
        if self.flags & Self::FAULTS == 0 {
            self.fault = at;
        }
        self.flags |= fault;
    }
}

/// 1*DIGIT, at most 2^63-1.
fn number(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() {
        return None;
    }
    let add = |number: u64, digit: &u8| {
        let digit = digit.checked_sub(b'0').filter(|digit| *digit <= 9)?;
        number.checked_mul(10)?.checked_add(u64::from(digit)).filter(|number| *number <= i64::MAX as u64)
    };
    digits.iter().try_fold(0, add)
}
