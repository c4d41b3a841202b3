//! What a call leaves to the caller: the head, or where the input lay.

use core::ptr::null;

use super::types::{ww_field, ww_head, ww_span};
use crate::error::Error;
use crate::http1::head::{Octets, RequestHead, ResponseHead, Summary};

/// Where the result of a call goes.
pub(super) struct Out<'a> {
    pub input: *const u8,
    pub held_input: &'a mut usize,
    pub fields: *const ww_field,
    pub head: &'a mut ww_head,
}

impl Out<'_> {
    #[inline(always)]
    pub fn request(self, parsed: Result<Option<RequestHead>, Error>) -> i32 {
        self.finish(parsed, |out, parsed| ww_head {
            method: out.span(parsed.method),
            target: out.span(parsed.target),
            method_id: parsed.method_id,
            version_minor: parsed.version_minor,
            ..out.head(parsed.head_len as usize, parsed.fields, &parsed.summary)
        })
    }

    #[inline(always)]
    pub fn response(self, parsed: Result<Option<ResponseHead>, Error>) -> i32 {
        self.finish(parsed, |out, parsed| ww_head {
            reason: out.span(parsed.reason),
            status: parsed.status,
            version_minor: parsed.version_minor,
            ..out.head(parsed.head_len as usize, parsed.fields, &parsed.summary)
        })
    }

    #[inline(always)]
    pub fn trailers(self, parsed: Result<Option<(usize, u32)>, Error>) -> i32 {
        self.finish(parsed, |out, (len, fields)| out.head(len, fields, &Summary::default()))
    }

    #[inline(always)]
    fn finish<T>(self, parsed: Result<Option<T>, Error>, head: impl FnOnce(&Self, T) -> ww_head) -> i32 {
        match parsed {
            Ok(Some(parsed)) => {
                *self.head = head(&self, parsed);
                *self.held_input = 0;
                0
            }
            Ok(None) => {
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
        ww_head {
            method: NONE,
            target: NONE,
            reason: NONE,
            fields: self.fields,
            field_count: fields as usize,
            host: if summary.flags & Summary::HOST != 0 { self.span(host) } else { NONE },
            content_length: if length == Summary::LENGTH { summary.content_length } else { u64::MAX },
            head_len,
            flags: summary.flags,
            status: 0,
            method_id: 0,
            version_minor: 0,
            reserved: [0; 2],
        }
    }

    #[inline(always)]
    fn span(&self, octets: Octets) -> ww_span {
        ww_span { data: self.input.wrapping_add(octets.offset as usize), len: octets.len as usize }
    }
}
