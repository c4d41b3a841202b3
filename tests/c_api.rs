//! The C programs of `tests/c/`: built by the C compiler against the public header, and run.
#![cfg(unix)]

#[path = "support/c_build.rs"]
mod c_build;

fn run(name: &str) {
    let program = c_build::program(name, &[&format!("{name}.c"), "harness.c", "memory.c"]);
    let output = c_build::command(&program).output().expect("the program starts");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    println!("{out}");
    assert!(output.status.success(), "{name}: {}\n{out}\n{err}", output.status);
}

/// Arguments that are null, out of range or unknown are refused, and nothing has happened then.
#[test]
fn arguments() {
    run("arguments");
}

/// Every allocation fails once; nothing crashes, leaks or lies.
#[test]
fn nomem() {
    run("nomem");
}

/// A kept-alive connection allocates nothing in its steady state.
#[test]
fn steady() {
    run("steady");
}
