//! The codec door of the C API: the tests of `tests/c/codec/`, one by one under their names.
#![cfg(unix)]

#[path = "support/c_build.rs"]
mod c_build;

use std::path::PathBuf;
use std::sync::LazyLock;

static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| c_build::program("codec", &["codec", "harness.c", "memory.c"]));

fn run(arguments: &[&str]) -> String {
    let output = c_build::command(&PROGRAM).args(arguments).output().expect("the program starts");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{arguments:?}: {}\n{out}\n{err}", output.status);
    out.into_owned()
}

macro_rules! tests {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            run(&[stringify!($name)]);
        })*
        const TESTS: &[&str] = &[$(stringify!($name)),*];
    };
}

tests! {
    h1_chunk_01 h1_chunk_02 h1_chunk_03 h1_chunk_04 h1_chunk_05 h1_chunk_06 h1_chunk_07 h1_chunk_08 h1_chunk_10
    h1_chunk_11 h1_chunk_12 h1_lim_04 chunk_round_trip chunk_copy
    h1_gen_01 h1_gen_02 h1_gen_03 h1_gen_06 h1_gen_07 h1_gen_08 h1_gen_11 h1_gen_12 h1_body_08 h1_tgt_15 h1_trail_04
    write_framing write_round_trip
    h1_field_06 h1_field_11 lookup_find lookup_names lookup_equal copy_outlives copy_room
    arguments_chunks arguments_messages arguments_flags arguments_rooms arguments_copies arguments_lookups
    ws_frm_03 ws_frm_06 ws_frm_08 ws_frm_09 ws_frm_10 ws_ctl_02 ws_hss_03 ws_hss_04 ws_hss_06 ws_msg_05 ws_msg_07
    websocket_illegal websocket_round_trip arguments_frame_headers
    arguments_frame_contents
    ws_hss_07 ws_hss_08 ws_hss_09 arguments_subprotocols
    ws_hsc_09 url_userinfo h1_tgt_17 url_to_request arguments_urls
    h1_sem_01 h1_sem_02 h1_sem_03 h1_sem_04 h1_sem_05_and_06 h1_sem_08 h1_sem_09 h1_sem_10 h1_sem_11
    h1_sem_12 h1_sem_13 h1_sem_14 h1_sem_15 h1_sem_16 h1_sem_17
    arguments_pairs arguments_semantics arguments_verdicts arguments_selections arguments_texts arguments_multipart arguments_sse
}

/// The list above is that of the program.
#[test]
fn every_test_is_run() {
    let listed = run(&[]);
    let (mut there, mut here): (Vec<&str>, _) = (listed.lines().collect(), TESTS.to_vec());
    there.sort_unstable();
    here.sort_unstable();
    assert_eq!(there, here);
}
