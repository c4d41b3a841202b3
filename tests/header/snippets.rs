//! What the comments of the headers show as code compiles, with what a reader has at hand.

use super::support::headers;
use std::path::Path;
use std::process::Command;

/// What the snippets of a part, or that with a certain call, find declared: parameters of the function that a snippet is put into.
const GIVEN: &[(&str, &str)] = &[
    ("address.h", "ww_address address, ww_error_info error, size_t needed"),
    (
        "client.h",
        "ww_conn_config config, ww_workspace *workspace, ww_conn *conn, ww_request request, uint64_t now_ms, ww_span url",
    ),
    (
        "codec.h",
        "const char *in, size_t len, const char *content, ww_error_info error, ww_status status, ww_chunk_decoder decoder, size_t consumed, ww_span data",
    ),
    ("config.h", "ww_server *server, ww_error_info error"),
    ("conn.h", "ww_conn *c, char *buf, size_t n, uint64_t now_ms, ww_event ev, size_t k, ww_iovec *iov, int fd"),
    (
        "content.h",
        "const ww_head *head, ww_event event, ww_span content, uint64_t length, int64_t now, ww_span etag, int64_t modified, int64_t unix_seconds, uint32_t verdict, ww_response response, ww_status status, ww_multipart reader, ww_part part, const char *in, size_t len, size_t consumed",
    ),
    ("ww_conn_respond_file", "ww_conn *conn, ww_event event, const char *path, struct stat about, ww_status status"),
    ("ww_conn_gather_content", "ww_conn *conn, ww_event ev"),
    ("ww_write_sse_event", "ww_span json, size_t n, ww_server *server, ww_id conn, char out[256]"),
    (
        "ww_sse_next",
        "ww_status status, ww_sse_reader reader, const char *in, size_t len, size_t consumed, ww_sse_event event",
    ),
    (
        "fields.h",
        "ww_event event, const ww_head *head, ww_target target, ww_span name, ww_span value, const ww_field *field, ww_span element",
    ),
    ("loop.h", "ww_loop *loop, ww_address address, ww_socket listener, ww_completion done, ww_error_info error"),
    (
        "mailbox.h",
        "ww_server *server, ww_mailbox *mailbox, ww_id conn, ww_response response, ww_response head, char *data, size_t len, ww_status status, ww_event event",
    ),
    ("message.h", "ww_event event"),
    ("ww_server_accept_websocket", "ww_server *server, const ww_event *event, ww_response hello"),
    ("resolver.h", "ww_loop *loop, ww_resolver *resolver, ww_completion done, ww_address address, ww_error_info error"),
    (
        "server.h",
        "ww_server *server, ww_error_info error, ww_status status, ww_event event, ww_response response, void *user",
    ),
    ("tls.h", "ww_server *server, ww_tls_config *tls, ww_error_info error"),
    (
        "websocket.h",
        "ww_server *server, ww_event event, ww_span room, ww_span prices, uint64_t symbol, const char *text, size_t len, double price, ww_server *servers[8], ww_group *group, size_t i, size_t count",
    ),
];

const BEFORE: &str = "#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
#include <wireway.h>
enum { MOST = 1 << 20 };
void use(ww_span first, ...);
void route(ww_span path);
void walk(ww_span parameters);
void connect_to(ww_span host, uint16_t port);
void handle(const ww_event *event);
int flush(int fd, ww_conn *conn, uint64_t now_ms);
size_t produce(char *into);
void begin(const ww_head *head);
void answer_whole(const ww_head *head, ww_span content);
void add(const void *data, size_t len);
void hear(const void *data, size_t len);
void answer(void);
void on_signal(int number);
";

/// The runs of lines of a header's comments that are set in as code and end as code does.
fn blocks(header: &str) -> Vec<String> {
    let mut blocks = vec![String::new()];
    for line in header.lines() {
        match line.strip_prefix(" *     ") {
            Some(code) => blocks.last_mut().expect("one at least").extend([code, "\n"]),
            None => blocks.push(String::new()),
        }
    }
    blocks.retain(|block| block.trim_end().ends_with([';', '}']));
    blocks
}

fn given(part: &str, block: &str) -> &'static str {
    let by_call = GIVEN.iter().find(|(name, _)| name.starts_with("ww_") && block.contains(&format!("{name}(")));
    let found = by_call.or_else(|| GIVEN.iter().find(|(name, _)| *name == part));
    found.unwrap_or_else(|| panic!("nothing is given for {part}")).1
}

fn assert_compiles(name: &str, program: &str) {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&file, program).expect("a file is written");
    let mut cc = Command::new("cc");
    cc.args(["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-Wno-unused-parameter", "-Wno-unused-variable"]);
    cc.args([
        "-Wno-unused-but-set-parameter",
        "-Wno-unused-but-set-variable",
        "-Wno-sizeof-array-argument",
        "-Wno-unknown-warning-option",
        "-fsyntax-only",
    ]);
    let output =
        cc.arg("-I").arg(concat!(env!("CARGO_MANIFEST_DIR"), "/include")).arg(file).output().expect("cc is there");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[cfg(target_os = "linux")]
#[test]
fn what_the_parts_show_compiles() {
    let mut program = BEFORE.to_owned();
    for (path, text) in &headers()[1..] {
        let part = path.file_name().and_then(|name| name.to_str()).expect("a name in ASCII");
        for (index, block) in blocks(text).iter().enumerate() {
            let (function, given) = (part.replace('.', "_"), given(part, block));
            program += &format!(
                "void {function}_{index}({given});\nvoid {function}_{index}({given})\n{{\n{{\n{block}}}\n}}\n"
            );
        }
    }
    let count = program.matches("\n{\n{\n").count();
    assert!(count > 20, "the snippets were not found: {count}");
    assert_compiles("snippets.c", &program);
}

#[test]
fn the_program_at_the_top_compiles() {
    let umbrella = &headers()[0].1;
    let lines = umbrella.lines().skip_while(|line| !line.contains(" *     #include"));
    let lines = lines.take_while(|line| *line == " *" || line.starts_with(" *     "));
    let program: String = lines.map(|line| format!("{}\n", line.get(7..).unwrap_or(""))).collect();
    assert!(program.contains("int main(void)") && program.trim_end().ends_with('}'), "{program}");
    assert_compiles("top.c", &program);
}
