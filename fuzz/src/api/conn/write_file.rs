//! Content out of files.

use wireway::ffi::conn::file::{ww_conn_respond_file, ww_conn_send_file};
use wireway::ffi::file::ww_file;
use wireway::ffi::file_response::ww_file_response;
use wireway::ffi::head::ids::WW_FIELD_RANGE;
use wireway::ffi::head::types::{ww_field, ww_head};
use wireway::ffi::status::*;

use super::end::End;
use super::write::{begin, said};
use crate::api::octets::{field, of_file, span};

pub fn send_file(end: &mut End, offset: u64, len: usize) {
    let (token, _) = end.tokens.offer(Vec::new());
    let file = ww_file { size: size_of::<ww_file>(), fd: 1000, offset, len: len as u64 };
    // SAFETY: a connection and a struct of ours. A connection does not look at the descriptor.
    let status = end.write(|c| unsafe { ww_conn_send_file(c, &raw const file, token) });
    if status == WW_OK {
        end.tokens.taken();
    }
    said(end, status, &of_file(offset, len));
}

/// Answers with a file, or with what is behind its first octet.
pub fn respond_file(end: &mut End, offset: u64, len: usize, is_part: bool) {
    let number = end.said.messages.len().to_string();
    let fields = [field("X-N", number.as_bytes())];
    let asked = [ww_field { id: WW_FIELD_RANGE, ..field("Range", b"bytes=1-") }];
    // SAFETY: a head of nothing but integers and pointers.
    let mut head: ww_head = unsafe { std::mem::zeroed() };
    (head.method, head.fields, head.field_count) = (span(b"GET"), asked.as_ptr(), usize::from(is_part));
    let (token, _) = end.tokens.offer(Vec::new());
    let response = ww_file_response {
        size: size_of::<ww_file_response>(),
        fd: 1000,
        offset,
        len: len as u64,
        content_type: span(b"text/plain"),
        etag: span(b"\"a\""),
        last_modified: 1,
        flags: 0,
        reserved: 0,
        fields: fields.as_ptr(),
        field_count: fields.len(),
        token,
    };
    // SAFETY: a connection and structs of ours. A connection does not look at the descriptor.
    let status = end.write(|c| unsafe { ww_conn_respond_file(c, &raw const head, &raw const response) });
    if status == WW_OK {
        end.tokens.taken();
        let first = usize::from(is_part).min(len);
        let is_silent = end.app.is_head;
        begin(end, of_file(offset + first as u64, len - first), 0, is_silent);
    }
}
