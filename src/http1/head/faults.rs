//! All errors of a head.
//!
//! The status is a server's response to the request; a client ignores it.

use crate::error::{Code, Fault};

pub(super) static METHOD: Fault =
    Fault::new(Code::RequestLine, 400, c"H1-LINE-02", c"the request does not begin with a method and one space");
pub(super) static RESPONSE_TO_SERVER: Fault =
    Fault::new(Code::RequestLine, 400, c"H1-LINE-12", c"a response where a request was expected");
pub(super) static FIRST_OCTET: Fault =
    Fault::new(Code::RequestLine, 400, c"H1-LINE-11", c"an octet that cannot begin a request");
pub(super) static REQUEST_EMPTY_LINES: Fault =
    Fault::new(Code::RequestLine, 400, c"H1-LINE-09", c"more than four empty lines before the request line");
pub(super) static REQUEST_SPACE: Fault =
    Fault::new(Code::RequestLine, 400, c"H1-LINE-01", c"the parts of a request line are separated by one space each");
pub(super) static NO_VERSION: Fault =
    Fault::new(Code::RequestLine, 400, c"H1-LINE-06", c"the request line names no version");
pub(super) static METHOD_TOO_LONG: Fault =
    Fault::new(Code::TooLarge, 501, c"H1-LIM-01", c"the method is longer than the limit");

pub(super) static TARGET: Fault =
    Fault::new(Code::Target, 400, c"H1-TGT-02", c"an octet that is not allowed in a request target");
pub(super) static TARGET_ESCAPE: Fault =
    Fault::new(Code::Target, 400, c"H1-TGT-02", c"a percent sign without two hexadecimal digits in the target");
pub(super) static TARGET_TOO_LONG: Fault =
    Fault::new(Code::TooLarge, 414, c"H1-LIM-01", c"the request target is longer than the limit");

pub(super) static VERSION: Fault =
    Fault::new(Code::Version, 400, c"H1-LINE-03", c"the version is not HTTP/, a digit, a dot and a digit");
pub(super) static MAJOR: Fault = Fault::new(Code::Version, 505, c"H1-LINE-04", c"the major version is not 1");
pub(super) static NOT_HTTP: Fault = Fault::new(Code::Version, 400, c"H1-RSP-05", c"the status line is not HTTP/1");

pub(super) static STATUS_FIRST_OCTET: Fault =
    Fault::new(Code::StatusLine, 400, c"H1-LINE-11", c"an octet that cannot begin a response");
pub(super) static STATUS_LINE: Fault =
    Fault::new(Code::StatusLine, 400, c"H1-RSP-01", c"the status line is not a version, three digits and a reason");
pub(super) static REASON: Fault =
    Fault::new(Code::StatusLine, 400, c"H1-RSP-02", c"a control octet in the reason phrase");
pub(super) static STATUS_EMPTY_LINES: Fault =
    Fault::new(Code::StatusLine, 400, c"H1-LINE-09", c"more than four empty lines before the status line");
pub(super) static STATUS_LINE_TOO_LONG: Fault =
    Fault::new(Code::TooLarge, 431, c"H1-LIM-03", c"the status line is longer than the limit");

pub(super) static BARE_LF: Fault =
    Fault::new(Code::LineEnd, 400, c"H1-LINE-07", c"a line feed without a carriage return");
pub(super) static BARE_CR: Fault =
    Fault::new(Code::LineEnd, 400, c"H1-LINE-08", c"a carriage return without a line feed");

pub(super) static NAME: Fault =
    Fault::new(Code::FieldName, 400, c"H1-FIELD-01", c"an octet that is not allowed in a field name");
pub(super) static NAME_SPACE: Fault =
    Fault::new(Code::FieldName, 400, c"H1-FIELD-02", c"whitespace in or after a field name");
pub(super) static NO_COLON: Fault = Fault::new(Code::FieldName, 400, c"H1-FIELD-03", c"a field line without a colon");
pub(super) static FIRST_LINE_SPACE: Fault =
    Fault::new(Code::FieldName, 400, c"H1-LINE-10", c"whitespace between the start line and the first field");
pub(super) static VALUE: Fault = Fault::new(Code::FieldValue, 400, c"H1-FIELD-06", c"a control octet in a field value");
pub(super) static FOLD: Fault =
    Fault::new(Code::FieldValue, 400, c"H1-FIELD-07", c"a field value continues on the next line");

pub(super) static LINE_TOO_LONG: Fault =
    Fault::new(Code::TooLarge, 431, c"H1-LIM-02", c"a field line is longer than the limit");
pub(super) static SECTION_TOO_LONG: Fault =
    Fault::new(Code::TooLarge, 431, c"H1-LIM-02", c"the field section is longer than the limit");
pub(super) static TOO_MANY_FIELDS: Fault = Fault::new(Code::TooLarge, 431, c"H1-LIM-02", c"more fields than the limit");

pub(super) static TRAILER: Fault = Fault::new(Code::Trailer, 400, c"H1-TRAIL-02", c"the trailer section is malformed");

/// All faults by number, so that a poisoned scan can store one in an octet.
pub(super) static ALL: &[&Fault] = &[
    &METHOD,
    &RESPONSE_TO_SERVER,
    &FIRST_OCTET,
    &REQUEST_EMPTY_LINES,
    &REQUEST_SPACE,
    &NO_VERSION,
    &METHOD_TOO_LONG,
    &TARGET,
    &TARGET_ESCAPE,
    &TARGET_TOO_LONG,
    &VERSION,
    &MAJOR,
    &NOT_HTTP,
    &STATUS_FIRST_OCTET,
    &STATUS_LINE,
    &REASON,
    &STATUS_EMPTY_LINES,
    &STATUS_LINE_TOO_LONG,
    &BARE_LF,
    &BARE_CR,
    &NAME,
    &NAME_SPACE,
    &NO_COLON,
    &FIRST_LINE_SPACE,
    &VALUE,
    &FOLD,
    &LINE_TOO_LONG,
    &SECTION_TOO_LONG,
    &TOO_MANY_FIELDS,
    &TRAILER,
];
