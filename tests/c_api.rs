//! The C programs of `tests/c/`: built by the C compiler against the public header, and run.
#![cfg(unix)]

#[path = "support/c_build.rs"]
mod c_build;

/// Runs the program of a C file, or of a folder.
fn run(name: &str, source: &str) {
    let program = c_build::program(name, &[source, "harness.c", "memory.c"]);
    let output = c_build::command(&program).output().expect("the program starts");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    println!("{out}");
    assert!(output.status.success(), "{name}: {}\n{out}\n{err}", output.status);
}

/// Arguments that are null, out of range or unknown are refused, and nothing has happened then.
#[test]
fn arguments() {
    run("arguments", "arguments");
}

/// Addresses as values and as text: their layout, good and bad texts, good and bad values.
#[test]
fn address() {
    run("address", "address");
}

/// The event loop: its operations, what it refuses, timers, posts, and servers on it.
#[test]
fn event_loop() {
    run("loop", "loop");
}

/// Every allocation fails once; nothing crashes, leaks or lies.
#[test]
fn nomem() {
    run("nomem", "nomem.c");
}

/// A kept-alive connection allocates nothing in its steady state.
#[test]
fn steady() {
    run("steady", "steady.c");
}

/// Output that was given out keeps its octets, even when its connection ends and others go on.
#[test]
fn inflight() {
    run("inflight", "inflight.c");
}

/// The loop that the header shows, with files.
#[test]
fn file() {
    run("file", "file.c");
}

/// TLS configs: made of files and octets, swapped, shared, refused.
#[cfg(feature = "tls")]
#[test]
fn tls_config() {
    run("tls_config", "tls_config");
}

/// What the header promises of a connection in prose.
#[test]
fn promises() {
    run("promises", "promises.c");
}

/// The errors that the comments of calls list.
#[test]
fn refused() {
    run("refused", "refused.c");
}

/// Connections of one workspace: who holds most pays.
#[test]
fn budgets() {
    run("budgets", "budgets.c");
}

/// A message made once goes out on many connections, from many threads.
#[test]
fn prepared() {
    run("prepared", "prepared.c");
}

/// Listeners that require a PROXY header: what is told, what is refused, and both ends.
#[test]
fn proxied() {
    run("proxied", "proxied.c");
}

/// Sockets that the program, or its parent, made.
#[test]
fn inherited() {
    run("inherited", "inherited.c");
}

/// A worker streams responses at the pace of their peers.
#[test]
fn streaming() {
    run("streaming", "streaming.c");
}

/// Servers on threads of their own hear what is published on any of them.
#[test]
fn siblings() {
    run("siblings", "siblings.c");
}
