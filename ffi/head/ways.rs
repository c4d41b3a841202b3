//! A call with a whole head, and calls with one octet more each: the same answer, whatever table and limits there are.

use core::mem::size_of;
use core::ptr::null;

use super::types::*;
use super::*;

const SPAN: ww_span = ww_span { data: null(), len: 0 };
const FIELD: ww_field = ww_field { name: SPAN, value: SPAN, id: 0, flags: 0, reserved: 0 };
const PARSERS: [Parser; 3] = [ww_parse_request, ww_parse_response, ww_parse_trailers];

type Parser = unsafe extern "C" fn(
    *const core::ffi::c_void,
    usize,
    *const ww_head_limits,
    *mut ww_scan,
    *mut ww_field,
    usize,
    *mut ww_head,
) -> i32;

/// The status, and head, fields and error as text.
fn outcome(parser: Parser, input: &[u8], limits: &ww_head_limits, cap: usize, first: usize) -> (i32, String) {
    let (mut scan, mut fields) = (ww_scan { opaque: [0; 16] }, [FIELD; 8]);
    // SAFETY: all-zero octets are what a head may hold.
    let mut head: ww_head = unsafe { core::mem::zeroed() };
    let mut status = 1;
    for end in first..=input.len() {
        // SAFETY: live pointers and right lengths.
        status = unsafe { parser(input.as_ptr().cast(), end, limits, &mut scan, fields.as_mut_ptr(), cap, &mut head) };
        if status != 1 {
            break;
        }
    }
    let mut error = ww_error_info::of(None);
    // SAFETY: live pointers.
    assert_eq!(unsafe { ww_scan_error(&scan, &mut error) }, 0);
    head.fields = null();
    let text = match status {
        0 => format!("{head:?} {:?}", &fields[..head.field_count]),
        _ => format!("{} {} {:?}", error.code, error.offset, error.rule),
    };
    (status, text)
}

const SEEDS: [&[u8]; 6] = [
    b"GET / HTTP/1.1\r\nHost: a\r\nX: y\r\nContent-Length: 0\r\n\r\n",
    b"POST /a[1]?b=%zz HTTP/1.1\r\nHost: example.test:8080\r\nTransfer-Encoding: chunked\r\nAccept: */*\r\n\r\n3\r\n",
    b"\r\nGET / HTTP/1.0\r\nhost: a\r\nHost: b\r\nConnection: close, x\r\nExpect: x\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello",
    b"HTTP/1.0 404 \r\nA: b\r\n c\r\nSet-Cookie: a=b\r\n\r\n",
    b"X-Sum: a long enough value to be whole\r\nETag: \"x\"\r\n\r\n",
];

#[test]
fn core_01_a_whole_head_and_a_head_in_pieces_give_the_same() {
    let mut state = 1_u64;
    let mut below = |end: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % end
    };
    let mut whole = 0;
    for _ in 0..2000 {
        let at = below(SEEDS.len());
        let mut input = SEEDS[at].to_vec();
        for _ in 0..below(3) {
            let place = below(input.len());
            input[place] = b"\r\n\t :a\0\x7f\xff"[below(9)];
        }
        let mut of = |usual: u32, end: usize| if below(4) == 0 { below(end) as u32 } else { usual };
        let limits = ww_head_limits {
            size: size_of::<ww_head_limits>() - of(0, 2) as usize,
            method_max: of(0, 6),
            target_max: of(0, 20),
            line_max: of(0, 60),
            section_max: of(0, 100),
            fields_max: of(0, 5),
            target_rule: of(0, 4),
        };
        let parser = PARSERS[[at / 3, at / 3, below(3)][below(3)]];
        let cap = [8, 8, 8, 0, 1, 2, 3][below(7)];
        let once = outcome(parser, &input, &limits, cap, input.len());
        let pieces = outcome(parser, &input, &limits, cap, 0);
        assert_eq!(once, pieces, "{limits:?} {cap}: {}", input.escape_ascii());
        whole += u32::from(once.0 == 0);
    }
    assert!(whole > 200, "{whole} heads were whole and well");
}
