//! WebSocket through the C API, where no case reaches it: the program of `tests/c/websocket/`.
#![cfg(all(unix, feature = "capi"))]

#[path = "support/c_build.rs"]
mod c_build;

#[test]
fn ws_frm_05() {
    let program = c_build::program("websocket_c", &["websocket", "harness.c", "memory.c"]);
    let output = c_build::command(&program).output().expect("the program starts");
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}\n{}", output.status, String::from_utf8_lossy(&said));
}
