//! The verdict on a head, row by row, from the facts the parser gathers.

use wireway::error::{Code, Error};
use wireway::http1::framing::*;
use wireway::http1::head::Summary;

type Verdict = Result<BodyLength, (Code, u16, &'static core::ffi::CStr)>;

const RULES: RequestRules = RequestRules { body_max: 10, admit_length_with_te: false };
const LENIENT: RequestRules = RequestRules { admit_length_with_te: true, ..RULES };
const CHUNKED: u32 = Summary::TE | Summary::TE_CHUNKED;
const LENGTH: u32 = Summary::LENGTH;

fn facts(flags: u32, content_length: u64) -> Summary {
    Summary { content_length, flags, fault: 77, ..Summary::default() }
}

fn verdict(result: Result<BodyLength, Error>) -> Verdict {
    result.map_err(|error| (error.code(), error.fault.status, error.fault.rule))
}

fn request(flags: u32, length: u64) -> Verdict {
    verdict(request_framing(&facts(flags, length), 1, false, &RULES))
}

fn response(flags: u32, length: u64) -> Verdict {
    verdict(response_framing(&facts(flags, length), 1, 200, RequestMethod::Other))
}

fn bad_length(rule: &'static core::ffi::CStr) -> Verdict {
    Err((Code::ContentLength, 400, rule))
}

fn bad_coding(status: u16, rule: &'static core::ffi::CStr) -> Verdict {
    Err((Code::TransferEncoding, status, rule))
}

#[test]
fn h1_body_01_no_fields_no_content() {
    assert_eq!(request(Summary::HOST, 0), Ok(BodyLength::None));
    assert_eq!(request(LENGTH, 0), Ok(BodyLength::Length(0)));
}

#[test]
fn h1_cl_01_malformed_length() {
    assert_eq!(request(LENGTH | Summary::LENGTH_INVALID, 0), bad_length(c"H1-CL-01"));
    assert_eq!(response(LENGTH | Summary::LENGTH_INVALID, 0), bad_length(c"H1-CL-01"));
    // Other faults of the same field do not hide it, and the offset is the field's.
    let all = LENGTH | Summary::LENGTH_INVALID | Summary::LENGTH_DIFFERS | Summary::LENGTH_REPEATED;
    let error = request_framing(&facts(all, 3), 1, false, &RULES).unwrap_err();
    assert_eq!((error.fault.rule, error.offset), (c"H1-CL-01", 77));
}

#[test]
fn h1_cl_04_differing_lengths() {
    assert_eq!(request(LENGTH | Summary::LENGTH_DIFFERS, 1), bad_length(c"H1-CL-04"));
    assert_eq!(response(LENGTH | Summary::LENGTH_DIFFERS | Summary::LENGTH_REPEATED, 1), bad_length(c"H1-CL-04"));
}

#[test]
fn h1_cl_05_equal_repeats() {
    assert_eq!(request(LENGTH | Summary::LENGTH_REPEATED, 5), bad_length(c"H1-CL-05"));
    assert_eq!(response(LENGTH | Summary::LENGTH_REPEATED, 5), Ok(BodyLength::Length(5)));
}

#[test]
fn h1_lim_06_declared_length_over_the_limit() {
    assert_eq!(request(LENGTH, 10), Ok(BodyLength::Length(10)));
    assert_eq!(request(LENGTH, 11), Err((Code::TooLarge, 413, c"H1-LIM-06")));
    assert_eq!(request(LENGTH, u64::MAX), Err((Code::TooLarge, 413, c"H1-LIM-06")));
    assert_eq!(response(LENGTH, 11), Ok(BodyLength::Length(11)));
}

#[test]
fn h1_te_01_and_02_length_beside_transfer_encoding() {
    let ambiguous = Err((Code::AmbiguousFraming, 400, c"H1-TE-01"));
    assert_eq!(request(CHUNKED | LENGTH, 6), ambiguous);
    assert_eq!(request(CHUNKED | LENGTH, 0), ambiguous);
    assert_eq!(request(CHUNKED, 0), Ok(BodyLength::Chunked));
}

#[test]
fn h1_te_03_leniency_admits_it_and_closes() {
    let both = facts(CHUNKED | LENGTH, 11);
    assert_eq!(request_framing(&both, 1, false, &LENIENT), Ok(BodyLength::Chunked), "the hidden length has no limit");
    assert!(!persistence(&both, 1));
    assert!(persistence(&facts(CHUNKED, 0), 1));
    assert!(persistence(&facts(LENGTH, 0), 1));
    // What no reading makes good stays refused.
    for (flag, rule) in [
        (Summary::LENGTH_INVALID, c"H1-CL-01"),
        (Summary::LENGTH_DIFFERS, c"H1-CL-04"),
        (Summary::LENGTH_REPEATED, c"H1-CL-05"),
    ] {
        let facts = facts(CHUNKED | LENGTH | flag, 6);
        assert_eq!(verdict(request_framing(&facts, 1, false, &LENIENT)), bad_length(rule));
    }
    let gzip = facts(CHUNKED | LENGTH | Summary::TE_OTHER, 6);
    assert_eq!(verdict(request_framing(&gzip, 1, false, &LENIENT)), bad_coding(501, c"H1-TE-06"));
}

#[test]
fn h1_te_04_response_with_both() {
    assert_eq!(response(CHUNKED | LENGTH, 3), Ok(BodyLength::Chunked));
    assert_eq!(response(CHUNKED | LENGTH | Summary::LENGTH_INVALID, 0), Ok(BodyLength::Chunked));
    assert!(!persistence(&facts(CHUNKED | LENGTH | Summary::KEEP_ALIVE, 3), 1));
}

#[test]
fn h1_te_05_final_coding_of_a_request() {
    assert_eq!(request(Summary::TE | Summary::TE_OTHER, 0), bad_coding(400, c"H1-TE-05"));
    let chunked_gzip = Summary::TE | Summary::TE_OTHER | Summary::TE_CHUNKED_AGAIN;
    assert_eq!(request(chunked_gzip, 0), bad_coding(400, c"H1-TE-05"));
    // Transfer-Encoding is judged before Content-Length.
    assert_eq!(
        request(Summary::TE | Summary::TE_OTHER | LENGTH | Summary::LENGTH_INVALID, 0),
        bad_coding(400, c"H1-TE-05")
    );
}

#[test]
fn h1_te_06_unsupported_coding() {
    assert_eq!(request(CHUNKED | Summary::TE_OTHER, 0), bad_coding(501, c"H1-TE-06"));
    assert_eq!(response(CHUNKED | Summary::TE_OTHER, 0), Ok(BodyLength::Chunked));
}

#[test]
fn h1_te_07_chunked_twice() {
    assert_eq!(request(CHUNKED | Summary::TE_CHUNKED_AGAIN, 0), bad_coding(400, c"H1-TE-07"));
    assert_eq!(response(CHUNKED | Summary::TE_CHUNKED_AGAIN, 0), bad_coding(400, c"H1-TE-07"));
}

#[test]
fn h1_te_09_and_10_malformed_coding() {
    for flags in [Summary::TE | Summary::TE_INVALID, CHUNKED | Summary::TE_INVALID] {
        assert_eq!(request(flags, 0), bad_coding(400, c"H1-TE-09"));
        assert_eq!(response(flags, 0), bad_coding(400, c"H1-TE-09"));
    }
}

#[test]
fn h1_te_11_http_1_0() {
    let chunked = facts(CHUNKED, 0);
    assert_eq!(verdict(request_framing(&chunked, 0, false, &LENIENT)), bad_coding(400, c"H1-TE-11"));
    let answer = response_framing(&chunked, 0, 200, RequestMethod::Other);
    assert_eq!(verdict(answer), bad_coding(400, c"H1-TE-11"));
    assert_eq!(request_framing(&chunked, 2, false, &RULES), Ok(BodyLength::Chunked), "H1-LINE-05");
}

#[test]
fn h1_upg_09_connect_with_content() {
    let refused = Err((Code::Upgrade, 400, c"H1-UPG-09"));
    let connect = |flags, length| verdict(request_framing(&facts(flags, length), 1, true, &RULES));
    assert_eq!(connect(LENGTH, 5), refused);
    assert_eq!(connect(CHUNKED, 0), refused);
    assert_eq!(connect(LENGTH, 0), Ok(BodyLength::Length(0)));
    assert_eq!(connect(0, 0), Ok(BodyLength::None));
    assert_eq!(connect(LENGTH, 11), Err((Code::TooLarge, 413, c"H1-LIM-06")), "the limit comes first");
}

/// Every combination of fields, good and bad, that a response without content may carry.
const ANY: [u32; 5] = [0, LENGTH, CHUNKED, CHUNKED | LENGTH, LENGTH | Summary::LENGTH_INVALID];

#[test]
fn h1_body_02_answer_to_head() {
    for flags in ANY {
        for minor in [0, 1] {
            let answer = response_framing(&facts(flags, 5), minor, 200, RequestMethod::Head);
            assert_eq!(answer, Ok(BodyLength::None));
        }
    }
}

#[test]
fn h1_body_03_statuses_without_content() {
    for flags in ANY {
        for status in [100, 103, 199, 204, 304] {
            let answer = response_framing(&facts(flags, 5), 1, status, RequestMethod::Other);
            assert_eq!(answer, Ok(BodyLength::None), "{status}");
        }
    }
    for status in [200, 205, 303, 305, 400, 999] {
        let answer = response_framing(&facts(LENGTH, 5), 1, status, RequestMethod::Other);
        assert_eq!(answer, Ok(BodyLength::Length(5)), "{status}");
    }
}

#[test]
fn h1_body_04_answer_to_connect() {
    for flags in ANY {
        for status in [200, 204, 299] {
            let answer = response_framing(&facts(flags, 5), 1, status, RequestMethod::Connect);
            assert_eq!(answer, Ok(BodyLength::Tunnel));
        }
    }
    let refused = response_framing(&facts(LENGTH, 5), 1, 407, RequestMethod::Connect);
    assert_eq!(refused, Ok(BodyLength::Length(5)));
    let interim = response_framing(&facts(0, 0), 1, 103, RequestMethod::Connect);
    assert_eq!(interim, Ok(BodyLength::None));
}

#[test]
fn h1_body_05_final_coding_of_a_response() {
    assert_eq!(response(Summary::TE | Summary::TE_OTHER, 0), Ok(BodyLength::UntilClose));
    assert_eq!(response(Summary::TE | Summary::TE_OTHER | LENGTH, 5), Ok(BodyLength::UntilClose));
    let chunked_gzip = Summary::TE | Summary::TE_OTHER | Summary::TE_CHUNKED_AGAIN;
    assert_eq!(response(chunked_gzip, 0), Ok(BodyLength::UntilClose));
}

#[test]
fn h1_body_06_no_fields_until_close() {
    assert_eq!(response(0, 0), Ok(BodyLength::UntilClose));
}

#[test]
fn h1_conn_01_persistence() {
    for (minor, flags, persists) in [
        (1, 0, true),
        (2, 0, true),
        (0, 0, false),
        (0, Summary::KEEP_ALIVE, true),
        (1, Summary::KEEP_ALIVE, true),
        (1, Summary::CLOSE, false),
        (0, Summary::CLOSE | Summary::KEEP_ALIVE, false),
        (1, Summary::CLOSE | Summary::KEEP_ALIVE, false),
    ] {
        assert_eq!(persistence(&facts(flags, 0), minor), persists, "1.{minor} {flags:#x}");
    }
}
