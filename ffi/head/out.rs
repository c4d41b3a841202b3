//! What a call leaves to the caller: the head, or where the input lay.

use core::ptr::null;

use super::types::{ww_field, ww_head, ww_span};
use crate::error::Error;
use crate::http1::head::{HeadPlace, Octets, RequestHead, ResponseHead, Summary};

/// Where the result of a call goes.
pub(super) struct Out<'a> {
    pub input: *const u8,
    pub held_input: &'a mut usize,
    pub fields: *const ww_field,
    pub head: &'a mut ww_head,
}

impl HeadPlace<RequestHead> for Out<'_> {
    #[inline(always)]
    fn put(&mut self, parsed: RequestHead) {
        *self.head = ww_head {
            method: self.span(parsed.method),
            target: self.span(parsed.target),
            method_id: parsed.method_id,
            version_minor: parsed.version_minor,
            ..self.head(parsed.head_len as usize, parsed.fields, &parsed.summary)
        };
    }
}

impl HeadPlace<ResponseHead> for Out<'_> {
    #[inline(always)]
    fn put(&mut self, parsed: ResponseHead) {
        *self.head = ww_head {
            reason: self.span(parsed.reason),
            status: parsed.status,
            version_minor: parsed.version_minor,
            ..self.head(parsed.head_len as usize, parsed.fields, &parsed.summary)
        };
    }
}

/// A trailer section: its octets and how many fields there are.
impl HeadPlace<(usize, u32)> for Out<'_> {
    #[inline(always)]
    fn put(&mut self, (len, fields): (usize, u32)) {
        *self.head = self.head(len, fields, &Summary::default());
    }
}

impl Out<'_> {
    /// The status of a call; `parsed` says whether the head was whole.
    #[inline(always)]
    pub fn finish(self, parsed: Result<bool, Error>) -> i32 {
        match parsed {
            Ok(true) => {
                *self.held_input = 0;
                0
            }
            Ok(false) => {
                *self.held_input = self.input as usize;
                1
            }
            Err(error) => error.code() as i32,
        }
    }

    #[inline(always)]
    fn head(&self, head_len: usize, fields: u32, summary: &Summary) -> ww_head {
        const NONE: ww_span = ww_span { data: null(), len: 0 };
        let length = summary.flags & (Summary::LENGTH | Summary::LENGTH_INVALID | Summary::LENGTH_DIFFERS);
        let host = Octets { offset: summary.host, len: summary.host_len };
        let has_host = summary.flags & Summary::HOST != 0;
        ww_head {
            method: NONE,
            target: NONE,
            reason: NONE,
            fields: self.fields,
            field_count: fields as usize,
            // Without one, it has no octets.
            host: ww_span { data: if has_host { self.span(host).data } else { null() }, ..self.span(host) },
            content_length: if length == Summary::LENGTH { summary.content_length } else { u64::MAX },
            head_len,
            flags: summary.flags,
            status: 0,
            method_id: 0,
            version_minor: 0,
            trailers: null(),
            trailer_count: 0,
        }
    }

    #[inline(always)]
    fn span(&self, octets: Octets) -> ww_span {
        ww_span { data: self.input.wrapping_add(octets.offset as usize), len: octets.len as usize }
    }
}
